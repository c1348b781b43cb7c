"""The head of the timeline: how many entries, which kind of them, and what is searched for."""

from __future__ import annotations

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
    """Title, count, search and filter; `narrowed` carries the kind (or nothing) and the text."""

    narrowed = Signal(str, str)
    left = Signal()
    """Esc in the empty search: back to the timeline."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._kind = ""
        self.number = Caption()
        find = QKeySequence(QKeySequence.StandardKey.Find).toString(QKeySequence.SequenceFormat.NativeText)
        self.search_tool = tool("search", _("Search in the activity"), self.open_search, shortcut=find)
        self.filter_tool = tool("filter", _("Filter by kind"), self._open_menu)
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
        self._show_kind()
        self._tell()

    def clear(self) -> None:
        """Begin with everything, without saying so."""
        self._kind = ""
        self._show_kind()
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
        """The kinds to choose from; it goes when it is closed."""
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
        return menu

    def _open_menu(self) -> None:
        self.menu().popup(self.filter_tool.mapToGlobal(QPoint(0, self.filter_tool.height())))

    def _show_kind(self) -> None:
        empty(self._chips)
        if self._kind:
            chip = TagChip(words.kind_word(self._kind), "accent")
            chip.removed.connect(lambda _word: self.set_kind(""))
            self._chips.addWidget(chip)

    def _wait(self) -> None:
        self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        self.narrowed.emit(self._kind, self.box.query())

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
