"""Which of an account's people took part in what is being logged."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.i18n import _
from crm_desktop.ui.widgets.buttons import ElideButton
from crm_desktop.ui.widgets.pick_list import PickList


class WithWhom(ElideButton):
    """A button that names who took part, and drops the list of those who could have."""

    def __init__(self) -> None:
        super().__init__(_("With…"), "small", "contact", self.open)
        self._choices: dict[str, str] = {}
        self._picked: tuple[str, ...] = ()
        self.dropped: PickList | None = None

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these people (key, name)."""
        self._choices = dict(choices)
        self.set_value(self._picked)

    def value(self) -> tuple[str, ...]:
        """The keys of those who took part."""
        return self._picked

    def set_value(self, keys: Sequence[str]) -> None:
        """Show who took part; somebody who is not offered here did not."""
        self._picked = tuple(each for each in keys if each in self._choices)
        names = _(", ").join(self._choices[each] for each in self._picked)
        self.setText(_("With {names}").format(names=names) if names else _("With…"))

    def open(self) -> PickList:
        """Drop the list down."""
        opened = PickList(self, list(self._choices.items()), self._picked, many=True)
        opened.chosen.connect(self._follow)
        opened.closed.connect(self._forget)
        self.dropped = opened
        opened.open()
        return opened

    def _follow(self) -> None:
        if self.dropped is not None:
            self.set_value(self.dropped.picked)

    def _forget(self) -> None:
        self.dropped = None
