"""What the rows of the account tree show: read a page at a time, kept while there is room, and told in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from crm_desktop.i18n import _, ngettext
from crm_desktop.store.outline import ACCOUNT, CLOSED, CONTACT, DEPARTED, Node
from crm_desktop.text import rhythm
from crm_desktop.ui.models.tree_rows import Rows

if TYPE_CHECKING:
    from crm_desktop.store.outline import Outline

Rhythms: TypeAlias = Callable[[Mapping[int, str]], Mapping[int, int]]
OwnRhythms: TypeAlias = Callable[[Collection[int]], Mapping[int, int]]
PAGE = 64
MOST_NODES = 64 * PAGE
STARRED = ("vip", "a")


class Values:
    """The values of rows, by the account they are below and their key: a contact has others at each of its accounts."""

    def __init__(self, rows: Rows) -> None:
        self.outline: Outline | None = None
        self.rhythms: Rhythms | None = None
        """Gives the rhythms of accounts of some levels; until it is there, they are those that are usual."""
        self.own_rhythms: OwnRhythms | None = None
        """Gives the rhythms that some contacts have of their own; who has none is left out."""
        self.follow_lists: Callable[[], bool] = bool
        """Whether any rhythm is that of a list, so that it depends on whatever the list asks for."""
        self._rows = rows
        self._nodes: dict[tuple[int, int], Node] = {}

    def at(self, row: int) -> Node:
        """The values of a row; without a name when the record is gone and the news of it still to come."""
        place = self._place(row)
        found = self._nodes.get(place)
        if found is None:
            self._read_page(row)
            found = self._nodes.get(place)
        return found or Node(CONTACT if self._rows.is_contact(row) else ACCOUNT, place[1], "")

    def remember(self, nodes: Iterable[Node], account: int = 0) -> None:
        """Keep values that were read, of accounts or of the contacts of one account; the oldest give way."""
        for node in nodes:
            self._nodes[account, node.id] = node
        while len(self._nodes) > MOST_NODES:
            del self._nodes[next(iter(self._nodes))]

    def forget(self, accounts: set[int], contacts: set[int]) -> None:
        """Read the values of these records again when they are next looked at."""
        for place, node in list(self._nodes.items()):
            if place[1] in (contacts if node.kind == CONTACT else accounts):
                del self._nodes[place]

    def forget_all(self) -> None:
        """Read all values again when they are next looked at."""
        self._nodes.clear()

    def _place(self, row: int) -> tuple[int, int]:
        above = self._rows.above(row) if self._rows.is_contact(row) else -1
        return (self._rows.keys[above] if above >= 0 else 0), self._rows.keys[row]

    def _read_page(self, row: int) -> None:
        """Read what is missing from a little above a row to a screenful below it."""
        if self.outline is None:
            return
        start = max(0, row - PAGE // 4)
        accounts: list[int] = []
        people: dict[int, list[int]] = {}
        for each in range(start, min(len(self._rows), start + PAGE)):
            above, key = self._place(each)
            if (above, key) not in self._nodes:
                (people.setdefault(above, []) if self._rows.is_contact(each) else accounts).append(key)
        if accounts:
            self.remember(self._with_rhythms(self.outline.accounts(accounts)))
        outline = self.outline
        found = {
            account: outline.people(account, keys) if account else outline.contacts(keys)
            for account, keys in people.items()
        }
        days = self._own_days({key for nodes in found.values() for key in nodes})
        for account, nodes in found.items():
            self.remember((each._replace(rhythm=days.get(key)) for key, each in nodes.items()), account)

    def _own_days(self, contacts: Collection[int]) -> Mapping[int, int]:
        return self.own_rhythms(contacts) if contacts and self.own_rhythms is not None else {}

    def _with_rhythms(self, nodes: Mapping[int, Node]) -> Iterable[Node]:
        if self.rhythms is None:
            return nodes.values()
        days = self.rhythms({key: each.level for key, each in nodes.items()})
        return [each._replace(rhythm=days.get(key, 0)) for key, each in nodes.items()]


def remarks(node: Node, level_words: Mapping[str, str]) -> Iterator[str]:
    """What a row tells besides the name, in words."""
    if node.kind == CONTACT:
        yield node.note
        yield _("primary contact") if node.is_primary else ""
        yield _("has left") if node.status == DEPARTED else ""
        yield _silence(node)
    else:
        yield _("level {level}").format(level=level_words.get(node.level, node.level)) if node.level else ""
        yield _("closed") if node.status == CLOSED else ""
        yield _silence(node)


def _silence(node: Node) -> str:
    """For how long there was no contact, where that is longer than it should be."""
    days = overdue(node)
    if not days:
        return ""
    if not node.last_activity_at:
        return ngettext("{count} day without a touch", "{count} days without a touch", days)
    return ngettext("{count} day since the last activity", "{count} days since the last activity", days)


def overdue(node: Node) -> int:
    """The days since the last activity, if they are more than the rhythm allows; else 0. The level is an account's."""
    allowed = rhythm.DAYS.get(node.level, 0) if node.rhythm is None else node.rhythm
    since = node.last_activity_at or node.created_at
    if not allowed or not since or node.status in (CLOSED, DEPARTED):
        return 0
    days = days_since(since, datetime.now().astimezone().date().toordinal())
    return days if days > allowed else 0


@lru_cache(maxsize=1024)
def days_since(moment: str, today: int) -> int:
    """The days from a moment, as the database keeps it, to a day, as its ordinal."""
    local = datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone()
    return today - local.date().toordinal()
