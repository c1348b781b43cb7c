"""The verbs of tasks: list them, and make, change, finish, open again, put off or delete one."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from crm_desktop.cli.about import pick_of, takes_record
from crm_desktop.cli.common import DONE, Verb, answer, complain, opened, say, takes_json, takes_limit, whole_number
from crm_desktop.cli.moments import day_of, moment_of, step_of
from crm_desktop.errors import Invalid
from crm_desktop.i18n import N_, _

if TYPE_CHECKING:
    from crm_desktop.services.tasks import Draft
    from crm_desktop.store.workspace import Workspace

USUAL = 200
CHANGES = ("title", "kind", "priority", "place", "note", "account", "contact")


def _declare_list(parser: ArgumentParser) -> None:
    parser.add_argument("--mine", action="store_true", help=_("only those of the user of this computer, and nobody’s"))
    parser.add_argument("--day", metavar="DATE", help=_("the tasks of one day, such as 2026-11-24 or tomorrow"))
    parser.add_argument("--filter", default="", metavar="WORDS", help=_("words that must be in the task"))
    _takes_kind(parser)
    takes_limit(parser, USUAL, _("at most so many"))
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
            kind=pick_of("task_kind", args.kind),
            priority=pick_of("priority", args.priority),
            text=args.filter,
            day=day_of(args.day),
        )
        found = task_list.read(session, asked, at, workspace.author, most=args.limit)
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
    takes_record(parser)
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

    return tasks.create(workspace, _changed(workspace, Draft(" ".join(args.what)), args))


def _edit(workspace: Workspace, args: Namespace) -> int:
    from crm_desktop.services import tasks

    key = _key(args)
    tasks.change(workspace, key, _changed(workspace, tasks.load(workspace, key), args))
    return key


def _done(workspace: Workspace, args: Namespace) -> int:
    from crm_desktop.services import finishing, tasks
    from crm_desktop.services.finishing import Result

    key = _key(args)
    if not (args.said or args.outcome or args.next):
        tasks.complete(workspace, key)
        return key
    step = step_of(args.next)
    result = Result(
        kind=pick_of("activity_kind", args.kind),
        summary=args.said or "",
        outcome=pick_of("outcome", args.outcome),
        next_step=step.title,
        next_at=step.at,
        next_has_time=step.has_time,
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
        moment = moment_of(args.until)
        until = moment.at if moment.has_time else moment.at.date()
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
    try:
        return whole_number(text)
    except ArgumentTypeError:
        message = _("“{text}” is not the number of a task. “tasks” prints the numbers.")
        raise Invalid({"task": message.format(text=text[:40])}) from None


def _changed(workspace: Workspace, draft: Draft, args: Namespace) -> Draft:
    """A task with what the arguments say of it."""
    from crm_desktop.services import repeating
    from crm_desktop.services.named import key_of

    said = {name: getattr(args, name) for name in CHANGES if getattr(args, name) is not None}
    for name, picks in (("kind", "task_kind"), ("priority", "priority")):
        if name in said:
            said[name] = pick_of(picks, said[name])
    for name in ("account", "contact"):
        if name in said:
            said[name] = key_of(workspace, name, said[name])
    if args.remind is not None:
        said["remind_minutes"] = args.remind
    if args.repeat:
        said["repeat"] = repeating.rule_of(args.repeat, datetime.now().astimezone().date())
    if args.due:
        due = moment_of(args.due)
        said["due_at"], said["has_time"] = due.at, due.has_time
    if args.ends:
        begin = said.get("due_at", draft.due_at)
        said["ends_at"] = moment_of(args.ends, base=begin and begin.astimezone()).at
    if args.start:
        start = moment_of(args.start)
        said["start_at"] = start.at if start.has_time else start.at.replace(hour=0, minute=0)
    return replace(draft, **said)


VERBS = {
    "tasks": Verb(N_("List tasks, the most pressing first."), _declare_list, list_tasks),
    "task": Verb(N_("Make, change, finish, put off or delete a task."), _declare_one, task),
}
