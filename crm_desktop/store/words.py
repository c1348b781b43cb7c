"""What records can be found by: their words as they stand in the data file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from crm_desktop.model.account import PERSON
from crm_desktop.model.channel import PHONE_KINDS
from crm_desktop.model.own_kinds import KINDS
from crm_desktop.store.engine import bare
from crm_desktop.text.phones import digits
from crm_desktop.text.ranks import rank_tokens
from crm_desktop.text.tokens import mail_tokens, matches, name_tokens, phone_tokens, text_tokens

OWN_KINDS = ", ".join(f"'{code}'" for code, kind in KINDS.items() if kind.is_searched)
"""The kinds of people's own fields whose texts are searched."""

COLUMNS = {
    "account": frozenset({"kind", "name", "short_name", "name_en", "credit_code", "website", "description"}),
    "contact": frozenset({"full_name", "english_name", "hobby", "personality", "note"}),
    "activity": frozenset({"summary", "place"}),
}
"""The columns of a record itself that it can be found by."""


@dataclass(slots=True)
class Words:
    """What a record can be found by."""

    people: list[str] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    digits: list[str] = field(default_factory=list)

    def tokens(self) -> str:
        """All tokens of the record, ready for FTS5."""
        found: set[str] = set()
        for name in self.people:
            found.update(name_tokens(name, surname=True), rank_tokens(name, surname=True))
        for name in self.companies:
            found.update(name_tokens(name, surname=False), rank_tokens(name, surname=False))
        for text in self.texts:
            found.update(text_tokens(text))
        for mail in self.mails:
            found.update(mail_tokens(mail))
        for number in self.digits:
            found.update(phone_tokens(number))
        return " ".join(found)

    def match(self, query: str) -> bool:
        """Whether the record really holds what was asked for."""
        return matches(query, self.texts, self.people, self.digits, self.companies, self.mails)


def words_of(connection: Connection, entity: str, ids: Iterable[int]) -> dict[int, Words]:
    """What the living ones among these records can be found by.

    A plus keeps SQLite from walking all the living ones by an index that begins with `deleted_at`.
    """
    return WORDS[entity](connection, _listed(ids))


def _listed(ids: Iterable[int]) -> str:
    return ",".join(map(str, ids))


def _accounts(connection: Connection, ids: str) -> dict[int, Words]:
    found: dict[int, Words] = {}
    rows = bare(connection).execute(
        "SELECT id, kind, name, short_name, name_en, credit_code, website, description FROM account"
        f" WHERE id IN ({ids}) AND +deleted_at IS NULL"
    )
    for key, kind, name, short_name, name_en, *texts in rows:
        names = [each for each in (name, short_name, name_en) if each]
        found[key] = Words(texts=[each for each in texts if each])
        if kind == PERSON:
            found[key].people = names
        else:
            found[key].companies = names
    ids = _listed(found)  # nothing more is asked of the dead ones
    _reach(connection, "account_id", ids, found)
    _own(connection, "v.account_id", ids, found)
    return found


def _contacts(connection: Connection, ids: str) -> dict[int, Words]:
    found: dict[int, Words] = {}
    rows = bare(connection).execute(
        "SELECT id, full_name, english_name, hobby, personality, note FROM contact"
        f" WHERE id IN ({ids}) AND +deleted_at IS NULL"
    )
    for key, name, english, *texts in rows:
        found[key] = Words(people=[each for each in (name, english) if each], texts=[each for each in texts if each])
    ids = _listed(found)
    _reach(connection, "contact_id", ids, found)
    _own(connection, "v.contact_id", ids, found)
    _own(connection, "a.contact_id", ids, found)
    rows = bare(connection).execute(
        f"SELECT contact_id, title, department FROM affiliation WHERE contact_id IN ({ids}) AND deleted_at IS NULL"
    )
    for key, *texts in rows:
        found[key].texts.extend(each for each in texts if each)
    return found


def _activities(connection: Connection, ids: str) -> dict[int, Words]:
    rows = bare(connection).execute(
        f"SELECT id, summary, place FROM activity WHERE id IN ({ids}) AND +deleted_at IS NULL"
    )
    found = {key: Words(texts=[each for each in texts if each]) for key, *texts in rows}
    _own(connection, "v.activity_id", _listed(found), found)
    return found


def _reach(connection: Connection, owner: str, ids: str, found: dict[int, Words]) -> None:
    """Add channels, addresses and tags."""
    for key, kind, raw, norm, ext in bare(connection).execute(
        f"SELECT {owner}, kind, raw, norm, ext FROM channel WHERE {owner} IN ({ids}) AND deleted_at IS NULL"
    ):
        if kind in PHONE_KINDS:
            found[key].digits.append(digits(raw, norm, ext))
        else:
            found[key].mails.append(norm or raw)
    for key, text in bare(connection).execute(
        f"SELECT {owner}, line FROM address WHERE {owner} IN ({ids}) AND deleted_at IS NULL"
        f" UNION ALL SELECT g.{owner}, t.name FROM tagging g JOIN tag t ON t.id = g.tag_id"
        f" WHERE g.{owner} IN ({ids}) AND g.deleted_at IS NULL"
    ):
        found[key].texts.append(text)


def _own(connection: Connection, owner: str, ids: str, found: dict[int, Words]) -> None:
    """Add what is written in people's own fields: `v` is the value, `a` the place of work that it may be about."""
    role = " JOIN affiliation a ON a.id = v.affiliation_id AND a.deleted_at IS NULL" if owner[0] == "a" else ""
    for key, kind, text in bare(connection).execute(
        f"SELECT {owner}, f.kind, v.text FROM custom_value v JOIN custom_field f ON f.id = v.field_id{role}"
        f" WHERE {owner} IN ({ids}) AND v.deleted_at IS NULL AND f.deleted_at IS NULL AND f.kind IN ({OWN_KINDS})"
    ):
        if kind == "phone":
            found[key].digits.append(digits(text, "", ""))
        elif kind == "mail":
            found[key].mails.append(text)
        else:
            found[key].texts.append(text)


WORDS: dict[str, Callable[[Connection, str], dict[int, Words]]] = {
    "account": _accounts,
    "contact": _contacts,
    "activity": _activities,
}
