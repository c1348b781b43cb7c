"""The import page: file, columns, duplicates, preview; then the result with its way back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTemporaryDir, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import page_keys
from crm_desktop.ui.dressing import dressing
from crm_desktop.ui.page import Page
from crm_desktop.ui.pages.import_.columns_step import ColumnsStep
from crm_desktop.ui.pages.import_.course import Course
from crm_desktop.ui.pages.import_.draft import Draft
from crm_desktop.ui.pages.import_.duplicates_step import DuplicatesStep
from crm_desktop.ui.pages.import_.facts import FileFacts, PlanFacts
from crm_desktop.ui.pages.import_.file_step import FileStep
from crm_desktop.ui.pages.import_.files import CALENDAR, ask_list, carried, copied, copied_cells
from crm_desktop.ui.pages.import_.frame import SIDE, Foot, Head
from crm_desktop.ui.pages.import_.preview_step import PreviewStep
from crm_desktop.ui.pages.import_.result_view import ResultView, words_done, words_to_do
from crm_desktop.ui.pages.import_.saving import Saving
from crm_desktop.ui.pages.import_.written import Written
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.tab_order import follow_layout

if TYPE_CHECKING:
    from crm_desktop.services.importing.trace import Summary
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk

FILE, COLUMNS, DUPLICATES, PREVIEW, RESULT = range(5)
MOST_RECENT = 5
ENTER, BACK = page_keys.IMPORT.codes("on"), page_keys.IMPORT.codes("back")
COMPARED = ("account", "contact", "affiliation", "channel", "activity")
"""Records that rows are compared with."""


class ImportPage(Page):
    """Leads through the steps; everything slow is done by its `course`, in processes of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._pasted = QTemporaryDir()
        self._recent: list[str] = []
        self._wants_on = False
        self.course, self.written = Course(self), Written(self)
        self.saving = Saving(self, self.course)
        self.head, self.foot = Head(), Foot()
        self.bar = InfoBar(closable=True)
        self.file = FileStep()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.file)
        house = QWidget()
        house.setLayout(column(self.bar, self.stack, spacing=10, margins=(SIDE, 14, SIDE, 2)))
        self.setLayout(column(self.head, house, self.foot, spacing=0))
        for does, act in (("paste", self.paste), ("choose", self.choose)):
            # wherever the keyboard is, while the page is on screen
            QShortcut(page_keys.IMPORT.sequence(does), self, act)
        self._show_step(FILE)

    @override
    def attaching(self, desk: Desk) -> Iterator[None]:
        from crm_desktop.services.importing.targets import targets

        self.columns = ColumnsStep()
        yield from self._adding(self.columns)
        self.duplicates = DuplicatesStep()
        yield from self._adding(self.duplicates)
        self.preview = PreviewStep()
        yield from self._adding(self.preview)
        self.result = ResultView()
        yield from self._adding(self.result)
        self._desk = desk
        self.written.attach(desk)
        self.course.work.folder = desk.folder.path
        self.columns.attach(desk.workspace, targets())
        self._connect_steps()
        self._connect_course()

    def _adding(self, step: QWidget) -> Iterator[None]:
        """Put in a step that is not seen yet."""
        self.stack.addWidget(step)
        yield
        yield from dressing(step)

    def _connect_steps(self) -> None:
        course = self.course
        self.head.left.connect(self._leave)
        self.foot.back.connect(self.back)
        self.foot.on.connect(self.go_on)
        self.file.choose.connect(self.choose)
        self.file.opened.connect(self.open_file)
        self.file.template.connect(self.saving.template)
        self.file.sheet_chosen.connect(course.take_sheet)
        self.file.header_chosen.connect(course.take_header_row)
        self.file.encoding_chosen.connect(course.take_encoding)
        self.columns.changed.connect(course.check_soon)
        self.columns.detect.connect(course.detect)
        self.duplicates.changed.connect(course.check_soon)
        self.duplicates.passed.connect(self.go_on)
        for step in (self.preview, self.result):
            step.save_problems.connect(self.saving.problems)
        self.preview.save_recipe.connect(self.saving.recipe)
        self.result.opened.connect(self._desk.open)
        self._desk.import_undone.connect(self._show_traced)
        self.result.undo.connect(self.written.undo)
        self.written.undone.connect(self._show_undone)
        self.result.another.connect(self.start_over)
        self.result.show_contacts.connect(self._show_contacts)

    def _connect_course(self) -> None:
        course = self.course
        course.reading.connect(self.file.busy.setVisible)
        course.read.connect(self._show_file)
        course.refused.connect(self._refuse)
        course.outdated.connect(self._show_outdated)
        course.checked.connect(self._show_plan)
        course.imported.connect(self._show_result)
        course.stopped.connect(self._tell_stopped)
        course.importing.connect(self._show_importing)
        course.saved.connect(self._tell_saved)

    # The way

    def step(self) -> int:
        """The step that is shown, from 0; the result is the last one."""
        return self.stack.currentIndex()

    def _show_step(self, step: int) -> None:
        self._wants_on = False
        self.stack.setCurrentIndex(step)
        self.head.show_step(step)
        self._offer()
        if step == DUPLICATES and self.course.plan and self.course.plan.questions:
            self.duplicates.focus_first()
        elif step == RESULT:
            self.result.show_button.setFocus()
        elif step == FILE and self.course.facts is None:
            self.file.area.button.setFocus()
        else:
            self.foot.on_button.setFocus()

    def _offer(self) -> None:
        """Say what the primary button does now, and whether it can."""
        step, course = self.step(), self.course
        self.foot.setVisible(step != RESULT and (step != FILE or course.facts is not None))
        names = {FILE: _("Next: columns"), COLUMNS: _("Next: duplicates"), DUPLICATES: _("Next: preview")}
        words = words_to_do(course.plan) if step == PREVIEW and course.plan else names.get(step, "")
        enabled = step == FILE or not self.columns.problems()
        if course.is_importing():
            words, enabled = _("Importing…"), False
        elif self._wants_on:
            words = _("Checking…")
        elif step == PREVIEW:
            enabled = course.plan is not None and course.plan.written > 0
        self.foot.offer(words, enabled=enabled, back=step != FILE and not course.is_importing())

    def go_on(self) -> None:
        """Do what the primary button says; what is still being worked out is waited for."""
        step, course = self.step(), self.course
        if step == FILE and course.facts is None:
            self.choose()
        elif step == FILE:
            self._show_step(COLUMNS)
        elif step == RESULT or self.columns.problems() or course.is_importing():
            return
        elif not course.is_fresh:
            self._wants_on = True
            self._offer()
        elif step == PREVIEW:
            self._run()
        else:
            self._show_step(step + 1)

    def back(self) -> None:
        """Go a step back."""
        if FILE < self.step() < RESULT and not self.course.is_importing():
            self._show_step(self.step() - 1)

    def start_over(self) -> None:
        """Ask for another file."""
        self.course.forget()
        self.head.sub.setText("")
        self.bar.say("")
        self.file.show_beginning()
        self._show_step(FILE)

    def _leave(self) -> None:
        self._desk.ask("page", "accounts")

    # The file

    def open_file(self, path: str) -> None:
        """Read a file; what is on the page stays until that went well. A calendar belongs elsewhere."""
        if path.lower().endswith(CALENDAR):
            self._desk.ask("import_calendar", path)
            return
        if self.course.is_importing():
            self.bar.say(_("An import is running. Wait for its end, or cancel it in the status bar."), "info")
            return
        self.bar.say("")
        self.course.open(Draft(Path(path)))

    def choose(self) -> None:
        """Ask for a file."""
        folder = str(Path(self._recent[0]).parent) if self._recent else ""
        if chosen := ask_list(self, folder):
            self.open_file(chosen)

    def paste(self) -> None:
        """Read the cells that were copied, or the file, or the file whose path was."""
        if path := copied() or copied_cells(Path(self._pasted.path())):
            self.open_file(path)
        else:
            self.bar.say(
                _("The clipboard holds no list. Copy cells of a sheet, or a file, and press Ctrl+V again."), "info"
            )

    def _refuse(self, sentence: str) -> None:
        self.bar.say(sentence, "err")
        self._wants_on = False
        self._offer()

    def _show_file(self, facts: FileFacts, is_new: bool) -> None:  # noqa: FBT001 - a slot
        """Show a file that was read; one whose header was found goes straight to its columns."""
        draft = self.course.draft
        counted = ngettext("{count} row", "{count} rows", facts.rows)
        wide = ngettext("{count} column", "{count} columns", len(facts.columns))
        self.head.sub.setText(f"{draft.name} · {facts.sheet} · {counted} × {wide}")
        self.bar.say("")
        self.file.show_file(draft, facts)
        self.columns.show_file(draft, facts)
        self._note_recent(str(draft.path))
        is_plain = facts.header_row > 0 and (len(facts.sheets) == 1 or facts.is_remembered)
        if is_new:
            self._show_step(COLUMNS if is_plain else FILE)
        else:
            self._offer()

    def _note_recent(self, path: str) -> None:
        self._recent = [path, *(each for each in self._recent if each != path)][:MOST_RECENT]
        self.file.show_recent(self._recent)

    # The plan

    def _show_outdated(self) -> None:
        self.columns.show_plan(self.course.plan, dim=True)
        if self.course.plan:
            self.preview.show_plan(self.course.plan, self.course.undecided, dim=True)
        self._offer()

    def _show_plan(self, plan: PlanFacts) -> None:
        self.columns.show_plan(plan, dim=False)
        self.duplicates.show_plan(self.course.draft, plan)
        self.preview.show_plan(plan, self.course.undecided)
        if self._wants_on:
            self._wants_on = False
            self.go_on()
        else:
            self._offer()

    def _run(self) -> None:
        """Import; the window goes on working."""
        self.bar.say("")
        self.written.begin()
        self.course.run()

    def _show_importing(self, text: str, done: int, total: int) -> None:
        """Show progress in the status bar; without words the import has ended."""
        self._desk.ask("progress", (text, done, total, self.course.cancel) if text else None)
        self._offer()

    def _tell_stopped(self, sentence: str) -> None:
        """Say that nothing was written, unless the end came too late for that."""
        if not self.written.came_too_late():
            self._refuse(sentence)
            return
        self.bar.say(_("The import was finished before it could be stopped. Undo takes it back."), "warn")
        self._desk.say(self.bar.words.text(), "warn", _("Undo"), self.written.undo)
        self._offer()

    def _show_result(self, done: PlanFacts) -> None:
        self.written.take(done.set_id)
        QTimer.singleShot(0, self, partial(self._show_done, done))  # after all other pages have followed

    def _show_done(self, done: PlanFacts) -> None:
        self.result.show_result(self.course.draft.name, done)
        self._show_step(RESULT)
        if not self.isVisible() and done.set_id is not None:
            self._desk.say(words_done(done), "ok", _("Undo"), self.written.undo)

    # Afterwards

    def _show_contacts(self) -> None:
        self._desk.ask("page", "contacts")
        self._desk.ask("newest")

    def _show_undone(self, is_undone: bool) -> None:  # noqa: FBT001 - a slot
        self.result.show_undone(is_undone=is_undone)

    def _show_traced(self, set_id: int, summary: Summary) -> None:
        if set_id == self.written.set_id:
            self.result.show_traced(summary)

    def _tell_saved(self, path: str) -> None:
        self.bar.say(_("Saved as “{name}”.").format(name=Path(path).name), "ok")

    # What the window asks

    @override
    def refresh(self, change: Change) -> None:
        self.written.follow(change)
        if self.step() != RESULT and change.touches(*COMPARED):
            self.course.outdate(at_once=self.isVisible())

    @override
    def let_go(self) -> None:
        self.course.close()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.course.catch_up()

    @override
    def command(self, what: str, detail: object = None) -> bool:
        if what == "file" and detail:
            self.open_file(str(detail))
            return True
        if what == "back" and FILE < self.step() < RESULT:
            self.back()
            return True
        return False

    @override
    def panes(self) -> list[QWidget]:
        panes: dict[int, list[QWidget]] = {
            FILE: [self.file.area.button, self.file.look.header, self.file.look.table],
            COLUMNS: [*[each.button for each in self.columns.table.rows[:1]], self.columns.side.rules.keys],
            DUPLICATES: [self.duplicates.list, self.duplicates.comparison.table],
            PREVIEW: [self.preview.table, self.preview.detail, self.preview.notes],
            RESULT: [self.result.table],
        }
        return [*panes[self.step()], self.foot.on_button]

    @override
    def state(self) -> dict[str, Any]:
        has_draft = self.course.facts is not None and self.step() != RESULT
        return {"recent": self._recent, "draft": self.course.draft.kept() if has_draft else None}

    @override
    def restore(self, state: dict[str, Any]) -> None:
        self._recent = [str(each) for each in state.get("recent", []) if Path(each).is_file()][:MOST_RECENT]
        self.file.show_recent(self._recent)
        draft = Draft.from_kept(state.get("draft") or {})
        if draft is not None and self.course.facts is None:
            self.file.offer_draft(draft.name, lambda: self.course.open(draft))

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        follow_layout(self)
        return super().focusNextPrevChild(next)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() in BACK:
            self._leave()
        elif event.key() in ENTER and isinstance(focus, QPushButton) and self._is_own_act(focus):
            focus.click()
        elif event.key() in ENTER and self.step() != RESULT and not isinstance(focus, QLineEdit | QAbstractSpinBox):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def _is_own_act(self, button: QPushButton) -> bool:
        """Whether Enter means this button: not the one of the way on, and not a column's target."""
        return self.isAncestorOf(button) and button not in [each.button for each in self.columns.table.rows]

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carried(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open_file(carried(event.mimeData()))
