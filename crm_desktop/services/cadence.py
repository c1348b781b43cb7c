"""Rhythms: how often one wants to be in touch with whom, by level, by tag or by saved list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.model import ENTITIES, Account, Cadence, Contact, Entity, SavedList, Tag, picks
from crm_desktop.model import house as known
from crm_desktop.model.worked_out import RHYTHM, Beat, shown_field
from crm_desktop.store import filtering, house, queries, rhythms
from crm_desktop.store.lookup import among
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text import rhythm

LEVEL, TAG, LIST = ("level", "tag", "list")
WORDS: Mapping[str, str] = {LEVEL: N_("Level"), TAG: N_("Tag"), LIST: N_("Saved list")}
LEAST, MOST = 1, 730
"""How many days a rhythm may have (features.md 4d)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a rhythm is for: the code of a level, or the key of a tag or saved list."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """One rhythm as the settings show it."""

    scope: Scope
    name: str
    days: int | None
    """Nothing for no rhythm."""
    is_usual: bool = False
    """Whether nobody said so, and it is what it usually is."""
    entity: str = ""
    """Which records a list shows."""
    problem: str = ""
    """Why it does not count at present."""


def rows(workspace: Workspace) -> list[Row]:
    """Every rhythm: those of all levels in their order, then those of tags and of lists."""
    with workspace.read() as session:
        kept = list(session.scalars(select(Cadence).where(Cadence.deleted_at.is_(None)).order_by(Cadence.id)))
        said = {each.level: each.days for each in kept if each.level}
        levels = [
            Row(
                Scope(LEVEL, each.code),
                each.label,
                said.get(each.code, rhythm.DAYS.get(each.code)),
                each.code not in said,
            )
            for each in picks.of("level")
            if each.is_active or each.code in said
        ]
        tags = [_tag_row(session, each, each.tag_id) for each in kept if each.tag_id is not None]
        lists = [_list_row(session, each, each.saved_list_id) for each in kept if each.saved_list_id is not None]
    return [*levels, *sorted(tags, key=lambda each: each.name), *sorted(lists, key=lambda each: each.name)]


def _tag_row(session: Session, kept: Cadence, key: int) -> Row:
    tag = session.get(Tag, key)
    problem = "" if tag and tag.deleted_at is None else _("This tag was deleted.")
    return Row(Scope(TAG, str(key)), tag.name if tag else "", kept.days, problem=problem)


def _list_row(session: Session, kept: Cadence, key: int) -> Row:
    saved = session.get(SavedList, key)
    name, entity = (saved.name, saved.entity) if saved else ("", "")
    return Row(Scope(LIST, str(key)), name, kept.days, entity=entity, problem=_list_problem(saved))


def _list_problem(saved: SavedList | None) -> str:
    """Why a list cannot have a rhythm; empty when it can."""
    if saved is None or saved.deleted_at is not None:
        return _("This list was removed.")
    if saved.words.strip():
        return _("A list that looks for words cannot have a rhythm. Save it with conditions only.")
    if house.asked_by(saved) is None:
        return _("The conditions of this list ask for the rhythm itself, or for a field that is gone.")
    return ""


def put(workspace: Workspace, scope: Scope, days: int | None) -> str:
    """Give a level, tag or list a rhythm, or none at all (None), as one step to undo; gives what was done.

    Raises Invalid for too few or too many days and for a list that cannot have one, Missing for what is not there.
    """
    if days is not None and not LEAST <= days <= MOST:
        raise Invalid({"days": _("A rhythm has between {least} and {most} days.").format(least=LEAST, most=MOST)})
    with workspace.read() as session:
        title = _title(_name(session, scope), days)
    with workspace.write(title) as session:
        found = _kept(session, scope)
        if found is None:
            found = Cadence(**{COLUMNS[scope.kind]: scope.code if scope.kind == LEVEL else int(scope.code)})
            session.add(found)
        found.days = days
    return title


def clear(workspace: Workspace, scope: Scope) -> str:
    """Take away what was said of a level, tag or list: a level has its usual rhythm again; gives what was done."""
    with workspace.read() as session:
        found = _kept(session, scope)
        name = next((each.name for each in rows(workspace) if each.scope == scope), "")
    if found is None:
        raise Missing(_("Nothing was set for “{name}”.").format(name=name or scope.code))
    title = _("Remove the rhythm of {name}").format(name=name)
    with workspace.write(title) as session:
        session.remove(session.get_one(Cadence, found.id))
    return title


def days_of(workspace: Workspace, levels: Mapping[int, str]) -> dict[int, int]:
    """The rhythms of accounts of these levels, for the tree; without one they are left out."""
    every = known.house().rhythms
    if all(each.level for each in every):
        by_level = {each.level: each.days or 0 for each in every}
        return {key: by_level[level] for key, level in levels.items() if level in by_level}
    found = {key: beat.days for key, beat in beats(workspace, Account, list(levels)).items() if beat}
    for key, days in _days_of_persons(workspace, levels).items():
        found[key] = min(days, found.get(key, days))
    return found


def _days_of_persons(workspace: Workspace, accounts: Collection[int]) -> dict[int, int]:
    """The rhythms of private customers: what is said of them is kept at the one contact."""
    of_accounts = select(Contact.person_account_id, Contact.id).where(
        Contact.person_account_id.in_(among(accounts)), Contact.deleted_at.is_(None)
    )
    with workspace.read() as session:
        found = session.execute(of_accounts).all()
    days = own_days_of(workspace, [key for _account, key in found])
    return {account: days[key] for account, key in found if account is not None and key in days}


def own_days_of(workspace: Workspace, contacts: Collection[int]) -> dict[int, int]:
    """The rhythms that some contacts have of their own, by tag or list, for the tree; without one they are left out."""
    if not known.has_own(Contact.__tablename__):
        return {}
    today = datetime.now().astimezone().date()
    ask = partial(filtering.condition_of_few, among(contacts))
    with workspace.read() as session:
        return rhythms.of_few(session, Contact, contacts, today, ask, own=True)


def beats(workspace: Workspace, entity: type[Entity], keys: list[int]) -> dict[int, Beat | None]:
    """The rhythm of some records, as lists show it."""
    with workspace.read() as session:
        found = queries.values(session, entity, [shown_field(entity, RHYTHM)], keys)
    return {key: row[RHYTHM] for key, row in found.items()}


def explained(beat: Beat, today: date | None = None) -> str:
    """What a rhythm means for a record, in a sentence."""
    today = today or datetime.now().astimezone().date()
    late = beat.days_late(today)
    rule = ngettext("In touch every {count} day", "In touch every {count} days", beat.days)
    gone = (today - beat.last).days
    since = ngettext("{count} day without a touch", "{count} days without a touch", gone)
    told = ngettext("{count} day late", "{count} days late", late)
    return " · ".join((rule, since, *([told] if late else ())))


def scopes(workspace: Workspace) -> list[tuple[Scope, str]]:
    """Every tag and list that could have a rhythm and has none yet, with its name."""
    taken = {each.scope for each in rows(workspace) if not each.is_usual}
    with workspace.read() as session:
        tags = session.execute(select(Tag.id, Tag.name).where(Tag.deleted_at.is_(None)).order_by(Tag.name))
        found = [(Scope(TAG, str(key)), name) for key, name in tags]
        lists = session.scalars(select(SavedList).where(SavedList.deleted_at.is_(None)).order_by(SavedList.name))
        found += [
            (Scope(LIST, str(each.id)), each.name)
            for each in lists
            if each.entity in ("account", "contact") and not _list_problem(each)
        ]
    return [each for each in found if each[0] not in taken]


COLUMNS = {LEVEL: "level", TAG: "tag_id", LIST: "saved_list_id"}


def _kept(session: Session | Writing, scope: Scope) -> Cadence | None:
    column = getattr(Cadence, COLUMNS[scope.kind])
    code: str | int = scope.code if scope.kind == LEVEL else int(scope.code)
    return session.scalar(
        select(Cadence).where(column == code, Cadence.deleted_at.is_(None)).order_by(Cadence.id.desc())
    )


def _name(session: Session, scope: Scope) -> str:
    """What a scope is called; raises Missing when it is not there, Invalid when it can have no rhythm."""
    if scope.kind == LEVEL:
        if scope.code not in {each.code for each in picks.of("level")}:
            raise Missing(_("There is no level “{name}”.").format(name=scope.code))
        return picks.label("level", scope.code)
    if scope.kind == TAG:
        tag = session.get(Tag, int(scope.code))
        if tag is None or tag.deleted_at is not None:
            raise Missing(_("This tag was deleted."))
        return tag.name
    saved = session.get(SavedList, int(scope.code))
    if problem := _list_problem(saved):
        raise Invalid({"list": problem})
    assert saved is not None  # a list that is not there has a problem
    if saved.entity not in ENTITIES:
        raise Missing(_("This list was removed."))
    return saved.name


def _title(name: str, days: int | None) -> str:
    if days is None:
        return _("No rhythm for {name}").format(name=name)
    return _("Rhythm of {name}: {days}").format(name=name, days=ngettext("{count} day", "{count} days", days))
