"""Values that all rows get whose cell is blank, such as the source of a list or the trade show it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.i18n import _
from crm_desktop.model.kinds import LinkTo
from crm_desktop.services.importing.line import Line
from crm_desktop.services.importing.matching import Match
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.parts import LEAVES
from crm_desktop.services.importing.reading import Reader
from crm_desktop.services.importing.targets import Target, by_code
from crm_desktop.text.findings import Severity

AUTHORS = frozenset(f"{each.entity}.{each.author}" for each in LEAVES)
"""The targets that may name somebody whom nobody here knows."""


class Constants:
    """The values by kind of record and name of field; `notes` say what was doubtful, once for all rows."""

    def __init__(self, options: Options, reader: Reader) -> None:
        self.values: dict[str, dict[str, Any]] = {}
        self.notes: list[str] = []
        for code, text in options.values_for_all.items():
            if not text.strip():
                continue
            target = by_code()[code]
            reading = reader.reading(code, text)
            for each in reading.findings:
                message = _("For all rows, “{field}”: {sentence}")
                self.notes.append(message.format(field=target.label, sentence=each.text))
            is_nobody = isinstance(reading.value, str) and _is_link(target) and code not in AUTHORS
            if reading.value is not None and reading.worst != Severity.BLOCK and not is_nobody:
                self.values.setdefault(target.entity, {})[target.name] = reading.value
            else:
                message = _("“{field}” was not set to “{text}”.")
                self.notes.append(message.format(field=target.label, text=text[:80]))

    def spoken(self, lines: Sequence[Line], matches: Sequence[Match]) -> set[tuple[str, int, str]]:
        """The fields of records for which some row has a value of its own, which counts more."""
        found: set[tuple[str, int, str]] = set()
        if not self.values:
            return found
        for line, match in zip(lines, matches, strict=True):
            for entity, key in (("account", match.account), ("contact", match.contact)):
                if key is not None:
                    part = line.part(entity)
                    found.update((entity, key, name) for name in self.values.get(entity, ()) if name in part)
            line.rest()
        return found


def _is_link(target: Target) -> bool:
    return target.field is not None and isinstance(target.field.kind, LinkTo)
