"""Telephone numbers of which nobody says what they are: mobile, landline or fax."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from crm_desktop.text import phones
from crm_desktop.text.folding import fold

MOBILE_WORDS = re.compile(r"mobil|cell|handy|iphone|whatsapp|手机|移动|行动|携帯|携带|^m$|^mp$|^hp$")
FAX_WORDS = re.compile(r"fax|传真|^f$")
LABEL = re.compile(r"^\s*(?P<word>[^\d+()（）]{1,12}?)\s*[.:：]\s*(?=[\d+(（])")
MOBILE = "mobile"
KNOWN = 20_000


class Numbers(NamedTuple):
    """The numbers of a cell by what they are, each kind as one text."""

    phones: str = ""
    mobiles: str = ""
    faxes: str = ""


@lru_cache(maxsize=KNOWN)
def sorted_numbers(text: str, kind: str = "") -> Numbers:
    """The numbers in a cell; `kind` is what a column beside it says, such as Mobile, Work or Home Fax."""
    if not text.strip():
        return Numbers()
    if not kind and (sure := phones.at_once(text)):
        return Numbers(mobiles=text) if sure[1] == MOBILE else Numbers(phones=text)
    found: dict[str, list[str]] = {"phones": [], "mobiles": [], "faxes": []}
    for piece in phones.split_cell(text):
        found[_kind(piece, fold(kind))].append(piece.strip())
    return Numbers(*("\n".join(each for each in found[name] if each) for name in Numbers._fields))


def _kind(piece: str, word: str) -> str:
    label = LABEL.match(piece)
    for each in (fold(label["word"]) if label else "", word):
        if each and FAX_WORDS.search(each):
            return "faxes"
        if each and MOBILE_WORDS.search(each):
            return "mobiles"
    number = phones.read(piece).value
    return "mobiles" if number is not None and number.kind == MOBILE else "phones"
