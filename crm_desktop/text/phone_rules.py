"""What the tables of phonenumbers say of a number that is written in full, without the library's slow parsing.

Only what is surely right is answered here. Whatever takes more than a look at the tables, such as trunk prefixes,
Italian zeros and service numbers, is left to the library; the tests hold the two against each other.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneMetadata, PhoneNumberDesc

Match = Callable[[str], object]

SERVICES = (
    "premium_rate",
    "toll_free",
    "shared_cost",
    "voip",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
)
"""The kinds of number that the library asks for before landlines and mobiles (`number_type`)."""
NOBODYS = "001"
"""The region of calling codes that belong to no country, such as +800."""
LONGEST_CODE = 3


@dataclass(frozen=True, slots=True)
class _Region:
    """The patterns of one country."""

    name: str
    leading: Match | None
    """What its numbers begin with, where that alone tells it from the others that share its calling code."""
    general: Match
    service: Match
    landline: Match
    mobile: Match

    def kind(self, national: str) -> str:
        """`landline`, `mobile`, or `unknown` where a country does not tell them apart; nothing for other numbers."""
        if self.service(national) or not self.general(national):
            return ""
        if self.landline(national):
            return "unknown" if self.mobile(national) else "landline"
        return "mobile" if self.mobile(national) else ""


@dataclass(frozen=True, slots=True)
class _Code:
    """A calling code: what may stand before a national number and must be parted, and the countries that share it."""

    prefix: Match
    regions: tuple[_Region, ...]


def known(digits: str) -> tuple[str, str] | None:
    """Kind and country of a calling code with a national number, when both are surely right; None otherwise."""
    for length in range(1, LONGEST_CODE + 1):
        if code := _code(digits[:length]):
            national = digits[length:]
            return None if national.startswith("0") or code.prefix(national) else _among(code.regions, national)
    return None


def _among(regions: tuple[_Region, ...], national: str) -> tuple[str, str] | None:
    """The first country that claims a number, as the library looks for it (`region_code_for_number`)."""
    for region in regions:
        if region.leading and not region.leading(national):
            continue
        kind = region.kind(national)
        if kind or region.leading or region.service(national):
            return (kind, region.name) if kind else None
    return None


@cache
def _code(digits: str) -> _Code | None:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    names = COUNTRY_CODE_TO_REGION_CODE.get(int(digits), ()) if digits.isdecimal() and digits[0] != "0" else ()
    tables = [table for name in names if (table := PhoneMetadata.metadata_for_region(name, None))]
    if not tables or NOBODYS in names:
        return None
    prefix = tables[0].national_prefix_for_parsing
    regions = tuple(_region(table, shared=len(tables) > 1) for table in tables)
    return _Code(re.compile(prefix).match if prefix else _never, regions)


def _region(table: "PhoneMetadata", *, shared: bool) -> _Region:
    leading = table.leading_digits if shared else None
    services = [desc.national_number_pattern for name in SERVICES if (desc := getattr(table, name))]
    return _Region(
        table.id,
        re.compile(leading).match if leading else None,
        _whole(table.general_desc),
        re.compile("|".join(f"(?:{each})" for each in services if each)).fullmatch if any(services) else _never,
        _whole(table.fixed_line),
        _whole(table.mobile),
    )


def _whole(desc: "PhoneNumberDesc | None") -> Match:
    """Matches a number of one of the lengths and of the pattern that a table gives for a kind."""
    if desc is None or not desc.national_number_pattern:
        return _never
    lengths = "|".join(f"[0-9]{{{each}}}" for each in desc.possible_length)
    of_a_length = rf"(?=(?:{lengths})\Z)" if lengths else ""
    return re.compile(rf"{of_a_length}(?:{desc.national_number_pattern})").fullmatch


def _never(_national: str) -> None:
    return None
