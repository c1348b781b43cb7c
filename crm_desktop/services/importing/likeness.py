"""Whether two names may be those of one person."""

from __future__ import annotations

import re
from functools import lru_cache

from crm_desktop.text import names
from crm_desktop.text.folding import fold

CALLED = re.compile(r"(?:总|总经理|经理|老师|工|主任|先生|女士|小姐|太太)$")
"""What may stand behind a surname in place of the given name: 张总 is some 张."""


def compatible(one: str, other: str) -> bool:
    """Whether two names may be those of one person: alike, in another order, or a surname with a title."""
    if not one or not other or one == other or fold(one) == fold(other):
        return True
    first, second = _parts(one), _parts(other)
    if first == second:
        return True
    families = {first[0], second[0]}
    return len(families) == 1 and first[0] != "" and "" in (first[1], second[1])


@lru_cache(maxsize=10_000)
def _parts(name: str) -> tuple[str, str]:
    """Family and given name, folded; of 张总 and 张先生 only 张 is left."""
    plain = CALLED.sub("", names.strip_honorific(name)[0].strip()) or name
    parts = names.split(plain)
    if not parts.family:
        return fold(parts.given), ""
    return fold(parts.family), fold(parts.given)
