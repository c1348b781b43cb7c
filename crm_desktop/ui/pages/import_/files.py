"""Where files come from and go to: choosers of the system, the clipboard, a drag."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.i18n import _

LONGEST_PATH = 4096
CALENDAR = ".ics"


def ask_list(parent: QWidget, folder: str) -> str:
    """The list that people choose, empty when they choose none."""
    from crm_desktop.exchange import formats

    endings = " ".join(f"*{each}" for each in (*formats.endings(), CALENDAR))
    kinds = ";;".join((_("Lists ({endings})").format(endings=endings), _("All files (*)")))
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose a list"), folder, kinds)
    return chosen


def ask_target(parent: QWidget, name: str) -> str:
    """Where people want a workbook to be written, empty when nowhere."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save as"), str(Path(folder) / name), _("Excel (*.xlsx)"))
    return chosen


def carried(data: QMimeData) -> str:
    """The first file that is dragged or was copied, empty when there is none."""
    return next((each.toLocalFile() for each in data.urls() if each.isLocalFile()), "")


def copied() -> str:
    """The file in the clipboard, or the one whose path is in it; empty when there is none."""
    data = QGuiApplication.clipboard().mimeData()
    path = carried(data) or data.text().strip().strip('"')
    return path if "\n" not in path and path and len(path) < LONGEST_PATH and Path(path).is_file() else ""


def copied_cells(folder: Path) -> str:
    """The path of a file that holds the cells in the clipboard, written to `folder`; empty when there are none."""
    text = QGuiApplication.clipboard().text()
    if "\t" not in text and len(text.strip().splitlines()) < 2:
        return ""
    path = folder / _("Copied cells {time}.tsv").format(time=datetime.now().astimezone().strftime("%H-%M-%S"))
    path.write_text(text, encoding="utf-8-sig", newline="")
    return str(path)


def ask_recipe(parent: QWidget, name: str) -> str:
    """Where people want the choices of an import to be kept, empty when nowhere."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save as"), str(Path(folder) / name), _("Choices (*.json)"))
    return chosen
