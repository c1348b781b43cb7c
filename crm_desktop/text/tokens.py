"""Search tokens for an FTS5 table (`ascii`, detail=none), and the exact rule that they serve.

All tokens are short, so that there are few different ones, each with a list of records that is quick to add to and to
run along: single hanzi and pairs; every three and every four letters or digits in a row ("grams") of what is searched
inside, too; the first one, two and three letters of what is found from its beginning; every four letters of that; and
the last three and four digits of a number.
Nothing is looked up by the beginning of a token, so that the index needs none of FTS5's prefix tables.

Whatever `matches` accepts has all the tokens of the query. The reverse does not hold, because tokens have no place:
what is longer than a token is a candidate, to be checked with `matches`.

Missed by rule, in `matches` as in the tokens: one or two letters or digits inside a word or number; inner parts of the
words of a note (their beginnings are found); pinyin of notes; initials of mail addresses and handles; pinyin that
starts within a syllable; the vowel signs of Thai and Indic scripts, which folding drops.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from crm_desktop.text.folding import is_ideographic, is_plain_hanzi, runs, runs_of_hanzi
from crm_desktop.text.pieces import SHORT, folded, only_digits, parts, query_words, text_words
from crm_desktop.text.spelling import Units, begins_somewhere, ways

PAIR = 2
"""How many hanzi a token holds."""

# Letters that folding never leaves in a text; FTS5's `ascii` takes every one beyond ASCII for a part of a token.
_HEAD = "ª"
"""Marks the first letters of what is found from its beginning."""
_RUN = "º"
"""Marks every four letters in a row of what is found from its beginning."""
_END = "ᵉ"
"""Marks the last digits of a number."""
_LONG = 4
_NOTHING = frozenset({""})

Alternatives = tuple[tuple[str, ...], ...]
"""What a word of a query asks for: all the tokens of one of these."""


def name_tokens(text: str, surname: bool) -> list[str]:  # noqa: FBT001 - one yes or no, named by its parameter
    """The tokens of a name: hanzi, every inner part of Latin words, pinyin and initials from each syllable.

    Here and below, a token may come several times.
    """
    if text.isascii():
        words = parts(text)
        return [*_latin_tokens(words), *_initials_tokens(words)]
    spelt, initials = ways(text, surname)
    return [*_inner_tokens(text), *_spelling_tokens(spelt), *_spelling_tokens(initials)]


def mail_tokens(mail: str) -> list[str]:
    """The tokens of a mail address or handle: those of a name, but for the initials."""
    if mail.isascii():
        return _latin_tokens(parts(mail))
    return [*_inner_tokens(mail), *_spelling_tokens(_spelt_out(mail))]


def _spelt_out(mail: str) -> Units:
    return ways(mail, True)[0]  # noqa: FBT003 - cached by position


def _spelling_tokens(units: Units) -> list[str]:
    if max(map(len, units), default=1) == 1:
        return _only_spelling_tokens([choice for (choice,) in units])
    found: list[str] = []
    after = _NOTHING
    for choices in reversed(units):
        tokens, after = _opening(choices, after)
        found += tokens
    return found


def _only_spelling_tokens(units: Sequence[str]) -> list[str]:
    """The tokens of a name that is spelt in one way only, as most are: nothing has to be put together for it."""
    whole = "".join(units)
    found = run_tokens(whole)
    at = 0
    for unit in units:
        found += _heads(whole[at : at + SHORT])
        at += len(unit)
    return found


def _inner_tokens(name: str) -> list[str]:
    if is_plain_hanzi(name):
        return _hanzi(name)
    found: list[str] = []
    for run in runs(folded(name)):
        found += _hanzi(run) if is_ideographic(run) else _grams(run)
    return found


def _latin_tokens(words: Sequence[str]) -> list[str]:
    """Every inner part of the words in a row, and their first letters."""
    whole = "".join(words)
    found = [*_grams(whole)]
    at = 0
    for word in words:
        head = _HEAD + whole[at : at + 2]
        found += (head[:2], head)
        at += len(word)
    return found


def _initials_tokens(words: Sequence[str]) -> list[str]:
    """Some initials in a row."""
    initials = "".join([word[0] for word in words])
    found = run_tokens(initials)
    for place in range(len(initials)):
        head = _HEAD + initials[place : place + SHORT]
        found += (head[:3], head)
    return found


@lru_cache(maxsize=1 << 15)
def _opening(choices: tuple[str, ...], after: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The tokens that begin in a unit with what may follow it, and what a unit before it may go on with."""
    wholes = [(choice + rest, len(choice)) for choice in choices for rest in after]
    found: list[str] = []
    for whole, length in wholes:
        found += _heads(whole)
        found += run_tokens(whole)[:length]
    return tuple(set(found)), frozenset([whole[: _LONG - 1] for whole, _length in wholes])


@lru_cache(maxsize=4096)
def text_tokens(text: str) -> frozenset[str]:
    """The tokens of a note, title or address: hanzi, and words and numbers from their beginning."""
    found: list[str] = []
    for run in runs_of_hanzi(folded(text)):
        found += _hanzi(run)
    for word in text_words(text):
        found += _word_tokens(word)
    return frozenset(found)


@lru_cache(maxsize=8192)
def _word_tokens(word: str) -> tuple[str, ...]:
    """The tokens of a word that is found from its beginning."""
    return (*_heads(word), *run_tokens(word))


def phone_tokens(digits: str) -> list[str]:
    """The tokens of a phone number: every three and every four digits in a row, and which are the last ones."""
    number = only_digits(digits)
    if len(number) < SHORT:
        return []
    return [*_grams(number), end_token(number[-SHORT:]), end_token(number)]


def end_token(digits: str) -> str:
    """What every number holds that ends with these three digits or more."""
    return _END + digits[-_LONG:]


def query_tokens(text: str) -> list[Alternatives]:
    """What every matching document holds, for each word of a query."""
    return [_alternatives(word) for word in query_words(text)]


def _alternatives(word: str) -> Alternatives:
    if is_ideographic(word):
        return (hanzi_tokens(word),)
    if len(word) < SHORT:
        return ((_HEAD + word,),)
    return inner_tokens(word), (_HEAD + word[:SHORT], *run_tokens(word))


def are_enough(query: str) -> bool:
    """Whether all the tokens of a query say as much as the query, so that what they fetch needs no `matches`."""
    return all(len(word) <= (PAIR if is_ideographic(word) else SHORT) for word in query_words(query))


def matches(
    query: str,
    texts: Iterable[str],
    names: Iterable[str],
    digits: Iterable[str],
    companies: Iterable[str] = (),
    mails: Iterable[str] = (),
) -> bool:
    """Whether every word of a query is found; `names` are persons, `companies` begin with no surname."""
    asked = query_words(query)
    named = [*((name, True) for name in names), *((name, False) for name in companies)]
    texts, digits, mails = list(texts), list(digits), list(mails)
    return bool(asked) and all(
        any(_is_in_name(word, *each) for each in named)
        or any(_is_in_number(word, each) for each in digits)
        or any(_is_in_mail(word, each) for each in mails)
        or any(_is_in_text(word, each) for each in texts)
        for word in asked
    )


def words_inside(query: str) -> list[str]:
    """The words of a query if each of them matches wherever it stands in a folded name, else nothing."""
    asked = query_words(query)
    return list(asked) if all(_is_found_inside(word) for word in asked) else []


def _is_found_inside(word: str) -> bool:
    return len(word) >= SHORT or is_ideographic(word)


def _is_in_text(word: str, text: str) -> bool:
    if is_ideographic(word):
        return word in folded(text)
    return any(each.startswith(word) for each in text_words(text))


def _is_in_name(word: str, name: str, surname: bool) -> bool:  # noqa: FBT001 - given in pairs
    if _is_found_inside(word) and word in folded(name):
        return True
    if is_ideographic(word):
        return False
    return any(begins_somewhere(word, units) for units in ways(name, surname))


def _is_in_mail(word: str, mail: str) -> bool:
    if _is_found_inside(word) and word in folded(mail):
        return True
    return not is_ideographic(word) and begins_somewhere(word, _spelt_out(mail))


def _is_in_number(word: str, number: str) -> bool:
    return len(word) >= SHORT and word in only_digits(number)


def _heads(beginning: str) -> tuple[str, str, str]:
    """The tokens of the first one, two and three letters of something."""
    head = _HEAD + beginning[:SHORT]
    return head[:2], head[:3], head


def _hanzi(run: str) -> list[str]:
    """Every hanzi and every pair of them."""
    return [*run, *map("".join, pairwise(run))]


def _grams(word: str) -> tuple[str, ...]:
    return _cutter(len(word), (SHORT, _LONG))(word)


def _in_a_row(word: str, size: int) -> tuple[str, ...]:
    return _cutter(len(word), (size,))(word)


@lru_cache(maxsize=1024)
def _cutter(length: int, sizes: tuple[int, ...]) -> Callable[[str], tuple[str, ...]]:
    """What cuts words of some length into all pieces of some sizes; twice as fast as a loop over their places."""
    places = [slice(at, at + size) for size in sizes for at in range(length - size + 1)]
    if len(places) > 1:
        return itemgetter(*places)
    return lambda word: tuple([word[place] for place in places])


def inner_tokens(word: str) -> tuple[str, ...]:
    """What every text holds in which a word of letters stands somewhere."""
    return _in_a_row(word, _LONG) or (word,)


def run_tokens(spelling: str) -> list[str]:
    """What every name holds that can be spelt with this somewhere."""
    return [_RUN + each for each in _in_a_row(spelling, _LONG)]


def hanzi_tokens(word: str) -> tuple[str, ...]:
    """What every text holds in which a word of hanzi stands somewhere."""
    return tuple(map("".join, pairwise(word))) or (word,)
