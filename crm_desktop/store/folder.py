"""The data folder: where everything of the user's is kept, and whether it is a safe place."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.errors import FolderProblem
from crm_desktop.i18n import _

CLOUD = (
    "onedrive",
    "dropbox",
    "icloud",
    "google drive",
    "googledrive",
    "nutstore",
    "坚果云",
    "百度网盘",
    "baidunetdisk",
    "mobile documents",
)
"""Names of folders that another program copies while we write, which damages a database."""
ENOUGH = 20_000_000


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Paths inside one data folder."""

    path: Path

    @property
    def database(self) -> Path:
        """The data file."""
        return self.path / "crm.db"

    @property
    def backups(self) -> Path:
        """Where backups are kept."""
        return self.path / "backups"

    @property
    def attachments(self) -> Path:
        """Where the bytes of attached files are kept."""
        return self.path / "attachments"

    @property
    def logs(self) -> Path:
        """Where the log is kept."""
        return self.path / "logs"

    @property
    def settings(self) -> Path:
        """What is set on this computer."""
        return self.path / "settings.json"

    def prepare(self) -> None:
        """Make the folder; raises FolderProblem when it is no safe place or cannot be written to."""
        if reason := unsafe(self.path):
            raise FolderProblem(reason)
        try:
            for each in (self.path, self.backups, self.logs):
                each.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = _("The data folder {path} cannot be made: {reason}. Choose another one with --data.")
            raise FolderProblem(message.format(path=self.path, reason=error.strerror)) from error
        if not os.access(self.path, os.W_OK):
            message = _("The data folder {path} is read-only. Allow writing to it, or choose another one with --data.")
            raise FolderProblem(message.format(path=self.path))

    def need(self, size: int) -> None:
        """Raise FolderProblem unless `size` bytes and a reserve are free."""
        free = shutil.disk_usage(self.path).free
        if free < size + ENOUGH:
            message = _(
                "The disk has {free} MB left, and {needed} MB are needed. Nothing was changed. Make room and try again."
            )
            raise FolderProblem(message.format(free=free // 1_000_000, needed=(size + ENOUGH) // 1_000_000))


def default_folder() -> DataFolder:
    """The folder used when none is named: `CRM_DATA`, else the local, non-roaming place for program data."""
    if named := os.environ.get("CRM_DATA"):
        return DataFolder(Path(named))
    from platformdirs import user_data_path

    return DataFolder(user_data_path("crm_desktop", appauthor=False, roaming=False))


def unsafe(path: Path) -> str:
    """Why a database must not be kept at `path`, or nothing."""
    full = path.absolute()
    if str(full).startswith(("\\\\", "//")):
        return _("{path} is on the network, where a database can be damaged. Choose a folder on this computer.").format(
            path=path
        )
    for part in full.parts:
        if part.lower().startswith(CLOUD):
            message = _(
                "{path} is copied to a cloud by another program, which can damage a database. Choose another folder."
            )
            return message.format(path=path)
    return ""
