"""The rows of a search in the account tree: what was found, flat, contacts below each of their accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_desktop.store.outline import ACCOUNT, CONTACT
from crm_desktop.ui.models import tree_rows
from crm_desktop.ui.models.tree_rows import OPEN, Rows

if TYPE_CHECKING:
    from crm_desktop.store.outline import Outline


def found_rows(outline: Outline, found: Sequence[tuple[str, int]]) -> tuple[Rows, set[int]]:
    """The rows of what was found, and the accounts below which only found contacts stand."""
    people = [key for kind, key in found if kind == CONTACT]
    below: dict[int, set[int]] = {key: set() for kind, key in found if kind == ACCOUNT}
    homes = outline.homes(people)
    for person, accounts in homes.items():
        for account in accounts:
            below.setdefault(account, set()).add(person)
    rows = Rows()
    for account in outline.ordered(below):
        rows.add(account, 0, OPEN if below[account] else 0)
        if below[account]:
            rows.extend(_people(outline, account, below[account]))
    living = outline.contacts(people)
    rows.extend(Rows((each for each in people if each in living and each not in homes), 0, tree_rows.CONTACT))
    return rows, {account for account, persons in below.items() if persons}


def living_rows(outline: Outline, rows: Rows, partly: set[int]) -> Rows:
    """The rows of a search without what is gone; the rest stays, even if it would not be found now.

    `partly` are the accounts below which only found contacts stand.
    """
    accounts, contacts = outline.accounts(rows.roots()), outline.contacts(rows.contacts())
    left, start = Rows(), 0
    while start < len(rows):
        end, key = rows.end(start), rows.keys[start]
        if key in (contacts if rows.is_contact(start) else accounts):
            left.extend(rows.part(start, start + 1))
            if key in partly:
                left.extend(_people(outline, key, set(rows.keys[start + 1 : end])))
            else:
                left.extend(rows.part(start + 1, end))
        start = end
    return left


def _people(outline: Outline, account: int, wanted: set[int]) -> Rows:
    return Rows((each for each in outline.below(account)[1] if each in wanted), 1, tree_rows.CONTACT)
