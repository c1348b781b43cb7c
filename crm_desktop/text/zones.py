"""The time zone of this computer by the name that other programs know it by, such as Asia/Shanghai."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LINK, FOLDER = Path("/etc/localtime"), "zoneinfo"
FALLBACK = "UTC"


def local_zone() -> ZoneInfo:
    """The zone this computer is set to; UTC where nothing tells its name, which shows the same moments."""
    for name in (_told(), _set()):
        if name and (found := zone_named(name)) is not None:
            return found
    return ZoneInfo(FALLBACK)


def zone_named(name: str) -> ZoneInfo | None:
    """A zone by its name, None when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _told() -> str:
    return os.environ.get("TZ", "").removeprefix(":")


if sys.platform == "win32":

    def _set() -> str:
        """What Windows calls it, by the names of the world's zone table."""
        import winreg

        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        place = r"SYSTEM\CurrentControlSet\Control\TimeZoneInformation"
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            name = str(winreg.QueryValueEx(key, "TimeZoneKeyName")[0]).partition("\0")[0]
        return WINDOWS_TO_OLSON.get(name, "")

else:

    def _set() -> str:
        """Where the system's own clock file leads."""
        try:
            parts = LINK.resolve().parts
        except OSError:
            return ""
        return "/".join(parts[parts.index(FOLDER) + 1 :]) if FOLDER in parts else ""
