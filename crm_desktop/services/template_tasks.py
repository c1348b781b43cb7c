"""Making the tasks of a template for chosen contacts or accounts, as one step to undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import _
from crm_desktop.model import Account, Affiliation, Contact, Entity, Task
from crm_desktop.services.bulk import counted
from crm_desktop.services.templates import Template
from crm_desktop.store.lookup import among
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.whole_day import whole_day

MOST = 2000
"""For so many records at once; each of them gets all tasks of the template."""
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Planned:
    """A task as it will be made."""

    title: str
    kind: str
    day: date
    at_time: str = ""
    item: int | None = None

    @property
    def due_at(self) -> datetime:
        """When it is due, as it is kept; the time of day is that of this computer."""
        if not self.at_time:
            return whole_day(self.day)
        return datetime.combine(self.day, time.fromisoformat(self.at_time)).astimezone()


def planned(template: Template, begins: date, *, weekends: bool = True) -> list[Planned]:
    """The tasks of a template that begins on a day, by day; without `weekends` those days move to Monday."""
    found = []
    for item in template.items:
        day = begins + timedelta(days=item.offset_days)
        if not weekends and day.weekday() >= SATURDAY:
            day += timedelta(days=7 - day.weekday())
        found.append(Planned(item.title, item.kind, day, item.at_time, item.key))
    return sorted(found, key=lambda each: each.day)


def apply(
    workspace: Workspace, template: Template, entity: type[Entity], keys: Sequence[int], tasks: Sequence[Planned]
) -> int:
    """Make these tasks for every one of the records; gives how many tasks were made.

    Raises Invalid when there are too many records, or no task; Missing when none of the records is there.
    """
    wanted = list(dict.fromkeys(keys))
    if len(wanted) > MOST:
        raise Invalid({"records": _("Choose at most {limit} records for a template.").format(limit=f"{MOST:,}")})
    if not tasks:
        raise Invalid({"items": _("A template needs at least one task.")})
    with workspace.write("") as session:
        living = _living(session, entity, wanted)
        there = [each for each in wanted if each in living]
        if not there:
            raise Missing(_("This record has been deleted."))
        title = _("Template “{name}” for {records}")
        session.call(title.format(name=template.name, records=counted(entity, len(there))))
        whose = _whose(session, entity, there)
        rows = [_row(session, entity, key, account, each) for key, account in whose for each in tasks]
        session.insert_rows(Task, rows)
    return len(rows)


def contact_types(workspace: Workspace, entity: type[Entity], keys: Sequence[int]) -> list[str]:
    """The types of the first of some contacts, which say what template is offered first."""
    if entity is not Contact or not keys:
        return []
    with workspace.read() as session:
        return list(session.scalar(select(Contact.types).where(Contact.id == keys[0])) or ())


def _living(session: Writing, entity: type[Entity], keys: Sequence[int]) -> set[int]:
    return set(session.scalars(select(entity.id).where(entity.id.in_(among(keys)), entity.deleted_at.is_(None))))


def _whose(session: Writing, entity: type[Entity], keys: Sequence[int]) -> list[tuple[int, int | None]]:
    """Each record with the account it belongs to."""
    if entity is Account:
        return [(each, each) for each in keys]
    places = select(Contact.id, Affiliation.account_id)
    places = places.join(Affiliation, Contact.main_affiliation_id == Affiliation.id)
    found = session.execute(places.where(Contact.id.in_(among(keys))))
    accounts = {contact: account for contact, account in found}  # noqa: C416 - rows are no pairs to mypy
    return [(each, accounts.get(each)) for each in keys]


def _row(session: Writing, entity: type[Entity], key: int, account: int | None, planned: Planned) -> dict[str, object]:
    return {
        "title": planned.title,
        "kind": planned.kind,
        "due_at": planned.due_at,
        "has_time": bool(planned.at_time),
        "contact_id": key if entity is Contact else None,
        "account_id": account,
        "owner_id": session.author,
        "template_item_id": planned.item,
    }
