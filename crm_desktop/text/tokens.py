"""Search tokens for an FTS5 table (`unicode61`, detail=none, prefix='1 2 3'), and the exact rule that they serve.

A document holds tokens, a query asks for tokens, and whatever `matches` accepts has all the tokens of the query. The
reverse does not hold, so fetched rows are checked with `matches`.

False hits: tokens have no place, so 张三丰 also fetches a row with 张三 here and 三丰 there; what is longer than
`LONGEST` is compared by its beginning only; a document's tokens do not tell which field they came from.

Missed by rule, in `matches` as in the tokens: one or two letters or digits inside a word or number; inner parts of the
words of a note (their beginnings are found); pinyin of notes; pinyin that starts within a syllable; the vowel signs of
Thai and Indic scripts, which folding drops. When a name can be read in more than `MOST_SPELLINGS` ways, further
readings are tried for one character at a time.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise, product
from math import prod

from crm_desktop.text.folding import is_ideographic, plain, runs, words
from crm_desktop.text.pinyin import readings

LONGEST = 16
"""How many letters of a long word a token keeps."""
MOST_SPELLINGS = 8
"""How many ways of reading one name are all combined."""
PAIR = 2
"""How many hanzi a token holds."""
SHORT = 3
"""From how many letters or digits on a query is looked for inside words and numbers, too."""

# Beginnings of words of one and two letters have tokens of their own, or "li" would fetch every name with "li" inside.
# Folding never leaves this letter in a text, while FTS5 takes it for one.
_HEAD = "ª"
_LONGEST_NUMBER = 40
_LINKED_DIGITS = re.compile(r"\d(?:[^\w]*\d)+")
_TWO_DIGITS = re.compile(r"\d\d")
_NUMBER_ONLY = re.compile(r"[\W_]*\d[\d\W_]*")


def name_tokens(text: str, surname: bool) -> list[str]:  # noqa: FBT001 - one yes or no, named by its parameter
    """The tokens of a name: hanzi, every inner part of Latin words, pinyin and initials from each syllable."""
    folded = _folded(text)
    found = _ideograph_pairs(folded)
    for run in runs(folded):
        if not is_ideographic(run):
            found += _inner(run)
    spelt_from = {each[:LONGEST] for spelling in _spellings(text, surname) for each in spelling}
    found += [_HEAD + each[: SHORT - 1] for each in spelt_from]
    found += [each for each in spelt_from if len(each) >= SHORT]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def text_tokens(text: str) -> tuple[str, ...]:
    """The tokens of a note, title or address: hanzi, and words and numbers from their beginning."""
    found = _ideograph_pairs(_folded(text))
    for word in _text_words(text):
        found.append(_head(word))
        if len(word) >= SHORT:
            found.append(word[:LONGEST])
    return tuple(dict.fromkeys(found))


def phone_tokens(digits: str) -> list[str]:
    """The tokens of a phone number: every tail of three or more digits, so that a prefix finds any inner run."""
    return list(dict.fromkeys(_inner(_only_digits(digits))))


def mail_tokens(mail: str) -> list[str]:
    """The tokens of a mail address; `matches` takes mail addresses among the names."""
    return name_tokens(mail, surname=True)


def query_tokens(text: str) -> list[str]:
    """The tokens that every matching document holds; one that ends with * stands for all tokens it begins."""
    found: list[str] = []
    for word in _query_words(text):
        if is_ideographic(word):
            found += [f"{word}*"] if len(word) == 1 else map("".join, pairwise(word))
        else:
            found.append(f"{_head(word) if len(word) < SHORT else word[:LONGEST]}*")
    return list(dict.fromkeys(found))


def are_enough(query: str) -> bool:
    """Whether all the tokens of a query say as much as the query, so that what they fetch needs no `matches`."""
    return all(len(word) <= (PAIR if is_ideographic(word) else LONGEST) for word in _query_words(query))


def matches(
    query: str, texts: Iterable[str], names: Iterable[str], digits: Iterable[str], companies: Iterable[str] = ()
) -> bool:
    """Whether every word of a query is found; `names` are persons and mails, `companies` begin with no surname."""
    asked = _query_words(query)
    named = [*((name, True) for name in names), *((name, False) for name in companies)]
    texts, digits = list(texts), list(digits)
    return bool(asked) and all(
        any(_is_in_name(word, *each) for each in named)
        or any(_is_in_number(word, each) for each in digits)
        or any(_is_in_text(word, each) for each in texts)
        for word in asked
    )


def words_inside(query: str) -> list[str]:
    """The words of a query if each of them matches wherever it stands in a folded name, else nothing."""
    asked = _query_words(query)
    return list(asked) if all(_is_found_inside(word) for word in asked) else []


def _is_found_inside(word: str) -> bool:
    return len(word) >= SHORT or is_ideographic(word)


def _is_in_text(word: str, text: str) -> bool:
    if is_ideographic(word):
        return word in _folded(text)
    return any(each.startswith(word) for each in _text_words(text))


def _is_in_name(word: str, name: str, surname: bool) -> bool:  # noqa: FBT001 - given in pairs
    if _is_found_inside(word) and word in _folded(name):
        return True
    if is_ideographic(word):
        return False
    return any(each.startswith(word) for spelling in _spellings(name, surname) for each in spelling)


def _is_in_number(word: str, number: str) -> bool:
    return len(word) >= SHORT and word in _only_digits(number)


@lru_cache(maxsize=256)
def _query_words(text: str) -> tuple[str, ...]:
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
    groups = [_only_digits(group) for group in text.split()]
    return groups if all(len(group) >= SHORT for group in groups) else ["".join(groups)]


def _joined(linked: re.Match[str]) -> str:
    return _only_digits(linked[0])


def _only_digits(text: str) -> str:
    if text.isascii() and text.isdecimal():
        return text
    return "".join(each for each in plain(text) if each.isdecimal())


@lru_cache(maxsize=8192)
def _parts(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _folded(text: str) -> str:
    return "".join(_parts(text))


@lru_cache(maxsize=4096)
def _text_words(text: str) -> tuple[str, ...]:
    """The words of a note that are not hanzi, and numbers written in groups once more in one piece."""
    found = [word for word in _parts(text) if not is_ideographic(word)]
    for linked in _LINKED_DIGITS.finditer(plain(text)) if _TWO_DIGITS.search(_folded(text)) else ():
        groups = re.findall(r"\d+", linked[0])
        number = "".join(groups)
        starts = accumulate(map(len, groups[:-1]), initial=0)
        found += [number[at : at + _LONGEST_NUMBER] for at in starts]
    return tuple(found)


def _head(word: str) -> str:
    return _HEAD + word[: SHORT - 1]


def _inner(word: str) -> list[str]:
    return [word[at : at + LONGEST] for at in range(len(word) - SHORT + 1)]


def _ideograph_pairs(folded: str) -> list[str]:
    """Every pair of hanzi and the last one alone: as prefixes they find every single one, too."""
    found: list[str] = []
    for run in filter(is_ideographic, runs(folded)):
        found += map("".join, pairwise(run))
        found.append(run[-1])
    return found


def spelt(name: str, surname: bool) -> tuple[str, str]:  # noqa: FBT001 - one yes or no, named by its parameter
    """The usual pinyin of a whole name, and its initials."""
    usual = [choices[0] for choices in _readings(name, surname)]
    return "".join(usual), "".join([unit[0] for unit in usual])


@lru_cache(maxsize=4096)
def _readings(name: str, surname: bool) -> tuple[list[str], ...]:  # noqa: FBT001 - cached by position
    return tuple(readings(name, surname))


@lru_cache(maxsize=4096)
def _spellings(name: str, surname: bool) -> tuple[tuple[str, ...], ...]:  # noqa: FBT001 - cached by position
    """For each way of reading a name, its pinyin and its initials, both from every syllable on."""
    latin = _parts(name)
    if name.isascii():
        return _endings(latin), _endings([word[0] for word in latin])
    choices = _readings(name, surname)
    usual = [choice[0] for choice in choices]
    if prod(map(len, choices)) <= MOST_SPELLINGS:
        read = [list(way) for way in product(*choices)]
    else:
        swaps = [(at, other) for at, choice in enumerate(choices) for other in choice[1:]]
        read = [usual, *([*usual[:at], other, *usual[at + 1 :]] for at, other in swaps)]
    ways = [_endings(way) for way in read] + [_endings([unit[0] for unit in way]) for way in read]
    # TCL科技 is typed tclkj as well as tkj.
    ways.append(_endings([unit if unit in latin else unit[0] for unit in usual]))
    return tuple(dict.fromkeys(ways))


def _endings(units: Sequence[str]) -> tuple[str, ...]:
    whole = "".join(units)
    return tuple([whole[at:] for at in accumulate(map(len, units[:-1]), initial=0)]) if units else ()
