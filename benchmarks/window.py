"""The real program off screen, and how long it takes until something is painted."""

import gc
import time
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from benchmarks.figures import Took

SIZE = "1440x900"
PATIENCE = 60
NOTCH = 120


@contextmanager
def program(folder, size=SIZE):
    """The program with its window on a data folder, ready to work."""
    from crm_desktop.ui.studio import Studio

    gc.disable()
    with Studio(folder, "zh_CN", "light", size) as studio:
        gc.freeze()  # as the program does when it is ready: what was made at the start is never searched for garbage
        yield studio


class Painted(QObject):
    """Notes the first time that one of some widgets is painted while something is so."""

    def __init__(self, what, *widgets):
        super().__init__(widgets[0])
        self.what, self.is_done = what, False
        for each in widgets:
            each.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.is_done and self.what():
            self.is_done = True
            watched.removeEventFilter(self)
        return False


def work_until(what, seconds=PATIENCE):
    """Let the window work until something is so."""
    late = time.monotonic() + seconds
    beat = QTimer()
    beat.start(1)
    while not what():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > late:
            raise TimeoutError(f"waited {seconds} seconds in vain for {what.__qualname__}")


def until_painted(widget, act, what=lambda: True):
    """How long it takes from an act until a widget, one of several, or one made by it, is painted as it should be."""
    cpu, began = time.process_time(), time.perf_counter()
    act()
    found = widget() if callable(widget) else widget
    seen = Painted(what, *map(_canvas, found if isinstance(found, tuple) else (found,)))
    work_until(lambda: seen.is_done)
    return Took(1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu))


def _canvas(widget):
    return widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget


def frame(act):
    """How long it takes to carry out an act and paint what it changed."""
    cpu, began = time.process_time(), time.perf_counter()
    act()
    QApplication.processEvents()
    return Took(1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu))


def wheel(view, notches):
    """The frames of a wheel that is turned over a view, notch by notch: down if there are more than none."""
    return [frame(lambda: _turn(view, 1 if notches > 0 else -1)) for _notch in range(abs(notches))]


def _turn(view, notches):
    middle = QPointF(view.viewport().rect().center())
    QApplication.sendEvent(
        view.viewport(),
        QWheelEvent(
            middle,
            QPointF(view.viewport().mapToGlobal(middle.toPoint())),
            QPoint(),
            QPoint(0, -NOTCH * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt takes it by position
        ),
    )


def drag(view, stops):
    """The frames of a thumb that is dragged to so many places all over a list, there and back and across."""
    bar = view.verticalScrollBar()
    places = [bar.maximum() * (37 * stop % stops) // stops for stop in range(stops)]
    return [frame(lambda place=place: bar.setSliderPosition(place)) for place in places]
