"""Files that the import page writes where people want them: rows with problems, choices, an empty list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_.course import Course
from crm_desktop.ui.pages.import_.files import ask_recipe, ask_target


class Saving(QObject):
    """Asks where, and has the course write there."""

    def __init__(self, page: QWidget, course: Course) -> None:
        super().__init__(page)
        self._page, self._course = page, course

    def problems(self) -> None:
        """The rows that cannot be imported."""
        if path := ask_target(self._page, _("{name} – problem rows.xlsx").format(name=self._stem())):
            self._course.save_problems(path)

    def template(self) -> None:
        """A list to be filled in."""
        if path := ask_target(self._page, _("Contacts to fill in.xlsx")):
            self._course.write_template(path)

    def recipe(self) -> None:
        """The choices, for the command line."""
        if path := ask_recipe(self._page, _("{name} – choices.json").format(name=self._stem())):
            self._course.save_recipe(path)

    def _stem(self) -> str:
        return Path(self._course.draft.name).stem
