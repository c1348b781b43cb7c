"""The rows of the account tree as somebody wants to see it, read in one go; made in a thread where there are many."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Set
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from crm_desktop.store.outline import ACCOUNT, CONTACT
from crm_desktop.store.outline_order import NAME, Look
from crm_desktop.ui.models import tree_rows
from crm_desktop.ui.models.tree_rows import DEEPEST, OPEN, WAY, Rows

if TYPE_CHECKING:
    from crm_desktop.store.outline import Outline

Found: TypeAlias = tuple[tuple[str, int], ...]
"""What a search has found: kind and key."""


class Wish(NamedTuple):
    """What is to be seen."""

    look: Look = Look()
    found: Found | None = None
    opened: frozenset[int] = frozenset()
    """The accounts below which everything is shown."""
    shut: frozenset[int] = frozenset()
    """The accounts below which not even what was found is shown."""

    @property
    def is_narrowed(self) -> bool:
        """Whether only some records are to be seen, with what they are below."""
        return self.found is not None or self.look.is_narrowed


class Picture(NamedTuple):
    """What there is to be seen."""

    wish: Wish
    rows: Rows
    hits: int
    """How many of the rows were looked for; the others lead to them."""


def picture_of(outline: Outline, wish: Wish) -> Picture:
    """The rows that fulfil a wish."""
    if wish.is_narrowed:
        return _Narrowed(outline, wish).picture()
    roots = array("q")
    for part in outline.roots(wish.look.order):
        roots.extend(part)
    return Picture(wish, with_opened(outline, roots, wish.opened), len(roots))


def with_opened(outline: Outline, roots: array[int], opened: Set[int]) -> Rows:
    """Accounts at the top with what is below those that are open."""
    rows, done = Rows(), 0
    below = _all_below(outline, (key for key in roots if key in opened), opened) if opened else {}
    for place in compress(range(len(roots)), map(below.__contains__, roots)) if below else ():
        rows.extend(Rows(roots[done:place]))
        _add(rows, roots[place], 0, below)
        done = place + 1
    rows.extend(Rows(roots[done:]))
    return rows


def below(outline: Outline, account: int, depth: int, opened: Set[int]) -> Rows:
    """What is below an account, at a depth, and below those accounts there that are open."""
    found = _all_below(outline, [account], opened)
    rows = Rows()
    _add_below(rows, account, depth, found)
    return rows


Below: TypeAlias = dict[int, tuple[list[int], list[int]]]


def _all_below(outline: Outline, accounts: Iterable[int], opened: Set[int]) -> Below:
    """What is right below accounts and, level by level, below those of their branches that are open."""
    found: Below = {}
    wanted = list(accounts)
    while wanted:
        level = outline.all_below(wanted)
        found |= level
        wanted = [key for branches, _people in level.values() for key in branches if key in opened and key not in found]
    return found


def _add(rows: Rows, key: int, depth: int, below: Below) -> None:
    is_open = depth < DEEPEST and any(below.get(key, ()))
    rows.add(key, depth, OPEN if is_open else 0)
    if is_open:
        _add_below(rows, key, depth + 1, below)


def _add_below(rows: Rows, account: int, depth: int, below: Below) -> None:
    branches, people = below[account]
    if below.keys().isdisjoint(branches):
        rows.extend(Rows(branches, depth))
    else:
        for key in branches:
            _add(rows, key, depth, below)
    rows.extend(Rows(people, depth, tree_rows.CONTACT))


class _Narrowed:
    """The tree of what was looked for: found accounts and contacts, and the accounts that they are below."""

    def __init__(self, outline: Outline, wish: Wish) -> None:
        self._outline, self._wish = outline, wish
        self._people: dict[int, set[int]] = {}
        """The contacts that were found, by account."""
        self._homeless: list[int] = []
        if wish.found is None:
            self._hits = outline.fitting(wish.look)
        else:
            self._take(wish.found)
        self._branches: dict[int, list[int]] = {}
        shown = self._hits | self._people.keys()
        parents = outline.parents(shown, shown)
        for key in outline.ordered(parents):
            self._branches.setdefault(parents[key], []).append(key)

    def _take(self, found: Found) -> None:
        look = self._wish.look
        self._hits = self._outline.fitting(look, (key for kind, key in found if kind == ACCOUNT))
        people = [key for kind, key in found if kind == CONTACT]
        homes = self._outline.homes(people)
        places = {account for accounts in homes.values() for account in accounts}
        if look.is_narrowed:
            places = self._outline.fitting(look, places)
        else:
            living = self._outline.contacts(people)
            self._homeless = [each for each in people if each in living and each not in homes]
        for person, accounts in homes.items():
            for account in places.intersection(accounts):
                self._people.setdefault(account, set()).add(person)

    def picture(self) -> Picture:
        tops = self._branches.get(0, [])
        if self._wish.look.order != NAME:
            tops = self._outline.ordered(tops, self._wish.look.order)
        rows = Rows()
        for key in tops:
            self._add(rows, key, 0)
        rows.extend(Rows(self._homeless, 0, tree_rows.CONTACT))
        people = set().union(*self._people.values(), self._homeless)
        return Picture(self._wish, rows, len(self._hits) + len(people))

    def _add(self, rows: Rows, key: int, depth: int) -> None:
        way = 0 if key in self._hits else WAY
        place = len(rows)
        rows.add(key, depth, way)
        if depth >= DEEPEST or key in self._wish.shut:
            return
        if key in self._wish.opened:
            rows.extend(below(self._outline, key, depth + 1, self._wish.opened))
        else:
            for branch in self._branches.get(key, ()):
                self._add(rows, branch, depth + 1)
            if wanted := self._people.get(key):
                people = [each for each in self._outline.below(key)[1] if each in wanted]
                rows.extend(Rows(people, depth + 1, tree_rows.CONTACT))
        if len(rows) > place + 1:
            rows.marks[place] |= OPEN
