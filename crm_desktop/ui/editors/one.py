"""Editors of one value out of those that are offered, or found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model import kinds, picks
from crm_desktop.ui.editors.offered import offered
from crm_desktop.ui.editors.places import places
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.pick_list import Choice as Offer
from crm_desktop.ui.widgets.pick_list import Choices, PickList

CLEARS = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class OneEditor(InPlaceChoice):
    """One of several; Delete takes it off, and where that `creates`, a word that is not offered can be kept, too."""

    entered = QtSignal(str)
    typed = QtSignal(str)

    def __init__(self, choices: Choices = (), *, creates: bool = False) -> None:
        super().__init__(choices, creates=creates)
        self.committed.connect(self.entered)
        self.created.connect(self.entered)

    def show_text(self, text: str, shown: str = "") -> None:
        """Say what is saved."""
        self.set_value(text, shown)

    def hold(self, saved: str, typed: str) -> None:  # noqa: ARG002 - a choice has nothing typed to lose
        """Go back to what is saved."""
        self.show_text(saved)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLEARS and self.value():
            self.entered.emit("")
        else:
            super().keyPressEvent(event)


class ChoiceEditor(OneEditor):
    """One value of a pick list."""

    def __init__(self, list_code: str) -> None:
        super().__init__(creates=True)
        self.list_code = list_code

    @override
    def show_text(self, text: str, shown: str = "") -> None:
        code = picks.code_of(self.list_code, text) or text
        self.set_value(code, shown or picks.label(self.list_code, code))

    @override
    def open(self, typed: str = "") -> PickList:
        self.set_choices(offered(self.list_code, self.value(), clears=True))
        return super().open(typed)


class LinkEditor(OneEditor):
    """Another record out of those that are offered; the text is its key."""

    def __init__(self, offers: Callable[[], Sequence[Offer]]) -> None:
        super().__init__()
        self._offers = offers

    @override
    def hold(self, saved: str, typed: str) -> None:
        self.show_text(saved, dict(self._offers()).get(saved, ""))

    @override
    def open(self, typed: str = "") -> PickList:
        nobody = [("", _("Nobody"))] if self.value() else []
        self.set_choices([*self._offers(), *nobody])
        return super().open(typed)


class RecordEditor(OneEditor):
    """An account or a contact that is looked for by what is typed; a name that nothing has can be kept, too."""

    def __init__(self, found: Callable[[str], Sequence[Offer]]) -> None:
        super().__init__(found, creates=True)


class PlaceEditor(OneEditor):
    """A country, province, city or district, found by any part of its name; another place is kept as text."""

    def __init__(self) -> None:
        super().__init__(places, creates=True)

    @override
    def show_text(self, text: str, shown: str = "") -> None:
        self.set_value(kinds.Region().read(text).value or "", shown or text)
