"""What an import knows of the data file: loaded once, by the names and numbers that occur in the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from crm_desktop.model import Account, Activity, Affiliation, Channel, Contact
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.fields import fields_of
from crm_desktop.services.importing.reading import Line, keys_of
from crm_desktop.text.folding import company_core, fold

PAGE = 500
KEYS = ("mobile", "email", "wechat")
TO_BE_MADE = 0
"""The affiliation of somebody who is not at an account yet."""
T = TypeVar("T")


@dataclass(slots=True)
class Known:
    """Accounts and contacts by what they are recognised by; new ones of the file join in with negative numbers."""

    accounts: dict[int, str] = field(default_factory=dict)
    """The names of accounts."""
    contacts: dict[int, str] = field(default_factory=dict)
    activities: set[int] = field(default_factory=set)
    by_core: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_code: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    roles: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    """The affiliations of a contact by account."""
    role_values: dict[int, dict[str, Any]] = field(default_factory=dict)
    made: int = 0

    def new(self) -> int:
        """A number for a record that is to be made."""
        self.made += 1
        return -self.made

    def add_account(self, key: int, name: str) -> None:
        """Note an account."""
        self.accounts[key] = name
        self.by_core[core_of(name)].append(key)

    def add_contact(self, key: int, name: str) -> None:
        """Note a contact."""
        self.contacts[key] = name
        if name:
            self.by_name[fold(name)].append(key)

    def add_keys(self, contact: int, keys: Iterable[tuple[str, str]]) -> None:
        """Note how a contact can be reached."""
        for each in keys:
            if contact not in self.by_key[each]:
                self.by_key[each].append(contact)

    def main_account(self, contact: int) -> int | None:
        """Where a contact is, first of all: the rule of the derived column `main_affiliation_id`."""
        roles = self.roles.get(contact)
        if not roles:
            return None

        def rank(account: int) -> tuple[bool, bool, int]:
            role = roles[account]
            status = self.role_values.get(role, {}).get("status", CURRENT)
            return status != CURRENT, role == TO_BE_MADE, role

        return min(roles, key=rank)


def core_of(name: str) -> str:
    """What tells a company from others; a name of signs only is its own."""
    return company_core(name) or name


def load(session: Session, lines: Sequence[Line]) -> Known:
    """All that the lines may refer to."""
    known = Known()
    ids: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        for entity, key in line.ids.items():
            ids[entity].add(key)
    keys: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, kind, norm, ext in _channels(session, lines):
        keys[key].append((kind, f"{norm}#{ext}" if ext else norm))
    _load_contacts(session, known, lines, ids["contact"] | set(keys))
    for key, found in keys.items():
        if key in known.contacts:
            known.add_keys(key, found)
    affiliated = _load_roles(session, known)
    _load_accounts(session, known, lines, ids["account"] | affiliated)
    living = select(Activity.id).where(Activity.deleted_at.is_(None))
    for page in pages(ids["activity"]):
        known.activities.update(session.scalars(living.where(Activity.id.in_(page))))
    return known


def pages(keys: Iterable[T]) -> Iterator[list[T]]:
    """The different keys, so many at a time as one query takes; in order, so that the same file gives the same plan."""
    ordered = sorted(set(keys))  # type: ignore[type-var] # numbers or texts
    for start in range(0, len(ordered), PAGE):
        yield ordered[start : start + PAGE]


def _channels(session: Session, lines: Sequence[Line]) -> Iterator[Sequence[Any]]:
    norms = {key.partition("#")[0] for line in lines for _kind, key in keys_of(line.parts.get("contact", {}), KEYS)}
    query = select(Channel.contact_id, Channel.kind, Channel.norm, Channel.ext).where(
        Channel.contact_id.is_not(None), Channel.kind.in_(KEYS), Channel.deleted_at.is_(None)
    )
    for page in pages(norms):
        yield from session.execute(query.where(Channel.norm.in_(page)).order_by(Channel.id))


def _load_contacts(session: Session, known: Known, lines: Sequence[Line], ids: set[int]) -> None:
    names = {fold(line.person) for line in lines if line.person}
    query = select(Contact.id, Contact.full_name).where(Contact.deleted_at.is_(None))
    found: dict[int, str] = {}
    for page in pages(names):
        found.update((key, name) for key, name in session.execute(query.where(Contact.name_key.in_(page))))
    for numbers in pages(ids):
        found.update((key, name) for key, name in session.execute(query.where(Contact.id.in_(numbers))))
    for key in sorted(found):
        known.add_contact(key, found[key])


def _load_roles(session: Session, known: Known) -> set[int]:
    """The affiliations of all known contacts; gives the accounts they are at."""
    fields = fields_of(Affiliation)
    columns = inspect(Affiliation).columns
    query = select(
        Affiliation.id, Affiliation.contact_id, Affiliation.account_id, *(columns[each.name] for each in fields)
    )
    query = query.where(Affiliation.deleted_at.is_(None)).order_by(Affiliation.status != CURRENT, Affiliation.id)
    accounts = set()
    for page in pages(known.contacts):
        for key, contact, account, *values in session.execute(query.where(Affiliation.contact_id.in_(page))):
            known.roles[contact].setdefault(account, key)
            known.role_values[key] = dict(zip((each.name for each in fields), values, strict=True))
            accounts.add(account)
    return accounts


def _load_accounts(session: Session, known: Known, lines: Sequence[Line], ids: set[int]) -> None:
    names = {line.company for line in lines if line.company} | {line.parent for line in lines if line.parent}
    codes = {code for line in lines if (code := line.value("account", "credit_code"))}
    query = select(Account.id, Account.name, Account.credit_code).where(Account.deleted_at.is_(None))
    found: dict[int, tuple[str, str | None]] = {}
    for page in pages(core_of(each) for each in names):
        found.update(
            (key, (name, code)) for key, name, code in session.execute(query.where(Account.core_key.in_(page)))
        )
    for page in pages(codes):
        found.update(
            (key, (name, code)) for key, name, code in session.execute(query.where(Account.credit_code.in_(page)))
        )
    for numbers in pages(ids):
        found.update((key, (name, code)) for key, name, code in session.execute(query.where(Account.id.in_(numbers))))
    for key in sorted(found):
        name, code = found[key]
        known.add_account(key, name)
        if code:
            known.by_code.setdefault(code, key)


def parents(session: Session) -> Mapping[int, int]:
    """The parent of every account that has one."""
    query = select(Account.id, Account.parent_id).where(Account.parent_id.is_not(None), Account.deleted_at.is_(None))
    return {key: parent for key, parent in session.execute(query) if parent is not None}


def said_before(
    session: Session, accounts: Iterable[int], contacts: Iterable[int], texts: set[str]
) -> set[tuple[str, int, str]]:
    """Which of some texts are in the timelines of these records: (kind of record, its key, text)."""
    from crm_desktop.model import ActivityParty

    found: set[tuple[str, int, str]] = set()
    if not texts:
        return found
    own = select(Activity.account_id, Activity.summary).where(Activity.deleted_at.is_(None))
    for page in pages(accounts):
        rows = session.execute(own.where(Activity.account_id.in_(page)))
        found.update(("account", key, text) for key, text in rows if key is not None and text in texts)
    joined = select(ActivityParty.contact_id, Activity.summary).join(Activity, Activity.id == ActivityParty.activity_id)
    joined = joined.where(Activity.deleted_at.is_(None), ActivityParty.deleted_at.is_(None))
    for page in pages(contacts):
        found.update(
            ("contact", key, text)
            for key, text in session.execute(joined.where(ActivityParty.contact_id.in_(page)))
            if text in texts
        )
    return found
