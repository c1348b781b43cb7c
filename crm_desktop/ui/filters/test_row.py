"""One condition of a filter: what is looked at, how, and with which values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model.filters import Test, testable, testable_at
from crm_desktop.ui import theme
from crm_desktop.ui.editors import Offers
from crm_desktop.ui.filters.value_editors import Value, value_editors
from crm_desktop.ui.widgets.boxes import empty, row
from crm_desktop.ui.widgets.buttons import tool
from crm_desktop.ui.widgets.choice import InPlaceChoice

if TYPE_CHECKING:
    from crm_desktop.model import Entity

FIELD, OPERATOR = 200, 150


class TestRow(QWidget):
    """A row of the filter builder."""

    __test__ = False  # pytest takes each class whose name begins so for one of its own
    changed = Signal()
    removed = Signal()

    def __init__(self, entity: type[Entity], offers: Offers) -> None:
        super().__init__()
        self._entity, self._offers = entity, offers
        self._values: list[Value] = []
        fields = [(each.path, each.full_label) for each in testable(entity)]
        self.field = self._button(fields, FIELD, _("Field"))
        self.operator = self._button([], OPERATOR, _("Comparison"))
        self._editors = row(spacing=6)
        self.remove = tool("close", _("Remove this condition"), self.removed.emit, side=28, shortcut="Ctrl+Del")
        self.setLayout(row(self.field, self.operator, self._editors, None, self.remove, spacing=6))
        self.field.committed.connect(self._turn_field)
        self.operator.committed.connect(self._turn_operator)
        self.operator.setEnabled(False)

    def _button(self, choices: list[tuple[str, str]], wide: int, words: str) -> InPlaceChoice:
        made = InPlaceChoice(choices)
        made.setProperty("kind", "")
        made.setFixedWidth(theme.px(wide))
        made.setAccessibleName(words)
        return made

    def test(self) -> Test | None:
        """The condition; None as long as something is missing."""
        asked = testable_at(self._entity, self.field.value())
        how = next((each for each in asked.operators if each.code == self.operator.value()), None) if asked else None
        if asked is None or how is None:
            return None
        values = tuple(value for each in self._values for value in each.values())
        needed = 1 if how.has_many else len(how.takes)
        return Test(asked.path, how.code, values) if len(values) >= needed else None

    def show_test(self, test: Test) -> None:
        """Show a condition."""
        asked = testable_at(self._entity, test.path)
        if asked is None:
            return
        self._offer(asked.path, test.operator)
        how = next((each for each in asked.operators if each.code == test.operator), None)
        if how is not None and how.has_many:
            self._values[0].show_values(test.values)
        else:
            for editor, value in zip(self._values, test.values, strict=False):
                editor.show_values([value])

    def _turn_field(self, path: str) -> None:
        before = self.operator.value()
        asked = testable_at(self._entity, path)
        if asked is None:
            return
        codes = [each.code for each in asked.operators]
        self._offer(path, before if before in codes else codes[0])
        self.changed.emit()
        self._go_on()

    def _turn_operator(self, code: str) -> None:
        before = [each.values() for each in self._values]
        self._offer(self.field.value(), code)
        for editor, values in zip(self._values, before, strict=False):
            editor.show_values(values)
        self.changed.emit()
        self._go_on()

    def _go_on(self) -> None:
        """Have the focus where the next thing is entered."""
        target = self._values[0].widget() if self._values else self.operator
        target.show()  # a layout shows what is new in it later, and what is hidden takes no focus
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, path: str, code: str) -> None:
        """Offer the operators of a field, and the editors that one of them needs."""
        asked = testable_at(self._entity, path)
        assert asked is not None
        self.field.set_value(path)
        self.operator.set_choices([(each.code, each.label) for each in asked.operators])
        self.operator.set_value(code)
        self.operator.setEnabled(True)
        empty(self._editors)
        how = next((each for each in asked.operators if each.code == code), None)
        self._values = value_editors(asked, how, self._offers, self.changed) if how else []
        for each in self._values:
            self._editors.addWidget(each.widget())
        before: QWidget = self.operator
        for widget in [*(each.widget() for each in self._values), self.remove]:
            QWidget.setTabOrder(before, widget)
            before = widget

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_delete = event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
        if is_delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "operator"):
            self.field.setFixedWidth(theme.px(FIELD))
            self.operator.setFixedWidth(theme.px(OPERATOR))
