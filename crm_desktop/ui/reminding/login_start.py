"""Starting the program when somebody logs in: written when they ask for it, taken away when they no longer want it."""

from __future__ import annotations

import os
import plistlib
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.i18n import _
from crm_desktop.paths import ROOT
from crm_desktop.store.folder import DataFolder, default_folder

NAME = "crm_desktop"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


def is_offered() -> bool:
    """Whether this can be set up here; Windows starts an installed program only, not its source."""
    return sys.platform != "win32" or bool(getattr(sys, "frozen", False))


def command_for(folder: DataFolder) -> list[str]:
    """What starts this program on a data folder, named only where it is not the usual one."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", NAME]
    is_usual = folder.path.is_relative_to(default_folder().path)  # the sample data are inside it
    data = [] if is_usual else ["--data", str(folder.path.absolute())]
    return [*program, *data]


def is_on() -> bool:
    """Whether the program is started at login."""
    if sys.platform == "win32":
        return _has_run_value()
    return _file().is_file()


def turn_on(folder: DataFolder) -> None:
    """Start the program at login from now on; raises FileProblem when that cannot be written."""
    try:
        if sys.platform == "win32":
            _write_run_value(run_value(command_for(folder)))
        else:
            write = write_agent if sys.platform == "darwin" else write_desktop_entry
            write(_file().parent, command_for(folder))
    except OSError as error:
        message = _("Starting at login could not be set up: {reason}.")
        raise FileProblem(message.format(reason=error.strerror)) from error


def turn_off() -> None:
    """Start it no more; raises FileProblem when that cannot be taken away."""
    try:
        if sys.platform == "win32":
            _remove_run_value()
        else:
            _file().unlink(missing_ok=True)
    except OSError as error:
        message = _("Starting at login could not be taken away: {reason}.")
        raise FileProblem(message.format(reason=error.strerror)) from error


def write_desktop_entry(folder: Path, command: Sequence[str]) -> Path:
    """Linux: an entry of freedesktop.org's Desktop Application Autostart Specification."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=CRM",
        f"Exec={' '.join(map(_quoted, command))}",
        f"Path={str(ROOT).replace(chr(92), chr(92) * 2)}",
        "Terminal=false",
    )
    return _write(folder / f"{NAME}.desktop", "\n".join(lines).encode() + b"\n")


def write_agent(folder: Path, command: Sequence[str]) -> Path:
    """A Mac: a property list of launchd that is run once at login."""
    agent = {
        "Label": NAME,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "WorkingDirectory": str(ROOT),
        "ProcessType": "Interactive",
    }
    return _write(folder / f"{NAME}.plist", plistlib.dumps(agent))


def run_value(command: Sequence[str]) -> str:
    """Windows: the command line that stands under the Run key of this user."""
    return subprocess.list2cmdline(command)


def _quoted(argument: str) -> str:
    """An argument of Exec, quoted first and then escaped as every text of the file is."""
    inner = re.sub(r'(["`$\\])', r"\\\1", argument)
    return '"' + inner.replace("\\", "\\\\").replace("%", "%%") + '"'


def _file() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{NAME}.plist"
    settings = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(settings) / "autostart" / f"{NAME}.desktop"


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".new")
    half.write_bytes(content)
    half.replace(path)
    return path


if sys.platform == "win32":  # not tested, for want of a Windows
    import winreg

    def _has_run_value() -> bool:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
                winreg.QueryValueEx(key, NAME)
        except FileNotFoundError:
            return False
        return True

    def _write_run_value(value: str) -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
            winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, value)

    def _remove_run_value() -> None:
        if _has_run_value():
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY, 0, winreg.KEY_SET_VALUE) as key:
                winreg.DeleteValue(key, NAME)
