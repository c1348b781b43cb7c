"""The editor for where something is: every place in China and every country, found by any part of its name."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from crm_desktop.i18n import language
from crm_desktop.model import kinds
from crm_desktop.text import regions
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.pick_list import Choice as Offer

CLEARS = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
MOST_PLACES = 30


class PlaceEditor(InPlaceChoice):
    """A country, province, city or district, found by any part of its name; another place is kept as text."""

    entered = Signal(str)
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(_places, creates=True)
        self.committed.connect(self.entered)
        self.created.connect(self.entered)

    def show_text(self, text: str, shown: str = "") -> None:
        """Say what is saved."""
        self.set_value(kinds.Region().read(text).value or "", shown or text)

    def hold(self, saved: str, typed: str) -> None:  # noqa: ARG002 - a choice has nothing typed to lose
        """Go back to what is saved."""
        self.show_text(saved)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLEARS and self.value():
            self.entered.emit("")
        else:
            super().keyPressEvent(event)


def _places(query: str) -> list[Offer]:
    wanted = query.casefold().strip()
    found = [(code, words) for code, words, spoken in _atlas(language()) if wanted in spoken]
    return (
        sorted(found, key=lambda each: not each[1].casefold().startswith(wanted))[:MOST_PLACES]
        if wanted
        else found[:MOST_PLACES]
    )


@cache
def _atlas(spoken: str) -> tuple[tuple[str, str, str], ...]:
    """Every place as (code, words, words to search in), the larger ones first."""
    provinces = regions.provinces()
    cities = [city for province in provinces for city in regions.cities(province) if city != province]
    districts = [district for city in (*provinces, *cities) for district in regions.districts(city)]
    codes = dict.fromkeys((*provinces, *cities, *regions.countries(), *districts))
    words = {code: regions.show(regions.place_of(code), spoken) for code in codes}
    other = "en" if spoken.startswith("zh") else "zh_CN"
    return tuple((code, text, f"{text} {regions.name(code, other)}".casefold()) for code, text in words.items())
