"""Phones, mails and addresses of a page of records at once: `values.put` for many.

Which of its rows a record keeps depends on those that it has. They are read in one go, compared, and written in as few
statements as there are different things to write.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from crm_desktop.model import Account, Address, Channel, Contact, Entity
from crm_desktop.model.account import PERSON
from crm_desktop.model.channel import ChannelValue
from crm_desktop.model.fields import Field
from crm_desktop.store.lookup import among
from crm_desktop.store.workspace import Writing

Owner: TypeAlias = dict[str, int]
"""The column by which a row says whose it is, and the key there."""
ADDRESS = ("line", "inherits_id", "is_primary")


@dataclass(frozen=True, slots=True)
class Acted:
    """What became of a page: how many were changed, and why some could not be."""

    changed: int
    refused: Mapping[int, str] = field(default_factory=dict)


class _Changes:
    """What is to be written, gathered record by record."""

    def __init__(self, entity: type[Entity]) -> None:
        self._entity = entity
        self._gone: list[int] = []
        self._new: list[dict[str, Any]] = []
        self._edits: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._gone) + len(self._new) + sum(map(len, self._edits.values()))

    def add(self, **values: Any) -> None:
        """Make a row."""
        self._new.append(values)

    def edit(self, key: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Have a row hold other values than before, as far as they are others."""
        if other := tuple((name, value) for name, value in after.items() if before[name] != value):
            self._edits[other].append(key)

    def remove(self, key: int) -> None:
        """Put a row in the bin."""
        self._gone.append(key)

    def write(self, session: Writing) -> None:
        """Write it all."""
        session.remove_rows(self._entity, self._gone)
        for values, keys in self._edits.items():
            session.update_rows(self._entity, keys, dict(values))
        session.insert_rows(self._entity, self._new)


def set_channels(session: Writing, entity: type[Entity], what: Field, value: Any, keys: Sequence[int]) -> Acted:
    """Have each record have these numbers or addresses of one kind, and no others; the first is the primary one."""
    assert what.origin is not None
    kind, wanted = what.origin.name, list(value or ())
    columns = (Channel.raw, Channel.norm, Channel.ext, Channel.country, Channel.state)
    query: Any = select(Channel.id, Channel.is_primary, *columns).where(Channel.kind == kind)
    changes, changed = _Changes(Channel), 0
    for owner, rows in _parts(session, entity, Channel, query, keys):
        before = len(changes)
        living = {key: (is_primary, ChannelValue(kind, *rest)) for key, is_primary, *rest in rows}
        for place, each in enumerate(wanted):
            said = {**each._asdict(), "is_primary": place == 0}
            same = next((key for key, (_is_primary, held) in living.items() if held.same_as(each)), None)
            if same is None:
                changes.add(**said, **owner)
                continue
            is_primary, value_held = living.pop(same)
            changes.edit(same, {**value_held._asdict(), "is_primary": is_primary}, said)
        for key in living:
            changes.remove(key)
        changed += len(changes) > before
    changes.write(session)
    return Acted(changed)


def set_addresses(session: Writing, entity: type[Entity], _what: Field, value: Any, keys: Sequence[int]) -> Acted:
    """Have each record have these addresses and no others; the only one of a record is rewritten, not replaced."""
    wanted = list(value or ())
    source = aliased(Address)
    shown = func.coalesce(source.line, Address.line)
    query: Any = select(Address.id, shown, Address.line, Address.inherits_id, Address.is_primary)
    query = query.outerjoin(source, (source.id == Address.inherits_id) & source.deleted_at.is_(None))
    changes, changed = _Changes(Address), 0
    for owner, rows in _parts(session, entity, Address, query, keys):
        before = len(changes)
        living = {key: (said, dict(zip(ADDRESS, held, strict=True))) for key, said, *held in rows}
        is_only = len(living) == len(wanted) == 1
        for place, line in enumerate(wanted):
            same = next((key for key, (said, _held) in living.items() if is_only or said == line), None)
            if same is None:
                changes.add(line=line, is_primary=place == 0, **owner)
                continue
            said, held = living.pop(same)
            follows = {} if held["line"] and said == line else {"line": line, "inherits_id": None}
            changes.edit(same, held, {**follows, "is_primary": place == 0})
        for key in living:
            changes.remove(key)
        changed += len(changes) > before
    changes.write(session)
    return Acted(changed)


def _parts(
    session: Writing, entity: type[Entity], table: type[Channel | Address], query: Any, keys: Sequence[int]
) -> Iterator[tuple[Owner, list[Any]]]:
    """Each record with its living rows, the primary one first; a private customer's are kept at the one contact."""
    mine, persons = list(keys), []
    if entity is Account:
        person = select(Account.id, func.min(Contact.id)).join(Contact, Contact.person_account_id == Account.id)
        person = person.where(Account.kind == PERSON, Account.id.in_(among(keys)), Contact.deleted_at.is_(None))
        contacts = {account: contact for account, contact in session.execute(person.group_by(Account.id))}  # noqa: C416 - rows are no pairs to mypy
        mine, persons = [key for key in keys if key not in contacts], list(contacts.values())
    for name, owners in ((f"{entity.__tablename__}_id", mine), ("contact_id", persons)):
        column = getattr(table, name)
        living = query.add_columns(column).where(column.in_(among(owners)), table.deleted_at.is_(None))
        rows: dict[int, list[Any]] = {key: [] for key in owners}
        for *row, owner in session.execute(living.order_by(table.is_primary.desc(), table.id)) if owners else ():
            rows[owner].append(row)
        yield from (({name: owner}, found) for owner, found in rows.items())
