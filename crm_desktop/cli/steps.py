"""Verbs on what was done: undo, redo, history."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from crm_desktop.cli.common import (
    DONE,
    PROBLEMS,
    Verb,
    answer,
    complain,
    finished,
    opened,
    say,
    takes_json,
    takes_limit,
)
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.importing.trace import Summary
    from crm_desktop.store.undo import Undone


def _declare_undo(parser: ArgumentParser) -> None:
    parser.add_argument(
        "change_set",
        nargs="?",
        type=int,
        metavar="CHANGE_SET",
        help=_("the step, as “history” prints it; else the last"),
    )
    _declare_redo(parser)


def _declare_redo(parser: ArgumentParser) -> None:
    takes_json(parser)
    parser.add_argument("--progress", action="store_true", help=_("print progress to standard error, as lines of JSON"))


def undo(args: Namespace) -> int:
    """Take a step back, and tell what of it could not be."""
    from crm_desktop.services.importing import trace
    from crm_desktop.store.undo import undoing

    with opened(args) as workspace:
        target = args.change_set or workspace.undo_target()
        outcome = finished(undoing(workspace, args.change_set), tell=args.progress)
        traced = trace.summary(workspace, target, outcome) if target and outcome else None
    return _tell(args, outcome, _("Undone: {title} ({rows})"), _("There is nothing to undo."), traced)


def redo(args: Namespace) -> int:
    """Do again what was last taken back, and tell what of it could not be."""
    from crm_desktop.store.undo import redoing

    with opened(args) as workspace:
        outcome = finished(redoing(workspace), tell=args.progress)
    return _tell(args, outcome, _("Done again: {title} ({rows})"), _("There is nothing to redo."))


def _tell(args: Namespace, outcome: Undone | None, told: str, nothing: str, traced: Summary | None = None) -> int:
    if args.json:
        answer({"undone": outcome, "import": traced})
    if outcome is None:
        complain(nothing)
        return PROBLEMS
    if not args.json:
        say(told.format(title=outcome.title, rows=ngettext("{count} row", "{count} rows", outcome.rows)))
        if traced:
            for each in traced.rows:
                complain(_("Row {row}: {problem}").format(row=each.number, problem=each.sentence))
        else:
            for kept in outcome.kept:
                complain(f"{kept.entity} {kept.row_id} {kept.column}: {kept.reason}")
    return PROBLEMS if outcome.kept else DONE


def _declare_history(parser: ArgumentParser) -> None:
    takes_limit(parser, 20, _("at most so many steps"))
    parser.add_argument(
        "--of", nargs=2, metavar=("KIND", "ID"), help=_("what was done to one record, such as: --of contact 123")
    )
    takes_json(parser)


def history(args: Namespace) -> int:
    """Print the newest steps, or what was done to one record."""
    return _history_of(args) if args.of else _steps(args)


def _steps(args: Namespace) -> int:
    from crm_desktop.services import changes

    with opened(args) as workspace:
        found = changes.steps(workspace, args.limit)
    if args.json:
        answer({"steps": found})
        return DONE
    for each in found:
        say("  ".join(filter(None, _cells(each))))
    return DONE


def _cells(step: object) -> tuple[str, ...]:
    from crm_desktop.services.changes import Step

    assert isinstance(step, Step)
    counted = ngettext("{count} row", "{count} rows", step.rows)
    undone = _("undone") if step.is_undone else ""
    return str(step.id), f"{step.at.astimezone():%Y-%m-%d %H:%M}", step.source, step.title, counted, step.author, undone


def _history_of(args: Namespace) -> int:
    from crm_desktop.model import ENTITIES
    from crm_desktop.services import changes

    kind, key = args.of
    if kind not in ENTITIES or not key.isdecimal():
        complain(_("“{kind} {id}” names no record. Write for example: --of contact 123").format(kind=kind, id=key))
        return PROBLEMS
    with opened(args) as workspace:
        found = changes.history(workspace, ENTITIES[kind], int(key))[: args.limit]
    if args.json:
        answer({"entries": found})
        return DONE
    for entry in found:
        say("  ".join(filter(None, _cells(entry.step))))
        for line in entry.lines:
            say(f"    {line.text}")
    return DONE


VERBS = {
    "undo": Verb(N_("Take a step back."), _declare_undo, undo),
    "redo": Verb(N_("Do again what was last undone."), _declare_redo, redo),
    "history": Verb(N_("List what was done, newest first."), _declare_history, history),
}
