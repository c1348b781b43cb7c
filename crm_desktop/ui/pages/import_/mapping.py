"""The table of the second step: each column of the file, its first values, the field it goes to, how it fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.pages.import_.facts import CheckFacts, ColumnFacts
from crm_desktop.ui.pages.import_.target_button import TargetButton
from crm_desktop.ui.pages.import_.way_tool import WayTool
from crm_desktop.ui.widgets.boxes import column, empty, set_look
from crm_desktop.ui.widgets.buttons import ElideButton
from crm_desktop.ui.widgets.chips import Chip
from crm_desktop.ui.widgets.labels import Elide, Picture
from crm_desktop.ui.widgets.pick_list import Choice

ROW, HEAD = 46, 34
SIDE, GAP, LETTER, WAY, MARK = 12, 12, 34, 28, 16
WITH_SAMPLES = 700
"""From this width on there is room for the first values."""
SHARES, NARROW_SHARES = (19, 23, 36, 28), (22, 0, 56, 22)
SHOWN_SAMPLES = 3
LONGEST_EXAMPLE = 20
TAGS = ".tags"
TARGET = 3
"""The place of the target in a row; its way follows without a gap."""
Choosing = Callable[[ColumnFacts], Sequence[Choice]]
"""The fields that could be made for a column."""
Ways = Callable[[str], tuple[str, Sequence[str], str]]
"""For a target: the way chosen for it, all it allows, and the rule."""


def _places(width: int) -> list[QRect]:
    """Where letter, header, samples, target, way, mark and check stand in a row of some width."""
    shares = SHARES if width >= theme.px(WITH_SAMPLES) else NARROW_SHARES
    gap, letter, way, mark = theme.px(GAP), theme.px(LETTER), theme.px(WAY), theme.px(MARK)
    gaps = 5 if shares[1] else 4
    room = max(0, width - 2 * theme.px(SIDE) - letter - way - mark - gaps * gap)
    widths = [room * each // sum(shares) for each in shares]
    places, x = [], theme.px(SIDE)
    for n, each in enumerate((letter, *widths[:3], way, mark, widths[3])):
        places.append(QRect(x, 0, each, 0))
        x += each + (0 if n == TARGET else gap) if each else 0
    return places


class _Strip(QWidget):
    """Things side by side in the columns that all rows share; missing ones leave their place free."""

    def __init__(self, parts: Sequence[QWidget | None], height: int) -> None:
        super().__init__()
        self._parts = parts
        self._height = height
        for each in parts:
            if each is not None:
                each.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(self._height))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part, place in zip(self._parts, _places(self.width()), strict=True):
            if part is not None:
                part.setVisible(place.width() > 0)
                is_tall = bool(part.sizePolicy().expandingDirections() & Qt.Orientation.Vertical)
                height = self.height() if is_tall else min(part.sizeHint().height(), self.height())
                part.setGeometry(place.x(), (self.height() - height) // 2, place.width(), height)


class MappingRow(_Strip):
    """One column of the file."""

    values_asked = Signal()
    """What the values mean that the field does not know is to be said."""

    def __init__(self, facts: ColumnFacts, words: Mapping[str, str], new_fields: Choosing) -> None:
        self.facts = facts
        self.button = TargetButton(words, partial(new_fields, facts), facts.header)
        self.way = WayTool(facts.header)
        self.check = Elide("", "list")
        self.mark = Picture("nothing", "text3", MARK)
        self.is_doubtful = False
        self.values = ElideButton("", "fix", act=self._ask_values)
        self.values.hide()
        fit = QWidget()
        fit.setLayout(column(None, self.check, self.values, None, spacing=0))
        fit.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        samples = Elide(" · ".join(facts.samples[:SHOWN_SAMPLES]), "small")
        parts = (Chip(facts.letter, "ok"), _words_of(facts), samples, self.button, self.way, self.mark, fit)
        super().__init__(parts, ROW)

    def show_target(self, code: str, complaint: str) -> None:
        """Show where the column goes, how that came about, and what is wrong with it."""
        suggested = bool(code) and code == self.facts.target
        self.is_doubtful = suggested and self.facts.is_doubtful
        chip, tone = self._origin() if suggested else ("", "plain")
        self.button.show_target(code, chip, tone, "err" if complaint else "warn" if self.is_doubtful else "")
        self.update()

    def show_check(self, check: CheckFacts | None, complaint: str, *, dim: bool) -> None:
        """Show how the values fit; dim ones belong to an older mapping."""
        if complaint:
            icon, tone, text, tip = "err", "err", complaint, complaint
        elif not self.button.code():
            icon, tone, text, tip = "nothing", "text3", "", ""
        elif check is None:
            icon, tone, text, tip = "refresh", "text3", _("Checking…"), ""
        else:
            icon, tone, text, tip = _told(check)
            if self.is_doubtful and icon == "ok":
                icon, tone = "warn", "warn"
                text = _("Please check the field · {text}").format(text=text)
        dim = dim and not complaint
        self.mark.set_icon(icon, "text3" if dim else tone)
        self.check.setText(text)
        self.check.setToolTip(tip or text)
        self.check.setEnabled(not dim)
        set_look(self.check, "role", "label" if dim or not self.button.code() else "list")
        self._show_values(None if complaint else check)

    def _ask_values(self) -> None:
        self.values_asked.emit()

    def _show_values(self, check: CheckFacts | None) -> None:
        """Lead to the values that the field does not know."""
        words = _words_of_unknown(self.button.code(), check) if check else ""
        self.values.setVisible(bool(words))
        if words:
            self.values.setText(words)
            self.values.setAccessibleName(f"{self.facts.header}: {words}")

    def _origin(self) -> tuple[str, str]:
        if self.facts.origin == "remembered":
            return _("Remembered"), "accent"
        if self.facts.origin == "own":
            return _("Known"), "accent"
        return _("Auto {percent} %").format(percent=round(self.facts.certainty * 100)), "plain"

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.is_doubtful:
            painter.fillRect(self.rect(), theme.tone("hover"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.tone("line"))


class MappingTable(QFrame):
    """All columns of the file below one another."""

    changed = Signal(int, str)
    """A column and its new target."""
    way_chosen = Signal(int, str)
    """A column and how its values treat what is there, empty for the rule."""
    values_asked = Signal(int)
    """A column with values that its field does not know; what they mean is to be said."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.rows: list[MappingRow] = []
        words = (_("Column"), _("First values"), _("Goes to field"), _("Check"))
        column_word, values, target, check = (Elide(each, "section") for each in words)
        self._head = _Strip((None, column_word, values, target, None, None, check), HEAD)
        self._rows = column(spacing=0)
        inner = QWidget()
        inner.setProperty("kind", "surface")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner.setLayout(column(self._rows, None, spacing=0))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setAccessibleName(_("Columns"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        self.area.viewport().installEventFilter(self)
        self.setLayout(column(self._head, self.area, spacing=0, margins=(1, 1, 1, 1)))

    def show_columns(self, columns: Sequence[ColumnFacts], words: Mapping[str, str], new_fields: Choosing) -> None:
        """Show the columns of another file; `words` names what they may go to, by target."""
        empty(self._rows)
        self.rows = [MappingRow(each, words, new_fields) for each in columns]
        for place, each in enumerate(self.rows):
            each.button.chosen.connect(partial(self.changed.emit, each.facts.place))
            each.button.stepped.connect(partial(self._step, place))
            each.way.chosen.connect(partial(self.way_chosen.emit, each.facts.place))
            each.way.stepped.connect(partial(self._step_ways, place))
            each.values_asked.connect(partial(self.values_asked.emit, each.facts.place))
            self._rows.addWidget(each)

    def show_mapping(self, targets: Sequence[str], complaints: Mapping[int, str], ways: Ways) -> None:
        """Show where each column goes, what is wrong with that, and how its values treat what is there."""
        for row, target in zip(self.rows, targets, strict=True):
            row.show_target(target, complaints.get(row.facts.place, ""))
            row.way.show_way(*ways(target))

    def show_checks(self, checks: Mapping[int, CheckFacts], complaints: Mapping[int, str], *, dim: bool) -> None:
        """Show how the values of each column fit."""
        for row in self.rows:
            place = row.facts.place
            row.show_check(checks.get(place), complaints.get(place, ""), dim=dim)

    def look_at(self, place: int) -> None:
        """Give the focus to a column's target."""
        button = self.rows[place].button
        self.area.ensureWidgetVisible(self.rows[place])
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:  # the head is as wide as the rows, which a scroll bar takes room from
            self._head.setFixedWidth(self.area.viewport().width())
        return super().eventFilter(watched, event)

    def _step(self, place: int, by: int) -> None:
        if 0 <= place + by < len(self.rows):
            self.look_at(place + by)

    def _step_ways(self, place: int, by: int) -> None:
        if 0 <= place + by < len(self.rows):
            self.area.ensureWidgetVisible(self.rows[place + by])
            self.rows[place + by].way.setFocus(Qt.FocusReason.OtherFocusReason)


def _words_of(facts: ColumnFacts) -> QWidget:
    """The header of a column; what it shares with its neighbours stands small above."""
    name = Elide(facts.name, "listStrong")
    if not facts.group:
        return name
    both = QWidget()
    both.setLayout(column(Elide(facts.group, "caption"), name, spacing=0))
    return both


def _words_of_unknown(code: str, check: CheckFacts) -> str:
    """How many values of a column its field does not know; tags that are new are no doubt."""
    if code.endswith(TAGS):
        return ngettext("{count} new tag", "{count} new tags", len(check.unknown)) if check.unknown else ""
    if check.undecided:
        return ngettext("{count} unknown", "{count} unknown", check.undecided)
    return ngettext("{count} assigned", "{count} assigned", len(check.unknown)) if check.unknown else ""


def _told(check: CheckFacts) -> tuple[str, str, str, str]:
    """Icon, tone, words and longer words for how values fit."""
    if not check.filled:
        return "nothing", "text3", _("All blank"), ""
    parts = [_("{count} valid").format(count=f"{check.filled - check.doubtful:,}")]
    if check.corrected:
        parts.append(_("{count} with a remark").format(count=f"{check.corrected:,}"))
    if not check.doubtful:
        return "ok", "ok", " · ".join(parts), ""
    example = _("{count} doubtful: “{example}”")
    shown = check.example if len(check.example) <= LONGEST_EXAMPLE else f"{check.example[:LONGEST_EXAMPLE]}…"
    parts.insert(0, example.format(count=f"{check.doubtful:,}", example=shown))
    return "warn", "warn", " · ".join(parts), check.sentence
