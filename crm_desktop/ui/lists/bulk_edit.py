"""The panel that changes one field of many records: field, value, and a line that says what becomes of it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model.fields import Field, field_named, fields_of
from crm_desktop.model.kinds import LinkTo
from crm_desktop.model.picture import PhotoKind
from crm_desktop.model.tag import TagsKind
from crm_desktop.services import records
from crm_desktop.store import queries
from crm_desktop.text.findings import Severity
from crm_desktop.ui.editors import Editor, LineEditor, Offers, TextEditor, editor, widget_of
from crm_desktop.ui.panels.panel import ENTER, Panel, on_control_enter
from crm_desktop.ui.widgets.boxes import column, empty
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.chips import FilterChips
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.lists.pane import ListPane

LOOKED_AT = 200
"""So many records are looked at for what they say now."""
ADD, TAKE = "add", "take"
LABEL = 96


class BulkEdit(Panel):
    """Asks for a field and a value; Enter in a line, or the button, changes all chosen records."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Change many"), width=560)
        self._pane: ListPane | None = None
        self._offers = Offers()
        self._field: Field | None = None
        self._text = ""
        self._is_touched = False
        self.title = label("", "heading")
        self.field = InPlaceChoice([])
        self.field.setProperty("kind", "")
        self.field.setAccessibleName(_("Field"))
        self.field.committed.connect(self._turn)
        self.how = FilterChips(_("What is done with the tags"), [(ADD, _("Add")), (TAKE, _("Take off"))])
        self.how.changed.connect(self._tell)
        self.row: FieldRow | None = None
        self.editor: Editor | None = None
        self._value = column(spacing=0)
        self.preview = InfoBar("", "info", "info")
        self.go = primary("", "", self._apply)
        on_control_enter(self, self._apply)
        self.add_head(self.title, None)
        self._field_row = FieldRow(_("Field"), self.field, label_width=LABEL)
        self._how_row = FieldRow("", self.how, label_width=LABEL)
        rows = column(self._field_row, self._how_row, self._value, self.preview, spacing=10)
        rows.setContentsMargins(18, 14, 18, 14)
        self.body.addLayout(rows)
        self.add_foot(None, secondary(_("Cancel"), "", self.dismiss), self.go)

    def ask(self, pane: ListPane, offers: Offers, name: str = "") -> None:
        """Begin; `name` is the field when that is known already."""
        self._pane, self._offers = pane, offers
        words = pane.kind.counted(pane.table.chosen_count())
        self.title.setText(_("Change {records}").format(records=words))
        fields = [each for each in fields_of(pane.kind.entity) if _can_be_changed(each)]
        self.field.set_choices([(each.name, each.label) for each in fields])
        known = {each.name for each in fields}
        current = pane.table.currentIndex()
        here = pane.table.field_at(current.column()).name if current.isValid() and current.column() > 0 else ""
        chosen = next((each for each in (name, here, "owner_id", fields[0].name) if each in known), fields[0].name)
        self.field.set_value(chosen)
        self._offer(chosen)
        self.open(widget_of(self.editor) if name and self.editor else self.field)

    def _turn(self, name: str) -> None:
        self._offer(name)
        if self.editor is not None:
            widget_of(self.editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, name: str) -> None:
        """Offer the editor of a field."""
        assert self._pane is not None
        self._field = field_named(self._pane.kind.entity, name)
        self._text, self._is_touched = "", False
        empty(self._value)
        made = editor(self._field.kind, self._offers)
        made.show_text("")
        made.typed.connect(self._type)
        made.entered.connect(self._enter)
        self.editor = made
        self.row = FieldRow(_("New value"), widget_of(made), label_width=LABEL)
        widget_of(made).setAccessibleName(self._field.label)
        self._value.addWidget(self.row)
        self._how_row.setVisible(isinstance(self._field.kind, TagsKind))
        self._tell()
        self._fit()

    def _type(self, text: str) -> None:
        self._text, self._is_touched = text, True
        self._tell()

    def _enter(self, text: str) -> None:
        self._text, self._is_touched = text, True
        if self.editor is not None and not isinstance(self.editor, LineEditor | TextEditor):
            shown = dict(self._offers.users()).get(text, "") if isinstance(self._kind(), LinkTo) else ""
            self.editor.show_text(text, shown)
        self._tell()

    def _kind(self) -> object:
        return self._field.kind if self._field else None

    def _tell(self) -> None:
        """Say what would become of the records, and what is wrong with the value."""
        assert self._pane is not None
        field = self._field
        assert field is not None
        found = records.check(self._pane.kind.entity, field.name, self._text)
        is_refused = found.worst == Severity.BLOCK or (found.value is None and bool(self._text.strip()))
        is_tags = isinstance(field.kind, TagsKind)
        if self.row is not None:
            self.row.set_state("err" if is_refused else "")
            sentences = "\n".join(each.text for each in found.findings) if self._text else ""
            self.row.set_finding(sentences, severity="err" if is_refused else "warn")
        count = self._pane.table.chosen_count()
        self.go.setText(_("Change {records}").format(records=self._pane.kind.counted(count)))
        may_be_empty = self._is_touched and not (is_tags or field.required)
        self.go.setEnabled(not is_refused and (bool(self._text.strip()) or may_be_empty))
        self.preview.say(self._preview(field), "info", "info")
        self._fit()

    def _preview(self, field: Field) -> str:
        assert self._pane is not None
        words = self._pane.kind.counted(self._pane.table.chosen_count())
        new = self._shown(field)
        if isinstance(field.kind, TagsKind):
            text = _("{records}: add {tags}") if self.how.value() == ADD else _("{records}: take off {tags}")
            return text.format(records=words, tags=new or "…")
        return _("{records}: {field} {old} → {new}").format(
            records=words, field=field.label, old=self._old(field), new=new or (_("empty") if self._is_touched else "…")
        )

    def _shown(self, field: Field) -> str:
        if isinstance(field.kind, LinkTo):
            return dict(self._offers.users()).get(self._text, "")
        return field.kind.show(field.kind.read(self._text).value)

    def _old(self, field: Field) -> str:
        """What the first of the chosen records say now."""
        assert self._pane is not None
        keys: array[int] = self._pane.table.chosen_keys()[:LOOKED_AT]
        with self.desk.workspace.read() as session:
            rows = queries.values(session, self._pane.kind.entity, [field], keys)
            people = queries.users(session) if isinstance(field.kind, LinkTo) else {}
        values = [each[field.name] for each in rows.values()]
        words = {people.get(each, "") if isinstance(field.kind, LinkTo) else field.kind.show(each) for each in values}
        if len(words) > 1:
            return _("(different values)")
        return next(iter(words), "") or _("empty")

    def _apply(self) -> None:
        assert self._pane is not None
        field, bulk = self._field, self._pane.bulk
        assert field is not None
        made = self.editor
        if isinstance(made, LineEditor | TextEditor):
            self._text = made.value()
        self._tell()
        if not self.go.isEnabled():
            return
        self.dismiss()
        if isinstance(field.kind, TagsKind):
            names = list(field.kind.read(self._text).value or ())
            (bulk.put_tags if self.how.value() == ADD else bulk.take_tags)(names)
        elif field.name == "owner_id":
            bulk.give_to(int(self._text) if self._text else None)
        else:
            bulk.change(field.name, self._text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and isinstance(self.editor, LineEditor):
            self._apply()
        else:
            super().keyPressEvent(event)


def _can_be_changed(field: Field) -> bool:
    return not field.read_only and not isinstance(field.kind, PhotoKind) and field.name not in ("full_name", "name")
