"""Which file an import reads, so that the same one is known again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.errors import FileProblem
from crm_desktop.i18n import _


@dataclass(frozen=True, slots=True)
class Source:
    """A file by its name and by what is in it."""

    name: str
    sha256: str = ""


def source_of(path: Path) -> Source:
    """The source that a file is; raises FileProblem when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return Source(path.name, hashlib.file_digest(stream, "sha256").hexdigest())
    except OSError as error:
        message = _("{path} cannot be read: {reason}. Choose another file.")
        raise FileProblem(message.format(path=path, reason=error.strerror)) from error
