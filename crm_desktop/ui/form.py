"""Rows that are alive: they show a value, check it while it is typed, save it on leaving and lose nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Entity
from crm_desktop.model.fields import Field, field_named
from crm_desktop.services import records
from crm_desktop.services.records import Record, Shown
from crm_desktop.text.findings import Finding, Reading, Severity
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.editors import Editor, LineEditor, Offers, TextEditor, editor, widget_of
from crm_desktop.ui.widgets.buttons import link
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels

PAUSE_MS = 150
STATES = {Severity.BLOCK: "err", Severity.WARN: "warn", Severity.INFO: ""}
SEVERITIES = {Severity.BLOCK: "err", Severity.WARN: "warn", Severity.INFO: "info"}
Check: TypeAlias = Callable[[str], Reading[Any]]
Write: TypeAlias = Callable[[int, str], Sequence[Finding] | None]


@dataclass(frozen=True, slots=True)
class Hint:
    """Something worth knowing about what is being typed, and one thing to do about it."""

    text: str
    label: str = ""
    act: Callable[[], object] | None = None
    fix: str = ""
    """What one click would put in place of the text, instead of `act`."""


HintFor: TypeAlias = Callable[[int, str], Hint | None]


class Live(QObject):
    """What ties a row to one value: `check` judges a text, `write` saves it for a key, `hint` looks for more to say.

    A text that cannot be saved stays where it was typed, with the reason below it, also after looking at another
    record; Esc brings back what is saved. `instead` may see to a text in another way and then says so.
    """

    def __init__(self, desk: Desk, row: FieldRow, editor: Editor, check: Check, write: Write) -> None:
        super().__init__(row)
        self.desk, self.row, self.editor = desk, row, editor
        self.key = self._subject = 0
        self.hint_for: HintFor | None = None
        self.instead: Callable[[str], bool] | None = None
        self.marks_ok = False
        self._check, self._write = check, write
        self._saved = self._text = ""
        self._caption: tuple[str, str] = ("", "")
        self._findings: Sequence[Finding] = ()
        self._hint: Hint | None = None
        self._refused: dict[int, tuple[str, str]] = {}
        self._given: object = None
        self._told: object = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look_further)
        editor.typed.connect(self._type)
        editor.entered.connect(self.enter)

    def show(
        self,
        key: int,
        text: str,
        findings: Sequence[Finding] = (),
        *,
        shown: str = "",
        caption: tuple[str, str] = ("", ""),
        subject: int = 0,
    ) -> None:
        """Show what is saved under a key; `caption` is a state such as "stale" with a few words.

        `subject` is the record that the value belongs to, where the key is that of a part of it. What is on show
        already, and was not typed over since, is left alone.
        """
        given = (key, text, tuple(findings), shown, caption, subject)
        if given == self._given and key not in self._refused:
            return
        self._given = given
        if (subject or key) != self._subject or not text:
            self._hint = None
            self._pause.stop()
        elif self._hint is not None and text != self._text:
            self._pause.start()
        self.key, self._subject, self._saved, self._text = key, subject or key, text, text
        self._findings, self._caption = findings, caption
        if key in self._refused:
            typed, why = self._refused[key]
            self.editor.hold(text, typed)
            self._findings = (Finding(Severity.BLOCK, why),)
        else:
            self.editor.show_text(text, shown)
        self._tell()

    def set_caption(self, words: str) -> None:
        """Say a few words after the value, such as “in 12 days”."""
        self._caption = ("", words)
        self._tell()

    @property
    def is_filled(self) -> bool:
        """Whether there is a value, or one that waits to be mended."""
        return bool(self._saved) or self.key in self._refused

    @property
    def is_refused(self) -> bool:
        """Whether what was typed last could not be saved and waits to be mended."""
        return self.key in self._refused

    def give_up(self) -> None:
        """Forget what could not be saved."""
        self._given = None
        self._refused.pop(self.key, None)

    def enter(self, text: str) -> None:
        """Save a text; what cannot be saved stays on show with the reason."""
        if self.instead is not None and self.instead(text):
            self.editor.show_text(self._saved)
            return
        key, self._given = self.key, None
        self._refused.pop(key, None)
        if self.hint_for is not None:
            self._text = text
            self._pause.start()
        try:
            self.desk.save(lambda: self._write(key, text))
        except Invalid as error:
            self._refused[key] = (text, str(error))
            self._findings = (Finding(Severity.BLOCK, str(error)),)
            self.editor.hold(self._saved, text)
            self._tell()

    def _type(self, text: str) -> None:
        self._text = text
        self._refused.pop(self.key, None)
        self._findings = self._check(text).findings
        self._tell()
        if self.hint_for is not None:
            self._pause.start()

    def _look_further(self) -> None:
        self._hint = self.hint_for(self.key, self._text) if self.hint_for and self._text.strip() else None
        self._tell()

    def _tell(self) -> None:
        worst = max((each.severity for each in self._findings), default=None)
        state, words = self._caption
        if worst is not None and worst > Severity.INFO:
            state = STATES[worst]
        elif not state and self.marks_ok and self._text and worst is None:
            state = "ok"
        told = (state, words, tuple(self._findings), self._hint)
        if told == self._told:
            return
        self._told = told
        sentences = [each.text for each in self._findings]
        self.row.set_state(state, words, "\n".join(sentences) or self._state_words(state, words))
        fix = next((each.fix for each in self._findings if each.fix), "")
        hint = self._hint or Hint("")
        label = _("Use {text}").format(text=fix) if fix else hint.label
        fix = fix or hint.fix
        act = (lambda: self._mend(fix)) if fix else hint.act
        text = "\n".join(filter(None, (*sentences, hint.text)))
        self.row.set_finding(text, label, act, SEVERITIES[worst or Severity.INFO])

    def _mend(self, fix: str) -> None:
        self._hint = None
        self.editor.hold(fix, fix)
        self.enter(fix)

    def _state_words(self, state: str, words: str) -> str:
        return _("Looks right") if state == "ok" else words


class FieldBinder(Live):
    """One field of a record, bound to a row of its own."""

    def __init__(self, desk: Desk, field: Field, offers: Offers, check: Check, write: Write) -> None:
        made = editor(field.kind, offers)
        super().__init__(desk, FieldRow(field.label, widget_of(made)), made, check, write)
        self.field = field
        self._has_value = False

    @property
    @override
    def is_filled(self) -> bool:
        return self._has_value or self.key in self._refused

    def show_value(self, key: int, shown: Shown, caption: tuple[str, str] = ("", "")) -> None:
        """Show the field of a record."""
        self._has_value = bool(shown.value)
        text = self.field.kind.edit(shown.value) if shown.value is not None else ""
        self.show(key, text, shown.findings, shown=shown.text, caption=caption)


class Fields(QObject):
    """The bound fields of one entity on a page: made by name, all shown together."""

    def __init__(
        self, desk: Desk, entity: type[Entity], offers: Offers, change: Callable[[int, str, str], Sequence[Finding]]
    ) -> None:
        super().__init__()
        self.entity = entity
        self.binders: dict[str, FieldBinder] = {}
        self._desk, self._offers, self._change = desk, offers, change

    def bind(self, name: str) -> FieldBinder:
        """The row of a field."""

        def check(text: str) -> Reading[Any]:
            return records.check(self.entity, name, text)

        def write(key: int, text: str) -> Sequence[Finding]:
            return self._change(key, name, text)

        binder = FieldBinder(self._desk, field_named(self.entity, name), self._offers, check, write)
        self.binders[name] = binder
        if isinstance(binder.editor, LineEditor) and not binder.editor.placeholderText():
            binder.editor.setPlaceholderText(_("Add"))
        return binder

    def show(self, record: Record) -> None:
        """Show a record in all rows."""
        for name, binder in self.binders.items():
            binder.show_value(record.id, record.fields[name])


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a card and when it is seen."""

    widget: QWidget
    is_filled: Callable[[], bool]
    always: bool
    applies: Callable[[], bool]


class FieldCard(Card):
    """A card that shows what is filled and what is wanted most; the rest waits behind “More fields”."""

    def __init__(self, title: str, icon: str) -> None:
        super().__init__(title, icon)
        self.peers: list[FieldCard] = [self]
        """The cards of one column, whose values all begin on one line."""
        self._parts: list[Part] = []
        self._is_open = False
        self.more = link("", act=self._toggle)
        self.more.setVisible(False)

    def add_field(self, binder: Live, *, always: bool = False, applies: Callable[[], bool] | None = None) -> None:
        """Add the row of a bound field; `always` for the most wanted ones, `applies` where not every record has it."""
        self.add_part(binder.row, lambda: binder.is_filled, always=always, applies=applies)

    def add_part(
        self,
        widget: QWidget,
        is_filled: Callable[[], bool],
        *,
        always: bool = False,
        applies: Callable[[], bool] | None = None,
    ) -> None:
        """Add anything that may be empty."""
        self.add_row(widget)
        self._parts.append(Part(widget, is_filled, always, applies or _always))

    def finish(self) -> None:
        """Put “More fields” below the rows."""
        self.add_link(self.more)

    def align(self) -> None:
        """Begin all values that are seen on one line."""
        align_labels(each for card in self.peers for each in card.rows())

    def rows(self) -> list[FieldRow]:
        """The rows that are seen."""
        return [each for part in self._parts if not part.widget.isHidden() for each in _rows_of(part.widget)]

    def settle(self, *, is_new: bool) -> None:
        """Show what is to be seen of a new record; of the same one, nothing vanishes while somebody works on it."""
        if is_new:
            self._is_open = False
        hidden, moved = False, is_new
        for part in self._parts:
            was_seen = not part.widget.isHidden()
            stays = not is_new and was_seen
            seen = part.applies() and (part.always or self._is_open or stays or part.is_filled())
            part.widget.setVisible(seen)
            hidden = hidden or (part.applies() and not seen)
            moved = moved or seen != was_seen
        if moved:
            self.align()
        self.more.setText(_("Fewer fields") if self._is_open else _("More fields"))
        self.more.setVisible(hidden or self._is_open)

    def _toggle(self) -> None:
        first = next((part.widget for part in self._parts if part.widget.isHidden() and part.applies()), None)
        if self._is_open:
            self.settle(is_new=True)
            return
        self._is_open = True
        self.settle(is_new=False)
        if isinstance(first, FieldRow):
            first.editor.setFocus()


def _rows_of(part: QWidget) -> list[FieldRow]:
    return [part] if isinstance(part, FieldRow) else part.findChildren(FieldRow)


def _always() -> bool:
    return True


def save_typing(pane: QWidget) -> None:
    """Save what is just being typed in a pane, before it shows something else."""
    focused = QApplication.focusWidget()
    if focused is not None and pane.isAncestorOf(focused) and isinstance(focused, LineEditor | TextEditor):
        focused.commit()
