"""The card: a list with its buttons, beside it the form of the one chosen, or of a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.list_card.rows import Row, RowList
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import secondary, tool
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.list_card.form import Form


class Collection(NamedTuple):
    """What a card says of its things, how they are read and shown, and what can be done with one."""

    title: str
    icon: str
    why: str
    none: str
    such_as: str
    add: str
    read: Callable[[], Sequence[Any]]
    row: Callable[[Any], Row]
    move: Callable[[Workspace, int, int], int | None]
    """Puts one at another place; gives its key where that may be a new one."""
    remove: Callable[[Workspace, int], Any]
    deleted: Callable[[Any, Any], str]
    """What is said of one that is in the bin, and of what `remove` gave."""


class ListCard(Card):
    """Things of one collection, each with a `key`; everything done here is one step to undo."""

    def __init__(
        self, desk: Desk, collection: Collection, form: Form, *above: QLayout | QWidget, width: int = 204
    ) -> None:
        super().__init__(collection.title, collection.icon)
        self.desk, self.form, self._collection = desk, form, collection
        self.things: Sequence[Any] = ()
        self.list = RowList(collection.title)
        self.new = secondary(_("Add"), "add", self.begin).explain(collection.add)
        self.new.setAccessibleName(collection.add)
        self.up = tool("up", _("Move up"), partial(self.list.step, -1), shortcut="Alt+↑", side=28)
        self.down = tool("down", _("Move down"), partial(self.list.step, 1), shortcut="Alt+↓", side=28)
        self.empty = EmptyState(collection.icon, collection.none, collection.such_as, size=44)
        self.empty.add_button(collection.add, self.begin, icon="add", kind="primary")
        side = QWidget()
        side.setFixedWidth(theme.px(width))
        side.setLayout(column(self.list, row(self.new, None, self.up, self.down, spacing=2), None, spacing=6))
        self._both = QWidget()
        self._both.setLayout(row(side, form, spacing=18, margins=(0, 8, 0, 0)))
        form.hide()
        self.add_rows(label(collection.why, "caption", wrap=True), *above, self.empty, self._both)
        self._listen()
        self.refresh()

    def _listen(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.list.moved.connect(self._move)
        self.list.edit_asked.connect(self.form.edit)
        self.list.delete_asked.connect(self._delete)
        self.form.delete_asked.connect(self._delete)
        self.form.kept.connect(self._kept)
        self.form.cancelled.connect(self._cancel)

    def refresh(self) -> None:
        """Show the things as they are now; a new one that is being described is left alone."""
        if self.form.is_saving:
            return
        self.things = self._collection.read()
        self.list.show_rows([self._collection.row(each) for each in self.things])
        if self.form.is_adding():
            self.list.setCurrentRow(-1)
            return
        self._show_list(there=bool(self.things))
        self._show_chosen()

    def begin(self) -> None:
        """Describe a new thing."""
        self._show_list(there=True)
        self.list.setCurrentRow(-1)
        self.form.show()
        self.form.begin()

    def _show_list(self, *, there: bool) -> None:
        self._both.setVisible(there)
        self.empty.setVisible(not there)

    def _choose(self, place: int) -> None:
        if place >= 0:
            self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.form.setVisible(chosen is not None)
        if chosen is not None:
            self.form.show_thing(chosen)
        self.up.setEnabled(self.list.currentRow() > 0)
        self.down.setEnabled(0 <= self.list.currentRow() < self.list.count() - 1)

    def _chosen(self) -> Any:
        key = self.list.chosen()
        return next((each for each in self.things if each.key == key), None)

    def _move(self, key: int, place: int) -> None:
        move = partial(self._collection.move, self.desk.workspace, key, place)
        self.desk.save(move, lambda new: self.list.choose(new or key))

    def _delete(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            remove = partial(self._collection.remove, self.desk.workspace, chosen.key)
            self.desk.save(remove, partial(self._deleted, chosen))

    def _deleted(self, thing: Any, removed: Any) -> None:
        self.desk.done(self._collection.deleted(thing, removed))
        self._focus()

    def _kept(self, key: int) -> None:
        """Show a thing that was made or changed; one that was built in has a key of its own from now on."""
        was_new = self.form.is_adding()
        if was_new:
            self.form.hide()
        self.refresh()
        self.list.choose(key)
        if was_new:
            self._focus()

    def _cancel(self) -> None:
        self.form.hide()
        self.refresh()
        self._focus()

    def _focus(self) -> None:
        (self.list if self.things else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)
