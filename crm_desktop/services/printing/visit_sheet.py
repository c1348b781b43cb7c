"""What one takes along to a visit, on one sheet: where to go, whom to see, what was said, and room to write."""

from __future__ import annotations

from crm_desktop.i18n import _, ngettext
from crm_desktop.model.activity import SYSTEM
from crm_desktop.services import activities
from crm_desktop.services.activities import Bubble
from crm_desktop.services.printing import words
from crm_desktop.services.printing.document import (
    Checks,
    Document,
    Fact,
    Facts,
    Heading,
    Lines,
    Notes,
    Paragraph,
    Part,
    Table,
)
from crm_desktop.services.printing.facts import Subject, known, step_words, subject_of
from crm_desktop.store.workspace import Workspace

TALKS, MOST_PEOPLE, MOST_STEPS, BLANK_LINES = 3, 20, 10, 6
LONGEST = 600
"""Letters of an entry; a pasted mail must not take the whole sheet."""
LOOKED_THROUGH = 30
"""Of so many entries the last talks are taken: the program's own remarks are none."""


def visit_sheet(workspace: Workspace, entity: str, key: int) -> Document:
    """The visit sheet of an account or a contact; raises Missing when it is gone."""
    subject = subject_of(workspace, entity, key)
    found = activities.timeline(
        workspace, account=subject.key_as("account"), contact=subject.key_as("contact"), count=LOOKED_THROUGH
    )
    talks = [each for each in found if each.kind != SYSTEM][:TALKS]
    parts = (
        _head(subject),
        *_people(subject),
        *_talks(talks),
        *_steps(subject),
        Heading(_("Notes on the spot")),
        Lines(BLANK_LINES),
    )
    return Document(_("Visit sheet"), subject.name, words.stamp(workspace), parts)


def _head(subject: Subject) -> Facts:
    """Whom and where at the left, how to reach them and when at the right."""
    person, account = subject.person, subject.account
    main_phone = account.get("phone", "") or account.get("mobile", "")
    if person and main_phone in person.reach:
        main_phone = ""  # a private customer is reached as the person is
    left = [
        Fact(
            _("Account"), words.joined(account.get("level", ""), account.get("industry", "")), account.get("name", "")
        ),
        Fact(_("Address"), subject.address),
        Fact(_("Owner"), account.get("owner_id", "") or (person.owner if person else "")),
    ]
    right = [
        Fact(_("When"), "", _when(subject)),
        Fact(_("Main phone"), main_phone),
        Fact(_("Website"), account.get("website", "")),
    ]
    if person:
        left.insert(0, Fact(_("Contact"), words.joined(person.place, person.part), person.name))
        phones = (each for each in person.reach if each != person.email)
        right[:0] = [Fact(_("Reach"), "\n".join(phones)), Fact(_("E-mail"), person.email)]
    return Facts(known(*left), known(*right))


def _when(subject: Subject) -> str:
    """The moment of what is to be done next, if that is still to come."""
    coming = (each for each in subject.steps if each.due_at and words.day_of(each.due_at) >= words.today())
    first = next(coming, None)
    return words.moment_words(first.due_at, has_time=first.has_time) if first else ""


def _people(subject: Subject) -> tuple[Part, ...]:
    there = [each for each in subject.others if not each.left]
    if not there:
        return ()
    rows = tuple((each.name, each.place, each.part, "\n".join(each.reach)) for each in there[:MOST_PEOPLE])
    header = (_("Name"), _("Job title"), _("Buying role"), _("Reach"))
    return (Heading(_("People there")), Table(header, rows, (18, 26, 22, 34)), *_more(len(there) - MOST_PEOPLE))


def _more(count: int) -> tuple[Part, ...]:
    return (Paragraph(ngettext("and {count} more", "and {count} more", count)),) if count > 0 else ()


def _talks(talks: list[Bubble]) -> tuple[Part, ...]:
    if not talks:
        return ()
    return (Heading(_("Last talks")), Notes(tuple(_talk(each) for each in talks)))


def _talk(talk: Bubble) -> tuple[str, str]:
    day = words.day_of(talk.at)
    when = _("Today") if day == words.today() else words.day_words(day)
    who = _(", ").join(each.name for each in talk.people)
    label = "\n".join(
        filter(None, (f"{when} {words.clock(talk.at)}", words.joined(words.pick("activity_kind", talk.kind), who)))
    )
    text = talk.summary if len(talk.summary) <= LONGEST else f"{talk.summary[:LONGEST].rstrip()} …"
    return label, words.joined(text, words.pick("outcome", talk.outcome))


def _steps(subject: Subject) -> tuple[Part, ...]:
    if not subject.steps:
        return ()
    several = subject.entity == "account"
    texts = tuple(step_words(each, with_person=several) for each in subject.steps[:MOST_STEPS])
    return (Heading(_("Open next steps")), Checks(texts), *_more(len(subject.steps) - MOST_STEPS))
