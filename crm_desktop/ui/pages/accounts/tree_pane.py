"""The left column: all accounts with their branches and contacts, filters, and the way to new ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QStackedWidget, QToolButton

from crm_desktop.i18n import _, ngettext
from crm_desktop.overriding import override
from crm_desktop.store.outline import CLOSED, Node, Outline
from crm_desktop.store.outline_order import LEVEL, NAME, RECENT, Look
from crm_desktop.ui import theme
from crm_desktop.ui.models.tree import TreeModel
from crm_desktop.ui.models.tree_values import STARRED
from crm_desktop.ui.pages.accounts.tree_view import TreeView
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import flat, tool
from crm_desktop.ui.widgets.chips import FilterChips
from crm_desktop.ui.widgets.labels import Elide, Line, label
from crm_desktop.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.store.outline import Counts
    from crm_desktop.ui.pages.accounts.tree_menu import TreeMenu
    from crm_desktop.ui.pages.accounts.tree_menus import FilterMenu, SortMenu
    from crm_desktop.ui.widgets.empty_state import EmptyState

Find: TypeAlias = Callable[[str], Sequence[tuple[str, int]]]
NARROWEST, USUAL, WIDEST = 220, 286, 420
TYPING_MS = 30
COUNTING_MS = 250
MOST_FOUND = 200
"""So many records of a kind a search gives."""
MOST_OPENED = 2_000
"""So many expanded accounts are remembered."""
NEW_ACCOUNT_KEYS = "Ctrl+Shift+N"
ALL, DORMANT = "all", "dormant"
TALLY = "tally"
ORDERS = (NAME, RECENT, LEVEL)


class TreePane(QFrame):
    """Head, filter, chips, tree, and the bar below it."""

    chosen = Signal(str, object)
    """Another record became the current one: kind, key."""
    opened = Signal(str, object)
    """A record is to be worked with: kind, key."""
    asked = Signal(str, object)
    """`new_account` or `new_contact`, and the key of the account above or None; `move`, `close`, `reopen` or `delete`,
    and the record: (kind, key); `move_all` or `delete_all`, and several such records."""

    def __init__(self, nodes: Sequence[Node], counts: Counts) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self.setMinimumWidth(theme.px(NARROWEST))
        self.setMaximumWidth(theme.px(WIDEST))
        self._wide = theme.px(USUAL)
        self._total = counts[0] if counts else None
        self._tally: dict[tuple[str, str], int] = {}
        self._level_codes: tuple[str, ...] = ()
        self._status_words: Mapping[str, str] = {}
        self._find: Find | None = None
        self._last: tuple[str, int] | None = None
        self._scroll: int | None = None
        self._is_cut = False
        self._nothing: EmptyState | None = None
        self.menu: TreeMenu | None = None
        self.sort_menu: SortMenu | None = None
        self.filter_menu: FilterMenu | None = None
        self.model = TreeModel(self)
        self.view = TreeView(self.model)
        self.model.show_first(nodes)
        self._build()
        self._typing = self._timer(TYPING_MS, self._search)
        self._counting = self._timer(COUNTING_MS, self._count)
        self.model.completed.connect(self._completed)
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(self.opened)
        self.view.menu_asked.connect(self._pop_up)
        self._tell()

    def _build(self) -> None:
        self.count = Elide("", "caption")
        self.filter = tool("filter", _("Filter by level and status"))
        self.sort = tool("sort", _("Sort"))
        self.box = SearchBox(_("Filter: name, initials, last digits"))
        self.box.searched.connect(self._typed)
        self.box.stepped.connect(self.view.step)
        self.box.returnPressed.connect(self._open_current)
        self.chips = FilterChips(_("Which accounts"), [(ALL, _("All"))])
        self.chips.changed.connect(self._narrow)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.add = flat(_("New account"), "add", self._new_account).explain(_("New account"), _keys(NEW_ACCOUNT_KEYS))
        self.more = tool("more", _("More"))
        tools = row(self.filter, self.sort, spacing=2)
        head = row(label(_("Accounts"), "heading"), self.count, None, tools, spacing=6, margins=(16, 0, 8, 0))
        filters = column(self.box, self.chips, spacing=8, margins=(12, 0, 12, 0))
        foot = row(self.add, None, self.more, margins=(8, 4, 8, 6))
        below = column(self.stack, Line(), foot, spacing=0)
        below.setStretch(0, 1)
        self.setFocusProxy(self.view)  # where F6 comes in
        self.setLayout(column(head, filters, below, spacing=8, margins=(0, 8, 0, 0)))

    def _build_menus(self) -> None:
        """Make what nobody can use before the data are there."""
        from crm_desktop.ui.pages.accounts.tree_menu import TreeMenu
        from crm_desktop.ui.pages.accounts.tree_menus import FilterMenu, SortMenu

        self.menu = TreeMenu(self.view, self)
        self.menu.asked.connect(self.asked)
        self.sort_menu = SortMenu(self, self.model.look.order)
        self.sort_menu.order_picked.connect(self._sort)
        self.sort_menu.closed_asked.connect(self._show_closed)
        self.filter_menu = FilterMenu(self, self.model.level_words, self._status_words)
        self.filter_menu.picked.connect(self._pick)
        for button, menu in ((self.sort, self.sort_menu), (self.filter, self.filter_menu), (self.more, self.menu)):
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            menu.aboutToShow.connect(self._fit_menus)

    def _fit_menus(self) -> None:
        if self.sort_menu and self.filter_menu:
            self.sort_menu.fit(self.model.look, self._count_of(Look(status=CLOSED)))
            self.filter_menu.fit(self.model.look)

    @property
    def nothing(self) -> EmptyState:
        """What stands where no account is shown."""
        if self._nothing is None:
            from crm_desktop.ui.widgets.empty_state import EmptyState

            self._nothing = EmptyState("account", "", size=48)
            self._clear = self._nothing.add_button(_("Clear filter"), self.clear_filter)
            self._first = self._nothing.add_button(_("New account"), self._new_account, icon="add", kind="primary")
            self.stack.addWidget(self._nothing)
        return self._nothing

    def _timer(self, pause: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    # Working with the data

    def attach(self, outline: Outline, find: Find) -> None:
        """Bring all accounts, counts and the search; `find` gives the (kind, key) of what a text matches."""
        self._find = find
        self.model.level_words, self._status_words = _words("level"), _words("status")
        self._level_codes = outline.levels()
        self.view.begin()
        if self.menu is None:
            self._build_menus()
        self.model.attach(outline)
        self._count()

    def detach(self) -> None:
        """Read nothing any more, because the file is about to be closed."""
        self._find = None
        self._typing.stop()
        self._counting.stop()
        self.model.detach()

    def refresh(self, change: Change) -> None:
        """Follow a change in the data."""
        if self.model.reader is None:
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
        if self.model.wish.is_narrowed:
            self.clear_filter()

    def choose_first(self) -> None:
        """Make the first account the current one, or what was found first, if none is."""
        if self.view.current() is None:
            self.view.step(1)

    def ask_for_all(self, what: str) -> bool:
        """Have `move` or `delete` done with all records that are chosen here, if they are several."""
        is_meant = self.view.hasFocus() and self.view.chosen_count() > 1
        if is_meant:
            self.asked.emit(f"{what}_all", self.view.chosen_records())
        return is_meant

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.box.setFocus()
        self.box.selectAll()

    def clear_filter(self) -> None:
        """Show all accounts again, and the record that was current."""
        self.box.clear()
        if self.model.wish.is_narrowed:
            self._show(Look(self.model.look.order))

    # Filters and order

    def _typed(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            if self.model.is_search:
                self._show(self.model.look)

    def _search(self) -> None:
        self._typing.stop()
        if self._find is not None and self.box.query().strip():
            self._show(self.model.look)

    def _narrow(self, code: str) -> None:
        """Show what a chip stands for."""
        if code in self._level_codes:
            self._pick(code, "")
        elif code in self._status_words:
            self._pick("", code)
        elif code == ALL:
            self._pick("", "")

    def _pick(self, level: str, status: str) -> None:
        self._show(Look(self.model.look.order, level, status))

    def _sort(self, order: str) -> None:
        self._show(self.model.look._replace(order=order))

    def _show_closed(self, _is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._pick("", "" if self.model.look.status == CLOSED else CLOSED)

    def _show(self, look: Look) -> None:
        """Show accounts that fit a look, and only those that hold what is typed."""
        text = self.box.query().strip()
        found = self._find(text) if self._find is not None and text else None
        kinds = [kind for kind, _key in found or ()]
        self._is_cut = any(kinds.count(each) >= MOST_FOUND for each in set(kinds))
        self.model.set_look(look, found)
        self._fill_chips()
        self._tell()

    # Words and numbers

    def _count(self) -> None:
        if self.model.reader is not None:
            self.model.reader.ask(TALLY, Outline.tally, self._take_tally)
            self.model.reader.wait(TALLY, 0.01)

    def _take_tally(self, tally: dict[tuple[str, str], int]) -> None:
        self._tally = tally
        self._total = self._count_of(Look()) or sum(tally.values())
        self._fill_chips()
        self._tell()

    def _count_of(self, look: Look) -> int:
        """How many accounts a look shows."""
        return sum(
            count
            for (status, level), count in self._tally.items()
            if look.level in {"", level} and (status == look.status if look.status else status != CLOSED)
        )

    def _fill_chips(self) -> None:
        """Offer what there is; what is chosen besides has a chip while it is."""
        look = self.model.look
        usual = [Look(level=each) for each in self._level_codes if each in STARRED] + [Look(status=DORMANT)]
        shown = {_code(each): each for each in usual if self._count_of(each)}
        if look.is_narrowed:
            shown.setdefault(_code(look), look)
        counted = [(code, f"{self._words_of(each)} {self._count_of(each):,}") for code, each in shown.items()]
        self.chips.set_choices([(ALL, _("All")), *counted])
        self.chips.set_value(_code(look))

    def _words_of(self, look: Look) -> str:
        level, status = self.model.level_words.get(look.level, look.level), self._status_words.get(look.status, "")
        return " · ".join(filter(None, (level, status)))

    def _completed(self) -> None:
        if self._scroll is not None:
            self.view.verticalScrollBar().setValue(self._scroll)
            self._scroll = None
        if self._last is not None and self.view.current() != self._last and not self.model.wish.is_narrowed:
            self.view.reveal(*self._last)
        self._tell()

    def _tell(self) -> None:
        """Say how many accounts are shown, and what to do when there are none."""
        shown, total = len(self.model.rows), f"{self._total:,}" if self._total is not None else ""
        is_narrowed, hits = self.model.wish.is_narrowed, self.model.hits
        if is_narrowed and not self.model.is_complete():
            self.count.setText("…")
        elif self._is_cut:
            self.count.setText(_("first {count} matches").format(count=f"{hits:,}"))
        elif self.model.is_search:
            self.count.setText(ngettext("{count} match", "{count} matches", hits))
        elif self.model.look.status == CLOSED:
            self.count.setText(f"{hits:,}")
        elif is_narrowed:
            self.count.setText(_("{count} of {total}").format(count=f"{hits:,}", total=total))
        else:
            self.count.setText(total)
        if not shown:
            self._explain(is_narrowed=is_narrowed)
        self.stack.setCurrentIndex(0 if shown else 1)
        self.chips.setVisible(self._total != 0)

    def _explain(self, *, is_narrowed: bool) -> None:
        nothing, text = self.nothing, self.box.query().strip()
        self._clear.setVisible(is_narrowed)
        self._first.setVisible(not is_narrowed)
        if text:
            nothing.say(_("Nothing matches “{text}”.").format(text=text))
        elif is_narrowed:
            nothing.say(_("There is no such account."))
        else:
            nothing.say(_("No accounts yet."), _("{keys} makes the first one.").format(keys=_keys(NEW_ACCOUNT_KEYS)))

    # What is done here

    def _choose(self, kind: str, key: int) -> None:
        self._last = (kind, key)
        self.chosen.emit(kind, key)

    def _open_current(self) -> None:
        self._search()
        self.model.finish()
        if self.view.current() is None:
            self.choose_first()
        if now := self.view.current():
            self.opened.emit(*now)

    def _new_account(self) -> None:
        self.asked.emit("new_account", None)

    def _pop_up(self, _kind: str, _key: int, place: QPoint) -> None:
        if self.menu is not None:
            self.menu.popup(place)

    # What is remembered

    def state(self) -> dict[str, Any]:
        """Width, order, expanded accounts and scroll, in plain values."""
        return {
            "width": self.width(),
            "order": self.model.look.order,
            "expanded": sorted(self.model.opened)[-MOST_OPENED:],
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
            if self.sort_menu is not None:
                self.sort_menu.orders[str(state["order"])].setChecked(True)
            self._sort(str(state["order"]))
        if isinstance(expanded, list):
            self.model.open_again(each for each in expanded if isinstance(each, int))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())


def _code(look: Look) -> str:
    """What the chip of a look is called."""
    return "|".join(filter(None, (look.level, look.status))) or ALL


def _keys(shortcut: str) -> str:
    """A shortcut as it is written on this system."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def _words(pick_list: str) -> dict[str, str]:
    """The words of a pick list, which are in the data file; by now the layer that reads it is there."""
    from crm_desktop.model import picks

    return {each.code: each.label for each in picks.of(pick_list)}
