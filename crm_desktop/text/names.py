"""Names of persons: parting them, putting them together, titles of address, and the letters on an avatar."""

import re
from dataclasses import dataclass
from typing import Literal

from crm_desktop.text.folding import IDEOGRAPHS, clean, fold, is_plain_hanzi, plain, simplified
from crm_desktop.text.surnames import COMMON, COMPOUND, JAPANESE, KOREAN, READINGS

Order = Literal["family_first", "given_first"]

_DOT = "·"
_DOTS = re.compile(r"\s*[·•・‧・∙⋅]\s*")
_IDEOGRAPH = rf"[{IDEOGRAPHS}]"
_ONLY_IDEOGRAPHS = re.compile(rf"{_IDEOGRAPH}+")
_IDEOGRAPH_FIRST = re.compile(_IDEOGRAPH)
_IDEOGRAPH_LAST = re.compile(rf"{_IDEOGRAPH}$")
_HANZI = re.compile(r"[々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BRACKETS = re.compile(r"\s*[(（\[【][^)）\]】]*[)）\]】]\s*")
_COMMA = re.compile(r"\s*[,，]\s*")


def _set(entries: str) -> frozenset[str]:
    return frozenset(entries.split())


_PARTICLES = _set(
    "van von vom zu zur zum de del della dello der den di du da do dos das la le ten ter bin ibn al el af av"
)
_CAPITAL_PARTICLES = _set("van von de del della di du da dos")
_SUFFIXES = _set("jr sr ii iii iv phd md mba esq cpa")

_HONORIFIC_AFTER = re.compile(r"^(.*?)\s*[(（]?\s*(先生|女士|小姐|太太|夫人)\s*[)）]?$", re.DOTALL)
_HONORIFIC_BEFORE = re.compile(
    r"^(mr|mrs|ms|miss|mister|herr|frau|sir|madam|mme|先生|女士|小姐)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE
)
_GENDERS = {
    "male": _set("先生 mr mister herr sir"),
    "female": _set("女士 小姐 太太 夫人 mrs ms miss frau madam mme"),
}
_GENDER_OF = {word: code for code, spellings in _GENDERS.items() for word in spellings}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in two parts, and which of them its bearer puts first."""

    family: str
    given: str
    order: Order


def split(full_name: str) -> PersonName:
    """The family and the given name in a full name; a single word that is no surname is a given name."""
    if is_plain_hanzi(full_name):
        family = _surname_length(full_name, full_name)
        return PersonName(full_name[:family], full_name[family:], "family_first")
    text = " ".join(clean(full_name).split())
    comma = _COMMA.split(text, maxsplit=1) if "," in text or "，" in text else [text]
    if len(comma) == 2 and all(comma) and _key(comma[1]) not in _SUFFIXES:
        order: Order = "family_first" if _ONLY_IDEOGRAPHS.fullmatch(comma[0]) else "given_first"
        return PersonName(comma[0], comma[1], order)
    if _IDEOGRAPH_FIRST.match(text):
        return _split_ideographs(text)
    return _split_latin(text)


def display(name: PersonName, override: str = "auto") -> str:
    """The name as it is shown: hanzi without a blank, Latin words with one; `override` may turn the order round."""
    order = name.order if override == "auto" else override
    family_first = order == "family_first"
    first, second = (name.family, name.given) if family_first else (name.given, name.family)
    if not (first and second):
        return first or second
    if _IDEOGRAPH_LAST.search(first) and _IDEOGRAPH_FIRST.match(second):
        return f"{first}{second}" if family_first else f"{first}{_DOT}{second}"
    return f"{first} {second}"


def strip_honorific(text: str) -> tuple[str, str]:
    """The name without 先生, 女士, Mr. and the like, and the gender these tell; titles of office stay (张总)."""
    whole = clean(text)
    before = _HONORIFIC_BEFORE.match(whole)
    if before:
        return whole[before.end() :], _GENDER_OF[before[1].lower()]
    after = _HONORIFIC_AFTER.match(whole)
    if after and after[1]:
        return after[1], _GENDER_OF[after[2]]
    return whole, ""


def _split_ideographs(text: str) -> PersonName:
    dotted = _DOTS.split(text)
    if len(dotted) > 1 and all(dotted):
        return PersonName(dotted[-1], _DOT.join(dotted[:-1]), "given_first")
    first, _, rest = text.partition(" ")
    run = _ONLY_IDEOGRAPHS.match(text)
    if rest and run and run[0] == first and _ONLY_IDEOGRAPHS.match(rest):
        # 山田 太郎 and 张 三 have the family name in front, 阿里木江 买买提 is two given names.
        if len(first) <= 3 or _simple(first) in JAPANESE:
            return PersonName(first, rest, "family_first")
        return PersonName(rest, first, "given_first")
    name = run[0] if run else text
    family = _surname_length(name, _simple(name))
    return PersonName(text[:family], text[family:].strip(), "family_first")


def _surname_length(name: str, simple: str) -> int:
    """How many characters of an undivided name, as it was written and in simplified hanzi, are its family name."""
    if len(name) == 1:
        return 1
    if simple[:2] in COMPOUND or (len(name) > 2 and name[:2] in KOREAN):
        return 2
    known = simple[0] in COMMON or simple[0] in READINGS
    # 高桥明 is a Chinese 高, 高桥明子 a Japanese 高桥.
    japanese = [size for size in (3, 2) if simple[:size] in JAPANESE]
    if japanese and (len(name) > 3 or not known):
        return japanese[0]
    if len(name) == 4 and simple[0] in COMMON and simple[1] in COMMON:
        return 2
    return 1


def _split_latin(text: str) -> PersonName:
    parts = text.split(" ")
    if len(parts) == 1:
        return PersonName("", text, "given_first")
    capitals = [part for part in parts if len(part) > 1 and part.isupper() and _key(part) not in _SUFFIXES]
    if capitals and len(capitals) < len(parts) and len(capitals[0].rstrip(".")) > 2:
        return _split_by_capitals(parts)
    last = len(parts) - 1
    while last > 1 and _key(parts[last]) in _SUFFIXES:
        last -= 1
    start = last
    for place, part in enumerate(parts[:last]):
        if part in _PARTICLES or (place and _key(part) in _CAPITAL_PARTICLES):
            start = place
            break
    return PersonName(" ".join(parts[start:]), " ".join(parts[:start]).rstrip(","), "given_first")


def _split_by_capitals(parts: list[str]) -> PersonName:
    """SCHNEIDER Anna and Anna SCHNEIDER: who writes one part in capitals marks the family name."""
    marked = [len(part) > 1 and part.isupper() for part in parts]
    family = " ".join(part for part, is_family in zip(parts, marked, strict=True) if is_family)
    given = " ".join(part for part, is_family in zip(parts, marked, strict=True) if not is_family)
    return PersonName(family, given, "family_first" if marked[0] else "given_first")


def _simple(name: str) -> str:
    return name.translate(simplified())


def _key(word: str) -> str:
    return fold(word) if word.isascii() else "".join(each for each in plain(word) if each.isalnum())
