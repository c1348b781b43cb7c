"""What the account tree does with several records at once: put accounts below another one, or delete what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, ngettext
from crm_desktop.model import ENTITIES, Account
from crm_desktop.services import accounts, records
from crm_desktop.ui.pages.accounts.tree_pane import TreePane
from crm_desktop.ui.record_offers import search
from crm_desktop.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk


class TreeMoves(QObject):
    """Carries out what is dragged, cut and put down in a tree."""

    def __init__(self, desk: Desk, pane: TreePane) -> None:
        super().__init__(pane)
        self._desk = desk
        pane.view.moved.connect(self.move_below)
        pane.view.cut.connect(self._tell_cut)
        pane.asked.connect(self._do)
        self._pane = pane

    def _do(self, what: str, detail: Any) -> None:
        if what == "move_all" and (keys := [key for kind, key in detail if kind == "account"]):
            self._pick_parent(keys)
        elif what == "delete_all":
            self._remove(detail)

    def _pick_parent(self, keys: Sequence[int]) -> None:
        """Ask below which account several others are to stand."""
        words = ngettext("Move {count} account below…", "Move {count} accounts below…", len(keys))
        picker = PickList(self._pane.box, search(self._desk.workspace, "account", lambda: set(keys)))
        picker.search.setPlaceholderText(words)
        picker.search.setAccessibleName(words)
        picker.chosen.connect(lambda parent: self.move_below(keys, int(parent)))
        picker.open()

    def _remove(self, chosen: Sequence[tuple[str, int]]) -> None:
        """Put several records of one kind in the bin."""
        kinds, keys = {kind for kind, _key in chosen}, [key for _kind, key in chosen]
        if len(kinds) == 1:
            self._desk.save(lambda: records.remove(self._desk.workspace, ENTITIES[kinds.pop()], keys))
            self._desk.done(ngettext("{count} record deleted", "{count} records deleted", len(keys)))

    def move_below(self, keys: Sequence[int], parent: int | None) -> None:
        """Put accounts below another one, or at the top; what cannot be is told in a sentence."""
        workspace = self._desk.workspace
        try:
            self._desk.save(lambda: accounts.move(workspace, keys, parent), lambda moved: self._tell(moved, parent))
        except Invalid as error:
            self._desk.say(str(error), "warn")

    def _tell(self, moved: int, parent: int | None) -> None:
        if not moved:
            self._desk.say(_("Nothing was moved: it stands there already."), "info")
        elif parent is None:
            self._desk.done(_("Moved to the top"))
        else:
            name = records.load(self._desk.workspace, Account, parent).name
            self._desk.done(_("Moved below {name}").format(name=name))

    def _tell_cut(self, keys: Sequence[int]) -> None:
        if not keys:
            return
        paste = QKeySequence(QKeySequence.StandardKey.Paste).toString(QKeySequence.SequenceFormat.NativeText)
        words = ngettext("{count} account taken up.", "{count} accounts taken up.", len(keys))
        hint = _("Go to the account above and press {keys}.").format(keys=paste)
        self._desk.say(f"{words} {hint}", "info")
