"""The kinds of files that the system offers to open with this program, as each installer writes them down.

Run from the project's folder: python packaging/file_types.py windows|macos|linux. Windows gets a part of the NSIS
script (two macros for installer.nsi), macOS the document types of Info.plist, Linux the types of the desktop file.
Nothing becomes the usual program for a kind of file: people have one for sheets and calendars already.
"""

import plistlib
import sys
from typing import NamedTuple

PROGRAM = "CRM"
"""What the names in the registry begin with."""


class FileType(NamedTuple):
    """One kind of file."""

    ending: str
    words: str
    mime: str
    uniform: str
    """What macOS calls it."""

    @property
    def program_id(self) -> str:
        """What Windows calls it, together with this program."""
        return f"{PROGRAM}.{self.ending.removeprefix('.')}.1"


TYPES = (
    FileType(".ics", "Calendar", "text/calendar", "com.apple.ical.ics"),
    FileType(".vcf", "Contact cards", "text/vcard", "public.vcard"),
    FileType(
        ".xlsx",
        "Excel workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "org.openxmlformats.spreadsheetml.sheet",
    ),
    FileType(".csv", "CSV file", "text/csv", "public.comma-separated-values-text"),
)


def windows() -> str:
    """The macros RegisterFiles and UnregisterFiles of the NSIS script, for the user who installs."""
    classes = r"Software\Classes"
    there, gone = [], []
    for each in TYPES:
        key, listed = rf"{classes}\{each.program_id}", rf"{classes}\{each.ending}\OpenWithProgids"
        there += [
            f'WriteRegStr HKCU "{key}" "" "{each.words}"',
            f'WriteRegStr HKCU "{key}\\DefaultIcon" "" "$INSTDIR\\${{APP}}.exe,0"',
            f'WriteRegStr HKCU "{key}\\shell\\open\\command" "" \'"$INSTDIR\\${{APP}}.exe" "%1"\'',
            f'WriteRegStr HKCU "{listed}" "{each.program_id}" ""',
        ]
        gone += [f'DeleteRegValue HKCU "{listed}" "{each.program_id}"', f'DeleteRegKey HKCU "{key}"']
    tell = "System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'"
    return _macro("RegisterFiles", [*there, tell]) + _macro("UnregisterFiles", [*gone, tell])


def _macro(name: str, lines: list[str]) -> str:
    body = "".join(f"  {each}\n" for each in lines)
    return f"!macro {name}\n{body}!macroend\n"


def macos() -> str:
    """The member of Info.plist with the kinds of documents; the program is offered, and not the usual one."""
    kinds = [
        {
            "CFBundleTypeName": each.words,
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "LSItemContentTypes": [each.uniform],
        }
        for each in TYPES
    ]
    return plistlib.dumps({"CFBundleDocumentTypes": kinds}).decode()


def linux() -> str:
    """The lines of the desktop file that say how a file is opened, and which."""
    return f"Exec=crm-desktop %f\nMimeType={''.join(f'{each.mime};' for each in TYPES)}\n"


SYSTEMS = {"windows": windows, "macos": macos, "linux": linux}

if __name__ == "__main__":
    sys.stdout.write(SYSTEMS[sys.argv[1]]())
