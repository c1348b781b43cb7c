"""The verb for fields of people's own: fields."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.common import DONE, MISUSE, Verb, answer, complain, opened, say, takes_json
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.custom_fields import OwnField
    from crm_desktop.store.workspace import Workspace

KINDS = ("text", "long_text", "number", "money", "date", "yes_no", "pick", "picks", "link", "phone", "mail", "url")


USES = {
    "list": ("[KIND]", 0, 1),
    "add": ("KIND NAME [--kind] [--other-name] [--options] [--in-table] [--target]", 2, 2),
    "rename": ("CODE [--zh] [--en]", 1, 1),
    "move": ("CODE PLACE", 2, 2),
    "remove": ("CODE", 1, 1),
}
"""What stands behind each word that says what to do, and how many words that are, at least and at most."""


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument(
        "does", choices=list(USES), metavar="DO", help=" · ".join(f"{each} {USES[each][0]}" for each in USES)
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help=_("a CODE is such as “fields list” prints it"))
    parser.add_argument("--kind", choices=KINDS, default="text", help=_("what a new field holds"))
    parser.add_argument("--other-name", default="", metavar="NAME", help=_("its name in the other language"))
    parser.add_argument("--options", default="", metavar="A,B,C", help=_("what one can pick"))
    parser.add_argument("--in-table", action="store_true", help=_("show it in lists"))
    parser.add_argument("--target", choices=("account", "contact"), default="account", help=_("where a link leads"))
    parser.add_argument("--zh", metavar="NAME", help=_("another name in Chinese"))
    parser.add_argument("--en", metavar="NAME", help=_("another name in English"))
    takes_json(parser)


def fields(args: Namespace) -> int:
    """List, add, rename, order or delete fields of people's own."""
    use, least, most = USES[args.does]
    is_right = least <= len(args.words) <= most
    if not is_right or (args.does == "move" and not args.words[1].isdecimal()):
        complain(_("Use it so: {use}").format(use=f"fields {args.does} {use}"))
        return MISUSE
    with opened(args) as workspace:
        found = DOES[args.does](workspace, args)
    if args.json:
        answer(found)
    else:
        _print(found)
    return DONE


def _list(workspace: Workspace, args: Namespace) -> dict[str, Any]:
    from crm_desktop.services import custom_fields

    return {"fields": [_as_object(each) for each in custom_fields.listed(workspace, *args.words)]}


def _add(workspace: Workspace, args: Namespace) -> dict[str, Any]:
    from crm_desktop.services import custom_fields

    made = custom_fields.add(
        workspace,
        args.words[0],
        args.kind,
        args.words[1],
        other_label=args.other_name,
        options=[each for each in args.options.replace("，", ",").split(",") if each.strip()],
        in_table=args.in_table,
        target=args.target,
    )
    return _one(workspace, made.code)


def _rename(workspace: Workspace, args: Namespace) -> dict[str, Any]:
    from crm_desktop.services import custom_fields

    field = custom_fields.named(args.words[0])
    [row] = [each for each in custom_fields.listed(workspace, field.entity) if each.field == field]
    zh, en = (given if given is not None else was for given, was in ((args.zh, row.zh), (args.en, row.en)))
    custom_fields.rename(workspace, row.key, zh, en)
    return _one(workspace, args.words[0])


def _move(workspace: Workspace, args: Namespace) -> dict[str, Any]:
    from crm_desktop.services import custom_fields

    field = custom_fields.named(args.words[0])
    custom_fields.move(workspace, field.own or 0, int(args.words[1]) - 1)
    return {"fields": [_as_object(each) for each in custom_fields.listed(workspace, field.entity)]}


def _remove(workspace: Workspace, args: Namespace) -> dict[str, Any]:
    from crm_desktop.services import custom_fields

    return {
        "removed": args.words[0],
        "values": custom_fields.remove(workspace, custom_fields.named(args.words[0]).own or 0),
    }


DOES = {"list": _list, "add": _add, "rename": _rename, "move": _move, "remove": _remove}


def _one(workspace: Workspace, code: str) -> dict[str, Any]:
    from crm_desktop.services import custom_fields

    entity = code.partition(".")[0]
    [made] = [each for each in custom_fields.listed(workspace, entity) if each.field.code == code]
    return {"field": _as_object(made)}


def _as_object(own: OwnField) -> dict[str, Any]:
    return {
        "code": own.field.code,
        "kind": own.kind,
        "label": own.field.label,
        "zh": own.zh,
        "en": own.en,
        "in_table": own.field.table,
        "target": own.target,
        "options": [each.label for each in own.options if each.is_active],
        "values": own.values,
    }


def _print(found: dict[str, Any]) -> None:
    from crm_desktop.services.custom_fields import KINDS as WORDS

    if "removed" in found:
        say(_("Deleted {code}.").format(code=found["removed"]))
        say(
            ngettext(
                "{count} value went to the bin with it.", "{count} values went to the bin with it.", found["values"]
            )
        )
        return
    shown = found["fields"] if "fields" in found else [found["field"]]
    for each in shown:
        options = f"({', '.join(each['options'])})" if each["options"] else ""
        values = ngettext("{count} value", "{count} values", each["values"])
        say("  ".join(filter(None, (each["code"], each["label"], _(WORDS[each["kind"]]), options, values))))
    if not shown:
        say(_("No fields were added yet."))


VERBS = {"fields": Verb(N_("List, add, rename, order or delete fields of your own."), _declare, fields)}
