"""Verbs on rhythms and the life cycle: cadence, lifecycle."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.common import DONE, MISUSE, Verb, answer, complain, opened, say, takes_json
from crm_desktop.cli.moments import day_of
from crm_desktop.errors import Invalid
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.cadence import Row, Scope
    from crm_desktop.services.lifecycle import Stage
    from crm_desktop.store.workspace import Workspace

LONGEST_NUMBER = 9
CADENCE = {
    "list": ("", 0),
    "set": ("level|tag|list NAME DAYS|none", 3),
    "clear": ("level|tag|list NAME", 2),
}
LIFECYCLE = {"show": ("ACCOUNT", 1), "set": ("ACCOUNT STAGE --reason TEXT [--until DAY]", 2), "clear": ("ACCOUNT", 1)}
"""What stands behind each word that says what to do, and how many words that are."""


def _declare(parser: ArgumentParser, uses: dict[str, tuple[str, int]]) -> None:
    told = " · ".join(f"{does} {words}".strip() for does, (words, _count) in uses.items())
    first, (_words, count) = next(iter(uses.items()))
    may_be_left_out: dict[str, Any] = {"nargs": "?", "default": first} if count == 0 else {}
    parser.add_argument("does", choices=list(uses), metavar="DO", help=told, **may_be_left_out)
    parser.add_argument("words", nargs="*", metavar="WORD")
    takes_json(parser)


def _declare_cadence(parser: ArgumentParser) -> None:
    _declare(parser, CADENCE)
    parser.add_argument(
        "--of", choices=("account", "contact"), default="account", help=_("which records a saved list shows")
    )


def _is_misused(args: Namespace, verb: str, uses: dict[str, tuple[str, int]]) -> bool:
    words, count = uses[args.does]
    if len(args.words) == count:
        return False
    complain(_("Use it so: {use}").format(use=f"{verb} {args.does} {words}".strip()))
    return True


def cadence(args: Namespace) -> int:
    """List, set or clear how often one wants to be in touch with whom."""
    from crm_desktop.services import cadence as rhythms

    if _is_misused(args, "cadence", CADENCE):
        return MISUSE
    with opened(args) as workspace:
        if args.does == "set":
            done = rhythms.put(workspace, _scope(workspace, args), _days(args.words[2]))
        else:
            done = rhythms.clear(workspace, _scope(workspace, args)) if args.does == "clear" else ""
        rows = rhythms.rows(workspace)
    if args.json:
        answer({"done": done, "rhythms": [_as_object(each) for each in rows]})
    elif done:
        say(done)
    else:
        for each in rows:
            say(_line(each))
    return DONE


def _scope(workspace: Workspace, args: Namespace) -> Scope:
    """Whom a rhythm is for, by the words for it; a list is looked for among those of accounts or contacts."""
    from crm_desktop.model import ENTITIES, picks
    from crm_desktop.services import lists, tags
    from crm_desktop.services.cadence import LEVEL, LIST, TAG, Scope

    kind, name = args.words[:2]
    if kind == LEVEL:
        return Scope(LEVEL, picks.code_of("level", name) or name)
    if kind == TAG:
        return Scope(TAG, str(tags.named(workspace, name)))
    if kind == LIST:
        return Scope(LIST, str(lists.named(workspace, ENTITIES[args.of], name).key))
    raise Invalid({"kind": _("Say “level”, “tag” or “list”, not “{text}”.").format(text=kind)})


def _days(text: str) -> int | None:
    if text.casefold() in ("none", "无", "没有"):
        return None
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise Invalid({"days": _("Give a number of days, or “none” for no rhythm.")})
    return int(text)


def _as_object(row: Row) -> dict[str, Any]:
    return {
        "kind": row.scope.kind,
        "code": row.scope.code,
        "name": row.name,
        "entity": row.entity,
        "days": row.days,
        "usual": row.is_usual,
        "problem": row.problem,
    }


def _line(row: Row) -> str:
    from crm_desktop.services.cadence import WORDS

    days = _("no rhythm") if row.days is None else ngettext("{count} day", "{count} days", row.days)
    usual = _("usual") if row.is_usual else ""
    return "  ".join(filter(None, (_(WORDS[row.scope.kind]), row.name, days, usual, row.problem)))


def _declare_lifecycle(parser: ArgumentParser) -> None:
    _declare(parser, LIFECYCLE)
    parser.add_argument("--reason", default="", metavar="TEXT", help=_("why it is set by hand"))
    parser.add_argument("--until", default="", metavar="DAY", help=_("the last day on which it holds"))


def lifecycle(args: Namespace) -> int:
    """Show, set or clear the stage of an account in its life cycle."""
    from crm_desktop.model import picks
    from crm_desktop.services import lifecycle as lives
    from crm_desktop.services.named import key_of

    if _is_misused(args, "lifecycle", LIFECYCLE):
        return MISUSE
    with opened(args) as workspace:
        key = key_of(workspace, "account", args.words[0])
        if args.does == "set":
            stage = picks.code_of("lifecycle", args.words[1]) or args.words[1]
            lives.put(workspace, key, stage, args.reason, day_of(args.until))
        elif args.does == "clear":
            lives.clear(workspace, key)
        found = lives.of_account(workspace, key)
    if args.json:
        answer({"account": key, "stage": found.code, "why": found.why, "override": _told(found)})
    else:
        say(_("{stage}: {why}").format(stage=found.label, why=found.why))
    return DONE


def _told(found: Stage) -> dict[str, Any] | None:
    return None if found.override is None else found.override._asdict()


VERBS = {
    "cadence": Verb(N_("List, set or clear how often to be in touch with whom."), _declare_cadence, cadence),
    "lifecycle": Verb(N_("Show, set or clear the life cycle of an account."), _declare_lifecycle, lifecycle),
}
