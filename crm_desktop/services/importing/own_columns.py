"""Columns that become fields of people's own, in the step that imports them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import ENTITIES
from crm_desktop.model.fields import OWN, Field, Origin, fields_of
from crm_desktop.model.kinds import Kind, ShortText, as_text, split_words
from crm_desktop.model.own_kinds import KINDS, bad_options, option_code
from crm_desktop.services.importing.column import ColumnCheck
from crm_desktop.services.importing.data_rows import NumberedRows
from crm_desktop.services.importing.options import NEW
from crm_desktop.services.importing.parts import BY_ENTITY
from crm_desktop.services.importing.said import Said
from crm_desktop.services.importing.targets import code_of
from crm_desktop.text.findings import Reading, Severity
from crm_desktop.text.folding import clean, fold
from crm_desktop.text.sheet import Row

MOST_OPTIONS = 60
"""A list with more values than this is no list to pick from."""


@dataclass(frozen=True, slots=True)
class NewField:
    """A field of people's own that an import makes; `code` is what it is called until then."""

    place: int
    entity: str
    kind: str
    label: str
    options: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code of its values in the plan."""
        return f"{self.entity}.{NEW}:{self.label}"

    @property
    def field(self) -> Field:
        """The field as it is read and shown."""
        name = f"{NEW}:{self.label}"
        found = KINDS[self.kind]
        kind = Picked(several=self.kind == "picks") if found.picks else found.make("", "")
        return Field(self.entity, name, self.label, kind, origin=Origin(OWN, name), own=0, zh=self.label)


class Picked(Kind):
    """A choice of a list that is only made from the values of the column."""

    def __init__(self, *, several: bool) -> None:
        self._several = several

    @override
    def read(self, raw: object) -> Reading[Any]:
        words = split_words(as_text(raw)) if self._several else [clean(as_text(raw))]
        found = tuple(each for each in words if each)
        return Reading((found if self._several else found[0]) if found else None)

    @override
    def show(self, value: Any) -> str:
        return ", ".join(value) if isinstance(value, tuple) else value or ""

    @staticmethod
    def codes(value: Any) -> Any:
        """The codes of the options that were picked."""
        return tuple(map(option_code, value)) if isinstance(value, tuple) else option_code(value)


def read_columns(
    columns: Sequence[str | None], rows: NumberedRows
) -> tuple[tuple[str | None, ...], tuple[NewField, ...]]:
    """The columns without those that become new fields, and these fields; raises Invalid for one that cannot be.

    A field that is there already by this name is used instead.
    """
    kept: list[str | None] = []
    made: dict[str, NewField] = {}
    for place, code in enumerate(columns):
        if not code or not code.startswith(f"{NEW}:"):
            kept.append(code)
            continue
        entity, kind, label = _parts(code)
        there = _named(entity, label)
        kept.append(code_of(there) if there else None)
        if there is None:
            found = NewField(place, entity, kind, label, _options(rows, place, kind))
            if made.setdefault(fold(found.code), found) is not found:
                raise Invalid({"columns": _("“{label}” is chosen for several new fields.").format(label=label)})
    return tuple(kept), tuple(made.values())


def _parts(code: str) -> tuple[str, str, str]:
    _new, entity, kind, label = (*code.split(":", 3), "", "", "")[:4]
    label = clean(label)
    if entity not in BY_ENTITY or kind not in KINDS or kind == "link":
        message = _("“{code}” is no new field. Write new:account:text:Words, with one of: {kinds}.")
        kinds = ", ".join(each for each in KINDS if each != "link")
        raise Invalid({"columns": message.format(code=code, kinds=kinds)})
    if not label or ShortText(100).read(label).worst == Severity.BLOCK:
        message = _("A new field needs a name of at most {limit} characters.")
        raise Invalid({"columns": message.format(limit=100)})
    return entity, kind, label


def _named(entity: str, label: str) -> Field | None:
    """The field that is called so already."""
    wanted = fold(label)
    for each in fields_of(ENTITIES[entity]):
        if any(fold(one) == wanted for one in each.spellings):
            if each.read_only:
                raise Invalid({"columns": _("There is a field “{label}” already.").format(label=label)})
            return each
    return None


def _options(rows: NumberedRows, place: int, kind: str) -> tuple[str, ...]:
    """The different values of a column, when they are to become a pick list."""
    if not KINDS[kind].picks:
        return ()
    found: dict[str, str] = {}
    for _number, row in rows:
        cell = row[place] if place < len(row) else None
        for word in split_words(as_text(cell)) if kind == "picks" else [clean(as_text(cell))]:
            if word:
                found.setdefault(option_code(word), word)
    if len(found) > MOST_OPTIONS:
        message = _("{count} different values are too many for a list to pick from. Choose text instead.")
        raise Invalid({"columns": message.format(count=len(found))})
    options = tuple(found.values())
    if problems := bad_options(kind, options):
        raise Invalid({"columns": problems[0].text})
    return options


class OwnColumns:
    """Reads the cells of the columns that become new fields."""

    def __init__(self, made: Sequence[NewField], headers: Sequence[str]) -> None:
        self._columns = [(each.place, each.field, headers[each.place]) for each in made]
        self.checks = {each.place: ColumnCheck() for each in made}
        self.places = {(each.entity, each.field.name): [each.place] for each in made}

    def read(self, said: Said, at: int, row: Row) -> None:
        """Note what a row says for them; what cannot be understood is kept in the notes, as with any other field."""
        line = said.lines[at]
        for place, field, header in self._columns:
            cell = row[place] if place < len(row) else None
            if cell is None:
                continue
            reading = field.kind.read(cell)
            self.checks[place].filled += 1
            self.checks[place].note(cell, reading)
            sentences = [
                _("“{column}”: {sentence}").format(column=header, sentence=each.text) for each in reading.findings
            ]
            if reading.worst == Severity.BLOCK:
                line.refuse(*sentences)
                continue
            line.warn(*sentences)
            if reading.value is not None:
                said.put(at, field.entity, field.name, reading.value)
            elif text := clean(as_text(cell)):
                line.keep(f"{header}: {text}")
