"""What was looked at last, ready to be shown again, and the record an activity or a file is shown with."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from crm_desktop.model import Activity, ActivityParty, Attachment, Task
from crm_desktop.services import records
from crm_desktop.services.finding import ACCOUNT, CONTACT, SHOW, Hit
from crm_desktop.store import briefs
from crm_desktop.store.workspace import Workspace

Place = tuple[str, int]
"""An entity and a key."""


def living(workspace: Workspace, places: Sequence[Place]) -> list[Hit]:
    """The accounts and contacts among `places` that are still there, in the same order."""
    found: dict[Place, Hit] = {}
    with workspace.read() as session:
        connection = session.connection()
        for entity in (ACCOUNT, CONTACT):
            there = briefs.living(connection, entity, [key for each, key in places if each == entity])
            for key, shown in SHOW[entity](connection, there).items():
                found[entity, key] = Hit(entity, key, shown.name, shown.subtitle)
    return [found[each] for each in places if each in found]


def subject_of(workspace: Workspace, activity: int) -> Place | None:
    """The account an activity belongs to, or else the first person who took part in it."""
    with workspace.read() as session:
        account = session.scalar(select(Activity.account_id).where(Activity.id == activity))
        if account is not None:
            return "account", account
        parties = select(ActivityParty.contact_id).where(ActivityParty.activity_id == activity)
        parties = parties.where(ActivityParty.deleted_at.is_(None)).order_by(ActivityParty.id).limit(1)
        contact = session.scalar(parties)
        return ("contact", contact) if contact is not None else None


def subject_of_file(workspace: Workspace, attachment: int) -> Place | None:
    """The account or contact that a file, or the talk or task it was attached to, belongs to."""
    with workspace.read() as session:
        file = records.living(session, Attachment, attachment)
        task = session.get(Task, file.task_id) if file.task_id is not None else None
        for holder in (file, task):
            if holder is not None and holder.account_id is not None:
                return "account", holder.account_id
            if holder is not None and holder.contact_id is not None:
                return "contact", holder.contact_id
        talk = file.activity_id
    return subject_of(workspace, talk) if talk is not None else None
