"""Company sizes: the bands a number of employees falls into."""

import re
import unicodedata

from crm_desktop.i18n import _
from crm_desktop.text import money
from crm_desktop.text.findings import Reading, warn

LONGEST = 60
TOPS = (10, 50, 200, 500, 1000, 5000, 10000)
BANDS = ("1-10", "10-50", "50-200", "200-500", "500-1000", "1000-5000", "5000-10000", "10000+")

NUMBER = r"[0-9][0-9,.]*\s*[千万萬kw]?"
RANGE = re.compile(rf"(?P<low>{NUMBER})\s*(?:-|~|到|至|to)\s*(?P<high>{NUMBER})", re.IGNORECASE)
AT_LEAST = re.compile(
    rf"(?:(?:>=?|≥|more than|over|超过|超過|大于|不少于)\s*(?P<a>{NUMBER})|(?P<b>{NUMBER})\s*(?:\+|以上|or more))",
    re.IGNORECASE,
)
AT_MOST = re.compile(
    rf"(?:(?:<=?|≤|less than|under|up to|少于|小于|不足|不到)\s*(?P<a>{NUMBER})"
    rf"|(?P<b>{NUMBER})\s*(?:以下|以内|or less))",
    re.IGNORECASE,
)
ABOUT = re.compile(
    rf"(?:(?:约|約|大约|大約|about|approx\.?|ca\.?|~|≈)\s*(?P<a>{NUMBER})|(?P<b>{NUMBER})\s*(?:左右|上下))",
    re.IGNORECASE,
)
PEOPLE = re.compile(r"\s*(?:人|名|位|员工|員工|employees|people|persons|staff)\s*", re.IGNORECASE)


def band_of(employees: int) -> str:
    """The band of an exact number; one on a border belongs to the smaller band."""
    return next((band for band, top in zip(BANDS, TOPS, strict=False) if employees <= top), BANDS[-1])


def read_band(text: str | float) -> Reading[tuple[str, int | None]]:
    """The band that was meant, and the exact number where one is given."""
    plain = unicodedata.normalize("NFKC", str(text)).strip().translate(dict.fromkeys(map(ord, "–—－−～"), "-"))
    if not plain or len(plain) > LONGEST:
        return _unknown() if plain else Reading(None)
    plain = re.sub(r"\s{2,}", " ", PEOPLE.sub(" ", plain)).strip()
    if plain in BANDS:
        return Reading((plain, None))
    if match := RANGE.fullmatch(plain):
        return _between(_count(match["low"]), _count(match["high"]))
    if match := AT_LEAST.fullmatch(plain):
        return _band(_count(match["a"] or match["b"]), offset=1)
    if match := AT_MOST.fullmatch(plain) or ABOUT.fullmatch(plain):
        return _band(_count(match["a"] or match["b"]))
    exact = _count(plain)
    return Reading((band_of(exact), exact)) if exact is not None and exact > 0 else _unknown()


def _count(text: str) -> int | None:
    number = money.read_number(text).value
    return int(number) if number is not None and number == int(number) else None


def _band(count: int | None, offset: int = 0) -> Reading[tuple[str, int | None]]:
    return Reading((band_of(count + offset), None)) if count is not None and count >= 0 else _unknown()


def _between(low: int | None, high: int | None) -> Reading[tuple[str, int | None]]:
    """The band of a range as others cut it, such as 51-200; one that lies across a border is marked."""
    if low is None or high is None or low > high:
        return _unknown()
    band = band_of((low + high) // 2)
    if band in (band_of(low + 1), band_of(low)) and band == band_of(high):
        return Reading((band, None))
    return Reading(
        (band, None),
        (warn(_("“{low}-{high}” is not one of our sizes: {band} was taken.").format(low=low, high=high, band=band)),),
    )


def _unknown() -> Reading[tuple[str, int | None]]:
    return Reading(None, (warn(_("This is not a number of employees, such as 350 or 200-500.")),))
