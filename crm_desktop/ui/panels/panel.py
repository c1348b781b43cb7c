"""What all panels share: they belong to one window, and only one is open at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLayout, QWidget

from crm_desktop.ui.page import Page
from crm_desktop.ui.widgets.boxes import Item, Margins, row
from crm_desktop.ui.widgets.labels import Elide, Line
from crm_desktop.ui.widgets.overlay import Overlay

if TYPE_CHECKING:
    from datetime import date

    from crm_desktop.services.activities import Narrowed
    from crm_desktop.store.queries import Listing
    from crm_desktop.ui.desk import Desk

P = TypeVar("P", bound="Panel")
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
HEAD: Margins = (16, 10, 14, 8)
FOOT: Margins = (18, 8, 14, 10)


@runtime_checkable
class HasPages(Protocol):
    """A window that knows which page is on screen."""

    def page_shown(self) -> object:
        """The page on screen, if any."""


@runtime_checkable
class HasCounts(Protocol):
    """A window that knows how much there is."""

    counts: tuple[int, int] | None
    """Accounts and contacts, None while that is not known."""


@runtime_checkable
class HasList(Protocol):
    """A page that shows a list."""

    def listing(self) -> Listing:
        """What is listed."""


@runtime_checkable
class HasChosen(Protocol):
    """A page that shows a list of which some records may be chosen."""

    def chosen_keys(self) -> Sequence[int]:
        """The keys of the chosen records, in the order of the list."""


@runtime_checkable
class HasDay(Protocol):
    """A page that shows days."""

    def day_shown(self) -> date:
        """The day that is meant when one of them is."""


@runtime_checkable
class HasColumns(Protocol):
    """A page that shows a list with columns."""

    def columns_shown(self) -> Sequence[str]:
        """The codes of the columns as they stand on screen."""


@runtime_checkable
class HasTimeline(Protocol):
    """A page that shows a timeline."""

    def timeline_shown(self) -> Narrowed | None:
        """What of the timeline is on screen."""


class Panel(Overlay):
    """A panel with a head, what it is about, and a foot, parted by hairlines."""

    def __init__(self, window: QWidget, desk: Desk, words: str, *, width: int = 680, top: int = 96) -> None:
        super().__init__(window, words, width=width, top=top)
        self.desk = desk
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def show_up(self) -> None:
        """Show what there is to show now, with the focus where one begins."""
        self.open()

    def add_head(self, *items: Item) -> None:
        """Put things side by side at the top."""
        head = row(*items, spacing=10, margins=HEAD)
        if None not in items:
            for place, each in enumerate(items):
                head.setStretch(place, int(isinstance(each, Elide | QLayout)))
        self.body.addLayout(head)
        self.body.addWidget(Line())

    def add_foot(self, *items: Item) -> None:
        """Put things side by side at the bottom."""
        self.body.addWidget(Line())
        self.body.addLayout(row(*items, spacing=8, margins=FOOT))


def panel_of(kind: type[P], window: QWidget, desk: Desk) -> P:
    """The window's panel of this kind, made if there is none yet; any other one that is open is closed."""
    mine: list[Panel] = window.findChildren(Panel, options=Qt.FindChildOption.FindDirectChildrenOnly)
    for each in mine:
        if not isinstance(each, kind):
            each.dismiss()
    return next((each for each in mine if isinstance(each, kind)), None) or kind(window, desk)  # type: ignore[call-arg]


def page_of(window: object) -> Page | None:
    """The page on screen, when the window shows pages."""
    page = window.page_shown() if isinstance(window, HasPages) else None
    return page if isinstance(page, Page) else None


def is_press(event: QEvent, keys: set[Qt.Key]) -> bool:
    """Whether one of these keys goes down."""
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in keys


def has_control(event: QEvent) -> bool:
    """Whether Ctrl (⌘ on a Mac) is held."""
    return isinstance(event, QKeyEvent) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def on_control_enter(panel: Panel, act: Callable[[], object]) -> None:
    """Have Ctrl+Enter do something wherever in a panel the keyboard is."""
    for keys in ("Ctrl+Return", "Ctrl+Enter"):
        shortcut = QShortcut(QKeySequence(keys), panel)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)


def is_undo(event: QEvent) -> bool:
    """Whether Ctrl+Z goes down."""
    is_down = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
    return isinstance(event, QKeyEvent) and is_down and event.matches(QKeySequence.StandardKey.Undo)


def key_words(keys: str) -> str:
    """A shortcut as it is written on this computer: what is Ctrl+↵ here is ⌘↩ on a Mac."""
    enter = QKeySequence(Qt.Key.Key_Return).toString(QKeySequence.SequenceFormat.NativeText)
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).replace(enter, "↵")
