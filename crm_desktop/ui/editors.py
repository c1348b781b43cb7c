"""The editor for each kind of value; all of them take and give the text that `kind.edit` and `kind.read` speak."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, singledispatch
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, SignalInstance
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QCompleter, QListView, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model import kinds, own_kinds, picks
from crm_desktop.model.address import AddressKind
from crm_desktop.model.tag import TagsKind
from crm_desktop.ui.place_editor import PlaceEditor
from crm_desktop.ui.text_keys import asks_for_undo
from crm_desktop.ui.widgets.choice import InPlaceChoice, InPlaceChoices
from crm_desktop.ui.widgets.in_place import ENTER, InPlaceLine, InPlaceText
from crm_desktop.ui.widgets.pick_list import Choice as Offer
from crm_desktop.ui.widgets.pick_list import PickList
from crm_desktop.ui.widgets.tags import InPlaceTags

CLEARS = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
LEAVES_OPEN = Qt.FocusReason.PopupFocusReason


class Editor(Protocol):
    """What every editor can do."""

    entered: SignalInstance
    """A text was meant to be saved."""
    typed: SignalInstance
    """A text is being typed."""

    def show_text(self, text: str, shown: str = "") -> None:
        """Have it say what is saved: `text` while editing, `shown` (when that differs) while looking."""

    def hold(self, saved: str, typed: str) -> None:
        """Keep `typed` on show although it could not be saved; Esc brings `saved` back."""


def _nobody() -> Sequence[Offer]:
    return ()


def _no_words() -> Sequence[str]:
    return ()


def _nothing_found(_entity: str, _typed: str) -> Sequence[Offer]:
    return ()


@dataclass(frozen=True, slots=True)
class Offers:
    """Where editors find what they offer."""

    users: Callable[[], Sequence[Offer]] = _nobody
    tags: Callable[[], Sequence[str]] = _no_words
    records: Callable[[str, str], Sequence[Offer]] = _nothing_found
    """What is found among the records of a kind for what is typed."""


class LineEditor(InPlaceLine):
    """One line; what is easier to read than to edit, such as ¥860,000, shows its plain text while edited."""

    entered = QtSignal(str)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self._edit = self._shown = ""
        self._offered: Callable[[], Sequence[str]] | None = None
        self._choices: _Choices | None = None
        self.committed.connect(self.entered)

    def offer(self, words: Callable[[], Sequence[str]]) -> None:
        """Offer words used before while one is typing; they are read when the line is first entered."""
        self._offered = words

    def show_text(self, text: str, shown: str = "") -> None:
        """Say what is saved."""
        self._edit, self._shown = text, shown or text
        self.set_value(self._edit if self.hasFocus() else self._shown)

    def hold(self, saved: str, typed: str) -> None:
        """Keep what was typed; Esc brings back what is saved."""
        self._edit = self._shown = self._saved = saved
        if self.text() != typed:
            self.setText(typed)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._edit != self._shown and self.text() == self._shown:
            self.set_value(self._edit)
        if self._offered is not None:
            self._choices = _Choices(self._offered())
            self.setCompleter(self._choices)
            self._choices.activated.connect(self.commit, Qt.ConnectionType.QueuedConnection)
            self._offered = None
        super().focusInEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._choices is not None and self._choices.takes(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if asks_for_undo(event) and self.text() == self._saved:
            event.ignore()
            return False
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != LEAVES_OPEN and self.text() == self._edit:
            self.set_value(self._shown)


class _Choices(QCompleter):
    """Words that are offered below a line while one is typing."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(list(words))
        self._list = QListView()
        self._list.setProperty("kind", "pick")
        self._list.setAccessibleName(_("Used before"))
        self.setPopup(self._list)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the list: Enter when one of its words is chosen, Esc to close it."""
        if not self._list.isVisible():
            return False
        is_answer = event.key() in ENTER and self._list.currentIndex().isValid()
        return is_answer or event.key() == Qt.Key.Key_Escape


class TextEditor(InPlaceText):
    """Several lines."""

    entered = QtSignal(str)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self.committed.connect(self.entered)

    def show_text(self, text: str, shown: str = "") -> None:  # noqa: ARG002 - a long text reads as it is edited
        """Say what is saved."""
        self.set_value(text)

    def hold(self, saved: str, typed: str) -> None:
        """Keep what was typed; Esc brings back what is saved."""
        if self.toPlainText() != typed:
            self._replace(typed)
        self._saved = saved

    @override
    def event(self, event: QEvent) -> bool:
        if asks_for_undo(event) and self.toPlainText() == self._saved:
            event.ignore()
            return False
        return super().event(event)


class ChoiceEditor(InPlaceChoice):
    """One value of a pick list; a word that is not in the list can be kept, too, and Delete takes the value off."""

    entered = QtSignal(str)
    typed = QtSignal(str)

    def __init__(self, list_code: str) -> None:
        super().__init__((), creates=True)
        self.list_code = list_code
        self.committed.connect(self.entered)
        self.created.connect(self.entered)

    def show_text(self, text: str, shown: str = "") -> None:
        """Say what is saved."""
        code = picks.code_of(self.list_code, text) or text
        self.set_value(code, shown or picks.label(self.list_code, code))

    def hold(self, saved: str, typed: str) -> None:  # noqa: ARG002 - a choice has nothing typed to lose
        """Go back to what is saved."""
        self.show_text(saved)

    @override
    def open(self, typed: str = "") -> PickList:
        self.set_choices(_offered(self.list_code, self.value(), clears=True))
        return super().open(typed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLEARS and self.value():
            self.entered.emit("")
        else:
            super().keyPressEvent(event)


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
        self.set_choices(_offered(self.list_code, *codes))
        self.set_value(codes)

    def hold(self, saved: str, typed: str) -> None:  # noqa: ARG002 - a choice has nothing typed to lose
        """Go back to what is saved."""
        self.show_text(saved)

    @override
    def open(self, typed: str = "") -> PickList:
        self.set_choices(_offered(self.list_code, *self.value()))
        return super().open(typed)

    def _enter(self, codes: list[str]) -> None:
        self.entered.emit(",".join(codes))

    def _enter_more(self, word: str) -> None:
        self.entered.emit(",".join([*self.value(), word]))


class LinkEditor(InPlaceChoice):
    """Another record out of those that are offered; the text is its key."""

    entered = QtSignal(str)
    typed = QtSignal(str)

    def __init__(self, offered: Callable[[], Sequence[Offer]]) -> None:
        super().__init__(())
        self._offered = offered
        self.committed.connect(self.entered)

    def show_text(self, text: str, shown: str = "") -> None:
        """Say what is saved."""
        self.set_value(text, shown)

    def hold(self, saved: str, typed: str) -> None:  # noqa: ARG002 - a choice has nothing typed to lose
        """Go back to what is saved."""
        self.show_text(saved, dict(self._offered()).get(saved, ""))

    @override
    def open(self, typed: str = "") -> PickList:
        nobody = [("", _("Nobody"))] if self.value() else []
        self.set_choices([*self._offered(), *nobody])
        return super().open(typed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLEARS and self.value():
            self.entered.emit("")
        else:
            super().keyPressEvent(event)


class RecordEditor(InPlaceChoice):
    """An account or a contact that is looked for by what is typed; a name that nothing has can be kept, too."""

    entered = QtSignal(str)
    typed = QtSignal(str)

    def __init__(self, found: Callable[[str], Sequence[Offer]]) -> None:
        super().__init__(found, creates=True)
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


def widget_of(made: Editor) -> QWidget:
    """An editor as the thing to be laid out."""
    assert isinstance(made, QWidget)
    return made


@singledispatch
def editor(kind: object, offers: Offers) -> Editor:
    """The editor for a kind of value; one line of text unless the kind needs more."""
    raise TypeError(f"no kind of value: {kind!r}, {offers!r}")


@editor.register(kinds.Kind)
def _line(_kind: kinds.Kind, _offers: Offers) -> Editor:
    return LineEditor()


@editor.register(kinds.Notes)
@editor.register(AddressKind)
def _text(_kind: kinds.Kind, _offers: Offers) -> Editor:
    return TextEditor()


@editor.register(kinds.Amount)
def _amount(_kind: kinds.Amount, _offers: Offers) -> Editor:
    return LineEditor(_("such as 1.2m or 860,000 USD"))


@editor.register(kinds.Day)
def _day(_kind: kinds.Day, _offers: Offers) -> Editor:
    return LineEditor(_("such as 2026-03-31"))


@editor.register(kinds.Birthday)
def _birthday(_kind: kinds.Birthday, _offers: Offers) -> Editor:
    return LineEditor(_("such as 1990-03-08 or 03-08"))


@editor.register(kinds.Choice)
def _choice(kind: kinds.Choice, _offers: Offers) -> Editor:
    return ChoiceEditor(kind.list_code)


@editor.register(kinds.Choices)
def _choices(kind: kinds.Choices, _offers: Offers) -> Editor:
    return ChoicesEditor(kind.list_code)


@editor.register(kinds.Region)
def _place(_kind: kinds.Region, _offers: Offers) -> Editor:
    return PlaceEditor()


@editor.register(kinds.YesNo)
def _yes_no(_kind: kinds.YesNo, _offers: Offers) -> Editor:
    return YesNoEditor()


@editor.register(kinds.LinkTo)
def _link(_kind: kinds.LinkTo, offers: Offers) -> Editor:
    return LinkEditor(offers.users)


@editor.register(own_kinds.RecordLink)
def _record(kind: own_kinds.RecordLink, offers: Offers) -> Editor:
    return RecordEditor(partial(offers.records, kind.table))


@editor.register(TagsKind)
def _tags(_kind: TagsKind, offers: Offers) -> Editor:
    return TagsEditor(offers.tags)


def _offered(list_code: str, *held: str, clears: bool = False) -> list[Offer]:
    """The values of a pick list as they are now, with those a record holds although they are retired or unknown."""
    offered = [(each.code, each.label) for each in picks.of(list_code) if each.is_active or each.code in held]
    known = {code for code, _label in offered}
    offered += [(code, picks.label(list_code, code)) for code in held if code and code not in known]
    return [*offered, ("", _("None of these"))] if clears and any(held) else offered
