"""What was looked at last, ready to be shown again, and the record an activity is shown with."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from crm_desktop.model import Activity, ActivityParty
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
