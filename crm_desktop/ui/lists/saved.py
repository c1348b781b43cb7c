"""The saved lists of a page: a button that names the one that is shown, and a menu to choose and keep them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.errors import Missing
from crm_desktop.i18n import _
from crm_desktop.services import lists
from crm_desktop.services.lists import Column, SavedView
from crm_desktop.ui.icons import icon
from crm_desktop.ui.lists.naming import Naming
from crm_desktop.ui.panels.panel import panel_of

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.lists.pane import ListPane

TABLE = "saved_list"


class Saved(QObject):
    """The saved lists of one pane; `view` is the one that is shown."""

    def __init__(self, pane: ListPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.view: SavedView | None = None
        self._known: list[SavedView] | None = None

    def all(self) -> list[SavedView]:
        """Mine and those that are shared, in their order."""
        if self._known is None:
            self._known = lists.all_for(self._pane.desk.workspace, self._pane.kind.entity)
        return self._known

    def key(self) -> int:
        """The list that is shown, 0 for none."""
        return self.view.key if self.view else 0

    def name(self) -> str:
        """What the button says."""
        return self.view.name if self.view else _(self._pane.kind.everything)

    def is_changed(self) -> bool:
        """Whether the list differs from what is saved under its name; also whether there is something to save."""
        pane = self._pane
        if self.view is None:
            return pane.is_narrowed()
        listing, view = pane.listing, self.view
        now = (pane.combined(), pane.text.strip(), listing.order, listing.descending)
        return now != (view.filter, view.text, view.order, view.descending)

    def refresh(self, change: Change) -> None:
        """Read the names again when they may be others."""
        if not change.touches(TABLE):
            return
        self._known = None
        if self.view is not None:
            self.view = next((each for each in self.all() if each.key == self.key()), None)
        self._pane.told.emit()

    def leave(self) -> None:
        """Show no saved list any more."""
        self.view = None

    def restore(self, key: int) -> None:
        """Show the list that was shown the last time, if there is one still."""
        if key and any(each.key == key for each in self.all()):
            self.show(key)

    def show(self, key: int) -> None:
        """Show a saved list with its filter, order and columns; 0 shows everything."""
        pane = self._pane
        if not key:
            pane.show_all()
            return
        try:
            view = lists.get(pane.desk.workspace, key)
        except Missing:
            return
        if view.problem:
            pane.desk.say(view.problem, "warn")
            return
        self.view = view
        pane.row.clear()
        pane.text, pane.filter = view.text, view.filter
        pane.builder.show_filter(view.filter)
        pane.table.show_view(view.columns)
        pane.table.records.show(view.listing)
        pane.table.show_order()
        pane.told.emit()

    def _now(self, key: int, name: str) -> SavedView:
        """What is on screen, as a list to keep."""
        pane, table = self._pane, self._pane.table
        listing = pane.listing
        columns = tuple(
            Column(field.name, table.widths.get(field.name, 0), place < table.frozen.count)
            for place, field in enumerate(table.records.fields)
        )
        kept = self.view
        return SavedView(
            key,
            name,
            pane.kind.entity,
            pane.combined(),
            pane.text.strip(),
            listing.closed,
            listing.order,
            listing.descending,
            columns,
            kept.owner if kept and key else None,
            kept.position if kept and key else 0,
        )

    def save_new(self) -> None:
        """Keep what is on screen under a name."""
        pane = self._pane
        self._panel().ask(_("Save as list"), "", self._save_as, words=pane.words())

    def _save_as(self, name: str, shared: bool) -> None:  # noqa: FBT001 - a tick box
        workspace = self._pane.desk.workspace
        made = self._now(0, name)
        owner = None if shared else lists.me(workspace)

        def then(key: int) -> None:
            self._known = None
            self.show(key)
            self._pane.builder.hide()
            self._pane.desk.done(_("Saved as “{name}”").format(name=name))
            QTimer.singleShot(0, self._pane.table, self._pane.table.setFocus)

        self._pane.desk.save(lambda: lists.save(workspace, replace(made, owner=owner)), then)

    def save(self) -> None:
        """Keep what is on screen under the name it has."""
        if self.view is None:
            self.save_new()
            return
        workspace, made = self._pane.desk.workspace, self._now(self.view.key, self.view.name)
        self._pane.desk.save(lambda: lists.save(workspace, made), self._tell_saved)

    def _tell_saved(self, key: int) -> None:
        self._known = None
        self.view = lists.get(self._pane.desk.workspace, key)
        self._pane.told.emit()
        self._pane.desk.done(_("Saved as “{name}”").format(name=self.view.name))

    def _rename(self) -> None:
        view = self.view
        assert view is not None
        workspace, desk = self._pane.desk.workspace, self._pane.desk

        def take(name: str, _shared: bool) -> None:  # noqa: FBT001 - a tick box
            desk.save(lambda: lists.rename(workspace, view.key, name))

        self._panel().ask(_("Rename the list"), view.name, take, shared=None)

    def _share(self, *, shared: bool) -> None:
        workspace, key = self._pane.desk.workspace, self.key()
        self._pane.desk.save(lambda: lists.share(workspace, key, is_shared=shared))

    def _move(self, by: int) -> None:
        keys = [each.key for each in self.all()]
        place = keys.index(self.key())
        keys.insert(place + by, keys.pop(place))
        workspace = self._pane.desk.workspace
        self._pane.desk.save(lambda: lists.reorder(workspace, keys))

    def _remove(self) -> None:
        view, desk = self.view, self._pane.desk
        assert view is not None
        self._pane.show_all()
        words = _("The list “{name}” was removed").format(name=view.name)
        desk.save(lambda: lists.remove(desk.workspace, view.key), lambda _none: desk.done(words))

    def _panel(self) -> Naming:
        return panel_of(Naming, self._pane.window(), self._pane.desk)

    def menu(self, parent: QWidget) -> QMenu:
        """All lists to choose from, and what can be done with the one that is shown."""
        menu = QMenu(parent)
        everything = menu.addAction(_(self._pane.kind.everything))
        everything.triggered.connect(partial(self.show, 0))
        self._mark(everything, is_on=self.view is None)
        for each in self.all():
            action = menu.addAction(each.name.replace("&", "&&"))
            action.triggered.connect(partial(self.show, each.key))
            self._mark(action, is_on=each.key == self.key())
            if each.owner is None:
                action.setIcon(icon("person"))
                action.setToolTip(_("Shared"))
        menu.addSeparator()
        menu.addAction(_("Save as list…"), self.save_new)
        if self.view is not None:
            self._add_verbs(menu)
        return menu

    def _add_verbs(self, menu: QMenu) -> None:
        assert self.view is not None
        place, last = [each.key for each in self.all()].index(self.key()), len(self.all()) - 1
        menu.addAction(_("Save the changes"), self.save).setEnabled(self.is_changed())
        menu.addAction(_("Rename…"), self._rename)
        if self.view.owner is None:
            menu.addAction(_("Keep it for myself"), partial(self._share, shared=False))
        else:
            menu.addAction(_("Share with colleagues"), partial(self._share, shared=True))
        menu.addAction(_("Move up"), partial(self._move, -1)).setEnabled(place > 0)
        menu.addAction(_("Move down"), partial(self._move, 1)).setEnabled(place < last)
        menu.addAction(_("Remove this list"), self._remove)

    def _mark(self, action: QAction, *, is_on: bool) -> None:
        action.setCheckable(True)
        action.setChecked(is_on)
