"""What was done, by whom and when: the steps of the whole data file, and the history of one record, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.i18n import N_, _, pgettext
from crm_desktop.model import ENTITIES, Account, ChangeItem, ChangeSet, Contact, Entity, Tag
from crm_desktop.model.channel import ChannelValue, channel_label
from crm_desktop.model.fields import Field, fields_of, own_fields
from crm_desktop.model.kinds import LinkTo
from crm_desktop.model.own_kinds import Linked, RecordLink, value_of
from crm_desktop.store import queries
from crm_desktop.store.check import belongings
from crm_desktop.store.journal import INSERT, loads, reader
from crm_desktop.store.workspace import EDIT, REDO, UNDO, Workspace

SOURCES = {
    EDIT: N_("By hand"),
    "setup": N_("Setup"),
    "import": N_("Import"),
    "bulk": N_("Many at once"),
    "merge": N_("Merge"),
    "repair": N_("Repair"),
    "sample": N_("Sample data"),
    UNDO: N_("Undo"),
    REDO: N_("Redo"),
}
LINKS = {"parent_id": N_("Part of"), "account_id": N_("Account"), "contact_id": N_("Contact")}
"""Links that are no fields, with the word for what they point to."""
PAGE = 500
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done, as a list of steps shows it."""

    id: int
    at: datetime
    title: str
    kind: str
    author: str
    rows: int
    is_undone: bool
    undo_of: int | None

    @property
    def source(self) -> str:
        """Where the change came from, in words."""
        return source(self.kind)


@dataclass(frozen=True, slots=True)
class Line:
    """One value that changed; `where` is the account or contact that a place of work is about."""

    label: str
    before: str
    after: str
    where: str = ""

    @property
    def text(self) -> str:
        """The line as people read it."""
        name = _("{field} ({where})").format(field=self.label, where=self.where) if self.where else self.label
        return _("{field}: {before} → {after}").format(field=name, before=self.before or "—", after=self.after or "—")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one step did to a record and its parts."""

    step: Step
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Net:
    """A row before and after a step; None when it was not there."""

    entity: str
    before: Row | None
    after: Row | None


@dataclass(slots=True)
class Words:
    """What keys are called."""

    users: dict[int, str] = field(default_factory=dict)
    accounts: dict[int, str] = field(default_factory=dict)
    contacts: dict[int, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)

    def of(self, table: str, key: int | None) -> str:
        """The name of a record of one of the tables."""
        named = {"user": self.users, "account": self.accounts, "contact": self.contacts, "tag": self.tags}
        return named.get(table, {}).get(key or 0, "")


def source(kind: str) -> str:
    """Where a change came from, in words."""
    return _(SOURCES.get(kind, kind))


def steps(workspace: Workspace, limit: int = 50, before: int | None = None) -> list[Step]:
    """The newest steps, newest first; with `before`, those older than that step."""
    query = select(ChangeSet).order_by(ChangeSet.id.desc()).limit(limit)
    if before is not None:
        query = query.where(ChangeSet.id < before)
    with workspace.read() as session:
        people = queries.users(session)
        return [_step(each, people) for each in session.scalars(query)]


def _step(made: ChangeSet, people: Mapping[int, str]) -> Step:
    author = people.get(made.author or 0, "")
    return Step(made.id, made.at, made.title, made.kind, author, made.rows, made.undone_by is not None, made.undo_of)


def history(workspace: Workspace, entity: type[Entity], key: int) -> list[Entry]:
    """All that was done to a record and its parts (phones, addresses, tags, places of work), newest first."""
    with workspace.read() as session:
        rows = _rows(session, entity, key)
        nets = _nets(session, rows)
        words = _words(session, nets)
        made = {each.id: _step(each, words.users) for each in _sets(session, list(nets))}
    entries = []
    for set_id in sorted(nets, reverse=True):
        lines = [line for net in nets[set_id] for line in _lines(net, entity.__tablename__, key, words)]
        if lines and set_id in made:
            entries.append(Entry(made[set_id], tuple(lines)))
    return entries


def _sets(session: Session, ids: Sequence[int]) -> Iterator[ChangeSet]:
    for start in range(0, len(ids), PAGE):
        yield from session.scalars(select(ChangeSet).where(ChangeSet.id.in_(ids[start : start + PAGE])))


def _rows(session: Session, entity: type[Entity], key: int) -> dict[int, tuple[str, Row]]:
    """The record's row and those of its parts as they are now, in the bin or not: (table, values) by identity."""
    found: dict[int, tuple[str, Row]] = {}
    for row in session.execute(select(entity.__table__).where(entity.id == key)).mappings():
        found[key] = (entity.__tablename__, dict(row))
    for part, column, owner in belongings():
        if owner is entity:
            for row in session.execute(select(part.__table__).where(column == key)).mappings():
                found[row["id"]] = (part.__tablename__, dict(row))
    return found


def _nets(session: Session, rows: Mapping[int, tuple[str, Row]]) -> dict[int, list[Net]]:
    """What each step did to each row, worked out backwards from how the row is now."""
    state: dict[int, Row | None] = {key: row for key, (_table, row) in rows.items()}
    nets: dict[tuple[int, int], Net] = {}
    for item in _items(session, list(rows)):
        table = rows[item.row_id][0]
        after = state[item.row_id]
        before = None if item.op == INSERT else {**(after or {}), **_values(table, item.before)}
        net = nets.setdefault((item.set_id, item.row_id), Net(table, before, after))
        net.before = state[item.row_id] = before
    grouped: dict[int, list[Net]] = defaultdict(list)
    order = {key: place for place, key in enumerate(rows)}
    for set_id, row_id in sorted(nets, key=lambda each: order[each[1]]):
        grouped[set_id].append(nets[set_id, row_id])
    return grouped


def _items(session: Session, ids: Sequence[int]) -> list[ChangeItem]:
    found: list[ChangeItem] = []
    for start in range(0, len(ids), PAGE):
        found += session.scalars(select(ChangeItem).where(ChangeItem.row_id.in_(ids[start : start + PAGE])))
    return sorted(found, key=lambda each: (each.set_id, each.seq), reverse=True)


def _values(table: str, recorded: str | None) -> dict[str, Any]:
    columns = ENTITIES[table].__table__.c
    return {name: reader(columns[name])(value) for name, value in (loads(recorded) or {}).items() if name in columns}


def _words(session: Session, nets: Mapping[int, list[Net]]) -> Words:
    """The names of all records that the rows point to."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for net in (each for group in nets.values() for each in group):
        for column in ENTITIES[net.entity].__table__.columns:
            for reference in column.foreign_keys:
                table = reference.column.table.name
                wanted[table].update(filter(None, (row.get(column.key) for row in (net.before, net.after) if row)))
        if net.entity == "custom_value":
            for row in filter(None, (net.before, net.after)):
                field = _own_field(row)
                if field and isinstance(field.kind, RecordLink):
                    wanted[field.kind.table].add(value_of(field.kind, row["text"]).key or 0)
    return Words(
        queries.users(session),
        queries.names(session, Account, wanted["account"]),
        queries.names(session, Contact, wanted["contact"]),
        queries.names(session, Tag, wanted["tag"]),
    )


def _lines(net: Net, table: str, key: int, words: Words) -> Iterator[Line]:
    """The lines of one row's change, seen from the record `key` of `table`."""
    if net.entity == table:
        yield from _own_lines(net, words)
    elif net.entity == "affiliation":
        yield from _place_lines(net, table, words)
    elif net.entity in PARTS:
        owner = f"{table}_id"
        shown = [
            PARTS[net.entity](row, words) if row and not row["deleted_at"] and row[owner] == key else ("", "")
            for row in (net.before, net.after)
        ]
        (label_before, before), (label_after, after) = shown
        if before != after:
            yield Line(label_after or label_before, before, after)
        elif after and _became_primary(net):
            yield Line(_("Primary"), "", after)


def _became_primary(net: Net) -> bool:
    return bool(net.after and net.after.get("is_primary") and net.before and not net.before.get("is_primary"))


def _own_lines(net: Net, words: Words) -> Iterator[Line]:
    before, after = net.before or {}, net.after or {}
    yield from _field_lines(net, words)
    for column, label in LINKS.items():
        if before.get(column) != after.get(column):
            [table] = [each.column.table.name for each in ENTITIES[net.entity].__table__.c[column].foreign_keys]
            yield Line(_(label), words.of(table, before.get(column)), words.of(table, after.get(column)))
    if net.before and net.after and bool(before["deleted_at"]) != bool(after["deleted_at"]):
        yield Line(_("Bin"), _("in the bin"), "") if before["deleted_at"] else Line(_("Bin"), "", _("in the bin"))


def _field_lines(net: Net, words: Words, where: str = "") -> Iterator[Line]:
    for each in fields_of(ENTITIES[net.entity]):
        if each.origin is None and not each.read_only:
            before, after = (_shown(each, row, words) for row in (net.before, net.after))
            if before != after:
                yield Line(each.label, before, after, where)


def _shown(shown: Field, row: Row | None, words: Words) -> str:
    if row is None:
        return ""
    value = shown.value(row)
    return words.of("user", value) if isinstance(shown.kind, LinkTo) else shown.kind.show(value)


def _place_lines(net: Net, table: str, words: Words) -> Iterator[Line]:
    """A place of work: who or where first, then what is said about it."""
    other = "account" if table == "contact" else "contact"
    names = [
        words.of(other, row[f"{other}_id"]) if row and not row["deleted_at"] else "" for row in (net.before, net.after)
    ]
    if names[0] != names[1]:
        yield Line(_(LINKS[f"{other}_id"]), *names)
    if names[1]:
        yield from _field_lines(Net(net.entity, net.before if names[0] else None, net.after), words, names[1])


def _channel(row: Row, _words: Words) -> tuple[str, str]:
    value = ChannelValue(*(row[name] for name in ("kind", "raw", "norm", "ext", "country", "state")))
    return channel_label(row["kind"]), value.show()


def _address(row: Row, _words: Words) -> tuple[str, str]:
    return _("Address"), row["line"]


def _tagging(row: Row, words: Words) -> tuple[str, str]:
    return _("Tags"), words.of("tag", row["tag_id"])


def _party(row: Row, words: Words) -> tuple[str, str]:
    return _("Contact"), words.of("contact", row["contact_id"])


def _task(row: Row, _words: Words) -> tuple[str, str]:
    return _("Task"), row["title"]


def _picture(_row: Row, _words: Words) -> tuple[str, str]:
    return _("Photo"), _("a photo")


def _attachment(row: Row, _words: Words) -> tuple[str, str]:
    return pgettext("file", "File"), row["file_name"]


def _own_value(row: Row, words: Words) -> tuple[str, str]:
    field = _own_field(row)
    if field is None:
        return "", ""
    value = value_of(field.kind, row["text"])
    if isinstance(value, Linked) and isinstance(field.kind, RecordLink):
        value = Linked(value.key, value.name or words.of(field.kind.table, value.key))
    return field.label, field.kind.show(value)


def _own_field(row: Row) -> Field | None:
    """The field that a value of people's own is in, None when that was deleted."""
    return next((each for own in own_fields().values() for each in own if each.own == row["field_id"]), None)


PARTS: dict[str, Callable[[Row, Words], tuple[str, str]]] = {
    "channel": _channel,
    "address": _address,
    "tagging": _tagging,
    "activity_party": _party,
    "task": _task,
    "custom_value": _own_value,
    "picture": _picture,
    "attachment": _attachment,
}
"""How a part of a record is told: its label and its value."""
