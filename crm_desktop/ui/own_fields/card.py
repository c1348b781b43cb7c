"""The card of the settings on which people make fields of their own: a list of them, and the one chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _, ngettext
from crm_desktop.services import custom_fields
from crm_desktop.ui import theme
from crm_desktop.ui.own_fields.field_form import FieldForm
from crm_desktop.ui.own_fields.field_list import FieldList
from crm_desktop.ui.own_fields.words import RECORDS
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import secondary, tool
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import label
from crm_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm_desktop.services.custom_fields import OwnField
    from crm_desktop.ui.desk import Desk

LIST_WIDTH = 250


class OwnFieldsCard(Card):
    """Fields of each kind of record; everything done here is one step to undo."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Own fields"), "rules")
        self.desk = desk
        self.fields: list[OwnField] = []
        words = [(code, icon, _(word)) for code, (icon, word) in RECORDS.items()]
        self.records = Segmented(_("Kind of record"), words)
        self.records.changed.connect(self._turn)
        self.list = FieldList()
        self.form = FieldForm(desk)
        self.new = secondary(_("Add a field"), "add", self.begin)
        self.up = tool("up", _("Move up"), partial(self.list.step, -1), shortcut="Alt+↑", side=28)
        self.down = tool("down", _("Move down"), partial(self.list.step, 1), shortcut="Alt+↓", side=28)
        self.empty = EmptyState("rules", _("No fields of your own yet"), _("Such as “Special request”."), size=44)
        self.empty.add_button(_("Add a field"), self.begin, icon="add", kind="primary")
        self._lay_out()
        self._listen()
        self.refresh()

    def refresh(self) -> None:
        """Show the fields as they are now; a new one that is being described is left alone."""
        self.fields = custom_fields.listed(self.desk.workspace, self.records.value())
        self.list.fill(self.fields)
        if self._is_adding():
            self.list.setCurrentRow(-1)
            return
        self._show_list(there=bool(self.fields))
        self._show_chosen()

    def begin(self) -> None:
        """Describe a new field."""
        self._show_list(there=True)
        self.list.setCurrentRow(-1)
        self.form.begin(self.records.value())
        self.form.show()

    def _is_adding(self) -> bool:
        return self.form.own is None and not self.form.isHidden()

    def _show_list(self, *, there: bool) -> None:
        self._both.setVisible(there)
        self.empty.setVisible(not there)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(theme.px(LIST_WIDTH))
        side.setLayout(column(self.list, row(self.new, None, self.up, self.down, spacing=2), None, spacing=6))
        self._both = QWidget()
        self._both.setLayout(row(side, self.form, spacing=18, margins=(0, 8, 0, 0)))
        self.form.hide()
        why = _("What you add here is there at once: in forms, lists, search, import and export.")
        self.add_rows(label(why, "caption", wrap=True), row(self.records, None, margins=(0, 4, 0, 0)))
        self.add_rows(self.empty, self._both)

    def _listen(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.list.moved.connect(self._move)
        self.list.edit_asked.connect(self.form.edit)
        self.list.delete_asked.connect(self._delete)
        self.form.delete_asked.connect(self._delete)
        self.form.added.connect(self._added)
        self.form.cancelled.connect(self._cancel)

    def _turn(self, _code: str) -> None:
        self.form.hide()
        self.refresh()

    def _choose(self, place: int) -> None:
        if place >= 0:
            self._show_chosen()

    def _show_chosen(self) -> None:
        own = self._chosen()
        self.form.setVisible(own is not None)
        if own is not None:
            self.form.show_field(own)
        self.up.setEnabled(self.list.currentRow() > 0)
        self.down.setEnabled(0 <= self.list.currentRow() < self.list.count() - 1)

    def _chosen(self) -> OwnField | None:
        key = self.list.chosen()
        return next((each for each in self.fields if each.key == key), None)

    def _move(self, key: int, place: int) -> None:
        self.desk.save(partial(custom_fields.move, self.desk.workspace, key, place))

    def _delete(self) -> None:
        own = self._chosen()
        if own is not None:
            self.desk.save(partial(custom_fields.remove, self.desk.workspace, own.key), partial(self._deleted, own))

    def _deleted(self, own: OwnField, values: int) -> None:
        text = _("Deleted field “{label}”").format(label=own.field.label)
        if values:
            text = f"{text} · {ngettext('{count} value', '{count} values', values)}"
        self.desk.done(text)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _added(self, key: int) -> None:
        self.form.hide()
        self.refresh()
        self.list.choose(key)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cancel(self) -> None:
        self.form.hide()
        self.refresh()
        (self.list if self.fields else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)
