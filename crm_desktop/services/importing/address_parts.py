"""An address that a list spreads over several columns, as people write it in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from crm_desktop.text import regions
from crm_desktop.text.folding import IDEOGRAPHS

REGIONAL = ("province", "city", "district", "country")
CHINA = "CN"
HANZI = re.compile(rf"[{IDEOGRAPHS}]")
SAYS_NOTHING = ("市辖区", "县", "直辖县级行政区划", "省直辖县级行政区划")
"""What lists of divisions put where a municipality has no city."""


def address(said: Mapping[str, str]) -> str:
    """The parts in one line: the largest first in Chinese, the street first elsewhere."""
    if _is_chinese(said):
        return _chinese(said)
    postcode, city, province = said["postcode"], said["city"], said["province"]
    places = [city, f"{province} {postcode}".strip()] if province else [f"{postcode} {city}".strip()]
    parts = [said["street"], said["district"], *places, said["country"]]
    return ", ".join(each for each in parts if each)


def region(said: Mapping[str, str]) -> str:
    """Where that is, as the field for it takes it: of another country the country, of which alone we have a list."""
    country = said["country"]
    if country and _country(country) not in (CHINA, None):
        return country
    places = [said[part] for part in ("province", "city", "district") if said[part] not in ("", *SAYS_NOTHING)]
    places = [each for at, each in enumerate(places) if each not in places[:at]]
    if not places:
        return country
    if _is_chinese(said):
        return "".join(places)
    return ", ".join(each for each in (*reversed(places), country) if each)


def side_by_side(texts: Sequence[str]) -> str:
    """Several lines of one street."""
    if len(texts) == 1:
        return texts[0]
    return ("" if all(map(HANZI.search, texts)) else ", ").join(texts)


@lru_cache(maxsize=1000)
def _country(words: str) -> str | None:
    return regions.read_country(words).value


def _is_chinese(said: Mapping[str, str]) -> bool:
    return any(HANZI.search(said[part]) for part in ("street", *REGIONAL[:3]) if not said[part].isascii())


def _chinese(said: Mapping[str, str]) -> str:
    line = said["street"]
    for part in ("district", "city", "province"):
        place = said[part]
        if place and place not in SAYS_NOTHING and not _begins_with(line, place):
            line = f"{place}{line}"
    country = said["country"]
    if country and _country(country) != CHINA and not line.startswith(country):
        line = f"{country}{line}"
    return f"{line} {said['postcode']}".strip()


def _begins_with(line: str, place: str) -> bool:
    """Whether a line names a place among its first ones already, perhaps without 省 or 市."""
    short = place.rstrip("省市区县") if len(place) > 2 else place
    return short in line[: len(place) + 12]
