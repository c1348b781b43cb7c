"""Changes of more records than one waits for: in a process of its own, with progress and a way to stop."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from crm_desktop.i18n import _
from crm_desktop.jobs import Progress
from crm_desktop.model.filters import to_json
from crm_desktop.services import changes
from crm_desktop.services.bulk import BULK, Outcome, Refused, Target
from crm_desktop.store.queries import Listing
from crm_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

NEWEST = 20
"""Steps of the history among which a change that just ended is found."""


class BulkWork(QObject):
    """At most one big change at a time."""

    finished = Signal(object)
    """The `Outcome`."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._worker: Worker | None = None
        self._options: Path | None = None
        self._known: set[int] = set()
        """The steps of the history that the window knows of."""
        desk.changed.connect(self._hear)

    def start(self, verb: str, target: Target, given: Sequence[Any]) -> None:
        """Begin, unless another one is under way."""
        if self._worker is not None:
            self._desk.say(_("One change is still being made. Wait for it, or cancel it."), "info")
            return
        self._known = {each.id for each in self._newest()}
        self._options = _written({"do": verb, "with": list(given), **_as_json(target)})
        arguments = ["bulk", str(self._options), "--data", str(self._desk.folder.path), "--progress"]
        self._worker = Worker(arguments, self)
        self._worker.progressed.connect(self._follow)
        self._worker.finished.connect(self._finish)
        self._worker.failed.connect(self._fail)
        self._worker.cancelled.connect(self._stop)
        self._follow(Progress(0))
        self._worker.start()

    def let_go(self) -> None:
        """Stop when the window closes; nothing of the change stays."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker.wait()

    def _follow(self, progress: Progress) -> None:
        if self._worker is not None:
            words = progress.note or _("Changing records")
            self._desk.ask("progress", (words, progress.done, progress.total, self._worker.cancel))

    def _end(self) -> None:
        self._desk.ask("progress", None)
        if self._options is not None:
            self._options.unlink(missing_ok=True)
        if self._worker is not None:
            self._worker.deleteLater()
            self._worker = None

    def _finish(self, told: Mapping[str, Any]) -> None:
        self._end()
        refused = [Refused(int(each["key"]), str(each["name"]), str(each["reason"])) for each in told["refused"]]
        self._tell(Outcome(int(told["changed"]), refused, told["set_id"], str(told["title"])))

    def _tell(self, outcome: Outcome) -> None:
        if outcome.set_id is not None:
            self._desk.workspace.announce_set(outcome.set_id)
        self.finished.emit(outcome)

    def _fail(self, reason: str) -> None:
        self._end()
        if not self._came_too_late():
            self._desk.say(_("Nothing was changed. {reason}").format(reason=reason), "warn")

    def _stop(self) -> None:
        self._end()
        if not self._came_too_late():
            self._desk.say(_("The change was stopped. Nothing was changed."), "info")

    def _came_too_late(self) -> bool:
        """Whether it was written before it ended without a word; then that is told like any other."""
        made = [each for each in self._newest() if each.kind == BULK and each.id not in self._known]
        for each in made:
            self._tell(Outcome(each.rows, [], each.id, each.title))
        return bool(made)

    def _newest(self) -> list[changes.Step]:
        return changes.steps(self._desk.workspace, NEWEST)

    def _hear(self, change: Change) -> None:
        self._known.add(change.set_id)


def _as_json(target: Target) -> dict[str, Any]:
    """What is to be changed, for another process."""
    if not isinstance(target, Listing):
        return {"entity": target.entity.__tablename__, "keys": list(target.keys)}
    return {
        "entity": target.entity.__tablename__,
        "listing": {"text": target.text, "closed": target.closed, "filter": to_json(target.filter)},
    }


def _written(options: Mapping[str, Any]) -> Path:
    """Options as a file for the worker, which nobody else may read."""
    handle, name = tempfile.mkstemp(prefix="crm-bulk-", suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(options, file, ensure_ascii=False)
    return Path(name)
