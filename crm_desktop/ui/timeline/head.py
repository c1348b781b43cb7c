"""The head of the timeline: how many entries, which kind of them, whose, and what is searched for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui.icons import icon
from crm_desktop.ui.timeline import words
from crm_desktop.ui.widgets.boxes import column, empty, row
from crm_desktop.ui.widgets.buttons import tool
from crm_desktop.ui.widgets.chips import TagChip
from crm_desktop.ui.widgets.labels import Caption, label
from crm_desktop.ui.widgets.search_box import SearchBox

PAUSE_MS = 120


class TimelineHead(QWidget):
    """Title, count, search and filter; what narrows the timeline stands as chips that can be taken off."""

    narrowed = Signal()
    """The kind, the person or the text is another."""
    story_wanted = Signal(bool)
    """A contact amid the whole story of the account, or alone again."""
    branches_wanted = Signal(bool)
    """An account with its branches, or without."""
    person_wanted = Signal()
    """Somebody is to be chosen whose part alone is shown."""
    left = Signal()
    """Esc in the empty search: back to the timeline."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._kind = ""
        self._person: tuple[int, str] | None = None
        self._story = ""
        self.can_tell_story = False
        self.can_have_branches = False
        self.has_branches = True
        self.number = Caption()
        find = QKeySequence(QKeySequence.StandardKey.Find).toString(QKeySequence.SequenceFormat.NativeText)
        self.search_tool = tool("search", _("Search in the activity"), self.open_search, shortcut=find)
        self.filter_tool = tool("filter", _("Filter by kind and person"), self._open_menu)
        self._chips = row(spacing=0)
        self.box = _Search(_("Search in the activity"))
        self.box.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.box.searched.connect(self._wait)
        self.box.left.connect(self._close_search)
        self.box.returnPressed.connect(self._tell)
        title = row(label(_("Activity"), "heading"), self.number, spacing=6)
        title.addLayout(self._chips)
        title.addStretch(1)
        title.addWidget(self.search_tool)
        title.addWidget(self.filter_tool)
        self.setLayout(column(title, self.box, spacing=6, margins=(16, 8, 8, 6)))

    def kind(self) -> str:
        """The kind that alone is shown, or nothing."""
        return self._kind

    def set_kind(self, kind: str) -> None:
        """Show one kind alone, or all."""
        self._kind = kind
        self._show_chips()
        self._tell()

    def person(self) -> int | None:
        """The contact whose part alone is shown."""
        return self._person[0] if self._person else None

    def set_person(self, person: tuple[int, str] | None) -> None:
        """Show only what a contact (key and name) took part in, or all."""
        self._person = person
        self._show_chips()
        self._tell()

    def text(self) -> str:
        """What is searched for."""
        return self.box.query()

    def show_story(self, account: str) -> None:
        """Say that others at this account are shown too, or, with no name, that they are not."""
        self._story = account
        self._show_chips()

    def show_branches(self, *, shown: bool) -> None:
        """Say that branches are left out, or that they are not."""
        self.has_branches = shown
        self._show_chips()

    def toggle_story(self) -> None:
        """Show others at the account, too, or only the contact again."""
        if self.can_tell_story:
            self.story_wanted.emit(not self._story)

    def toggle_branches(self) -> None:
        """Leave branches out, or take them in again."""
        if self.can_have_branches:
            self.branches_wanted.emit(not self.has_branches)

    def clear(self) -> None:
        """Begin with everything, without saying so."""
        self._kind, self._person, self._story = "", None, ""
        self._show_chips()
        self.box.clear()
        self.box.hide()
        self._pause.stop()

    def open_search(self) -> None:
        """Go to the search line."""
        self.box.show()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def show_count(self, matching: int, total: int, *, is_narrowed: bool) -> None:
        """Say how many entries there are, and how many of them are shown."""
        self.number.setText(
            _("{count} of {total}").format(count=f"{matching:,}", total=f"{total:,}") if is_narrowed else f"{total:,}"
        )

    def menu(self) -> QMenu:
        """The kinds and people to choose from, and how far the timeline goes; it goes when it is closed."""
        from crm_desktop.model import picks

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        choices = [("", _("All"))] + [(each.code, each.label) for each in picks.of("activity_kind")]
        for code, word in choices:
            action = menu.addAction(icon(words.kind_icon(code) if code else "activity", "text2", 16), word)
            action.setCheckable(True)
            action.setChecked(code == self._kind)
            action.setData(code)
            group.addAction(action)
        group.triggered.connect(lambda action: self.set_kind(action.data()))
        menu.addSeparator()
        if self.can_have_branches:
            branches = menu.addAction(_("With branches") + "\tB", self.toggle_branches)
            branches.setCheckable(True)
            branches.setChecked(self.has_branches)
        if self.can_tell_story:
            story = menu.addAction(_("Everybody at the account") + "\tW", self.toggle_story)
            story.setCheckable(True)
            story.setChecked(bool(self._story))
        menu.addAction(icon("person", "text2", 16), _("One person…") + "\tP", self.person_wanted.emit)
        return menu

    def _open_menu(self) -> None:
        self.menu().popup(self.filter_tool.mapToGlobal(QPoint(0, self.filter_tool.height())))

    def _show_chips(self) -> None:
        empty(self._chips)
        if self._kind:
            self._add_chip(words.kind_word(self._kind), "accent", lambda: self.set_kind(""))
        if self._person:
            self._add_chip(self._person[1], "accent", lambda: self.set_person(None))
        if self._story:
            self._add_chip(_("All of {account}").format(account=self._story), "plain", self.toggle_story)
        if self.can_have_branches and not self.has_branches:
            self._add_chip(_("Without branches"), "plain", self.toggle_branches)

    def _add_chip(self, text: str, tone: str, take_off: Callable[[], object]) -> None:
        chip = TagChip(text, tone)
        chip.removed.connect(lambda _word: take_off())
        self._chips.addWidget(chip)

    def _wait(self) -> None:
        self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        self.narrowed.emit()

    def _close_search(self) -> None:
        self.box.hide()
        self._tell()
        self.left.emit()


class _Search(SearchBox):
    """A search line that one can leave with Esc."""

    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.text():
            self.left.emit()
        else:
            super().keyPressEvent(event)
