"""Verbs about people and how fresh their details are: leave, change-role, verify."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from crm_desktop.cli.common import DONE, Verb, answer, opened, say, takes_json, takes_limit
from crm_desktop.cli.moments import day_of
from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import N_, _

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace

USUAL = 20


def _takes_person(parser: ArgumentParser) -> None:
    parser.add_argument("contact", metavar="NAME", help=_("the contact: the whole name, or the number"))
    parser.add_argument("--account", metavar="NAME", help=_("which account, where they work at several"))
    parser.add_argument("--on", metavar="DATE", default="", help=_("the day; today unless said"))


def _declare_leave(parser: ArgumentParser) -> None:
    _takes_person(parser)
    parser.add_argument("--successor", metavar="NAME", help=_("the contact who takes over"))
    parser.add_argument(
        "--tasks",
        choices=("keep", "successor", "close"),
        default="keep",
        help=_("what becomes of all open tasks about them"),
    )
    parser.add_argument("--new-account", default="", metavar="NAME", help=_("where they work from now on"))
    parser.add_argument("--new-title", default="", metavar="TITLE", help=_("as what they work there"))
    takes_json(parser)


def leave(args: Namespace) -> int:
    """Note that somebody has left an account, and hand over what hung on them."""
    from crm_desktop.services import leaving
    from crm_desktop.services.clock import now

    with opened(args) as workspace:
        place = _place(workspace, args.contact, args.account)
        found = leaving.prepare(workspace, place)
        asked = leaving.Leaving(
            place,
            day_of(args.on) or now().day,
            _place(workspace, args.successor, str(found.account_id)) if args.successor else None,
            {each.key: args.tasks for each in found.tasks},
            new_account_name=args.new_account,
            new_title=args.new_title,
        )
        needs_primary = leaving.leave(workspace, asked)
    if args.json:
        answer({"needs_primary": needs_primary, "tasks": found.tasks})
        return DONE
    say(_("{name} has left {account}.").format(name=found.contact, account=found.account))
    for each in found.tasks:
        say(f"  {each.key}  {each.title}")
    if needs_primary:
        say(_("There is no primary contact now."))
    return DONE


def _declare_role(parser: ArgumentParser) -> None:
    _takes_person(parser)
    parser.add_argument("--title", default="", metavar="TITLE", help=_("the new job title"))
    parser.add_argument("--department", default="", metavar="NAME", help=_("the new department"))
    takes_json(parser)


def change_role(args: Namespace) -> int:
    """Note that somebody has another title or department at the same account."""
    from crm_desktop.services import leaving
    from crm_desktop.services.clock import now

    texts = {name: text for name in ("title", "department") if (text := getattr(args, name))}
    with opened(args) as workspace:
        place = leaving.change_role(
            workspace, _place(workspace, args.contact, args.account), texts, day_of(args.on) or now().day
        )
    if args.json:
        answer({"affiliation": place})
    else:
        say(_("Role changed. The one until now stays in the history."))
    return DONE


def _declare_verify(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--confirm",
        nargs=2,
        action="append",
        default=[],
        metavar=("KIND", "NAME"),
        help=_("note that all of a record is still valid: “account” or “contact”, and its name or number"),
    )
    words = _("note that an account is closed or exists no longer, by its name or number")
    parser.add_argument("--closed", action="append", default=[], metavar="NAME", help=words)
    takes_limit(parser, USUAL, _("at most so many records"))
    takes_json(parser)


def verify(args: Namespace) -> int:
    """Confirm records, or print those to verify, the most important first, and how fresh each level is."""
    from crm_desktop.services import today, verification
    from crm_desktop.services.named import key_of

    at = today.now()
    with opened(args, waits=False) as workspace:
        for kind, key in args.confirm:
            _confirm(workspace, kind, key)
        for key in args.closed:
            verification.gone(workspace, key_of(workspace, "account", key))
        with workspace.read() as session:
            waiting = verification.queue(session, at)
            cards = verification.cards(session, waiting[: args.limit], at)
            fresh = verification.freshness(session, at)
    if args.json:
        answer({"count": min(len(waiting), verification.MOST), "records": cards, "levels": fresh})
        return DONE
    for level in fresh:
        say(_("{level}: {fresh} of {total} verified within {days} days").format(**_words(level)))
    for each in cards:
        old = " · ".join(f"{line.label} {line.text}" for line in each.lines if line.is_stale)
        say("  ".join(filter(None, (each.entity, str(each.key), each.name, each.job, each.account, old))))
    if not waiting:
        say(_("Everything is verified."))
    return DONE


def _words(level: object) -> dict[str, object]:
    from dataclasses import asdict

    from crm_desktop.services.verification import Fresh, level_label

    assert isinstance(level, Fresh)
    return asdict(level) | {"level": level_label(level.level)}


def _confirm(workspace: Workspace, kind: str, key: str) -> None:
    from crm_desktop.services import verification
    from crm_desktop.services.named import key_of

    if kind not in verification.DETAILS:
        raise Invalid({"confirm": _("Say “account” or “contact”, and its name or number: --confirm contact 张三")})
    verification.confirm(workspace, kind, key_of(workspace, kind, key))


def _place(workspace: Workspace, contact: str, account: str | None) -> int:
    """Where somebody works now; raises Missing where that is nowhere, Invalid where there is a choice."""
    from crm_desktop.model.affiliation import CURRENT
    from crm_desktop.services import contacts
    from crm_desktop.services.named import key_of

    key = key_of(workspace, "contact", contact)
    at = key_of(workspace, "account", account) if account else None
    places = [each for each in contacts.places(workspace, contact=key) if each.status == CURRENT]
    found = [each.id for each in places if at in (None, each.account_id)]
    if not found:
        raise Missing(_("Contact {key} works at no such account.").format(key=contact))
    if len(found) > 1:
        named = ", ".join(f"{each.account_id} {each.account}" for each in places)
        raise Invalid({"account": _("Say which account with --account: {accounts}").format(accounts=named)})
    return found[0]


VERBS = {
    "leave": Verb(N_("Note that somebody has left an account, and hand over their tasks."), _declare_leave, leave),
    "change-role": Verb(N_("Note that somebody has another role at the same account."), _declare_role, change_role),
    "verify": Verb(N_("List the records to verify, or confirm some."), _declare_verify, verify),
}
