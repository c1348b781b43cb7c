"""Backing up from the window: at once while the data is small, else by a worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.store.backup import NAME, backup
from crm_desktop.ui.panels.folder import show_in_folder
from crm_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

SMALL = 8_000_000
"""Bytes that are copied and checked faster than anybody notices."""


def suggested_backup(desk: Desk) -> str:
    """A dated name in the folder where the last backup went, or in the user's own folder."""
    last = Path(str(desk.settings.layout.get("backup_folder") or Path.home()))
    return str((last if last.is_dir() else Path.home()) / f"{datetime.now().astimezone():{NAME}}")


def back_up(desk: Desk, path: str) -> None:
    """Copy the data to `path` and say how that went; only a whole, checked copy takes the place of an older one."""
    target = Path(path) if Path(path).suffix else Path(f"{path}.db")
    database = desk.folder.database
    if database.stat().st_size > SMALL or desk.folder.attachments.is_dir():
        _in_the_background(desk, target)
        return
    try:
        backup(database, target)
    except UserError as error:
        _tell_failure(desk, str(error))
    else:
        _tell_success(desk, target)


def _in_the_background(desk: Desk, target: Path) -> None:
    worker = Worker(["backup", str(target), "--data", str(desk.folder.path)], desk)
    desk.ask("progress", (_("Backing up…"), 0, 0, None))
    for ending in (worker.finished, worker.failed):
        ending.connect(partial(_end, desk, worker))
    worker.finished.connect(partial(_tell_success, desk, target))
    worker.failed.connect(partial(_tell_failure, desk))
    worker.start()


def _end(desk: Desk, worker: Worker, *_told: object) -> None:
    desk.ask("progress", None)
    worker.deleteLater()


def _tell_success(desk: Desk, target: Path, told: Mapping[str, object] | None = None) -> None:
    desk.settings.layout["backup_folder"] = str(target.parent)
    text = _("Backed up to {name} and checked").format(name=target.name)
    missing = told.get("missing_files") if told else 0
    if isinstance(missing, int) and missing:
        text = ngettext(
            "Backed up, but {count} attached file is missing or damaged and was left out.",
            "Backed up, but {count} attached files are missing or damaged and were left out.",
            missing,
        )
    desk.say(text, "warn" if missing else "ok", _("Show in folder"), partial(show_in_folder, target))


def _tell_failure(desk: Desk, reason: str) -> None:
    message = _("No backup was made. {reason} Your data is safe, and so are older backups.")
    desk.say(message.format(reason=reason), "warn")
