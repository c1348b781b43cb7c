"""The program used once, from an empty folder to an export: what `dev.py run` shows without a display."""

from __future__ import annotations

import sys
from pathlib import Path

from crm_desktop.i18n import _
from crm_desktop.model import Contact
from crm_desktop.services import activities, finding, records
from crm_desktop.services.activities import Entry
from crm_desktop.ui.pages.import_.page import PREVIEW, RESULT
from crm_desktop.ui.scenes import import_page
from crm_desktop.ui.studio import Studio
from crm_desktop.ui.worker import Worker

PHONE = "138 0013 8000"


def travel(folder: Path, target: Path, lang: str, theme: str, size: str) -> int:
    """Import the sample workbook, find, edit, log, undo and export; say where the pictures are."""
    guide = Guide(target)
    with Studio(folder, lang, theme, size) as studio:
        guide.keep(studio, _("The first start: an empty folder"))
        _import(studio, guide)
        _work(studio, guide)
        _export(studio, guide)
    sys.stdout.write(_("The pictures are in {folder}").format(folder=target.absolute()) + "\n")
    return 0


class Guide:
    """Numbers the pictures and tells of each."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self._number = 0

    def keep(self, studio: Studio, words: str) -> None:
        """Take a picture and say what it shows."""
        self._number += 1
        path = studio.keep(self.target / f"{self._number:02}.png")
        sys.stdout.write(f"{path.name}  {words}\n")


def _import(studio: Studio, guide: Guide) -> None:
    page = import_page(studio)
    guide.keep(studio, _("The trade show's list: every column has found its field"))
    while page.step() < PREVIEW:
        page.go_on()
        studio.wait_for(lambda: page.course.is_fresh)
    guide.keep(studio, _("The preview: what the button says is what happens"))
    page.go_on()
    studio.wait_for(lambda: page.step() == RESULT)
    guide.keep(studio, _("Imported, as one step that can be undone"))


def _work(studio: Studio, guide: Guide) -> None:
    desk = studio.desk
    studio.window.show_page("contacts")
    guide.keep(studio, _("Everybody in a list"))
    found = next(hit for hit in finding.find(desk.workspace, "a", 1) if hit.entity == "contact")
    desk.open("contact", found.id)
    guide.keep(studio, _("One contact: tree, details and timeline"))
    desk.save(lambda: records.change(desk.workspace, Contact, found.id, "mobile", PHONE))
    entry = Entry("call", _("Asked for an offer."), contacts=(found.id,))
    desk.save(lambda: activities.log(desk.workspace, entry))
    guide.keep(studio, _("A number corrected and a call logged"))
    desk.undo()
    desk.undo()
    guide.keep(studio, _("Both undone"))
    studio.window.show_page("history")
    guide.keep(studio, _("The history, where every step can be undone"))


def _export(studio: Studio, guide: Guide) -> None:
    path = guide.target / "contacts.xlsx"
    worker = Worker(["export", "contacts", str(path), "--data", str(studio.desk.folder.path)])
    ended: list[object] = []
    worker.finished.connect(ended.append)
    worker.failed.connect(ended.append)
    worker.start()
    studio.wait_for(lambda: ended)
    sys.stdout.write(f"{path.name}  {_('All contacts, exported')}\n")
