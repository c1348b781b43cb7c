"""The rows that a plan puts in the data file, page by page."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import literal, select
from sqlalchemy.orm import Session
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.jobs import Progress
from crm_desktop.model import ENTITIES, Address, Channel, Contact, Tag
from crm_desktop.model.base import default_of, now
from crm_desktop.model.fields import Field, field_named
from crm_desktop.model.ids import clock, is_past
from crm_desktop.model.kinds import Amount, LinkTo
from crm_desktop.services import custom_fields
from crm_desktop.services.importing.draft import Draft
from crm_desktop.services.importing.draft_page import Column, page_of
from crm_desktop.services.importing.own_columns import Picked
from crm_desktop.services.importing.packing import lively
from crm_desktop.services.importing.parts import LEAVES, PARTS
from crm_desktop.services.importing.plan import Plan
from crm_desktop.services.importing.related import RELATED, Around, Row, Told
from crm_desktop.services.values import put
from crm_desktop.store import filtering
from crm_desktop.store.lookup import among
from crm_desktop.store.workspace import Writing
from crm_desktop.text.folding import fold

PAGE = 500
MADE = ("user", *(each.entity for each in PARTS))
"""The kinds of record that imports make, each after those that it refers to."""
PARTIES = "activity_party"
FURTHER = {**{each.table: each.columns for each in RELATED.values()}, PARTIES: ("contact_id",)}
"""The tables that keep more of records, with their columns behind the one that says of which record."""
SOURCE = {"source": "import"}


class Rows(NamedTuple):
    """Rows to be made, column by column, and what the further columns hold in all of them."""

    table: str
    columns: Mapping[str, Column]
    alike: Mapping[str, Any] = SOURCE


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

    def put(self, numbers: Sequence[int], identities: Iterable[int]) -> None:
        """Keep the identities of records."""
        self._ids.extend(repeat(0, 1 - min(numbers, default=0) - len(self._ids)))
        for number, identity in zip(numbers, identities, strict=True):
            self._ids[-number] = identity

    def of(self, numbers: Iterable[int]) -> list[int]:
        """The identities of records to be made."""
        return [self._ids[-each] for each in numbers]

    def instead(self, keys: Iterable[int | None]) -> list[int | None]:
        """The same with identities in place of the numbers of records to be made; a number without one stays."""
        ids, end = self._ids, -len(self._ids)
        return [ids[-each] or each if each is not None and end < each < 0 else each for each in keys]


class Writer:
    """Turns drafts into rows and writes them, page by page: rows take more room than drafts."""

    def __init__(self, plan: Plan, author: int | None) -> None:
        self.ids = Ids()
        self._plan = plan
        self._author = author
        self._own: dict[str, Field] = {}
        self._tags: dict[str, int] = {}
        self._further: dict[str, dict[str, list[Row]]] = {each: defaultdict(list) for each in FURTHER}
        """What waits to be written in the tables of `FURTHER`, by table and by the column that says whose it is."""

    def write(self, session: Writing) -> Iterator[Progress]:
        """Make all that is new, then change what was there."""
        self.make_fields(session)
        done, total = 0, self.total
        for rows, drafts in self.pages(session):
            session.insert_columns(ENTITIES[rows.table], rows.columns, rows.alike)
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

    def pages(self, session: Session) -> Iterator[tuple[Rows, int]]:
        """The rows to be inserted, so many at a time as one statement takes.

        They come with the number of records that are done with them; `session` is only read.
        """
        self._session = session
        self._number()
        if missing := self._find_tags():
            yield Rows("tag", missing), 0
        for entity in MADE:
            numbers = self._plan.drafts.numbers(entity)
            for start in range(0, len(numbers), PAGE):
                page = numbers[start : start + PAGE]
                yield self._new(entity, page), len(page)
                yield from self._waiting()
        for entity in MADE:
            there = self._plan.drafts.there(entity)
            self._gather_more([each for each in there if each.added or each.parties])
        self._settle_primaries()
        yield from self._waiting()

    def _waiting(self) -> Iterator[tuple[Rows, int]]:
        """What was gathered of further tables, the rows of each record side by side."""
        for table, columns in FURTHER.items():
            for owner, rows in self._further[table].items():
                rows.sort(key=itemgetter(0))
                for start in range(0, len(rows), 4 * PAGE):
                    cells = zip(*rows[start : start + 4 * PAGE], strict=True)
                    yield Rows(table, dict(zip((owner, *columns), cells, strict=True))), 0
            self._further[table].clear()

    # New records

    def _new(self, entity: str, numbers: Sequence[int]) -> Rows:
        """The rows of new records; what is kept in further tables waits for its turn."""
        page = page_of(self._plan.drafts, entity, numbers)
        keys = self.ids.of(numbers)
        columns: dict[str, Column] = {"id": keys}
        around = Around(self._tags, self._session, is_new=True)
        for name, resting in page.values.items():
            field = self._plan.book.fields.get(entity, {}).get(name)
            if field is None or field.origin is None:
                columns |= self._columns(name, field, lively(resting))
            else:
                values = resting if field.origin.table == "channel" else lively(resting)
                told = [(key, value) for key, value in zip(keys, values, strict=True) if value is not None]
                self._relate(field, entity, told, around)
        links = {"contact_id": page.contacts, "account_id": page.accounts, **page.links}
        columns |= {name: self.ids.instead(others) for name, others in links.items() if any(others)}
        self._add_parties(entity, zip(keys, page.parties, strict=True))
        alike = {**SOURCE, **self._blank(entity)}
        return Rows(entity, {name: _filled(entity, name, each, alike) for name, each in columns.items()}, alike)

    def _columns(self, name: str, field: Field | None, values: Column) -> dict[str, Column]:
        """The columns that keep the values of a field."""
        if field is not None and isinstance(field.kind, LinkTo):
            return {name: self.ids.instead(values)}
        if field is not None and isinstance(field.kind, Amount):
            spread = [field.spread(each) for each in values]
            return {column: [each[column] for each in spread] for column in field.columns()}
        return {name: values}

    def _blank(self, entity: str) -> dict[str, Any]:
        """What the columns of a leaf hold when a row does not say."""
        leaf = next((each for each in LEAVES if each.entity == entity), None)
        if leaf is None:
            return {}
        code = f"{entity}.{leaf.author}"
        is_told = code in self._plan.options.columns or code in self._plan.options.constants
        return {leaf.told_by: now(), leaf.author: None if is_told else self._author}

    def _add_parties(self, entity: str, told: Iterable[tuple[int, Iterable[int]]]) -> None:
        rows = [(key, contact) for key, people in told if people for contact in self.ids.instead(people)]
        self._further[PARTIES][f"{entity}_id"] += rows

    def _relate(self, found: Field, owner: str, told: Told, around: Around) -> None:
        """Note the rows of values that are kept in another table."""
        assert found.origin is not None
        if isinstance(found.kind, Picked):
            told = [(key, found.kind.codes(value)) for key, value in told]
        related = RELATED[found.origin.table]
        rows = related.rows(self._own.get(found.code, found), told, around)
        self._further[related.table][f"{owner}_id"] += rows

    # More for records that are there

    def _gather_more(self, drafts: Sequence[Draft]) -> None:
        at_contact = self._private_customers(drafts)
        around = Around(self._tags, self._session, is_new=False)
        for draft in drafts:
            fields = self._plan.book.fields[draft.entity]
            for name, values in draft.added.items():
                field = fields[name]
                assert field.origin is not None
                contact = at_contact.get(draft.key) if field.origin.table in ("channel", "address") else None
                entity, key = ("contact", contact) if contact else (draft.entity, draft.key)
                self._relate(field, entity, [(key, values)], around)
            if draft.parties and draft.key > 0:
                self._add_parties(draft.entity, [(draft.key, draft.parties)])

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
        for entity, kind in ((Channel, Channel.kind), (Address, literal(""))):
            for owner, rows in self._further[entity.__tablename__].items():
                owned = getattr(entity, owner)
                there = select(owned, kind).where(owned.in_(among(row[0] for row in rows)), entity.deleted_at.is_(None))
                served = {tuple(each) for each in self._session.execute(there)}
                for at, (key, _is_primary, *value) in enumerate(rows):
                    asked = (key, value[0] if entity is Channel else "")
                    if asked not in served:
                        served.add(asked)
                        rows[at] = (key, True, *value)

    # Identities

    def _number(self) -> None:
        """Give each record to be made an identity, in the order of the file, or the one that the file wants."""
        made = array("q", chain.from_iterable(map(self._plan.drafts.numbers, MADE)))
        self.ids.put(made, clock.block(len(made)))
        wanted = self._wanted()
        self.ids.put(list(wanted), wanted.values())

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

    def _find_tags(self) -> dict[str, Column]:
        """Find the tags that the plan needs by their folded names; gives those that are missing, to be made."""
        names: dict[str, str] = {}
        drafts = self._plan.drafts
        for entity in MADE:
            told = [each.values["tags"] for each in drafts.tagged(entity)]
            told += [each.added.get("tags", ()) for each in drafts.there(entity)]
            for each in chain.from_iterable(told):
                names.setdefault(fold(each), each)
        there = select(Tag.name_key, Tag.id).where(Tag.name_key.in_(among(names)), Tag.deleted_at.is_(None))
        found = {name: key for name, key in self._session.execute(there)}  # noqa: C416 - rows are no pairs to mypy
        missing = [each for each in names if each not in found]
        keys = clock.block(len(missing))
        self._tags = found | dict(zip(missing, keys, strict=True))
        return {"id": keys, "name": [names[each] for each in missing], "name_key": missing} if missing else {}

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
            for name, other in draft.links.items():
                setattr(record, name, self._identity(other))
            for name, field in draft.changed.items():
                value = self._identity(draft.values[name]) if isinstance(field.kind, LinkTo) else draft.values[name]
                kept = field.kind.codes(value) if isinstance(field.kind, Picked) else value
                put(session, record, self._own.get(field.code, field), kept)
        session.flush()
        session.expunge_all()

    def _identity(self, key: int | None) -> int | None:
        return self.ids.instead((key,))[0]


def _filled(entity: str, name: str, values: Column, alike: Mapping[str, Any]) -> Column:
    """A column with what is held where nothing is said."""
    blank = alike.get(name, default_of(ENTITIES[entity].__table__.columns[name]))
    return values if blank is None else [blank if each is None else each for each in values]
