"""Which value of a field a word of a file may mean; only ever proposed, because nobody but the user knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from crm_desktop.model import picks
from crm_desktop.model.kinds import Choice, Choices, Kind, LinkTo, YesNo
from crm_desktop.services.importing.likeness import compatible
from crm_desktop.text.folding import fold

ALIKE = 0.7
"""From this likeness on, one word may be a slip of the pen for another."""
STARS = "★☆⭐✩✭✮*＊"
NO_BEGINS, YES_BEGINS = "不没未无非否×✗✘❌n", "是有已需要可好对能同在√✓✔☑✅●○yo"
"""With what words for no and for yes begin."""
Spelling = tuple[str, str]


def likely_value(kind: Kind, word: str, names: Sequence[str]) -> str:
    """The value that a word may mean, as choices name it; empty when none is likely."""
    if isinstance(kind, YesNo):
        return _yes_or_no(word)
    if isinstance(kind, Choice | Choices):
        active = [each for each in picks.of(kind.list_code) if each.is_active]
        spelt = [(each.code, words) for each in active for words in (each.zh, each.en, *each.also, each.code)]
        return _by_stars(word, spelt) or _by_letters(fold(word), spelt)
    if isinstance(kind, LinkTo):
        called = [each for each in names if compatible(word, each)]
        return called[0] if len(called) == 1 else _most_alike(fold(word), ((each, each) for each in names))
    return _most_alike(fold(word), ((each, each) for each in names))


def _yes_or_no(word: str) -> str:
    first = word.strip().lower()[:1]
    return "no" if first and first in NO_BEGINS else "yes" if first and first in YES_BEGINS else ""


def _by_stars(word: str, spelt: Iterable[Spelling]) -> str:
    """The value with as many stars, or with the most when there are more in the word."""
    count = _stars(word)
    ranked = sorted((_stars(words), code) for code, words in spelt if _stars(words))
    if not count or not ranked:
        return ""
    return next((code for stars, code in ranked if stars >= count), ranked[-1][1])


def _stars(word: str) -> int:
    return len(word) if word and all(each in STARS for each in word) else 0


def _by_letters(word: str, spelt: Sequence[Spelling]) -> str:
    """The value whose spelling has the most in common with a folded word: part of it, or it part of that."""
    best = ("", 0)
    for code, words in spelt:
        found = fold(words)
        if not found or not word:
            continue
        shorter, longer = sorted((found, word), key=len)
        is_part = shorter in longer and (len(shorter) > 1 or longer.startswith(shorter))
        if is_part and len(shorter) > best[1]:
            best = (code, len(shorter))
    return best[0] or _most_alike(word, spelt)


def _most_alike(word: str, spelt: Iterable[Spelling]) -> str:
    """The value whose spelling is nearest to a folded word, when it is near enough."""
    compare = SequenceMatcher(b=word, autojunk=False)
    best = ("", ALIKE)
    for code, words in spelt if word else ():
        compare.set_seq1(fold(words))
        if compare.real_quick_ratio() > best[1] and compare.quick_ratio() > best[1] and compare.ratio() > best[1]:
            best = (code, compare.ratio())
    return best[0]
