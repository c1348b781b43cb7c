"""The verb of tasks that come again: say how often, leave one out, or end it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import TYPE_CHECKING

from crm_desktop.cli.common import DONE, MISUSE, Verb, answer, complain, opened, say, takes_json
from crm_desktop.cli.moments import near_day_of
from crm_desktop.i18n import N_, _

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("task", type=int, metavar="ID", help=_("the number of a task"))
    parser.add_argument("words", nargs="*", metavar="HOW", help=_("how often: every 2 weeks, last Friday, 每月15号"))
    parser.add_argument("--skip", action="store_true", help=_("leave this one out and go to the next date"))
    parser.add_argument("--without", metavar="DAY", help=_("leave one day out of the series, such as 2026-12-24"))
    parser.add_argument("--end", action="store_true", help=_("do not repeat it any more"))
    takes_json(parser)


def repeat(args: Namespace) -> int:
    """Have a task come again, leave a day out, or end its repetition; print how often and when it is due next."""
    words = " ".join(args.words)
    if bool(words) + args.skip + bool(args.without) + args.end > 1:
        complain(_("Say how often, or --skip, or --without, or --end: only one of them."))
        return MISUSE
    with opened(args) as workspace:
        told = _carry_out(workspace, args, words)
    if args.json:
        answer(told)
    else:
        say(" · ".join(filter(None, (told["words"], told["due"]))) or _("It does not repeat."))
    return DONE


def _carry_out(workspace: Workspace, args: Namespace, words: str) -> dict[str, str]:
    from crm_desktop.services import repeating, tasks
    from crm_desktop.text import repeat as rules

    if words:
        repeating.set_words(workspace, args.task, words, datetime.now().astimezone().date())
    elif args.end:
        repeating.end(workspace, args.task)
    elif (args.skip or args.without) and _left_out(workspace, args) is None:
        return {"rule": "", "words": _("That was the last one."), "due": ""}
    task = tasks.load(workspace, args.task)
    due = task.due_at and (task.due_at.astimezone() if task.has_time else task.due_at)
    shape = "%Y-%m-%d %H:%M" if task.has_time else "%Y-%m-%d"
    return {"rule": task.repeat, "words": rules.show(task.repeat), "due": due.strftime(shape) if due else ""}


def _left_out(workspace: Workspace, args: Namespace) -> datetime | None:
    from crm_desktop.services import repeating

    day = near_day_of(args.without)
    return repeating.skip(workspace, args.task) if day is None else repeating.leave_out(workspace, args.task, day)


VERBS = {"repeat": Verb(N_("Have a task come again, leave a day out, or end its repetition."), _declare, repeat)}
