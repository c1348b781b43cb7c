"""The primary contact of an account: there is one only, the one that is there, else the first that the file names."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.model import Affiliation
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.services.importing.draft import Draft
from crm_desktop.store.lookup import among

FLAG = "is_primary"


class Primaries:
    """Which place of an account may be its primary one."""

    def __init__(self) -> None:
        self._of: dict[int, int] = {}
        self._accounts: dict[int, int] = {}

    def load(self, session: Session, roles: Collection[int], accounts: Collection[int]) -> None:
        """Learn which places are the primary ones of some accounts, and of those that some places are at."""
        at = select(Affiliation.id, Affiliation.account_id).where(Affiliation.id.in_(among(roles)))
        self._accounts = dict(session.execute(at).all())
        wanted = {*accounts, *self._accounts.values()}
        query = select(Affiliation.account_id, Affiliation.id).where(
            Affiliation.is_primary, Affiliation.deleted_at.is_(None), Affiliation.account_id.in_(among(wanted))
        )
        self._of = dict(session.execute(query).all())

    def may_be(self, draft: Draft) -> bool:
        """Whether a place may be the primary one of its account; if so, it is from now on."""
        account = draft.account or self._accounts.get(draft.key)
        if account is None or draft.values.get("status", CURRENT) != CURRENT:
            return False
        return self._of.setdefault(account, draft.key) == draft.key
