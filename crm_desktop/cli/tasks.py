"""The verbs of tasks: list them, and make, change, finish, open again, put off or delete one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from crm_desktop.cli.common import DONE, LARGEST, Verb, answer, complain, opened, say, takes_json
from crm_desktop.errors import Invalid
from crm_desktop.i18n import N_, _

if TYPE_CHECKING:
    from crm_desktop.services.tasks import Draft
    from crm_desktop.store.workspace import Workspace

USUAL = 200
LONGEST_KEY = 19
"""Digits; Python reads no number of thousands of them."""
CHANGES = ("title", "kind", "priority", "place", "note", "account", "contact")


def _declare_list(parser: ArgumentParser) -> None:
    parser.add_argument("--mine", action="store_true", help=_("only those of the user of this computer, and nobody’s"))
    parser.add_argument("--day", metavar="DATE", help=_("the tasks of one day, such as 2026-11-24 or tomorrow"))
    parser.add_argument("--filter", default="", metavar="WORDS", help=_("words that must be in the task"))
    _takes_kind(parser)
    parser.add_argument("--limit", type=int, default=USUAL, metavar="N", help=_("at most so many"))
    takes_json(parser)


def _takes_kind(parser: ArgumentParser) -> None:
    parser.add_argument("--kind", metavar="KIND", help=_("the kind of task, such as call or meeting"))
    parser.add_argument("--priority", metavar="PRIORITY", help=_("high, normal or low"))


def list_tasks(args: Namespace) -> int:
    """Print the tasks, the most pressing first, below the heads of their sections."""
    from crm_desktop.services import clock, task_list
    from crm_desktop.services import task_words as words
    from crm_desktop.services.task_list import Asked

    at = clock.now()
    with opened(args, waits=False) as workspace, workspace.read() as session:
        asked = Asked(
            mine=args.mine,
            kind=_code("task_kind", args.kind),
            priority=_code("priority", args.priority),
            text=args.filter,
            day=_moment(args.day, "day")[0].date() if args.day else None,
        )
        found = task_list.read(session, asked, at, workspace.author, most=max(args.limit, 0))
        counts = task_list.counts(session, asked, at, workspace.author)
    if args.json:
        answer({"at": at.at, "counts": counts, "tasks": found})
        return DONE
    section = ""
    for each in found:
        if each.section != section:
            section = each.section
            say(f"{words.title(section)} {counts[section]:,}")
        say(f"  {each.key}  {words.sentence(each, at)}")
    if not found:
        say(_("No tasks."))
    return DONE


def _declare_one(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=list(ACTIONS), help=_("what to do"))
    parser.add_argument("what", nargs="+", metavar="WHAT", help=_("the title of a new task, else the number of one"))
    _takes_kind(parser)
    parser.add_argument("--title", metavar="TEXT", help=_("another title"))
    parser.add_argument("--due", metavar="WHEN", help=_("when it is due: “next tue 10am”, 2026-11-24"))
    parser.add_argument("--ends", metavar="WHEN", help=_("when it ends, such as 11:30"))
    parser.add_argument("--start", metavar="WHEN", help=_("before this day it is not shown"))
    parser.add_argument("--repeat", metavar="HOW", help=_("how often: every 2 weeks, last Friday, 每月15号"))
    parser.add_argument("--remind", type=int, metavar="MINUTES", help=_("remind so many minutes before"))
    parser.add_argument("--place", metavar="TEXT", help=_("where"))
    parser.add_argument("--note", metavar="TEXT", help=_("a note"))
    parser.add_argument("--account", type=int, metavar="ID", help=_("the account it is about"))
    parser.add_argument("--contact", type=int, metavar="ID", help=_("the contact it is about"))
    parser.add_argument("--said", metavar="TEXT", help=_("done: what came of it, kept as an activity"))
    parser.add_argument("--outcome", metavar="OUTCOME", help=_("done: the outcome, such as reached"))
    parser.add_argument("--next", metavar="TEXT", help=_("done: the next step and when, such as “demo next tue 10am”"))
    parser.add_argument("--until", metavar="WHEN", help=_("snooze: until when, tomorrow if it is left out"))
    takes_json(parser)


def task(args: Namespace) -> int:
    """Do one thing with a task, and print its number."""
    with opened(args) as workspace:
        key = ACTIONS[args.action](workspace, args)
    if args.json:
        answer({"task": key})
    else:
        say(str(key))
    return DONE


def _add(workspace: Workspace, args: Namespace) -> int:
    from crm_desktop.services import tasks
    from crm_desktop.services.tasks import Draft

    return tasks.create(workspace, _changed(Draft(" ".join(args.what)), args))


def _edit(workspace: Workspace, args: Namespace) -> int:
    from crm_desktop.services import tasks

    key = _key(args)
    tasks.change(workspace, key, _changed(tasks.load(workspace, key), args))
    return key


def _done(workspace: Workspace, args: Namespace) -> int:
    from crm_desktop.services import finishing, tasks
    from crm_desktop.services.finishing import Result
    from crm_desktop.text import when

    key = _key(args)
    if not (args.said or args.outcome or args.next):
        tasks.complete(workspace, key)
        return key
    step = when.read(args.next, datetime.now().astimezone()) if args.next else None
    result = Result(
        kind=_code("activity_kind", args.kind),
        summary=args.said or "",
        outcome=_code("outcome", args.outcome),
        next_step=step.rest if step else args.next or "",
        next_at=step.at if step else None,
        next_has_time=step.has_time if step else False,
    )
    finishing.finish(workspace, key, result)
    return key


def _reopen(workspace: Workspace, args: Namespace) -> int:
    from crm_desktop.services import tasks

    if tasks.complete(workspace, _key(args), done=False):
        complain(_("The next one was changed since, so it is kept."))
    return _key(args)


def _snooze(workspace: Workspace, args: Namespace) -> int:
    from crm_desktop.services import clock, snoozing, tasks

    at = clock.now()
    until = snoozing.until(snoozing.TOMORROW, at)
    if args.until:
        moment, has_time = _moment(args.until, "until")
        until = moment if has_time else moment.date()
    tasks.snooze(workspace, [_key(args)], until, at)
    return _key(args)


def _delete(workspace: Workspace, args: Namespace) -> int:
    from crm_desktop.services import tasks

    tasks.remove(workspace, _key(args))
    return _key(args)


ACTIONS: dict[str, Callable[[Workspace, Namespace], int]] = {
    "add": _add,
    "edit": _edit,
    "done": _done,
    "reopen": _reopen,
    "snooze": _snooze,
    "delete": _delete,
}


def _key(args: Namespace) -> int:
    text = " ".join(args.what)
    if not text.isdecimal() or len(text) > LONGEST_KEY or int(text) > LARGEST:
        raise Invalid({"task": _("“{text}” is not the number of a task.").format(text=text[:40])})
    return int(text)


def _changed(draft: Draft, args: Namespace) -> Draft:
    """A task with what the arguments say of it."""
    from crm_desktop.services import repeating

    said = {name: getattr(args, name) for name in CHANGES if getattr(args, name) is not None}
    for name, picks in (("kind", "task_kind"), ("priority", "priority")):
        if name in said:
            said[name] = _code(picks, said[name])
    if args.remind is not None:
        said["remind_minutes"] = args.remind
    if args.repeat:
        said["repeat"] = repeating.rule_of(args.repeat, datetime.now().astimezone().date())
    if args.due:
        said["due_at"], said["has_time"] = _moment(args.due, "due_at")
    if args.ends:
        begin = said.get("due_at", draft.due_at)
        said["ends_at"] = _moment(args.ends, "ends_at", begin and begin.astimezone())[0]
    if args.start:
        at, has_time = _moment(args.start, "start_at")
        said["start_at"] = at if has_time else at.replace(hour=0, minute=0)
    return replace(draft, **said)


def _moment(text: str, field: str, base: datetime | None = None) -> tuple[datetime, bool]:
    from crm_desktop.text import when

    found = when.read(text, base or datetime.now().astimezone())
    if found is None or found.rest.strip():
        message = _("“{text}” was not understood as a date. Write it like “tomorrow 10:00” or “2026-11-24”.")
        raise Invalid({field: message.format(text=text)})
    return found.at, found.has_time


def _code(list_code: str, text: str | None) -> str:
    """The code of a value of a pick list, by any of its spellings."""
    from crm_desktop.model import picks

    if not text:
        return ""
    code = picks.code_of(list_code, text)
    if code is None:
        offered = ", ".join(each.code for each in picks.of(list_code))
        raise Invalid(
            {list_code: _("There is no “{text}”. Choose from: {choices}.").format(text=text, choices=offered)}
        )
    return code


VERBS = {
    "tasks": Verb(N_("List tasks, the most pressing first."), _declare_list, list_tasks),
    "task": Verb(N_("Make, change, finish, put off or delete a task."), _declare_one, task),
}
