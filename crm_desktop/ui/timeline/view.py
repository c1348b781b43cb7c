"""A timeline drawn as a chat: theirs left, ours right, remarks in the middle, the newest at the bottom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QToolTip
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.models.timeline import TimelineModel
from crm_desktop.ui.timeline import words
from crm_desktop.ui.timeline.menu import entry_menu
from crm_desktop.ui.timeline.paint import paint_entry
from crm_desktop.ui.timeline.reel import Reel
from crm_desktop.ui.timeline.shape import LEFT, Setting, Shape

if TYPE_CHECKING:
    from crm_desktop.services.activities import Bubble, NextStep
    from crm_desktop.ui.faces import Faces
    from crm_desktop.ui.files.verbs import FileVerbs

EDIT, MOVE, DELETE, TICK = (page_keys.TIMELINE.codes(each) for each in ("edit", "move", "delete", "tick"))
UNIT = 100
"""Steps of the scroll bar for one entry: it counts entries, whose heights are not known before they are seen."""
NEAR_THE_TOP = 12
NOTCH = 90
"""Pixels for one notch of a wheel, of which Qt makes 120 parts."""
NARROWEST = 240


class TimelineView(QAbstractScrollArea):
    """Shows a `TimelineModel`; arrow keys move a current entry, Enter or E edits it, M moves it, Delete removes it."""

    edit_wanted = Signal(object)
    """Key of an entry."""
    move_wanted = Signal(object)
    """Key of an entry."""
    removed = Signal(object)
    """Key of an entry."""
    ticked = Signal(object, bool)
    """Key of a next step, and whether it is done now."""
    attach_wanted = Signal(object)
    """Key of an entry."""
    person_wanted = Signal(object)
    """Key of a contact."""

    def __init__(self, model: TimelineModel) -> None:
        super().__init__()
        self.model = model
        self.reel = Reel(model)
        self.subject: int | None = None
        self.faces: Faces | None = None
        self.file_verbs: FileVerbs | None = None
        self._current: int | None = None
        self._placing = False
        self.setAccessibleName(_("Activity timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(NARROWEST)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._drag)
        model.was_reset.connect(self._begin)
        model.grew.connect(self._grow)
        model.about_to_change.connect(self.reel.hold)
        model.has_changed.connect(self._change)
        theme.changed.connect(self._dress)

    # The current entry

    def current(self) -> Bubble | None:
        """The entry that keys act on."""
        place = None if self._current is None else self.model.place_of(self._current)
        return None if place is None else self.model.rows[place]

    def set_current(self, place: int, *, reveal: bool = True) -> None:
        """Make an entry the current one, bring it into sight and tell a screen reader what it says."""
        bubble = self.model.rows[place]
        self._current = bubble.id
        if reveal:
            self.reel.reveal(place)
        said = words.spoken(bubble, datetime.now().astimezone().date())
        self.setAccessibleDescription(said)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self._moved()

    def edit_current(self) -> None:
        """Ask for everything of the current entry to be edited."""
        bubble = self.current()
        if bubble is not None and bubble.kind != words.SYSTEM:
            self.edit_wanted.emit(bubble.id)

    def move_current(self) -> None:
        """Ask for the current entry to be put with another account or contact."""
        bubble = self.current()
        if bubble is not None and bubble.kind != words.SYSTEM:
            self.move_wanted.emit(bubble.id)

    def copy_current(self) -> None:
        """Put the text of the current entry on the clipboard."""
        if (bubble := self.current()) is not None:
            QGuiApplication.clipboard().setText(bubble.summary or words.spoken(bubble, words.day_of(bubble.at)))

    def remove_current(self) -> None:
        """Ask for the current entry to be put in the bin; the one before it becomes current."""
        bubble = self.current()
        if bubble is None:
            return
        place = self.model.place_of(bubble.id) or 0
        others = self.model.rows[max(place - 1, 0) : place] or self.model.rows[place + 1 : place + 2]
        self._current = others[0].id if others else None
        self.removed.emit(bubble.id)

    def tick(self, step: NextStep) -> None:
        """Ask for a next step to be done, or not to be."""
        self.ticked.emit(step.id, not step.is_done)

    # What the model says

    def _begin(self) -> None:
        self._current = None
        self.setAccessibleDescription("")
        self.reel.forget()
        if self.isVisible():  # before, its size is not known
            self._set_up()
            self._moved()

    def _grow(self, count: int) -> None:
        if self.reel.setting is not None:
            self.reel.grew(count)
            self._moved()

    def _change(self, new: set[int]) -> None:
        if self.reel.setting is None:
            return
        self.reel.release()
        newest = next((place for place in range(len(self.reel) - 1, -1, -1) if self.model.rows[place].id in new), None)
        if newest is not None:
            self.set_current(newest)
        else:
            self._moved()

    # Measures

    def _set_up(self) -> None:
        """Measure for the room there is, today, and what is searched for."""
        now = datetime.now().astimezone()
        searched = tuple(self.model.text.split())
        model, area = self.model, self.viewport()
        setting = Setting(area.width(), now, now.date(), self.subject, searched, model.account, model.is_story)
        self.reel.fit(setting, area.height())

    def _dress(self) -> None:
        if self.reel.setting is not None:
            self._set_up()
            self._moved()

    def _moved(self) -> None:
        """Read older pages when near the oldest entry, and have bar and picture follow."""
        if self.reel.setting is None:
            return
        if self.reel.setting.today != datetime.now().astimezone().date():
            self._set_up()
        if self.reel.top < NEAR_THE_TOP and self.model.load_older():
            return  # `grew` comes back here
        bar = self.verticalScrollBar()
        self._placing = True
        bar.setRange(0, round(self.reel.end_position * UNIT))
        seen = sum(1 for _each in self.reel.visible())
        bar.setPageStep(max(seen - 1, 1) * UNIT)
        bar.setValue(round(self.reel.position * UNIT))
        self._placing = False
        self.viewport().update()

    def _drag(self, value: int) -> None:
        if not self._placing and self.reel.setting is not None:
            self.reel.jump(value / UNIT)
            self._moved()

    def _area_of(self, key: int) -> QRect | None:
        """Where the bubble of an entry is in sight."""
        for _place, y, shape in self.reel.visible():
            if shape.bubble.id == key:
                return shape.body.translated(0, y).toRect()
        return None

    # Events

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._set_up()
        self._moved()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_up()
        self._moved()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Nothing: the picture is drawn anew where the reel is."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        setting = self.reel.setting
        if setting is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.tone("surface"))
        for _place, y, shape in self.reel.visible():
            painter.save()
            painter.translate(0, round(y))
            is_current = shape.bubble.id == self._current and self.hasFocus()
            paint_entry(painter, shape, setting.width, is_current=is_current, photo=self._photo(shape))
            painter.restore()

    def _photo(self, shape: Shape) -> QPixmap | None:
        """The photo of who speaks; ours have initials."""
        if self.faces is None or shape.side != LEFT or not shape.bubble.people:
            return None
        return self.faces.of(shape.bubble.people[0].id)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels = event.pixelDelta().y() or event.angleDelta().y() * NOTCH / 120
        self.reel.move(-pixels)
        self._moved()
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, page = event.key(), self.reel.height * 0.9
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Home: -len(self.reel),
            Qt.Key.Key_End: len(self.reel),
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_current()
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self._step(steps[Qt.Key(key)])
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.reel.move(page if key == Qt.Key.Key_PageDown else -page)
            self._moved()
        elif not self._act(key):
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        if not len(self.reel):
            return
        place = None if self._current is None else self.model.place_of(self._current)
        wanted = len(self.reel) - 1 if place is None else place + step
        self.set_current(min(max(wanted, 0), len(self.reel) - 1))

    def _act(self, key: int) -> bool:
        """What a key does to the current entry; gives whether it does anything."""
        bubble = self.current()
        if bubble is None:
            return False
        if key in EDIT:
            self.edit_current()
        elif key in MOVE:
            self.move_current()
        elif key in DELETE:
            self.remove_current()
        elif key in TICK and bubble.next_steps:
            self.tick(next((each for each in bubble.next_steps if not each.is_done), bubble.next_steps[-1]))
        elif key in TICK and bubble.files:
            self._preview(bubble, 0)
        else:
            return False
        return True

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if self.current() is None and by_key:
            self._step(0)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # The mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (found := self.reel.at(event.position().y())) is not None:
            self.set_current(found[0], reveal=False)  # what moves under the mouse is not what was meant

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        if found is None or event.button() != Qt.MouseButton.LeftButton:
            return
        shape, point = found
        bubble = shape.bubble
        if (step := _step_at(shape, point)) is not None:
            self.tick(step)
        elif (file := _file_at(shape, point)) is not None:
            self._preview(bubble, file)
        elif shape.more.contains(point):
            self.reel.open(bubble)
            self._moved()
        elif shape.face.contains(point) and bubble.direction == words.IN and bubble.people:
            self.person_wanted.emit(bubble.people[0].id)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        if found is not None and found[0].body.contains(found[1]) and not _is_clickable(*found):
            self.edit_current()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        hand = found is not None and _is_clickable(*found)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            found = self.reel.at(event.pos().y())
            if found is None:
                return
            self.set_current(found[0], reveal=False)
        elif self._current is not None and (area := self._area_of(self._current)) is not None:
            spot = self.viewport().mapToGlobal(area.center())
        if (bubble := self.current()) is not None:
            entry_menu(self, bubble).popup(spot)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._under(QPointF(event.pos()))
            tip = self._tip(*found) if found is not None else ""
            QToolTip.showText(event.globalPos(), tip, self.viewport())
            return True
        return super().viewportEvent(event)

    def _preview(self, bubble: Bubble, place: int) -> None:
        if self.file_verbs is not None:
            self.file_verbs.preview(bubble.files, place)

    def _tip(self, shape: Shape, point: QPointF) -> str:
        if (step := _step_at(shape, point)) is not None:
            return _("Not done yet") if step.is_done else _("Mark as done")
        if (file := _file_at(shape, point)) is not None:
            return shape.bubble.files[file].name
        if shape.meta_at.contains(point):
            return words.facts(shape.bubble, None, 0) if shape.bubble.kind != words.SYSTEM else shape.bubble.summary
        return ""

    def _under(self, position: QPointF) -> tuple[Shape, QPointF] | None:
        """The entry at a point, and the point as the entry counts."""
        found = self.reel.at(position.y())
        return None if found is None else (found[2], QPointF(position.x(), position.y() - found[1]))


def _step_at(shape: Shape, point: QPointF) -> NextStep | None:
    return next((each.step for each in shape.steps if each.area.contains(point)), None)


def _file_at(shape: Shape, point: QPointF) -> int | None:
    """Which of its files is at a point."""
    return next((place for place, each in enumerate(shape.files) if each.area.contains(point)), None)


def _is_clickable(shape: Shape, point: QPointF) -> bool:
    their_face = shape.face.contains(point) and shape.bubble.direction == words.IN and bool(shape.bubble.people)
    is_part = _step_at(shape, point) is not None or _file_at(shape, point) is not None
    return is_part or shape.more.contains(point) or their_face
