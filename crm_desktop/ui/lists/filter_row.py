"""A row below the heads: what is typed or chosen there narrows the list by that column."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model.filters import ALL, Group, Test, Testable, checked, path_of, testable_at
from crm_desktop.model.filters import operators as sorts
from crm_desktop.model.worked_out import NEXT_STEP
from crm_desktop.ui.filters.value_editors import choices_for
from crm_desktop.ui.widgets.boxes import set_look
from crm_desktop.ui.widgets.choice import InPlaceChoices

if TYPE_CHECKING:
    from crm_desktop.model.fields import Field
    from crm_desktop.ui.editors import Offers
    from crm_desktop.ui.lists.table import RecordTable

PAUSE = 200
CHOSEN = (sorts.CHOICE, sorts.CHOICES, sorts.USER, sorts.TAG, sorts.YES_NO, sorts.RHYTHM)
COMPARED = {">=": "at_least", "≥": "at_least", "<=": "at_most", "≤": "at_most", ">": "more", "<": "less", "=": "equals"}
SIGNS = re.compile(r"\s*(>=|<=|≥|≤|>|<|=)?\s*(.+)")
OTHER_PATHS = {"last_activity_at": "activity.last", NEXT_STEP: "task.due"}
"""What is asked for columns that are no fields."""
DAY_SIGNS = {">=": "after", ">": "after", "≥": "after", "<": "before", "<=": "before", "≤": "before"}


class FilterRow(QObject):
    """The row of one table; hidden until it is asked for."""

    changed = Signal()

    def __init__(self, table: RecordTable, offers: Offers) -> None:
        super().__init__(table)
        self._table, self._offers = table, offers
        self._editors: dict[str, QWidget] = {}
        self._tests: dict[str, Test] = {}
        self.is_shown = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.changed)
        table.records.modelReset.connect(self.arrange)
        table.arranged.connect(self.arrange)

    def tests(self) -> tuple[Test, ...]:
        """What the columns must hold."""
        return tuple(self._tests.values())

    def show(self, *, shown: bool) -> None:
        """Offer the row, or take it and what it says away."""
        self.is_shown = shown
        if not shown:
            self.clear()
        self.arrange()
        if shown and self._editors:
            next(iter(self._editors.values())).setFocus()

    def clear(self) -> None:
        """Narrow the list by no column."""
        had_any = bool(self._tests)
        self._tests = {}
        for each in self._editors.values():
            each.deleteLater()
            each.hide()
        self._editors = {}
        self.arrange()
        if had_any:
            self.changed.emit()

    def arrange(self) -> None:
        """Put each editor below its column, wherever that stands by now."""
        fields = self._table.records.fields if self.is_shown else []
        gone = set(self._editors) - {each.name for each in fields}
        for name in gone:
            self._editors.pop(name).deleteLater()
            if self._tests.pop(name, None) is not None:
                self._pause.start()
        made: dict[int, QWidget] = {}
        for place, field in enumerate(fields):
            editor = self._editors.get(field.name) or self._make(field)
            if editor is not None:
                made[place] = self._editors[field.name] = editor
        stays = self._table.frozen.count
        self._table.head.show_editors({place: each for place, each in made.items() if place >= stays})
        self._table.frozen.head.show_editors({place: each for place, each in made.items() if place < stays})
        self._table.frozen.arrange()

    def _make(self, field: Field) -> QWidget | None:
        path = OTHER_PATHS.get(field.name) or path_of(field)
        asked = testable_at(self._table.records.listing.entity, path)
        if asked is None or asked.sort == sorts.PRESENCE:
            return None
        words = _("Filter “{column}”").format(column=field.label)
        if asked.sort in CHOSEN:
            button = InPlaceChoices(choices_for(asked, self._offers), placeholder=_("All"))
            button.setProperty("kind", "small")
            button.setAccessibleName(words)
            button.committed.connect(partial(self._choose, field.name, asked))
            return button
        line = QLineEdit()
        line.setProperty("kind", "filter")
        line.setPlaceholderText("…")
        line.setAccessibleName(words)
        line.setClearButtonEnabled(False)
        line.textChanged.connect(partial(self._type, field.name, asked, line))
        return line

    def _choose(self, name: str, asked: Testable, codes: list[str]) -> None:
        test = Test(asked.path, "any_of", tuple(codes))
        if asked.sort in (sorts.YES_NO, sorts.RHYTHM):
            test = Test(asked.path, codes[-1] if codes else "")
        self._take(name, test if codes else None)

    def _type(self, name: str, asked: Testable, line: QLineEdit, text: str) -> None:
        test = written(asked, text) if text.strip() else None
        is_wrong = False
        if test is not None:
            try:
                [found] = checked(Group(ALL, (test,)), self._table.records.listing.entity).parts
                test = found if isinstance(found, Test) else None
            except Invalid as error:
                is_wrong, test = True, None
                line.setToolTip(str(error))
        set_look(line, "state", "err" if is_wrong else "")
        if not is_wrong:
            line.setToolTip("")
        self._take(name, test)

    def _take(self, name: str, test: Test | None) -> None:
        if test is None:
            self._tests.pop(name, None)
        else:
            self._tests[name] = test
        self._pause.start()


def written(asked: Testable, text: str) -> Test:
    """What a text in the box of a column asks for: `> 5` of a number, `2026-03` of a date, part of any other text."""
    match = SIGNS.fullmatch(text)
    sign, rest = (match[1] or "", match[2].strip()) if match else ("", text.strip())
    if asked.sort in (sorts.NUMBER, sorts.MONEY):
        return Test(asked.path, COMPARED.get(sign, "equals"), (rest,))
    if asked.sort in (sorts.DATE, sorts.DUE, sorts.BIRTHDAY):
        usual = "after" if asked.sort == sorts.BIRTHDAY else "on"
        return Test(asked.path, DAY_SIGNS.get(sign, usual), (rest,))
    if asked.sort == sorts.REGION:
        return Test(asked.path, "within", (rest,))
    return Test(asked.path, "contains", (text.strip(),))
