"""The rows of a list, read page by page while they are asked for, so that memory does not grow with their number."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session
from typing_extensions import override

from crm_desktop.model import Account, Activity, ActivityParty, Affiliation, Channel, Contact, Entity
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.fields import field_named
from crm_desktop.services.exporting.columns import MOST_REMEMBERED, ROLE, Column
from crm_desktop.services.importing import fingerprint, identity
from crm_desktop.store import queries
from crm_desktop.store.queries import PAGE
from crm_desktop.text.sheet import Row

Values = dict[str, Any]


OWN, OF_ROLE, LINKED = range(3)
"""Where a value is found: in the record itself, in the role of a contact, in other records."""


@dataclass(slots=True)
class Record:
    """What one row is made from: values by name, for each of the three places where they are found."""

    version: int
    ids: dict[str, int | None]
    values: tuple[Values, Values, Values]


class Rows(Collection[Row]):
    """The rows of records: their cells, their identities, their version."""

    def __init__(self, session: Session, entity: type[Entity], keys: array[int], columns: Sequence[Column]) -> None:
        self._session, self._entity, self._keys = session, entity, keys
        self._columns = columns
        self._has_roles = entity is Contact and any(each.role for each in columns)
        self._count = _count_of_roles(session, keys) if self._has_roles else len(keys)
        self._roles = _Roles(session, columns)

    @override
    def __len__(self) -> int:
        return self._count

    @override
    def __contains__(self, row: object) -> bool:
        return any(each == row for each in self)

    @override
    def __iter__(self) -> Iterator[Row]:
        people = queries.users(self._session)
        cells = [(*_found_in(each), each.cells(people)) for each in self._columns]
        for start in range(0, len(self._keys), PAGE):
            for record in self._records(self._keys[start : start + PAGE].tolist()):
                values = record.values
                row = [
                    None if (found := values[place].get(name)) is None else cell(found) for place, name, cell in cells
                ]
                yield (*row, identity.write(record.ids), fingerprint.cell(record.version, row))

    def _records(self, page: list[int]) -> Iterable[Record]:
        records = _own(self._session, self._entity, page, self._columns)
        if self._has_roles:
            return self._roles.shown(records)
        LINKS.get(self._entity, _no_links)(self._session, records)
        return records.values()


def _found_in(column: Column) -> tuple[int, str]:
    """Where the value of a column is found, and its name there."""
    if column.role:
        return OF_ROLE, column.role
    return (OWN, column.field.name) if column.field else (LINKED, column.code)


def most_channels(session: Session, entity: type[Entity], keys: Collection[int]) -> dict[str, int]:
    """By kind of channel, how many of them one of these records has at the most."""
    owner = Channel.contact_id if entity is Contact else Channel.account_id
    each = select(owner.label("owner"), Channel.kind).where(owner.is_not(None), Channel.deleted_at.is_(None)).subquery()
    if entity is Account:
        persons = select(Contact.person_account_id, Channel.kind).join(Contact, Contact.id == Channel.contact_id)
        living = Channel.deleted_at.is_(None) & Contact.deleted_at.is_(None)
        each = union_all(select(each), persons.where(Contact.person_account_id.is_not(None), living)).subquery()
    query = select(each.c.owner, each.c.kind, func.count()).group_by(each.c.owner, each.c.kind)
    wanted = set(keys)
    most: dict[str, int] = defaultdict(int)
    for key, kind, count in session.execute(query.having(func.count() > 1)):
        if key in wanted and count > most[kind]:
            most[kind] = count
    return dict(most)


def _own(session: Session, entity: type[Entity], page: list[int], columns: Sequence[Column]) -> dict[int, Record]:
    """The records of a page in its order, with their own fields."""
    table = entity.__tablename__
    fields = [each.field for each in columns if each.field and each.field.entity == table and not each.role]
    fields = list(dict.fromkeys(fields))
    versions = dict(session.execute(select(entity.id, entity.version).where(entity.id.in_(queries.among(page)))).all())
    found = queries.values(session, entity, fields, page)
    return {key: Record(versions[key], {table: key}, (found[key], {}, {})) for key in page if key in found}


def _count_of_roles(session: Session, keys: Collection[int]) -> int:
    """How many rows contacts have: one for each account where they are now, at least one for each of them."""
    query = select(Affiliation.contact_id, func.count()).join(Account, Account.id == Affiliation.account_id)
    query = query.where(_is_living(), Affiliation.status == CURRENT).group_by(Affiliation.contact_id)
    wanted = set(keys)
    more = session.execute(query.having(func.count() > 1))
    return len(keys) + sum(count - 1 for key, count in more if key in wanted)


def _is_living() -> Any:
    return Affiliation.deleted_at.is_(None) & Account.deleted_at.is_(None)


class _Roles:
    """Reads what contacts are at their accounts."""

    def __init__(self, session: Session, columns: Sequence[Column]) -> None:
        names = dict.fromkeys(each.role for each in columns if each.role and each.role != "account")
        fields = [field_named(Affiliation, each) for each in names]
        self._session = session
        self._plain = [each.name for each in fields if each.origin is None and each.columns() == (each.name,)]
        self._others = [each for each in fields if each.name not in self._plain]
        self._accounts: dict[int, str] = {}

    def shown(self, records: dict[int, Record]) -> Iterator[Record]:
        """A row for each account where a contact is now, else one with the first of the others, or with none."""
        roles = self._read(records)
        for key, record in records.items():
            there = roles.get(key, ())
            for role in [each for each in there if each["status"] == CURRENT] or there[:1]:
                ids = {**record.ids, ROLE: role["id"], "account": role["account_id"]}
                yield Record(record.version, ids, (record.values[OWN], role, {}))
            if not there:
                yield record

    def _read(self, contacts: Collection[int]) -> dict[int, list[Values]]:
        """The roles of contacts at accounts that live, the oldest first, with the account's name."""
        names = list(dict.fromkeys(("id", "contact_id", "account_id", "status", *self._plain)))
        query = select(*(Affiliation.__table__.c[each] for each in names))
        query = query.where(Affiliation.contact_id.in_(queries.among(contacts)), Affiliation.deleted_at.is_(None))
        found = [dict(zip(names, each, strict=True)) for each in self._session.execute(query.order_by(Affiliation.id))]
        if self._others:
            others = queries.values(self._session, Affiliation, self._others, [each["id"] for each in found])
            for each in found:
                each.update(others[each["id"]])
        self._learn_names({each["account_id"] for each in found})
        roles: dict[int, list[Values]] = defaultdict(list)
        for each in found:
            if each["account_id"] in self._accounts:
                each["account"] = self._accounts[each["account_id"]]
                roles[each["contact_id"]].append(each)
        return roles

    def _learn_names(self, accounts: set[int]) -> None:
        if len(self._accounts) > MOST_REMEMBERED:
            self._accounts.clear()
        # A join would have SQLite walk through all accounts that live: it does not know how few these are.
        missing = queries.among(accounts - self._accounts.keys())
        query = select(Account.id, Account.name).where(Account.id.in_(missing), Account.deleted_at.is_(None))
        self._accounts.update(dict(self._session.execute(query).all()))


def _parents(session: Session, records: dict[int, Record]) -> None:
    """Note the names of the accounts above."""
    above = session.execute(select(Account.id, Account.parent_id).where(Account.id.in_(queries.among(records)))).all()
    names = queries.names(session, Account, {parent for _key, parent in above if parent})
    for key, parent in above:
        records[key].values[LINKED]["account.parent"] = names.get(parent or 0)


def _parties(session: Session, records: dict[int, Record]) -> None:
    """Note with whom activities were, and about which account."""
    found = session.execute(
        select(Activity.id, Activity.account_id).where(Activity.id.in_(queries.among(records)))
    ).all()
    names = queries.names(session, Account, {account for _key, account in found if account})
    people: dict[int, list[str]] = defaultdict(list)
    query = select(ActivityParty.activity_id, Contact.full_name).join(Contact, Contact.id == ActivityParty.contact_id)
    query = query.where(ActivityParty.activity_id.in_(queries.among(records)), ActivityParty.deleted_at.is_(None))
    for key, name in session.execute(query.order_by(ActivityParty.id)):
        people[key].append(name)
    for key, account in found:
        records[key].ids["account"] = account
        records[key].values[LINKED]["activity.account"] = names.get(account or 0)
        records[key].values[LINKED]["activity.contacts"] = ", ".join(people.get(key, ()))


def _no_links(_session: Session, _records: dict[int, Record]) -> None:
    """Records of a kind that names no others."""


LINKS: Mapping[type[Entity], Callable[[Session, dict[int, Record]], None]] = {Account: _parents, Activity: _parties}
