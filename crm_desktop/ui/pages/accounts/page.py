"""The three working columns: account tree, detail of an account or contact, and its timeline.

The tree is painted at once; detail and timeline are built when the database layer is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.overriding import override
from crm_desktop.store.outline import Outline
from crm_desktop.ui import theme
from crm_desktop.ui.dressing import dressing
from crm_desktop.ui.page import Page
from crm_desktop.ui.pages.accounts.tree_pane import MOST_FOUND, TreePane

if TYPE_CHECKING:
    from collections.abc import Set

    from crm_desktop.services.activities import Narrowed
    from crm_desktop.store.journal import Change
    from crm_desktop.store.outline import Counts, Node
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.pages.accounts.detail import Detail
    from crm_desktop.ui.timeline.pane import TimelinePane

WIDE, NARROW = 1240, 1024
LEAST_DETAIL = 520
"""The width of the detail beside a timeline: the figures of its head stand in one line then."""
RAIL = 74
WIDTHS = [286, 668, 412]
ACCOUNT, CONTACT = "account", "contact"
SUBJECT = frozenset({"record", "places"})
"""The parts of a record that the composer calls it by."""


class AccountsPage(Page):
    """Accounts with their people, what is known of them and what was said."""

    shows = (ACCOUNT, CONTACT)

    def __init__(self, nodes: list[Node], counts: Counts) -> None:
        super().__init__()
        self.tree = TreePane(nodes, counts)
        self.detail: Detail | None = None
        self.timeline: TimelinePane | None = None
        self._outline: Outline | None = None
        self._is_narrow = False
        self._hidden: set[str] = set()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self._blank, self._side = QFrame(), QFrame()
        self._side.setProperty("kind", "end")
        for each in (self.tree, self._blank, self._side):
            self.split.addWidget(each)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([theme.px(each) for each in WIDTHS])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.split)

    @override
    def attaching(self, desk: Desk) -> Iterator[None]:
        from crm_desktop.model import house
        from crm_desktop.services import cadence
        from crm_desktop.ui.pages.accounts.detail import Detail
        from crm_desktop.ui.pages.accounts.tree_moves import TreeMoves
        from crm_desktop.ui.timeline.pane import TimelinePane

        self._desk = desk
        timeline = TimelinePane(desk)
        yield from self._adding(timeline, self._side)
        detail = Detail(desk)
        yield from self._adding(detail, self._blank)
        if len(self.tree.model.rows):
            yield from detail.preparing(ACCOUNT)
        for blank, widget in ((self._blank, detail), (self._side, timeline)):
            self._replace(blank, widget)
            yield
        self.detail, self.timeline = detail, timeline
        detail.filled.connect(self._tell_subject)
        self._outline = Outline(desk.workspace.path)
        self.tree.model.values.rhythms = partial(cadence.days_of, desk.workspace)
        self.tree.model.values.own_rhythms = partial(cadence.own_days_of, desk.workspace)
        self.tree.model.values.follow_lists = house.has_lists
        self.tree.model.values.forget_all()
        self.tree.attach(self._outline, self._find)
        self.tree.view.show_faces(desk.faces)
        self.tree.chosen.connect(self._choose)
        self.tree.opened.connect(self._enter)
        self.tree.asked.connect(self._do)
        TreeMoves(desk, self.tree)
        self._fit()

    def _adding(self, widget: QWidget, blank: QWidget) -> Iterator[None]:
        """Put something beside what stands in its place until it is built, and dress it before it is seen."""
        yield
        widget.hide()
        self.split.insertWidget(self.split.indexOf(blank), widget)
        yield
        yield from dressing(widget)

    def _replace(self, blank: QWidget, widget: QWidget) -> None:
        sizes = [each for each in self.split.sizes() if each]
        blank.setParent(None)
        blank.deleteLater()
        widget.show()
        left, columns = iter(sizes), map(self.split.widget, range(self.split.count()))
        self.split.setSizes([0 if each is None or each.isHidden() else next(left, 0) for each in columns])
        self.split.setStretchFactor(1, 1)

    def preparing(self) -> Iterator[None]:
        """Build, in steps, what will be needed sooner or later."""
        if self.detail is not None:
            yield from self.detail.preparing(ACCOUNT)
            yield from self.detail.preparing(CONTACT)

    def _find(self, text: str) -> list[tuple[str, int]]:
        """The accounts and contacts that hold `text`, the nearest ones, for the tree's filter."""
        from crm_desktop.store.nearest import best

        found: list[tuple[str, int]] = []
        with self._desk.workspace.read() as session:
            for entity in self.shows:
                nearest = best(session.connection(), entity, text, MOST_FOUND, self._desk.workspace.author)
                found += [(entity, key) for key, _rank in islice(nearest, MOST_FOUND)]
        return found

    def count(self, then: Callable[[Counts], object]) -> None:
        """Tell how many accounts and contacts there are, at once when they are few, else when a thread has counted."""
        if self._outline is None:
            return
        few, reader = self._outline.few(), self.tree.model.reader
        if few is not None or reader is None:
            then(few)
        else:
            reader.ask("counts", Outline.counts, then)

    @override
    def refresh(self, change: Change) -> None:
        self.tree.refresh(change)
        if change.touches("picture"):
            self.tree.view.viewport().update()
        if self.detail is not None:
            self.detail.refresh(change)

    @override
    def show_record(self, entity: str, key: int) -> None:
        self.tree.reveal(entity, key)
        self._show(entity, key)

    def _choose(self, entity: str, key: int) -> None:
        """Show what was chosen in the tree, and tell the window, so that Back finds it."""
        self._show(entity, key)
        self._desk.ask("seen", (entity, key))

    def _show(self, entity: str, key: int) -> None:
        if self.detail is None or self.timeline is None or self.detail.current == (entity, key):
            return
        self.detail.show_record(entity, key)
        self.timeline.show_record(entity, key, self.detail.name(), self.detail.places())

    def _tell_subject(self, parts: Set[str]) -> None:
        """Have the composer call the record on show, and its people, as they are called now."""
        if self.detail is None or self.timeline is None or self.timeline.record() != self.detail.current:
            return
        if parts & SUBJECT:
            self.timeline.show_subject(self.detail.name(), self.detail.places())

    def _enter(self, entity: str, key: int) -> None:
        self._show(entity, key)
        if self.detail is not None:
            self.detail.first_field()

    @override
    def current(self) -> tuple[str, int] | None:
        return self.detail.current if self.detail else None

    def timeline_shown(self) -> Narrowed | None:
        """What of the timeline is on screen."""
        return self.timeline.model.narrowed() if self.timeline and self.timeline.record() else None

    @override
    def panes(self) -> list[QWidget]:
        if self.detail is None or self.timeline is None:
            return [self.tree]
        return [self.tree, self.detail] if self._is_narrow else [self.tree, self.detail, self.timeline]

    @override
    def command(self, what: str, detail: object = None) -> bool:
        return self._do(what, detail)

    def _do(self, what: str, detail: object = None) -> bool:
        """Carry out a command from a menu, a key or the tree's own menu."""
        if self.detail is None or self.timeline is None:
            return False
        if what == "log":
            if self.detail.current is None:
                return False
            self._show_activity()
            self.timeline.focus_composer(str(detail or ""))
        elif what == "filter":
            self.tree.focus_filter()
        elif what in {"tree", "timeline"}:
            self._hidden ^= {what}
            self._fit()
        else:
            if what == "move" and isinstance(detail, tuple):
                self._show(*detail)
            if what in {"move", "delete"} and detail is None and self.tree.ask_for_all(what):
                return True
            return bool(self.detail.command(what, detail))
        return True

    def _show_activity(self) -> None:
        if self._is_narrow and self.detail is not None:
            self.detail.show_tab("activity")
        self._hidden.discard("timeline")
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Lay out for the width: three columns, two with the timeline as a tab, or without the tree."""
        full = self.width() + theme.px(RAIL)
        is_narrow = full < theme.px(WIDE)
        self.tree.setVisible("tree" not in self._hidden and full >= theme.px(900))
        if self.detail is None or self.timeline is None:
            self._side.setVisible(not is_narrow)
            return
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.detail.set_narrow(is_narrow, self.timeline)
            if not is_narrow:
                self.split.insertWidget(2, self.timeline)
                self.split.setSizes(
                    [self.split.sizes()[0], self.width() - self.split.sizes()[0] - theme.px(412), theme.px(412)]
                )
        self.detail.setMinimumWidth(0 if is_narrow else theme.px(LEAST_DETAIL))
        if not is_narrow:  # as a tab, it is seen when its tab is chosen
            self.timeline.setVisible("timeline" not in self._hidden)

    @override
    def state(self) -> dict[str, Any]:
        sizes = self.split.sizes()
        return {
            "sizes": sizes if len(sizes) == 3 else [],
            "tree": self.tree.state(),
            "record": list(self.current() or ()),
        }

    @override
    def restore(self, state: dict[str, Any]) -> None:
        if len(state.get("sizes") or []) == 3 and not self._is_narrow:
            self.split.setSizes(state["sizes"])
        self.tree.restore(state.get("tree") or {})
        record = state.get("record") or []
        if len(record) == 2:
            self.show_record(str(record[0]), int(record[1]))
        elif self.detail is not None:
            self.tree.choose_first()
        if self.isVisible():
            self.tree.setFocus()

    def close_outline(self) -> None:
        """Let go of the file."""
        if self._outline is not None:
            self.tree.detach()
            self._outline.close()
            self._outline = None

    @property
    def word(self) -> str:
        """What the page is called."""
        return _("Accounts")
