"""The head of the detail pane: who it is, what to know at a glance, what can be done, and the tabs."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model import Account, Contact, Entity
from crm_desktop.model.worked_out import Beat, say_beat
from crm_desktop.services import accounts, cadence, contacts, records
from crm_desktop.services.depth import Depth
from crm_desktop.services.touches import warmth
from crm_desktop.text.findings import Finding, Reading
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.editors import LineEditor
from crm_desktop.ui.form import Hint, Live
from crm_desktop.ui.pages.accounts import detail_words as words
from crm_desktop.ui.pages.accounts.detail_data import View
from crm_desktop.ui.pages.accounts.detail_verbs import Verbs
from crm_desktop.ui.pages.accounts.photo_button import PhotoButton
from crm_desktop.ui.widgets.avatar import Avatar
from crm_desktop.ui.widgets.boxes import column, row, set_look
from crm_desktop.ui.widgets.buttons import ElideButton, tool
from crm_desktop.ui.widgets.chips import Chip
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.flow import EvenLines, FlowLayout
from crm_desktop.ui.widgets.labels import Caption, Elide, label
from crm_desktop.ui.widgets.progress import Warmth
from crm_desktop.ui.widgets.tabs import Tabs

AVATAR = 56
OVERVIEW, ACTIVITY, HISTORY = "overview", "activity", "history"
IN_WORDS = frozenset({"record", "places", "main", "parent", "level"})
IN_FIGURES = frozenset({"touch", "depth", "beat", "stage"})
"""The parts of a record that words and figures are made from."""


class Header(QWidget):
    """The strip above the cards; built once, filled for each record."""

    tab_changed = Signal(str)

    def __init__(self, desk: Desk, verbs: Verbs) -> None:
        super().__init__()
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk, self.verbs = desk, verbs
        self.view: View | None = None
        self._target: tuple[str, int] | None = None
        self._face = QStackedWidget()
        self.photo, self._company = PhotoButton(desk, AVATAR), Avatar("", AVATAR, square=True)
        self._face.addWidget(self.photo)
        self._face.addWidget(self._company)
        self._face.setFixedSize(self.photo.sizeHint())
        self.name = NameRow(desk)
        self.line = Elide("", "small")
        self.above = ElideButton("", "link", act=self._open_above)
        self.chips = ChipRow()
        self.figures = Figures()
        self.tabs = Tabs(_("Views of the record"))
        for code, word in ((OVERVIEW, _("Overview")), (ACTIVITY, _("Activity")), (HISTORY, _("History"))):
            self.tabs.add(code, word)
        self.tabs.show_tab(ACTIVITY, shown=False)
        self.tabs.changed.connect(self.tab_changed)
        self._make_tools()
        self._lay_out()

    def show_view(self, view: View, parts: Set[str]) -> None:
        """Show the head of a record, where these parts of it are others than before."""
        self.view = view
        if parts & IN_WORDS:
            self._say(view)
        if parts & IN_FIGURES:
            self.figures.show_view(view)

    def _say(self, view: View) -> None:
        is_account = view.entity == "account"
        if is_account:
            self._company.set_name(view.record.name)
        else:
            self.photo.show_contact(view.record.id, view.record.name, dim=view.has_left)
        self._face.setCurrentWidget(self._company if is_account else self.photo)
        self.name.show_name(view)
        said, above, self._target = words.second_line(view)
        self.line.setText(f"{said} ·" if said and above else said)
        self.line.setVisible(bool(said))
        self.above.setText(above)
        self.above.setVisible(bool(above))
        self.chips.show_chips(words.chips(view))

    def stops(self) -> list[QWidget]:
        """What the keyboard stops at, from left to right and top to bottom."""
        return [self.photo, self.name.line, self.above, self.call, self.mail, self.copy, self.more, self.tabs]

    def _make_tools(self) -> None:
        self.call = tool("call", _("Log a call"), self.verbs.call)
        self.mail = tool("mail", _("Write e-mail"), self.verbs.mail)
        self.copy = tool("copy", _("Copy contact details"), self.verbs.copy)
        self.more = tool("more", _("More"), self._pop_up)

    def _lay_out(self) -> None:
        second = row(self.line, self.above, None, spacing=0, margins=(5, 0, 0, 0))
        top = row(spacing=10)
        top.addWidget(self._face, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(column(self.name.row, second, None, spacing=0), 1)
        tools = row(self.call, self.mail, self.copy, self.more, spacing=2)
        top.addLayout(column(tools, None))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setLayout(column(top, self.chips, self.figures, self.tabs, margins=(18, 14, 14, 0), spacing=10))

    def _open_above(self) -> None:
        if self._target is not None:
            self.desk.open(*self._target)

    def _pop_up(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._face.currentWidget() is self.photo:
            self.photo.fill_menu(menu)
            menu.addSeparator()
        self.verbs.fill_menu(menu)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


class NameRow(Live):
    """The name, large and edited in place; a record of the same name is pointed at."""

    def __init__(self, desk: Desk) -> None:
        self.line = LineEditor()
        self.line.setProperty("role", "title")
        self.view: View | None = None
        super().__init__(desk, FieldRow(_("Name"), self.line), self.line, self._check_name, self._save_name)
        self.row.label.hide()
        self.row.set_label_width(0)
        self.hint_for = self._same_name

    def show_name(self, view: View) -> None:
        """Show what a record is called."""
        self.view = view
        self.row.editor.setAccessibleName(view.record.fields[self._field].field.label)
        self.show(view.record.id, view.record.name)

    @property
    def _entity(self) -> type[Entity]:
        return Contact if self.view is not None and self.view.entity == "contact" else Account

    @property
    def _field(self) -> str:
        return "full_name" if self._entity is Contact else "name"

    def _check_name(self, text: str) -> Reading[Any]:
        return records.check(self._entity, self._field, text)

    def _save_name(self, key: int, text: str) -> Sequence[Finding]:
        return records.change(self.desk.workspace, self._entity, key, self._field, text)

    def _same_name(self, key: int, text: str) -> Hint | None:
        look = contacts.look_alikes if self._entity is Contact else accounts.look_alikes
        found = look(self.desk.workspace, {self._field: text}, key)
        return look_alike_hint(self.desk, "contact" if self._entity is Contact else "account", found)


def look_alike_hint(desk: Desk, entity: str, found: list[accounts.LookAlike]) -> Hint | None:
    """What to say of records that may be the same one, with a link to the first."""
    if not found:
        return None
    first = found[0]
    told = " · ".join(filter(None, (first.name, first.line)))
    text = _("{other}: {reason}").format(other=told, reason=first.reason)
    return Hint(text, _("Open {name}").format(name=first.name), partial(desk.open, entity, first.id))


def explain(shown: QLabel, why: str) -> None:
    """Say why something is as it is, to the mouse and to screen readers."""
    shown.setToolTip(why)
    shown.setAccessibleDescription(why)


class ChipRow(QWidget):
    """Chips that wrap; it takes no room when there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=6)
        self._chips: list[Chip] = []

    def show_chips(self, shown: list[words.ChipWords]) -> None:
        """Show these words."""
        while len(self._chips) < len(shown):
            made = Chip()
            self._chips.append(made)
            self._flow.addWidget(made)
        for place, chip in enumerate(self._chips):
            if place < len(shown):
                chip.set(*shown[place])
            chip.setVisible(place < len(shown))
        self.setVisible(bool(shown))


class Figures(QWidget):
    """The few numbers that say how things stand."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = EvenLines(self, gap=18)
        self.last, self.recent = label("", "number"), label("", "number")
        self.rhythm, self.stage, self.score = label("", "number"), label("", "number"), label("", "number")
        self.next, self.warmth = label("", "accentNumber"), Warmth()
        self._add(self.last, _("Last contact"))
        self._add(self.recent, _("Touches, 30 / 90 d"))
        self._add(self.next, _("Next follow-up"))
        self._of_rhythm = self._add(self.rhythm, _("Rhythm"))
        self._of_stage = self._add(self.stage, _("Life cycle"))
        self._add(self.score, _("Depth"))
        self._add(self.warmth, _("Warmth"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # only then the numbers have their font
            self.warmth.setFixedHeight(self.last.sizeHint().height())

    def show_view(self, view: View) -> None:
        """Show the figures of a record."""
        now = datetime.now().astimezone()
        touch = view.touch
        self.last.setText(words.last_contact(touch, now.date()))
        self._show_depth(view.depth)
        self._show_rhythm(view.beat, now.date())
        self._of_stage.setVisible(view.stage is not None)
        if view.stage is not None:
            self.stage.setText(view.stage.label)
            explain(self.stage, view.stage.why)
        due, role = words.next_step(touch.next_step, now)
        self.next.setText(due)
        explain(self.next, words.next_explained(touch.next_step, now))
        set_look(self.next, "role", role)
        level = warmth(touch)
        self.warmth.set(level, words.warmth_explained(touch, level))

    def _show_depth(self, depth: Depth) -> None:
        self.recent.setText(depth.counts)
        explain(self.recent, depth.by_kind())
        self.score.setText(f"{depth.score:,}")
        explain(self.score, depth.explained())

    def _show_rhythm(self, beat: Beat | None, today: date) -> None:
        self._of_rhythm.setVisible(beat is not None)
        if beat is not None:
            self.rhythm.setText(say_beat(beat, today))
            explain(self.rhythm, cadence.explained(beat, today))
            set_look(self.rhythm, "role", "lateNumber" if beat.days_late(today) else "number")

    def _add(self, shown: QWidget, caption: str) -> QWidget:
        holder = QWidget()
        holder.setLayout(column(shown, Caption(caption), spacing=0))
        self._flow.addWidget(holder)
        return holder
