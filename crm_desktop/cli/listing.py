"""Verbs on lists of records: list, lists."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from crm_desktop.cli.choosing import entity_of, takes_filter, takes_kind, takes_order, view_of
from crm_desktop.cli.common import DONE, MISUSE, Verb, answer, complain, opened, say, takes_json, takes_limit
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.model.fields import Field
    from crm_desktop.services.lists import SavedView
    from crm_desktop.store.workspace import Workspace

PAGE = 500
Rows: TypeAlias = Iterator[tuple[int, list[str]]]
"""Keys, with what each column shows."""


def _declare_list(parser: ArgumentParser) -> None:
    takes_kind(parser)
    takes_filter(parser)
    takes_order(parser)
    parser.add_argument("--count", action="store_true", help=_("only how many there are"))
    takes_limit(parser, None, _("at most so many"))
    parser.add_argument("--csv", action="store_true", help=_("print comma-separated values"))
    takes_json(parser)


def list_(args: Namespace) -> int:
    """Print the records of a list, or how many they are."""
    from crm_desktop.store import queries

    with opened(args) as workspace:
        view = view_of(workspace, args)
        with workspace.read() as session:
            total = queries.count(session, view.listing)
        if args.count:
            tell: Callable[[Namespace, SavedView, int, Rows], None] = _tell_count
        else:
            tell = _tell_json if args.json else _tell_csv if args.csv else _tell
        tell(args, view, total, _rows(workspace, view, args.limit))
    return DONE


def _tell_count(args: Namespace, _view: SavedView, total: int, _rows: Rows) -> None:
    if args.json:
        answer({"count": total})
    else:
        say(str(total))


def _tell_json(_args: Namespace, view: SavedView, total: int, rows: Rows) -> None:
    names = [each.name for each in _fields(view)]
    shown = [{"id": key, **dict(zip(names, cells, strict=True))} for key, cells in rows]
    answer({"count": total, "records": shown})


def _tell_csv(_args: Namespace, view: SavedView, _total: int, rows: Rows) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(each.label for each in _fields(view))
    out.writerows(cells for _key, cells in rows)


def _tell(_args: Namespace, _view: SavedView, total: int, rows: Rows) -> None:
    for key, cells in rows:
        say("  ".join(filter(None, (str(key), *(each.replace("\n", " · ") for each in cells)))))
    say(ngettext("{count} record", "{count} records", total))


def _fields(view: SavedView) -> list[Field]:
    from crm_desktop.model.fields import fields_of
    from crm_desktop.model.worked_out import worked_out

    known = {each.name: each for each in fields_of(view.entity)} | dict(worked_out(view.entity))
    return [known[each.name] for each in view.columns if each.name in known]


def _rows(workspace: Workspace, view: SavedView, limit: int | None) -> Rows:
    from crm_desktop.model.kinds import LinkTo
    from crm_desktop.store import queries

    fields = _fields(view)
    with workspace.read() as session:
        keys, people = queries.keys(session, view.listing)[:limit], queries.users(session)
        for start in range(0, len(keys), PAGE):
            page = keys[start : start + PAGE]
            values = queries.values(session, view.entity, fields, page)
            for key in page:
                row = values[key]
                yield (
                    key,
                    [
                        people.get(row[each.name], "")
                        if isinstance(each.kind, LinkTo)
                        else each.kind.show(row[each.name])
                        for each in fields
                    ],
                )


LISTS = {"list": (), "show": ("NAME",), "save": ("NAME",), "rename": ("NAME", "NEW"), "remove": ("NAME",)}
"""What can be done with saved lists, with the words that follow."""


def _declare_lists(parser: ArgumentParser) -> None:
    uses = " · ".join(f"{does} {' '.join(words)}".strip() for does, words in LISTS.items())
    takes_kind(parser)
    parser.add_argument("does", nargs="?", choices=list(LISTS), default="list", metavar="DO", help=uses)
    parser.add_argument("words", nargs="*", metavar="NAME", help=_("the name of a saved list"))
    parser.add_argument("--shared", action="store_true", help=_("for everybody, not for me alone"))
    takes_filter(parser)
    takes_order(parser)
    takes_json(parser)


def lists(args: Namespace) -> int:
    """Show, keep, rename or remove saved lists."""
    if len(args.words) != len(LISTS[args.does]):
        use = " ".join((args.kind, args.does, *LISTS[args.does]))
        complain(_("Use it so: {use}").format(use=f"lists {use}"))
        return MISUSE
    with opened(args) as workspace:
        found = LISTS_DO[args.does](workspace, args)
        shown = [_list_as_object(workspace, each) for each in found]
    if args.json:
        answer({"lists": shown})
        return DONE
    for each in shown:
        records = ngettext("{count} record", "{count} records", each["count"])
        say("  ".join(filter(None, (each["name"], records, each["said"], _("shared") if each["shared"] else ""))))
    if not shown:
        say(_("No lists are saved yet."))
    return DONE


def _all_lists(workspace: Workspace, args: Namespace) -> list[SavedView]:
    from crm_desktop.services import lists as saved

    return saved.all_for(workspace, entity_of(args))


def _one_list(workspace: Workspace, args: Namespace) -> list[SavedView]:
    from crm_desktop.services import lists as saved

    return [saved.named(workspace, entity_of(args), args.words[0])]


def _save_list(workspace: Workspace, args: Namespace) -> list[SavedView]:
    """Keep what is asked for; a list of that name gets another content."""
    from dataclasses import replace

    from crm_desktop.services import lists as saved

    view = view_of(workspace, args)
    [name] = args.words
    there = next((each for each in _all_lists(workspace, args) if each.name == name), None)
    owner = None if args.shared else saved.me(workspace)
    if there is not None:
        view = replace(view, key=there.key, position=there.position)
    return [saved.get(workspace, saved.save(workspace, replace(view, name=name, owner=owner)))]


def _rename_list(workspace: Workspace, args: Namespace) -> list[SavedView]:
    from crm_desktop.services import lists as saved

    [view] = _one_list(workspace, args)
    saved.rename(workspace, view.key, args.words[1])
    return [saved.get(workspace, view.key)]


def _remove_list(workspace: Workspace, args: Namespace) -> list[SavedView]:
    from crm_desktop.services import lists as saved

    [view] = _one_list(workspace, args)
    saved.remove(workspace, view.key)
    return _all_lists(workspace, args)


LISTS_DO = {"list": _all_lists, "show": _one_list, "save": _save_list, "rename": _rename_list, "remove": _remove_list}


def _list_as_object(workspace: Workspace, view: SavedView) -> dict[str, Any]:
    from crm_desktop.model.filters import say as said
    from crm_desktop.model.filters import to_json
    from crm_desktop.store import queries

    with workspace.read() as session:
        people = queries.users(session)
        count = 0 if view.problem else queries.count(session, view.listing)
    return {
        "name": view.name,
        "count": count,
        "said": view.problem or said(view.filter, view.entity, people),
        "text": view.text,
        "filter": to_json(view.filter),
        "sort": view.order,
        "descending": view.descending,
        "columns": [each.name for each in view.columns],
        "shared": view.owner is None,
    }


VERBS = {
    "list": Verb(N_("List accounts or contacts, all or those that fulfil conditions."), _declare_list, list_),
    "lists": Verb(N_("Show, keep, rename or remove saved lists."), _declare_lists, lists),
}
