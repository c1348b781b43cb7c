"""The tasks of a day to take along, the late ones first: with whom, how to reach them, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _, ngettext
from crm_desktop.model import Account, Contact, Task
from crm_desktop.model.fields import field_named
from crm_desktop.services.printing import words
from crm_desktop.services.printing.document import BOX, Document, Heading, Paragraph, Part, Table
from crm_desktop.services.task_rules import is_open
from crm_desktop.store import queries
from crm_desktop.store.workspace import Workspace

REACH = ("mobile", "phone")


@dataclass(frozen=True, slots=True)
class Due:
    """A task of the day, with whom and where."""

    title: str
    due_at: datetime
    has_time: bool
    person: str
    account: str
    phone: str
    address: str


def day_list(workspace: Workspace, day: date | None = None) -> Document:
    """What is to be done on a day, today if none is named."""
    wanted = day or words.today()
    late, due = tasks_of(workspace, wanted)
    parts: list[Part] = []
    if late:
        counted = ngettext("Late: {count} task", "Late: {count} tasks", len(late))
        parts += [Heading(counted), _table(late, with_day=True)]
    named = words.whole_day_words(wanted)
    if due:
        parts += [Heading(words.joined(named, ngettext("{count} task", "{count} tasks", len(due)))), _table(due)]
    else:
        parts += [Heading(named), Paragraph(_("Nothing is due on this day."))]
    return Document(_("Day list"), named, words.stamp(workspace), tuple(parts))


def tasks_of(workspace: Workspace, day: date) -> tuple[list[Due], list[Due]]:
    """The open tasks that are late, and those of a day, by their moment; those for the whole day come first.

    Late is what was due before today, or before the day if that is over.
    """
    with workspace.read() as session:
        late = _between(session, None, _begin(min(day, words.today())))
        due = _between(session, _begin(day), _begin(day + timedelta(days=1)))
    return late, sorted(due, key=lambda each: each.has_time)


def _begin(day: date) -> datetime:
    """The first moment of a day, here."""
    return datetime.combine(day, time()).astimezone()


def _between(session: Session, since: datetime | None, until: datetime) -> list[Due]:
    columns = (Task.title, Task.due_at, Task.has_time, Task.contact_id, Task.account_id)
    query = select(*columns).where(*is_open(), Task.due_at < until)
    query = query.where(or_(Task.start_at.is_(None), Task.start_at < until))
    if since is not None:
        query = query.where(Task.due_at >= since)
    rows = session.execute(query.order_by(Task.due_at, Task.id)).all()
    people = _read(session, Contact, "full_name", [each.contact_id for each in rows])
    accounts = _read(session, Account, "name", [each.account_id for each in rows])
    found = []
    for each in rows:
        person, account = people.get(each.contact_id, {}), accounts.get(each.account_id, {})
        phone = next(filter(None, (who.get(name) for who in (person, account) for name in REACH)), "")
        address = (person.get("address") or account.get("address") or "").partition("\n")[0]
        names = person.get("full_name", ""), account.get("name", "")
        found.append(Due(each.title, each.due_at, each.has_time, *names, phone, address))
    return found


def _read(
    session: Session, entity: type[Account | Contact], name: str, keys: Sequence[int | None]
) -> dict[int | None, dict[str, str]]:
    """What records are called, where they are and how to call them."""
    fields = [field_named(entity, each) for each in (name, *REACH, "address")]
    found = queries.values(session, entity, fields, list({each for each in keys if each is not None}))
    return {
        key: {each.name: each.kind.show(row[each.name]) if row[each.name] else "" for each in fields}
        for key, row in found.items()
    }


def _table(tasks: Sequence[Due], *, with_day: bool = False) -> Table:
    header = ("", _("When"), _("Task"), _("Contact"), _("Account and address"))
    rows = tuple(
        (
            BOX,
            _when(each, with_day=with_day),
            each.title,
            "\n".join(filter(None, (each.person, each.phone))),
            "\n".join(filter(None, (each.account, each.address))),
        )
        for each in tasks
    )
    return Table(header, rows, (4, 15, 27, 22, 32))


def _when(task: Due, *, with_day: bool) -> str:
    if with_day:
        return words.moment_words(task.due_at, has_time=task.has_time)
    return words.clock(task.due_at) if task.has_time else ""
