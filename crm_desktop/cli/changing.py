"""Verbs that change many records at once: change, tags."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from crm_desktop.cli.choosing import takes_filter, takes_kind, view_of
from crm_desktop.cli.common import DONE, MISUSE, PROBLEMS, Verb, answer, complain, finished, opened, say, takes_json
from crm_desktop.errors import Missing
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.jobs import Job
    from crm_desktop.services.bulk import Outcome
    from crm_desktop.store.queries import Listing
    from crm_desktop.store.workspace import Workspace

NOBODY = "-"


def _declare_change(parser: ArgumentParser) -> None:
    takes_kind(parser)
    takes_filter(parser)
    does = parser.add_mutually_exclusive_group(required=True)
    does.add_argument("--set", nargs=2, metavar=("FIELD", "TEXT"), help=_("have a field say a text"))
    does.add_argument("--tag", metavar="A,B", help=_("put tags on"))
    does.add_argument("--untag", metavar="A,B", help=_("take tags off"))
    does.add_argument("--owner", metavar="NAME", help=_("give to a colleague; - for nobody"))
    does.add_argument("--delete", action="store_true", help=_("put in the bin"))
    parser.add_argument("--progress", action="store_true", help=_("print progress to standard error, as lines of JSON"))
    takes_json(parser)


def change(args: Namespace) -> int:
    """Change all records of a list as one step, and tell which could not be."""
    with opened(args) as workspace:
        listing = view_of(workspace, args).listing
        outcome = finished(_job(workspace, listing, args), tell=args.progress)
    if args.json:
        answer(outcome)
    else:
        say(outcome.title if outcome.set_id else _("Nothing was changed: all of them say so already."))
        for each in outcome.refused:
            complain(f"{each.key}  {each.name}: {each.reason}")
    return PROBLEMS if outcome.refused else DONE


def _job(workspace: Workspace, listing: Listing, args: Namespace) -> Job[Outcome]:
    from crm_desktop.services import bulk

    if args.set:
        return bulk.change(workspace, listing, *args.set)
    if args.tag:
        return bulk.tag(workspace, listing, _names(args.tag))
    if args.untag:
        return bulk.untag(workspace, listing, _names(args.untag))
    if args.owner:
        return bulk.assign(workspace, listing, _user(workspace, args.owner))
    return bulk.delete(workspace, listing)


def _names(text: str) -> list[str]:
    from crm_desktop.model.kinds import split_words

    return split_words(text)


def _user(workspace: Workspace, name: str) -> int | None:
    from crm_desktop.services import users

    if name == NOBODY:
        return None
    found = [key for key, called in users.everybody(workspace) if name in (called, str(key))]
    if len(found) != 1:
        raise Missing(_("There is no such user."))
    return found[0]


TAGS = {
    "list": "",
    "rename": "NAME NEW",
    "merge": "NAME… INTO",
    "colour": "NAME COLOUR",
    "remove": "NAME",
}
"""What can be done with tags, with the words that follow."""


def _declare_tags(parser: ArgumentParser) -> None:
    uses = " · ".join(f"{does} {words}".strip() for does, words in TAGS.items())
    parser.add_argument("does", nargs="?", choices=list(TAGS), default="list", metavar="DO", help=uses)
    parser.add_argument("words", nargs="*", metavar="NAME", help=_("names of tags"))
    takes_json(parser)


def tags(args: Namespace) -> int:
    """List, rename, merge, colour or delete tags, for all records that carry them."""
    from crm_desktop.services import tags as service

    least = len(TAGS[args.does].split())
    if len(args.words) < least or (len(args.words) > least and args.does != "merge"):
        complain(_("Use it so: {use}").format(use=f"tags {args.does} {TAGS[args.does]}".strip()))
        return MISUSE
    with opened(args) as workspace:
        _do_tags(workspace, args)
        found = service.all_tags(workspace)
    if args.json:
        answer({"tags": found})
        return DONE
    for each in found:
        accounts = ngettext("{count} account", "{count} accounts", each.accounts)
        contacts = ngettext("{count} contact", "{count} contacts", each.contacts)
        say("  ".join(filter(None, (each.name, each.colour, accounts, contacts))))
    if not found:
        say(_("There are no tags yet."))
    return DONE


def _do_tags(workspace: Workspace, args: Namespace) -> None:
    from crm_desktop.services import tags as service

    if args.does == "list":
        return
    first = service.named(workspace, args.words[0])
    if args.does == "rename":
        service.rename(workspace, first, args.words[1])
    elif args.does == "colour":
        service.recolour(workspace, first, args.words[1])
    elif args.does == "remove":
        service.remove(workspace, first)
    else:
        *others, into = (service.named(workspace, each) for each in args.words)
        service.merge(workspace, others, into)


VERBS = {
    "change": Verb(N_("Change all records of a list at once."), _declare_change, change),
    "tags": Verb(N_("List, rename, merge, colour or delete tags."), _declare_tags, tags),
}
