"""What the records that rows may mean hold now, in the fields that the file has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from crm_desktop.model import ENTITIES
from crm_desktop.services.importing import known as loading
from crm_desktop.services.importing.asked import Asked
from crm_desktop.services.importing.book import Book
from crm_desktop.services.importing.held import Held
from crm_desktop.services.importing.known import Known
from crm_desktop.services.importing.matching import MOVABLE, Match
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.parts import LEAVES, PARTS
from crm_desktop.store import queries

ROLE = "affiliation"
PAGE = 2000
Constants = Mapping[str, Mapping[str, Any]]


class Current:
    """The values of records, loaded page by page; those of contacts are there before rows are compared."""

    def __init__(self, session: Session, options: Options, book: Book, asked: Asked, all_rows: Constants) -> None:
        self.values = Held()
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
        wanted = sorted(keys)
        for start in range(0, len(wanted), PAGE):
            page = wanted[start : start + PAGE]
            self.values.put(entity, queries.values(self._session, ENTITIES[entity], fields, page))


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
