"""Every text that a record can be found by, and the field it stands in: for the index, and to tell why it was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from crm_desktop.model.account import PERSON
from crm_desktop.model.channel import PHONE_KINDS
from crm_desktop.model.own_kinds import KINDS
from crm_desktop.store.engine import bare
from crm_desktop.text.phones import digits, show

PEOPLE, COMPANY, NUMBER, HANDLE, TEXT = "people", "companies", "digits", "mails", "texts"
"""How a text is searched, as `Words` calls it: names of persons, other names, numbers, mails and handles, all else."""
OWN = "own:"
"""What the name of a field that people added begins with here; its key follows."""
OWN_KINDS = ", ".join(f"'{code}'" for code, kind in KINDS.items() if kind.is_searched)
"""The kinds of people's own fields whose texts are searched."""
NAMES = {"account": ("name", "short_name", "name_en"), "contact": ("full_name", "english_name"), "activity": ()}
TEXTS = {
    "account": ("credit_code", "website", "description"),
    "contact": ("hobby", "personality", "note"),
    "activity": ("summary", "place"),
}
"""The columns of a record itself that it can be found by."""
ROLE = ("title", "department")


class Source(NamedTuple):
    """One text of a record."""

    field: str
    way: str
    text: str
    number: tuple[str, str, str] | None = None
    """Of a telephone number, how it was typed, its international form and its extension."""

    @property
    def shown(self) -> str:
        """The text as people read it."""
        return show(*self.number) if self.number else self.text


Texts = Iterator[tuple[int, str, str, str, tuple[str, str, str] | None]]
"""The key of a record, and what a `Source` holds."""


def sources_of(connection: Connection, entity: str, ids: Iterable[int]) -> dict[int, list[Source]]:
    """The texts of the living ones among these records, those first that say most."""
    living, texts = texts_of(connection, entity, ids)
    found: dict[int, list[Source]] = {key: [] for key in living}
    for key, field, way, text, number in texts:
        found[key].append(Source(field, way, text, number))
    return found


def texts_of(connection: Connection, entity: str, ids: Iterable[int]) -> tuple[list[int], Texts]:
    """The living ones among these records, and their texts.

    A plus keeps SQLite from walking all the living ones by an index that begins with `deleted_at`.
    """
    kind = "kind" if entity == "account" else f"'{PERSON}'"
    query = f"SELECT {', '.join(('id', kind, *NAMES[entity], *TEXTS[entity]))} FROM {entity}"
    listed = ",".join(map(str, ids))
    rows = bare(connection).execute(f"{query} WHERE id IN ({listed}) AND +deleted_at IS NULL").fetchall()
    return [row[0] for row in rows], _texts(connection, entity, rows)


def _texts(connection: Connection, entity: str, rows: Sequence[Sequence[Any]]) -> Texts:
    owner, ids = f"{entity}_id", ",".join(str(row[0]) for row in rows)
    for place, field in enumerate(NAMES[entity], 2):
        for row in rows:
            if row[place]:
                yield row[0], field, PEOPLE if row[1] == PERSON else COMPANY, row[place], None
    if NAMES[entity]:
        yield from _reach(connection, owner, ids)
    if entity == "contact":
        yield from _roles(connection, ids)
    for place, field in enumerate(TEXTS[entity], 2 + len(NAMES[entity])):
        for row in rows:
            if row[place]:
                yield row[0], field, TEXT, row[place], None
    yield from _own(connection, f"v.{owner}", ids)
    if entity == "contact":
        yield from _own(connection, "a.contact_id", ids)


def _roles(connection: Connection, ids: str) -> Texts:
    for key, *values in bare(connection).execute(
        f"SELECT contact_id, {', '.join(ROLE)} FROM affiliation WHERE contact_id IN ({ids}) AND deleted_at IS NULL"
    ):
        yield from ((key, field, TEXT, value, None) for field, value in zip(ROLE, values, strict=True) if value)


def _reach(connection: Connection, owner: str, ids: str) -> Texts:
    """Channels, tags and addresses."""
    for key, kind, raw, norm, ext in bare(connection).execute(
        f"SELECT {owner}, kind, raw, norm, ext FROM channel WHERE {owner} IN ({ids}) AND deleted_at IS NULL"
        " ORDER BY is_primary DESC, id"
    ):
        if kind in PHONE_KINDS:
            yield key, kind, NUMBER, digits(raw, norm, ext), (raw, norm, ext)
        else:
            yield key, kind, HANDLE, norm or raw, None
    for key, field, text in bare(connection).execute(
        f"SELECT g.{owner}, 'tags', t.name FROM tagging g JOIN tag t ON t.id = g.tag_id"
        f" WHERE g.{owner} IN ({ids}) AND g.deleted_at IS NULL"
        f" UNION ALL SELECT {owner}, 'address', line FROM address WHERE {owner} IN ({ids}) AND deleted_at IS NULL"
    ):
        yield key, field, TEXT, text, None


def _own(connection: Connection, owner: str, ids: str) -> Texts:
    """What stands in people's own fields: `v` is the value, `a` the place of work that it may be about."""
    role = " JOIN affiliation a ON a.id = v.affiliation_id AND a.deleted_at IS NULL" if owner[0] == "a" else ""
    for key, field, kind, text in bare(connection).execute(
        f"SELECT {owner}, f.id, f.kind, v.text FROM custom_value v JOIN custom_field f ON f.id = v.field_id{role}"
        f" WHERE {owner} IN ({ids}) AND v.deleted_at IS NULL AND f.deleted_at IS NULL AND f.kind IN ({OWN_KINDS})"
    ):
        if kind == "phone":
            yield key, f"{OWN}{field}", NUMBER, digits(text, "", ""), (text, "", "")
        else:
            yield key, f"{OWN}{field}", HANDLE if kind == "mail" else TEXT, text, None
