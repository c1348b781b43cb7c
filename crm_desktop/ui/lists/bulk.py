"""Changes of many records at once, each one step to undo: begun from the bar, the menus or by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from crm_desktop.i18n import _, ngettext
from crm_desktop.jobs import Job, finish
from crm_desktop.services import bulk, records
from crm_desktop.services.bulk import Outcome
from crm_desktop.ui.lists.bulk_edit import BulkEdit
from crm_desktop.ui.lists.bulk_work import BulkWork
from crm_desktop.ui.panels.panel import panel_of

if TYPE_CHECKING:
    from crm_desktop.ui.editors import Offers
    from crm_desktop.ui.lists.pane import ListPane

AT_ONCE = 500
"""So many records are changed while one waits; more go to a worker."""
MOST_NAMED = 3


class Bulk(QObject):
    """What can be done with the chosen records of one pane."""

    def __init__(self, pane: ListPane, offers: Offers) -> None:
        super().__init__(pane)
        self._pane, self._offers = pane, offers
        self.work = BulkWork(pane.desk, self)
        self.work.finished.connect(self._tell)

    def _count(self) -> int:
        return self._pane.table.chosen_count()

    def edit(self, name: str = "") -> None:
        """Choose a field, enter its value, see what would change, and change it."""
        if self._count():
            panel = panel_of(BulkEdit, self._pane.window(), self._pane.desk)
            panel.ask(self._pane, self._offers, name)

    def tag(self) -> None:
        """Put tags on the chosen records, or take them off."""
        self.edit("tags")

    def assign(self) -> None:
        """Give the chosen records to a colleague."""
        self.edit("owner_id")

    def change(self, name: str, text: str) -> None:
        """Have a field of all chosen records say a text."""
        self._start("change", name, text)

    def put_tags(self, names: list[str]) -> None:
        """Put tags on all chosen records."""
        self._start("tag", names)

    def take_tags(self, names: list[str]) -> None:
        """Take tags off all chosen records."""
        self._start("untag", names)

    def give_to(self, owner: int | None) -> None:
        """Give all chosen records to a colleague, or to nobody."""
        self._start("assign", owner)

    def delete(self) -> None:
        """Put the chosen records in the bin."""
        if self._count() == 1:
            self._delete_one()
        elif self._count():
            self._start("delete")

    def _delete_one(self) -> None:
        """Put one record in the bin; the step has its name."""
        desk, table = self._pane.desk, self._pane.table
        keys = table.chosen()
        desk.save(
            lambda: records.remove(desk.workspace, self._pane.kind.entity, keys),
            lambda _none: desk.done(desk.workspace.undo_title or ""),
        )

    def _start(self, verb: str, *given: Any) -> None:
        desk, target = self._pane.desk, self._pane.target()
        act: Callable[..., Job[Outcome]] = getattr(bulk, verb)
        if self._count() <= AT_ONCE:
            desk.save(lambda: finish(act(desk.workspace, target, *given)), self._tell)
        else:
            self.work.start(verb, target, given)

    def _tell(self, outcome: Outcome) -> None:
        """Say what was changed, and why some could not be."""
        desk = self._pane.desk
        self._pane.table.setFocus()
        if outcome.set_id is None and not outcome.refused:
            desk.say(_("Nothing was changed: all of them say so already."), "info")
        elif not outcome.refused:
            desk.done(outcome.title)
        else:
            changed = ngettext("{count} changed", "{count} changed", outcome.changed)
            kept = ngettext("{count} could not be changed", "{count} could not be changed", len(outcome.refused))
            reasons = "\n".join(f"{each.name}: {each.reason}" for each in outcome.refused[:MOST_NAMED])
            undo = (_("Undo"), desk.undo) if outcome.set_id is not None else ("", None)
            desk.say(f"{changed} · {kept}\n{reasons}", "warn", *undo)
