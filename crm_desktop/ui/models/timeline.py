"""The entries of one timeline, oldest first; older pages are read when somebody scrolls up to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from crm_desktop.services.activities import Bubble, Narrowed
    from crm_desktop.store.journal import Change
    from crm_desktop.store.workspace import Workspace

MANY = 500
ENTRIES = ("activity", "activity_party", "activity_colleague", "task")
"""A change of more rows of these than that is an import: the timeline is read anew."""
BELONGING: dict[str, tuple[str, ...]] = {"activity": ("account_id",), "activity_party": ("activity_id", "contact_id")}
"""The columns that say whose timelines an entry is in."""


class TimelineModel(QObject):
    """Holds what was read so far; a place in it is a number from 0, the oldest that was read."""

    was_reset = Signal()
    """Everything is another timeline now."""
    grew = Signal(int)
    """So many older entries came in front."""
    about_to_change = Signal()
    """Entries will come, go or look different; places are good for the last time."""
    has_changed = Signal(object)
    """They did; carries the keys of the entries that are new."""
    counted = Signal()
    """`total` or `matching` is another number."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._whose: dict[str, int] = {}
        self._kinds: tuple[str, ...] = ()
        self._text = ""
        self._person: int | None = None
        self.has_branches = True
        """Whether an account's timeline is that of its branches, too."""
        self._moments: dict[int, datetime] = {}
        self.rows: list[Bubble] = []
        self.has_more = False
        self.total = 0
        self.matching = 0

    @property
    def entity(self) -> str:
        """Whose timeline it is: `account`, `contact`, or nobody's; the whole story around a contact is an account's."""
        return next(iter(self._whose), "")

    @property
    def text(self) -> str:
        """What is searched for."""
        return self._text

    @property
    def is_narrowed(self) -> bool:
        """Whether only some kinds, only somebody's part or only what holds a text is shown."""
        return bool(self._kinds or self._text or self._person is not None)

    @property
    def account(self) -> int | None:
        """The account that need not be named with an entry, because it is that account's timeline."""
        return self._whose.get("account")

    @property
    def is_story(self) -> bool:
        """Whether it is the whole story around a contact, where others are greyed."""
        return len(self._whose) > 1

    def show(self, entity: str, key: int) -> None:
        """Show the timeline of an account or a contact, all of it."""
        self._whose = {entity: key}
        self._kinds, self._text, self._person = (), "", None
        self.reload()

    def tell_story(self, account: int | None) -> None:
        """Show a contact amid all that was talked with an account, or alone again."""
        alone = {each: key for each, key in self._whose.items() if each != "account"}
        self._whose = alone if account is None else {"account": account, **alone}
        self.reload()

    def clear(self) -> None:
        """Show nobody's timeline."""
        self._whose = {}
        self._kinds, self._text, self._person = (), "", None
        self.reload()

    def narrow(self, kinds: Iterable[str] = (), text: str = "", person: int | None = None) -> None:
        """Show only entries of these kinds that hold every word of `text`, and that somebody took part in."""
        wanted = (tuple(kinds), text.strip(), person)
        if wanted != (self._kinds, self._text, self._person):
            self._kinds, self._text, self._person = wanted
            self.reload()

    def take_branches(self, *, taken: bool) -> None:
        """Have an account's timeline be that of its branches, too, or not."""
        if taken != self.has_branches:
            self.has_branches = taken
            self.reload()

    def reload(self) -> None:
        """Read the newest page, and how many there are."""
        self._begin(self._page(None))

    def _begin(self, page: list[Bubble]) -> None:
        self.rows = page
        self._moments = {each.id: each.at for each in self.rows}
        self.was_reset.emit()
        self._count()

    def load_older(self) -> int:
        """Read one more page; gives how many entries came in front."""
        if not self.has_more:
            return 0
        page = self._page((self.rows[0].at, self.rows[0].id))
        if page:
            self.rows[:0] = page
            self._moments.update((each.id, each.at) for each in page)
            self.grew.emit(len(page))
        return len(page)

    def place_of(self, key: int) -> int | None:
        """Where an entry is, if it was read."""
        at = self._moments.get(key)
        return None if at is None else bisect_left(self.rows, (at, key), key=_order)

    def refresh(self, change: Change) -> None:
        """Read again what a change may have touched, and only that."""
        if not self._whose:
            return
        from crm_desktop.services import activities

        many = change.is_big or any(len(change.rows.get(each, ())) > MANY for each in ENTRIES)
        if many or self._moves_people(change):
            self._look_again()
            return
        renamed = change.rows.get("contact", frozenset()) if change.moved("contact", "full_name") else frozenset()
        firms = change.rows.get("account", frozenset()) if change.moved("account", "name") else frozenset()
        keys = activities.concerned(self._workspace, change) | self._naming(renamed) | self._at(firms)
        if keys:
            self._follow_count(change, keys, self._read_again(keys))

    def _look_again(self) -> None:
        """Read all anew after a change of very much; where everything is what it was, nothing moves."""
        page = self._page(None)
        if page == self.rows:
            self._count()
        else:
            self._begin(page)

    def _follow_count(self, change: Change, keys: set[int], come: int) -> None:
        """Know how many entries there are now; `come` of those that were looked at are new here."""
        comes_and_goes = any(change.moved(each, *columns) for each, columns in BELONGING.items())
        is_only_new = keys <= change.rows.get("activity", frozenset()) and "activity" not in change.fields
        if self.is_narrowed or (comes_and_goes and not is_only_new):
            self._count()
        elif comes_and_goes and come:
            self._tell_count(self.total + come)

    def _moves_people(self, change: Change) -> bool:
        """Whether other entries may belong here now, or authors be called otherwise."""
        if self.entity == "account" and self.has_branches and change.moved("account", "parent_id"):
            return True
        return change.touches("user") or (self.entity == "account" and change.moved("affiliation", "account_id"))

    def _naming(self, contacts: frozenset[int]) -> set[int]:
        if not contacts:
            return set()
        return {each.id for each in self.rows if any(person.id in contacts for person in each.people)}

    def _at(self, accounts: frozenset[int]) -> set[int]:
        return {each.id for each in self.rows if each.account_id in accounts} if accounts else set()

    def _read_again(self, keys: set[int]) -> int:
        """Read some entries anew; gives how many belong here that were not known to."""
        from crm_desktop.services import activities

        now = {
            each.id: each for each in activities.entries(self._workspace, keys, narrowed=self.narrowed(), **self._whose)
        }
        known = keys & self._moments.keys()
        if not now and not known:
            return 0
        self.about_to_change.emit()
        oldest = _order(self.rows[0]) if self.rows and self.has_more else None
        for key in known:
            place = self.place_of(key)
            assert place is not None
            del self.rows[place], self._moments[key]
        for each in now.values():
            # What is older than all that was read comes with its page.
            if oldest is None or _order(each) >= oldest:
                self.rows.insert(bisect_left(self.rows, _order(each), key=_order), each)
                self._moments[each.id] = each.at
        self.has_changed.emit((self._moments.keys() & keys) - known)
        return len(now.keys() - known)

    def _page(self, before: tuple[datetime, int] | None) -> list[Bubble]:
        if not self._whose:
            self.has_more = False
            return []
        from crm_desktop.services import activities

        page = activities.timeline(self._workspace, before=before, narrowed=self.narrowed(), **self._whose)
        self.has_more = len(page) == activities.PAGE
        page.reverse()
        return page

    def _count(self) -> None:
        if not self._whose:
            self._tell_count(0)
            return
        from crm_desktop.services import activities
        from crm_desktop.services.activities import Narrowed

        everything = Narrowed(branches=self.has_branches)
        total = activities.count(self._workspace, narrowed=everything, **self._whose)
        narrowed = self.narrowed()
        matching = activities.count(self._workspace, narrowed=narrowed, **self._whose) if self.is_narrowed else total
        self._tell_count(total, matching)

    def _tell_count(self, total: int, matching: int | None = None) -> None:
        self.total = total
        self.matching = total if matching is None else matching
        self.counted.emit()

    def narrowed(self) -> Narrowed:
        """What is shown of the timeline."""
        from crm_desktop.services.activities import Narrowed

        return Narrowed(self._kinds, self._text, self._person, self.has_branches)


def _order(bubble: Bubble) -> tuple[datetime, int]:
    return bubble.at, bubble.id
