"""Amounts of money whose currency stands in a column of its own."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.model.kinds import as_text
from crm_desktop.services.importing.targets import CURRENCY
from crm_desktop.text.folding import clean
from crm_desktop.text.sheet import Row


def pairs(columns: Sequence[str | None]) -> list[tuple[int, int]]:
    """The places of amounts, each with that of its currency."""
    places = {code: place for place, code in enumerate(columns) if code}
    found = ((places.get(code.removesuffix(CURRENCY)), at) for code, at in places.items() if code.endswith(CURRENCY))
    return [(amount, currency) for amount, currency in found if amount is not None]


def joined(row: Row, places: Sequence[tuple[int, int]]) -> Row:
    """A row whose amounts say their currency themselves."""
    cells = list(row)
    for amount, currency in places:
        if max(amount, currency) < len(cells) and None not in (cells[amount], cells[currency]):
            cells[amount] = f"{as_text(cells[amount])} {clean(as_text(cells[currency]))}"
    return tuple(cells)
