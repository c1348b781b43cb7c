"""One view for days, weeks and months: painted, used by keys and by the mouse alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.services.calendar import Entry, Span
from crm_desktop.ui import theme
from crm_desktop.ui.pages.calendar import painting, words
from crm_desktop.ui.pages.calendar.boxes import Box, DayPlaces, MonthPlaces, More
from crm_desktop.ui.pages.calendar.slots import (
    DAY,
    MONTH,
    SHORTEST,
    WEEK,
    WEEKS,
    Slot,
    is_bar,
    minutes_on,
    slot_of,
    standing,
)

if TYPE_CHECKING:
    from crm_desktop.ui.pages.calendar.dragging import Drag

MORNING = 8 * 60 - 30
"""The minute that is seen first, unless it is earlier now."""
TURN_MS = 30_000
NO_DAY = date(2000, 1, 1)


class CalendarView(QAbstractScrollArea):
    """Shows a span of days; what is done with it is told by signals."""

    opened = Signal(object)
    """An `Entry`."""
    new_wanted = Signal(object, object)
    """A `Slot`, and its end or None."""
    moved = Signal(object)
    """An `Entry` where it is to be."""
    lengthened = Signal(object)
    """An `Entry` with its new end."""
    deleted = Signal(object)
    ticked = Signal(object)
    finish_wanted = Signal(object)
    snooze_wanted = Signal(object)
    delay_wanted = Signal(object)
    skip_wanted = Signal(object)
    menu_wanted = Signal(object, object)
    """An `Entry`, and a point of the screen."""
    stepped = Signal(object)
    """A day outside of what is seen is gone to."""
    day_wanted = Signal(object)
    """A day is to be seen alone."""

    def __init__(self, wall: Callable[[], datetime]) -> None:
        super().__init__()
        self.wall = wall
        """What the clock on the wall shows now."""
        self.mode = WEEK
        self.span = Span(NO_DAY, NO_DAY)
        self.slot = Slot(wall().date())
        self.chosen: Entry | None = None
        self.preview: Entry | None = None
        self.drag: Drag | None = None
        self.is_open = False
        """Whether all rows of whole days are to be seen."""
        self._places: DayPlaces | MonthPlaces | None = None
        self._is_fresh, self._is_read = True, False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(_("Calendar"))
        self._turn = QTimer(self)
        self._turn.setInterval(TURN_MS)
        self._turn.timeout.connect(self.viewport().update)
        self._turn.start()
        theme.changed.connect(self.lay_out)

    # What is shown

    def show_days(self, mode: str, first: date, last: date) -> None:
        """Turn to other days, of which nothing is known yet but what was there before."""
        is_other = mode != self.mode or (first, last) != (self.span.first, self.span.last)
        self.mode = mode
        if is_other:
            self._is_read = self.is_open = False
            self.span = Span(
                first, last, tuple(each for each in self.span.entries if each.first <= last and each.last >= first)
            )
        if not first <= self.slot.day <= last:
            self.slot = Slot(first, self.slot.minute)
        self.lay_out()

    def fill(self, span: Span) -> None:
        """Show what was read; what is chosen stays so, and what was just made where one is becomes so."""
        is_known = self._is_read and (span.first, span.last) == (self.span.first, self.span.last)
        before = {each.key for each in (self.span if is_known else span).entries}
        known = self.chosen and _name_of(self.chosen)
        self.span, self._is_read = span, True
        self.chosen = next((each for each in span.entries if _name_of(each) == known), None)
        if self.chosen is None:
            made = (each for each in span.of(self.slot.day) if each.key not in before)
            self.chosen = next((each for each in made if self._is_here(each)), None)
        self.lay_out()
        self._tell()

    def _is_here(self, entry: Entry) -> bool:
        """Whether an entry begins where one is."""
        minute, here = slot_of(entry).minute, self.slot.minute
        if self.mode == MONTH or minute is None or here is None:
            return self.mode == MONTH or minute is here
        return here <= minute < here + SHORTEST

    def lay_out(self) -> None:
        """Find the place of everything again."""
        size = QSizeF(self.viewport().size())
        entries = self._entries()
        if self.mode == MONTH:
            self._places = MonthPlaces(entries, self.span.first, WEEKS, size)
        else:
            count = 1 if self.mode == DAY else 7
            self._places = DayPlaces(entries, self.span.first, count, size, is_open=self.is_open)
        bar = self.verticalScrollBar()
        seen = max(self.viewport().height() - self._places.top, 1)
        bar.setRange(0, max(round(self._places.height - seen), 0))
        bar.setPageStep(round(seen))
        bar.setSingleStep(theme.px(24))
        if self.mode == MONTH:
            self._is_fresh = True  # it has no hours that one could scroll back to
        elif self._is_fresh and bar.maximum():
            self._is_fresh = False
            now = self.wall()
            bar.setValue(round(min(MORNING, max(now.hour * 60 - 60, 0)) * theme.px(48) / 60))
        self.viewport().update()

    def _entries(self) -> list[Entry]:
        """What was read, with what is under the mouse where it is to be."""
        preview = self.preview
        if preview is None:
            return list(self.span.entries)
        rest = [each for each in self.span.entries if each.is_birthday or each.key != preview.key]
        return [*rest, preview]

    @property
    def places(self) -> DayPlaces | MonthPlaces:
        """Where everything is."""
        if self._places is None:
            self.lay_out()
        assert self._places is not None
        return self._places

    @property
    def scrolled(self) -> float:
        """How far the hours are scrolled."""
        return self.verticalScrollBar().value()

    # What is chosen

    def choose(self, entry: Entry | None, slot: Slot | None = None) -> None:
        """Go to an entry, or to an empty slot."""
        self.chosen = entry
        self.slot = slot or (slot_of(entry) if entry is not None else self.slot)
        if entry is not None and not self.span.first <= self.slot.day <= self.span.last:
            self.slot = Slot(self.span.first, self.slot.minute)
        self._open_or_close()
        self.reveal()
        self._tell()
        self.viewport().update()

    def _open_or_close(self) -> None:
        """Open the rows of whole days while the keys are on one that is not seen; those of a day alone stay open."""
        is_bar_chosen = self.chosen is not None and is_bar(self.chosen)
        if is_bar_chosen and self.mode != MONTH and not self._is_seen():
            self.open_up()
        elif self.is_open and self.mode == WEEK and not is_bar_chosen:
            self.is_open = False
            self.lay_out()

    def open_up(self) -> None:
        """Show all rows of whole days, as far as there is room, until other days are seen."""
        self.is_open = True
        self.lay_out()

    def _is_seen(self) -> bool:
        """Whether what is chosen is drawn."""
        return any(each.entry == self.chosen for each in (*self.places.bars, *self.places.blocks))

    def go_to(self, slot: Slot) -> None:
        """Go to a slot, and choose what is there."""
        if not self.span.first <= slot.day <= self.span.last:
            self.chosen, self.slot = None, slot
            self.stepped.emit(slot.day)
            return
        here = self.here(slot)
        self.choose(here[0] if here else None, slot)

    def here(self, slot: Slot) -> list[Entry]:
        """What is in a slot, in order."""
        there = self.span.of(slot.day)
        if self.mode == MONTH:
            return []
        if slot.minute is None:
            rows = {each.entry: each.area.top() for each in self.places.bars}
            bars = [each for each in there if is_bar(each)]
            return sorted(bars, key=lambda each: (rows.get(each, self.places.top), standing(each)))
        blocks = [(each, minutes_on(each, slot.day)) for each in there if not is_bar(each)]
        return [each for each, (begin, end) in blocks if begin < slot.minute + 30 and max(end, begin + 1) > slot.minute]

    def step(self, by: int) -> None:
        """Go to the next entry (1) or the one before (-1)."""
        there = sorted(self.span.entries, key=self._order)
        if not there:
            return
        if self.chosen in there:
            at = there.index(self.chosen) + by
        else:
            before = sum(each.first < self.slot.day for each in there)
            at = before if by > 0 else before - 1
        if 0 <= at < len(there):
            self.choose(there[at])

    def _order(self, entry: Entry) -> tuple[Any, ...]:
        """From day to day, as it stands there: rows from above, hours by the clock."""
        if self.mode == MONTH or is_bar(entry):
            return entry.first, 0, *standing(entry)
        return entry.first, 1, entry.starts

    def put(self, entry: Entry) -> None:
        """Show an entry where it is about to be, before that is written and read again."""
        rest = tuple(each for each in self.span.entries if each.is_birthday or each.key != entry.key)
        self.span = replace(self.span, entries=(*rest, entry))
        self.lay_out()
        self.choose(entry)

    def reveal(self) -> None:
        """Scroll so that what is chosen is in sight."""
        if self.mode == MONTH or self.slot.minute is None:
            return
        area = self.places.area_of(self.slot)
        bar, seen = self.verticalScrollBar(), self.viewport().height() - self.places.top
        if area.top() < bar.value():
            bar.setValue(round(area.top() - theme.px(8)))
        elif area.bottom() > bar.value() + seen:
            bar.setValue(round(area.bottom() + theme.px(8) - seen))

    def _tell(self) -> None:
        """Say what is chosen, for those who hear the page."""
        self.setAccessibleName(_("Calendar"))
        chosen = words.spoken(self.chosen) if self.chosen is not None else words.spoken_slot(self.slot)
        self.setAccessibleName(chosen)

    # What is under a point

    def box_at(self, place: QPointF) -> Box | None:
        """The entry at a point of the view."""
        there = [each for each in self.places.bars if each.area.contains(place)]
        if not there and place.y() >= self.places.top:
            inside = place + QPointF(0, self.scrolled - self.places.top)
            there = [each for each in self._blocks() if each.area.contains(inside)]
        return there[-1] if there else None

    def _blocks(self) -> list[Box]:
        """What scrolls with the hours; what is chosen in front, and wide enough to be read."""
        places = self.places
        chosen = [each for each in places.blocks if each.entry == self.chosen]
        rest = [each for each in places.blocks if each.entry != self.chosen]
        return [*rest, *(places.grown(each) if isinstance(places, DayPlaces) else each for each in chosen)]

    def more_at(self, place: QPointF) -> More | None:
        """The count of what is not shown, at a point of the view."""
        return next((each for each in self.places.mores if each.area.contains(place)), None)

    def slot_at(self, place: QPointF) -> Slot | None:
        """The slot at a point of the view."""
        return self.places.slot_at(place, self.scrolled)

    def area_of(self, entry: Entry) -> QRectF:
        """Where the first part of an entry is in the view; nothing where it is not in sight."""
        for each in self.places.bars:
            if each.entry == entry:
                return each.area
        found = next((each.area for each in self.places.blocks if each.entry == entry), QRectF())
        return found.translated(0, self.places.top - self.scrolled) if found.isValid() else found

    # Events

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.tone("surface"))
        now = self.wall()
        places = self.places
        if isinstance(places, MonthPlaces):
            month = (self.span.first + timedelta(days=7)).month
            painting.paint_month(painter, places, month, now.date())
            self._paint_slot(painter)
        else:
            painter.save()
            painter.setClipRect(QRectF(0, places.top, places.size.width(), places.size.height()))
            painter.translate(0, places.top - self.scrolled)
            painting.paint_hours(painter, places)
            if self.slot.minute is not None:
                self._paint_slot(painter)
            for box in self._blocks():
                self._paint(painter, box)
            painting.paint_now(painter, places, now)
            painter.restore()
            painting.paint_days_head(painter, places, now.date())
            if self.slot.minute is None:
                self._paint_slot(painter)
        for box in places.bars:
            self._paint(painter, box)
        for more in places.mores:
            painting.paint_more(painter, more)
        if self._is_read and not self.span.entries and self.preview is None:
            painting.paint_nothing(painter, QRectF(self.viewport().rect()))
        painting.paint_frame(painter, QRectF(self.viewport().rect()))

    def _paint(self, painter: QPainter, box: Box) -> None:
        is_chosen = box.entry in (self.chosen, self.preview)
        painting.paint_box(painter, box, is_chosen=is_chosen, has_focus=self.hasFocus())

    def _paint_slot(self, painter: QPainter) -> None:
        if not self._is_seen() and self.drag is None and self.span.first <= self.slot.day <= self.span.last:
            painting.paint_slot(painter, self.places.area_of(self.slot), has_focus=self.hasFocus())


def _name_of(entry: Entry) -> tuple[object, ...]:
    """Which entry it is, though it was moved; of one that will repeat, on which day."""
    return entry.is_birthday, entry.key, entry.will_repeat and entry.starts
