"""Every text that a record can be found by, with the field it stands in: what tells people why it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection

from crm_desktop.model.account import PERSON
from crm_desktop.model.channel import PHONE_KINDS
from crm_desktop.store.engine import bare
from crm_desktop.store.words import OWN_KINDS
from crm_desktop.text.phones import digits, show

PEOPLE, COMPANY, NUMBER, HANDLE, TEXT = "people", "company", "number", "handle", "text"
"""How a text is searched: a person's name, any other name, a telephone number, a mail or handle, all the rest."""
OWN = "own:"
"""What the name of a field that people added begins with here; its key follows."""


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


def sources_of(connection: Connection, entity: str, ids: Iterable[int]) -> dict[int, list[Source]]:
    """The texts of these records, those first that say most; meant for the few records that are shown."""
    found: dict[int, list[Source]] = {key: [] for key in ids}
    if found:
        for key, source in READERS[entity](connection, ",".join(map(str, found))):
            found[key].append(source)
    return found


def _accounts(connection: Connection, ids: str) -> Iterator[tuple[int, Source]]:
    names, texts = ("name", "short_name", "name_en"), ("credit_code", "website", "description")
    rows = bare(connection).execute(f"SELECT id, kind, {', '.join(names + texts)} FROM account WHERE id IN ({ids})")
    later: list[tuple[int, Source]] = []
    for key, kind, *values in rows:
        way = PEOPLE if kind == PERSON else COMPANY
        yield from _filled(key, names, values[:3], way)
        later += _filled(key, texts, values[3:], TEXT)
    yield from _reach(connection, "account_id", ids)
    yield from later
    yield from _own(connection, "v.account_id", ids)


def _contacts(connection: Connection, ids: str) -> Iterator[tuple[int, Source]]:
    names, texts = ("full_name", "english_name"), ("hobby", "personality", "note")
    rows = bare(connection).execute(f"SELECT id, {', '.join(names + texts)} FROM contact WHERE id IN ({ids})")
    later: list[tuple[int, Source]] = []
    for key, *values in rows:
        yield from _filled(key, names, values[:2], PEOPLE)
        later += _filled(key, texts, values[2:], TEXT)
    yield from _reach(connection, "contact_id", ids)
    roles = ("title", "department")
    for key, *values in bare(connection).execute(
        f"SELECT contact_id, {', '.join(roles)} FROM affiliation WHERE contact_id IN ({ids}) AND deleted_at IS NULL"
    ):
        yield from _filled(key, roles, values, TEXT)
    yield from later
    yield from _own(connection, "v.contact_id", ids)
    yield from _own(connection, "a.contact_id", ids)


def _activities(connection: Connection, ids: str) -> Iterator[tuple[int, Source]]:
    texts = ("summary", "place")
    for key, *values in bare(connection).execute(f"SELECT id, {', '.join(texts)} FROM activity WHERE id IN ({ids})"):
        yield from _filled(key, texts, values, TEXT)
    yield from _own(connection, "v.activity_id", ids)


def _filled(key: int, fields: Iterable[str], values: Iterable[str | None], way: str) -> list[tuple[int, Source]]:
    return [(key, Source(field, way, value)) for field, value in zip(fields, values, strict=True) if value]


def _reach(connection: Connection, owner: str, ids: str) -> Iterator[tuple[int, Source]]:
    """Channels, tags and addresses."""
    for key, kind, raw, norm, ext in bare(connection).execute(
        f"SELECT {owner}, kind, raw, norm, ext FROM channel WHERE {owner} IN ({ids}) AND deleted_at IS NULL"
        " ORDER BY is_primary DESC, id"
    ):
        if kind in PHONE_KINDS:
            yield key, Source(kind, NUMBER, digits(raw, norm, ext), (raw, norm, ext))
        else:
            yield key, Source(kind, HANDLE, norm or raw)
    for key, field, text in bare(connection).execute(
        f"SELECT g.{owner}, 'tags', t.name FROM tagging g JOIN tag t ON t.id = g.tag_id"
        f" WHERE g.{owner} IN ({ids}) AND g.deleted_at IS NULL"
        f" UNION ALL SELECT {owner}, 'address', line FROM address WHERE {owner} IN ({ids}) AND deleted_at IS NULL"
    ):
        yield key, Source(field, TEXT, text)


def _own(connection: Connection, owner: str, ids: str) -> Iterator[tuple[int, Source]]:
    """What stands in people's own fields: `v` is the value, `a` the place of work that it may be about."""
    role = " JOIN affiliation a ON a.id = v.affiliation_id AND a.deleted_at IS NULL" if owner[0] == "a" else ""
    for key, field, kind, text in bare(connection).execute(
        f"SELECT {owner}, f.id, f.kind, v.text FROM custom_value v JOIN custom_field f ON f.id = v.field_id{role}"
        f" WHERE {owner} IN ({ids}) AND v.deleted_at IS NULL AND f.deleted_at IS NULL AND f.kind IN ({OWN_KINDS})"
    ):
        way = {"phone": NUMBER, "mail": HANDLE}.get(kind, TEXT)
        if way == NUMBER:
            yield key, Source(f"{OWN}{field}", NUMBER, digits(text, "", ""), (text, "", ""))
        else:
            yield key, Source(f"{OWN}{field}", way, text)


READERS: dict[str, Callable[[Connection, str], Iterator[tuple[int, Source]]]] = {
    "account": _accounts,
    "contact": _contacts,
    "activity": _activities,
}
