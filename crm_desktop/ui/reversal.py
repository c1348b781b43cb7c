"""Undo and redo: a small step at once, a big one in a process of its own while people go on working."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from crm_desktop.errors import Conflict
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from crm_desktop.jobs import Progress
    from crm_desktop.services.changes import Step
    from crm_desktop.store.undo import Undone
    from crm_desktop.ui.desk import Desk

SMALL = 300
"""Rows of a step that is taken back at once: so many take less time than anybody notices."""
LATEST = 50


@dataclass(frozen=True, slots=True)
class Way:
    """Back or forth: how it is done, and how that is told."""

    run: Callable[[], Undone | None]
    arguments: tuple[str, ...]
    under_way: str
    done: str
    nothing: str
    target: int | None = None
    """The step."""


@dataclass(frozen=True, slots=True)
class Work:
    """A big step that is being taken back or done again."""

    worker: Worker
    way: Way
    step: Step
    newest: int
    """The newest step when it began."""


class Reversal(QObject):
    """Takes steps back and does them again for the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._workspace = desk, desk.workspace
        self._work: Work | None = None

    def undo(self, set_id: int | None = None) -> None:
        """Take back a step, the newest if none is named, and tell what came of it."""
        from crm_desktop.store.undo import undo

        target = set_id or self._workspace.undo_target()
        way = Way(
            partial(undo, self._workspace, set_id),
            ("undo", str(target)),
            _("Undoing “{title}”"),
            _("Undone: {title}"),
            _("There is nothing to undo."),
            target,
        )
        self._reverse(way, target)

    def redo(self) -> None:
        """Do again what was last undone."""
        from crm_desktop.store.undo import redo

        way = Way(
            partial(redo, self._workspace),
            ("redo",),
            _("Doing “{title}” again"),
            _("Done again: {title}"),
            _("There is nothing to redo."),
        )
        self._reverse(way, self._workspace.redo_target())

    def close(self) -> None:
        """Give up what is under way; nothing of it stays."""
        work, self._work = self._work, None
        if work is not None:
            work.worker.cancel()
            work.worker.wait()

    def _reverse(self, way: Way, target: int | None) -> None:
        if self._work is not None:
            text = self._work.way.under_way.format(title=self._work.step.title)
            self._desk.say(_("{work}. Please wait until that is done.").format(work=text), "info")
            return
        step = self._step(target)
        if step is not None and step.rows > SMALL and not step.is_undone:
            self._begin(way, step)
        else:
            self._at_once(way)

    def _step(self, target: int | None) -> Step | None:
        from crm_desktop.services import changes

        found = [] if target is None else changes.steps(self._workspace, 1, before=target + 1)
        return found[0] if found and found[0].id == target else None

    def _at_once(self, way: Way) -> None:
        try:
            self._desk.save(way.run, partial(self._tell_at_once, way))
        except Conflict as error:
            self._desk.say(str(error), "warn")

    def _tell_at_once(self, way: Way, outcome: Undone | None) -> None:
        from crm_desktop.services.importing import trace

        self._tell(way, outcome)
        if way.target is not None and outcome is not None and way.arguments[0] == "undo":
            traced = trace.summary(self._workspace, way.target, outcome)
            if traced is not None:
                self._desk.import_undone.emit(way.target, traced)

    def _begin(self, way: Way, step: Step) -> None:
        from crm_desktop.services import changes

        worker = Worker([*way.arguments, "--progress", "--data", str(self._desk.folder.path)], self)
        [newest] = changes.steps(self._workspace, 1)
        self._work = Work(worker, way, step, newest.id)
        worker.progressed.connect(self._show)
        worker.finished.connect(self._finish)
        worker.failed.connect(self._fail)
        worker.cancelled.connect(self._stop)
        self._desk.ask("progress", (way.under_way.format(title=step.title), 0, 0, worker.cancel))
        worker.start()

    def _show(self, progress: Progress) -> None:
        if self._work is not None:
            text = self._work.way.under_way.format(title=self._work.step.title)
            self._desk.ask("progress", (text, progress.done, progress.total, self._work.worker.cancel))

    def _finish(self, answer: dict[str, Any]) -> None:
        from crm_desktop.services.importing.trace import Summary
        from crm_desktop.store.undo import Kept, Undone

        work = self._end()
        if work is None:
            return
        told = answer["undone"]
        if told is None:
            self._tell(work.way, None)
            return
        self._workspace.announce_set(told["set_id"])
        self._desk.saved.emit()
        kept = [Kept(**each) for each in told["kept"]]
        self._tell(work.way, Undone(told["title"], told["set_id"], told["rows"], kept))
        if traced := answer.get("import"):
            self._desk.import_undone.emit(work.way.target, Summary.read(traced))

    def _fail(self, sentence: str) -> None:
        work = self._end()
        if work is not None and not self._came_too_late(work):
            self._desk.say(sentence, "warn")

    def _stop(self) -> None:
        work = self._end()
        if work is not None and not self._came_too_late(work):
            self._desk.say(_("Stopped. Nothing was changed."), "info")

    def _came_too_late(self, work: Work) -> bool:
        """Whether it was written before it could be stopped; then that is told like any other."""
        from crm_desktop.services import changes
        from crm_desktop.store.undo import Undone

        for each in changes.steps(self._workspace, LATEST):
            if each.undo_of == work.step.id and each.id > work.newest:
                self._workspace.announce_set(each.id)
                self._tell(work.way, Undone(each.title, each.id, each.rows))
                return True
        return False

    def _end(self) -> Work | None:
        work, self._work = self._work, None
        if work is not None:
            work.worker.deleteLater()
            self._desk.ask("progress", None)
        return work

    def _tell(self, way: Way, outcome: Undone | None) -> None:
        if outcome is None:
            self._desk.say(way.nothing, "info")
            return
        done = way.done.format(title=outcome.title)
        if outcome.kept:
            kept = ngettext("{count} part was kept", "{count} parts were kept", len(outcome.kept))
            self._desk.say(f"{done} · {kept}: {outcome.kept[0].reason}", "warn")
        else:
            self._desk.say(done, "ok")
