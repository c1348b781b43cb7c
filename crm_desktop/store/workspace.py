"""The one way to the database for the rest of the program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from threading import local
from typing import Any, NamedTuple

from sqlalchemy import Engine, event, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, UOWTransaction

from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress, finish
from crm_desktop.model import ChangeSet, Entity
from crm_desktop.model.base import default_of, now
from crm_desktop.model.ids import clock, new_id
from crm_desktop.store import journal, upkeep
from crm_desktop.store.driver import PATIENCE, in_words
from crm_desktop.store.engine import WRITING, open_engine
from crm_desktop.store.journal import Change, Group, Item, Items

EDIT, UNDO, REDO = "edit", "undo", "redo"


class Step(NamedTuple):
    """What the history says of a write."""

    title: str
    kind: str
    undo_of: int | None


class Writing(Session):
    """A session whose every change is recorded; made by `Workspace.write` alone."""

    def __init__(self, engine: Engine, author: int | None, step: Step) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=True)
        self.items = Items()
        self.author = author
        self.step = step
        self.set_id = new_id()
        self.is_trial = False
        """Whether nothing of the write will stay, so that rows need no search keys."""
        self._recorded: int | None = None

    def insert_rows(self, entity: type[Entity], rows: list[dict[str, Any]]) -> None:
        """Make many records at once; what a row leaves out gets its default, and no object is built."""
        if not rows:
            return
        fresh = iter(clock.block(sum(not row.get("id") for row in rows)))
        blank, given = self._blank(entity), {"id", *chain.from_iterable(rows)}
        columns = {name: [row.get(name, blank.get(name)) for row in rows] for name in given}
        columns["id"] = [key or next(fresh) for key in columns["id"]]
        self.insert_columns(entity, columns, blank)

    def insert_columns(
        self, entity: type[Entity], columns: Mapping[str, Sequence[Any]], alike: Mapping[str, Any]
    ) -> None:
        """The same of records that are given column by column; `alike` is what all of them hold in further ones."""
        self.flush()
        count = len(next(iter(columns.values())))
        keys = columns.get("id") or clock.block(count)
        made = _bound(entity, {**columns, "id": keys}, {**self._blank(entity), **alike})
        if not self.is_trial:
            made |= upkeep.new_keys(entity.__tablename__, made, count)
        marks = ", ".join("?" * len(made))
        self.connection().exec_driver_sql(
            f"INSERT INTO {entity.__tablename__} ({', '.join(made)}) VALUES ({marks})",
            list(zip(*made.values(), strict=True)),
        )
        self.items.add_group(Group(entity.__tablename__, journal.packed(keys), journal.INSERT))

    def _blank(self, entity: type[Entity]) -> dict[str, Any]:
        """What the columns of new records hold when nothing is said."""
        moment = now()
        made = {"created_at": moment, "updated_at": moment, "created_by": self.author, "updated_by": self.author}
        return {each.key: default_of(each) for each in entity.__table__.columns} | made

    def remove_rows(self, entity: type[Entity], keys: Sequence[int]) -> None:
        """Put many living records in the bin at once; no object is built."""
        if not keys:
            return
        self.flush()
        table = entity.__tablename__
        stamp = journal.binder(entity.__table__.c.deleted_at)(now())
        self.connection().exec_driver_sql(
            f"UPDATE {table} SET deleted_at = ?, version = version + 1 WHERE id IN (SELECT value FROM json_each(?))",
            (stamp, journal.dumps(list(keys))),
        )
        binned = {"deleted_at": stamp}
        self.items.add_group(Group(table, journal.packed(keys), journal.UPDATE, {"deleted_at": None}, binned))

    def update_rows(self, entity: type[Entity], keys: Sequence[int], values: Mapping[str, Any]) -> int:
        """Have many living records hold these values in their columns at once; no object is built.

        Gives how many held something else before; the others are not touched.
        """
        self.flush()
        columns, table, connection = entity.__table__.columns, entity.__tablename__, self.connection()
        after = {name: journal.binder(columns[name])(value) for name, value in values.items()}
        is_other = " OR ".join(f"{name} IS NOT ?" for name in after)
        rows = connection.exec_driver_sql(
            f"SELECT id, {', '.join(after)} FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
            f" AND +deleted_at IS NULL AND ({is_other})",
            (journal.dumps(list(keys)), *after.values()),
        )
        found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for key, *held in rows:
            found[tuple(held)].append(key)
        changed = [key for alike in found.values() for key in alike]
        if changed:
            connection.exec_driver_sql(
                f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in after)}, version = version + 1,"
                " updated_at = ?, updated_by = ? WHERE id IN (SELECT value FROM json_each(?))",
                (*after.values(), journal.binder(columns["updated_at"])(now()), self.author, journal.dumps(changed)),
            )
        for was, alike in found.items():
            before = dict(zip(after, was, strict=True))
            self.items.add_alike(Group(table, journal.packed(alike), journal.UPDATE, before, after))
        return len(changed)

    def call(self, title: str) -> None:
        """Tell the history what was done, for a step that knows it only when it is done."""
        self.step = self.step._replace(title=title)

    def finishing(self) -> Job[None]:
        """Bring keys, counts and the search up to date and record the step; nothing may be written afterwards.

        A long job does this last, so that its progress can be told and it can be given up until the commit;
        `Workspace.write` does it for all others.
        """
        self.flush()
        if self._recorded not in (None, len(self.items)):
            raise RuntimeError("something was written after the step was recorded")
        if self._recorded is not None or not (self.items or self.step.undo_of):
            return
        self._recorded = len(self.items)
        connection = self.connection()
        connection.execute(ChangeSet.__table__.insert(), [self._as_row()])
        if self.items:
            yield Progress(0, 0, _("Bringing the search up to date"))
            journal.record(connection, self.set_id, self.items)
            yield from upkeep.refreshing(connection, self.items)

    def _as_row(self) -> dict[str, Any]:
        title, kind, undo_of = self.step
        row = {"id": self.set_id, "at": now(), "title": title, "kind": kind, "author": self.author}
        return row | {"device": clock.device, "undo_of": undo_of, "undone_by": None, "rows": len(self.items)}

    def remove(self, record: Entity) -> None:
        """Put a record in the bin."""
        record.deleted_at = now()


class Workspace:
    """An open data file: reading, writing that can be undone, and news of every change."""

    def __init__(self, path: Path, patience: int = PATIENCE) -> None:
        self.path = path
        self.engine = open_engine(path, patience)
        self.author: int | None = None
        self._writer = self.engine.execution_options(**WRITING)
        self._listeners: list[Callable[[Change], None]] = []
        self._shared = local()

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to look with; it sees one moment of the data, however long it looks."""
        if (shared := getattr(self._shared, "session", None)) is not None:
            yield shared
            return
        with _translated(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Have all that this thread reads within see one moment of the data, by one session: many reads for one look.

        Nothing may be written within, and nothing else may come in between: it would see that moment, too.
        """
        before = getattr(self._shared, "session", None)
        with self.read() as session:
            self._shared.session = session
            try:
                yield
            finally:
                self._shared.session = before

    @contextmanager
    def write(self, title: str, kind: str = EDIT, *, undo_of: int | None = None) -> Iterator[Writing]:
        """A session whose changes are kept together, as one step to undo called `title`, or not at all.

        Raises Busy when another process is writing, FolderProblem when the file cannot be written.
        """
        with _translated(), Writing(self._writer, self.author, Step(title, kind, undo_of)) as session:
            session.connection()
            session.set_id = new_id()  # only now, so that steps are numbered in the order in which they get the lock
            yield session
            session.flush()
            if not session.items and undo_of is None:
                session.rollback()
                return
            finish(session.finishing())
            session.commit()
        self.announce(journal.change_of(session.set_id, session.step.title, kind, session.items, undo_of))

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Have `listener` called after every change, undone and redone ones too, on the writer's thread."""
        self._listeners.append(listener)

    def forget(self, listener: Callable[[Change], None]) -> None:
        """Call `listener` no more."""
        self._listeners.remove(listener)

    def announce(self, change: Change) -> None:
        """Tell everybody of a change, also of one that another process made."""
        for listener in list(self._listeners):
            listener(change)

    def announce_set(self, set_id: int) -> None:
        """Tell everybody of a change set that another process wrote into the same file."""
        with self.read() as session:
            made = session.get_one(ChangeSet, set_id)
            told = (set_id, made.title, made.kind)
            if made.rows > journal.MANY_ROWS:
                change = journal.big_change(*told, made.undo_of)
            else:
                change = journal.change_of(*told, _items(session, set_id), made.undo_of)
        self.announce(change)

    @property
    def undo_title(self) -> str | None:
        """What Undo would take back."""
        return self._title(self.undo_target())

    @property
    def redo_title(self) -> str | None:
        """What Redo would do again."""
        return self._title(self.redo_target())

    def undo_target(self) -> int | None:
        """The newest step that was not taken back."""
        steps = select(ChangeSet.id).where(ChangeSet.undone_by.is_(None), ChangeSet.kind.not_in((UNDO, REDO)))
        with self.read() as session:
            return session.scalar(steps.order_by(ChangeSet.id.desc()).limit(1))

    def redo_target(self) -> int | None:
        """The newest undoing that was not itself taken back, as long as nothing new was done since."""
        with self.read() as session:
            newest = session.scalar(
                select(ChangeSet.id).where(ChangeSet.kind.not_in((UNDO, REDO))).order_by(ChangeSet.id.desc()).limit(1)
            )
            undoings = select(ChangeSet.id).where(ChangeSet.kind == UNDO, ChangeSet.undone_by.is_(None))
            return session.scalar(undoings.where(ChangeSet.id > (newest or 0)).order_by(ChangeSet.id.desc()).limit(1))

    def _title(self, set_id: int | None) -> str | None:
        if set_id is None:
            return None
        with self.read() as session:
            return session.scalar(select(ChangeSet.title).where(ChangeSet.id == set_id))


def _items(session: Session, set_id: int) -> Items:
    rows = session.connection().exec_driver_sql(
        "SELECT entity, row_id, op, after FROM change_item WHERE set_id = ?", (set_id,)
    )
    found = Items()
    found.extend(Item(entity, row, op, None, journal.loads(after)) for entity, row, op, after in rows)
    return found


def _bound(
    entity: type[Entity], columns: Mapping[str, Sequence[Any]], alike: Mapping[str, Any]
) -> dict[str, Iterable[Any]]:
    """The columns in which records hold anything, with the values as the database keeps them, one after the other."""
    there, count = entity.__table__.columns, len(columns["id"])
    if unknown := {*columns, *alike}.difference(there.keys()):
        raise TypeError(f"{entity.__tablename__} has no {', '.join(sorted(unknown))}")
    made: dict[str, Iterable[Any]] = {}
    for each in there:
        if each.key in columns:
            made[each.key] = journal.bound(each, columns[each.key])
        elif alike[each.key] is not None:
            made[each.key] = [journal.binder(each)(alike[each.key])] * count
    return made


@event.listens_for(Writing, "before_flush")
def _stamp(session: Writing, _context: UOWTransaction, _instances: Any) -> None:
    moment = now()
    for record in session.new:
        if isinstance(record, Entity):
            record.created_by, record.updated_by = record.created_by or session.author, session.author
    for record in session.dirty:
        if isinstance(record, Entity) and (item := journal.updated(record)):
            session.items.append(item)
            record.updated_at, record.updated_by, record.version = moment, session.author, record.version + 1
    if session.deleted:
        raise TypeError("records go to the bin (Writing.remove); only privacy erasure deletes rows")


@event.listens_for(Writing, "after_flush")
def _note(session: Writing, _context: UOWTransaction) -> None:
    session.items.extend(journal.inserted(record) for record in session.new if isinstance(record, Entity))


@contextmanager
def _translated() -> Iterator[None]:
    """Tell in words what the driver says through SQLAlchemy."""
    with in_words():
        try:
            yield
        except DBAPIError as error:
            if error.orig is None:
                raise
            raise error.orig from error
