"""The people who work with the program; on one laptop, the one local user."""

from __future__ import annotations

from sqlalchemy import select

from crm_desktop.i18n import _
from crm_desktop.model import User
from crm_desktop.store import queries
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.folding import clean

SETUP = "setup"


def local_name(workspace: Workspace) -> str:
    """The name of the one who uses this laptop, empty as long as it is not told."""
    with workspace.read() as session:
        return session.scalar(select(User.name).where(User.id == workspace.author)) or ""


def set_local_name(workspace: Workspace, name: str) -> None:
    """Note who uses this laptop; what was written before keeps its author."""
    text = clean(name)
    if not text:
        return
    with workspace.write(_("Set your name"), SETUP) as session:
        user = session.scalar(select(User).where(User.is_local, User.deleted_at.is_(None)))
        if user is None:
            user = User(name=text, is_local=True)
            session.add(user)
            session.flush()
        user.name = text
        workspace.author = user.id


def add(workspace: Workspace, name: str) -> int:
    """A colleague who can own accounts; gives the key."""
    with workspace.write(_("New user")) as session:
        user = User(name=clean(name))
        session.add(user)
        session.flush()
        return user.id


def everybody(workspace: Workspace) -> list[tuple[int, str]]:
    """Everybody who can own accounts, by key and name."""
    with workspace.read() as session:
        return list(queries.users(session).items())
