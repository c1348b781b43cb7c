"""The verbs of the calendar: what falls into some days, out to other calendars, and in from them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.common import DONE, Verb, answer, complain, opened, say, takes_json
from crm_desktop.cli.moments import near_day_of
from crm_desktop.errors import Invalid
from crm_desktop.i18n import N_, _, language, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.calendar import Entry
    from crm_desktop.services.calendar_in import Plan
    from crm_desktop.store.workspace import Workspace

DAYS = 7


def _declare_span(parser: ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", metavar="DAY", help=_("the first day"))
    parser.add_argument("--to", dest="last", metavar="DAY", help=_("the last day"))
    parser.add_argument("--week", action="store_true", help=_("the week from Monday to Sunday, around --from or today"))
    parser.add_argument("--mine", action="store_true", help=_("only what is yours or nobody’s"))
    takes_json(parser)


def calendar(args: Namespace) -> int:
    """Print what falls into some days, this one and the six after it unless others are named."""
    from crm_desktop.services import calendar as days
    from crm_desktop.services import today

    at = today.now()
    first, last = _span(args, at.day)
    with opened(args, waits=False) as workspace, workspace.read() as session:
        span = days.read(session, first, last, at, owner=workspace.author if args.mine else None)
    if args.json:
        answer(
            {"from": first, "to": last, "is_cut": span.is_cut, "entries": [_as_object(each) for each in span.entries]}
        )
        return DONE
    _print_days(span.first, span.last, span.of)
    return DONE


def _print_days(first: date, last: date, entries_of: Any) -> None:
    from crm_desktop.text.dates import show_day

    is_empty = True
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        entries = entries_of(day)
        if entries:
            is_empty = False
            say(show_day(day, date.min, language()))
        for each in entries:
            say(f"  {_line(each)}")
    if is_empty:
        say(_("Nothing is planned."))


def _line(entry: Entry) -> str:
    hours = ""
    if entry.has_time:
        hours = f"{entry.starts:%H:%M}" + (f"–{entry.ends:%H:%M}" if entry.ends else "")
    age = "" if entry.age is None else f"({entry.age})"
    done = _("done") if entry.is_done else _("will repeat") if entry.will_repeat else ""
    whom = (entry.person, *entry.people, entry.account, entry.place)
    title = _("Birthday: {name}").format(name=entry.title) if entry.is_birthday else entry.title
    return " · ".join(filter(None, (f"{hours} {title} {age}".strip(), *whom, done)))


def _as_object(entry: Entry) -> dict[str, Any]:
    names = (
        *("key", "kind", "title", "has_time", "is_done", "person", "people", "account", "place", "repeats", "age"),
        "will_repeat",
    )
    plain = {name: getattr(entry, name) for name in names}
    return plain | {"starts": entry.starts, "ends": entry.ends, "first": entry.first, "last": entry.last}


def _span(args: Namespace, today: date) -> tuple[date, date]:
    first = near_day_of(args.first) or today
    if args.week:
        first -= timedelta(days=first.weekday())
    last = near_day_of(args.last) or first + timedelta(days=DAYS - 1)
    if last < first:
        raise Invalid({"to": _("The last day has to come after the first one.")})
    return first, last


def _declare_out(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="OUT", help=_("the calendar file to write (.ics)"))
    parser.add_argument("--task", type=int, action="append", metavar="ID", help=_("only this task, by its number"))
    parser.add_argument("--zone", metavar="NAME", help=_("the time zone, such as Asia/Shanghai; else the computer’s"))
    _declare_span(parser)


def export_ics(args: Namespace) -> int:
    """Write tasks and appointments to a calendar file: all of them unless days or tasks are named."""
    from crm_desktop.exchange import ics_write
    from crm_desktop.services import calendar_out, today
    from crm_desktop.text import zones

    if args.file.suffix.lower() != ".ics":
        raise Invalid({"file": _("A calendar file ends in .ics: name such a file.")})
    zone = zones.zone_named(args.zone) if args.zone else zones.local_zone()
    if zone is None:
        raise Invalid({"zone": _("“{name}” is no time zone, such as Asia/Shanghai.").format(name=args.zone)})
    at = today.now()
    with opened(args, waits=False) as workspace:
        keys = args.task
        _check_there(workspace, keys or ())
        if keys is None and (args.first or args.last or args.week):
            owner = workspace.author if args.mine else None
            keys = calendar_out.keys_between(workspace, *_span(args, at.day), at, owner)
        written = ics_write.write(args.file, calendar_out.events(workspace, keys, zone=zone))
    if args.json:
        answer({"file": str(written.path), "events": written.rows, "zone": str(zone)})
        return DONE
    counted = ngettext("{count} entry", "{count} entries", written.rows)
    say(_("{rows} written to {path}").format(rows=counted, path=written.path))
    return DONE


def _check_there(workspace: Workspace, tasks: Sequence[int]) -> None:
    """Raise Missing for a task that is not there, instead of writing a calendar without it."""
    from crm_desktop.model import Task
    from crm_desktop.services.records import living

    with workspace.read() as session:
        for each in tasks:
            living(session, Task, each)


def _declare_in(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the calendar file (.ics)"))
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would be done"))
    takes_json(parser)


def import_ics(args: Namespace) -> int:
    """Bring the appointments of a calendar file in, as one step to undo."""
    from crm_desktop.exchange import ics_file
    from crm_desktop.services import calendar_in, today

    found, at = ics_file.read(args.file), today.now()
    with opened(args) as workspace:
        if args.dry_run:
            done = calendar_in.plan(workspace, found, at)
        else:
            done = calendar_in.bring_in(workspace, found, at, args.file.name)
    if args.json:
        first = [
            {"title": each.event.title, "starts": each.event.starts, "outcome": each.outcome} for each in done.coming
        ]
        answer(
            {
                "file": str(args.file),
                "counts": done.counts(),
                "notes": done.notes,
                "set_id": done.step,
                "first": first[:8],
            }
        )
        return DONE
    for note in done.notes:
        complain(note)
    for each in sentences(done):
        say(each)
    return DONE


def sentences(plan: Plan) -> list[str]:
    """What becomes of a calendar file."""
    from crm_desktop.services.calendar_words import outcome_words

    return [outcome_words(outcome, count) for outcome, count in plan.counts().items() if count]


VERBS = {
    "calendar": Verb(N_("Print what falls into some days: tasks, appointments, birthdays."), _declare_span, calendar),
    "export-ics": Verb(N_("Write tasks and appointments to a calendar file (.ics)."), _declare_out, export_ics),
    "import-ics": Verb(N_("Bring appointments in from a calendar file (.ics)."), _declare_in, import_ics),
}
