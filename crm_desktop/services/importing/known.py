"""What an import knows of the data file: loaded once, by the names and numbers that occur in the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from crm_desktop.model import ENTITIES, Account, Affiliation, ChangeItem, ChangeSet, Channel, Contact
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.fields import fields_of
from crm_desktop.services.importing.asked import Asked
from crm_desktop.services.importing.draft import NOTHING
from crm_desktop.services.importing.foreign import Foreign
from crm_desktop.services.importing.held import Held
from crm_desktop.services.importing.parts import LEAVES, Leaf
from crm_desktop.store import filtering, queries
from crm_desktop.store.lookup import among
from crm_desktop.text.folding import company_core, fold

TO_BE_MADE = 0
"""The affiliation of somebody who is not at an account yet."""
NOWHERE: Mapping[int, int] = {}
PAGE = 2000
Told = tuple[str, int, str]
"""What tells a leaf: the kind of record that it hangs on, its number, and the leaf's own text."""


T = TypeVar("T")


class Register(Generic[T]):
    """Which records something is known of: nearly always one, so that a list is only made for more."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[T, int | list[int]] = {}

    def add(self, sign: T, key: int) -> None:
        """Note one more record."""
        there = self._found.get(sign)
        if there is None:
            self._found[sign] = key
        elif isinstance(there, list):
            there.append(key)
        else:
            self._found[sign] = [there, key]

    def of(self, sign: T) -> Sequence[int]:
        """The records, in the order in which they became known."""
        found = self._found.get(sign)
        if found is None:
            return ()
        return found if isinstance(found, list) else (found,)


class Reach:
    """Which records can be reached by a number, address or handle, each given with its kind."""

    def __init__(self) -> None:
        self._by_kind: dict[str, Register[str]] = defaultdict(Register)

    def add(self, sign: tuple[str, str], key: int) -> None:
        """Note one more record, unless it is known."""
        kind, norm = sign
        found = self._by_kind[kind]
        if key not in found.of(norm):
            found.add(norm, key)

    def of(self, sign: tuple[str, str]) -> Sequence[int]:
        """The records, in the order in which they became known."""
        kind, norm = sign
        return self._by_kind[kind].of(norm)


@dataclass(slots=True)
class Known:
    """Accounts and contacts by what they are recognised by; new ones of the file join in with negative numbers."""

    accounts: dict[int, str] = field(default_factory=dict)
    """The names of accounts."""
    contacts: dict[int, str] = field(default_factory=dict)
    leaves: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """The living records of each kind that rows name by their identity."""
    told: dict[str, dict[Told, tuple[tuple[int, Any], ...]]] = field(default_factory=lambda: defaultdict(dict))
    """Leaves by what tells them, each with the value of the field that must agree, too."""
    parties: dict[int, dict[int, str]] = field(default_factory=dict)
    """The people of each leaf that is named by its identity."""
    by_core: Register[str] = field(default_factory=Register)
    by_code: dict[str, int] = field(default_factory=dict)
    by_name: Register[str] = field(default_factory=Register)
    by_key: Reach = field(default_factory=Reach)
    foreign: Foreign = field(default_factory=Foreign)
    persons: set[int] = field(default_factory=set)
    """The private customers among the accounts that have their contact."""
    roles: dict[int, int | dict[int, int]] = field(default_factory=dict)
    """The affiliations of a contact by account; of somebody who is to be made at one account only, that account."""
    role_values: Held = field(default_factory=Held)
    made: int = 0

    def new(self) -> int:
        """A number for a record that is to be made."""
        self.made += 1
        return -self.made

    def add_account(self, key: int, name: str, core: str) -> None:
        """Note an account."""
        self.accounts[key] = name
        self.by_core.add(core, key)

    def add_contact(self, key: int, name: str, folded: str) -> None:
        """Note a contact."""
        self.contacts[key] = name
        if folded:
            self.by_name.add(folded, key)

    def add_keys(self, contact: int, keys: Iterable[tuple[str, str]]) -> None:
        """Note how a contact can be reached."""
        for each in keys:
            self.by_key.add(each, contact)

    def add_role(self, contact: int, account: int, role: int) -> None:
        """Note where a contact is, unless it is known."""
        there = self.roles.get(contact)
        if there is None and role == TO_BE_MADE:
            self.roles[contact] = account
        elif there is None:
            self.roles[contact] = {account: role}
        elif isinstance(there, dict):
            there.setdefault(account, role)
        elif there != account:
            self.roles[contact] = {there: TO_BE_MADE, account: role}

    def places(self, contact: int) -> Mapping[int, int]:
        """The affiliations of a contact by account."""
        found = self.roles.get(contact)
        if found is None:
            return NOWHERE
        return found if isinstance(found, dict) else {found: TO_BE_MADE}

    def main_account(self, contact: int) -> int | None:
        """Where a contact is, first of all: the rule of the derived column `main_affiliation_id`."""
        roles = self.places(contact)
        if not roles:
            return None

        def rank(account: int) -> tuple[bool, bool, int]:
            role = roles[account]
            status = (self.role_values.get("affiliation", role) or NOTHING).get("status", CURRENT)
            return status != CURRENT, role == TO_BE_MADE, role

        return min(roles, key=rank)


class Cores(dict[str, str]):
    """What tells companies from others, by their names, each worked out once; a name of signs only is its own."""

    def __missing__(self, name: str) -> str:
        core = self[name] = company_core(name) or name
        return core


class Folded(dict[str, str]):
    """Folded names, each worked out once."""

    def __missing__(self, name: str) -> str:
        folded = self[name] = fold(name)
        return folded


@dataclass(frozen=True, slots=True)
class Names:
    """The spellings by which names of companies and people are compared."""

    core: Cores = field(default_factory=Cores)
    fold: Folded = field(default_factory=Folded)


def load(session: Session, asked: Asked, names: Names, kinds: Sequence[str]) -> Known:
    """All that the rows may refer to; `kinds` are the keys of matching that are ways to reach somebody."""
    known = Known()
    _load_contacts(session, known, asked, names, _load_keys(session, known, asked, kinds))
    _load_accounts(session, known, asked, names, _load_roles(session, known))
    for leaf in LEAVES:
        _load_leaves(session, known, leaf, asked.ids[leaf.entity])
    _load_identities(session, known, asked)
    return known


def _load_identities(session: Session, known: Known, asked: Asked) -> None:
    """Which of the identities in the sheet are ours."""
    there: dict[str, Collection[int]] = {"account": known.accounts, "contact": known.contacts, **known.leaves}
    if asked.ids["affiliation"]:
        there["affiliation"] = set(living(session, "affiliation", asked.ids["affiliation"]))
    for entity, keys in there.items():
        for key in asked.ids[entity]:
            if key in keys:
                known.foreign.note(entity, key, key)
    if asked.persons:
        query = select(Contact.person_account_id).where(filtering.living(Contact))
        found = session.scalars(query.where(Contact.person_account_id.in_(among(asked.persons))))
        known.persons.update(each for each in found if each is not None)


def _load_keys(session: Session, known: Known, asked: Asked, kinds: Sequence[str]) -> set[int]:
    """How living contacts can be reached, as far as the sheet has it; gives these contacts."""
    query = select(Contact.id, Channel.kind, Channel.norm, Channel.ext).join(
        Contact, (Contact.id == Channel.contact_id) & Contact.deleted_at.is_(None)
    )
    query = query.where(Channel.kind.in_(kinds), Channel.deleted_at.is_(None))
    reached, shared = set(), {norm: norm for norm in asked.norms if norm}
    rows = session.execute(query.where(Channel.norm.in_(among(shared))).order_by(Channel.id))
    for key, kind, norm, ext in rows.yield_per(PAGE):
        known.by_key.add((intern(kind), f"{norm}#{ext}" if ext else shared[norm]), key)
        reached.add(key)
    return reached


def _load_contacts(session: Session, known: Known, asked: Asked, names: Names, reached: set[int]) -> None:
    folded = {names.fold[each] for each in asked.people}
    living = select(Contact.id, Contact.full_name).where(Contact.deleted_at.is_(None))
    found = dict(session.execute(living.where(Contact.name_key.in_(among(folded)))).all())
    found |= dict(session.execute(living.where(Contact.id.in_(among(asked.ids["contact"] | reached)))).all())
    for key in sorted(found):
        known.add_contact(key, found[key], names.fold[found[key]])


def _load_roles(session: Session, known: Known) -> set[int]:
    """The affiliations of all known contacts; gives the accounts they are at."""
    fields = [each for each in fields_of(Affiliation) if each.origin is None]
    columns = inspect(Affiliation).columns
    query = select(
        Affiliation.id, Affiliation.contact_id, Affiliation.account_id, *(columns[each.name] for each in fields)
    )
    query = query.where(Affiliation.deleted_at.is_(None), Affiliation.contact_id.in_(among(known.contacts)))
    own = [each for each in fields_of(Affiliation) if each.origin]
    accounts = set()
    rows = session.execute(query.order_by(Affiliation.status != CURRENT, Affiliation.id))
    for page in rows.yield_per(PAGE).partitions():
        held = {}
        for key, contact, account, *values in page:
            known.add_role(contact, account, key)
            held[key] = {each.name: value for each, value in zip(fields, values, strict=True)}
            accounts.add(account)
        for key, more in queries.values(session, Affiliation, own, sorted(held)).items() if own else ():
            held[key] |= more
        known.role_values.put("affiliation", held)
    return accounts


def _load_accounts(session: Session, known: Known, asked: Asked, names: Names, ids: set[int]) -> None:
    cores = {names.core[each] for each in asked.companies}
    ids = ids | asked.ids["account"]
    living = select(Account.id, Account.name, Account.credit_code).where(Account.deleted_at.is_(None))
    found: dict[int, tuple[str, str | None]] = {}
    for column, keys in ((Account.core_key, cores), (Account.credit_code, asked.codes), (Account.id, ids)):
        for key, name, code in session.execute(living.where(column.in_(among(keys)))) if keys else ():
            found[key] = (name, code)
    for key in sorted(found):
        name, code = found[key]
        known.add_account(key, name, names.core[name])
        if code:
            known.by_code.setdefault(code, key)


def parents(session: Session) -> Mapping[int, int]:
    """The parent of every account that has one."""
    query = select(Account.id, Account.parent_id).where(Account.parent_id.is_not(None), Account.deleted_at.is_(None))
    return {key: parent for key, parent in session.execute(query) if parent is not None}


def _load_leaves(session: Session, known: Known, leaf: Leaf, ids: set[int]) -> None:
    """The living records that rows name by their identity, and who takes part in them."""
    known.leaves[leaf.entity].update(living(session, leaf.entity, ids))
    load_parties(session, known, leaf, known.leaves[leaf.entity])


def living(session: Session, entity: str, ids: Iterable[int]) -> Iterable[int]:
    """Those of some records that are not in the bin."""
    found = ENTITIES[entity]
    return session.scalars(select(found.id).where(found.deleted_at.is_(None), found.id.in_(among(ids))))


def is_known(session: Session, entity: str, ids: Iterable[int]) -> bool:
    """Whether any of some identities is ours, be its record in the bin."""
    found = ENTITIES[entity]
    return session.scalar(select(found.id).where(found.id.in_(among(ids))).limit(1)) is not None


def withdrawn(session: Session, entity: str, ids: Iterable[int]) -> Iterable[int]:
    """Those of some records that are in the bin because the import that made them was undone."""
    found = ENTITIES[entity]
    query = select(found.id).join(ChangeItem, (ChangeItem.row_id == found.id) & (ChangeItem.entity == entity))
    query = query.join(ChangeSet, ChangeSet.id == ChangeItem.set_id)
    query = query.where(found.id.in_(among(ids)), found.deleted_at.is_not(None), ChangeItem.op == "insert")
    return session.scalars(query.where(ChangeSet.kind == "import", ChangeSet.undone_by.is_not(None)))


def load_parties(session: Session, known: Known, leaf: Leaf, keys: Iterable[int]) -> None:
    """Who takes part in some leaves."""
    if leaf.parties:
        link = ENTITIES[leaf.parties]
        owner, contact = (inspect(link).columns[name] for name in (f"{leaf.entity}_id", "contact_id"))
        query = select(owner, Contact.id, Contact.full_name).join(Contact, Contact.id == contact)
        query = query.where(link.deleted_at.is_(None), owner.in_(among(keys))).order_by(link.id)
        for key, person, name in session.execute(query).yield_per(PAGE):
            known.parties.setdefault(key, {})[person] = name


def load_told(session: Session, known: Known, leaf: Leaf, owners: Mapping[str, set[int]], texts: set[str]) -> None:
    """The leaves with one of some texts that hang on some records."""
    told, shared = known.told[leaf.entity], {text: text for text in texts}
    for query, entity, owner in _told_by(leaf) if texts else ():
        found = session.execute(query.where(owner.in_(among(owners[entity]))))
        for key, leaf_key, text, other in found.yield_per(PAGE):
            if text in shared:
                sign = (entity, key, shared[text])
                told[sign] = (*told.get(sign, ()), (leaf_key, other))


def _told_by(leaf: Leaf) -> Iterator[tuple[Select[Any], str, Any]]:
    """Queries for the owner, key, text and second sign of leaves, by kind of owner."""
    entity = ENTITIES[leaf.entity]
    columns = inspect(entity).columns
    signs = (entity.id, columns[leaf.needs], columns[leaf.told_by])
    for owner, name in leaf.owners.items():
        column = columns[name]
        yield select(column, *signs).where(entity.deleted_at.is_(None)).order_by(entity.id), owner, column
    if leaf.parties:
        link = ENTITIES[leaf.parties]
        contact, joined = (inspect(link).columns[name] for name in ("contact_id", f"{leaf.entity}_id"))
        query = select(contact, *signs).join(link, joined == entity.id)
        query = query.where(entity.deleted_at.is_(None), link.deleted_at.is_(None)).order_by(entity.id)
        yield query, "contact", contact
