"""Attached files beside an export of ours, brought in with the records that they belong to, in the same step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.jobs import Job
from crm_desktop.model import Task
from crm_desktop.services import attachments, export_files
from crm_desktop.services.attachments import Stored
from crm_desktop.services.importing import identity
from crm_desktop.services.importing.foreign import Foreign
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.sheet import Sheet

OWNERS = ("activity", "contact", "account")
"""Whose file it is, the nearest first."""


@dataclass(slots=True)
class Beside:
    """The files of the records that a sheet is about, and what becomes of them."""

    wanted: list[Mapping[str, Any]] = field(default_factory=list)
    """What the export says of each."""
    elsewhere: int = 0
    """How many belong to records of its other sheets, and come along with those."""
    problems: list[str] = field(default_factory=list)
    """A sentence for each that is missing, damaged or too large."""
    stored: list[tuple[Mapping[str, Any], Stored]] = field(default_factory=list)
    attached: int = 0


def look(path: Path, sheet: Sheet) -> Beside:
    """What an export says of the files of a sheet; other files bring none along. Raises FileProblem."""
    found = Beside()
    about = _about(sheet) if path.suffix.lower() == ".json" else None
    for each in export_files.listed_in(path) or () if about else ():
        if _owner(each)[0] != about:
            found.elsewhere += 1
        elif export_files.place_of(path, each).is_file():
            found.wanted.append(each)
        else:
            message = _("There is no file “{name}” beside “{export}”; it was left out.")
            found.problems.append(message.format(name=export_files.called(each), export=path.name))
    return found


def _about(sheet: Sheet) -> str | None:
    """The kind of record that a sheet of ours is about, by the identities in its last column."""
    return next((identity.subject(str(row[-1])) for row in islice(sheet.rows, 1, None) if row and row[-1]), None)


def _owner(entry: Mapping[str, Any]) -> tuple[str, int]:
    """Whose file it is in the export; of a task, whom that was about."""
    keys = ((name, entry.get(f"{name}_id")) for name in OWNERS)
    return next(((name, key) for name, key in keys if isinstance(key, int)), ("", 0))


def storing(workspace: Workspace, path: Path, beside: Beside, most: int) -> Job[None]:
    """Keep the bytes of the files; what cannot be, or is not what was exported, is told and left out."""
    for each in beside.wanted:
        try:
            beside.stored.append((each, (yield from export_files.storing(workspace, path, each, most))))
        except UserError as error:
            beside.problems.append(str(error))


def attach(session: Writing, beside: Beside, foreign: Foreign, made: Mapping[int, int]) -> None:
    """Have the files belong to the records that were made or known again; what is attached already stays."""
    files: dict[tuple[str, int], list[Stored]] = defaultdict(list)
    strays = []
    for entry, stored in beside.stored:
        entity, foreign_key = _owner(entry)
        key = foreign.key(entity, foreign_key)
        key = made.get(key) if key is not None and key < 0 else key
        if key is None:
            message = _("“{name}” belongs to a record that was not imported; it was left out.")
            strays.append(message.format(name=stored.name))
        else:
            files[_task(session, entry) or (entity, key)].append(stored)
    session.flush()
    beside.attached = sum(len(attachments.add_new(session, *owner, each)) for owner, each in files.items())
    beside.problems += [each for each in strays if each not in beside.problems]  # it may be written a second time


def _task(session: Session, entry: Mapping[str, Any]) -> tuple[str, int] | None:
    """The task that a file was attached to, where it is still there."""
    key = entry.get("task_id")
    found = session.get(Task, key) if isinstance(key, int) and abs(key) < 2**63 else None
    return ("task", found.id) if found is not None and found.deleted_at is None else None
