"""How near a name comes to what was asked for, and the search tokens by which the nearest are fetched first.

Every name has tokens for its first three letters and for all of it: as written and, where it has hanzi, as spelt. They
are marked with letters that folding never leaves in a text. A token narrows the search; `rank` tells what is what.
"""

from collections.abc import Iterable, Sequence
from zlib import crc32

from crm_desktop.text.folding import company_core, fold, is_ideographic, runs
from crm_desktop.text.pieces import SHORT, only_digits
from crm_desktop.text.spelling import spelt
from crm_desktop.text.tokens import end_token, hanzi_tokens, inner_tokens, run_tokens

EXACT, SPELT, BEGINS, BEGINS_SPELT, ENDS, INSIDE, ELSEWHERE = range(7)
"""How good a hit is, best first: a name that is the text or begins with it, a number that ends with it, a record whose
first name has it inside, and all others."""
_WRITTEN = "ʷ"
_SPELT = "ˢ"
_SUM = "ˣ"


def rank(asked: str, people: Sequence[str], companies: Sequence[str], numbers: Iterable[str] = ()) -> int:
    """How near the nearest of the names and numbers of a record comes to `asked`, which is folded."""
    ranks = [_rank(asked, fold(name), name, surname=True) for name in people]
    ranks += [_rank_of_company(asked, fold(name), name) for name in companies]
    nearest = min(ranks, default=ELSEWHERE)
    if nearest == ELSEWHERE and is_end(asked) and any(only_digits(each).endswith(asked) for each in numbers):
        return ENDS
    if nearest == ELSEWHERE and any(asked in fold(name) for name in (*people, *companies)[:1]):
        return INSIDE
    return nearest


def _rank_of_company(asked: str, folded: str, name: str) -> int:
    if asked in folded and asked == company_core(name):
        return EXACT
    return _rank(asked, folded, name)


def _rank(asked: str, folded: str, name: str, *, surname: bool = False) -> int:
    if asked == folded:
        return EXACT
    if folded.startswith(asked):
        return BEGINS
    if asked.isascii() and not folded.isascii():
        spellings = spelt(name, surname)
        if asked in spellings:
            return SPELT
        if any(each.startswith(asked) for each in spellings):
            return BEGINS_SPELT
    return ELSEWHERE


def rank_tokens(name: str, surname: bool) -> list[str]:  # noqa: FBT001 - one yes or no, named by its parameter
    """The tokens of a whole name; one that is no person's begins with no surname, and may lack its legal form."""
    folded = fold(name)
    found = _of_whole(_WRITTEN, folded)
    if not surname and (core := company_core(name)) != folded:
        found += _of_whole(_WRITTEN, core)
    if not folded.isascii():
        for whole in spelt(name, surname):
            found += _of_whole(_SPELT, whole)
    return found


def _of_whole(mark: str, whole: str) -> list[str]:
    return [mark + whole[:1], mark + whole[:2], mark + whole[:3], mark + _sum(whole)] if whole else []


def rank_queries(asked: str) -> dict[int, list[str]]:
    """For each of the ranks above INSIDE, tokens that every record of the rank holds; `asked` is folded."""
    written = [token for run in runs(asked) if len(run) >= SHORT or is_ideographic(run) for token in _inside(run)]
    beginning = [_WRITTEN + asked[:SHORT], *written]
    levels = {EXACT: [_WRITTEN + _sum(asked), *beginning], BEGINS: beginning}
    if asked.isascii():
        beginning = [_SPELT + asked[:SHORT], *run_tokens(asked)]
        levels |= {SPELT: [_SPELT + _sum(asked), *beginning], BEGINS_SPELT: beginning}
    if is_end(asked):
        levels[ENDS] = [end_token(asked), *inner_tokens(asked)]
    return dict(sorted(levels.items()))


def is_end(asked: str) -> bool:
    """Whether something may be the last digits of a number."""
    return len(asked) >= SHORT and asked.isdecimal()


def _inside(run: str) -> tuple[str, ...]:
    return hanzi_tokens(run) if is_ideographic(run) else inner_tokens(run)


def _sum(whole: str) -> str:
    """A check sum of a name: few enough different ones to keep lists of, many enough to tell most names apart."""
    return f"{_SUM}{crc32(whole.encode()) & 0xFFFF:x}"
