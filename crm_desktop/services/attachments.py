"""Files that belong to records: attached, listed, renamed, copied out, taken off; each write is one step to undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from crm_desktop.errors import FileProblem, Invalid, UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.jobs import Job
from crm_desktop.model import Account, Activity, ActivityParty, Affiliation, Attachment, Contact, Entity, Task
from crm_desktop.model.types import Key
from crm_desktop.services.records import living
from crm_desktop.store import queries
from crm_desktop.store.attachments import Files, Kept, files_of
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text import file_names, mail_file

OWNERS: dict[str, type[Entity]] = {"account": Account, "contact": Contact, "activity": Activity, "task": Task}
MOST_BYTES = 50_000_000
LONGEST_NAME = 300
PAGE = 200
KEY = bindparam("key", type_=Key)
"""The record whose files are asked for."""
LARGEST_MAIL = 20_000_000
"""A mail with more bytes keeps the name it came with."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file to be attached: one of the disk, or bytes that were pasted, with the name they get."""

    name: str
    path: Path | None = None
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file whose bytes are kept already; it belongs to nothing yet."""

    name: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class Storing:
    """What became of files that were to be kept: those that are, and a sentence for each that is not."""

    stored: list[Stored] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Attached:
    """An attached file as it is shown."""

    id: int
    name: str
    mime: str
    size: int
    sha256: str
    at: datetime
    author: str
    owner: tuple[str, int]
    """What it belongs to: kind and key."""
    about: str = ""
    """The words of that, where it is listed with the files of another record."""

    @property
    def can_act(self) -> bool:
        """Whether opening it could run a program."""
        return file_names.can_act(self.name)

    @property
    def is_usual(self) -> bool:
        """Whether the system may open a copy of it."""
        return file_names.is_usual(self.name)


def files(workspace: Workspace) -> Files:
    """Where the bytes are."""
    return files_of(DataFolder(workspace.path.parent))


def of_disk(path: Path) -> Given:
    """A file of the disk under its own name."""
    return Given(path.name, path)


def of_picture(png: bytes, at: datetime) -> Given:
    """A pasted picture; its name says when it was pasted."""
    return Given(_("Picture {moment}.png").format(moment=f"{at:%Y-%m-%d %H.%M.%S}"), data=png)


def storing(workspace: Workspace, given: Sequence[Given], most: int = MOST_BYTES) -> Job[Storing]:
    """Keep the bytes of files, in a job that can be given up; the data file is not touched."""
    found, store = Storing(), files(workspace)
    for each in given:
        try:
            if each.path is None:
                _refuse_large(each, most)
                kept = store.keep(each.data)
            else:
                kept = yield from store.keeping(each.path, each.name, most)
            found.stored.append(Stored(_named(store, each.name, kept), kept))
        except UserError as error:
            found.refused.append(str(error))
    return found


def _refuse_large(given: Given, most: int) -> None:
    if len(given.data) > most:
        message = _("“{name}” is larger than {limit} MB. Attach a smaller file, or allow larger ones in the settings.")
        raise Invalid({"size": message.format(name=given.name, limit=most // 1_000_000)})


def _named(store: Files, name: str, kept: Kept) -> str:
    """The name as given; a saved mail is called after its writer and subject."""
    if file_names.ending_of(name) == file_names.MAIL and kept.size <= LARGEST_MAIL:
        return mail_file.name_of(store.read(kept.sha256, name), name)
    return name


def attach(workspace: Workspace, entity: str, key: int, stored: Sequence[Stored]) -> list[int]:
    """Have files belong to a record; gives the keys. Those that belong to it already come once only."""
    title = ngettext("Attach {count} file", "Attach {count} files", len(stored))
    with workspace.write(title) as session:
        living(session, OWNERS[entity], key)
        return add_new(session, entity, key, stored)


def add_new(session: Writing, entity: str, key: int, stored: Iterable[Stored]) -> list[int]:
    """Attach those files that the record has not yet."""
    wanted = dict.fromkeys(stored)
    here = set(session.execute(_of(entity, key).with_only_columns(Attachment.sha256, Attachment.file_name)).all())
    return add(session, entity, key, [each for each in wanted if (each.kept.sha256, _clean(each.name)) not in here])


def add(session: Writing, entity: str, key: int, stored: Iterable[Stored]) -> list[int]:
    """Attach files inside a write that does more."""
    rows = [
        Attachment(
            sha256=each.kept.sha256,
            size=each.kept.size,
            file_name=_clean(each.name),
            mime=file_names.mime_of(each.name),
            **{f"{entity}_id": key},
        )
        for each in stored
    ]
    session.add_all(rows)
    session.flush()
    return [each.id for each in rows]


def rename(workspace: Workspace, key: int, name: str) -> None:
    """Call a file otherwise; without an ending it keeps its own."""
    wanted = _clean(name)
    if not wanted:
        raise Invalid({"file_name": _("A file needs a name.")})
    with workspace.write(_("Rename file")) as session:
        row = living(session, Attachment, key)
        ending = file_names.ending_of(row.file_name)
        if ending and not file_names.ending_of(wanted):
            wanted = f"{wanted.rstrip('.')}.{ending}"
        row.file_name, row.mime = wanted, file_names.mime_of(wanted)


def _clean(name: str) -> str:
    """The name as it was given, in one line; what a file must not be called is mended when it is written."""
    told = name.encode("utf-8", "replace").decode()  # a disk may have names that are no text
    return " ".join(told.replace("\0", " ").split())[:LONGEST_NAME]


def remove(workspace: Workspace, keys: Sequence[int]) -> None:
    """Take files off their records; the bytes stay, so that this can be undone."""
    with workspace.write(ngettext("Remove {count} file", "Remove {count} files", len(keys))) as session:
        for key in keys:
            session.remove(living(session, Attachment, key))


def load(workspace: Workspace, key: int) -> Attached:
    """One attached file; raises Missing when it is gone."""
    with workspace.read() as session:
        return _shown(session, [living(session, Attachment, key)])[0]


def load_all(session: Session, rows: Sequence[Attachment]) -> list[Attached]:
    """These attached files, each with the words of what it belongs to."""
    return _shown(session, rows, ("", 0))


def listed(workspace: Workspace, entity: str, key: int, *, alone: bool = False, limit: int = PAGE) -> list[Attached]:
    """The files of a record, newest first; those of an account or contact with those of its talks and tasks.

    An account's list has those of its people, too. With `alone`, only what was attached to the record itself.
    """
    with workspace.read() as session:
        rows = session.scalars(_files_of(entity, alone=alone), {"key": key, "limit": limit}).all()
        return _shown(session, rows, (entity, key))


@cache
def _files_of(entity: str, *, alone: bool) -> Select[Attachment]:
    around = {} if alone else _around(entity)
    belongs = (
        getattr(Attachment, f"{entity}_id") == KEY,
        *(getattr(Attachment, f"{name}_id").in_(keys) for name, keys in around.items()),
    )
    query = select(Attachment).where(or_(*belongs), Attachment.deleted_at.is_(None))
    return query.order_by(Attachment.created_at.desc(), Attachment.id.desc()).limit(bindparam("limit"))


def of_activities(session: Session, keys: Sequence[int]) -> dict[int, list[Attached]]:
    """The files of talks, in the order in which they were attached."""
    found: dict[int, list[Attached]] = {}
    for each in _shown(session, session.scalars(_OF_TALKS, {"keys": keys}).all()):
        found.setdefault(each.owner[1], []).append(each)
    return found


_OF_TALKS = (
    select(Attachment)
    .where(Attachment.activity_id.in_(bindparam("keys", expanding=True)), Attachment.deleted_at.is_(None))
    .order_by(Attachment.id)
)


def talks_of(session: Session, keys: Iterable[int]) -> set[int]:
    """The talks that these attached files belong to."""
    query = select(Attachment.activity_id).where(Attachment.id.in_(list(keys)))
    return {each for each in session.scalars(query) if each is not None}


def content(workspace: Workspace, shown: Attached) -> bytes:
    """The bytes of a file; raises FileProblem when they are missing or damaged."""
    return files(workspace).read(shown.sha256, shown.name)


def copying(workspace: Workspace, shown: Attached, target: Path) -> Job[None]:
    """Write a file to another place, whole and checked or not at all."""
    return files(workspace).copying(shown.sha256, target, shown.name)


def save_all(workspace: Workspace, chosen: Sequence[Attached], folder: Path) -> Job[list[Path]]:
    """Write files into a folder under names that every system can keep, none over another file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("“{name}” is no folder that files can be written to. Choose another one.")
        raise FileProblem(message.format(name=folder.name)) from error
    taken = {each.name.casefold() for each in folder.iterdir()}
    written: list[Path] = []
    for each in chosen:
        target = folder / file_names.free(file_names.safe(each.name), taken)
        yield from copying(workspace, each, target)
        taken.add(target.name.casefold())
        written.append(target)
    return written


def _of(entity: str, key: int) -> Select[Attachment]:
    column = getattr(Attachment, f"{entity}_id")
    return select(Attachment).where(column == key, Attachment.deleted_at.is_(None))


def _around(entity: str) -> dict[str, Select[Any]]:
    """The records whose files are listed with those of a record of some kind, by theirs."""
    if entity == "contact":
        talks = select(ActivityParty.activity_id).where(
            ActivityParty.contact_id == KEY, ActivityParty.deleted_at.is_(None)
        )
        return {"activity": talks, "task": select(Task.id).where(Task.contact_id == KEY)}
    if entity == "account":
        people = select(Affiliation.contact_id).where(Affiliation.account_id == KEY, Affiliation.deleted_at.is_(None))
        talks = select(Activity.id).where(Activity.account_id == KEY)
        return {"contact": people, "activity": talks, "task": select(Task.id).where(Task.account_id == KEY)}
    return {}


def _shown(session: Session, rows: Sequence[Attachment], here: tuple[str, int] | None = None) -> list[Attached]:
    if not rows:
        return []
    people = queries.users(session)
    owners = {each.id: _owner(each) for each in rows}
    words = _words(session, {owner for owner in owners.values() if here and owner != here})
    return [
        Attached(
            each.id,
            each.file_name,
            each.mime,
            each.size,
            each.sha256,
            each.created_at,
            people.get(each.created_by or 0, ""),
            owners[each.id],
            words.get(owners[each.id], ""),
        )
        for each in rows
    ]


def _owner(row: Attachment) -> tuple[str, int]:
    for entity in OWNERS:
        if (key := getattr(row, f"{entity}_id")) is not None:
            return entity, key
    return "", 0


def _words(session: Session, owners: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What records that files belong to are called; of a talk, how it begins."""
    columns: dict[str, Any] = {
        "account": Account.name,
        "contact": Contact.full_name,
        "activity": Activity.summary,
        "task": Task.title,
    }
    found: dict[tuple[str, int], str] = {}
    for entity, column in columns.items():
        if keys := [key for name, key in owners if name == entity]:
            kind = OWNERS[entity]
            for key, words in session.execute(select(kind.id, column).where(kind.id.in_(keys))):
                found[entity, key] = " ".join((words or "").split())[:80]
    return found
