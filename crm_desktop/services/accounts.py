"""What people do with accounts besides editing their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _, ngettext
from crm_desktop.model import Account, Activity, Address, Affiliation, Channel, Contact
from crm_desktop.model.account import CLOSED, PERSON
from crm_desktop.model.activity import SYSTEM
from crm_desktop.services.records import living, make
from crm_desktop.store.workspace import Workspace
from crm_desktop.text import phones
from crm_desktop.text.folding import company_core
from crm_desktop.text.handles import url_domain
from crm_desktop.text.mails import domain

DEEPEST = 1000
MOST_MOVED = 1000
COMMON_DOMAINS = frozenset(
    ("qq.com", "163.com", "126.com", "gmail.com", "outlook.com", "hotmail.com", "sina.com", "foxmail.com", "icloud.com")
)
"""Mail providers: sharing one says nothing about two companies."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A record that may be the same one, told apart by a second line."""

    id: int
    name: str
    line: str
    reason: str


def look_alikes(workspace: Workspace, texts: Mapping[str, str], but: int | None = None) -> list[LookAlike]:
    """Accounts that share the name, the credit code, or the web or mail domain of what is being entered."""
    name, code = texts.get("name", ""), texts.get("credit_code", "").strip()
    site = url_domain(texts.get("website", "")) or domain(texts.get("email", ""))
    tests = []
    if name.strip():
        tests.append((Account.core_key == company_core(name), _("same name")))
    if code:
        tests.append((Account.credit_code == code, _("same credit code")))
    if site and site not in COMMON_DOMAINS:
        tests.append((Account.domain_key == site, _("same domain {domain}").format(domain=site)))
    found: dict[int, LookAlike] = {}
    with workspace.read() as session:
        for test, reason in tests:
            query = select(Account).where(test, Account.deleted_at.is_(None), Account.id != (but or 0)).limit(5)
            for each in session.scalars(query):
                found.setdefault(each.id, LookAlike(each.id, each.name, distinction(session, each), reason))
    return list(found.values())


def distinction(session: Session, account: Account) -> str:
    """What tells an account from another of the same name: its address, parent or credit code."""
    line = session.scalar(
        select(Address.line)
        .where(Address.account_id == account.id, Address.deleted_at.is_(None))
        .order_by(Address.is_primary.desc())
        .limit(1)
    )
    above = session.get(Account, account.parent_id) if account.parent_id else None
    return " · ".join(filter(None, (line, above.name if above else None, account.credit_code)))


def create_person(
    workspace: Workspace, texts: Mapping[str, str], of_account: Mapping[str, str] = MappingProxyType({})
) -> tuple[int, int]:
    """A private customer: one account and its one contact in a single step; gives both keys.

    `texts` are those of the contact, `of_account` what else the account says. Mobile and mail are kept at the contact
    alone and shown at both, so that they cannot differ.
    """
    with workspace.write(_("New person account")) as session:
        account = make(session, Account, {"name": texts.get("full_name", ""), **of_account}, kind=PERSON)
        contact = make(session, Contact, texts, person_account_id=account.id)
        session.add(Affiliation(account_id=account.id, contact_id=contact.id, is_primary=True))
        return account.id, contact.id


def set_parent(workspace: Workspace, account: int, parent: int | None) -> None:
    """Put an account below another one, or at the top; raises Invalid when that would make a circle."""
    move(workspace, [account], parent)


def move(workspace: Workspace, accounts: Sequence[int], parent: int | None) -> int:
    """Put accounts below another one, or at the top, as one step; gives how many were elsewhere.

    An account that is below another of them stays there. Raises Invalid when that would make a circle.
    """
    if len(accounts) > MOST_MOVED:
        message = _("At most {count} accounts can be moved at once.")
        raise Invalid({"parent_id": message.format(count=f"{MOST_MOVED:,}")})
    chosen = set(accounts)
    title = (
        _("Move account")
        if len(chosen) == 1
        else ngettext("Move {count} account", "Move {count} accounts", len(chosen))
    )
    with workspace.write(title) as session:
        found = [living(session, Account, key) for key in dict.fromkeys(accounts)]
        above = living(session, Account, parent) if parent else None
        for each in _upwards(session, above):
            if each.id in chosen:
                message = _("“{name}” cannot stand below itself or below one of its own branches.")
                raise Invalid({"parent_id": message.format(name=each.name)})
        heads = [each for each in found if chosen.isdisjoint(_parents(session, each))]
        moving = [each for each in heads if each.parent_id != parent]
        for each in moving:
            each.parent_id = parent
    return len(moving)


def _upwards(session: Session, account: Account | None) -> Iterator[Account]:
    """An account and those above it, from below up."""
    for _step in range(DEEPEST):
        if account is None:
            return
        yield account
        account = session.get(Account, account.parent_id) if account.parent_id else None


def _parents(session: Session, account: Account) -> Iterator[int]:
    """The accounts above an account."""
    return (each.id for each in _upwards(session, account) if each is not account)


def close(workspace: Workspace, account: int, reason: str = "") -> None:
    """Take an account out of the default lists; its history stays, and a reason stands in its timeline."""
    with workspace.write(_("Close account")) as session:
        record = living(session, Account, account)
        record.status = CLOSED
        if reason:
            text = _("Account closed: {reason}").format(reason=reason)
            session.add(Activity(kind=SYSTEM, summary=text, account_id=record.id, author_id=session.author))


def reopen(workspace: Workspace, account: int) -> None:
    """Bring a closed account back."""
    with workspace.write(_("Reopen account")) as session:
        living(session, Account, account).status = "active"


def person_contact(session: Session, account: int) -> int | None:
    """The one contact of a private customer, None for any other account."""
    return session.scalar(PERSON_OF, {"key": account})


PERSON_OF = (
    select(Contact.id)
    .join(Account, Account.id == Contact.person_account_id)
    .where(Account.id == bindparam("key"), Account.kind == PERSON, Contact.deleted_at.is_(None))
)


def same_mail_domain(workspace: Workspace, account: int) -> str:
    """The domain that the people of an account use in their mail, to complete an unfinished address."""
    query = (
        select(Channel.norm)
        .join(Affiliation, Affiliation.contact_id == Channel.contact_id)
        .where(
            Affiliation.account_id == account, Channel.kind == "email", Channel.norm != "", Channel.deleted_at.is_(None)
        )
    )
    own = select(Channel.norm).where(
        Channel.account_id == account, Channel.kind == "email", Channel.deleted_at.is_(None)
    )
    with workspace.read() as session:
        domains = [domain(mail) for mail in [*session.scalars(query.limit(50)), *session.scalars(own)]]
    usual = [each for each in domains if each and each not in COMMON_DOMAINS]
    return max(set(usual), key=usual.count) if usual else ""


def phone_prefix(workspace: Workspace, account: int) -> str:
    """How the telephone numbers at an account begin, to be offered for a new one: 010-, or +49 89 abroad."""
    with workspace.read() as session:
        number = session.scalar(LANDLINE, {"key": account})
    found = phones.read(number).value if number else None
    if found is None or found.kind != "landline":
        return ""
    country, area, *_rest = [*phones.show(found.raw, found.e164, "").split(), "", ""]
    return f"0{area}-" if found.country == "CN" else f"{country} {area} "


LANDLINE = (
    select(Channel.norm)
    .where(
        Channel.account_id == bindparam("key"),
        Channel.kind == "landline",
        Channel.deleted_at.is_(None),
        Channel.norm != "",
    )
    .order_by(Channel.is_primary.desc(), Channel.id)
    .limit(1)
)
