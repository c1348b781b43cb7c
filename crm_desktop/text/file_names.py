"""Names of files that came from anywhere: what every system can keep, what kind they are, and what could do harm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

LONGEST = 120
"""Characters of a name that is written to a disk; every system takes as many, in bytes of UTF-8 too."""
LONGEST_BYTES = 200
LONGEST_ENDING = 16
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
"""Names that are devices on Windows, with whatever ending."""
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Kinds of characters that turn the direction of writing, hide, or are no text."""
PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "bmp"})
TEXTS = frozenset({"txt", "csv", "tsv", "md", "log", "json", "ics", "vcf"})
MAIL = "eml"
USUAL = (
    PICTURES
    | TEXTS
    | frozenset({MAIL, "msg", "pdf", "tif", "tiff", "heic", "svg"})
    | frozenset({"doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "wps", "et", "dps", "ofd"})
    | frozenset(
        {"zip", "7z", "rar", "gz", "mp3", "m4a", "wav", "amr", "mp4", "mov", "avi", "dwg", "dxf", "step", "stp"}
    )
)
"""Endings of files that the system may open: what they hold is looked at, not run."""
PROGRAMS = (
    frozenset(
        {
            "exe",
            "com",
            "scr",
            "bat",
            "cmd",
            "ps1",
            "psm1",
            "vbs",
            "vbe",
            "js",
            "jse",
            "mjs",
            "wsf",
            "wsh",
            "hta",
            "msi",
            "msp",
            "msix",
            "appx",
        }
    )
    | frozenset(
        {
            "jar",
            "lnk",
            "url",
            "pif",
            "cpl",
            "reg",
            "dll",
            "sys",
            "inf",
            "scf",
            "sct",
            "chm",
            "hlp",
            "application",
            "gadget",
            "iso",
            "img",
            "vhd",
            "vhdx",
        }
    )
    | frozenset(
        {
            "py",
            "pyw",
            "rb",
            "pl",
            "sh",
            "bash",
            "command",
            "app",
            "dmg",
            "pkg",
            "deb",
            "rpm",
            "run",
            "desktop",
            "html",
            "htm",
            "mht",
            "mhtml",
            "xhtml",
        }
    )
    | frozenset({"docm", "dotm", "xlsm", "xltm", "xlam", "xll", "pptm", "potm", "ppam", "ppsm", "sldm", "one"})
)
"""Endings of what can act when it is opened."""
KINDS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "pdf": "application/pdf",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "ics": "text/calendar",
    "vcf": "text/vcard",
}
ANY = "application/octet-stream"


def safe(name: str) -> str:
    """A name that says the same and that Windows, macOS and Linux can all keep: never a path, device or stream."""
    visible = "".join(" " if unicodedata.category(each) in UNSEEN else each for each in name)
    words = " ".join(FORBIDDEN.sub("_", unicodedata.normalize("NFC", visible)).split()).strip(" .")
    stem, dot, ending = words.rpartition(".")
    if not dot or not stem or len(ending) > LONGEST_ENDING:
        stem, dot, ending = words, "", ""
    stem = _cut(stem.rstrip(" .") or "_", LONGEST - len(dot + ending), LONGEST_BYTES - len(f"{dot}{ending}".encode()))
    if RESERVED.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return f"{stem}{dot}{ending}"


def _cut(text: str, characters: int, size: int) -> str:
    shorter = text[:characters]
    while len(shorter.encode()) > size:
        shorter = shorter[:-1]
    return shorter.rstrip(" .") or "_"


def free(name: str, taken: Container[str]) -> str:
    """The name, numbered when it is taken; systems that know no capitals take `A.txt` for `a.txt`."""
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){dot}{ending}"
    return found


def ending_of(name: str) -> str:
    """The true ending of a name in small letters, whatever hides it."""
    return safe(name).rpartition(".")[2].lower() if "." in safe(name) else ""


def mime_of(name: str) -> str:
    """The kind of a file as its ending says."""
    ending = ending_of(name)
    return KINDS.get(ending) or ("text/plain" if ending in TEXTS else ANY)


def can_act(name: str) -> bool:
    """Whether opening it would, or could, run a program."""
    return ending_of(name) in PROGRAMS


def is_usual(name: str) -> bool:
    """Whether it is a kind of file that is only looked at."""
    return ending_of(name) in USUAL
