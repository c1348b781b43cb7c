"""The list of countries, and of the provinces, cities and districts of China, as it is shipped.

Codes are ISO 3166-1 for countries, GB/T 2260 for divisions of China, ISO 3166-2 for the cities of Taiwan. Hong Kong,
Macau and Taiwan carry their own country code and their GB/T 2260 province code, so that both ways of listing work.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from crm_desktop.paths import RESOURCES
from crm_desktop.text.folding import fold

Level: TypeAlias = Literal["provinces", "cities", "districts"]
Index: TypeAlias = Mapping[str, tuple[str, ...]]
LEVELS: tuple[Level, ...] = ("provinces", "cities", "districts")
OWN_COUNTRY_CODE = {"710000": "TW", "810000": "HK", "820000": "MO"}

_DISTRICT_ENDING = re.compile(r"(?:新区|自治县|自治旗|特区|林区|[市区县旗])$")


@dataclass(frozen=True, slots=True)
class Atlas:
    """All places by code, and what a folded word may stand for, level by level."""

    names: Mapping[str, list[str]]
    """By code: the Chinese name, for provinces and cities the short Chinese one, the English one, other spellings."""
    city_of: Mapping[str, str]
    usual: Mapping[str, str]
    countries: Index
    divisions: Mapping[Level, Index]


def province_of(code: str) -> str:
    """The province-level division a city or district belongs to."""
    return "710000" if code.startswith("TW-") else code[:2] + "0000"


def country_of(code: str) -> str:
    """The country code of a division of China."""
    return OWN_COUNTRY_CODE.get(province_of(code), "CN")


@cache
def atlas() -> Atlas:
    """The shipped list, read when it is first needed."""
    data = json.loads((RESOURCES / "regions.json").read_text(encoding="utf-8"))
    districts = {code: names for part in data["districts"].values() for code, names in part.items()}
    provinces, cities = data["provinces"], data["cities"]
    # 海南 is the province, and the prefecture of that name only when written in full
    taken = {names[1]: code for code, names in provinces.items()}
    spellings = {code: _without(names, taken) if _is_prefecture(names[0]) else names for code, names in cities.items()}
    return Atlas(
        names={**data["countries"], **provinces, **cities, **districts},
        city_of={code: city for city, part in data["districts"].items() for code in part},
        usual={fold(word): code for word, code in data["usual"].items()},
        countries=_index(data["countries"]),
        divisions={
            "provinces": _index(provinces),
            "cities": _index(spellings),
            "districts": _index({code: [*names, _short(names[0])] for code, names in districts.items()}),
        },
    )


def _index(places: Mapping[str, Iterable[str]]) -> Index:
    found: dict[str, dict[str, None]] = {}
    for code, names in places.items():
        for each in names:
            found.setdefault(fold(each), {})[code] = None
    return {word: tuple(codes) for word, codes in found.items()}


def _is_prefecture(name: str) -> bool:
    return name.endswith(("州", "盟", "地区"))


def _without(names: list[str], taken: Mapping[str, str]) -> list[str]:
    return [names[0], *names[2:]] if names[1] in taken else names


def _short(name: str) -> str:
    short = _DISTRICT_ENDING.sub("", name)
    return short if len(short) > 1 else name
