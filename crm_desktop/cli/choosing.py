"""Which records a verb is about: a kind, words, conditions, a saved list."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _

if TYPE_CHECKING:
    from crm_desktop.model import Entity
    from crm_desktop.model.filters import Group
    from crm_desktop.services.lists import SavedView
    from crm_desktop.store.workspace import Workspace

KINDS = {"accounts": "account", "contacts": "contact"}


def takes_kind(parser: ArgumentParser) -> None:
    """Let a verb be told which kind of record it is about."""
    parser.add_argument("kind", choices=list(KINDS), help=_("what to list"))


def takes_filter(parser: ArgumentParser) -> None:
    """Let a verb be told which records it is about."""
    parser.add_argument("--filter", default="", metavar="FILTER", help=_("words to find, or a filter as JSON"))
    parser.add_argument(
        "--where",
        action="append",
        nargs="+",
        default=[],
        metavar="WORD",
        help=_("one condition: field, operator and values, such as: --where activity.last older 30"),
    )
    parser.add_argument("--saved", metavar="NAME", help=_("a saved list; further conditions narrow it"))
    parser.add_argument("--closed", action="store_true", help=_("closed accounts, too"))


def takes_order(parser: ArgumentParser) -> None:
    """Let a verb be told which columns to show, and in which order."""
    parser.add_argument("--columns", metavar="NAMES", help=_("the columns in their order: full_name,mobile,account"))
    parser.add_argument("--sort", metavar="NAME", help=_("the field to sort by"))
    parser.add_argument("--descending", action="store_true", help=_("sort the other way round"))


def entity_of(args: Namespace) -> type[Entity]:
    """The kind of record that was named."""
    from crm_desktop.model import ENTITIES

    return ENTITIES[KINDS[args.kind]]


def view_of(workspace: Workspace, args: Namespace) -> SavedView:
    """The list that was asked for: the saved one, narrowed and arranged by what else was said."""
    from crm_desktop.model.filters import ALL, Group, checked
    from crm_desktop.services import lists

    entity = entity_of(args)
    view = lists.named(workspace, entity, args.saved) if args.saved else lists.SavedView(0, "", entity)
    text, parts = _asked(args)
    group = checked(Group(ALL, tuple(each for each in (view.filter, *parts) if each)), entity)
    view = replace(view, filter=group, text=text or view.text, closed=args.closed or view.closed)
    return _arranged(view, args)


def is_json(text: str) -> bool:
    """Whether a text is meant as JSON and not as words to find."""
    return text.strip()[:1] in ("{", "[")


def read_filter(text: str) -> Group:
    """The filter that is written as JSON; raises Invalid when it cannot be read."""
    from crm_desktop.model.filters import from_json

    try:
        return from_json(json.loads(text))
    except ValueError as error:
        raise Invalid({"filter": _("The filter is no JSON: {reason}").format(reason=error)}) from error


def _asked(args: Namespace) -> tuple[str, list[Group]]:
    """The words to find, and the conditions."""
    from crm_desktop.model.filters import ALL, Group, Test

    given = args.filter.strip()
    parts = []
    if is_json(given):
        parts.append(read_filter(given))
        given = ""
    for path, *rest in args.where:
        operator, *values = rest or [""]
        parts.append(Group(ALL, (Test(path, operator, tuple(values)),)))
    return given, parts


def _arranged(view: SavedView, args: Namespace) -> SavedView:
    from crm_desktop.model.fields import fields_of
    from crm_desktop.model.worked_out import worked_out
    from crm_desktop.services.lists import Column, default_columns
    from crm_desktop.store.ordering import can_order

    known = {each.name for each in fields_of(view.entity)} | set(worked_out(view.entity))
    named = tuple(Column(name.strip()) for name in (getattr(args, "columns", None) or "").split(",") if name.strip())
    for each in named:
        if each.name not in known:
            message = _("There is no column “{name}”. Choose from: {choices}.")
            raise Invalid({"columns": message.format(name=each.name, choices=", ".join(sorted(known)))})
    order = getattr(args, "sort", None)
    if order and not can_order(view.entity, order):
        message = _("A list cannot be sorted by “{name}”. Choose from: {choices}.")
        raise Invalid({"sort": message.format(name=order, choices=", ".join(sorted(known)))})
    if order:
        view = replace(view, order=order, descending=args.descending)
    return replace(view, columns=named or view.columns or default_columns(view.entity))
