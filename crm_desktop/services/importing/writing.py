"""The rows that a plan puts in the data file, page by page."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.jobs import Progress
from crm_desktop.model import ENTITIES, Address, Channel, Contact, Tag
from crm_desktop.model.base import now
from crm_desktop.model.fields import Field, field_named
from crm_desktop.model.ids import clock, is_past
from crm_desktop.model.kinds import LinkTo
from crm_desktop.services import custom_fields
from crm_desktop.services.importing.draft import Draft
from crm_desktop.services.importing.own_columns import Picked
from crm_desktop.services.importing.parts import LEAVES, PARTS
from crm_desktop.services.importing.plan import Plan
from crm_desktop.services.importing.related import RELATED, Owned
from crm_desktop.services.values import put
from crm_desktop.store import filtering
from crm_desktop.store.lookup import among
from crm_desktop.store.workspace import Writing
from crm_desktop.text.folding import fold

SOURCE = "import"
PAGE = 500
MADE = ("user", *(each.entity for each in PARTS))
"""The kinds of record that imports make, each after those that it refers to."""
TABLES = ("tag", *MADE, "channel", "address", "tagging", "custom_value", "picture", "activity_party")
Rows = dict[str, list[dict[str, Any]]]


class Ids(Mapping[int, int]):
    """The identities of the records to be made, by their numbers in the plan: negative ones, without gaps."""

    def __init__(self) -> None:
        self._ids = array("q", [0])

    @override
    def __getitem__(self, number: int) -> int:
        found = self._ids[-number] if 0 < -number < len(self._ids) else 0
        if not found:
            raise KeyError(number)
        return found

    @override
    def __iter__(self) -> Iterator[int]:
        return (-at for at, each in enumerate(self._ids) if each)

    @override
    def __len__(self) -> int:
        return len(self._ids) - self._ids.count(0)

    def put(self, number: int, identity: int) -> None:
        """Keep the identity of a record."""
        self._ids.extend(repeat(0, 1 - number - len(self._ids)))
        self._ids[-number] = identity


class Writer:
    """Turns drafts into rows and writes them, page by page: rows take more room than drafts."""

    def __init__(self, plan: Plan, author: int | None) -> None:
        self.ids = Ids()
        self._plan = plan
        self._author = author
        self._own: dict[str, Field] = {}
        self._tags: dict[str, int] = {}
        self._rows: Rows = {}

    def write(self, session: Writing) -> Iterator[Progress]:
        """Make all that is new, then change what was there."""
        self.make_fields(session)
        done, total = 0, self.total
        for table, rows, drafts in self.pages(session):
            session.insert_rows(ENTITIES[table], rows)
            done += drafts
            yield Progress(done, total, _("Saving"))
        for entity, page in self.changed():
            self.update_page(session, entity, page)
            done += len(page)
            yield Progress(done, total, _("Saving"))

    @property
    def total(self) -> int:
        """How many records are made or changed."""
        return len(self._plan.drafts)

    def make_fields(self, session: Writing) -> None:
        """Make the fields of people's own that columns become."""
        for each in self._plan.new_fields:
            made = custom_fields.make(session, each.entity, each.kind, each.label, options=each.options)
            self._own[each.field.code] = field_named(ENTITIES[each.entity], made.name)

    def pages(self, session: Session) -> Iterator[tuple[str, list[dict[str, Any]], int]]:
        """The rows to be inserted, with their tables, so many at a time as one statement takes.

        Each comes with the number of records that are done with it; `session` is only read.
        """
        self._session = session
        self._number()
        self._rows = {}
        self._tags = self._tag_keys()
        yield from self._page(0)
        for entity in MADE:
            drafts = self._plan.drafts.new(entity)
            while page := list(islice(drafts, PAGE)):
                self._gather_new(entity, page)
                yield from self._page(len(page))
        for entity in MADE:
            there = self._plan.drafts.there(entity)
            self._gather_more([each for each in there if each.added or each.parties])
        self._settle_primaries()
        yield from self._page(0)

    def _page(self, drafts: int) -> Iterator[tuple[str, list[dict[str, Any]], int]]:
        """What was gathered so far."""
        for table in TABLES:
            waiting = iter(self._rows.pop(table, ()))
            while rows := list(islice(waiting, 4 * PAGE)):
                yield table, rows, drafts
                drafts = 0

    def _add(self, table: str, rows: Iterable[dict[str, Any]]) -> None:
        self._rows.setdefault(table, []).extend(rows)

    # New records

    def _gather_new(self, entity: str, drafts: Sequence[Draft]) -> None:
        rows, fields = [], self._plan.book.fields.get(entity, {})
        plain = {name for name, each in fields.items() if each.origin is None and each.columns() == (name,)}
        plain.add("name")
        links = [name for name, each in fields.items() if isinstance(each.kind, LinkTo)]
        blank = self._blank(entity)
        owned = Owned(f"{entity}_id", 0, self._tags, self._session, is_new=True)
        for draft in drafts:
            key = owned.key = self.ids[draft.key]
            row: dict[str, Any] = {"id": key, "source": SOURCE, **blank}
            for name, value in draft.values.items():
                if name in plain:
                    row[name] = value
                elif fields[name].origin is None:
                    row |= fields[name].spread(value)
                elif value is not None:
                    self._relate(fields[name], value, owned)
            for name in links:
                if name in row:
                    row[name] = self._identity(row[name])
            for name, other in self._links(draft):
                row[name] = self._identity(other)
            rows.append(row)
            if draft.parties:
                self._add_parties(entity, key, draft.parties)
        self._add(entity, rows)

    def _links(self, draft: Draft) -> Iterator[tuple[str, int | None]]:
        """The columns of a draft that refer to other records."""
        if draft.contact is not None:
            yield "contact_id", draft.contact
        if draft.account is not None:
            yield "account_id", draft.account
        yield from draft.links.items()

    def _blank(self, entity: str) -> dict[str, Any]:
        """What the columns of a leaf hold when a row does not say."""
        leaf = next((each for each in LEAVES if each.entity == entity), None)
        if leaf is None:
            return {}
        code = f"{entity}.{leaf.author}"
        is_told = code in self._plan.options.columns or code in self._plan.options.constants
        return {leaf.told_by: now(), leaf.author: None if is_told else self._author}

    def _add_parties(self, entity: str, key: int, people: Sequence[int]) -> None:
        for each in people:
            contact = self.ids[each] if each < 0 else each
            self._add("activity_party", [{f"{entity}_id": key, "contact_id": contact, "source": SOURCE}])

    def _relate(self, found: Field, value: Any, owned: Owned) -> None:
        """Note the rows of a value that is kept in another table."""
        assert found.origin is not None
        table, rows_of = RELATED[found.origin.table]
        if isinstance(found.kind, Picked):
            value = found.kind.codes(value)
        self._add(table, rows_of(self._own.get(found.code, found) if self._own else found, value, owned))

    # More for records that are there

    def _gather_more(self, drafts: Sequence[Draft]) -> None:
        at_contact = self._private_customers(drafts)
        for draft in drafts:
            fields = self._plan.book.fields[draft.entity]
            for name, values in draft.added.items():
                field = fields[name]
                assert field.origin is not None
                contact = at_contact.get(draft.key) if field.origin.table in ("channel", "address") else None
                entity, key = ("contact", contact) if contact else (draft.entity, draft.key)
                owned = Owned(f"{entity}_id", key, self._tags, self._session, is_new=False)
                self._relate(field, values, owned)
            if draft.parties and draft.key > 0:
                self._add_parties(draft.entity, draft.key, draft.parties)

    def _private_customers(self, drafts: Sequence[Draft]) -> dict[int, int]:
        """The contacts that stand for accounts that are persons: their numbers and addresses are kept there."""
        keys = [each.key for each in drafts if each.entity == "account" and each.added]
        found: dict[int, int] = {}
        for start in range(0, len(keys), PAGE):
            persons = select(Contact.person_account_id, Contact.id).where(
                Contact.person_account_id.in_(keys[start : start + PAGE]), filtering.living(Contact)
            )
            found |= {account: contact for account, contact in self._session.execute(persons) if account is not None}
        return found

    def _settle_primaries(self) -> None:
        """The first value of a record that had none of its kind is its primary one."""
        for table in ("channel", "address"):
            for column in ("account_id", "contact_id"):
                rows = self._rows.get(table, ())
                self._settle(table, column, [row for row in rows if not row["is_primary"] and column in row])

    def _settle(self, table: str, column: str, rows: Sequence[dict[str, Any]]) -> None:
        if not rows:
            return
        waiting: dict[tuple[int, str], dict[str, Any]] = {}
        served = {(row.get(column), row.get("kind", "")) for row in self._rows[table] if row["is_primary"]}
        for row in rows:
            if (row[column], row.get("kind", "")) not in served:
                waiting.setdefault((row[column], row.get("kind", "")), row)
        entity = Channel if table == "channel" else Address
        attribute, kind = getattr(entity, column), Channel.kind if table == "channel" else func.coalesce("", "")
        owners = sorted({owner for owner, _kind in waiting})
        for start in range(0, len(owners), PAGE):
            query = select(attribute, kind).where(
                attribute.in_(owners[start : start + PAGE]), entity.deleted_at.is_(None)
            )
            for owner, kind_there in self._session.execute(query):
                waiting.pop((owner, kind_there), None)
        for row in waiting.values():
            row["is_primary"] = True

    # Identities

    def _number(self) -> None:
        """Give each record to be made an identity, in the order of the file, or the one that the file wants."""
        made = [each for entity in MADE for each in self._plan.drafts.numbers(entity)]
        wanted = self._wanted()
        for number, fresh in zip(made, clock.block(len(made)), strict=True):
            self.ids.put(number, wanted.get(number, fresh))

    def _wanted(self) -> dict[int, int]:
        """The identities that records have in the file, as long as no record here, or in the bin, has them."""
        found: dict[int, int] = {}
        for entity in MADE if self._plan.wanted else ():
            pairs = ((each, self._plan.wanted.get(each, 0)) for each in self._plan.drafts.numbers(entity))
            wanted = {key: each for key, each in pairs if is_past(each)}
            made = ENTITIES[entity]
            taken = set(self._session.scalars(select(made.id).where(made.id.in_(among(wanted.values())))))
            found |= {key: each for key, each in wanted.items() if each not in taken}
        return found

    def _tag_keys(self) -> dict[str, int]:
        """The tags that the plan needs by their folded names; those that are missing are made."""
        names: dict[str, str] = {}
        drafts = self._plan.drafts
        for entity in MADE:
            told = [each.values["tags"] for each in drafts.tagged(entity)]
            told += [each.added.get("tags", ()) for each in drafts.there(entity)]
            for each in chain.from_iterable(told):
                names.setdefault(fold(each), each)
        found: dict[str, int] = {}
        folded = sorted(names)
        for start in range(0, len(folded), PAGE):
            query = select(Tag.name_key, Tag.id).where(
                Tag.name_key.in_(folded[start : start + PAGE]), Tag.deleted_at.is_(None)
            )
            found.update((name, key) for name, key in self._session.execute(query))
        missing = [each for each in names if each not in found]
        for name, key in zip(missing, clock.block(len(missing)), strict=True):
            found[name] = key
            self._add("tag", [{"id": key, "name": names[name], "name_key": name, "source": SOURCE}])
        return found

    # Pages

    def changed(self) -> Iterator[tuple[str, list[Draft]]]:
        """The records that get other values, by kind, so many at a time as one query takes."""
        for entity in MADE:
            drafts = [each for each in self._plan.drafts.there(entity) if each.changed or each.links]
            for start in range(0, len(drafts), PAGE):
                yield entity, drafts[start : start + PAGE]

    def update_page(self, session: Writing, table: str, page: Sequence[Draft]) -> None:
        """Have some records hold what their drafts say."""
        entity = ENTITIES[table]
        wanted = select(entity).where(entity.id.in_([each.key for each in page]))
        records = {each.id: each for each in session.scalars(wanted)}
        for draft in page:
            record = records[draft.key]
            for name, other in self._links(draft):
                setattr(record, name, self._identity(other))
            for name, field in draft.changed.items():
                value = self._identity(draft.values[name]) if isinstance(field.kind, LinkTo) else draft.values[name]
                kept = field.kind.codes(value) if isinstance(field.kind, Picked) else value
                put(session, record, self._own.get(field.code, field), kept)
        session.flush()
        session.expunge_all()

    def _identity(self, key: int | None) -> int | None:
        return self.ids[key] if key is not None and key < 0 else key
