"""What people do with contacts and their places at accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Affiliation, Channel, Contact
from crm_desktop.model.account import CLOSED
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.fields import field_named
from crm_desktop.services.accounts import LookAlike
from crm_desktop.services.addresses import share_office
from crm_desktop.services.records import check, living, make
from crm_desktop.services.values import put
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.findings import Finding, Severity
from crm_desktop.text.folding import company_core, fold

AFFILIATION = ("title", "department")
MOST_TITLES = 200
TYPE_BY_ACCOUNT = {"supplier": "supplier", "partner": "partner", "customer": "existing", "prospect": "prospect"}


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a contact works or worked, as pages show it."""

    id: int
    account_id: int
    account: str
    contact_id: int
    contact: str
    title: str
    department: str
    decision_role: str
    status: str
    is_primary: bool
    from_date: date | None
    to_date: date | None


def create(
    workspace: Workspace, texts: Mapping[str, str], account: int | None = None, account_name: str = ""
) -> tuple[int, int | None]:
    """A new contact, linked to an account by key or by name (made if there is none); gives both keys."""
    with workspace.write(_("New contact")) as session:
        if account is None and account_name.strip():
            account = account_called(session, account_name)
        return _make(session, texts, account).id, account


def create_at(workspace: Workspace, account: int, texts: Mapping[str, str]) -> int:
    """A new contact as made on an account's page, whose office address is the account's; gives its key."""
    with workspace.write(_("New contact")) as session:
        contact = _make(session, texts, account)
        if not texts.get("address", "").strip():
            share_office(session, contact.id, account)
        return contact.id


def _make(session: Writing, texts: Mapping[str, str], account: int | None) -> Contact:
    own = {name: text for name, text in texts.items() if name not in AFFILIATION}
    if account is not None and "types" not in own:
        own |= _usual_type(session, account)
    contact: Contact = make(session, Contact, own)
    if account is not None:
        link = affiliate(session, contact.id, account)
        for name in AFFILIATION:
            if texts.get(name, "").strip():
                setattr(link, name, check(Affiliation, name, texts[name]).value)
    elif texts.get("title", "").strip():
        contact.note = "\n".join(filter(None, (contact.note, texts["title"].strip())))
    return contact


def _usual_type(session: Session, account: int) -> dict[str, str]:
    found = session.get(Account, account)
    types = [TYPE_BY_ACCOUNT[each] for each in (found.types if found else None) or () if each in TYPE_BY_ACCOUNT]
    return {"types": ",".join(types)} if types else {}


def account_called(session: Writing, name: str) -> int:
    """The living account of this name, without regard to 有限公司 and the like; made if there is none."""
    query = select(Account.id).where(Account.core_key == company_core(name), Account.deleted_at.is_(None))
    found = session.scalar(query.order_by(Account.status == CLOSED, Account.id).limit(1))
    return found if found is not None else make(session, Account, {"name": name}).id


def affiliate(session: Writing, contact: int, account: int) -> Affiliation:
    """Link a contact to an account; the first at the account becomes its primary contact."""
    living(session, Account, account)
    query = select(Affiliation).where(Affiliation.account_id == account, Affiliation.deleted_at.is_(None))
    others = session.scalars(query).all()
    same = next((each for each in others if each.contact_id == contact and each.status == CURRENT), None)
    if same:
        return same
    link = Affiliation(account_id=account, contact_id=contact, is_primary=not any(each.is_primary for each in others))
    session.add(link)
    session.flush()
    return link


def link(workspace: Workspace, contact: int, account: int) -> int:
    """Link an existing contact to an account; gives the key of the affiliation."""
    with workspace.write(_("Link contact to account")) as session:
        living(session, Contact, contact)
        return affiliate(session, contact, account).id


def unlink(workspace: Workspace, affiliation: int) -> None:
    """Take back a link that never was right; somebody who left keeps it with `leave`."""
    with workspace.write(_("Unlink contact from account")) as session:
        session.remove(living(session, Affiliation, affiliation))


def change_link(workspace: Workspace, affiliation: int, name: str, text: str) -> tuple[Finding, ...]:
    """Have one field of an affiliation say `text`; raises Invalid for an impossible value."""
    found = check(Affiliation, name, text)
    if found.worst == Severity.BLOCK or (found.value is None and text.strip()):
        raise Invalid({name: "\n".join(each.text for each in found.findings)})
    with workspace.write(_("Edit {field}").format(field=field_named(Affiliation, name).label)) as session:
        record = living(session, Affiliation, affiliation)
        put(session, record, field_named(Affiliation, name), found.value)
        if record.from_date and record.to_date and record.to_date < record.from_date:
            raise Invalid({name: _("The end is before the beginning.")})
    return found.findings


def make_primary(workspace: Workspace, affiliation: int) -> None:
    """Have this be the account's one primary contact."""
    with workspace.write(_("Change primary contact")) as session:
        record = living(session, Affiliation, affiliation)
        if record.status != CURRENT:
            raise Invalid({"is_primary": _("Somebody who has left cannot be the primary contact.")})
        query = select(Affiliation).where(Affiliation.account_id == record.account_id, Affiliation.is_primary)
        for other in session.scalars(query.where(Affiliation.deleted_at.is_(None))):
            other.is_primary = False
        session.flush()
        record.is_primary = True


def places(workspace: Workspace, *, contact: int | None = None, account: int | None = None) -> list[Place]:
    """Where a contact works and worked, or who works and worked at an account; the current and primary ones first."""
    statement, key = (PLACES_OF_CONTACT, contact) if contact else (PLACES_AT_ACCOUNT, account)
    with workspace.read() as session:
        return [Place(*tuple(each)) for each in session.execute(statement, {"key": key})]


PLACES = (
    select(
        Affiliation.id,
        Affiliation.account_id,
        Account.name,
        Affiliation.contact_id,
        Contact.full_name,
        func.coalesce(Affiliation.title, ""),
        func.coalesce(Affiliation.department, ""),
        func.coalesce(Affiliation.decision_role, ""),
        Affiliation.status,
        Affiliation.is_primary,
        Affiliation.from_date,
        Affiliation.to_date,
    )
    .join(Account, Account.id == Affiliation.account_id)
    .join(Contact, Contact.id == Affiliation.contact_id)
    .where(Affiliation.deleted_at.is_(None), Account.deleted_at.is_(None), Contact.deleted_at.is_(None))
    .order_by(Affiliation.status != CURRENT, Affiliation.is_primary.desc(), Contact.sort_key, Affiliation.id)
)
PLACES_OF_CONTACT = PLACES.where(Affiliation.contact_id == bindparam("key"))
PLACES_AT_ACCOUNT = PLACES.where(Affiliation.account_id == bindparam("key"))
"""Made once: making a statement takes longer than carrying it out."""


def name_at(workspace: Workspace, affiliation: int) -> str:
    """Who it is that works somewhere."""
    query = select(Contact.full_name).join(Affiliation, Affiliation.contact_id == Contact.id)
    with workspace.read() as session:
        return session.scalar(query.where(Affiliation.id == affiliation)) or ""


def usual_titles(workspace: Workspace) -> list[str]:
    """The job titles used most, to choose from while one is typed."""
    count = func.count()
    query = select(Affiliation.title).where(Affiliation.title.is_not(None), Affiliation.deleted_at.is_(None))
    with workspace.read() as session:
        found = session.scalars(query.group_by(Affiliation.title).order_by(count.desc()).limit(MOST_TITLES))
        return [each for each in found if each]


def look_alikes(workspace: Workspace, texts: Mapping[str, str], but: int | None = None) -> list[LookAlike]:
    """Contacts who share a phone number, mail address, WeChat or QQ with what is being entered."""
    found: dict[int, LookAlike] = {}
    with workspace.read() as session:
        for name in ("mobile", "phone", "email", "wechat", "qq"):
            kind = field_named(Contact, name).kind
            assert isinstance(kind, ChannelKind)
            for value in kind.read(texts.get(name, "")).value or ():
                reason = _("same {field} {value}").format(field=field_named(Contact, name).label, value=value.show())
                for each in _with_channel(session, value.norm, but or 0) if value.norm else ():
                    found.setdefault(each.id, LookAlike(each.id, each.full_name, _where(session, each), reason))
        if not found and texts.get("full_name", "").strip():
            for each in _with_name(session, texts["full_name"], but or 0):
                found[each.id] = LookAlike(each.id, each.full_name, _where(session, each), _("same name"))
    return list(found.values())


def _with_channel(session: Session, norm: str, but: int) -> list[Contact]:
    query = select(Contact).join(Channel, Channel.contact_id == Contact.id)
    query = query.where(
        Channel.norm == norm, Channel.deleted_at.is_(None), Contact.deleted_at.is_(None), Contact.id != but
    )
    return list(session.scalars(query.limit(5)))


def _with_name(session: Session, name: str, but: int) -> list[Contact]:
    query = select(Contact).where(Contact.name_key == fold(name), Contact.deleted_at.is_(None), Contact.id != but)
    return list(session.scalars(query.limit(5)))


def _where(session: Session, contact: Contact) -> str:
    query = select(Affiliation.title, Account.name).join(Account, Account.id == Affiliation.account_id)
    row = session.execute(query.where(Affiliation.id == contact.main_affiliation_id)).first()
    return " · ".join(filter(None, reversed(row))) if row else ""
