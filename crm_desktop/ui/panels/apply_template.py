"""The panel in which a template is chosen for records, and every day of it seen before the tasks are made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, ngettext
from crm_desktop.model import Account, Contact
from crm_desktop.services import records, template_tasks, templates
from crm_desktop.services.bulk import counted
from crm_desktop.services.printing.words import day_words, today
from crm_desktop.ui import theme
from crm_desktop.ui.panels.panel import HasChosen, HasList, Panel, key_words, on_control_enter, page_of
from crm_desktop.ui.panels.planned_row import DATE_WIDTH, DayLine, PlannedRow
from crm_desktop.ui.widgets.boxes import column, row, set_look
from crm_desktop.ui.widgets.buttons import primary, secondary
from crm_desktop.ui.widgets.choice import InPlaceChoice
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.fitting_area import GrowingArea
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label

if TYPE_CHECKING:
    from crm_desktop.model import Entity
    from crm_desktop.services.template_tasks import Planned
    from crm_desktop.services.templates import Template
    from crm_desktop.ui.desk import Desk

ENTITIES: dict[str, type[Account | Contact]] = {"account": Account, "contact": Contact}
WEEKENDS = "template_weekends"
"""Whether tasks of a template may fall on a weekend, as it was chosen last on this computer."""


class ApplyTemplate(Panel):
    """For the record on screen, or for all that are chosen in a list."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _("Apply template"), width=720)
        self._host = window
        self._entity: type[Entity] = Contact
        self._keys: Sequence[int] = ()
        self._templates: list[Template] = []
        self.rows: list[PlannedRow] = []
        self.subject = Elide("", "small")
        self.choice = InPlaceChoice(())
        self.choice.setAccessibleName(_("Template"))
        self.begins = DayLine(_("Begins on"))
        self.begins_words = label("", "caption")
        self.workdays = QCheckBox(_("From weekends to Monday"))
        self.workdays.setAccessibleName(_("From weekends to Monday"))
        self.told = label("", "caption")
        self.problem = label("", "err", wrap=True)
        self.settings_button = secondary(_("Edit templates…"), "settings", self._edit)
        self.make_button = primary(_("Make tasks"), "check", self.make)
        self._lay_out()
        self.choice.committed.connect(self._fill)
        self.begins.chosen.connect(self._fill)
        self.begins.misread.connect(self._tell)
        self.workdays.toggled.connect(self._turn_weekends)
        on_control_enter(self, self.make)

    def _lay_out(self) -> None:
        head = row(self.subject)
        head.setStretch(0, 1)
        self.add_head(
            Picture("schedule", "accentText", 20), label(_("Apply template"), "heading"), head, Kbd(key_words("Esc"))
        )
        self.choice.frame()
        set_look(self.begins, "kind", "")
        self.begins.setFixedWidth(theme.px(DATE_WIDTH))
        beside = QWidget()
        beside.setLayout(row(self.begins, self.begins_words, None, self.workdays, spacing=8))
        beside.setFocusProxy(self.begins)
        rows = (FieldRow(_("Template"), self.choice), FieldRow(_("Begins on"), beside))
        align_labels(rows)
        sheet = QWidget()
        self._list = column(spacing=2, margins=(0, 6, 0, 6))
        sheet.setLayout(self._list)
        self.area = GrowingArea(sheet)
        self.area.setAccessibleName(_("Tasks to be made"))
        self.body.addLayout(column(*rows, self.area, self.problem, spacing=6, margins=(18, 10, 14, 6)), 1)
        self.add_foot(self.told, None, self.settings_button, self.make_button, Kbd(key_words("Ctrl+Return")))

    @override
    def show_up(self) -> None:
        found = chosen_of(page_of(self._host))
        if found is None:
            self.desk.say(_("Choose an account or a contact first."), "info")
            return
        self._entity, self._keys = found
        types = template_tasks.contact_types(self.desk.workspace, self._entity, self._keys)
        self._templates = templates.offered(templates.everything(self.desk.workspace), types)
        if not self._templates:
            self.desk.say(_("There is no template yet."), "info", _("Settings"), self._edit)
            return
        self.subject.setText(self._who())
        self.choice.set_choices([(str(each.key), each.name) for each in self._templates])
        self.choice.set_value(str(self._templates[0].key), self._templates[0].name)
        self.begins.show_day(today())
        self.workdays.blockSignals(True)
        self.workdays.setChecked(not self.desk.settings.layout.get(WEEKENDS, False))
        self.workdays.blockSignals(False)
        self._fill()
        self.open(self.choice)

    def template(self) -> Template:
        """The template that is chosen."""
        return next(each for each in self._templates if str(each.key) == self.choice.value())

    def tasks(self) -> list[Planned]:
        """The tasks that will be made for each record."""
        return [planned for each in self.rows if not each.isHidden() and (planned := each.planned()) is not None]

    def make(self) -> None:
        """Make the tasks, and close."""
        for each in self._days():
            each.commit()
        if not self.make_button.isEnabled():
            return
        template, tasks = self.template(), self.tasks()
        write = partial(template_tasks.apply, self.desk.workspace, template, self._entity, self._keys, tasks)
        try:
            self.desk.save(write, partial(self._made, template))
        except Invalid as error:
            self._refuse(str(error))

    def _made(self, template: Template, count: int) -> None:
        self.dismiss()
        made = ngettext("{count} task", "{count} tasks", count)
        self.desk.done(_("{template}: {tasks} made").format(template=template.name, tasks=made))

    def _who(self) -> str:
        if len(self._keys) == 1:
            return str(records.load(self.desk.workspace, self._entity, self._keys[0]).name)
        return counted(self._entity, len(self._keys))

    def _fill(self) -> None:
        """Show the tasks with their days, reckoned anew."""
        begins: date = self.begins.day
        self.begins_words.setText(day_words(begins))
        planned = template_tasks.planned(self.template(), begins, weekends=not self.workdays.isChecked())
        while len(self.rows) < len(planned):
            self.rows.append(PlannedRow())
            self.rows[-1].changed.connect(self._tell)
            self.rows[-1].day.misread.connect(self._tell)
            self._list.addWidget(self.rows[-1])
        for place, each in enumerate(self.rows):
            each.setVisible(place < len(planned))
            if place < len(planned):
                each.show_task(planned[place])
        self._tell()

    def _tell(self) -> None:
        """Say how many tasks there will be."""
        each = len(self.tasks())
        count = each * len(self._keys)
        words = ngettext("{count} task", "{count} tasks", count)
        self.told.setText(words)
        problem = next(filter(None, (line.problem() for line in self._days())), "")
        self.make_button.setEnabled(bool(count) and not problem)
        self._refuse(problem)

    def _days(self) -> list[DayLine]:
        """The lines of the days that count."""
        return [self.begins, *(each.day for each in self.rows if not each.isHidden() and each.planned() is not None)]

    def _refuse(self, why: str) -> None:
        self.problem.setText(why)
        self.problem.setVisible(bool(why))

    def _turn_weekends(self, on: bool) -> None:  # noqa: FBT001 - a signal passes by place
        self.desk.settings.layout[WEEKENDS] = not on
        self._fill()

    def _edit(self) -> None:
        self.dismiss()
        self.desk.ask("settings", "templates")


def chosen_of(page: object) -> tuple[type[Account | Contact], Sequence[int]] | None:
    """The record that a page shows, or those that are chosen in its list."""
    from crm_desktop.ui.page import Page

    shown = page.current() if isinstance(page, Page) else None
    if shown is not None and shown[0] in ENTITIES:
        return ENTITIES[shown[0]], [shown[1]]
    if isinstance(page, HasList) and isinstance(page, HasChosen):
        entity = ENTITIES.get(page.listing().entity.__tablename__)
        keys = page.chosen_keys()
        return (entity, keys) if entity is not None and keys else None
    return None
