"""The verb that lists templates of tasks and makes the tasks of one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from crm_desktop.cli.about import takes_record
from crm_desktop.cli.common import DONE, MISUSE, Verb, answer, complain, opened, say, takes_json
from crm_desktop.cli.moments import day_of
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.templates import Template
    from crm_desktop.store.workspace import Workspace


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("does", nargs="?", choices=("list", "apply"), default="list", help=_("list or apply"))
    parser.add_argument("name", nargs="?", default="", help=_("the name of a template"))
    takes_record(parser, action="append", default=[])
    parser.add_argument("--on", metavar="DATE", default="", help=_("the day on which it begins, today if not said"))
    parser.add_argument("--workdays", action="store_true", help=_("move what falls on a weekend to Monday"))
    parser.add_argument("--dry-run", "--dry", action="store_true", help=_("only print what would be made"))
    takes_json(parser)


def run(args: Namespace) -> int:
    """List the templates, or make the tasks of one as one step to undo."""
    if args.does == "list":
        with opened(args, waits=False) as workspace:
            return _list(workspace, args)
    if not args.name or bool(args.contact) == bool(args.account):
        complain(_("Name a template, and records of one kind: --contact NAME or --account NAME."))
        return MISUSE
    with opened(args) as workspace:
        return _apply(workspace, args)


def _list(workspace: Workspace, args: Namespace) -> int:
    from crm_desktop.services import templates

    found = templates.everything(workspace)
    if args.json:
        answer({"templates": found})
        return DONE
    for each in found:
        say(each.name)
        for item in each.items:
            say(f"  {item.offset_days:+d}  {item.at_time or '     '}  {item.title}")
    return DONE


def _apply(workspace: Workspace, args: Namespace) -> int:
    from crm_desktop.model import Account, Contact
    from crm_desktop.services import template_tasks, templates
    from crm_desktop.services.clock import now
    from crm_desktop.services.named import key_of

    template: Template = templates.named(workspace, args.name)
    planned = template_tasks.planned(template, day_of(args.on) or now().day, weekends=not args.workdays)
    entity, kind, names = (Contact, "contact", args.contact) if args.contact else (Account, "account", args.account)
    keys = [key_of(workspace, kind, each) for each in names]
    count = 0 if args.dry_run else template_tasks.apply(workspace, template, entity, keys, planned)
    if args.json:
        answer({"template": template.name, "tasks": planned, "made": count})
        return DONE
    for each in planned:
        say(f"{each.day.isoformat()}  {each.at_time or '     '}  {each.title}")
    if not args.dry_run:
        made = ngettext("{count} task", "{count} tasks", count)
        say(_("{template}: {tasks} made").format(template=template.name, tasks=made))
    return DONE


VERBS = {"templates": Verb(N_("List templates of tasks, or make the tasks of one."), _declare, run)}
