"""The list that drops down from a value: a line to search in, and what can be chosen."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QFrame, QListView, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.icons import icon
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.labels import label
from crm_desktop.ui.widgets.search_box import SearchBox

Choice: TypeAlias = tuple[str, str]
Choices: TypeAlias = Sequence[Choice] | Callable[[str], Sequence[Choice]]
CODE = Qt.ItemDataRole.UserRole
CREATE = Qt.ItemDataRole.UserRole + 1
MOST_ROWS = 8
EDGE = 4
ROW = 30
ENOUGH_TO_SEARCH = 7


class PickList(QFrame):
    """A list to choose from, laid over the window below (or above) the value it belongs to."""

    chosen = Signal(str)
    created = Signal(str)
    closed = Signal()

    def __init__(
        self,
        anchor: QWidget,
        choices: Choices,
        picked: Sequence[str] = (),
        *,
        many: bool = False,
        creates: bool = False,
    ) -> None:
        super().__init__(anchor.window())
        self.setProperty("kind", "panel")
        self._anchor, self._choices, self._many, self._creates = anchor, choices, many, creates
        self.picked = list(picked)
        words = anchor.accessibleName()
        self.search = SearchBox(_("Type to find"))
        self.search.setAccessibleName(_("Find in “{name}”").format(name=words))
        self.model = QStandardItemModel(self)
        self.view = _View(self.model, words)
        self.nothing = label(_("Nothing found"), "caption")
        self.nothing.setContentsMargins(12, 4, 12, 10)
        self.setLayout(column(column(self.search, margins=(6, 6, 6, 0)), self.view, self.nothing, spacing=0))
        self.search.setVisible(creates or callable(choices) or len(choices) >= ENOUGH_TO_SEARCH)
        self.search.searched.connect(self.fill)
        self.search.installEventFilter(self)
        self.view.installEventFilter(self)
        self.view.clicked.connect(self._take)

    def open(self, typed: str = "") -> None:
        """Show the list with the current value chosen; `typed` begins the search."""
        if typed:
            self.search.setText(typed)  # which fills the list
        else:
            self.fill()
        self.show()
        self.raise_()
        (self.view if self.search.isHidden() else self.search).setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one while widgets live

    def close_list(self) -> None:
        """Take the list away and give the focus back."""
        if self.isHidden():
            return
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if inside:
            self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def words_of(self, code: str) -> str:
        """The words of a code that is on show."""
        rows = range(self.model.rowCount())
        found = (self.model.item(each) for each in rows if self.model.item(each).data(CODE) == code)
        return next((each.text() for each in found), "")

    def fill(self, query: str = "") -> None:
        """Show what fits the query."""
        if callable(self._choices):
            fitting = list(self._choices(query))
        else:
            wanted = query.casefold().split()
            fitting = [each for each in self._choices if all(part in each[1].casefold() for part in wanted)]
        self.model.clear()
        for code, words in fitting:
            self.model.appendRow(self._row(code, words))
        if self._creates and query.strip() and all(words != query.strip() for code, words in fitting):
            made = QStandardItem(icon("add", "accentText", 14), _("Add “{name}”").format(name=query.strip()))
            made.setData(query.strip(), CREATE)
            self.model.appendRow(made)
        self.nothing.setVisible(self.model.rowCount() == 0)
        self.view.setVisible(self.model.rowCount() > 0)
        self._point_at_first([code for code, words in fitting])
        self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in {self.search, self.view}:
            return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(event)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            spot = self.mapFromGlobal(event.globalPosition().toPoint())
            if isinstance(watched, QWidget) and not self.rect().contains(spot):
                self.close_list()
        elif event.type() == QEvent.Type.Resize and watched is self.window():
            self._place()
        elif event.type() == QEvent.Type.Hide and watched is self._anchor:
            self.close_list()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST_ROWS, Qt.Key.Key_PageUp: -MOST_ROWS}
        if key in steps:
            last = self.model.rowCount() - 1
            self._point_at(max(0, min(last, self.view.currentIndex().row() + steps[Qt.Key(key)])))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or (key == Qt.Key.Key_Space and self.view.hasFocus()):
            self._take()
        elif key in {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.close_list()
        else:
            return False
        return True

    def _take(self) -> None:
        index = self.view.currentIndex()
        if not index.isValid():
            return
        if made := index.data(CREATE):
            self.created.emit(made)
            self.close_list()
            return
        code = index.data(CODE)
        if self._many:
            self.picked = (
                [each for each in self.picked if each != code] if code in self.picked else [*self.picked, code]
            )
            self.model.itemFromIndex(index).setIcon(self._tick(code))
        else:
            self.picked = [code]
        self.chosen.emit(code)
        if not self._many:
            self.close_list()

    def _row(self, code: str, words: str) -> QStandardItem:
        made = QStandardItem(words)
        made.setData(code, CODE)
        made.setEditable(False)
        made.setToolTip(words)
        made.setIcon(self._tick(code))
        return made

    def _tick(self, code: str) -> QIcon:
        return icon("tick", "accentText", 14) if code in self.picked else QIcon(_blank())

    def _point_at_first(self, codes: list[str]) -> None:
        at = next((row for row, code in enumerate(codes) if code in self.picked), 0)
        self._point_at(at if not self.search.query() else 0)

    def _point_at(self, row: int) -> None:
        index = self.model.index(row, 0)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)

    def _place(self) -> None:
        """Below the value if there is room, else above it, and never over the edge of the window."""
        window = self._anchor.window()
        rows = max(1, min(MOST_ROWS, self.model.rowCount()))
        self.view.setFixedHeight(rows * theme.px(ROW) + 10)
        width = min(max(self._anchor.width(), theme.px(220)), window.width() - 2 * EDGE)
        size = QSize(width, self.sizeHint().height())
        corner = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 2))
        if corner.y() + size.height() > window.height():
            corner.setY(max(EDGE, self._anchor.mapTo(window, QPoint(0, -2)).y() - size.height()))
        corner.setX(max(EDGE, min(corner.x(), window.width() - size.width() - EDGE)))
        self.resize(size)
        self.move(corner)


class _View(QListView):
    """The rows."""

    def __init__(self, model: QStandardItemModel, words: str) -> None:
        super().__init__()
        self.setProperty("kind", "pick")
        self.setModel(model)
        self.setAccessibleName(words)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)


@cache
def _blank() -> QPixmap:
    """Nothing, as wide as a tick, so that words stay in line."""
    nothing = QPixmap(14, 14)
    nothing.fill(Qt.GlobalColor.transparent)
    return nothing
