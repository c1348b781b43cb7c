"""Editing a value in its cell, with the editors and checks of the detail pane."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from typing_extensions import override

from crm_desktop.model.fields import Field
from crm_desktop.services import records
from crm_desktop.services.records import Shown
from crm_desktop.text.findings import Finding
from crm_desktop.ui import theme
from crm_desktop.ui.editors import LineEditor, Offers, TagsEditor, TextEditor, widget_of
from crm_desktop.ui.form import FieldBinder
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.choice import InPlaceChoice, InPlaceChoices
from crm_desktop.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.lists.table import RecordTable

NARROWEST, TALLEST = 260, 320
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
CTRL = Qt.KeyboardModifier.ControlModifier


class CellEditor(QFrame):
    """Lies over one cell while it is edited; what cannot be saved stays open with the reason below."""

    closed = Signal()

    def __init__(self, table: RecordTable, desk: Desk, offers: Offers) -> None:
        super().__init__(table)
        self.setProperty("kind", "panel")
        self._table, self._desk, self._offers = table, desk, offers
        self._binders: dict[Field, FieldBinder] = {}
        self._binder: FieldBinder | None = None
        self._key, self._column = 0, 0
        self._box = column(spacing=0, margins=(4, 4, 4, 4))
        self.setLayout(self._box)
        self.hide()
        table.edit_asked.connect(self.open)
        for bar in (table.verticalScrollBar(), table.horizontalScrollBar()):
            bar.valueChanged.connect(self.place)
        table.records.listed.connect(self.place)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    @property
    def binder(self) -> FieldBinder | None:
        """What is being edited."""
        return self._binder

    def open(self, index: QModelIndex) -> None:
        """Edit the value of a cell, unless it cannot be edited in a list."""
        field = self._table.field_at(index.column())
        if field.read_only:
            return
        self.leave()
        self._key, self._column = self._table.records.keys[index.row()], index.column()
        binder = self._binders.get(field) or self._bind(field)
        self._binder = binder
        value = self._table.records.value(index.row(), field.name)
        text = self._table.records.cell(index.row(), field).text
        binder.show_value(self._key, Shown(field, value, text, field.kind.check(value)))
        binder.row.show()
        self.place()
        self.show()
        self.raise_()
        self._begin(widget_of(binder.editor))

    def _bind(self, field: Field) -> FieldBinder:
        entity = self._table.records.listing.entity

        def write(key: int, text: str) -> Sequence[Finding]:
            return records.change(self._desk.workspace, entity, key, field.name, text)

        binder = FieldBinder(self._desk, field, self._offers, partial(records.check, entity, field.name), write)
        binder.row.label.hide()
        binder.row.set_label_width(1)
        binder.editor.entered.connect(self._entered)
        for each in (binder.row, *binder.row.findChildren(QWidget)):
            each.installEventFilter(self)
        self._box.addWidget(binder.row)
        self._binders[field] = binder
        return binder

    def _begin(self, made: QWidget) -> None:
        made.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(made, LineEditor):
            made.selectAll()
        elif isinstance(made, InPlaceChoice | InPlaceChoices):
            QTimer.singleShot(0, self, partial(self._drop, made))

    def _drop(self, made: InPlaceChoice | InPlaceChoices) -> None:
        if made.isVisible():
            made.open().closed.connect(self._choice_made, Qt.ConnectionType.QueuedConnection)

    def _choice_made(self) -> None:
        if self.isVisible():
            self.leave(take_focus=True)

    def _entered(self, _text: str) -> None:
        """Close when something was saved by a choice; a line closes by its key."""
        self.place()

    def leave(self, *, take_focus: bool = False, keep: bool = True) -> bool:
        """Save what is typed and close; gives whether that was possible. `keep` is False for giving it up."""
        binder = self._binder
        if binder is None or self.isHidden():
            return True
        made = binder.editor
        if not keep:
            binder.give_up()
        elif isinstance(made, LineEditor | TextEditor):
            made.commit()
        if keep and binder.is_refused:
            self.place()
            return False
        self._binder = None
        self.hide()
        binder.row.hide()
        if take_focus:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        return True

    def place(self) -> None:
        """Lie over the cell, wherever it is by now."""
        binder, table = self._binder, self._table
        if binder is None:
            return
        row = table.records.row_of(self._key)
        if row is None or self._column >= table.records.columnCount():
            self.leave(keep=not binder.is_refused)
            return
        cell = table.visualRect(table.records.index(row, self._column))
        view = table.viewport()
        wide = min(max(cell.width(), theme.px(NARROWEST)), view.width())
        high = min(max(self._box.heightForWidth(wide), self._box.sizeHint().height(), cell.height()), theme.px(TALLEST))
        left = max(0, min(cell.x(), view.width() - wide))
        top = max(0, min(cell.y(), view.height() - high))
        corner = view.mapTo(table, QPoint(left, top))
        self.setGeometry(QRect(corner.x(), corner.y(), wide, high))

    def step(self, by: int) -> None:
        """Save and go on to the next value that can be edited."""
        table, start = self._table, self._table.currentIndex()
        if not self.leave(take_focus=True):
            return
        fields = table.records.fields
        row, column_ = start.row(), start.column()
        for _each in range(2 * len(fields)):
            column_ += by
            if not 0 <= column_ < len(fields):
                row, column_ = row + by, 0 if by > 0 else len(fields) - 1
            if not 0 <= row < len(table.records.keys):
                return
            if not fields[column_].read_only:
                table.go_to(row, column_)
                table.edit_current()
                return

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.place)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._binder is not None:
            return self._key_pressed(event)
        return False

    def _key_pressed(self, event: QKeyEvent) -> bool:
        assert self._binder is not None
        key, made = event.key(), self._binder.editor
        if key in TABS:
            self.step(TABS[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape:
            self._restore()
        elif key in ENTER and self._closes(event, made):
            self.leave(take_focus=True)
        else:
            return False
        return True

    def _closes(self, event: QKeyEvent, made: object) -> bool:
        if isinstance(made, TextEditor):
            return bool(event.modifiers() & CTRL)
        if isinstance(made, TagsEditor):
            return not made.line.text().strip()
        return isinstance(made, LineEditor)

    def _restore(self) -> None:
        """Put back what is saved and close."""
        assert self._binder is not None
        made, index = self._binder.editor, self._table.records.row_of(self._key)
        self._binder.give_up()
        if index is not None:
            field = self._binder.field
            value = self._table.records.value(index, field.name)
            saved = field.kind.edit(value) if value is not None else ""
            made.hold(saved, saved)
        self.leave(take_focus=True, keep=False)

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Save and close when somebody goes on to something else."""
        if self._binder is None or self.isHidden() or now is None or self.isAncestorOf(now) or now is self:
            return
        inside_list = any(isinstance(each, PickList) for each in _above(now))
        if not inside_list and now.window() is self.window() and self._table.isVisible():
            self.leave()


def _above(widget: QWidget) -> list[QWidget]:
    found: list[QWidget] = [widget]
    while (parent := found[-1].parentWidget()) is not None:
        found.append(parent)
    return found
