"""Who took part in what is being logged: contacts, and those of us who were there besides the author."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crm_desktop.i18n import _
from crm_desktop.ui.timeline.taking_part import name_in
from crm_desktop.ui.widgets.buttons import ElideButton
from crm_desktop.ui.widgets.pick_list import Choice, PickList

MOST = 200


class WithWhom(ElideButton):
    """A button that names who took part, and drops the list of those who could have."""

    def __init__(self) -> None:
        super().__init__(_("With…"), "small", "contact", self.open)
        self._names: dict[str, str] = {}
        self._picked: tuple[str, ...] = ()
        self._near: Callable[[], Sequence[Choice]] = tuple
        self._search: Callable[[str], Sequence[Choice]] = lambda _typed: ()
        self.dropped: PickList | None = None

    def offer(self, near: Callable[[], Sequence[Choice]], search: Callable[[str], Sequence[Choice]]) -> None:
        """Offer those who are near (code, name), read when the list opens, and whoever is found by what is typed."""
        self._near, self._search = near, search

    def value(self) -> tuple[str, ...]:
        """The codes of those who took part."""
        return self._picked

    def set_value(self, codes: Sequence[str], names: dict[str, str] | None = None) -> None:
        """Show who took part; somebody whose name nobody knows did not."""
        self._names.update(names or {})
        self._picked = tuple(each for each in codes if each in self._names)
        shown = _(", ").join(self._names[each] for each in self._picked)
        self.setText(_("With {names}").format(names=shown) if shown else _("With…"))

    def open(self) -> PickList:
        """Drop the list down, to tick who took part."""
        opened = self._drop(many=True)
        opened.chosen.connect(self._follow)
        opened.open()
        return opened

    def add_one(self) -> PickList:
        """Drop the list down for one more, such as after an @."""
        opened = self._drop(many=False)
        opened.chosen.connect(self._add)
        opened.open()
        return opened

    def _drop(self, *, many: bool) -> PickList:
        near = list(self._near())[:MOST]
        self._names.update(near)

        def choices(typed: str) -> Sequence[Choice]:
            if not typed.strip():
                return list(dict([*((each, self._names[each]) for each in self._picked), *near]).items())
            wanted = typed.casefold().split()
            fitting = [each for each in near if all(part in each[1].casefold() for part in wanted)]
            return list(dict([*fitting, *self._search(typed)]).items())

        opened = PickList(self, choices, self._picked if many else (), many=many)
        opened.closed.connect(self._forget)
        self.dropped = opened
        return opened

    def _follow(self) -> None:
        if self.dropped is not None:
            found = {each: name_in(self.dropped.words_of(each)) for each in self.dropped.picked}
            self.set_value(self.dropped.picked, {each: name for each, name in found.items() if name})

    def _add(self, code: str) -> None:
        if self.dropped is not None:
            self.set_value(tuple(dict.fromkeys((*self._picked, code))), {code: name_in(self.dropped.words_of(code))})

    def _forget(self) -> None:
        self.dropped = None
