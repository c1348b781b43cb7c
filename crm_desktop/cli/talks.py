"""Verbs on what was said and done: log, activities, activity."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.about import (
    contacts_named,
    narrowing_of,
    pick_of,
    record_of,
    takes_narrowing,
    takes_record,
    users_named,
)
from crm_desktop.cli.common import DONE, Verb, answer, opened, say, takes_json, takes_limit
from crm_desktop.cli.moments import moment_of, step_of
from crm_desktop.errors import Invalid
from crm_desktop.i18n import N_, _

if TYPE_CHECKING:
    from crm_desktop.services.activities import Bubble, Entry
    from crm_desktop.store.workspace import Workspace

USUAL = 20


def _takes_entry(parser: ArgumentParser) -> None:
    parser.add_argument("--kind", metavar="KIND", help=_("call, visit, mail, chat, note, meeting, message, letter"))
    parser.add_argument("--direction", metavar="IN|OUT", help=_("who called or wrote: in, out or none"))
    parser.add_argument("--at", metavar="WHEN", help=_("when it was, such as “yesterday 3pm”"))
    parser.add_argument("--minutes", metavar="LONG", help=_("how long it took: 20, 20 min, 1h30"))
    parser.add_argument("--place", metavar="PLACE", help=_("where it was"))
    parser.add_argument("--outcome", metavar="OUTCOME", help=_("what came of it, such as no_answer"))
    parser.add_argument("--with", dest="people", action="append", metavar="NAME", help=_("a contact who took part"))
    parser.add_argument("--colleague", action="append", metavar="NAME", help=_("one of us who took part"))
    parser.add_argument(
        "--confirmed", action=BooleanOptionalAction, default=None, help=_("the contact details were confirmed")
    )


def _declare_log(parser: ArgumentParser) -> None:
    parser.add_argument("text", nargs="*", metavar="TEXT", help=_("what was said"))
    takes_record(parser)
    _takes_entry(parser)
    parser.add_argument("--next", metavar="STEP", help=_("the next step with its day, such as “next tue 10am demo”"))
    takes_json(parser)


def log(args: Namespace) -> int:
    """Log an entry with an account or a contact, and its next step."""
    from crm_desktop.services import activities
    from crm_desktop.services.activities import Entry

    with opened(args, waits=False) as workspace:
        entity, key = record_of(workspace, args)
        account, contacts = (key, ()) if entity == "account" else (None, (key,))
        step = step_of(args.next)
        text = " ".join(args.text)
        entry = Entry(
            "call", text, account, contacts, next_step=step.title, next_at=step.at, next_has_time=step.has_time
        )
        said = _said(workspace, args)
        said["contacts"] = tuple(dict.fromkeys((*contacts, *said.get("contacts", ()))))
        made = activities.log(workspace, replace(entry, **said))
    if args.json:
        answer({"id": made})
    else:
        say(_("Logged as {number}").format(number=made))
    return DONE


def _said(workspace: Workspace, args: Namespace) -> dict[str, Any]:
    """What the arguments say of an entry, by the names of its parts; what none of them says is left out."""
    reads: dict[str, tuple[Any, Callable[[Any], object]]] = {
        "kind": (args.kind, lambda word: pick_of("activity_kind", word)),
        "direction": (args.direction, lambda word: pick_of("direction", word)),
        "at": (args.at, lambda text: moment_of(text, over=True).at),
        "minutes": (args.minutes, _minutes),
        "place": (args.place, str),
        "outcome": (args.outcome, lambda word: pick_of("outcome", word) if word else ""),
        "contacts": (args.people, lambda names: tuple(contacts_named(workspace, names))),
        "colleagues": (args.colleague, lambda names: tuple(users_named(workspace, names))),
        "details_confirmed": (args.confirmed, bool),
    }
    found = {name: read(given) for name, (given, read) in reads.items() if given is not None}
    if found.get("kind") == "note":
        found.setdefault("direction", "none")
    return found


def _minutes(text: str) -> int:
    from crm_desktop.text import durations

    minutes = durations.read(text)
    if minutes is None:
        message = _("“{text}” is not a length of time, such as “20 min” or “1h30”.")
        raise Invalid({"minutes": message.format(text=text[:40])})
    return minutes


def _declare_list(parser: ArgumentParser) -> None:
    takes_record(parser)
    takes_narrowing(parser)
    takes_limit(parser, USUAL, _("at most so many, the newest"))
    parser.add_argument("--to", type=Path, metavar="OUT", help=_("write all of them into a document: .pdf or .txt"))
    takes_json(parser)


def activities_of(args: Namespace) -> int:
    """Print the timeline of an account or contact, newest first, or write it as a document."""
    from crm_desktop.cli.printing import kind_of_file, written
    from crm_desktop.services import activities
    from crm_desktop.services.printing.hand_over import hand_over

    kind = kind_of_file(args) if args.to else ""
    with opened(args, waits=False) as workspace:
        entity, key = record_of(workspace, args)
        narrowed = narrowing_of(workspace, args)
        if args.to:
            return written(args, hand_over(workspace, entity, key, narrowed=narrowed), kind)
        account, contact = (key, None) if entity == "account" else (None, key)
        found = activities.timeline(workspace, account=account, contact=contact, narrowed=narrowed, count=args.limit)
        total = activities.count(workspace, account=account, contact=contact, narrowed=narrowed)
    if args.json:
        answer({"total": total, "activities": found})
        return DONE
    for each in found:
        say(_line(each))
    say(_("{count} of {total}").format(count=len(found), total=total) if found else _("Nothing was logged yet."))
    return DONE


def _line(entry: Bubble) -> str:
    from crm_desktop.model import picks

    people = _(", ").join(each.name for each in entry.people)
    kind, outcome = picks.label("activity_kind", entry.kind), picks.label("outcome", entry.outcome)
    at = f"{entry.at.astimezone():%Y-%m-%d %H:%M}"
    text = " ".join(entry.summary.split())
    return "  ".join(filter(None, (str(entry.id), at, kind, entry.account, people, outcome, text)))


DOES = {"edit": N_("change what is named"), "move": N_("put with another record"), "delete": N_("put in the bin")}


def _declare_one(parser: ArgumentParser) -> None:
    uses = " · ".join(f"{does}: {_(words)}" for does, words in DOES.items())
    parser.add_argument("does", choices=list(DOES), metavar="DO", help=uses)
    parser.add_argument("id", type=int, metavar="ID", help=_("its number, as “activities” prints it"))
    parser.add_argument("--summary", metavar="TEXT", help=_("what was said"))
    takes_record(parser)
    _takes_entry(parser)
    takes_json(parser)


def activity(args: Namespace) -> int:
    """Edit, move or delete one entry; each is one step to undo."""
    from crm_desktop.services import activities, activity_moves

    told: dict[str, object] = {"id": args.id}
    with opened(args, waits=False) as workspace:
        if args.does == "delete":
            activities.remove(workspace, args.id)
            words = _("Entry deleted")
        elif args.does == "move":
            moved = activity_moves.move(workspace, args.id, *record_of(workspace, args))
            told |= {"to": moved.to, "stayed": moved.stayed, "left": moved.left}
            words = _("Moved to {name}").format(name=moved.to)
            if moved.left:
                words += " · " + _("without {names}").format(names=_(", ").join(moved.left))
        else:
            activities.change(workspace, args.id, _edited(workspace, args))
            words = _("Entry changed")
    if args.json:
        answer(told)
    else:
        say(words)
    return DONE


def _edited(workspace: Workspace, args: Namespace) -> Entry:
    from crm_desktop.services import activity_moves

    said = _said(workspace, args)
    if args.summary is not None:
        said["summary"] = args.summary
    return replace(activity_moves.load(workspace, args.id), **said)


VERBS = {
    "log": Verb(N_("Log a call, visit, mail or note, and the next step."), _declare_log, log),
    "activities": Verb(N_("Print the timeline of an account or contact."), _declare_list, activities_of),
    "activity": Verb(N_("Edit, move or delete one entry of a timeline."), _declare_one, activity),
}
