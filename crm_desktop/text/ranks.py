"""How near a name comes to what was asked for, and the search tokens by which the nearest are fetched first.

Every name has a token for the whole of it as written and, where it has hanzi, as spelt. Each of them marks its kind
with a letter that folding never leaves in a text, while FTS5 takes it for one.
"""

from collections.abc import Sequence

from crm_desktop.text.folding import company_core, fold
from crm_desktop.text.tokens import LONGEST, query_tokens, spelt

EXACT, SPELT, BEGINS, BEGINS_SPELT, INSIDE, ELSEWHERE = range(6)
"""How good a hit is, best first."""
_WRITTEN = "º"
_SPELT = "ⁿ"


def rank(asked: str, people: Sequence[str], companies: Sequence[str]) -> int:
    """How near the nearest of the names of a record comes to `asked`, which is folded."""
    ranks = [_rank(asked, fold(name), name, surname=True) for name in people]
    ranks += [EXACT if asked == company_core(name) else _rank(asked, fold(name), name) for name in companies]
    return min(ranks, default=ELSEWHERE)


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
    return INSIDE if asked in folded else ELSEWHERE


def rank_tokens(name: str, surname: bool) -> list[str]:  # noqa: FBT001 - one yes or no, named by its parameter
    """The tokens of a whole name; one that is no person's begins with no surname, and may lack its legal form."""
    written = [fold(name)] if surname else [fold(name), company_core(name)]
    found = [_WRITTEN + each[:LONGEST] for each in written if each]
    if not name.isascii():
        found += [_SPELT + each[:LONGEST] for each in spelt(name, surname) if each]
    return found


def rank_queries(text: str) -> list[tuple[int, list[str]]]:
    """For each of the ranks above INSIDE, the tokens that every record of the rank holds."""
    asked = fold(text)
    others = query_tokens(text)
    if len(others) == 1 and len(asked) <= LONGEST:
        others = []  # what begins with the one word holds it
    written, spelling = _WRITTEN + asked[:LONGEST], _SPELT + asked[:LONGEST]
    queries = [(EXACT, written), (SPELT, spelling), (BEGINS, f"{written}*"), (BEGINS_SPELT, f"{spelling}*")]
    fitting = queries if asked.isascii() else [(level, token) for level, token in queries if token.startswith(_WRITTEN)]
    return [(level, [token, *others]) for level, token in fitting]
