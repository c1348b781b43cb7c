"""Where files come from and go to: choosers of the system, the clipboard, a drag."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.i18n import _


def ask_list(parent: QWidget, folder: str) -> str:
    """The list that people choose, empty when they choose none."""
    kinds = _("Lists (*.xlsx *.xlsm *.csv *.tsv *.txt)")
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
    return path if "\n" not in path and path and Path(path).is_file() else ""
