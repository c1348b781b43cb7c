"""Underlined tabs with counts."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QTabBar
from typing_extensions import override

from crm_desktop.ui import theme

SIDES = 24  # the padding and the gap of the style sheet


class Tabs(QTabBar):
    """A row of tabs known by code; arrow keys move, `changed` carries the code."""

    changed = Signal(str)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._words: dict[str, str] = {}
        self.currentChanged.connect(self._tell)

    def add(self, code: str, word: str, count: int | None = None) -> None:
        """Put a tab at the end."""
        self._words[code] = word
        index = self.addTab(word)
        self.setTabData(index, code)
        self.set_count(code, count)

    def set_count(self, code: str, count: int | None) -> None:
        """Show how many there are behind a tab; None shows no number."""
        index = self._index(code)
        word = self._words[code]
        self.setTabText(index, word.replace("&", "&&") if count is None else f"{word} {count:,}")
        self.setAccessibleTabName(index, self.tabText(index))

    def show_tab(self, code: str, *, shown: bool) -> None:
        """Offer a tab or hide it."""
        self.setTabVisible(self._index(code), shown)

    def value(self) -> str:
        """The code of the current tab."""
        code: str = self.tabData(self.currentIndex()) or ""
        return code

    def set_value(self, code: str) -> None:
        """Go to a tab; `changed` tells it as a click would."""
        self.setCurrentIndex(self._index(code))

    @override
    def tabSizeHint(self, index: int) -> QSize:
        words = QFontMetrics(theme.font(14, 600)).horizontalAdvance(self.tabText(index))
        return QSize(words + theme.px(SIDES), theme.px(38))

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def _index(self, code: str) -> int:
        return next(index for index in range(self.count()) if self.tabData(index) == code)

    def _tell(self) -> None:
        if self.value():
            self.changed.emit(self.value())
