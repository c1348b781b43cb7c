"""Whether a row says nothing that is not known of somebody: so a file that is imported again finds its people again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.book import Book
from crm_desktop.services.importing.held import Held
from crm_desktop.services.importing.known import Known
from crm_desktop.services.importing.line import Line
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.parts import CONTACT, LEAVES
from crm_desktop.services.importing.sameness import is_blank, is_held, says
from crm_desktop.text.folding import clean


class Recall:
    """Compares rows with what people hold; those of earlier rows join in."""

    def __init__(self, known: Known, options: Options, book: Book, values: Held) -> None:
        self._known = known
        self._options = options
        self._book = book
        self._values = values
        self._made: dict[int, dict[str, Any]] = {}

    def note(self, contact: int, line: Line) -> None:
        """Remember what a row says of somebody whom it makes."""
        values = dict(line.part("contact"))
        if line.unplaced:
            values[CONTACT.notes] = "\n".join(filter(None, [values.get(CONTACT.notes), *map(clean, line.unplaced)]))
        self._made[contact] = values

    def is_the_same(self, line: Line, contact: int) -> bool:
        """Whether somebody holds all that a row says of a person."""
        held = self._held(contact)
        if held is None:
            return False
        fields = self._book.fields["contact"]
        parts = line.part("contact").items()
        is_told = all(is_held(fields[name], held.get(name), value, line.cell("contact", name)) for name, value in parts)
        return is_told and self._has_notes(line, held)

    def best(self, line: Line, contacts: Sequence[int], accounts: Sequence[int]) -> int:
        """Whom a row means of several whom it may mean: who would not change by it, else who was there first."""
        ordered = sorted(contacts, key=lambda key: (key < 0, abs(key)))
        if len(ordered) == 1:
            return ordered[0]
        return next((each for each in ordered if self._adds_nothing(line, each, accounts)), ordered[0])

    def _held(self, contact: int) -> Mapping[str, Any] | None:
        return self._made.get(contact) if contact < 0 else self._values.get("contact", contact)

    def _has_notes(self, line: Line, held: Mapping[str, Any]) -> bool:
        return all(says(held.get(CONTACT.notes), clean(each)) for each in line.unplaced)

    def _adds_nothing(self, line: Line, contact: int, accounts: Sequence[int]) -> bool:
        held = self._held(contact)
        if held is None or not self._has_notes(line, held):
            return False
        if not self._agrees("contact", line, held):
            return False
        role = self._role(line, contact, accounts)
        if role is None and line.company and (accounts or self._options.mode != choices.UPDATE):
            return False
        if line.part("affiliation") and not self._agrees(
            "affiliation", line, self._known.role_values.get("affiliation", role or 0) or {}
        ):
            return False
        return all(self._is_told(leaf.entity, line.value(leaf.entity, leaf.needs), contact) for leaf in LEAVES)

    def _role(self, line: Line, contact: int, accounts: Sequence[int]) -> int | None:
        """Where a row would say something of somebody: at its company, else where that person is first of all."""
        places = self._known.places(contact)
        is_elsewhere = line.company and (accounts or self._options.mode != choices.UPDATE)
        main = None if is_elsewhere else self._known.main_account(contact)
        return next((places[each] for each in (*accounts, main) if each is not None and each in places), None)

    def _agrees(self, entity: str, line: Line, held: Mapping[str, Any]) -> bool:
        """Whether a part of a row would change nothing."""
        for name, value in line.part(entity).items():
            field = self._book.fields[entity][name]
            old = held.get(name)
            if name == CONTACT.name or is_held(field, old, value, line.cell(entity, name)):
                continue
            if is_blank(field, old) or self._options.way_of(field) != choices.FILL:
                return False
        return True

    def _is_told(self, entity: str, text: str | None, contact: int) -> bool:
        return not text or ("contact", contact, text) in self._known.told[entity]
