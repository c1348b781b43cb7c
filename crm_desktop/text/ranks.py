"""How near a name comes to what was asked for, and the search tokens by which the nearest are fetched first.

Every name has a token for the whole of it as written and, where it has hanzi, as spelt. Each of them marks its kind
with a letter that folding never leaves in a text, while FTS5 takes it for one.
"""

from collections.abc import Sequence

from crm_desktop.text.folding import company_core, fold
from crm_desktop.text.tokens import LONGEST, spelt

EXACT, SPELT, BEGINS, BEGINS_SPELT, INSIDE, ELSEWHERE = range(6)
"""How good a hit is, best first; what is inside counts for the first name of a record alone."""
_WRITTEN = "º"
_SPELT = "ⁿ"


def rank(asked: str, people: Sequence[str], companies: Sequence[str]) -> int:
    """How near the nearest of the names of a record comes to `asked`, which is folded."""
    ranks = [_rank(asked, fold(name), name, surname=True) for name in people]
    ranks += [EXACT if asked == company_core(name) else _rank(asked, fold(name), name) for name in companies]
    nearest = min(ranks, default=ELSEWHERE)
    if nearest == ELSEWHERE and any(asked in fold(name) for name in (*people, *companies)[:1]):
        return INSIDE
    return nearest


def _rank(asked: str, folded: str, name: str, *, surname: bool = False) -> int:
    if asked == folded:
        return EXACT
    if folded.startswith(asked):
        return BEGINS
    if asked.isascii() and not name.isascii():
        spellings = spelt(name, surname)
        if asked in spellings:
            return SPELT
        if any(each.startswith(asked) for each in spellings):
            return BEGINS_SPELT
    return ELSEWHERE


def rank_tokens(name: str, surname: bool) -> list[str]:  # noqa: FBT001 - one yes or no, named by its parameter
    """The tokens of a whole name; one that is no person's begins with no surname, and may lack its legal form."""
    written = [fold(name)] if surname else [fold(name), company_core(name)]
    found = [_WRITTEN + each[:LONGEST] for each in written if each]
    if not name.isascii():
        found += [_SPELT + each[:LONGEST] for each in spelt(name, surname) if each]
    return found


def rank_queries(asked: str) -> dict[int, str]:
    """For each of the ranks above INSIDE, the token that every record of the rank holds; `asked` is folded."""
    written, spelling = _WRITTEN + asked[:LONGEST], _SPELT + asked[:LONGEST]
    queries = {EXACT: written, SPELT: spelling, BEGINS: f"{written}*", BEGINS_SPELT: f"{spelling}*"}
    return queries if asked.isascii() else {level: queries[level] for level in (EXACT, BEGINS)}
