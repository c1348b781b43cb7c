"""The pieces that search compares: folded words of texts and of what is typed, digits of numbers."""

import re
from functools import lru_cache
from itertools import accumulate

from crm_desktop.text.folding import is_ideographic, plain, words

SHORT = 3
"""From how many letters or digits on something is looked for inside words and numbers, too."""
_LONGEST_NUMBER = 40
_LINKED_DIGITS = re.compile(r"\d(?:[^\w]*\d)+")
_TWO_DIGITS = re.compile(r"\d\d")
_NUMBER_ONLY = re.compile(r"[\W_]*\d[\d\W_]*")


@lru_cache(maxsize=8192)
def parts(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(words(text))


def folded(text: str) -> str:
    """The folded words of a text in one piece."""
    return "".join(parts(text))


@lru_cache(maxsize=4096)
def text_words(text: str) -> tuple[str, ...]:
    """The words of a note that are not hanzi, and numbers written in groups once more in one piece."""
    found = [word for word in parts(text) if not is_ideographic(word)]
    for linked in _LINKED_DIGITS.findall(plain(text)) if found and _TWO_DIGITS.search(folded(text)) else ():
        groups = [linked] if linked.isdecimal() else re.findall(r"\d+", linked)
        number = "".join(groups)
        starts = accumulate(map(len, groups[:-1]), initial=0)
        found += [number[at : at + _LONGEST_NUMBER] for at in starts]
    return tuple(found)


@lru_cache(maxsize=256)
def query_words(text: str) -> tuple[str, ...]:
    """The words of a query; digits that only punctuation parts are one number, and so are "+86 138 0000 1234"."""
    asked: list[str] = []
    number = ""
    for chunk in [*plain(text).split(), ""]:
        if chunk and _NUMBER_ONLY.fullmatch(chunk):
            number = f"{number} {chunk}"
            continue
        asked += _numbers(number)
        number = ""
        asked += words(_LINKED_DIGITS.sub(_joined, chunk))
    return tuple(dict.fromkeys(asked))


def _numbers(text: str) -> list[str]:
    """Groups of digits: each on its own when all are long enough to search for, else taken together as one number."""
    groups = [only_digits(group) for group in text.split()]
    return groups if all(len(group) >= SHORT for group in groups) else ["".join(groups)]


def _joined(linked: re.Match[str]) -> str:
    return only_digits(linked[0])


def only_digits(text: str) -> str:
    """The digits of a text, without all the rest."""
    if text.isascii() and text.isdecimal():
        return text
    return "".join(each for each in plain(text) if each.isdecimal())
