"""The rows that a plan puts in the data file, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.jobs import Progress
from crm_desktop.model import ENTITIES, Address, Channel, Contact, Tag
from crm_desktop.model.base import now
from crm_desktop.model.fields import Field, field_named
from crm_desktop.model.ids import clock
from crm_desktop.model.kinds import LinkTo
from crm_desktop.services import custom_fields
from crm_desktop.services.importing.own_columns import Picked
from crm_desktop.services.importing.parts import LEAVES, PARTS
from crm_desktop.services.importing.plan import Draft, Plan
from crm_desktop.services.importing.related import RELATED, Owned
from crm_desktop.services.values import put
from crm_desktop.store.workspace import Writing
from crm_desktop.text.folding import fold

SOURCE = "import"
PAGE = 500
MADE = ("user", *(each.entity for each in PARTS))
"""The kinds of record that imports make, each after those that it refers to."""
TABLES = ("tag", *MADE, "channel", "address", "tagging", "custom_value", "picture", "activity_party")
Rows = dict[str, list[dict[str, Any]]]


class Writer:
    """Turns drafts into rows and writes them."""

    def __init__(self, plan: Plan, author: int | None) -> None:
        self.ids: dict[int, int] = {}
        self.rows: Rows = {each: [] for each in TABLES}
        self._plan = plan
        self._author = author
        self._own: dict[str, Field] = {}
        self._tags: dict[str, int] = {}

    def write(self, session: Writing) -> Iterator[Progress]:
        """Make all that is new, then change what was there."""
        self.make_fields(session)
        self.gather(session)
        total = sum(map(len, self.rows.values())) + sum(len(page) for _entity, page in self.changed())
        done = 0
        for table, rows in self.pages():
            session.insert_rows(ENTITIES[table], rows)
            done += len(rows)
            yield Progress(done, total, _("Saving"))
        for entity, drafts in self.changed():
            self.update_page(session, entity, drafts)
            done += len(drafts)
            yield Progress(done, total, _("Saving"))

    def make_fields(self, session: Writing) -> None:
        """Make the fields of people's own that columns become."""
        for each in self._plan.new_fields:
            made = custom_fields.make(session, each.entity, each.kind, each.label, options=each.options)
            self._own[each.field.code] = field_named(ENTITIES[each.entity], made.name)

    def gather(self, session: Session) -> None:
        """The rows of everything that is new; `session` is only read."""
        self._session = session
        self.ids = self._numbered()
        self._tags = self._tag_keys()
        for entity in MADE:
            drafts = self._plan.drafts[entity].values()
            self._gather_new(entity, [each for each in drafts if each.key < 0])
            self._gather_more([each for each in drafts if each.added or (each.parties and each.key > 0)])
        self._settle_primaries()

    # New records

    def _gather_new(self, entity: str, drafts: Sequence[Draft]) -> None:
        rows, ids, fields = self.rows[entity], self.ids, self._plan.book.fields.get(entity, {})
        plain = {name for name, each in fields.items() if each.origin is None and each.columns() == (name,)}
        plain.add("name")
        links = [name for name, each in fields.items() if isinstance(each.kind, LinkTo)]
        blank = self._blank(entity)
        owned = Owned(f"{entity}_id", 0, self._tags, self._session, is_new=True)
        for draft in drafts:
            key = owned.key = ids[draft.key]
            row = {"id": key, "source": SOURCE, **blank}
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
            for name, other in draft.links.items():
                row[name] = ids[other] if other is not None and other < 0 else other
            rows.append(row)
            if draft.parties:
                self._add_parties(entity, key, draft.parties)

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
            self.rows["activity_party"].append({f"{entity}_id": key, "contact_id": contact, "source": SOURCE})

    def _relate(self, found: Field, value: Any, owned: Owned) -> None:
        """Note the rows of a value that is kept in another table."""
        assert found.origin is not None
        table, rows_of = RELATED[found.origin.table]
        if isinstance(found.kind, Picked):
            value = found.kind.codes(value)
        self.rows[table] += rows_of(self._own.get(found.code, found) if self._own else found, value, owned)

    # More for records that are there

    def _gather_more(self, drafts: Sequence[Draft]) -> None:
        at_contact = self._private_customers(drafts)
        for draft in drafts:
            fields = self._plan.book.fields[draft.entity]
            for name, values in (draft.added or {}).items():
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
                Contact.person_account_id.in_(keys[start : start + PAGE]), Contact.deleted_at.is_(None)
            )
            found |= {account: contact for account, contact in self._session.execute(persons) if account is not None}
        return found

    def _settle_primaries(self) -> None:
        """The first value of a record that had none of its kind is its primary one."""
        for table in ("channel", "address"):
            for column in ("account_id", "contact_id"):
                self._settle(
                    table, column, [row for row in self.rows[table] if not row["is_primary"] and column in row]
                )

    def _settle(self, table: str, column: str, rows: Sequence[dict[str, Any]]) -> None:
        if not rows:
            return
        waiting: dict[tuple[int, str], dict[str, Any]] = {}
        served = {(row.get(column), row.get("kind", "")) for row in self.rows[table] if row["is_primary"]}
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

    def _numbered(self) -> dict[int, int]:
        """The identities of the records to be made, in the order of the file."""
        made = [each.key for entity in MADE for each in self._plan.new(entity)]
        return dict(zip(made, clock.block(len(made)), strict=True))

    def _tag_keys(self) -> dict[str, int]:
        """The tags that the plan needs by their folded names; those that are missing are made."""
        names: dict[str, str] = {}
        for drafts in self._plan.drafts.values():
            for draft in drafts.values():
                for each in (draft.values.get("tags") if draft.key < 0 else (draft.added or {}).get("tags")) or ():
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
            self.rows["tag"].append({"id": key, "name": names[name], "name_key": name, "source": SOURCE})
        return found

    # Pages

    def pages(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The rows to be inserted, with their tables, so many at a time as one statement takes."""
        for table, rows in self.rows.items():
            waiting = iter(rows)
            while page := list(islice(waiting, 4 * PAGE)):
                yield table, page

    def changed(self) -> Iterator[tuple[str, list[Draft]]]:
        """The records that get other values, by kind, so many at a time as one query takes."""
        for entity in MADE:
            drafts = [
                each for each in self._plan.drafts[entity].values() if each.key > 0 and (each.changed or each.links)
            ]
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
            for name, field in (draft.changed or {}).items():
                value = self._identity(draft.values[name]) if isinstance(field.kind, LinkTo) else draft.values[name]
                kept = field.kind.codes(value) if isinstance(field.kind, Picked) else value
                put(session, record, self._own.get(field.code, field), kept)
        session.flush()
        session.expunge_all()

    def _identity(self, key: int | None) -> int | None:
        return self.ids[key] if key is not None and key < 0 else key
