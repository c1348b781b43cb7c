"""The names, numbers and identities that occur in a sheet: what an import has to look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crm_desktop.services.importing.identity import PERSON_OF, REFERENCES
from crm_desktop.services.importing.line import Line
from crm_desktop.services.importing.parts import LEAVES
from crm_desktop.services.importing.said import Said


@dataclass(slots=True)
class Asked:
    """What rows refer to."""

    people: set[str] = field(default_factory=set)
    companies: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    norms: set[str] = field(default_factory=set)
    ids: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    persons: set[int] = field(default_factory=set)
    """The accounts that rows say are private customers."""
    texts: dict[str, set[str]] = field(default_factory=lambda: {leaf.entity: set() for leaf in LEAVES})
    """What tells leaves, by their kind."""
    fields: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The names of the fields of which rows may say something, by kind of record."""

    def add_page(self, said: Said, channels: Sequence[str]) -> None:
        """Note what the fields of some rows refer to; `channels` are those by which people are recognised."""
        self.people.update(said.filled("contact", "full_name"))
        self.companies.update(said.filled("account", "name"))
        self.codes.update(said.filled("account", "credit_code"))
        for name in channels:
            self.norms.update([each.norm for values in said.filled("contact", name) for each in values])
        for leaf in LEAVES:
            self.texts[leaf.entity].update(filter(None, said.filled(leaf.entity, leaf.needs)))

    def join(self, other: Asked) -> None:
        """Note what other rows refer to by their fields."""
        self.people |= other.people
        self.companies |= other.companies
        self.codes |= other.codes
        self.norms |= other.norms
        for entity, texts in other.texts.items():
            self.texts[entity] |= texts

    def add_references(self, lines: Iterable[Line]) -> None:
        """Note what some rows refer to by name or identity, besides their fields."""
        for line in lines:
            if line.parent:
                self.companies.add(line.parent)
            self.people.update(line.people)
            for entity, key in line.ids.items():
                self.ids[REFERENCES.get(entity, entity)].add(key)
                if entity == PERSON_OF:
                    self.persons.add(key)
            self.ids["contact"].update(line.people_ids)
