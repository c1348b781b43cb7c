"""Contacts that are looked for by name and picked, any number of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from crm_desktop.i18n import _
from crm_desktop.ui.widgets.buttons import ElideButton
from crm_desktop.ui.widgets.pick_list import Choice, PickList


class PeopleButton(ElideButton):
    """Names who was picked, and drops a list to look for others."""

    def __init__(self, words: str, search: Callable[[str], Sequence[Choice]]) -> None:
        super().__init__(words, "small", "contact", self.drop)
        self._empty, self._search = words, search
        self._names: dict[str, str] = {}
        self.dropped: PickList | None = None

    def value(self) -> tuple[int, ...]:
        """The keys of those who were picked."""
        return tuple(int(each) for each in self._names)

    def set_value(self, names: Mapping[int, str]) -> None:
        """Show who is picked."""
        self._names = {str(key): name for key, name in names.items()}
        self._show()

    def drop(self) -> PickList:
        """Drop the list down."""
        opened = PickList(self, self._offer, list(self._names), many=True)
        opened.chosen.connect(self._follow)
        opened.closed.connect(self._forget)
        self.dropped = opened
        opened.open()
        return opened

    def _offer(self, query: str) -> list[Choice]:
        """Those who are picked already, then those who are found."""
        found = [each for each in self._search(query) if each[0] not in self._names] if query.strip() else []
        return [*self._names.items(), *found]

    def _follow(self, code: str) -> None:
        if self.dropped is None:
            return
        if code in self.dropped.picked:
            self._names[code] = self.dropped.words_of(code)
        else:
            self._names.pop(code, None)
        self._show()

    def _show(self) -> None:
        self.setText(_(", ").join(self._names.values()) or self._empty)

    def _forget(self) -> None:
        self.dropped = None
