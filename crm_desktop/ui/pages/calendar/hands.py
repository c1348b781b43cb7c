"""The calendar by keys and by mouse: what is pressed and pulled becomes what is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip
from typing_extensions import override

from crm_desktop.services.calendar import Entry
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.pages.calendar import words
from crm_desktop.ui.pages.calendar.dragging import LENGTHEN, MOVE, NEW, Drag, can_lengthen, drawn, pulled, snapped
from crm_desktop.ui.pages.calendar.slots import A_DAY, DAY, MINUTES, MONTH, STEP, Slot, moved
from crm_desktop.ui.pages.calendar.view import CalendarView

EDGE = 7
"""So near to its lower edge an entry is pulled longer."""
HALF_HOUR = 30
Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
"""Columns and lines that an arrow goes."""
KEYS = ("next", "previous", "open", "new", "delete", "act", "finish", "snooze", "skip")
NEXT, PREVIOUS, OPEN, MAKE, DELETE, ACT, FINISH, SNOOZE, SKIP = (page_keys.CALENDAR.codes(each) for each in KEYS)


class Calendar(CalendarView):
    """Arrows go from slot to slot, with Shift they move what is chosen, with Ctrl and Shift they lengthen it."""

    def __init__(self, wall: Callable[[], datetime]) -> None:
        super().__init__(wall)
        self._pressed: tuple[QPointF, Slot, Entry | None] | None = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Key.Key_Escape and self.drag is not None:
            self._let_go()
        elif key in ARROWS and held in (Qt.KeyboardModifier.NoModifier, SHIFT, SHIFT | CONTROL):
            self._arrow(*ARROWS[key], held)
        elif self.chosen is not None and not self.chosen.is_fixed and page_keys.CALENDAR.is_pressed("delay", event):
            self.delay_wanted.emit(self.chosen)
        elif held or not self._act(key):
            event.ignore()  # the page turns to other days, or the window knows the key

    def _act(self, key: Qt.Key) -> bool:
        """What a key does with what is chosen; gives whether it does anything."""
        chosen = self.chosen
        if key in NEXT or key in PREVIOUS:
            self.step(1 if key in NEXT else -1)
        elif key in OPEN and chosen is not None:
            self.opened.emit(chosen)
        elif key in OPEN or key in MAKE:
            self.new_wanted.emit(self.slot, None)
        elif key in SKIP and chosen is not None and chosen.repeats:
            self.skip_wanted.emit(chosen)
        elif chosen is not None and not chosen.is_fixed:
            return self._act_on(chosen, key)
        else:
            return False
        return True

    def _act_on(self, chosen: Entry, key: Qt.Key) -> bool:
        if key in DELETE:
            self.deleted.emit(chosen)
        elif key in ACT:
            self.ticked.emit(chosen)
        elif key in FINISH:
            self.finish_wanted.emit(chosen)
        elif key in SNOOZE:
            self.snooze_wanted.emit(chosen)
        else:
            return False
        return True

    def _arrow(self, across: int, down: int, held: Qt.KeyboardModifier) -> None:
        if held == SHIFT:
            self._move_chosen(across, down)
        elif held == SHIFT | CONTROL:
            if down and self.chosen is not None and can_lengthen(self.chosen) and self.mode != MONTH:
                self._lengthen(pulled(self.chosen, down))
        elif self.mode == MONTH:
            self.go_to(Slot(self.slot.day + timedelta(days=across + 7 * down)))
        elif across:
            self.go_to(replace(self.slot, day=self.slot.day + across * A_DAY))
        else:
            self._go_down(down)

    def _go_down(self, down: int) -> None:
        """Half an hour up or down; above the first one is the row of whole days, through which one goes one by one."""
        slot, chosen = self.slot, self.chosen
        there = self.here(slot) if slot.minute is None else []
        at = there.index(chosen) + down if chosen in there else -1
        if 0 <= at < len(there):
            self.choose(there[at], slot)
        elif slot.minute is None:
            self.go_to(replace(slot, minute=self._first_minute()) if down > 0 else slot)
        else:
            minute = (slot.minute // HALF_HOUR + down) * HALF_HOUR
            self.go_to(replace(slot, minute=min(minute, MINUTES - HALF_HOUR) if minute >= 0 else None))

    def _first_minute(self) -> int:
        """The first half hour in sight."""
        return -(-int(self.scrolled / theme.px(48) * 60) // HALF_HOUR) * HALF_HOUR

    def _move_chosen(self, across: int, down: int) -> None:
        entry = self.chosen
        if entry is None or entry.is_fixed:
            return
        if self.mode == MONTH:
            by = timedelta(days=across + 7 * down)
        elif down and not entry.has_time:
            return
        else:
            by = across * A_DAY + down * STEP
        self._move(moved(entry, entry.starts + by, has_time=entry.has_time))

    def _move(self, entry: Entry) -> None:
        is_seen = entry.last >= self.span.first and entry.first <= self.span.last
        self.put(entry)
        self.moved.emit(entry)
        if not is_seen:
            self.stepped.emit(entry.first)

    def _lengthen(self, entry: Entry) -> None:
        self.put(entry)
        self.lengthened.emit(entry)

    # The mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place, slot = event.position(), self.slot_at(event.position())
        if (more := self.more_at(place)) is not None:
            if self.mode == DAY:
                self.open_up()
            else:
                self.day_wanted.emit(more.day)
            return
        box = self.box_at(place)
        if slot is None:
            return
        if box is not None:
            self.choose(box.entry, slot if box.entry.first != slot.day else None)
        else:
            self.choose(None, replace(slot, minute=slot.minute and slot.minute // HALF_HOUR * HALF_HOUR))
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = place, slot, None if box is None else box.entry

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is None:
            self._show_hand(place)
            return
        begun, slot, entry = self._pressed
        if self.drag is None and (place - begun).manhattanLength() >= QApplication.startDragDistance():
            self.drag = self._drag(begun, slot, entry)
        over = self.slot_at(place)
        if self.drag is not None and over is not None:
            preview = self.drag.over(over)
            if preview != self.preview:
                self.preview = preview
                self.lay_out()

    def _drag(self, begun: QPointF, slot: Slot, entry: Entry | None) -> Drag | None:
        if entry is None:
            return drawn(slot) if slot.minute is not None else None
        if entry.is_fixed:
            return None
        return Drag(LENGTHEN if self._is_at_edge(begun, entry) else MOVE, slot, entry)

    def _is_at_edge(self, place: QPointF, entry: Entry) -> bool:
        box = self.box_at(place)
        if box is None or not box.ends or not can_lengthen(entry) or self.mode == MONTH:
            return False
        bottom = box.area.bottom() + self.places.top - self.scrolled
        return bottom - place.y() <= min(theme.px(EDGE), box.area.height() / 3)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, preview = self.drag, self.preview
        self._let_go()
        if drag is None or preview is None:
            return
        if drag.what == NEW:
            self.new_wanted.emit(Slot(preview.first, preview.starts.hour * 60 + preview.starts.minute), preview.ends)
        elif preview != drag.entry:
            (self._move if drag.what == MOVE else self._lengthen)(preview)

    def _let_go(self) -> None:
        self._pressed = self.drag = self.preview = None
        self.lay_out()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        box, slot = self.box_at(event.position()), self.slot_at(event.position())
        if box is not None:
            self.opened.emit(box.entry)
        elif slot is not None:
            at = snapped(slot) if slot.minute is not None else None
            self.new_wanted.emit(slot if at is None else Slot(slot.day, at.hour * 60 + at.minute), None)

    def _show_hand(self, place: QPointF) -> None:
        box = self.box_at(place)
        shape = Qt.CursorShape.ArrowCursor
        if self.more_at(place) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif box is not None and self._is_at_edge(place, box.entry):
            shape = Qt.CursorShape.SizeVerCursor
        self.viewport().setCursor(shape)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            box = self.box_at(QPointF(event.pos()))
            if box is not None:
                self.choose(box.entry)
                self.menu_wanted.emit(box.entry, event.globalPos())
        elif self.chosen is not None:
            spot = self.area_of(self.chosen).center().toPoint()
            self.menu_wanted.emit(self.chosen, self.viewport().mapToGlobal(spot))

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            box = self.box_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if box is None else words.tip(box.entry), self.viewport())
            return True
        return super().viewportEvent(event)
