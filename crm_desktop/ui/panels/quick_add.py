"""Capturing a person from one typed line: what it was understood to say is on show before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.services import capture
from crm_desktop.services.accounts import LookAlike
from crm_desktop.services.capture import Captured, NextStep, Twin
from crm_desktop.text.quick_line import QuickLine
from crm_desktop.ui.panels.draft import Draft
from crm_desktop.ui.panels.panel import ENTER, Panel, has_control, is_press, is_undo, key_words
from crm_desktop.ui.panels.tiles import Tiles, fix_of, remark_on
from crm_desktop.ui.timeline.next_step import NextStepLine
from crm_desktop.ui.widgets.boxes import column, row, set_look
from crm_desktop.ui.widgets.buttons import link, primary
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

LAYOUT, TAGS = "quick_add", "tags"


class QuickAdd(Panel):
    """Enter saves and waits for the next person; Ctrl+Enter saves and opens; Esc keeps the draft."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Quick add"), width=760, top=120)
        self.draft = Draft()
        self.account: LookAlike | None = None
        """The account that is there already and would be linked."""
        self.twins: list[Twin] = []
        self._asked: tuple[object, ...] = ()
        self.line = QLineEdit()
        self.line.setProperty("kind", "big")
        self.line.setPlaceholderText(_("Name, title, company, number, mail, #tag, in any order"))
        self.line.setAccessibleName(_("Quick add"))
        self.tiles = Tiles(self.draft, partial(capture.tag_names, desk.workspace))
        self.bar = InfoBar()
        self.next = NextStepLine()
        self.remark = Elide(_("A pasted mail signature is understood, too."), "caption")
        self.fix = link("", "", self._mend)
        self._lay_out()
        self._keep_tags()
        self.line.textChanged.connect(self._read)
        self.tiles.changed.connect(self._understand)
        self.tiles.nothing_to_move.connect(self.line.setFocus)
        for each in (self.line, self.next.line):
            each.installEventFilter(self)

    def _lay_out(self) -> None:
        self.add_head(Picture("quick_add", "accentText", 20), self.line, Kbd(key_words("Esc")))
        self.open_twin = self.bar.add_action(_("Open existing"), act=self._open_twin)
        self.add_to_twin = self.bar.add_action(_("Add to existing"), act=self._add_to_twin)
        step = row(label(_("Next step"), "label"), self.next, spacing=10)
        step.setStretch(1, 1)
        self.body.addLayout(column(self.tiles, self.bar, step, spacing=10, margins=(20, 14, 20, 14)))
        open_key = key_words("Ctrl+Return")
        self.save_button = primary(_("Save, next one"), "", self.save).explain(_("Save, next one"), key_words("Return"))
        self.open_button = link(_("Save and open"), "", partial(self.save, then_open=True))
        self.fix.hide()
        self.add_foot(self.remark, self.fix, None, Kbd(open_key), self.open_button, self.save_button, Kbd("↵"))

    @override
    def show_up(self) -> None:
        """Go on with the draft."""
        self._asked = ()
        self._understand()
        self.open(self.line)

    def begin(self, text: str) -> None:
        """Begin with this line."""
        self.line.setText(text)
        self.show_up()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in (self.line, self.next.line):
            if is_press(event, ENTER):
                self.save(then_open=has_control(event))
                return True
            if is_undo(event) and not self.line.text() and not self.next.text():
                self.desk.undo()
                return True
        return super().eventFilter(watched, event)

    def save(self, *, then_open: bool = False) -> None:
        """Keep what the line says, and begin anew."""
        values, step = self.draft.reading(), self._next_step()
        account = self.account.id if self.account else None
        workspace = self.desk.workspace
        self._write(lambda: capture.capture(workspace, values, step, account), self._saved, then_open=then_open)

    def _add_to_twin(self) -> None:
        values, step, twin = self.draft.reading(), self._next_step(), self.twins[0].look.id
        workspace = self.desk.workspace
        self._write(lambda: capture.add_to(workspace, twin, values, step), self._added)

    def _write(
        self, write: Callable[[], Captured], tell: Callable[[Captured], None], *, then_open: bool = False
    ) -> None:
        try:
            self.desk.save(write, partial(self._done, tell, then_open=then_open))
        except Invalid as error:
            self._say(str(error), "warn")
            return
        self._begin_anew()
        if then_open:
            self.dismiss()

    def _done(self, tell: Callable[[Captured], None], made: Captured, *, then_open: bool) -> None:
        tell(made)
        if then_open:
            self._open(made)

    def _saved(self, made: Captured) -> None:
        self._tell(_("Added {name}"), made)

    def _added(self, made: Captured) -> None:
        self._tell(_("Added to {name}"), made)

    def _tell(self, text: str, made: Captured) -> None:
        if made.step is None:
            known = _("Nothing new: {name} is there already").format(name=made.name)
            self.desk.say(known, "info", _("Open"), partial(self._open, made))
        else:
            self.desk.say(text.format(name=made.name), "ok", _("Undo"), partial(self.desk.undo, made.step))

    def _open(self, made: Captured) -> None:
        self.dismiss()
        if made.contact is not None:
            self.desk.open("contact", made.contact)
        elif made.account is not None:
            self.desk.open("account", made.account)

    def _open_twin(self) -> None:
        twin = self.twins[0]
        self.dismiss()
        self.desk.open(twin.entity, twin.look.id)

    def _next_step(self) -> NextStep | None:
        if not self.next.text().strip():
            return None
        planned = self.next.planned()
        return NextStep(planned.title, planned.at, planned.has_time)

    def _begin_anew(self) -> None:
        """Clear all but the tags that were pinned."""
        tags = list(self.draft.reading().tags) if self.tiles.pin.isChecked() else []
        self.desk.settings.layout[LAYOUT] = {TAGS: tags}
        self.draft.clear()
        self.draft.tags = tags
        self._asked = ()
        self.line.clear()
        self.next.set_text("")
        self._understand()
        if self.isVisible():
            self.line.setFocus()

    def _keep_tags(self) -> None:
        """Take up the tags that were pinned when the program ran last."""
        kept = self.desk.settings.layout.get(LAYOUT)
        tags = kept.get(TAGS) if isinstance(kept, dict) else None
        self.draft.tags = [str(each) for each in tags] if isinstance(tags, list) else []
        self.tiles.pin.setChecked(bool(self.draft.tags))

    def _read(self, text: str) -> None:
        self.draft.line = text
        self.line.setToolTip(text)
        self._understand()

    def _understand(self) -> None:
        """Show what the line says now, and who it may be."""
        values = self.draft.reading()
        self._look_for(values)
        self.tiles.show_values(values, self.account)
        remark = remark_on(values)
        self._say(remark or _("A pasted mail signature is understood, too."), "warn" if remark else "caption")
        self.fix.setText(_("Use {fix}").format(fix=fix_of(values)))
        self.fix.setVisible(bool(fix_of(values)))

    def _look_for(self, values: QuickLine) -> None:
        """Look for the same people and companies again when something changed that could tell."""
        asked = (values.name, values.company, values.phones, values.mails)
        if asked == self._asked:
            return
        self._asked = asked
        self.account = capture.account_like(self.desk.workspace, values.company)
        self.twins = capture.twins(self.desk.workspace, values)
        if not self.twins:
            self.bar.say("")
            return
        first = self.twins[0]
        who = " · ".join(filter(None, (first.look.name, first.look.line)))
        self.bar.say(
            _("May be there already: {who} ({reason})").format(who=who, reason=first.look.reason), "warn", "warn"
        )
        self.add_to_twin.setVisible(first.entity == "contact")

    def _mend(self) -> None:
        """Put the address that was meant into the line."""
        values = self.draft.reading()
        wrong = next(each for each in values.mails if fix_of(values, each))
        self.line.setText(self.line.text().replace(wrong, fix_of(values, wrong)))
        self.line.setFocus()

    def _say(self, text: str, role: str) -> None:
        set_look(self.remark, "role", role)
        self.remark.setText(text)
