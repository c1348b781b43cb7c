"""The left column: all accounts with their branches and contacts, filters, and the way to new ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QToolButton
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.store.outline import CLOSED, LEVEL, NAME, RECENT, Look, Node
from crm_desktop.ui import theme
from crm_desktop.ui.models.tree import TreeModel
from crm_desktop.ui.models.tree_values import STARRED
from crm_desktop.ui.pages.accounts.tree_menu import TreeMenu
from crm_desktop.ui.pages.accounts.tree_view import TreeView
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import flat, tool
from crm_desktop.ui.widgets.chips import FilterChips
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import Caption, Line, label
from crm_desktop.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.store.outline import Outline

Find: TypeAlias = Callable[[str], Sequence[tuple[str, int]]]
NARROWEST, USUAL, WIDEST = 220, 286, 420
TYPING_MS = 120
COUNTING_MS = 250
NEW_ACCOUNT_KEYS = "Ctrl+Shift+N"
ALL, DORMANT = "all", "dormant"
CHIPPED = (DORMANT, CLOSED)
ORDERS = (NAME, RECENT, LEVEL)


class TreePane(QFrame):
    """Head, filter, chips, tree, and the bar below it."""

    chosen = Signal(str, object)
    """Another record became the current one: kind, key."""
    opened = Signal(str, object)
    """A record is to be worked with: kind, key."""
    asked = Signal(str, object)
    """`new_account` or `new_contact`, and the key of the account above or None; `move`, `close`, `reopen` or `delete`,
    and the record: (kind, key)."""

    def __init__(self, nodes: Sequence[Node], counts: tuple[int, int]) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self.setMinimumWidth(theme.px(NARROWEST))
        self.setMaximumWidth(theme.px(WIDEST))
        self._wide = theme.px(USUAL)
        self._total = counts[0]
        self._counts: dict[str, int] = {}
        self._find: Find | None = None
        self._outline: Outline | None = None
        self._last: tuple[str, int] | None = None
        self._scroll: int | None = None
        self.model = TreeModel(self)
        self.view = TreeView(self.model)
        self.model.show_first(nodes)
        self.menu = TreeMenu(self.view, self)
        self._build()
        self._typing = self._timer(TYPING_MS, self._search)
        self._counting = self._timer(COUNTING_MS, self._count)
        self.model.completed.connect(self._completed)
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(self.opened)
        self.view.menu_asked.connect(self._pop_up)
        self.menu.asked.connect(self.asked)
        self._tell()

    def _build(self) -> None:
        self.count = Caption()
        self.sort = tool("sort", _("Sort"))
        self.sort.setMenu(self._sort_menu())
        self.sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.box = SearchBox(_("Filter: name, initials, last digits"))
        self.box.searched.connect(self._typed)
        self.box.stepped.connect(self.view.step)
        self.box.returnPressed.connect(self._open_current)
        self.chips = FilterChips(_("Which accounts"), [(ALL, _("All"))])
        self.chips.changed.connect(self._narrow)
        self.nothing = EmptyState("account", "", size=48)
        self._clear = self.nothing.add_button(_("Clear filter"), self.clear_filter)
        self._first = self.nothing.add_button(_("New account"), self._new_account, icon="add", kind="primary")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.nothing)
        self.add = flat(_("New account"), "add", self._new_account).explain(_("New account"), _keys(NEW_ACCOUNT_KEYS))
        self.more = tool("more", _("More"))
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        head = row(label(_("Accounts"), "heading"), self.count, None, self.sort, margins=(16, 0, 8, 0))
        filters = column(self.box, self.chips, spacing=8, margins=(12, 0, 12, 0))
        foot = row(self.add, None, self.more, margins=(8, 4, 8, 6))
        below = column(self.stack, Line(), foot, spacing=0)
        below.setStretch(0, 1)
        self.setFocusProxy(self.view)  # where F6 comes in
        self.setLayout(column(head, filters, below, spacing=8, margins=(0, 8, 0, 0)))

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self)
        self._orders = group = QActionGroup(menu)
        words = {NAME: _("By name"), RECENT: _("Recently contacted first"), LEVEL: _("Important ones first")}
        for order, word in words.items():
            action = QAction(word, group)
            action.setCheckable(True)
            action.setChecked(order == self.model.look.order)
            action.setData(order)
            menu.addAction(action)
        group.triggered.connect(self._sort)
        menu.addSeparator()
        self.closed = menu.addAction(_("Closed accounts"), self._show_closed)
        self.closed.setCheckable(True)
        menu.aboutToShow.connect(self._fit_menu)
        return menu

    def _fit_menu(self) -> None:
        count = self._counts.get(CLOSED, 0)
        self.closed.setText(f"{_('Closed accounts')} {count:,}" if count else _("Closed accounts"))
        self.closed.setEnabled(bool(count))
        self.closed.setChecked(self.chips.value() == CLOSED)

    def _timer(self, pause: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    # Working with the data

    def attach(self, outline: Outline, find: Find) -> None:
        """Bring all accounts, counts and the search; `find` gives the (kind, key) of what a text matches."""
        self._outline, self._find = outline, find
        self.model.level_words = _level_words()
        with self.view.staying():
            self.model.attach(outline)
        self._count()

    def detach(self) -> None:
        """Read nothing any more, because the file is about to be closed."""
        self._outline = self._find = None
        self._typing.stop()
        self._counting.stop()
        self.model.detach()

    def refresh(self, change: Change) -> None:
        """Follow a change in the data."""
        if self._outline is None:
            return
        with self.view.staying():
            self.model.refresh(change)
        if change.moved("account", "status", "level"):
            self._counting.start()
        self._tell()

    def reveal(self, kind: str, key: int) -> None:
        """Make a record the current one, and take off a filter that hides it."""
        self._last = (kind, key)
        if self.view.reveal(kind, key):
            return
        self.view.leave()
        if self._is_narrowed():
            self.clear_filter()

    def choose_first(self) -> None:
        """Make the first account the current one, if none is."""
        if self.view.current() is None and len(self.model.rows):
            self.view.go_to(0)

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.box.setFocus()
        self.box.selectAll()

    def clear_filter(self) -> None:
        """Show all accounts again, and the record that was current."""
        self._fill_chips(ALL)
        self.box.clear()
        if self._is_narrowed():
            self._show_all()

    # Filters and order

    def _is_narrowed(self) -> bool:
        return self.model.is_search or self.model.look.is_flat

    def _typed(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            if self.model.is_search:
                self._show_all()

    def _search(self) -> None:
        text = self.box.query().strip()
        self._typing.stop()
        if self._find is None or not text:
            return
        found = self._find(text)
        self._fill_chips(ALL)
        with self.view.switching():
            self.model.show_found(found)
        self._tell()

    def _narrow(self, code: str) -> None:
        self.box.clear()
        self._fill_chips(code)
        order = self.model.look.order
        if code == ALL:
            self._show_all()
        elif code in CHIPPED:
            self._show(Look(order, status=code))
        else:
            self._show(Look(order, level=code))

    def _show_all(self) -> None:
        self._show(Look(self.model.look.order))
        if self._last:
            self.view.reveal(*self._last)

    def _sort(self, action: QAction) -> None:
        self._show(self.model.look._replace(order=action.data()))
        self._search()

    def _order_by(self, order: str) -> None:
        for action in self._orders.actions():
            if action.data() == order:
                action.setChecked(True)
                self._sort(action)

    def _show(self, look: Look) -> None:
        with self.view.switching():
            self.model.set_look(look)
        self._tell()

    # Words and numbers

    def _count(self) -> None:
        if self._outline is None:
            return
        tally = self._outline.tally()
        self._total = sum(tally.values())
        self._counts = {
            code: sum(n for (status, level), n in tally.items() if level == code and status != CLOSED)
            for code in self._outline.levels()
            if code in STARRED
        }
        for code in CHIPPED:
            self._counts[code] = sum(n for (status, _level), n in tally.items() if status == code)
        self._fill_chips(self.chips.value())
        self._tell()

    def _fill_chips(self, chosen: str) -> None:
        """Offer what there is; closed accounts only while they are looked at, else they are in the menu."""
        words = dict(self.model.level_words) | {DORMANT: _("Dormant"), CLOSED: _("Closed")}
        shown = [code for code, n in self._counts.items() if code == chosen or (n and code != CLOSED)]
        counted = [(code, f"{words.get(code, code)} {self._counts[code]:,}") for code in shown]
        self.chips.set_choices([(ALL, _("All")), *counted])
        self.chips.set_value(chosen)

    def _show_closed(self) -> None:
        self._narrow(ALL if self.chips.value() == CLOSED else CLOSED)

    def _completed(self) -> None:
        if self._scroll is not None:
            self.view.verticalScrollBar().setValue(self._scroll)
            self._scroll = None
        self._tell()

    def _tell(self) -> None:
        """Say how many accounts are shown, and what to do when there are none."""
        shown = len(self.model.rows)
        self.count.setText(f"{self._total:,}")
        is_narrowed = self._is_narrowed()
        if is_narrowed:
            count = f"{len(self.model.rows.roots()):,}"
            self.count.setText(_("{count} of {total}").format(count=count, total=f"{self._total:,}"))
        if not shown:
            self._explain(is_narrowed=is_narrowed)
        self.stack.setCurrentIndex(0 if shown else 1)
        self.chips.setVisible(bool(self._total))

    def _explain(self, *, is_narrowed: bool) -> None:
        text = self.box.query().strip()
        self._clear.setVisible(is_narrowed)
        self._first.setVisible(not is_narrowed)
        if text:
            self.nothing.say(_("Nothing matches “{text}”.").format(text=text))
        elif is_narrowed:
            self.nothing.say(_("There is no such account."))
        else:
            self.nothing.say(
                _("No accounts yet."), _("{keys} makes the first one.").format(keys=_keys(NEW_ACCOUNT_KEYS))
            )

    # What is done here

    def _choose(self, kind: str, key: int) -> None:
        self._last = (kind, key)
        self.chosen.emit(kind, key)

    def _open_current(self) -> None:
        self._search()
        if self.view.current() is None:
            self.choose_first()
        if now := self.view.current():
            self.opened.emit(*now)

    def _new_account(self) -> None:
        self.asked.emit("new_account", None)

    def _pop_up(self, _kind: str, _key: int, place: QPoint) -> None:
        self.menu.popup(place)

    # What is remembered

    def state(self) -> dict[str, Any]:
        """Width, order, expanded accounts and scroll, in plain values."""
        return {
            "width": self.width(),
            "order": self.model.look.order,
            "expanded": sorted(self.model.opened),
            "scroll": self.view.verticalScrollBar().value(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up what was remembered; what is not understood is left out."""
        width, scroll, expanded = state.get("width"), state.get("scroll"), state.get("expanded")
        if isinstance(width, int):
            self._wide = min(max(width, self.minimumWidth()), self.maximumWidth())
            self.updateGeometry()
        self._scroll = scroll if isinstance(scroll, int) else None
        if state.get("order") in ORDERS and state["order"] != self.model.look.order:
            self._order_by(str(state["order"]))
        if isinstance(expanded, list):
            self.model.open_again(each for each in expanded if isinstance(each, int))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())


def _keys(shortcut: str) -> str:
    """A shortcut as it is written on this system."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def _level_words() -> dict[str, str]:
    """The words for the levels, which are in the data file; by now the layer that reads it is there."""
    from crm_desktop.model import picks

    return {each.code: each.label for each in picks.of("level")}
