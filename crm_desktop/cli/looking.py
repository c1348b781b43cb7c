"""Verbs that only look: find, show, stats."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from crm_desktop.cli.common import DONE, Verb, answer, complain, existing, opened, say, takes_json, takes_limit
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.contacts import Place
    from crm_desktop.services.records import Record

KINDS = ("account", "contact", "activity", "task")


def _declare_find(parser: ArgumentParser) -> None:
    parser.add_argument(
        "text", nargs="+", metavar="TEXT", help=_("any part of a name, number, address, note or file name")
    )
    takes_limit(parser, 20, _("at most so many of each kind"))
    takes_json(parser)


def find(args: Namespace) -> int:
    """Print what is found, best first."""
    from crm_desktop.services import finding
    from crm_desktop.services.finding_files import find_files
    from crm_desktop.store import search_later

    text = " ".join(args.text)
    with opened(args, waits=False) as workspace:
        hits = [*finding.find(workspace, text, args.limit), *find_files(workspace, text, args.limit)]
        later = search_later.waiting(workspace)
    if later:
        complain(finding.words_of_later(later))
    if args.json:
        answer({"hits": hits})
        return DONE
    group = ""
    for hit in hits:
        if hit.entity != group:
            group = hit.entity
            say(finding.noun_of_group(group))
        say("  " + "  ".join(filter(None, (str(hit.id), hit.name, hit.subtitle, finding.why(hit)))))
    if not hits:
        say(_("Nothing was found."))
    return DONE


def _declare_show(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, help=_("what kind of record it is"))
    parser.add_argument("id", type=int, metavar="ID", help=_("its number, as “find” prints it"))
    takes_json(parser)


def show(args: Namespace) -> int:
    """Print one record with all its fields, and where its people work."""
    from crm_desktop.model import ENTITIES
    from crm_desktop.services import contacts, records

    with opened(args) as workspace:
        record = records.load(workspace, ENTITIES[args.kind], args.id)
        places: list[Place] = []
        if args.kind in ("account", "contact"):
            places = contacts.places(workspace, **{args.kind: args.id})
    if args.json:
        answer(_as_object(record, places))
    else:
        _print(record, places)
    return DONE


def _as_object(record: Record, places: list[Place]) -> dict[str, object]:
    fields = {
        name: {"label": each.field.label, "text": each.text, "findings": [one.text for one in each.findings]}
        for name, each in record.fields.items()
    }
    state = {"created_at": record.created_at, "updated_at": record.updated_at, "deleted_at": record.deleted_at}
    head = {"entity": record.entity, "id": record.id, "name": record.name, "source": record.source}
    return {**head, **state, "fields": fields, "links": dict(record.links), "places": places}


def _print(record: Record, places: list[Place]) -> None:
    for each in record.fields.values():
        if each.text:
            say(f"{each.field.label}: {each.text}")
            for finding in each.findings:
                say(f"    ! {finding.text}")
    for place in places:
        other = place.account if record.entity == "contact" else place.contact
        say("  " + " · ".join(filter(None, (other, place.title, place.department))))


def stats(args: Namespace) -> int:
    """Print how much there is of everything."""
    from crm_desktop.services.stats import stats as count

    folder = existing(args)
    with opened(args) as workspace:
        found = count(workspace, folder)
    if args.json:
        answer(found)
        return DONE
    records = found.records
    say(ngettext("{count} account", "{count} accounts", records["account"]))
    say(ngettext("{count} contact", "{count} contacts", records["contact"]))
    say(ngettext("{count} activity", "{count} activities", records["activity"]))
    say(ngettext("{count} record in the bin", "{count} records in the bin", sum(found.binned.values())))
    say(ngettext("{count} step in the history", "{count} steps in the history", found.steps))
    say(_("Data file: {size} MB").format(size=f"{found.file_bytes / 1_000_000:.1f}"))
    if found.last_backup:
        say(_("Last backup: {moment}").format(moment=f"{found.last_backup:%Y-%m-%d %H:%M}"))
    return DONE


VERBS = {
    "find": Verb(N_("Find records and files by any part of what is remembered of them."), _declare_find, find),
    "show": Verb(N_("Show one record."), _declare_show, show),
    "stats": Verb(N_("Count what the data folder holds."), takes_json, stats),
}
