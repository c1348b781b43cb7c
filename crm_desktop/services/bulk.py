"""One change of many records: a field, tags, the owner, or the bin; each one step to undo, however many they are.

What is changed is written set by set, a page of keys at a time, and no object is made for a record.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import _, ngettext
from crm_desktop.jobs import Job, Progress
from crm_desktop.model import Account, Contact, Entity
from crm_desktop.model.fields import field_named
from crm_desktop.model.kinds import LinkTo
from crm_desktop.services import bulk_values, records
from crm_desktop.services.bulk_parts import Acted
from crm_desktop.services.bulk_values import Act
from crm_desktop.store import queries
from crm_desktop.store.lookup import among
from crm_desktop.store.queries import Listing
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.findings import Severity
from crm_desktop.text.folding import clean, fold

BULK = "bulk"
"""The kind of these steps in the history."""
PAGE = 2000
LONGEST_VALUE = 60
OWNER = "owner_id"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some records of one kind."""

    entity: type[Entity]
    keys: Sequence[int]


Target: TypeAlias = Chosen | Listing
"""What is changed: chosen records, or all that a list holds at that moment."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that was not changed, and why."""

    key: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done; without a `set_id` nothing had to be changed."""

    changed: int
    refused: list[Refused] = field(default_factory=list)
    set_id: int | None = None
    title: str = ""


def change(workspace: Workspace, target: Target, name: str, text: str) -> Job[Outcome]:
    """Have a field of all of them say `text`.

    Raises Invalid, and changes nothing, when the text cannot be understood, or when the field cannot be changed so.
    """
    what = field_named(target.entity, name)
    if isinstance(what.kind, LinkTo):
        return (yield from assign(workspace, target, int(text) if text.strip().isdecimal() else None))
    found = records.check(target.entity, name, text)
    if found.worst == Severity.BLOCK or (found.value is None and text.strip()):
        raise Invalid({name: "\n".join(each.text for each in found.findings)})
    act = bulk_values.setting(target.entity, what, found.value)
    told = _title(what.label, what.kind.show(found.value))
    return (yield from _carry_out(workspace, target, told, act))


def assign(workspace: Workspace, target: Target, owner: int | None) -> Job[Outcome]:
    """Give all of them to a user, or to nobody; raises Missing when there is no such user."""
    with workspace.read() as session:
        people = queries.users(session)
    if owner is not None and owner not in people:
        raise Missing(_("There is no such user."))
    what = field_named(target.entity, OWNER)
    told = _title(what.label, people[owner] if owner else "")
    return (yield from _carry_out(workspace, target, told, bulk_values.setting(target.entity, what, owner)))


def tag(workspace: Workspace, target: Target, names: Iterable[str]) -> Job[Outcome]:
    """Put tags on all of them; those that have one keep it."""
    wanted = _tag_names(names)

    def told(entity: type[Entity], count: int) -> str:
        return _("Tag “{tags}” on {records}").format(tags=_joined(wanted), records=counted(entity, count))

    return (yield from _carry_out(workspace, target, told, bulk_values.tagging(target.entity, wanted)))


def untag(workspace: Workspace, target: Target, names: Iterable[str]) -> Job[Outcome]:
    """Take tags off all of them."""
    wanted = _tag_names(names)

    def told(entity: type[Entity], count: int) -> str:
        return _("Tag “{tags}” off {records}").format(tags=_joined(wanted), records=counted(entity, count))

    return (yield from _carry_out(workspace, target, told, bulk_values.untagging(target.entity, wanted)))


def delete(workspace: Workspace, target: Target) -> Job[Outcome]:
    """Put all of them in the bin with their parts; branches of accounts move up to what stands above."""

    def told(entity: type[Entity], count: int) -> str:
        return _("Delete {records}").format(records=counted(entity, count))

    def last(session: Writing, keys: Sequence[int]) -> None:
        if target.entity is Account:
            session.flush()
            records.lift_branches(session, set(keys))

    return (yield from _carry_out(workspace, target, told, bulk_values.deleting(target.entity), last))


Told: TypeAlias = Callable[[type[Entity], int], str]


def _title(label: str, shown: str) -> Told:
    """What a step is called that has a field of so many records say something."""
    value = shown.replace("\n", " ")

    def told(entity: type[Entity], count: int) -> str:
        short = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
        words = _("{field} of {records} → {value}") if value else _("{field} of {records} cleared")
        return words.format(field=label, records=counted(entity, count), value=short)

    return told


def counted(entity: type[Entity], count: int) -> str:
    """So many records of a kind, in words."""
    if entity is Account:
        return ngettext("{count} account", "{count} accounts", count)
    if entity is Contact:
        return ngettext("{count} contact", "{count} contacts", count)
    return ngettext("{count} record", "{count} records", count)


def _carry_out(
    workspace: Workspace,
    target: Target,
    told: Told,
    act: Act,
    last: Callable[[Writing, Sequence[int]], None] | None = None,
) -> Job[Outcome]:
    """Do something with all of them, page by page; given up before its end, nothing is changed."""
    changed = 0
    with workspace.write(told(target.entity, 0), BULK) as session:
        keys, refused = _meant(session, target)
        for start in range(0, len(keys), PAGE):
            yield Progress(start, len(keys), _("Changing records"))
            acted: Acted = act(session, keys[start : start + PAGE])
            changed += acted.changed
            refused |= acted.refused
        if last is not None:
            last(session, keys)
        title = told(target.entity, changed)
        session.call(title)
        yield from session.finishing()
        set_id = session.set_id if session.items else None
    return Outcome(changed, _named(workspace, target.entity, refused), set_id, title)


def _meant(session: Session, target: Target) -> tuple[Sequence[int], dict[int, str]]:
    """The keys of those that are there, and why not of the others."""
    if isinstance(target, Listing):
        return queries.keys(session, target), {}
    entity = target.entity
    there = array(
        "q", session.scalars(select(entity.id).where(entity.id.in_(among(target.keys)), entity.deleted_at.is_(None)))
    )
    gone = set(target.keys).difference(there)
    return there, dict.fromkeys(sorted(gone), _("This record has been deleted."))


def _named(workspace: Workspace, entity: type[Entity], refused: Mapping[int, str]) -> list[Refused]:
    if not refused:
        return []
    with workspace.read() as session:
        names = queries.names(session, entity, refused)
    return [Refused(key, names.get(key, ""), reason) for key, reason in refused.items()]


def _tag_names(names: Iterable[str]) -> list[str]:
    """Names of tags without blanks and repetitions; raises Invalid when none is left."""
    found = {fold(name) or name: name for each in names if (name := clean(each).lstrip("#").strip())}
    if not found:
        raise Invalid({"tags": _("Name at least one tag.")})
    return list(found.values())


def _joined(names: Sequence[str]) -> str:
    return ", ".join(names)[:LONGEST_VALUE]
