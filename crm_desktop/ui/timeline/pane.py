"""The right column: the timeline of the record on show, what narrows it, and the composer below."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.files.attaching import Attaching
from crm_desktop.ui.files.incoming import Maker, files_in, holds_files, of_paths
from crm_desktop.ui.files.verbs import FileVerbs
from crm_desktop.ui.models.timeline import TimelineModel
from crm_desktop.ui.timeline import taking_part, words
from crm_desktop.ui.timeline.composer import Composer, Written
from crm_desktop.ui.timeline.head import TimelineHead
from crm_desktop.ui.timeline.next_step import Planned
from crm_desktop.ui.timeline.taking_part import colleagues_of, contacts_of
from crm_desktop.ui.timeline.view import TimelineView
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.labels import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_desktop.services.activities import Entry
    from crm_desktop.services.attachments import Stored
    from crm_desktop.services.contacts import Place
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.widgets.pick_list import Choice

ACCOUNT, CONTACT = "account", "contact"
LOWEST = 72


class TimelinePane(QFrame):
    """What happened with an account or a contact, and the place to add to it; it hears of changes by itself."""

    counted = Signal(int)
    """How many entries the record has, for the word on a tab."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "end")
        self.setAccessibleName(_("Activity"))
        self.desk = desk
        self.model = TimelineModel(desk.workspace)
        self._record: tuple[str, int] | None = None
        self._account: tuple[int, str] | None = None
        self._drafts: dict[tuple[str, int], Written] = {}
        self._kind = words.CALL
        self._unseen: list[Change] = []
        self.head = TimelineHead()
        self.view = TimelineView(self.model)
        self.view.faces = desk.faces
        self.nobody = EmptyState("activity", _("Choose an account or a contact"))
        self.nothing = EmptyState("activity", _("Nothing logged yet"), _("Calls, visits and notes appear here."))
        self.nothing.add_button(_("Log a call"), self.focus_composer, icon="call", shortcut=_keys("Ctrl+L"))
        self.unfound = EmptyState("search", _("Nothing found"), _("No entry has all of this."))
        self.unfound.add_button(_("Show everything"), self._show_all)
        self.stack = QStackedWidget()
        for each in (self.nobody, self.nothing, self.unfound, self.view):
            self.stack.addWidget(each)
        self.stack.setMinimumHeight(theme.px(LOWEST))  # in a low window the composer is not squeezed
        self.composer = Composer()
        self.attaching = Attaching(desk, self)
        self.view.file_verbs = FileVerbs(desk, self)
        self.setAcceptDrops(True)
        self.composer.people.offer(self._near, self._found)
        self._line = Line()
        box = column(self.head, Line(), self.stack, self._line, self.composer, spacing=0)
        box.setStretch(2, 1)
        self.setLayout(box)
        self._listen()
        self.show_nothing()

    def _listen(self) -> None:
        self.model.counted.connect(self._tell_count)
        self.head.narrowed.connect(self._narrow)
        self.head.left.connect(self.view.setFocus)
        self.head.story_wanted.connect(self._tell_story)
        self.head.branches_wanted.connect(self._take_branches)
        self.head.person_wanted.connect(self._ask_person)
        self.view.edit_wanted.connect(self._edit)
        self.view.move_wanted.connect(self._move)
        self.view.removed.connect(self._remove)
        self.view.ticked.connect(self._tick)
        self.view.person_wanted.connect(self._open_person)
        self.composer.written.connect(self._log)
        self.composer.files_given.connect(self._store)
        self.composer.files_asked.connect(self._choose_files)
        self.view.attach_wanted.connect(self._attach_to)
        self.composer.left.connect(self._leave_composer)
        self.desk.changed.connect(self.refresh)

    # What the page asks for

    def show_record(self, entity: str, key: int, name: str, places: Sequence[Place] | None = None) -> None:
        """Show the timeline of an account or a contact, from its newest entry; drafts wait for their record.

        `places` are who is at the account or where the contact is, if that is known already.
        """
        if self._record == (entity, key):
            self.show_subject(name, places)
            return
        self._keep_draft()
        self._record = (entity, key)
        self.view.subject = key if entity == CONTACT else None
        self.head.clear()
        self.head.setEnabled(True)
        self._unseen.clear()
        self.model.show(entity, key)
        self.show_subject(name, places)
        self.composer.fill(self._drafts.pop(self._record, Written(kind=self._kind)))
        self._show_composer(shown=True)

    def show_nothing(self) -> None:
        """Show that no record is chosen."""
        self._keep_draft()
        self._record = None
        self.head.clear()
        self.head.setEnabled(False)
        self._unseen.clear()
        self.model.clear()
        self._show_composer(shown=False)

    def focus_composer(self, kind: str = "") -> None:
        """Go to the composer, with a kind of activity or the one used last."""
        if self._record is not None:
            if kind:
                self.composer.set_kind(kind)
            self.composer.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self, change: Change) -> None:
        """Show what a change did, at once or as soon as somebody looks."""
        if not self.isVisible():
            self._unseen.append(change)
            return
        self.model.refresh(change)
        if change.touches("picture"):
            self.view.viewport().update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        unseen, self._unseen = self._unseen, []
        for change in unseen:
            self.refresh(change)

    def record(self) -> tuple[str, int] | None:
        """Whose timeline it is."""
        return self._record

    def count(self) -> int:
        """How many entries the record has."""
        return self.model.total

    # What people do

    def _log(self, written: Written, planned: Planned) -> None:
        from crm_desktop.services import activities

        if self.attaching.work.is_busy():
            self.composer.complain(_("A file is still being copied. Save again in a moment."))
            return
        entry = self._entry(written, planned)
        try:
            self.desk.save(lambda: activities.log(self.desk.workspace, entry), lambda _key: self._logged(entry.kind))
        except Invalid as problem:
            self.composer.complain(str(problem))
            return
        self._kind = written.kind
        self.composer.fill(Written(kind=written.kind))
        self.composer.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entry(self, written: Written, planned: Planned) -> Entry:
        from crm_desktop.services.activities import Entry

        assert self._record is not None
        entity, key = self._record
        people = [] if entity == ACCOUNT else [key]
        return Entry(
            kind=written.kind,
            summary=written.text,
            account=key if entity == ACCOUNT else None,
            contacts=list(dict.fromkeys([*people, *contacts_of(written.people)])),
            direction="none" if written.kind == words.NOTE else written.direction,
            at=written.moment.at if written.moment else None,
            minutes=written.duration,
            place=written.where,
            outcome=written.outcome,
            next_step=planned.title,
            next_at=planned.at,
            next_has_time=planned.has_time,
            files=written.files,
            details_confirmed=written.details_confirmed,
            colleagues=colleagues_of(written.people),
        )

    def _store(self, makers: Sequence[Maker]) -> None:
        """Keep the bytes of files that are to go with what is being written."""
        if self._record is not None:
            self.attaching.store(makers, partial(self._take_files, self._record))

    def _take_files(self, record: tuple[str, int], stored: list[Stored]) -> None:
        if record == self._record:
            self.composer.files.add(stored)
        else:
            draft = self._drafts.get(record, Written(kind=self._kind))
            self._drafts[record] = replace(draft, files=(*draft.files, *stored))

    def _choose_files(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self.window(), _("Attach files"))
        self._store(of_paths([Path(each) for each in chosen]))

    def _attach_to(self, activity: int) -> None:
        self.attaching.choose(self.window(), "activity", activity)

    def _logged(self, kind: str) -> None:
        self.desk.done(_("Logged: {kind}").format(kind=words.kind_word(kind)))

    def _edit(self, key: int) -> None:
        from crm_desktop.ui.panels.entry import EntryPanel
        from crm_desktop.ui.panels.panel import panel_of

        bubble = self.view.current()
        if bubble is not None and bubble.id == key:
            panel_of(EntryPanel, self.window(), self.desk).begin(bubble)

    def _move(self, key: int) -> None:
        from crm_desktop.ui.panels.panel import panel_of
        from crm_desktop.ui.panels.picker import MoveEntry

        panel_of(MoveEntry, self.window(), self.desk).begin(key)

    def _remove(self, key: int) -> None:
        from crm_desktop.services import activities

        self.desk.save(
            lambda: activities.remove(self.desk.workspace, key), lambda _none: self.desk.done(_("Entry deleted"))
        )

    def _tick(self, task: int, done: bool) -> None:  # noqa: FBT001 - a signal passes by place
        from crm_desktop.services import tasks

        def tell(next_stays: bool) -> None:  # noqa: FBT001 - what was written comes by place
            told = _("Next step done") if done else _("Next step open again")
            kept = _("{told}. The next one was changed since, so it is kept.")
            self.desk.done(kept.format(told=told) if next_stays else told)

        self.desk.save(lambda: tasks.complete(self.desk.workspace, task, done=done), tell)

    def _open_person(self, key: int) -> None:
        self.desk.open(CONTACT, key)

    def _leave_composer(self) -> None:
        (self.view if self.stack.currentWidget() is self.view else self.head.search_tool).setFocus()

    # What is shown

    def _narrow(self) -> None:
        kind = self.head.kind()
        self.model.narrow([kind] if kind else [], self.head.text(), self.head.person())

    def _tell_story(self, wanted: bool) -> None:  # noqa: FBT001 - a signal passes by place
        if self._account is not None:
            key, name = self._account
            self.head.show_story(name if wanted else "")
            self.model.tell_story(key if wanted else None)

    def _take_branches(self, wanted: bool) -> None:  # noqa: FBT001 - a signal passes by place
        self.head.show_branches(shown=wanted)
        self.model.take_branches(taken=wanted)

    def _ask_person(self) -> None:
        """Drop the list of those at the account; whoever is typed is found, too."""
        from crm_desktop.ui.widgets.pick_list import PickList

        near = taking_part.people_near(self.desk.workspace, self._account[0] if self._account else None)
        opened = PickList(
            self.head.filter_tool,
            lambda typed: taking_part.people_found(self.desk.workspace, typed) if typed.strip() else near,
        )
        opened.chosen.connect(
            lambda code: self.head.set_person((int(code), taking_part.name_in(opened.words_of(code))))
        )
        opened.open()

    def _near(self) -> list[Choice]:
        account = self._account[0] if self._account else None
        near = taking_part.people_near(self.desk.workspace, account, self.view.subject)
        return [*near, *taking_part.those_of_us(self.desk.workspace)]

    def _found(self, typed: str) -> list[Choice]:
        return taking_part.people_found(self.desk.workspace, typed, self.view.subject)

    def _show_all(self) -> None:
        self.head.clear()
        if self.model.is_story and self._account is not None:
            self.head.show_story(self._account[1])
        self.model.narrow()
        self.view.setFocus()

    def _tell_count(self) -> None:
        model = self.model
        self.head.show_count(model.matching, model.total, is_narrowed=model.is_narrowed)
        shown: QWidget = self.view
        if not model.rows:
            shown = self.nobody if self._record is None else self.unfound if model.is_narrowed else self.nothing
        self.stack.setCurrentWidget(shown)
        self.setFocusProxy(self.view if shown is self.view else self.composer.text)  # where F6 comes in
        self.counted.emit(model.total)

    def show_subject(self, name: str, places: Sequence[Place] | None = None) -> None:
        """Say for whom will be logged: a contact with where he works, or an account and some of its people."""
        assert self._record is not None
        entity, key = self._record
        if places is None:
            from crm_desktop.services import contacts

            places = contacts.places(self.desk.workspace, **{entity: key})
        if entity == ACCOUNT:
            self._account = (key, name)
        else:
            self._account = (places[0].account_id, places[0].account) if places else None
        self.head.can_have_branches = entity == ACCOUNT
        self.head.can_tell_story = entity == CONTACT and self._account is not None
        self.head.show_branches(shown=self.model.has_branches)
        whose = name if entity == ACCOUNT or self._account is None else f"{name} · {self._account[1]}"
        self.composer.show_subject(_("For {name}").format(name=whose))
        if entity == ACCOUNT:
            people = {str(each.contact_id): each.contact for each in places}
            self.composer.people.set_value(self.composer.people.value(), people)

    def _show_composer(self, *, shown: bool) -> None:
        self.composer.setVisible(shown)
        self._line.setVisible(shown)

    def _keep_draft(self) -> None:
        if self._record is not None:
            written = self.composer.content()
            self._kind = written.kind
            if not written.is_empty:
                self._drafts[self._record] = written

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._record is not None and holds_files(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._store(files_in(event.mimeData()))
        event.acceptProposedAction()

    @override
    def event(self, event: QEvent) -> bool:
        """Ctrl+F belongs to this pane while the focus is in it, whatever the window makes of it elsewhere."""
        is_find = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Find)
        if is_find and event.type() == QEvent.Type.ShortcutOverride and self._record is not None:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        toggles = {
            "branches": self.head.toggle_branches,
            "story": self.head.toggle_story,
            "person": self._ask_person,
        }
        meant = page_keys.TIMELINE.meanings(*toggles)
        if event.matches(QKeySequence.StandardKey.Find) and self._record is not None:
            self.head.open_search()
        elif self.view.hasFocus() and not event.modifiers() and event.key() in meant:
            toggles[meant[event.key()]]()
        else:
            super().keyPressEvent(event)


def _keys(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
