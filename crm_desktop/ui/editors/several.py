"""Editors of several values, and of yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal as QtSignal
from PySide6.QtWidgets import QCheckBox
from typing_extensions import override

from crm_desktop.model import kinds
from crm_desktop.model.tag import TagsKind
from crm_desktop.ui.editors.offered import offered
from crm_desktop.ui.widgets.choice import InPlaceChoices
from crm_desktop.ui.widgets.pick_list import PickList
from crm_desktop.ui.widgets.tags import InPlaceTags


class ChoicesEditor(InPlaceChoices):
    """Several values of a pick list."""

    entered = QtSignal(str)
    typed = QtSignal(str)

    def __init__(self, list_code: str) -> None:
        super().__init__((), creates=True)
        self.list_code = list_code
        self.committed.connect(self._enter)
        self.created.connect(self._enter_more)

    def show_text(self, text: str, shown: str = "") -> None:  # noqa: ARG002 - the words follow from the codes
        """Say what is saved."""
        codes = kinds.Choices(self.list_code).read(text).value or ()
        self.set_choices(offered(self.list_code, *codes))
        self.set_value(codes)

    def hold(self, saved: str, typed: str) -> None:  # noqa: ARG002 - a choice has nothing typed to lose
        """Go back to what is saved."""
        self.show_text(saved)

    @override
    def open(self, typed: str = "") -> PickList:
        self.set_choices(offered(self.list_code, *self.value()))
        return super().open(typed)

    def _enter(self, codes: list[str]) -> None:
        self.entered.emit(",".join(codes))

    def _enter_more(self, word: str) -> None:
        self.entered.emit(",".join([*self.value(), word]))


class YesNoEditor(QCheckBox):
    """Yes or no."""

    entered = QtSignal(str)
    typed = QtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(28)
        self.clicked.connect(self._enter)

    def show_text(self, text: str, shown: str = "") -> None:  # noqa: ARG002 - a tick needs no word
        """Say what is saved."""
        self.setChecked(bool(kinds.YesNo().read(text).value))

    def hold(self, saved: str, typed: str) -> None:  # noqa: ARG002 - a choice has nothing typed to lose
        """Go back to what is saved."""
        self.show_text(saved)

    def _enter(self, checked: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.entered.emit(kinds.YesNo().show(checked))


class TagsEditor(InPlaceTags):
    """Free words as chips."""

    entered = QtSignal(str)
    typed = QtSignal(str)

    def __init__(self, offers: Callable[[], Sequence[str]]) -> None:
        super().__init__((), offers)
        self.committed.connect(self._enter)

    def show_text(self, text: str, shown: str = "") -> None:  # noqa: ARG002 - chips say it all
        """Say what is saved."""
        names = TagsKind().read(text).value or ()
        if list(names) != self.value():
            self.set_value(names)

    def hold(self, saved: str, typed: str) -> None:  # noqa: ARG002 - a choice has nothing typed to lose
        """Go back to what is saved."""
        self.show_text(saved)

    def _enter(self, names: list[str]) -> None:
        self.entered.emit(",".join(names))
