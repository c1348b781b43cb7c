"""Where imported records came from: which file, which row, and what became of it when the import was undone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.model import ENTITIES, ChangeItem, ChangeSet, ImportJob, ImportRow
from crm_desktop.model.fields import fields_of
from crm_desktop.model.ids import new_id
from crm_desktop.services.importing.plan import Outcome, Plan, PlanRow
from crm_desktop.services.importing.writing import Ids
from crm_desktop.store import queries, traces
from crm_desktop.store.journal import loads
from crm_desktop.store.undo import Kept, Undone
from crm_desktop.store.workspace import REDO, UNDO, Workspace, Writing

PAGE = 1000
TAKEN_BACK, KEPT, COULD_NOT = "taken_back", "kept", "could_not"
WRITTEN = (Outcome.CREATE.value, Outcome.UPDATE.value)


@dataclass(frozen=True, slots=True)
class Trace:
    """An import that was done."""

    id: int
    set_id: int
    at: datetime
    file_name: str
    sheet: str
    sha256: str
    options: Mapping[str, Any]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class UndoneRow:
    """A row of an import that was undone, and whether it was."""

    number: int
    outcome: str
    state: str
    sentence: str
    entity: str
    key: int
    title: str = ""
    """What the record is called, where the row is one of few."""


@dataclass(frozen=True, slots=True)
class Summary:
    """An import that was undone: how many rows came to what, and those that were not taken back."""

    file_name: str
    counts: Mapping[str, int]
    rows: tuple[UndoneRow, ...]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Summary:
        """A summary that a worker process told as JSON."""
        return cls(told["file_name"], told["counts"], tuple(UndoneRow(**each) for each in told["rows"]))


def record(session: Writing, plan: Plan, ids: Ids) -> int:
    """Keep the trace of an import in the step that does it; gives its number. The trace is not undone."""
    key = new_id()
    source = plan.source
    job = ImportJob(id=key, set_id=session.set_id, sheet=plan.sheet.name[:200])
    job.file_name = source.name[:400] if source else plan.sheet.name[:400]
    job.sha256 = source.sha256 if source else ""
    job.options = json.dumps(plan.options.to_json(), ensure_ascii=False)
    job.counts = json.dumps(asdict(plan.counts))
    traces.keep(session, job, _pages(key, plan.rows, ids))
    return key


def _pages(job: int, rows: Sequence[PlanRow], ids: Ids) -> Iterator[list[tuple[Any, ...]]]:
    """What became of each row, some at a time, in the order of the columns of `ImportRow`."""
    for start in range(0, len(rows), PAGE):
        page = rows[start : start + PAGE]
        accounts = ids.instead([row.account for row in page])
        contacts = ids.instead([row.contact for row in page])
        yield [
            (job, row.number, row.outcome.value, account, contact, "\n".join((*row.problems, *row.warnings)))
            for row, account, contact in zip(page, accounts, contacts, strict=True)
        ]


def job_of(workspace: Workspace, set_id: int) -> Trace | None:
    """The import that a step was, None when it was none."""
    with workspace.read() as session:
        job = session.scalar(select(ImportJob).where(ImportJob.set_id == set_id))
    return _trace(job) if job else None


def rows_of(workspace: Workspace, job: int) -> Iterator[tuple[int, str, int | None, int | None, str]]:
    """The rows of an import: number, outcome, account, contact, what was said about it."""
    with workspace.read() as session:
        for each in _rows(session, job):
            yield each.number, each.outcome, each.account_id, each.contact_id, each.notes


def told_before(session: Session, sha256: str) -> Iterator[str]:
    """What is to be said of a file of which an import still stands."""
    query = select(ImportJob.at, ImportJob.file_name).join(ChangeSet, ChangeSet.id == ImportJob.set_id)
    query = query.where(ImportJob.sha256 == sha256, ChangeSet.undone_by.is_(None))
    for at, name in session.execute(query.order_by(ImportJob.id.desc()).limit(1)):
        message = _("This very file was imported on {day} as “{name}”.")
        yield message.format(day=f"{at.astimezone():%Y-%m-%d %H:%M}", name=name)


def _trace(job: ImportJob) -> Trace:
    options, counts = json.loads(job.options), json.loads(job.counts)
    return Trace(job.id, job.set_id or 0, job.at, job.file_name, job.sheet, job.sha256, options, counts)


def _rows(session: Session, job: int) -> Sequence[ImportRow]:
    return session.scalars(select(ImportRow).where(ImportRow.job_id == job).order_by(ImportRow.number)).all()


def summary(workspace: Workspace, set_id: int, undone: Undone) -> Summary | None:
    """What came of undoing an import, None when the step was none."""
    job = job_of(workspace, set_id)
    if job is None:
        return None
    rows = undone_rows(workspace, set_id, undone)
    counts = dict.fromkeys((TAKEN_BACK, KEPT, COULD_NOT), 0)
    for each in rows:
        counts[each.state] += 1
    return Summary(
        job.file_name, counts, tuple(_titled(workspace, [each for each in rows if each.state != TAKEN_BACK]))
    )


def _titled(workspace: Workspace, rows: Sequence[UndoneRow]) -> Iterator[UndoneRow]:
    with workspace.read() as session:
        names = {
            entity: queries.names(session, ENTITIES[entity], {each.key for each in rows if each.entity == entity})
            for entity in {each.entity for each in rows}
        }
    return (replace(each, title=names[each.entity].get(each.key, "")) for each in rows)


def undone_rows(workspace: Workspace, set_id: int, undone: Undone) -> list[UndoneRow]:
    """The rows of an import that wrote something, each with what became of it when the import was undone."""
    job = job_of(workspace, set_id)
    if job is None:
        return []
    with workspace.read() as session:
        kept = _Kept(session, set_id, undone.kept)
        return [kept.row(each) for each in _rows(session, job.id) if each.outcome in WRITTEN]


class _Kept:
    """Finds out why records were not taken back."""

    def __init__(self, session: Session, set_id: int, kept: Sequence[Kept]) -> None:
        self._session = session
        self._set_id = set_id
        self._people = queries.users(session)
        self._by_record: dict[tuple[str, int], list[Kept]] = {}
        owners = _Owners(session, kept)
        for each in kept:
            for owner in owners.of(each):
                self._by_record.setdefault(owner, []).append(each)

    def row(self, row: ImportRow) -> UndoneRow:
        """What became of one row."""
        about = [("contact", row.contact_id), ("account", row.account_id)]
        records = [(entity, key) for entity, key in about if key is not None]
        entity, key = records[0] if records else ("account", 0)
        found = [each for record in records for each in self._by_record.get(record, ())]
        if not found:
            return UndoneRow(row.number, row.outcome, TAKEN_BACK, "", entity, key)
        first = found[0]
        state = KEPT if first.is_changed_since else COULD_NOT
        return UndoneRow(row.number, row.outcome, state, self._sentence(first), entity, key)

    def _sentence(self, kept: Kept) -> str:
        """Who changed what since, and when; else the reason."""
        if not kept.is_changed_since:
            return kept.reason
        made = select(ChangeSet.at, ChangeSet.author, ChangeItem.after).join(
            ChangeItem, ChangeItem.set_id == ChangeSet.id
        )
        made = made.where(
            ChangeItem.row_id == kept.row_id,
            ChangeSet.id > self._set_id,
            ChangeSet.kind.not_in((UNDO, REDO)),
            ChangeSet.undone_by.is_(None),
        )
        found = self._session.execute(made.order_by(ChangeSet.id.desc()).limit(1)).first()
        if found is None:
            return kept.reason
        at, author, after = found
        fields = {name: each.label for each in fields_of(ENTITIES[kept.entity]) for name in each.columns()}
        labels = ", ".join(fields[each] for each in loads(after) or () if each in fields)
        told = _("Kept because {who} changed it on {day}: {fields}.")
        if not labels:
            told = _("Kept because {who} changed it on {day}.")
        who = self._people.get(author or 0) or _("somebody")
        return told.format(who=who, day=f"{at.astimezone():%Y-%m-%d %H:%M}", fields=labels)


class _Owners:
    """The accounts and contacts that kept rows belong to."""

    def __init__(self, session: Session, kept: Sequence[Kept]) -> None:
        self._session = session
        self._kept = kept

    def of(self, kept: Kept) -> list[tuple[str, int]]:
        """The account or contact itself, or those that a part of them belongs to."""
        if kept.entity in ("account", "contact"):
            return [(kept.entity, kept.row_id)]
        columns = ENTITIES[kept.entity].__table__.columns
        owners = [columns[each] for each in ("account_id", "contact_id") if each in columns]
        found = self._session.execute(select(*owners).where(columns["id"] == kept.row_id)).first() if owners else None
        return [(column.key.removesuffix("_id"), key) for column, key in zip(owners, found or (), strict=False) if key]
