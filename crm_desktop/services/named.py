"""Which record is meant by what somebody typed: its number, or all of its name."""

from __future__ import annotations

from sqlalchemy import select

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import _
from crm_desktop.model import Account, Contact
from crm_desktop.store.workspace import Workspace

LARGEST_KEY = 2**63
LONGEST_KEY = 19
"""Digits; Python reads no number of thousands of them."""


def key_of(workspace: Workspace, entity: str, text: str) -> int:
    """The key of the living account or contact; raises Missing for none and Invalid for several of that name."""
    kind: type[Account | Contact] = Contact if entity == "contact" else Account
    named = Contact.full_name if kind is Contact else Account.name
    wanted = text.strip()
    is_number = wanted.isascii() and wanted.isdigit() and len(wanted) <= LONGEST_KEY and int(wanted) < LARGEST_KEY
    with workspace.read() as session:
        living = select(kind.id).where(kind.deleted_at.is_(None)).order_by(kind.id)
        by_number = session.scalar(living.where(kind.id == int(wanted))) if is_number else None
        found = [by_number] if by_number is not None else list(session.scalars(living.where(named == wanted)))
    if not found:
        raise Missing(
            _("There is no “{name}”. Give the whole name, or the number that “find” prints.").format(name=wanted)
        )
    if len(found) > 1:
        message = _("There are {count} called “{name}”. Say which by its number: {numbers}")
        numbers = ", ".join(map(str, found[:20]))
        raise Invalid({"name": message.format(count=len(found), name=wanted, numbers=numbers)})
    return found[0]
