"""The course of one import: what was read, chosen, tried out and written, and which of it still holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.i18n import _
from crm_desktop.jobs import Progress
from crm_desktop.ui.pages.import_.draft import Draft
from crm_desktop.ui.pages.import_.facts import FileFacts, PlanFacts
from crm_desktop.ui.pages.import_.work import CHECK, IMPORT, INSPECT, SAVE, SHOWN_ROWS, TEMPLATE, ImportWork

RULES = ("keys", "overwrite", "mode", "tags", "constants", "values", "remember")
"""What stays chosen when another part of the file is read."""
PAUSE = 350
"""Milliseconds without a change before the import is tried out again."""


class Course(QObject):
    """Knows the draft and its plan, starts the worker processes, and tells the page what came of them."""

    reading = Signal(bool)
    read = Signal(object, bool)
    """A file was read: `FileFacts`, and whether it is another file than before."""
    refused = Signal(str)
    """Something could not be done; nothing was changed."""
    outdated = Signal()
    """The plan no longer fits what was chosen; a new one is on its way."""
    checked = Signal(object)
    """A `PlanFacts` that fits what was chosen."""
    importing = Signal(str, int, int)
    """Words, how much is done, of how much; without words the import has ended."""
    imported = Signal(object)
    stopped = Signal(str)
    """An import ended before it could tell its outcome, and why."""
    saved = Signal(str)
    """A file was written."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.draft = Draft()
        self.facts: FileFacts | None = None
        self.plan: PlanFacts | None = None
        self.is_fresh = False
        self._asked: Draft | None = None
        self._tried_choices = ""
        self._is_late = self._is_ending = False
        self._target = ""
        self.work = ImportWork(self)
        self.work.done.connect(self._take)
        self.work.failed.connect(self._fail)
        self.work.cancelled.connect(self._end)
        self.work.progressed.connect(self._progress)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._check)

    @property
    def undecided(self) -> int:
        """How many doubtful rows of the plan nobody decided."""
        return self.plan.undecided(self.draft.decisions) if self.plan else 0

    def is_importing(self) -> bool:
        """Whether records are being written."""
        return self._is_ending or self.work.is_running(IMPORT)

    def forget(self) -> None:
        """Begin anew, without a file."""
        self._pause.stop()
        for kind in (INSPECT, CHECK):
            self.work.stop(kind)
        self.draft, self.facts, self.plan, self.is_fresh = Draft(), None, None, False

    def close(self) -> None:
        """End all work; an import that is under way leaves nothing."""
        self._pause.stop()
        self.work.close()

    # Reading

    def open(self, draft: Draft) -> None:
        """Read a file as a draft says; the draft counts when that went well."""
        self._asked = draft
        self._inspect(draft)

    def take_sheet(self, name: str) -> None:
        """Read another sheet of the file."""
        self._read_again(Draft(self.draft.path, sheet=name, encoding=self.draft.encoding))

    def take_header_row(self, number: int) -> None:
        """Take another row for the header, 0 for none."""
        draft = self.draft
        self._read_again(Draft(draft.path, draft.sheet, draft.encoding, header_row=number))

    def take_encoding(self, name: str) -> None:
        """Read the file in another encoding."""
        self._read_again(Draft(self.draft.path, self.draft.sheet, encoding=name))

    def detect(self) -> None:
        """Find the fields by header and values, not by memory."""
        draft = self.draft
        self._asked = Draft(draft.path, draft.sheet, draft.encoding, draft.header_row)
        self._inspect(self._asked, "--fresh")

    def _read_again(self, draft: Draft) -> None:
        for name in RULES:
            setattr(draft, name, getattr(self.draft, name))
        self.open(draft)

    def _inspect(self, draft: Draft, *more: str) -> None:
        header = [] if draft.header_row is None else ["--header-row", str(draft.header_row)]
        self.reading.emit(True)
        self.work.start(INSPECT, ["inspect", str(draft.path), *draft.choices, *header, *more])

    def _inspected(self, told: Mapping[str, Any]) -> None:
        draft, self._asked = self._asked, None
        assert draft is not None
        facts = FileFacts.read(told)
        is_new = self.facts is None or draft.path != self.draft.path
        if len(draft.columns) != len(facts.columns):
            draft.columns = [each.target for each in facts.columns]
            draft.decisions = {}
            draft.values = {code: dict(words) for code, words in {**facts.values, **draft.values}.items()}
        draft.sheet, draft.header_row = facts.sheet, facts.header_row
        self.draft, self.facts, self.plan, self.is_fresh = draft, facts, None, False
        self.read.emit(facts, is_new)
        self.outdated.emit()
        self._check()

    # Trying out

    def check_soon(self) -> None:
        """The draft was changed: try it out when no further change follows."""
        self.is_fresh = False
        self.outdated.emit()
        self._pause.start()

    def outdate(self, *, at_once: bool) -> None:
        """The data changed: compare again, now or when the page is looked at."""
        if self.facts is None or self.is_importing():
            return
        if at_once:
            self.check_soon()
        else:
            self.work.stop(CHECK)
            self.is_fresh, self._is_late = False, True

    def catch_up(self) -> None:
        """Do what was put off while nobody looked."""
        if self._is_late:
            self._is_late = False
            self.check_soon()

    def _check(self) -> None:
        from crm_desktop.services.importing.targets import mapping_problems

        self._pause.stop()
        self.work.stop(CHECK)
        if self.facts is None or mapping_problems([each or None for each in self.draft.columns]):
            return
        self._tried_choices = self._chosen()
        given = [*self._import(), "--dry-run", "--wait", "--progress", "--rows", str(SHOWN_ROWS)]
        self.work.start(CHECK, given, self.draft.options())

    def _import(self) -> list[str]:
        return ["import", str(self.draft.path), *self.draft.choices]

    def _chosen(self) -> str:
        """All that tells what an import does."""
        return json.dumps([*self._import(), self.draft.options()])

    # Writing

    def run(self) -> None:
        """Import what was previewed, as it was planned then."""
        remember = ["--remember"] if self.draft.remember and self.draft.header_row else []
        if not (self._tried_choices == self._chosen() and self.work.import_what_was_tried(*remember)):
            arguments = [*self._import(), *remember, "--progress", "--rows", str(SHOWN_ROWS)]
            self.work.start(IMPORT, arguments, self.draft.options())
        self.importing.emit(_("Importing “{name}”").format(name=self.draft.name), 0, 0)

    def cancel(self) -> None:
        """End the import; nothing of it stays."""
        self.work.cancel(IMPORT)

    def save_problems(self, path: str) -> None:
        """Write the rows that cannot be imported to a workbook."""
        self._target = path
        self.work.start(SAVE, [*self._import(), "--dry-run", "--errors", path], self.draft.options())

    def save_recipe(self, path: str) -> None:
        """Keep the choices in a file, for the command line."""
        try:
            Path(path).write_text(json.dumps(self.draft.recipe(), ensure_ascii=False, indent=2), encoding="utf-8")
        except OSError as error:
            message = _("{path} cannot be written: {reason}. Choose another place.")
            self.refused.emit(message.format(path=path, reason=error.strerror))
        else:
            self.saved.emit(path)

    def write_template(self, path: str) -> None:
        """Write an empty list to be filled in."""
        self._target = path
        self.work.start(TEMPLATE, ["template", path])

    # What the workers say

    def _take(self, kind: str, told: Mapping[str, Any]) -> None:
        if kind == INSPECT:
            self.reading.emit(False)
            self._inspected(told)
        elif kind == CHECK:
            self._later(self._checked, PlanFacts.read(told))
        elif kind == IMPORT:
            self._is_ending = True
            self._later(self._written, PlanFacts.read(told))
        else:
            self.saved.emit(self._target)

    def _later(self, then: Callable[[PlanFacts], None], facts: PlanFacts) -> None:
        """Go on in another turn of the event loop: to read a long answer and to show it is too much for one."""
        QTimer.singleShot(0, self, partial(then, facts))

    def _checked(self, plan: PlanFacts) -> None:
        if self.facts is None or self.work.is_running(CHECK):
            return
        self.plan = plan
        self.is_fresh = not self._pause.isActive()
        if self.is_fresh:
            self.checked.emit(plan)

    def _written(self, done: PlanFacts) -> None:
        self._is_ending = False
        self.importing.emit("", 0, 0)
        self.imported.emit(done)

    def _fail(self, kind: str, sentence: str) -> None:
        if kind == IMPORT:
            self.importing.emit("", 0, 0)
            self.stopped.emit(sentence)
            return
        if kind == INSPECT:
            self.reading.emit(False)
            self._asked = None
        self.refused.emit(sentence)

    def _end(self, kind: str) -> None:
        if kind == IMPORT:
            self.importing.emit("", 0, 0)
            self.stopped.emit(_("The import was cancelled. Nothing was written."))

    def _progress(self, kind: str, told: Progress) -> None:
        if kind == IMPORT:
            name = _("Importing “{name}”").format(name=self.draft.name)
            self.importing.emit(f"{name} · {told.note}" if told.note else name, told.done, told.total)
