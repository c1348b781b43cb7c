"""The card of the settings on which people say how often they want to be in touch with whom."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, pgettext
from crm_desktop.services import cadence
from crm_desktop.services.cadence import LEVEL, WORDS, Row, Scope
from crm_desktop.ui import theme
from crm_desktop.ui.rhythms.days_line import DAYS, LABEL, DaysRow, read_days
from crm_desktop.ui.widgets.boxes import column, empty, row
from crm_desktop.ui.widgets.buttons import secondary, tool
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.in_place import ENTER, InPlaceLine
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk


class RhythmRow(QWidget):
    """One rhythm: whom it is for, its days, and a button that takes it away."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__()
        self._desk, self.scope = desk, shown.scope
        words = named(shown)
        self.days = DaysRow(desk, words, partial(cadence.put, desk.workspace, shown.scope), may_be_empty=True)
        gone = _("Back to the usual") if shown.scope.kind == LEVEL else _("Remove")
        self.remove = tool("close", _("{name}: {action}").format(name=words, action=gone), self._clear, side=26)
        box = row(self.days, self.remove, spacing=2)
        box.setStretch(0, 1)
        self.setLayout(box)
        policy = self.remove.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(policy)

    def show_row(self, shown: Row) -> None:
        """Show what is set."""
        remark = "" if shown.days is None else _("days, as usual") if shown.is_usual else pgettext("unit", "days")
        self.days.show_days(shown.days, remark)
        if shown.problem:
            self.days.set_finding(shown.problem, severity="warn")
        self.remove.setVisible(not shown.is_usual)

    def _clear(self) -> None:
        self._desk.save(partial(cadence.clear, self._desk.workspace, self.scope), self._desk.done)


class NewDays(InPlaceLine):
    """The days of a rhythm that is about to be added; Enter adds it."""

    entered = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in ENTER:
            self.entered.emit()


class RhythmsCard(Card):
    """Levels, tags and saved lists with their days; everything done here is one step to undo."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Rhythms"), "dormant")
        self._desk = desk
        self.rows: dict[Scope, RhythmRow] = {}
        self._box = column(spacing=2)
        self.choice = InPlaceChoice((), placeholder=_("Tag or saved list"))
        self.choice.setAccessibleName(_("Tag or saved list"))
        self.line = NewDays("", pgettext("unit", "days"))
        self.line.setAccessibleName(_("Days of the new rhythm"))
        self.line.entered.connect(self.add)
        self.add_button = secondary(_("Add a rhythm"), "add", self.add)
        self.problem = label("", "err", wrap=True)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show the rhythms as they are now; what is being typed is left alone."""
        shown = cadence.rows(self._desk.workspace)
        if [each.scope for each in shown] != list(self.rows):
            self._build(shown)
        for each in shown:
            self.rows[each.scope].show_row(each)
        offered = cadence.scopes(self._desk.workspace)
        self.choice.set_choices([(code_of(scope), f"{_(WORDS[scope.kind])} · {name}") for scope, name in offered])
        self._adding.setVisible(bool(offered))
        self._no_more.setHidden(bool(offered))

    def add(self) -> None:
        """Give the tag or list that was chosen its rhythm."""
        self.problem.hide()
        kind, _colon, key = self.choice.value().partition(":")
        if not kind:
            self._complain(_("Choose a tag or a saved list."))
            self.choice.setFocus()
            return
        try:
            days = read_days(self.line.value(), may_be_empty=True)
            self._desk.save(partial(cadence.put, self._desk.workspace, Scope(kind, key), days), self._added)
        except Invalid as error:
            self._complain(str(error))

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def _added(self, title: str) -> None:
        self.choice.set_value("")
        self.line.set_value("")
        self.line.setText("")
        self._desk.done(title)

    def _build(self, shown: list[Row]) -> None:
        empty(self._box)
        self.rows = {each.scope: RhythmRow(self._desk, each) for each in shown}
        for each in self.rows.values():
            self._box.addWidget(each)

    def _lay_out(self) -> None:
        words = _(
            "After so many days without a touch, an account or contact is overdue. Of several rhythms the shortest "
            "counts; a tag or list without days takes its records out. Contacts have the level of their account."
        )
        self.add_row(label(words, "caption", wrap=True))
        self.add_row(self._box)
        self._no_more = label(_("There is no further tag or saved list to give a rhythm."), "caption", wrap=True)
        self._adding = QWidget()
        self._fit()
        box = row(self.choice, self.line, self.add_button, None, spacing=2, margins=(0, 6, 0, 0))
        self._adding.setLayout(box)
        self.problem.hide()
        self.add_rows(self._adding, self._no_more, self.problem)

    def _fit(self) -> None:
        """Have what is to be added stand below what there is."""
        self.choice.setFixedWidth(theme.px(LABEL))
        self.line.setFixedWidth(theme.px(DAYS))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()


def named(shown: Row) -> str:
    """Whom a rhythm is for, in words: the level alone, a tag or list with what it is."""
    return shown.name if shown.scope.kind == LEVEL else f"{_(WORDS[shown.scope.kind])} · {shown.name}"


def code_of(scope: Scope) -> str:
    """A scope as one text."""
    return f"{scope.kind}:{scope.code}"
