"""The accounts above and below an account, each as a line beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from crm_desktop.model import Account
from crm_desktop.model.account import CLOSED
from crm_desktop.store.workspace import Workspace

MOST = 200
"""How many branches an account shows beside the tree, which has them all."""
BRANCH = select(Account.id, Account.name, Account.level, Account.status)
ONE = BRANCH.where(Account.id == bindparam("key"))
IS_BELOW = (Account.parent_id == bindparam("key"), Account.deleted_at.is_(None))
BELOW = BRANCH.where(*IS_BELOW).order_by(Account.sort_key, Account.id).limit(MOST)
COUNT_BELOW = select(func.count(Account.id)).where(*IS_BELOW)


@dataclass(frozen=True, slots=True)
class Branch:
    """Another account above or below."""

    id: int
    name: str
    level: str
    is_closed: bool


def one(workspace: Workspace, account: int) -> Branch | None:
    """An account as such a line; None where there is none."""
    with workspace.read() as session:
        found = session.execute(ONE, {"key": account}).first()
        return _branch(found) if found else None


def below(workspace: Workspace, account: int) -> tuple[list[Branch], int]:
    """The first branches of an account, and how many there are."""
    with workspace.read() as session:
        found = [_branch(each) for each in session.execute(BELOW, {"key": account})]
        count = len(found) if len(found) < MOST else session.scalar(COUNT_BELOW, {"key": account}) or 0
        return found, count


def _branch(row: Row[*tuple[Any, ...]]) -> Branch:
    return Branch(row.id, row.name, row.level or "", row.status == CLOSED)
