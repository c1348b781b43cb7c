"""Every place in China and every country, found by any part of its name."""

from __future__ import annotations

from functools import cache

from crm_desktop.i18n import language
from crm_desktop.text import regions
from crm_desktop.ui.widgets.pick_list import Choice as Offer

MOST_PLACES = 30


def places(query: str) -> list[Offer]:
    """The places that a text may mean, those first that begin with it."""
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
