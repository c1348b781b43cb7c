"""What a machine can tell about a page: whether it has names to be read aloud, room to click, and all of its text."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QTableView,
    QTextEdit,
    QToolButton,
    QWidget,
)

from crm_desktop.ui.widgets.buttons import ElideButton
from crm_desktop.ui.widgets.chips import Chip
from crm_desktop.ui.widgets.labels import Elide

TARGET = 24
SMALLEST_TEXT = 12
ROUNDING = 1
LEAST_SHOWN = 0.35
TARGETS = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
WITH_CONTENT = (QAbstractItemView, QPlainTextEdit, QTextEdit)
INNER = "qt_"


def lint(window: QWidget) -> list[str]:
    """Every fault that can be measured on a window as it is shown now; an empty list is good."""
    faults = {fault for widget in _visible(window) for check in CHECKS for fault in check(widget)}
    return sorted(faults)


def _visible(window: QWidget) -> Iterator[QWidget]:
    """The widgets one can see or scroll to, without the parts Qt builds its own widgets from."""
    for widget in [window, *window.findChildren(QWidget)]:
        if widget.isVisible() and not widget.objectName().startswith(INNER) and not _is_part(widget):
            yield widget


def _is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if isinstance(widget, QLineEdit):
        return isinstance(parent, QComboBox | QAbstractSpinBox)
    return isinstance(widget, QAbstractButton) and type(parent).__name__ in {"QTabBar", "QLineEdit", "QMenuBar"}


def _name(widget: QWidget) -> Iterator[str]:
    """Whatever takes the focus has a name a screen reader can say."""
    takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    is_frame = isinstance(widget, QAbstractScrollArea) and not isinstance(widget, WITH_CONTENT)
    if not takes_focus or is_frame or isinstance(widget, QScrollBar | QHeaderView):
        return
    spoken = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
    if not spoken and not any(each.buddy() is widget for each in widget.window().findChildren(QLabel)):
        yield f"no accessible name: {_who(widget)}"


def _target(widget: QWidget) -> Iterator[str]:
    """Whatever is clicked is large enough to be hit (WCAG 2.2, 2.5.8)."""
    if isinstance(widget, TARGETS) and min(widget.width(), widget.height()) < TARGET:
        yield f"target {widget.width()}x{widget.height()} under {TARGET}x{TARGET}: {_who(widget)}"


def _small_text(widget: QWidget) -> Iterator[str]:
    size = widget.fontInfo().pixelSize()
    if _text(widget) and size < SMALLEST_TEXT:
        yield f"text of {size} px: {_who(widget)}"


def _clipped(widget: QWidget) -> Iterator[str]:
    """Text is all there, or shortened by a widget that says so; even then some of it is left."""
    text = _text(widget)
    if not text:
        return
    wanted, there = _room(widget)
    if isinstance(widget, Elide | Chip | ElideButton):
        if there.width() < min(wanted.width() * LEAST_SHOWN, 2 * TARGET):
            yield f"nothing left of the text: {_who(widget)}"
    elif isinstance(widget, QLineEdit):
        if wanted.width() > there.width() + ROUNDING and not widget.toolTip() and not widget.hasFocus():
            yield f"clipped value: {_who(widget)}"
    elif wanted.width() > there.width() + ROUNDING or wanted.height() > there.height() + ROUNDING:
        yield f"clipped text {there.width()}x{there.height()} of {wanted.width()}x{wanted.height()}: {_who(widget)}"


def _room(widget: QWidget) -> tuple[QRect, QRect]:
    """The room a text needs, and the room it has."""
    there = widget.rect()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return QRect(0, 0, 0, widget.heightForWidth(widget.width())), there
    if isinstance(widget, Elide | Chip | QLabel | ElideButton):
        return QRect(QPoint(), widget.sizeHint()), there
    if isinstance(widget, QLineEdit):
        margins = widget.textMargins()
        needed = widget.fontMetrics().horizontalAdvance(widget.text()) + margins.left() + margins.right() + 8
        return QRect(0, 0, needed, 0), there
    return QRect(QPoint(), widget.minimumSizeHint()), there


def _cut_off(widget: QWidget) -> Iterator[str]:
    """Nothing with text sticks out of what holds it, unless that can be scrolled."""
    parent = widget.parentWidget()
    if not _text(widget) or parent is None or widget.isWindow():
        return
    holder = parent.parentWidget()
    if isinstance(holder, QAbstractScrollArea) and parent is holder.viewport():
        return
    beyond = widget.geometry().right() - parent.rect().right()
    if beyond > ROUNDING:
        yield f"cut off by {beyond} px: {_who(widget)}"


def _scrolls_sideways(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QTableView):
        bar = widget.horizontalScrollBar()
        if bar.isVisible() and bar.maximum() > bar.minimum():
            yield f"horizontal scroll bar: {_who(widget)}"


CHECKS: tuple[Callable[[QWidget], Iterator[str]], ...] = (
    _name,
    _target,
    _small_text,
    _clipped,
    _cut_off,
    _scrolls_sideways,
)


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QLineEdit | QPushButton | QCheckBox | QRadioButton):
        return widget.text()
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly:
        return widget.text()
    return ""


def _who(widget: QWidget) -> str:
    kind = type(widget).__name__
    known = widget.objectName() or widget.accessibleName() or _text(widget) or type(widget.parentWidget()).__name__
    return f"{kind} “{known[:40]}”"
