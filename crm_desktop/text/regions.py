"""Where something is: how people write countries, provinces, cities and districts, and what they are called."""

import re
from dataclasses import dataclass, replace

from crm_desktop.i18n import _
from crm_desktop.text.atlas import LEVELS, OWN_COUNTRY_CODE, Index, Level, atlas, country_of, province_of
from crm_desktop.text.findings import Reading, info, warn
from crm_desktop.text.folding import fold, simplified

_SEPARATORS = " \t\n\u3000,，·-/|、。.;；（）()"
_LONGEST_NAME = 15
_PART = re.compile(r"[,，/|;；\n]+")
_POSTCODE = re.compile(r"\b\d{4,6}\b")
_POSTCODE_IN_FRONT = re.compile(r"(?:邮编|邮政编码)?[:：]?\s*\d{6}(?!\d)[\s,，]*")
_FULL_ENDING = ("省", "市", "区", "县", "州", "盟", "旗")
_NO_PLACE_BEFORE = re.compile(
    r"[东西南北中]?[一二三四五六七八九十]*(?:路|街|大道|大街|巷|弄|桥路|门)|[省市区县州盟旗镇乡村]"
)
"""What follows a short name that is part of a street (南京东路) or of another place's name (河北区)."""
_ENGLISH_KIND: dict[Level, re.Pattern[str]] = {
    "provinces": re.compile(r"\s+(?:province|sheng|municipality|autonomous region|sar)$", re.IGNORECASE),
    "cities": re.compile(r"\s+(?:city|shi|municipality|(?:autonomous )?prefecture)$", re.IGNORECASE),
    "districts": re.compile(r"\s+(?:(?:new )?(?:district|area)|county|city|qu|xian)$", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Codes as far as they are known, and the rest of the address as it was written."""

    country: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    line: str = ""


def countries() -> tuple[str, ...]:
    """The codes of all countries, such as CN."""
    return tuple(code for code in atlas().names if len(code) == 2)


def provinces() -> tuple[str, ...]:
    """The codes of China's 34 province-level divisions, such as 320000."""
    return tuple(code for code in atlas().names if code.endswith("0000"))


def cities(province: str) -> tuple[str, ...]:
    """The codes of the cities of a province; a municipality is its own only city."""
    if _is_a_city(province):
        return (province,)
    places = (code for code in atlas().names if len(code) == 6 and code != province and code not in atlas().city_of)
    return tuple(code for code in places if province_of(code) == province)


def districts(city: str) -> tuple[str, ...]:
    """The codes of the districts, counties and county-level cities of a city."""
    return tuple(code for code, parent in atlas().city_of.items() if parent == city)


def name(code: str, language: str, *, short: bool = False) -> str:
    """The name of a place in `zh_CN` or `en`; an unknown code is shown as it is. `short` gives 苏州 for 苏州市."""
    names = atlas().names.get(code)
    if names is None:
        return code
    has_a_short_name = len(code) == 6 and code not in atlas().city_of
    if not language.startswith("zh"):
        return names[2] if has_a_short_name else names[1]
    return names[1] if short and has_a_short_name else names[0]


def show(place: Place, language: str) -> str:
    """The coded part of a place, in the order of its language: 江苏省苏州市昆山市, or Kunshan, Suzhou, Jiangsu."""
    codes = dict.fromkeys(code for code in (place.province, place.city, place.district) if code)
    words = [name(code, language) for code in codes or [place.country]]
    return "".join(words) if language.startswith("zh") else ", ".join(reversed(words))


def read_country(text: str) -> Reading[str]:
    """A country from its code or its name: CN, 中国, 德国, Deutschland, USA."""
    text = text.strip()
    if not text:
        return Reading(None)
    if len(text) == 2 and text.upper() in atlas().names:
        return Reading(text.upper())
    found = atlas().countries.get(fold(text))
    if found:
        return Reading(found[0])
    return Reading(
        None, (info(_("“{text}” is not in the list of countries and is kept as written.").format(text=text)),)
    )


def read_city(text: str) -> Reading[Place]:
    """A place from the words of a “city” field: 北京, 北京市, Beijing and 中国北京 are the same one."""
    text = text.strip()
    if not text:
        return Reading(None)
    by_parts = _agreed([part for part in _PART.split(text) if part.strip()])
    tries = [by_parts, _agreed(text.split()), _with_district(*_from_the_front(text))]
    for place, rest in tries:
        if place.country and not rest:
            return Reading(place)
    several = _candidates(text)
    if len(several) > 1:
        sentence = _("“{text}” is the name of several places: {places}. Please add the province.")
        places = "; ".join(show(place_of(code), "en" if text.isascii() else "zh_CN") for code in several)
        return Reading(None, (warn(sentence.format(text=text, places=places)),))
    place, rest = max(tries, key=lambda found: (bool(found[0].city), bool(found[0].country)))
    note = info(_("“{text}” is not in the list of cities and is kept as written.").format(text=rest or text))
    return Reading(replace(place, line=rest) if place.country else None, (note,))


def read_address(text: str) -> Place:
    """A whole address: the places a Chinese one begins with are taken off; a Latin one stays whole in its line."""
    text = text.strip()
    postcode = _POSTCODE_IN_FRONT.match(text)
    start = postcode.end() if postcode else 0
    place, rest = _from_the_front(text[start:])
    if place.province or place.country == "CN":
        return replace(place, line=f"{text[:start].strip()} {rest}".strip())
    parts = [part for part in _PART.split(_POSTCODE.sub("", text)) if part.strip()]
    found, _unread = _agreed(parts)
    return replace(found if found.country else place, line=text)


def is_known(code: str) -> bool:
    """Whether there is a place of this code."""
    return code in atlas().names


def _is_a_city(province: str) -> bool:
    """Whether a province-level division is one city: the four municipalities, Hong Kong and Macau."""
    return province in atlas().names and province in atlas().divisions["cities"].get(fold(name(province, "zh_CN")), ())


def place_of(code: str) -> Place:
    """The place of one code, with all that it lies in."""
    if len(code) == 2:
        own = [province for province, country in OWN_COUNTRY_CODE.items() if country == code]
        return place_of(own[0]) if own else Place(code)
    province = province_of(code)
    if code == province:
        return Place(country_of(code), province, province if _is_a_city(province) else "")
    city = atlas().city_of.get(code)
    return Place(country_of(code), province, city or code, code if city else "")


def _meanings(level: Level, word: str, within: Place) -> list[str]:
    """The codes a folded word may stand for on one level inside a place."""
    if within.country not in ("", "CN", *OWN_COUNTRY_CODE.values()):
        return []
    return [
        code
        for code in atlas().divisions[level].get(word, ())
        if within.province in ("", province_of(code)) and within.city in ("", code, atlas().city_of.get(code))
    ]


def _candidates(text: str) -> list[str]:
    """The places of the uppermost level at which a text is a name."""
    for level in LEVELS:
        if codes := _meanings(level, _word(level, text), Place()):
            return codes
    return []


def _word(level: Level, text: str) -> str:
    """A text as the index of a level has it, without “City” or “District” where the list does not know it with them."""
    text = text.strip()
    whole = fold(text)
    return whole if whole in atlas().divisions[level] else fold(_ENGLISH_KIND[level].sub("", text))


def _agreed(parts: list[str]) -> tuple[Place, str]:
    """The place that parts such as Pudong · Shanghai · China agree on, and the parts that say something else."""
    place = Place()
    unread = dict.fromkeys(parts)
    for part in parts:
        if code := atlas().countries.get(fold(part), ("",))[0]:
            place = place_of(code)
            unread.pop(part, None)
    for level in LEVELS:
        # “Jilin” alone is province and city, in “Changchun, Jilin” only the province
        for part in [*reversed(unread), *(part for part in parts if part not in unread and level == "cities")]:
            word = _word(level, part)
            codes = _meanings(level, word, place)
            if len(codes) > 1 and atlas().usual.get(word) in codes:
                codes = [atlas().usual[word]]
            if len(codes) == 1:
                place = place_of(codes[0])
                unread.pop(part, None)
                break
    return place, ", ".join(part.strip() for part in unread)


def _from_the_front(text: str) -> tuple[Place, str]:
    """The places a Chinese text begins with, the largest first, and what follows them as it was written."""
    rest = text.translate(simplified()).lstrip(_SEPARATORS)
    code, rest = _first_name(rest, atlas().countries)
    place = place_of(code) if code else Place()
    for level in LEVELS:
        code, after = _first_place(level, rest, place)
        if level == "provinces" and len(_first_place("cities", rest, place)[1]) < len(after):
            continue  # 吉林市 is the city, not 吉林 and then 市
        if code:
            place, rest = place_of(code), after.removeprefix("市辖区")
    return place, text[len(text) - len(rest) :]


def _with_district(place: Place, rest: str) -> tuple[Place, str]:
    """The same with the rest read as a district without its ending, 重庆江北; 区 in 上海市区 says nothing."""
    codes = _meanings("districts", fold(rest), place) if place.city and not place.district else []
    if len(codes) == 1:
        return place_of(codes[0]), ""
    return place, "" if rest in ("区", "市区") else rest


def _first_place(level: Level, text: str, within: Place) -> tuple[str, str]:
    """The division of one level that a text begins with, and what follows; districts count only by their full names."""
    longest = min(len(text), _LONGEST_NAME)
    words = (text[:length] for length in range(longest, 1, -1))
    if level == "districts":
        words = (word for word in words if word.endswith(_FULL_ENDING) and (len(word) > 2 or within.city))
    known = {word: tuple(_meanings(level, word, within)) for word in words if not word.isascii()}
    return _first_name(text, known)


def _first_name(text: str, index: Index) -> tuple[str, str]:
    """The code of the longest Chinese name with one meaning that a text begins with, and what follows it."""
    for length in range(min(len(text), _LONGEST_NAME), 1, -1):
        word = text[:length]
        codes = () if word.isascii() else index.get(word, ())
        is_whole = word.endswith(_FULL_ENDING) or not _NO_PLACE_BEFORE.match(text, length)
        if len(codes) == 1 and is_whole:
            return codes[0], text[length:].lstrip(_SEPARATORS)
    return "", text
