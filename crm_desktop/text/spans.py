"""Where in a text stands what a search asked for, and in what way: as written, as spelt, or by initials.

A search says that a record holds the words of a query; this says where, so that people see why. It may look more
generously than the index does, because it is asked only of records that were found.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from crm_desktop.text.folding import fold, is_ideographic
from crm_desktop.text.pieces import SHORT, query_words
from crm_desktop.text.spelling import Units, ways

WRITTEN, SPELT, INITIALS = "written", "spelt", "initials"
Span = tuple[int, int]
"""Where a piece of a text begins, and where it ends."""


class Found(NamedTuple):
    """How a word stands in a text, and which parts of the text it is."""

    how: str
    spans: tuple[Span, ...]


def written(word: str, text: str, *, inside: bool = True) -> Found | None:
    """Where a folded word stands in a text; Latin letters and digits at the start of a word only, unless `inside`."""
    folded, origins = _mapped(text)
    at = folded.find(word)
    while at >= 0 and not (inside or is_ideographic(word) or _begins(folded, origins, at)):
        at = folded.find(word, at + 1)
    return None if at < 0 else Found(WRITTEN, (_span(origins, at, at + len(word)),))


def spelt(word: str, name: str, *, surname: bool, initials: bool = True) -> Found | None:
    """Which characters of a name a folded word spells, by pinyin or by initials; one letter is an initial."""
    if not word.isascii():
        return None
    by_pinyin, by_initials = ways(name, surname)
    found = ((SPELT, by_pinyin), (INITIALS, by_initials))
    for how, units in found[len(word) == 1 :] if initials else found[:1]:
        for start in range(len(units)):
            taken = _taken(word, units, start)
            if taken is not None:
                return Found(how, _marked(name, by_pinyin, start, taken))
    return None


def snippet(text: str, spans: Sequence[Span], room: int) -> tuple[str, tuple[Span, ...]]:
    """At most `room` characters of a text on one line, the first of `spans` among them, and where those are then."""
    first = spans[0][0] if spans else 0
    start = max(0, min(first - room // 3, len(text) - room))
    start = word_start(text, start, spans[0][0] if spans else start)
    end = min(len(text), start + room)
    before = "…" if start else ""
    shown = f"{before}{text[start:end]}{'…' if end < len(text) else ''}"
    moved = [(left - start + len(before), right - start + len(before)) for left, right in spans if right <= end]
    # Each blank, tab or line end becomes one blank, so that every place stays where it was.
    return "".join(" " if each.isspace() else each for each in shown), tuple(moved)


def word_start(text: str, at: int, last: int) -> int:
    """Where a word begins, at a place of a text or soon behind it, but not behind `last`."""
    if at == 0 or not text[at - 1 : at + 1].isascii():
        return at
    blank = text.find(" ", at - 1, last)
    return at if blank < 0 else blank + 1


@lru_cache(maxsize=512)
def _mapped(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text, and for each of its characters the place in the text that it comes from."""
    pieces = [fold(each) for each in text]
    return "".join(pieces), tuple([place for place, piece in enumerate(pieces) for _ in piece])


def _begins(folded: str, origins: Sequence[int], at: int) -> bool:
    """Whether a word begins at this place of a folded text."""
    if at == 0 or origins[at] - origins[at - 1] > 1:
        return True
    return is_ideographic(folded[at]) != is_ideographic(folded[at - 1])


def _span(origins: Sequence[int], start: int, end: int) -> Span:
    return origins[start], origins[end - 1] + 1


def _taken(word: str, units: Units, at: int) -> list[int] | None:
    """How many letters of the word each unit from `at` on takes; None when they spell something else."""
    if at == len(units):
        return None
    for choice in units[at]:
        if choice.startswith(word):
            return [len(word)]
        if word.startswith(choice) and (rest := _taken(word[len(choice) :], units, at + 1)) is not None:
            return [len(choice), *rest]
    return None


def _marked(name: str, units: Units, start: int, taken: Sequence[int]) -> tuple[Span, ...]:
    """What was taken of each unit as parts of the name: a hanzi as a whole, of another word those letters."""
    folded, origins = _mapped(name)
    spans: list[Span] = []
    at = 0
    for place, choices in enumerate(units[: start + len(taken)]):
        is_hanzi = is_ideographic(folded[at])
        if place >= start:
            spans.append(_span(origins, at, at + (1 if is_hanzi else taken[place - start])))
        at += 1 if is_hanzi else len(choices[0])
    return _joined(spans)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans that touch as one."""
    found: list[Span] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def fits(query: str, names: Sequence[str]) -> tuple[Span, ...] | None:
    """Whether every word of a query stands in one of some names, as written, by pinyin or by initials.

    Gives the parts of the first name that were asked for, and None when a word is in none.
    """
    spans: set[Span] = set()
    for word in query_words(query):
        places = [written(word, each, inside=len(word) >= SHORT) or spelt(word, each, surname=False) for each in names]
        if not any(places):
            return None
        if places[0]:
            spans.update(places[0].spans)
    return tuple(sorted(spans))
