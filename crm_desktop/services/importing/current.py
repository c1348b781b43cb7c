"""What the records that rows may mean hold now, in the fields that the file has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from sys import intern
from typing import Any

from sqlalchemy.orm import Session

from crm_desktop.model import ENTITIES
from crm_desktop.model.channel import ChannelValue
from crm_desktop.services.importing import known as loading
from crm_desktop.services.importing.asked import Asked
from crm_desktop.services.importing.book import Book
from crm_desktop.services.importing.known import Known
from crm_desktop.services.importing.matching import MOVABLE, Match
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.parts import LEAVES, PARTS
from crm_desktop.store import queries

ROLE = "affiliation"
SHARED = 12
"""Up to how many letters a text is likely to be that of many records, such as a code."""
Constants = Mapping[str, Mapping[str, Any]]


class Current:
    """The values of records, loaded page by page; those of contacts are there before rows are compared."""

    def __init__(self, session: Session, options: Options, book: Book, asked: Asked, all_rows: Constants) -> None:
        self.values: dict[tuple[str, int], dict[str, Any]] = {}
        self._session = session
        self.book = book
        self._names = _names(options, asked, all_rows)
        self._texts: dict[str, set[str]] = {}
        for leaf in LEAVES:
            texts = asked.texts[leaf.entity] | {
                text for text in [all_rows.get(leaf.entity, {}).get(leaf.needs)] if text
            }
            self._texts[leaf.entity] = texts

    def load_people(self, known: Known) -> None:
        """What is known of the people whom rows may mean, and what was said to them already."""
        self._load("contact", known.contacts)
        owners = {"contact": set(known.contacts), "account": set(known.accounts)}
        for leaf in LEAVES:
            loading.load_told(self._session, known, leaf, owners, self._texts[leaf.entity])

    def load_others(self, known: Known, matches: Sequence[Match]) -> None:
        """What the accounts and activities hold that rows are about."""
        accounts = {each.account for each in matches if each.account is not None and each.account > 0}
        self._load("account", accounts)
        for leaf in LEAVES:
            keys = {each.leaf[1] for each in matches if each.leaf and each.leaf[0] == leaf.entity}
            keys |= {key for told in known.told[leaf.entity].values() for key, _other in told}
            loading.load_parties(self._session, known, leaf, keys)
            self._load(leaf.entity, keys)

    def _load(self, entity: str, keys: Iterable[int]) -> None:
        fields = [self.book.fields[entity][each] for each in self._names[entity] if each in self.book.fields[entity]]
        fields = [each for each in fields if each.own != 0 and not (each.origin and each.origin.table == ROLE)]
        for key, row in queries.values(self._session, ENTITIES[entity], fields, sorted(keys)).items():
            self.values[entity, key] = {name: _lean(value) for name, value in row.items()}


def _lean(value: Any) -> Any:
    """A value as it is, with the short texts that thousands of records share held once."""
    if isinstance(value, tuple):
        return tuple([_lean_channel(each) if isinstance(each, ChannelValue) else each for each in value])
    return intern(value) if type(value) is str and len(value) <= SHARED else value


def _lean_channel(found: ChannelValue) -> ChannelValue:
    kind, raw, norm, ext, country, state = found
    return ChannelValue(intern(kind), raw, raw if norm == raw else norm, intern(ext), intern(country), intern(state))


def _names(options: Options, asked: Asked, all_rows: Constants) -> dict[str, set[str]]:
    """The names of the fields that the file may change, by kind of record."""
    names: dict[str, set[str]] = {each.entity: {each.notes} for each in PARTS}
    names["account"] |= {"employees", "size_band"}
    for entity in ("account", "contact") if options.tags else ():
        names[entity].add("tags")
    for entity, fields in asked.fields.items():
        names[entity].update(fields)
    for entity, values in all_rows.items():
        names[entity].update(values)
    for code in options.columns:
        entity, _dot, name = (code or "").partition(".")
        if entity in names:
            names[entity].add(name)
    moved = {*MOVABLE, "address", "tags"} & (names["account"] | names["contact"])
    for entity in ("account", "contact"):
        names[entity] |= moved
    return names
