"""What verbs on activities share: the record, the kind and the people that are named, and what narrows a timeline."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import _, language

if TYPE_CHECKING:
    from crm_desktop.services.activities import Narrowed
    from crm_desktop.store.workspace import Workspace


def takes_record(parser: ArgumentParser, **how: Any) -> None:
    """Let a verb be told which account or contact it is about."""
    parser.add_argument("--account", metavar="NAME", help=_("the account: its whole name, or its number"), **how)
    parser.add_argument("--contact", metavar="NAME", help=_("the contact: the whole name, or the number"), **how)


def record_of(workspace: Workspace, args: Namespace) -> tuple[str, int]:
    """The one account or contact that is named."""
    from crm_desktop.services.named import key_of

    if bool(args.account) == bool(args.contact):
        raise Invalid({"account": _("Say whom it is about: one --account or one --contact.")})
    entity, text = ("account", args.account) if args.account else ("contact", args.contact)
    return entity, key_of(workspace, entity, text)


def takes_narrowing(parser: ArgumentParser) -> None:
    """Let a verb be told which entries of a timeline are wanted."""
    parser.add_argument("--kind", action="append", metavar="KIND", help=_("only this kind of entry, such as call"))
    parser.add_argument("--person", metavar="NAME", help=_("only what this contact took part in"))
    parser.add_argument("--text", metavar="WORDS", help=_("only entries that hold all these words"))
    parser.add_argument(
        "--branches", action=BooleanOptionalAction, default=True, help=_("with the branches of an account, or without")
    )


def narrowing_of(workspace: Workspace, args: Namespace) -> Narrowed:
    """Which entries of a timeline are wanted."""
    from crm_desktop.services.activities import Narrowed
    from crm_desktop.services.named import key_of

    person = key_of(workspace, "contact", args.person) if args.person else None
    kinds = tuple(pick_of("activity_kind", each) for each in args.kind or ())
    return Narrowed(kinds, args.text or "", person, args.branches)


def pick_of(name: str, word: str | None) -> str:
    """The code of a value of a pick list, by its code or any of its words; raises Invalid when there is none."""
    from crm_desktop.model import picks

    if word is None:
        return ""
    code = picks.code_of(name, word)
    if code is None:
        known = _(", ").join(each.code if language() == "en" else each.label for each in picks.of(name))
        raise Invalid({name: _("“{word}” is not known. There are: {known}.").format(word=word, known=known)})
    return code


def contacts_named(workspace: Workspace, names: Iterable[str]) -> list[int]:
    """The contacts of these names or numbers."""
    from crm_desktop.services.named import key_of

    return [key_of(workspace, "contact", each) for each in names]


def users_named(workspace: Workspace, names: Iterable[str]) -> list[int]:
    """Those of us of these names or numbers; raises Missing for a name that nobody or more than one has."""
    from crm_desktop.services import users

    everybody = users.everybody(workspace)
    found = []
    for name in names:
        fitting = [key for key, called in everybody if name in (called, str(key))]
        if len(fitting) != 1:
            known = _(", ").join(called for _key, called in everybody)
            message = _("“{word}” is not known. There are: {known}.") if known else _("There is no such user.")
            raise Missing(message.format(word=name, known=known))
        found += fitting
    return found
