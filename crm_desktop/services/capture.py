"""Keeping what one typed line says as one step: a person, where they work, how to reach them, and what is next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Affiliation, Channel, Contact, Entity, Tag, Tagging
from crm_desktop.model.channel import ChannelKind, ChannelValue
from crm_desktop.model.fields import field_named
from crm_desktop.services import accounts, contacts, tasks
from crm_desktop.services.accounts import LookAlike
from crm_desktop.services.contacts import account_called, affiliate
from crm_desktop.services.records import HANDS, check, living, make
from crm_desktop.services.tasks import Draft
from crm_desktop.services.values import channels, fill, main_affiliation, owner_column, put, tag_named
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text import phones
from crm_desktop.text.folding import company_core, fold
from crm_desktop.text.handles import url_domain
from crm_desktop.text.quick_line import QuickLine

AT_A_DESK = ("landline", "tollfree", "short")
"""The kinds of numbers that are kept as “Phone”; any other may be a mobile."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next, and by when."""

    title: str
    at: datetime | None = None
    has_time: bool = False


@dataclass(frozen=True, slots=True)
class Captured:
    """What was made of a line."""

    name: str
    contact: int | None
    account: int | None
    step: int | None
    """The change set that Undo takes back; None when everything was known already."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that may be the one being typed."""

    entity: str
    look: LookAlike


def capture(
    workspace: Workspace, line: QuickLine, next_step: NextStep | None = None, account: int | None = None
) -> Captured:
    """Make a contact with account, channels, tags, note and task; a line without a person makes an account.

    The account is `account`, else the one of that name, else a new one. Raises Invalid for a line that says nothing.
    """
    called = name_of(line)
    if not called:
        raise Invalid({"line": _("There is nothing to save yet. Write a name, a company or a number.")})
    with workspace.write(_("Quick add: {name}").format(name=called)) as session:
        if account is None and (line.company.strip() or not is_person(line)):
            account = account_called(session, line.company.strip() or called)
        contact: Contact | None = None
        if is_person(line):
            contact = make(session, Contact, {"full_name": called})
            _complete(session, contact, line, account)
        elif account is not None:
            _complete_account(session, living(session, Account, account), line)
        _plan(session, next_step, contact.id if contact else None, account)
        return _captured(session, called, contact, account)


def add_to(workspace: Workspace, contact: int, line: QuickLine, next_step: NextStep | None = None) -> Captured:
    """Add what a line says to a contact who is there already; nothing that is known of them is taken away."""
    with workspace.read() as session:
        name = session.get_one(Contact, contact).full_name
    with workspace.write(_("Add to {name}").format(name=name)) as session:
        record = living(session, Contact, contact)
        account = account_called(session, line.company) if line.company.strip() else None
        if line.name.strip() and fold(line.name) != fold(name):
            _add_note(record, "note", [line.name])
        _complete(session, record, line, account)
        at = main_affiliation(session, contact)
        account = account or (at.account_id if at else None)
        _plan(session, next_step, contact, account)
        return _captured(session, name, record, account)


def _captured(session: Writing, name: str, contact: Contact | None, account: int | None) -> Captured:
    session.flush()
    return Captured(name, contact.id if contact else None, account, session.set_id if session.items else None)


def is_person(line: QuickLine) -> bool:
    """Whether a line is about a person; one that names only a company, or a web site, is not."""
    return bool(line.name.strip()) or not (line.company.strip() or (line.url and not _others(line)))


def name_of(line: QuickLine) -> str:
    """What a record made of a line is called: for want of a name, by the number, address or title that was typed."""
    return next((each.strip() for each in (line.name, line.company, *_others(line), line.url) if each.strip()), "")


def _others(line: QuickLine) -> tuple[str, ...]:
    return (*line.phones, *line.mails, line.title)


def twins(workspace: Workspace, line: QuickLine) -> list[Twin]:
    """Records that may be the one being typed: same number or address, same name at the same company, same company."""
    found_as = {"mobile": "mobile", "landline": "phone", "email": "email"}
    texts = {name: "; ".join(each.raw for each in ways(line) if each.kind == kind) for kind, name in found_as.items()}
    found = contacts.look_alikes(workspace, texts)
    if not found and line.name.strip():
        same = contacts.look_alikes(workspace, {"full_name": line.name})
        found = [each for each in same if _may_work_at(workspace, each.id, line.company)]
    if found or is_person(line):
        return [Twin("contact", each) for each in found]
    return [Twin("account", each) for each in accounts.look_alikes(workspace, {"name": line.company or line.url})]


def _may_work_at(workspace: Workspace, contact: int, company: str) -> bool:
    places = contacts.places(workspace, contact=contact)
    return not company.strip() or not places or company_core(company) in {company_core(each.account) for each in places}


def account_like(workspace: Workspace, company: str) -> LookAlike | None:
    """The account that a typed company name would be linked to; None when a new one would be made."""
    return next(iter(accounts.look_alikes(workspace, {"name": company})), None) if company.strip() else None


def phone_kind(text: str) -> str:
    """Whether a number is kept as `mobile` or as `landline`."""
    found = phones.read(text).value
    return "landline" if found and found.kind in AT_A_DESK else "mobile"


def tag_names(workspace: Workspace) -> list[str]:
    """Every tag there is, by name."""
    with workspace.read() as session:
        return list(session.scalars(select(Tag.name).where(Tag.deleted_at.is_(None)).order_by(Tag.name_key)))


def _complete(session: Writing, contact: Contact, line: QuickLine, account: int | None) -> None:
    """Give a contact what the line says besides the name."""
    link = affiliate(session, contact.id, account) if account else main_affiliation(session, contact.id)
    notes = [line.note]
    if link is None:
        notes.append(line.title)
    elif line.title.strip():
        link.title = check(Affiliation, "title", line.title).value
    if account is None or not _keep_website(session, living(session, Account, account), line.url):
        notes.append(line.url)
    _add_channels(session, contact, ways(line))
    _add_tags(session, contact, line.tags)
    _add_note(contact, "note", notes)


def _complete_account(session: Writing, account: Account, line: QuickLine) -> None:
    notes = [line.note, line.title]
    if not _keep_website(session, account, line.url):
        notes.append(line.url)
    _add_channels(session, account, ways(line))
    _add_tags(session, account, line.tags)
    _add_note(account, "description", notes)


def ways(line: QuickLine) -> list[ChannelValue]:
    """Every number and address of a line, as it is kept."""
    texts = [*((phone_kind(each), each) for each in line.phones), *(("email", each) for each in line.mails)]
    values = (ChannelKind(kind).read_one(text).value for kind, text in texts)
    return [each for each in values if each is not None]


def _add_channels(session: Writing, owner: Entity, values: Iterable[ChannelValue]) -> None:
    """Add what is not known yet; the first of its kind becomes the primary one."""
    for value in values:
        known = channels(session, owner, value.kind)
        if not any(each.value.same_as(value) for each in known):
            made = Channel(kind=value.kind, source=HANDS, is_primary=not known, **{owner_column(owner): owner.id})
            fill(made, value)
            session.add(made)


def _add_tags(session: Writing, owner: Entity, names: Iterable[str]) -> None:
    column = owner_column(owner)
    query = select(Tagging.tag_id).where(getattr(Tagging, column) == owner.id, Tagging.deleted_at.is_(None))
    known = set(session.scalars(query))
    for tag in (tag_named(session, name) for name in names):
        if tag.id not in known:
            session.add(Tagging(tag_id=tag.id, **{column: owner.id}))
            known.add(tag.id)


def _add_note(record: Entity, name: str, texts: Iterable[str]) -> None:
    """Write below what is noted already, without saying anything twice."""
    before = getattr(record, name) or ""
    new = [each.strip() for each in texts if each.strip() and each.strip() not in before]
    if new:
        setattr(record, name, "\n".join(filter(None, (before, *new))))


def _keep_website(session: Writing, account: Account, url: str) -> bool:
    """Note the site where the account has none; gives whether the account's site now says as much as `url`."""
    if not url:
        return True
    if not account.website:
        found = check(Account, "website", url).value
        if found:
            put(session, account, field_named(Account, "website"), found)
    return bool(account.website) and url_domain(account.website or "") == url_domain(url)


def _plan(session: Writing, step: NextStep | None, contact: int | None, account: int | None) -> None:
    if step is None:
        return
    draft = Draft(step.title, due_at=step.at, has_time=step.has_time, contact=contact, account=account)
    tasks.add(session, draft)
