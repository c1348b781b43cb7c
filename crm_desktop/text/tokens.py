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
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise, product
from math import prod

from crm_desktop.text.folding import fold, is_ideographic, plain, runs, words
from crm_desktop.text.pinyin import readings

LONGEST = 16
"""How many letters of a long word a token keeps."""
MOST_SPELLINGS = 8
"""How many ways of reading one name are all combined."""
SHORT = 3
"""From how many letters or digits on a query is looked for inside words and numbers, too."""

# Beginnings of words of one and two letters have tokens of their own, or "li" would fetch every name with "li" inside.
# Folding never leaves this letter in a text, while FTS5 takes it for one.
_HEAD = "ª"
_LONGEST_NUMBER = 40
_LINKED_DIGITS = re.compile(r"\d(?:[^\w]*\d)+")
_NUMBER_ONLY = re.compile(r"[\W_]*\d[\d\W_]*")


def name_tokens(text: str, surname: bool) -> list[str]:  # noqa: FBT001 - one yes or no, named by its parameter
    """The tokens of a name: hanzi, every inner part of Latin words, pinyin and initials from each syllable."""
    folded = fold(text)
    found = _ideograph_pairs(folded)
    for run in runs(folded):
        if not is_ideographic(run):
            found += _inner(run)
    for spelling in _spellings(text, surname):
        for beginning in spelling:
            found.append(_head(beginning))
            if len(beginning) >= SHORT:
                found.append(beginning[:LONGEST])
    return list(dict.fromkeys(found))


def text_tokens(text: str) -> list[str]:
    """The tokens of a note, title or address: hanzi, and words and numbers from their beginning."""
    found = _ideograph_pairs(fold(text))
    for word in _text_words(text):
        found.append(_head(word))
        if len(word) >= SHORT:
            found.append(word[:LONGEST])
    return list(dict.fromkeys(found))


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


def matches(
    query: str, texts: Iterable[str], names: Iterable[str], digits: Iterable[str], companies: Iterable[str] = ()
) -> bool:
    """Whether every word of a query is found; `names` are persons and mails, `companies` begin with no surname."""
    asked = _query_words(query)
    rules: Sequence[Callable[[str], bool]] = [
        *(_text_rule(text) for text in texts),
        *(_name_rule(name, surname=True) for name in names),
        *(_name_rule(name, surname=False) for name in companies),
        *(_digits_rule(number) for number in digits),
    ]
    return bool(asked) and all(any(rule(word) for rule in rules) for word in asked)


def _text_rule(text: str) -> Callable[[str], bool]:
    folded, beginnings = fold(text), _text_words(text)

    def rule(word: str) -> bool:
        return word in folded if is_ideographic(word) else any(each.startswith(word) for each in beginnings)

    return rule


def _name_rule(name: str, *, surname: bool) -> Callable[[str], bool]:
    folded = fold(name)

    def rule(word: str) -> bool:
        if (is_ideographic(word) or len(word) >= SHORT) and word in folded:
            return True
        if is_ideographic(word):
            return False
        return any(each.startswith(word) for spelling in _spellings(name, surname) for each in spelling)

    return rule


def _digits_rule(number: str) -> Callable[[str], bool]:
    only = _only_digits(number)

    def rule(word: str) -> bool:
        return len(word) >= SHORT and word in only

    return rule


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
    return "".join(each for each in plain(text) if each.isdecimal())


def _text_words(text: str) -> list[str]:
    """The words of a note that are not hanzi, and numbers written in groups once more in one piece."""
    found = [word for word in words(text) if not is_ideographic(word)]
    for linked in _LINKED_DIGITS.finditer(plain(text)):
        groups = re.findall(r"\d+", linked[0])
        number = "".join(groups)
        starts = accumulate(map(len, groups[:-1]), initial=0)
        found += [number[at : at + _LONGEST_NUMBER] for at in starts]
    return found


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


@lru_cache(maxsize=1024)
def _spellings(name: str, surname: bool) -> tuple[tuple[str, ...], ...]:  # noqa: FBT001 - cached by position
    """For each way of reading a name, its pinyin and its initials, both from every syllable on."""
    latin = words(name)
    if name.isascii():
        return _endings(latin), _endings([word[0] for word in latin])
    choices = readings(name, surname)
    usual = [choice[0] for choice in choices]
    if prod(map(len, choices)) <= MOST_SPELLINGS:
        read = [list(way) for way in product(*choices)]
    else:
        swaps = [(at, other) for at, choice in enumerate(choices) for other in choice[1:]]
        read = [usual, *([*usual[:at], other, *usual[at + 1 :]] for at, other in swaps)]
    spelt = [_endings(way) for way in read] + [_endings([unit[0] for unit in way]) for way in read]
    # TCL科技 is typed tclkj as well as tkj.
    spelt.append(_endings([unit if unit in latin else unit[0] for unit in usual]))
    return tuple(dict.fromkeys(spelt))


def _endings(units: Sequence[str]) -> tuple[str, ...]:
    return tuple("".join(units[at:]) for at in range(len(units)))
