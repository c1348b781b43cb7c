"""Lists for other programs: words instead of codes, and identities by which a file finds its records again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import N_, _
from crm_desktop.jobs import Job, Progress
from crm_desktop.model import Account, Activity, ActivityParty, Affiliation, Contact, Entity
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.fields import Field, fields_of
from crm_desktop.model.kinds import LinkTo
from crm_desktop.services.importing import identity
from crm_desktop.services.importing.memory import all_stays
from crm_desktop.services.importing.targets import ACCOUNT_LABEL, CONTACTS_LABEL, PARENT_LABEL, RECORD_LABEL
from crm_desktop.store import queries
from crm_desktop.store.queries import PAGE, Listing
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.sheet import Cell, Row, Table

ACCOUNTS, CONTACTS, ACTIVITIES, EVERYTHING = "accounts", "contacts", "activities", "everything"
WHAT = (ACCOUNTS, CONTACTS, ACTIVITIES, EVERYTHING)
SUBJECTS: dict[str, tuple[type[Entity], str]] = {
    ACCOUNTS: (Account, N_("Accounts")),
    CONTACTS: (Contact, N_("Contacts")),
    ACTIVITIES: (Activity, N_("Activities")),
}
LINKED = {"account.parent": PARENT_LABEL, "activity.account": ACCOUNT_LABEL, "activity.contacts": CONTACTS_LABEL}
"""Columns with the names of other records."""
ROLE = "affiliation"
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list; without a field it names another record."""

    code: str
    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What one row is made from: identities by kind of record, values by code of column."""

    ids: Mapping[str, int | None]
    values: Values


def tables(
    workspace: Workspace, what: str, *, fields: Sequence[str] = (), listing: Listing | None = None, text: str = ""
) -> Job[list[Table]]:
    """The lists of a kind as sheets of plain cells, all fields and all records unless said otherwise.

    `fields` are codes of columns in their order, `listing` is a list as it is seen, `text` narrows as a search does.
    """
    if what not in WHAT:
        raise Invalid({"what": _("“{name}” is not one of {choices}.").format(name=what, choices=", ".join(WHAT))})
    made = []
    with all_stays(), workspace.read() as session:
        for name in SUBJECTS if what == EVERYTHING else (what,):
            entity, _label = SUBJECTS[name]
            wanted = listing if listing and listing.entity is entity else Listing(entity, closed=True)
            if text:
                wanted = replace(wanted, text=text)
            made.append((yield from _table(session, name, _columns(entity, fields), wanted)))
    return made


def columns(what: str) -> list[tuple[str, str]]:
    """The columns of a list by code and by the word that people see, in their order."""
    entity, _label = SUBJECTS[what]
    return [(each.code, _(each.text)) for each in _columns(entity, ())]


def _columns(entity: type[Entity], codes: Sequence[str]) -> list[Column]:
    declared = [Column(each.code, each.text, each) for each in fields_of(entity)]
    if entity is Contact:
        there = {each.field.name for each in declared if each.field}
        more = [each for each in fields_of(Affiliation) if each.name not in there]
        declared += [Column(each.code, each.text, each) for each in more]
    declared += [Column(code, text) for code, text in LINKED.items() if code.startswith(f"{entity.__tablename__}.")]
    if not codes:
        return declared
    by_code = {each.code: each for each in declared}
    unknown = [each for each in codes if each not in by_code]
    if unknown:
        message = _("There is no column “{name}”. Choose from: {choices}.")
        raise Invalid({"fields": message.format(name=unknown[0], choices=", ".join(by_code))})
    return [by_code[each] for each in codes]


def _table(session: Session, what: str, chosen: Sequence[Column], listing: Listing) -> Job[Table]:
    entity, label = SUBJECTS[what]
    keys = queries.keys(session, listing)
    people = queries.users(session)
    rows: list[Row] = []
    for start in range(0, len(keys), PAGE):
        page = list(keys[start : start + PAGE])
        for record in RECORDS[entity](session, page, chosen):
            cells = (_cell(each, record.values.get(each.code), people) for each in chosen)
            rows.append((*cells, identity.write(record.ids)))
        yield Progress(start + len(page), len(keys), _(label))
    header = (*(_(each.text) for each in chosen), _(RECORD_LABEL))
    return Table(_(label), header, rows, frozenset({len(chosen)}), _facts(listing, len(rows)))


def _cell(column: Column, value: Any, people: Mapping[int, str]) -> Cell:
    if column.field is None or value is None:
        return value or None
    if isinstance(column.field.kind, LinkTo):
        return people.get(value)
    return column.field.kind.cell(value)


def _facts(listing: Listing, rows: int) -> tuple[tuple[str, str], ...]:
    narrowed = [listing.text, *(f"{name}: {value}" for name, value in listing.equal)]
    return (
        (_("Filter"), ", ".join(each for each in narrowed if each) or _("none")),
        (_("Rows"), f"{rows:,}"),
        (_("Written"), f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"),
    )


def _own(
    session: Session, entity: type[Entity], page: Sequence[int], chosen: Sequence[Column]
) -> dict[int, dict[str, Any]]:
    """The records' own fields by code, in the order of `page`."""
    fields = [each.field for each in chosen if each.field and each.field.entity == entity.__tablename__]
    fields = [each for each in fields if each.origin is None or each.origin.table != ROLE]
    found = queries.values(session, entity, fields, page)
    return {
        key: {f"{entity.__tablename__}.{name}": value for name, value in found[key].items()}
        for key in page
        if key in found
    }


def _accounts(session: Session, page: Sequence[int], chosen: Sequence[Column]) -> Iterator[Record]:
    own = _own(session, Account, page, chosen)
    above = dict(session.execute(select(Account.id, Account.parent_id).where(Account.id.in_(page))).all())
    names = queries.names(session, Account, {each for each in above.values() if each})
    for key, values in own.items():
        yield Record({"account": key}, values | {"account.parent": names.get(above[key] or 0)})


def _contacts(session: Session, page: Sequence[int], chosen: Sequence[Column]) -> Iterator[Record]:
    """A row for each account where a contact is now; where there is none, one with the last account, or with none."""
    roles: dict[int, list[tuple[Affiliation, str]]] = defaultdict(list)
    query = select(Affiliation, Account.name).join(Account, Account.id == Affiliation.account_id)
    query = query.where(
        Affiliation.contact_id.in_(page), Affiliation.deleted_at.is_(None), Account.deleted_at.is_(None)
    )
    for role, name in session.execute(query.order_by(Affiliation.status != CURRENT, Affiliation.id)):
        roles[role.contact_id].append((role, name))
    for key, values in _own(session, Contact, page, chosen).items():
        there = roles.get(key, [])
        shown = [each for each in there if each[0].status == CURRENT] or there[:1]
        if not shown:
            yield Record({"contact": key}, values)
        for role, name in shown:
            ids = {"contact": key, "affiliation": role.id, "account": role.account_id}
            yield Record(ids, values | _role_values(role, name))
    session.expunge_all()


def _role_values(role: Affiliation, account: str) -> dict[str, Any]:
    found: dict[str, Any] = {"contact.account": account}
    for each in fields_of(Affiliation):
        found[each.code] = found[f"contact.{each.name}"] = getattr(role, each.name)
    return found


def _activities(session: Session, page: Sequence[int], chosen: Sequence[Column]) -> Iterator[Record]:
    own = _own(session, Activity, page, chosen)
    accounts = dict(session.execute(select(Activity.id, Activity.account_id).where(Activity.id.in_(page))).all())
    names = queries.names(session, Account, {each for each in accounts.values() if each})
    people: dict[int, list[str]] = defaultdict(list)
    query = select(ActivityParty.activity_id, Contact.full_name).join(Contact, Contact.id == ActivityParty.contact_id)
    query = query.where(ActivityParty.activity_id.in_(page), ActivityParty.deleted_at.is_(None))
    for key, name in session.execute(query.order_by(ActivityParty.id)):
        people[key].append(name)
    for key, values in own.items():
        others = {
            "activity.account": names.get(accounts[key] or 0),
            "activity.contacts": ", ".join(people.get(key, ())),
        }
        yield Record({"activity": key, "account": accounts[key]}, values | others)


RECORDS = {Account: _accounts, Contact: _contacts, Activity: _activities}
