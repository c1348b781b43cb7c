"""What kind a field of people's own should have, judged by the values of a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from crm_desktop.model.kinds import YesNo
from crm_desktop.text import dates, handles, mails, money, phones
from crm_desktop.text.folding import clean

LONG = 80
"""Characters from which on a value wants more than one line."""


def likely_kind(samples: Iterable[str]) -> str:
    """The kind that all of some values fit, `text` when they have nothing in common."""
    values = [text for each in samples if (text := clean(each))]
    if not values:
        return "text"
    for kind, fits in FITS.items():
        if all(fits(each) for each in values):
            return kind
    return "long_text" if any(len(each) > LONG or "\n" in each for each in values) else "text"


def _is_plain_number(text: str) -> bool:
    return money.read_number(text).value is not None and not (text.startswith("0") and text.isdigit() and text != "0")


def _is_phone(text: str) -> bool:
    found = phones.read(text).value
    return found is not None and found.valid


FITS: dict[str, Callable[[str], bool]] = {
    "yes_no": lambda text: text.lower() in YesNo.WORDS and not text.isdigit(),
    "mail": lambda text: "@" in text and mails.read(text).value is not None,
    "url": lambda text: text.lower().startswith(("http://", "https://", "www.")) and bool(handles.read_url(text).value),
    "phone": _is_phone,
    "number": _is_plain_number,
    "date": lambda text: dates.read(text).value is not None,
}
"""Kinds, the strictest first, and what fits them."""
