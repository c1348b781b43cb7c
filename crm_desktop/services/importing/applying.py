"""Writing a plan as one change set, and what is left for the user to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress
from crm_desktop.model import ENTITIES, Address, Channel, Entity, Tag
from crm_desktop.model.base import now
from crm_desktop.model.fields import Field, fields_of
from crm_desktop.model.ids import clock
from crm_desktop.services.importing.memory import all_stays
from crm_desktop.services.importing.plan import Counts, Draft, Outcome, Plan
from crm_desktop.services.importing.preparing import newest, prepare
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.folding import fold
from crm_desktop.text.sheet import Sheet, Table

KIND = SOURCE = "import"
PAGE = 500
MADE_IN_ORDER = ("account", "contact", "affiliation", "activity")


@dataclass(slots=True)
class Report:
    """The outcome of an import; `set_id` is the step to undo, None when there was nothing to write."""

    counts: Counts
    plan: Plan
    set_id: int | None = None
    prepared_again: bool = False
    """Whether the data changed after the preview, so that the plan had to be made anew."""
    warnings: list[tuple[int, str]] = field(default_factory=list)


def apply(workspace: Workspace, plan: Plan, title: str = "") -> Job[Report]:
    """Write a plan, all of it or nothing; when the data changed since, it is prepared again first."""
    prepared_again = False
    while True:
        with all_stays(), workspace.write(title or _("Import “{name}”").format(name=plan.sheet.name), KIND) as session:
            if newest(session) == plan.basis:
                yield from _write(session, plan)
                set_id = session.set_id if session.items or session.dirty or session.new else None
                break
        plan = yield from prepare(workspace, plan.sheet, plan.options)
        prepared_again = True
    return Report(plan.counts, plan, set_id, prepared_again, plan.warnings)


def problem_rows(sheet: Sheet, plan: Plan) -> Table:
    """The rows that could not be imported, just as they came, with the reason behind them."""
    reasons = {row.number: " ".join(row.problems) for row in plan.of(Outcome.PROBLEM)}
    width = len(plan.headers)
    rows = [
        (*row, *[None] * (width - len(row)), reasons[number])
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
        if number in reasons
    ]
    return Table(_("Problems"), (*plan.headers, _("Reason")), rows)


def _write(session: Writing, plan: Plan) -> Iterator[Progress]:
    ids = _numbered(plan)
    rows = _Rows()
    tags = _tag_keys(session, plan, rows)
    for (entity, key), draft in plan.drafts.items():
        if draft.is_new:
            rows.add(
                entity, _new_row(draft, ids[key], ids) | ({"author_id": session.author} if entity == "activity" else {})
            )
        rows.add_related(draft, ids.get(key, key), tags)
    rows.settle_primaries(session)
    parties = [
        {"activity_id": ids[draft.key], "contact_id": ids.get(contact, contact), "source": SOURCE}
        for draft in plan.new("activity")
        if (contact := draft.links["contact_id"]) is not None
    ]
    rows.rows["activity_party"] = parties
    yield from rows.insert(session)
    changed = [each for each in plan.drafts.values() if not each.is_new and (each.changed or each.links)]
    yield from _update(session, changed, ids)


class _Rows:
    """The rows to be inserted, by table."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {
            table: [] for table in ("tag", *MADE_IN_ORDER, "channel", "address", "tagging", "activity_party")
        }

    def add(self, table: str, row: dict[str, Any]) -> None:
        """Note a row."""
        self.rows[table].append(row)

    def add_related(self, draft: Draft, key: int, tags: Mapping[str, int]) -> None:
        """Note the new channels, addresses and tags of a record."""
        owner = {f"{draft.entity}_id": key, "source": SOURCE}
        for name, values in draft.added.items():
            origin = _fields(draft.entity)[name].origin
            assert origin is not None
            first = draft.is_new
            for value in values:
                if origin.table == "channel":
                    parts = {each: getattr(value, each) for each in ("kind", "raw", "norm", "ext", "country", "state")}
                    self.add("channel", owner | parts | {"is_primary": first})
                elif origin.table == "address":
                    self.add("address", owner | {"line": value, "is_primary": first})
                else:
                    self.add("tagging", owner | {"tag_id": tags[fold(value)]})
                first = False

    def settle_primaries(self, session: Session) -> None:
        """The first value of a record that had none of its kind is its primary one."""
        for table, entity in (("channel", Channel), ("address", Address)):
            for column in ("account_id", "contact_id"):
                self._settle(session, entity, column, [row for row in self.rows[table] if row.get(column)])

    @staticmethod
    def _settle(session: Session, entity: type[Channel | Address], column: str, rows: Sequence[dict[str, Any]]) -> None:
        waiting: dict[tuple[int, str], dict[str, Any]] = {}
        served = {(row[column], row.get("kind", "")) for row in rows if row["is_primary"]}
        for row in rows:
            if (row[column], row.get("kind", "")) not in served:
                waiting.setdefault((row[column], row.get("kind", "")), row)
        owners = sorted({owner for owner, _kind in waiting})
        attribute = getattr(entity, column)
        kind = Channel.kind if entity is Channel else func.coalesce("", "")
        for start in range(0, len(owners), PAGE):
            query = select(attribute, kind).where(
                attribute.in_(owners[start : start + PAGE]), entity.deleted_at.is_(None)
            )
            for owner, kind_there in session.execute(query):
                waiting.pop((owner, kind_there), None)
        for row in waiting.values():
            row["is_primary"] = True

    def insert(self, session: Writing) -> Iterator[Progress]:
        """Insert everything, page by page."""
        total = sum(len(each) for each in self.rows.values())
        done = 0
        for table, rows in self.rows.items():
            waiting = iter(rows)
            while page := list(islice(waiting, 4 * PAGE)):
                session.insert_rows(ENTITIES[table], page)
                done += len(page)
                yield Progress(done, total, _("Saving"))


@cache
def _fields(entity: str) -> dict[str, Field]:
    """The fields of a kind of record by name."""
    return {each.name: each for each in fields_of(ENTITIES[entity])}


def _numbered(plan: Plan) -> dict[int, int]:
    """The identities of the records to be made, in the order of the file."""
    made = [each.key for entity in MADE_IN_ORDER for each in plan.new(entity)]
    return dict(zip(made, clock.block(len(made)), strict=True))


def _new_row(draft: Draft, key: int, ids: Mapping[int, int]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": key, "source": SOURCE}
    for name, value in draft.values.items():
        field = _fields(draft.entity)[name]
        if field.origin is None:
            row |= field.spread(value)
    links = dict(draft.links)
    if draft.entity == "activity":
        links.pop("contact_id")
        row.setdefault("at", now())
    return row | {name: ids.get(value, value) for name, value in links.items() if value is not None}


def _tag_keys(session: Session, plan: Plan, rows: _Rows) -> dict[str, int]:
    """The tags that the plan needs by their folded names; those that are missing are made."""
    names = {fold(name): name for draft in plan.drafts.values() for name in draft.added.get("tags", ())}
    found: dict[str, int] = {}
    folded = sorted(names)
    for start in range(0, len(folded), PAGE):
        query = select(Tag.name_key, Tag.id).where(
            Tag.name_key.in_(folded[start : start + PAGE]), Tag.deleted_at.is_(None)
        )
        found.update((name, key) for name, key in session.execute(query))
    missing = [each for each in names if each not in found]
    for name, key in zip(missing, clock.block(len(missing)), strict=True):
        found[name] = key
        rows.add("tag", {"id": key, "name": names[name], "name_key": name, "source": SOURCE})
    return found


def _update(session: Writing, drafts: Iterable[Draft], ids: Mapping[int, int]) -> Iterator[Progress]:
    by_entity: dict[str, list[Draft]] = {}
    for each in drafts:
        by_entity.setdefault(each.entity, []).append(each)
    for table, changed in by_entity.items():
        for start in range(0, len(changed), PAGE):
            page = changed[start : start + PAGE]
            _update_page(session, ENTITIES[table], page, ids)
            yield Progress(start + len(page), len(changed), _("Saving"))


def _update_page(session: Writing, entity: type[Entity], page: Sequence[Draft], ids: Mapping[int, int]) -> None:
    records = {
        each.id: each for each in session.scalars(select(entity).where(entity.id.in_([each.key for each in page])))
    }
    for draft in page:
        values = {name: ids.get(value, value) for name, value in draft.links.items()}
        for name, changed in draft.changed.items():
            values |= changed.spread(draft.values[name])
        for name, value in values.items():
            setattr(records[draft.key], name, value)
    session.flush()
    for record in records.values():
        session.expunge(record)
