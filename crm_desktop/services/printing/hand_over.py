"""Everything a successor must know of an account or a contact: who is who, what is open, and all that was said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from crm_desktop.i18n import _, ngettext
from crm_desktop.model import Contact
from crm_desktop.model.activity import CALL, IN
from crm_desktop.services import activities
from crm_desktop.services.activities import ALL, Bubble, Narrowed, NextStep
from crm_desktop.services.printing import words
from crm_desktop.services.printing.document import (
    BOX,
    TICKED,
    Checks,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Said,
    Table,
)
from crm_desktop.services.printing.facts import Person, Subject, known, step_words, subject_of
from crm_desktop.store import queries
from crm_desktop.store.workspace import Workspace

PAGE = 500


def hand_over(
    workspace: Workspace, entity: str, key: int, most: int | None = None, narrowed: Narrowed = ALL
) -> Document:
    """The hand-over document of an account or contact, of its newest `most` entries, oldest first.

    `narrowed` says which entries are in it, such as those of branches, too; the document names it.
    Raises Missing when the record is gone.
    """
    subject = subject_of(workspace, entity, key)
    found = list(islice(_newest_first(workspace, subject, narrowed), most))
    whose = {"account": subject.key_as("account"), "contact": subject.key_as("contact")}
    total = activities.count(workspace, **whose, narrowed=narrowed)
    told = _told(found, total, whose["account"], _only(workspace, narrowed))
    parts = (_head(subject), *_people(subject), *_open(subject), *told)
    return Document(_("Hand-over"), subject.name, words.stamp(workspace), parts)


def _newest_first(workspace: Workspace, subject: Subject, narrowed: Narrowed) -> Iterator[Bubble]:
    whose = {"account": subject.key_as("account"), "contact": subject.key_as("contact")}
    before = None
    while page := activities.timeline(workspace, **whose, before=before, narrowed=narrowed, count=PAGE):
        yield from page
        before = page[-1].at, page[-1].id


def _only(workspace: Workspace, narrowed: Narrowed) -> str:
    """Which entries alone are in the document."""
    parts = [words.pick("activity_kind", each) for each in narrowed.kinds]
    if narrowed.person is not None:
        with workspace.read() as session:
            parts += queries.names(session, Contact, [narrowed.person]).values()
    if narrowed.text:
        parts.append(_("“{text}”").format(text=narrowed.text))
    return words.joined(*parts)


def _head(subject: Subject) -> Facts:
    """What it is at the left, how to reach it at the right."""
    person, account = subject.person, subject.account
    left = [
        Fact(_("Account"), "", account.get("name", "")),
        Fact(_("Level"), account.get("level", "")),
        Fact(_("Status"), account.get("status", "")),
        Fact(_("Industry"), account.get("industry", "")),
        Fact(_("Owner"), account.get("owner_id", "") or (person.owner if person else "")),
    ]
    if subject.entity == "contact" and person:
        left.insert(0, Fact(_("Contact"), person.place, person.name))
    right = (
        Fact(_("Main phone"), account.get("phone", "") or account.get("mobile", "")),
        Fact(_("E-mail"), account.get("email", "")),
        Fact(_("Website"), account.get("website", "")),
        Fact(_("Address"), subject.address),
    )
    return Facts(known(*left), known(*right))


def _people(subject: Subject) -> tuple[Part, ...]:
    """Everybody at an account, those who have left, too; of a contact, only the contact."""
    people = [subject.person] if subject.person else []
    if subject.entity == "account":
        people += subject.others
    if not people:
        return ()
    header = (_("Name"), _("Job title"), _("Buying role"), _("Reach"))
    return (Heading(_("People")), Table(header, tuple(map(_row, people)), (18, 26, 22, 34)))


def _row(person: Person) -> tuple[str, ...]:
    return person.name, person.place, person.part, "\n".join(person.reach)


def _open(subject: Subject) -> tuple[Part, ...]:
    several = subject.entity == "account"
    texts = tuple(step_words(each, with_person=several) for each in subject.steps)
    return (Heading(_("Open next steps")), Checks(texts) if texts else Paragraph(_("Nothing is open.")))


def _told(newest_first: list[Bubble], total: int, account: int | None, only: str) -> Iterator[Part]:
    if not newest_first:
        yield Heading(_("What was said"))
        yield Paragraph(_("Only: {what}").format(what=only) if only else _("Nothing was logged yet."))
        return
    counted = ngettext("{count} entry", "{count} entries", total)
    yield Heading(words.joined(_("What was said"), counted))
    if only:
        yield Paragraph(_("Only: {what}").format(what=only))
    if len(newest_first) < total:
        message = ngettext(
            "Only the newest {count} of them is here.", "Only the newest {count} of them are here.", len(newest_first)
        )
        yield Paragraph(message)
    for day, entries in groupby(reversed(newest_first), key=lambda each: words.day_of(each.at)):
        yield Heading(words.whole_day_words(day), is_small=True)
        yield from (_said(each, account) for each in entries)


def _said(entry: Bubble, account: int | None) -> Said:
    """An entry with who speaks first: their people when they called or wrote, else the one of us who did.

    Where it was at another account than the one that the document is about, such as a branch, it says so.
    """
    people = _(", ").join(each.name for each in entry.people)
    author = entry.author or _("Me")
    is_theirs = entry.direction == IN and bool(people)
    how = [words.pick("activity_kind", entry.kind)]
    if entry.kind == CALL:
        how.append(_("incoming") if entry.direction == IN else _("outgoing"))
    if is_theirs:
        how.append(_("with {name}").format(name=author))
    elif people:
        how.append(_("with {name}").format(name=people))
    if entry.colleagues:
        how.append(_("with {names} of us").format(names=_(", ").join(each.name for each in entry.colleagues)))
    if account is not None and entry.account_id != account:
        how.append(entry.account)
    if entry.minutes:
        how.append(ngettext("{count} min", "{count} min", entry.minutes))
    how += [entry.place, words.pick("outcome", entry.outcome)]
    files = _(", ").join(each.name for each in entry.files)
    text = "\n".join(filter(None, (entry.summary, files and _("Files: {names}").format(names=files))))
    steps = tuple(map(_step, entry.next_steps))
    return Said(words.clock(entry.at), people if is_theirs else author, words.joined(*how), text, steps)


def _step(step: NextStep) -> str:
    """A next step; one that was done is ticked."""
    when = words.moment_words(step.due_at, has_time=step.has_time)
    return f"{TICKED if step.is_done else BOX} {words.joined(when, step.title)}"
