"""Records for our own JSON files: codes instead of words, nothing shortened, so that they come back as they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm_desktop import __version__
from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Account, Activity, ActivityParty, Affiliation, Contact, Entity
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.fields import Field, fields_of
from crm_desktop.model.kinds import Kind, Moment, Whole, YesNo
from crm_desktop.model.picture import PhotoKind
from crm_desktop.services import export_files
from crm_desktop.services.export_cards import ROLE, written
from crm_desktop.services.importing import identity
from crm_desktop.services.importing.targets import ACCOUNT_LABEL, CONTACTS_LABEL, PARENT_LABEL
from crm_desktop.store import filtering, pictures, queries
from crm_desktop.store.queries import Listing
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.bundle import ACCOUNTS, ACTIVITIES, CONTACTS, PARTS, PLACES, Bundle, Described, RecordOf

ENTITIES: dict[str, type[Entity]] = {ACCOUNTS: Account, CONTACTS: Contact, ACTIVITIES: Activity}
EVERYTHING = "everything"
PAGE, PHOTO_PAGE = 500, 50
BETWEEN = {"address": "\n", "linkedin": " "}
"""What stands between several values of a field in a cell, by its name."""
SHARED = frozenset(
    each.code for each in fields_of(Account) if each.origin and each.origin.table in ("channel", "address")
)
"""What a private customer has from its contact."""
Made = dict[str, Any]


def everything(
    workspace: Workspace, *, what: str = EVERYTHING, keys: Mapping[str, Sequence[int]] | None = None, text: str = ""
) -> Bundle:
    """All records, or those of one kind: the named ones by kind, or all that hold the words of `text`."""
    if what not in (EVERYTHING, *PARTS):
        choices = ", ".join((*PARTS, EVERYTHING))
        raise Invalid({"what": _("“{name}” is not one of {choices}.").format(name=what, choices=choices)})
    names = PARTS if what == EVERYTHING else (what,)
    if keys is None:
        with workspace.read() as session:
            keys = {name: queries.keys(session, Listing(ENTITIES[name], text=text, closed=True)) for name in names}
    counts = {name: len(keys[name]) for name in names}
    meta = {
        "program": __version__,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "filter": text,
        "counts": counts,
    }
    parts: dict[str, Iterable[RecordOf]] = {name: _records(workspace, name, keys[name]) for name in names}
    if what == EVERYTHING:
        with workspace.read() as session:
            files = export_files.entries(session, {ENTITIES[name].__tablename__: keys[name] for name in names})
        if files:
            counts[export_files.FILES] = len(files)
            parts[export_files.FILES] = files
    return Bundle(meta, {name: _described(name) for name in names}, parts, sum(counts.values()))


def _described(name: str) -> dict[str, Described]:
    """The columns of a part: its fields, those of the places of a contact, and the names of other records."""
    entity = ENTITIES[name]
    found = {each.code: Described(each.label, _between(each)) for each in fields_of(entity)}
    if entity is Contact:
        found |= {_code(each): Described(each.label, _between(each)) for each in fields_of(Affiliation)}
    elif entity is Account:
        found["account.parent"] = Described(_(PARENT_LABEL))
    else:
        found |= {
            "activity.account": Described(_(ACCOUNT_LABEL)),
            "activity.contacts": Described(_(CONTACTS_LABEL), ", "),
        }
    return found


def _between(field: Field) -> str:
    return BETWEEN.get(field.name, "; " if isinstance(field.kind, ChannelKind) else "、")


def _code(field: Field) -> str:
    """The name under which a sheet of contacts has a field of the place: the job title is one of the contact's."""
    return f"contact.{field.name}" if field.name in ("title", "department") else field.code


def _records(workspace: Workspace, name: str, keys: Sequence[int]) -> Iterator[RecordOf]:
    """The records of a part, page by page."""
    with workspace.read() as session:
        people = queries.users(session)
        page = PHOTO_PAGE if name == CONTACTS else PAGE
        for start in range(0, len(keys), page):
            yield from READERS[name](session, keys[start : start + page], people)
            session.expunge_all()


def _values(session: Session, entity: type[Entity], keys: Sequence[int], people: Mapping[int, str]) -> dict[int, Made]:
    """The records' own values by code, blanks left out."""
    fields = [each for each in fields_of(entity) if not each.origin or each.origin.table != ROLE]
    fields = [each for each in fields if not isinstance(each.kind, PhotoKind)]
    found = queries.values(session, entity, fields, keys)
    return {key: _filled(fields, found[key], people) for key in keys if key in found}


def _filled(fields: Sequence[Field], values: Mapping[str, Any], people: Mapping[int, str]) -> Made:
    told = {_code(each): _plain(each.kind, values[each.name], people) for each in fields}
    return {code: value for code, value in told.items() if value not in (None, "", [], False)}


def _plain(kind: Kind, value: Any, people: Mapping[int, str]) -> Any:
    """A value as JSON has it: numbers and truths stay what they are, several values are a list."""
    if isinstance(kind, Whole | YesNo):
        return value
    if isinstance(kind, Moment):
        return value.isoformat() if value else None
    texts = written(kind, value, people)
    return list(texts) if isinstance(value, tuple) else next(iter(texts), None)


def _accounts(session: Session, keys: Sequence[int], people: Mapping[int, str]) -> Iterator[Made]:
    above = dict(session.execute(select(Account.id, Account.parent_id).where(Account.id.in_(keys))).all())
    names = queries.names(session, Account, {each for each in above.values() if each})
    persons = _persons(session, Contact.person_account_id, keys)
    for key, values in _values(session, Account, keys, people).items():
        own = {code: value for code, value in values.items() if key not in persons or code not in SHARED}
        record: Made = {"record": identity.write({"account": key}), "id": key} | own
        if key in persons:
            record["person_id"] = persons[key]
        if above[key]:
            record |= {"parent_id": above[key], "account.parent": names.get(above[key] or 0)}
        yield record


def _persons(session: Session, column: InstrumentedAttribute[Any], keys: Sequence[int]) -> dict[int, int]:
    """The one contact of each private customer: what both have in common is told there."""
    query = select(Contact.person_account_id, Contact.id).where(column.in_(keys), filtering.living(Contact))
    return {account: contact for account, contact in session.execute(query) if account is not None}


def _contacts(session: Session, keys: Sequence[int], people: Mapping[int, str]) -> Iterator[Made]:
    photos = pictures.photos(session, keys)
    places = _places(session, keys, people)
    accounts = {contact: account for account, contact in _persons(session, Contact.id, keys).items()}
    for key, values in _values(session, Contact, keys, people).items():
        record: Made = {"record": identity.write({"contact": key}), "id": key} | values
        if key in accounts:
            record["person_account_id"] = accounts[key]
        if key in photos:
            record["contact.photo"] = photos[key].uri
        if key in places:
            record[PLACES] = places[key]
        yield record


def _places(session: Session, keys: Sequence[int], people: Mapping[int, str]) -> dict[int, list[Made]]:
    found: dict[int, list[Made]] = defaultdict(list)
    query = select(
        Affiliation.id, Affiliation.contact_id, Affiliation.account_id, Account.name, Affiliation.reports_to_id
    )
    query = query.join(Account, Account.id == Affiliation.account_id).where(
        Affiliation.contact_id.in_(keys), Affiliation.deleted_at.is_(None), Account.deleted_at.is_(None)
    )
    rows = session.execute(query.order_by(Affiliation.id)).all()
    values = _values(session, Affiliation, [row.id for row in rows], people)
    for key, contact, account, name, above in rows:
        ids = {"contact": contact, "affiliation": key, "account": account}
        place: Made = {"record": identity.write(ids), "id": key, "account_id": account, "contact.account": name}
        if above:
            place["reports_to_id"] = above
        found[contact].append(place | values[key])
    return found


def _activities(session: Session, keys: Sequence[int], people: Mapping[int, str]) -> Iterator[Made]:
    accounts = dict(session.execute(select(Activity.id, Activity.account_id).where(Activity.id.in_(keys))).all())
    names = queries.names(session, Account, {each for each in accounts.values() if each})
    with_whom: dict[int, list[tuple[int, str]]] = defaultdict(list)
    query = select(ActivityParty.activity_id, Contact.id, Contact.full_name)
    query = query.join(Contact, Contact.id == ActivityParty.contact_id).where(
        ActivityParty.activity_id.in_(keys), ActivityParty.deleted_at.is_(None), Contact.deleted_at.is_(None)
    )
    for key, contact, name in session.execute(query.order_by(ActivityParty.id)):
        with_whom[key].append((contact, name))
    for key, values in _values(session, Activity, keys, people).items():
        record: Made = {"record": identity.write({"activity": key, "account": accounts[key]}), "id": key} | values
        if accounts[key]:
            record |= {"account_id": accounts[key], "activity.account": names.get(accounts[key] or 0)}
        if key in with_whom:
            record["contact_ids"] = [contact for contact, _name in with_whom[key]]
            record["activity.contacts"] = [name for _contact, name in with_whom[key]]
        yield record


READERS = {ACCOUNTS: _accounts, CONTACTS: _contacts, ACTIVITIES: _activities}
