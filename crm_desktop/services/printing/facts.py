"""What is known of an account or a contact that somebody goes to see, or hands over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Missing
from crm_desktop.i18n import _
from crm_desktop.model import Account, Affiliation, Contact, Entity, Task
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.fields import field_named
from crm_desktop.model.kinds import LinkTo
from crm_desktop.services.accounts import person_contact
from crm_desktop.services.printing import words
from crm_desktop.services.printing.document import Fact
from crm_desktop.store import queries
from crm_desktop.store.workspace import Workspace

OF_ACCOUNT = ("name", "level", "status", "industry", "owner_id", "phone", "mobile", "email", "website", "address")
OF_CONTACT = ("full_name", "mobile", "phone", "wechat", "email", "address", "owner_id", "do_not_call", "do_not_mail")
WISHES = ("do_not_call", "do_not_mail")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at an account, and how to reach them."""

    id: int
    name: str
    title: str = ""
    department: str = ""
    role: str = ""
    attitude: str = ""
    left: str = ""
    """That they have left, in words; empty for all others."""
    reach: tuple[str, ...] = ()
    """Phones, mails and WeChat, and what they do not want."""
    email: str = ""
    address: str = ""
    owner: str = ""

    @property
    def place(self) -> str:
        """Job title and department."""
        return words.joined(self.title, self.department)

    @property
    def part(self) -> str:
        """What somebody is, and what they think of us."""
        return words.joined(self.role, self.attitude, self.left)


@dataclass(frozen=True, slots=True)
class Step:
    """Something still to be done."""

    title: str
    due_at: datetime | None
    has_time: bool
    person: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a paper is about: an account, or a contact and where they work."""

    entity: str
    key: int
    name: str
    account: Mapping[str, str]
    """The fields of the account as words, by name; empty for somebody who works nowhere."""
    person: Person | None
    """The contact, or whom one sees first at the account."""
    others: tuple[Person, ...]
    steps: tuple[Step, ...]

    def key_as(self, entity: str) -> int | None:
        """The key if it is a record of this kind."""
        return self.key if self.entity == entity else None

    @property
    def address(self) -> str:
        """Where to go: to the contact's office, else to the account; the first address of several."""
        own = self.person.address if self.person and self.entity == "contact" else ""
        return (own or self.account.get("address", "")).partition("\n")[0]


def subject_of(workspace: Workspace, entity: str, key: int) -> Subject:
    """All that is known of an account or contact; raises Missing when it is gone."""
    kind = Contact if entity == "contact" else Account
    with workspace.read() as session:
        if session.scalar(select(kind.id).where(kind.id == key, kind.deleted_at.is_(None))) is None:
            raise Missing(_("This record has been deleted."))
        account = _main_account(session, key) if kind is Contact else key
        shown = _shown(session, Account, OF_ACCOUNT, [account])[account] if account else {}
        people = _people(session, account, key if kind is Contact else None)
        first = _first(session, people, kind, key)
        others = tuple(each for each in people if each is not first)
        name = shown["name"] if kind is Account else first.name if first else ""
        mine = (key,) if kind is Contact else tuple(each.id for each in people)
        steps = _steps(session, None if kind is Contact else key, mine)
    return Subject(entity, key, name, shown, first, others, steps)


def _first(session: Session, people: Sequence[Person], kind: type[Entity], key: int) -> Person | None:
    """Whom one goes to see: the contact, a private customer in person, or the primary contact of a company."""
    wanted = key if kind is Contact else person_contact(session, key)
    if wanted is not None:
        return next((each for each in people if each.id == wanted), None)
    return next((each for each in people if not each.left), None)


def _main_account(session: Session, contact: int) -> int | None:
    main = select(Affiliation.account_id).join(Contact, Contact.main_affiliation_id == Affiliation.id)
    living = main.join(Account, Account.id == Affiliation.account_id).where(Account.deleted_at.is_(None))
    return session.scalar(living.where(Contact.id == contact))


def _shown(session: Session, entity: type[Entity], names: Iterable[str], keys: Sequence[int]) -> dict[int, Any]:
    """Fields of some records as words."""
    fields = [field_named(entity, each) for each in names]
    found = queries.values(session, entity, fields, keys)
    people = queries.users(session)
    return {
        key: {
            each.name: people.get(row[each.name] or 0, "")
            if isinstance(each.kind, LinkTo)
            else each.kind.show(row[each.name])
            if row[each.name]
            else ""
            for each in fields
        }
        for key, row in found.items()
    }


def _people(session: Session, account: int | None, contact: int | None) -> list[Person]:
    """Who works and worked at an account, the current and primary ones first, and a contact in any case."""
    links = _links(session, account) if account else []
    keys = list(dict.fromkeys(each.contact_id for each in links))
    alone = contact if contact is not None else person_contact(session, account) if account else None
    if alone is not None and alone not in keys:
        keys.append(alone)
    shown = _shown(session, Contact, OF_CONTACT, keys)
    by_key = {each.contact_id: each for each in reversed(links)}
    return [_person(key, shown[key], by_key.get(key)) for key in keys]


def _links(session: Session, account: int) -> Sequence[Affiliation]:
    query = select(Affiliation).join(Contact, Contact.id == Affiliation.contact_id)
    living = query.where(Affiliation.deleted_at.is_(None), Contact.deleted_at.is_(None))
    order = (Affiliation.status != CURRENT, Affiliation.is_primary.desc(), Contact.sort_key, Affiliation.id)
    return session.scalars(living.where(Affiliation.account_id == account).order_by(*order)).all()


def _person(key: int, shown: Mapping[str, str], link: Affiliation | None) -> Person:
    wechat = f"{field_named(Contact, 'wechat').label} {shown['wechat']}" if shown["wechat"] else ""
    wishes = (field_named(Contact, each).label for each in WISHES if shown[each])
    reach = (shown["mobile"], shown["phone"], wechat, shown["email"], *wishes)
    at = link or Affiliation(status=CURRENT)
    return Person(
        key,
        shown["full_name"],
        at.title or "",
        at.department or "",
        words.pick("decision_role", at.decision_role),
        words.pick("attitude", at.attitude),
        words.pick("affiliation_status", at.status) if at.status != CURRENT else "",
        tuple(filter(None, reach)),
        shown["email"],
        shown["address"],
        shown["owner_id"],
    )


def _steps(session: Session, account: int | None, people: Sequence[int]) -> tuple[Step, ...]:
    """What is still to be done with an account and its people, or with one person; what is due first comes first."""
    mine: list[ColumnElement[bool]] = [Task.contact_id.in_(queries.among(people))]
    if account is not None:
        mine.append(Task.account_id == account)
    columns = (Task.title, Task.due_at, Task.has_time, Contact.full_name)
    query = select(*columns).outerjoin(Contact, Contact.id == Task.contact_id)
    query = query.where(or_(*mine), Task.done_at.is_(None), Task.deleted_at.is_(None))
    found = session.execute(query.order_by(Task.due_at.is_(None), Task.due_at, Task.id))
    return tuple(Step(title, due_at, has_time, person or "") for title, due_at, has_time, person in found)


def known(*facts: Fact) -> tuple[Fact, ...]:
    """Those facts of which something is known."""
    return tuple(each for each in facts if each.text or each.strong)


def step_words(step: Step, *, with_person: bool = True) -> str:
    """Something to be done in one line: when, what, with whom."""
    when = words.moment_words(step.due_at, has_time=step.has_time)
    return words.joined(when, step.title, step.person if with_person else "")
