"""The card of the settings on which people make fields of their own, for each kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.services import custom_fields
from crm_desktop.ui.list_card.card import Collection, ListCard
from crm_desktop.ui.list_card.rows import Row
from crm_desktop.ui.own_fields.field_form import FieldForm
from crm_desktop.ui.own_fields.words import ICONS, RECORDS
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm_desktop.services.custom_fields import OwnField
    from crm_desktop.ui.desk import Desk


class OwnFieldsCard(ListCard):
    """The fields of the kind of record that is chosen above them."""

    form: FieldForm

    def __init__(self, desk: Desk) -> None:
        kinds = [(code, icon, _(word)) for code, (icon, word) in RECORDS.items()]
        records = self.records = Segmented(_("Kind of record"), kinds)
        fields = Collection(
            _("Own fields"),
            "rules",
            _("What you add here is there at once: in forms, lists, search, import and export."),
            _("No fields of your own yet"),
            _("Such as “Special request”."),
            _("Add a field"),
            lambda: custom_fields.listed(desk.workspace, records.value()),
            _row,
            custom_fields.move,
            custom_fields.remove,
            _deleted,
        )
        super().__init__(desk, fields, FieldForm(desk), row(records, None, margins=(0, 4, 0, 0)), width=250)
        records.changed.connect(self._turn)

    @override
    def begin(self) -> None:
        self.form.entity = self.records.value()
        super().begin()

    def _turn(self, _code: str) -> None:
        self.form.hide()
        self.refresh()


def _row(own: OwnField) -> Row:
    values = ngettext("{count} value", "{count} values", own.values)
    kind = _(custom_fields.KINDS[own.kind])
    return Row(own.key, ICONS[own.kind], own.field.label, f"{kind} · {values}", own.field.code)


def _deleted(own: OwnField, values: int) -> str:
    text = _("Deleted field “{label}”").format(label=own.field.label)
    return f"{text} · {ngettext('{count} value', '{count} values', values)}" if values else text
