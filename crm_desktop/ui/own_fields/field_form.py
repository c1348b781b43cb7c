"""Everything about one own field."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, language, ngettext
from crm_desktop.model.own_kinds import KINDS
from crm_desktop.services import custom_fields
from crm_desktop.ui.list_card.form import Form, NameLine
from crm_desktop.ui.own_fields.options import OptionsEditor
from crm_desktop.ui.own_fields.words import LISTED, cards, targets
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.services.custom_fields import OwnField
    from crm_desktop.ui.desk import Desk

T = TypeVar("T")


class FieldForm(Form):
    """The names of a field, its kind, where it is seen, and its options."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Delete field"), _("Add field"), self._add)
        self.own: OwnField | None = None
        self.entity = ""
        self.other_name = NameLine()
        names = (self.name, self.other_name)
        self.zh, self.en = names if language() == "zh_CN" else reversed(names)
        self.kind = InPlaceChoice([(code, _(kind.text)) for code, kind in KINDS.items()])
        self.target = InPlaceChoice(targets())
        self.card = InPlaceChoice(())
        self.in_table = QCheckBox(_("Show as a column"))
        self.options = OptionsEditor()
        self.held = label("", "caption", wrap=True)
        self._lay_out()
        self._listen()

    @override
    def begin(self) -> None:
        self.own = None
        self._fill("", "", "text", "account", "", in_table=self.entity in LISTED)
        self.options.set_value(())
        self.heading.setText(_("New field"))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def show_thing(self, thing: OwnField) -> None:
        own = self.own = thing
        self.entity = own.field.entity
        self._fill(own.zh, own.en, own.kind, own.target or "account", own.field.group, in_table=own.field.table)
        self.options.set_value([(each.code, each.label) for each in own.options if each.is_active])
        self.heading.setText(own.field.label)
        held = ngettext("{count} record holds a value.", "{count} records hold a value.", own.values)
        gone = _("Deleting the field deletes them, too; Undo brings all back.")
        self.held.setText(f"{held} {gone}" if own.values else held)

    def _fill(self, zh: str, en: str, kind: str, target: str, card: str, *, in_table: bool) -> None:
        self.zh.set_value(zh)
        self.en.set_value(en)
        self.kind.set_value(kind)
        self.target.set_value(target)
        self.card.set_choices(cards(self.entity))
        self.card.set_value(card)
        if not card and cards(self.entity):
            self.card.set_value("", _("More"))
        self.in_table.setChecked(in_table)
        for each in self._rows.values():
            each.set_finding("")
        self.set_new(is_new=self.own is None)
        self._show_parts()

    def _show_parts(self) -> None:
        """Show what there is to say of a field of this kind."""
        kind = KINDS[self.kind.value()]
        self.kind.setEnabled(self.is_new)
        self.target.setEnabled(self.is_new)
        self._rows["target"].setVisible(self.kind.value() == "link")
        self._rows["options"].setVisible(kind.picks)
        self._rows["card"].setVisible(bool(cards(self.entity)))
        self._rows["in_table"].setVisible(self.entity in LISTED)
        self.held.setVisible(not self.is_new)

    def _lay_out(self) -> None:
        names = {"zh": FieldRow(_("Name in Chinese"), self.zh), "en": FieldRow(_("Name in English"), self.en)}
        if language() != "zh_CN":
            names = dict(reversed(names.items()))
        self._rows = {
            **names,
            "kind": FieldRow(_("Kind"), self.kind),
            "target": FieldRow(_("Leads to"), self.target),
            "options": FieldRow(_("Options"), self.options),
            "card": FieldRow(_("Card"), self.card),
            "in_table": FieldRow(_("Lists"), self.in_table),
        }
        align_labels(self._rows.values())
        self.setLayout(column(self.heading, *self._rows.values(), 4, self.held, self.foot, None, spacing=4))

    def _listen(self) -> None:
        for each in (self.zh, self.en):
            each.committed.connect(self._rename)
            each.accepted.connect(self._accept)
        self.kind.committed.connect(self._show_parts)
        self.card.committed.connect(lambda code: self._change(card=code))
        self.in_table.clicked.connect(lambda shown: self._change(in_table=shown))
        self.options.changed.connect(self._set_options)

    def _accept(self) -> None:
        if self.is_new and self.name.value().strip():
            self._add()

    def _add(self) -> None:
        kind = self.kind.value()
        details = custom_fields.Details(
            other_label=self.other_name.value(),
            options=[text for _code, text in self.options.value()] if KINDS[kind].picks else (),
            in_table=self.in_table.isChecked(),
            card=self.card.value(),
            target=self.target.value(),
        )
        make = partial(custom_fields.add, self.desk.workspace, self.entity, kind, self.name.value(), **details)
        self._save(make, lambda made: self.kept.emit(made.own))

    def _rename(self) -> None:
        if self.own is not None:
            zh, en = self.zh.value(), self.en.value()
            self._save(partial(custom_fields.rename, self.desk.workspace, self.own.key, zh, en))

    def _change(self, **to: object) -> None:
        if self.own is not None:
            self._save(partial(custom_fields.change, self.desk.workspace, self.own.key, **to))

    def _set_options(self) -> None:
        if self.own is not None:
            options = self.options.value()
            self._save(partial(custom_fields.set_options, self.desk.workspace, self.own.key, options))

    def _save(self, write: Callable[[], T], then: Callable[[T], object] | None = None) -> None:
        """Carry out a change; what cannot be is told below the row that it is about."""
        for each in self._rows.values():
            each.set_finding("")
        try:
            self.desk.save(write, then)
        except Invalid as error:
            first = next(name for name in self._rows if name in ("zh", "en"))
            for name, sentence in error.problems.items():
                self._rows[name if name in self._rows else first].set_finding(sentence)
