"""Attached files beside our own JSON: named in it with their check sums, copied into a folder, and brought back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.errors import FileProblem, UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.jobs import Job
from crm_desktop.model import Attachment, Task
from crm_desktop.services import attachments
from crm_desktop.services.attachments import OWNERS, Stored
from crm_desktop.store.workspace import Workspace
from crm_desktop.text import file_names

FILES = "attachments"
"""The member of the file that lists them."""
PAGE = 500
LARGEST = 300 * 2**20
Made = dict[str, Any]


def folder_beside(path: Path) -> Path:
    """Where the files of an export are."""
    return path.with_name(f"{path.stem}-files")


def entries(session: Session, keys: Mapping[str, Sequence[int]]) -> list[Made]:
    """The files of these accounts, contacts and activities, and of tasks with them, each with the name it gets."""
    taken: set[str] = set()
    names: dict[tuple[str, str], str] = {}
    found: list[Made] = []
    for row, task in _rows(session, keys):
        known = (row.sha256, row.file_name)
        if known not in names:
            names[known] = file_names.free(file_names.safe(row.file_name), taken)
            taken.add(names[known].casefold())
        entry: Made = {"file": names[known], "name": row.file_name, "mime": row.mime}
        entry |= {"size": row.size, "sha256": row.sha256, "attached": row.created_at.isoformat(timespec="seconds")}
        owners = {f"{each}_id": getattr(row, f"{each}_id") for each in OWNERS}
        if task:
            owners |= {"account_id": task.account_id, "contact_id": task.contact_id}
        found.append(entry | {name: key for name, key in owners.items() if key})
    return found


def _rows(session: Session, keys: Mapping[str, Sequence[int]]) -> Iterator[tuple[Attachment, Task | None]]:
    living = Attachment.deleted_at.is_(None)
    for name, wanted in keys.items():
        column = getattr(Attachment, f"{name}_id")
        for start in range(0, len(wanted), PAGE):
            query = select(Attachment).where(living, column.in_(wanted[start : start + PAGE]))
            yield from ((each, None) for each in session.scalars(query.order_by(Attachment.id)))
    accounts, contacts = (set(keys.get(each, ())) for each in ("account", "contact"))
    of_tasks = select(Attachment, Task).join(Task, Task.id == Attachment.task_id).where(living)
    for row, task in session.execute(of_tasks.order_by(Attachment.id)):
        if task.account_id in accounts or task.contact_id in contacts:
            yield row, task


def writing(workspace: Workspace, listed: Sequence[Mapping[str, Any]], folder: Path) -> Job[list[str]]:
    """Copy the files of an export into its folder; gives a sentence for each that is missing or damaged."""
    missing: list[str] = []
    done: set[str] = set()
    store = attachments.files(workspace)
    for each in listed:
        if each["file"] in done:
            continue
        done.add(each["file"])
        try:
            folder.mkdir(parents=True, exist_ok=True)
            yield from store.copying(each["sha256"], folder / each["file"], each["name"])
        except OSError as error:
            message = _("{path} cannot be written: {reason}. Make room, or allow writing, and try again.")
            raise FileProblem(message.format(path=folder, reason=error.strerror)) from error
        except FileProblem as error:
            missing.append(str(error))
    return missing


def bringing_back(workspace: Workspace, path: Path, most: int) -> Job[tuple[int, list[str]]]:
    """Attach the files that an export names to the records that came from it, as one step.

    Gives how many were attached, and a sentence for each that could not be; what is attached already stays as it is.
    """
    listed = listed_in(path)
    if listed is None:
        message = _("“{name}” names no attached files. Choose a file with everything that “Export” made.")
        raise FileProblem(message.format(name=path.name))
    told: list[str] = []
    wanted: list[tuple[tuple[str, int], Stored]] = []
    with workspace.read() as session:
        owners = [_owner(session, each) for each in listed]
    for each, owner in zip(listed, owners, strict=True):
        if owner is None:
            message = _("“{name}” belongs to a record that is not here. Import the records first.")
            told.append(message.format(name=called(each)))
            continue
        try:
            wanted.append((owner, (yield from storing(workspace, path, each, most))))
        except UserError as error:
            told.append(str(error))
    return _attach(workspace, wanted), told


def called(entry: Mapping[str, Any]) -> str:
    """The name of a file that an export names."""
    return str(entry.get("name") or entry["file"])


def place_of(path: Path, entry: Mapping[str, Any]) -> Path:
    """Where a file that an export names is: in the folder of the export, or right beside it."""
    beside = path.with_name(entry["file"])
    inside = folder_beside(path) / entry["file"]
    return beside if beside.is_file() and not inside.exists() else inside


def storing(workspace: Workspace, path: Path, entry: Mapping[str, Any], most: int) -> Job[Stored]:
    """Keep the bytes of a file that an export names; raises UserError when it is missing, or not what was exported."""
    name = called(entry)
    kept = yield from attachments.files(workspace).keeping(place_of(path, entry), name, most)
    if kept.sha256 != entry.get("sha256"):
        raise FileProblem(_("“{name}” is not the file that was exported and was left out.").format(name=name))
    return Stored(name, kept)


def _attach(workspace: Workspace, wanted: Iterable[tuple[tuple[str, int], Stored]]) -> int:
    count = 0
    with workspace.write(_("Bring files back")) as session:
        for (entity, key), stored in wanted:
            count += len(attachments.add_new(session, entity, key, [stored]))
        session.call(ngettext("Bring {count} file back", "Bring {count} files back", count))
    return count


def listed_in(path: Path) -> list[Made] | None:
    """What an export says of its files, None when it names none; only plain names count."""
    try:
        if path.stat().st_size > LARGEST:
            raise FileProblem(_("“{name}” is too large. Split it into smaller files.").format(name=path.name))
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise FileProblem(_("{path} cannot be read as JSON. Please check it.").format(path=path)) from error
    listed = found.get(FILES) if isinstance(found, dict) else None
    if not isinstance(listed, list):
        return None
    return [each for each in listed if isinstance(each, dict) and _is_plain(each.get("file"))]


def _is_plain(name: object) -> bool:
    return isinstance(name, str) and bool(name) and file_names.safe(name) == name


def _owner(session: Session, entry: Mapping[str, Any]) -> tuple[str, int] | None:
    """The nearest record that is here: the task or talk itself, else whom it was about."""
    for entity in ("task", "activity", "contact", "account"):
        key = entry.get(f"{entity}_id")
        if isinstance(key, int) and abs(key) < 2**63:
            record = session.get(OWNERS[entity], key)
            if record is not None and record.deleted_at is None:
                return entity, key
    return None
