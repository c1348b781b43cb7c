"""In which order the texts of a file have day, month and year: found out, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from crm_desktop.i18n import N_, _
from crm_desktop.model.kinds import Birthday, Day, Kind, Moment
from crm_desktop.services.importing.data_rows import NumberedRows
from crm_desktop.text import dates
from crm_desktop.text.sheet import column_letters

WORDS = {"ymd": N_("year-month-day"), "dmy": N_("day/month/year"), "mdy": N_("month/day/year")}


@dataclass(frozen=True, slots=True)
class DateOrder:
    """What is known of the dates of a file that are text."""

    used: dates.Order | Literal[""] = ""
    """The order in which they are read; nothing when each is read by itself."""
    found: dates.Order | Literal[""] = ""
    """The order that the file itself tells."""
    columns: tuple[int, ...] = ()
    """The places of the columns with dates that could be meant otherwise."""
    is_ambiguous: bool = False
    """Whether nobody has said or found out which order it is."""
    sentence: str = ""


def order_in(kinds: Iterable[tuple[int, Kind]], rows: NumberedRows, chosen: str) -> DateOrder:
    """The order of the dates in some columns, each with its kind; `chosen` is what the user said."""
    told: dict[int, dates.Order] = {}
    places = []
    for place, kind in kinds:
        if isinstance(kind, Day | Birthday | Moment):
            cells = (row[place] for _number, row in rows if place < len(row))
            texts = list(dict.fromkeys(each for each in cells if isinstance(each, str)))
            if order := dates.order_of(texts):
                told[place] = order
            if any(_has_two_meanings(str(each)) for each in texts):
                places.append(place)
    found: dates.Order | Literal[""] = next(iter(told.values())) if len(set(told.values())) == 1 else ""
    used = next((each for each in dates.ORDERS if each == chosen), found)
    columns = tuple(places)
    ambiguous = bool(columns) and not used
    return DateOrder(used, found, columns, ambiguous, _sentence(columns, used, ambiguous=ambiguous))


def _has_two_meanings(text: str) -> bool:
    values = {found.value for order in ("dmy", "mdy") if (found := dates.read_birthday(text, order)).value}
    return len(values) > 1


def _sentence(columns: Sequence[int], used: str, *, ambiguous: bool) -> str:
    if not columns:
        return ""
    letters = ", ".join(map(column_letters, columns))
    if ambiguous:
        message = _(
            "Column {columns}: dates such as 03/04/2025 can be day/month or month/day. Please choose the order."
        )
        return message.format(columns=letters)
    return _("Column {columns}: dates are read as {order}.").format(columns=letters, order=_(WORDS[used]))
