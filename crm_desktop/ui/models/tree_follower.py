"""How the rows of the account tree follow what is written: only those concerned are read, moved and drawn again."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import compress
from typing import TYPE_CHECKING

from crm_desktop.store.outline_order import LEVEL, NAME, RECENT
from crm_desktop.ui.models.tree_picture import with_opened
from crm_desktop.ui.models.tree_rows import FEW, Rows

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.store.outline import Outline
    from crm_desktop.store.outline_order import Rank
    from crm_desktop.ui.models.tree import TreeModel

WATCHED = ("account", "contact", "affiliation", "activity", "activity_party")
RHYTHMS = ("cadence", "tagging", "tag", "saved_list", "shared_setting")
"""What rhythms depend on."""
ASKED = ("account", "contact", "affiliation", "channel", "address", "custom_value", "task")
"""What the filter of a list may ask for."""
MANY = 64
"""Where more accounts than this may stand elsewhere now, all rows are read anew, in the thread."""
MOST_MOVED = 8
"""So many are moved one by one: each costs the view as much as it has rows."""


class Follower:
    """Keeps the rows of a tree as the data are."""

    def __init__(self, model: TreeModel) -> None:
        self._model = model
        self._late: list[tuple[Change, set[int]]] = []
        """What was written since the rows that are being read were asked for."""

    def begin(self) -> None:
        """All rows are asked for now."""
        self._late.clear()

    def catch_up(self) -> None:
        """Bring rows that were asked for earlier up to date."""
        late, self._late = self._late, []
        for change, accounts in late:
            self._place_all(change, accounts)

    def refresh(self, change: Change) -> None:
        """Read again what a change concerns, and see to it that every row stands where it belongs."""
        model = self._model
        if change.touches(*RHYTHMS) or (change.touches(*ASKED) and model.values.follow_lists()):
            model.values.forget_all()
            self._repaint_all()
        if not change.touches(*WATCHED):
            return
        if change.is_big:
            model.forget()
            model.ask_again()
            self._repaint_all()
            return
        accounts, contacts = self._outline.concerned(change.rows)
        model.values.forget(accounts, contacts)
        model.bears_again(accounts)
        if change.moved("account", "status"):
            accounts |= self._outline.branches(accounts)  # those of a closed account stand at the top
        if change.moved("account", "parent_id"):
            model.values.forget_all()  # where a branch was before is not told, and its caret may have to go
        if self._moves(change):
            self._follow(change, accounts)
        if change.moved("account", "parent_id") or len(accounts) + len(contacts) > FEW:
            self._repaint_all()
        else:
            self._repaint(accounts, contacts)

    def _repaint(self, accounts: set[int], contacts: set[int]) -> None:
        """Have the rows of a few records drawn again."""
        for keys, are_contacts in ((accounts, False), (contacts, True)):
            for key in keys:
                for row in self._model.rows.all(key, contact=are_contacts):
                    self._model.repaint(row)

    def _repaint_all(self) -> None:
        if count := len(self._model.rows):
            self._model.repaint(0, count - 1)

    @property
    def _outline(self) -> Outline:
        outline = self._model.outline
        assert outline is not None
        return outline

    def _moves(self, change: Change) -> bool:
        """Whether rows may come, go or stand elsewhere."""
        look = self._model.look
        watched = ["name", "kind", "parent_id", "status", *(["level"] if look.order == LEVEL or look.level else [])]
        return (
            change.moved("account", *watched)
            or change.moved("affiliation", "account_id", "contact_id", "status", "is_primary")
            or change.moved("contact", "full_name")
            or (look.order == RECENT and change.touches("activity"))
        )

    def _follow(self, change: Change, accounts: set[int]) -> None:
        model = self._model
        if model.wish.is_narrowed or len(accounts) > MANY:
            model.ask_again()
            return
        if not model.is_complete():
            self._late.append((change, accounts))
        self._place_all(change, accounts)

    def _place_all(self, change: Change, accounts: set[int]) -> None:
        """Put the rows of a small change where they belong now."""
        model = self._model
        rows = model.rows
        places = rows.places(accounts)
        parents = accounts | {
            rows.keys[rows.above(row)] for found in places.values() for row in found if rows.above(row) >= 0
        }
        if "account_id" in change.fields.get("affiliation", ()):
            parents |= {rows.keys[row] for row in rows.open()}  # whose it was before is not told
        if len(parents) > MANY or not self._place(accounts, places):
            model.ask_again()
            return
        for parent, found in sorted(rows.places(parents).items(), key=lambda each: -each[1][0]):
            for row in reversed(rows.all(parent) if len(found) > 1 else found):
                if rows.is_open(row):
                    model.put(row + 1, rows.end(row), model.below(parent, rows.depths[row] + 1))

    def _place(self, accounts: set[int], places: dict[int, list[int]]) -> bool:
        """Put accounts at the top where they belong there; gives whether these were few enough to do so."""
        model, rows = self._model, self._model.rows
        order = model.look.order
        belonging = self._outline.belonging(accounts)
        ranks = self._outline.ranks(order, belonging)
        there, wrong = set(), []
        for key, found in places.items():
            for row in found:
                if rows.depths[row] == 0:
                    if key in belonging and self._is_in_order(row, ranks[key]):
                        there.add(key)
                    else:
                        wrong.append(row)
        missing = sorted(belonging - there, key=ranks.__getitem__)
        if len(wrong) + len(missing) > 2 * MOST_MOVED:
            return False
        for row in sorted(wrong, reverse=True):
            model.put(row, rows.end(row), Rows())
        for key in missing:
            place = self._place_for(ranks[key])
            model.put(place, place, with_opened(self._outline, array("q", [key]), model.opened))
        return True

    def _is_in_order(self, row: int, rank: Rank) -> bool:
        rows = self._model.rows
        after = rows.end(row)
        is_after = row == 0 or self._rank(rows.root(row - 1)) < rank
        return is_after and (after == len(rows) or rank < self._rank(after))

    def _place_for(self, rank: Rank) -> int:
        """Where an account of this rank goes; everything below an account ranks as it does."""
        rows = self._model.rows
        return bisect_left(range(len(rows)), rank, key=lambda row: self._rank(rows.root(row)))

    def _rank(self, root: int) -> Rank:
        key = self._model.rows.keys[root]
        return self._outline.ranks(self._model.look.order, [key]).get(key, ())

    # Type-ahead

    def next_beginning(self, text: str, start: int) -> int | None:
        """The next row from `start` on, then from the top, whose name or pinyin begins with what was typed."""
        rows = self._model.rows
        if self._model.wish.is_narrowed or self._model.look.order != NAME:
            found = rows.next_of(self._outline.beginning(text, rows.contacts()), start)
        else:
            found = self._next_by_name(text, start)
        return found if found >= 0 else None

    def _next_by_name(self, text: str, start: int) -> int:
        """Names at the top are in order, so that few are looked at; of those below, all before the next at the top."""
        rows = self._model.rows
        top = self._top_beginning(text, start)
        for first, last in ((start, top),) if top >= start else ((start, len(rows)), (0, top if top >= 0 else start)):
            lower = list(compress(range(first, last), rows.depths[first:last]))
            contacts = {rows.keys[row] for row in lower if rows.is_contact(row)}
            accounts = {rows.keys[row] for row in lower if not rows.is_contact(row)}
            keys = self._outline.some_beginning(text, accounts, contacts) if lower else ()
            found = next((row for row in lower if rows.keys[row] in keys), -1)
            if found >= 0:
                return found
        return top

    def _top_beginning(self, text: str, start: int) -> int:
        """The first row at the top that begins so from `start` on, or else from the top on."""
        rows = self._model.rows
        before = rows.root(start - 1) if 0 < start <= len(rows) else -1
        after = self._rank(before) if before >= 0 else ()
        for keys in self._outline.beginning_after(text, after or ("", 0)):
            few = (row for key in keys[:FEW] if (row := rows.find(key)) >= 0 and rows.depths[row] == 0)
            if (top := next(few, -1)) >= 0:
                return top
            tops = [row for found in rows.places(keys).values() for row in found if rows.depths[row] == 0]
            if tops:
                return min(tops)
        return -1
