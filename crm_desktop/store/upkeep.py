"""Columns and tables that the program works out from others, brought up to date inside the transaction that writes.

Search keys, sort keys, counts and last dates are never journaled: whatever is written, undone or imported, they are
worked out again here for the rows concerned.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection

from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress
from crm_desktop.model.account import PERSON
from crm_desktop.store import search, search_later, sources
from crm_desktop.store.journal import INSERT, Group, Item, Items, dumps
from crm_desktop.text.folding import company_core, fold
from crm_desktop.text.handles import url_domain
from crm_desktop.text.mails import domain
from crm_desktop.text.names import split
from crm_desktop.text.pinyin import sort_key

TABLE = """
CREATE TEMP TABLE IF NOT EXISTS affected (entity TEXT, id INTEGER, keys INTEGER, words INTEGER, is_new INTEGER,
PRIMARY KEY (entity, id)) WITHOUT ROWID
"""
"""Records to be brought up to date: whether their keys may differ, whether their words may, whether they are new."""
NOTE = """
INSERT INTO temp.affected {rows} ON CONFLICT DO UPDATE SET
keys = max(keys, excluded.keys), words = max(words, excluded.words), is_new = max(is_new, excluded.is_new)
WHERE excluded.keys > keys OR excluded.words > words OR excluded.is_new > is_new
"""
ACCOUNT_KEYS = ("name_key", "core_key", "sort_key", "domain_key")
CONTACT_KEYS = ("name_key", "sort_key", "family_name", "given_name")
KEYED_BY = {"account": {"name", "kind", "website"}, "contact": {"full_name"}}
"""The columns that a record's own keys are made from."""
WORDED_BY = {entity: {*names, *sources.TEXTS[entity], "deleted_at"} for entity, names in sources.NAMES.items()}
"""The columns that tell by what a record is found; of an account also what tells whether it is a person."""
WORDED_BY["account"].add("kind")


class Owner(NamedTuple):
    """A record that depends on the rows of a table, and the column that says which record it is."""

    entity: str
    table: str
    column: str
    words: bool = True
    """Whether the record can be found by what the rows say; else they only count."""


class Further(NamedTuple):
    """A record that depends on the rows `t` of a table by way of another one."""

    entity: str
    table: str
    key: str
    way: str
    words: bool = True


OWNERS = (
    Owner("account", "account", "parent_id", words=False),
    Owner("account", "affiliation", "account_id", words=False),
    Owner("account", "activity", "account_id", words=False),
    Owner("account", "channel", "account_id"),
    Owner("account", "address", "account_id"),
    Owner("account", "tagging", "account_id"),
    Owner("account", "custom_value", "account_id"),
    Owner("contact", "affiliation", "contact_id"),
    Owner("contact", "activity_party", "contact_id", words=False),
    Owner("contact", "channel", "contact_id"),
    Owner("contact", "address", "contact_id"),
    Owner("contact", "tagging", "contact_id"),
    Owner("contact", "custom_value", "contact_id"),
    Owner("activity", "custom_value", "activity_id"),
)
PARTIES = "JOIN activity_party p ON p.activity_id = t.value WHERE true"
ROLE_OF_VALUE = """
JOIN custom_value v ON v.id = t.value JOIN affiliation a ON a.id = v.affiliation_id WHERE true
"""
TAGGED = "JOIN tagging g ON g.tag_id = t.value WHERE g.{owner} IS NOT NULL"
FURTHER = (
    Further("contact", "activity", "p.contact_id", PARTIES, words=False),
    Further("contact", "custom_value", "a.contact_id", ROLE_OF_VALUE),
    Further("account", "tag", "g.account_id", TAGGED.format(owner="account_id")),
    Further("contact", "tag", "g.contact_id", TAGGED.format(owner="contact_id")),
)
ACCOUNT_COUNTS = """
UPDATE account SET
  child_count = (SELECT count(*) FROM account below WHERE below.parent_id = account.id AND below.deleted_at IS NULL)
    + (SELECT count(*) FROM affiliation a WHERE a.account_id = account.id AND a.deleted_at IS NULL),
  last_activity_at = (SELECT at FROM activity
    WHERE account_id = account.id AND deleted_at IS NULL AND kind <> 'system' ORDER BY at DESC LIMIT 1)
WHERE id IN (SELECT id FROM temp.affected WHERE entity = 'account')
"""
CONTACT_LINKS = """
UPDATE contact SET
  main_affiliation_id = (SELECT a.id FROM affiliation a WHERE a.contact_id = contact.id AND a.deleted_at IS NULL
    ORDER BY a.status <> 'current', a.id LIMIT 1),
  last_activity_at = (SELECT max(y.at) FROM activity_party p JOIN activity y ON y.id = p.activity_id
    WHERE p.contact_id = contact.id AND p.deleted_at IS NULL AND y.deleted_at IS NULL AND y.kind <> 'system')
WHERE id IN (SELECT id FROM temp.affected WHERE entity = 'contact')
"""


def refreshing(connection: Connection, items: Items) -> Job[None]:
    """Work out again whatever depends on the rows of `items`."""
    _empty(connection)
    for _part in _gather(connection, items):
        yield Progress(0, 0, _("Bringing the search up to date"))
    _work_out(connection)
    total = search.outdated(connection)
    if total > search_later.MOST_AT_ONCE:
        search_later.put_off(connection)
        return
    done = 0
    for count in search.refreshing(connection):
        done += count
        yield Progress(done, total, _("Bringing the search up to date"))


def refresh_columns(connection: Connection) -> None:
    """Work out again the columns that depend on others, of every record."""
    _empty(connection)
    for entity in search.SEARCHED:
        connection.exec_driver_sql(f"INSERT INTO temp.affected SELECT '{entity}', id, 1, 1, 0 FROM {entity}")
    _work_out(connection)


def _work_out(connection: Connection) -> None:
    connection.exec_driver_sql(ACCOUNT_COUNTS)
    connection.exec_driver_sql(CONTACT_LINKS)
    _account_keys(connection)
    _contact_keys(connection)


def _empty(connection: Connection) -> None:
    connection.exec_driver_sql(TABLE)
    connection.exec_driver_sql("DELETE FROM temp.affected")


def _gather(connection: Connection, items: Items) -> Iterator[None]:
    """Note the rows written and all that depends on them, owners that they had before included."""
    for (entity, keys, has_words, is_new), rows in _alike(items).items():
        told = dumps(rows.tolist())
        depending = [_owners(each) for each in OWNERS if each.table == entity]
        depending += [
            f"SELECT '{each.entity}', {each.key}, 0, {each.words:d}, 0 FROM json_each(?) t {each.way}"
            for each in FURTHER
            if each.table == entity
        ]
        if has_words:
            depending.append(f"SELECT '{entity}', value, {keys:d}, 1, {is_new:d} FROM json_each(?) WHERE true")
        for each in depending:
            connection.exec_driver_sql(NOTE.format(rows=each), (told,))
        yield
    before = [each for part in items.parts if part.before for each in _owners_before(part.entity, part.before)]
    if before:
        connection.exec_driver_sql(NOTE.format(rows="VALUES (?, ?, ?, ?, 0)"), before)


class Alike(NamedTuple):
    """What rows have in common that were written alike."""

    entity: str
    keys: bool
    """Whether their keys may differ."""
    words: bool
    """Whether they may be found by other words, or not at all any more."""
    is_new: bool
    """Whether they are new, with their keys."""


def _alike(items: Items) -> dict[Alike, array[int]]:
    """The rows written, put together; those made as objects have their keys worked out like those that were changed."""
    found: dict[Alike, array[int]] = defaultdict(partial(array, "q"))
    for part in items.parts:
        is_new = isinstance(part, Group) and part.op == INSERT
        keyed = not is_new and (part.op == INSERT or _concerns(part, KEYED_BY))
        has_words = part.entity in search.SEARCHED and (part.op == INSERT or _concerns(part, WORDED_BY))
        alike = Alike(part.entity, keyed, has_words, is_new)
        found[alike].extend(part.keys if isinstance(part, Group) else (part.row_id,))
    return found


def _concerns(part: Item | Group, columns: Mapping[str, Set[str]]) -> bool:
    return not columns.get(part.entity, frozenset()).isdisjoint(part.after or ())


def _owners(owner: Owner) -> str:
    """The records that rows, given as JSON, belong to; an account's keys tell the domain of its mails, too."""
    keyed = "r.kind = 'email'" if owner.table == "channel" and owner.entity == "account" else "0"
    return (
        f"SELECT '{owner.entity}', r.{owner.column}, {keyed}, {owner.words:d}, 0 FROM json_each(?) t"
        f" CROSS JOIN {owner.table} r ON r.id = t.value WHERE r.{owner.column} IS NOT NULL"
    )


def _owners_before(table: str, before: Mapping[str, Any]) -> Iterator[tuple[str, int, int, int]]:
    for owner in OWNERS:
        if owner.table == table and (key := before.get(owner.column)):
            yield owner.entity, key, int(table == "channel" and owner.entity == "account"), int(owner.words)


def _account_keys(connection: Connection) -> None:
    rows = connection.exec_driver_sql(
        "SELECT a.id, a.name, a.kind, a.website, (SELECT norm FROM channel c WHERE c.account_id = a.id"
        " AND c.kind = 'email' AND c.deleted_at IS NULL ORDER BY c.is_primary DESC, c.id LIMIT 1),"
        f" {', '.join(f'a.{each}' for each in ACCOUNT_KEYS)}"
        " FROM temp.affected t CROSS JOIN account a ON a.id = t.id WHERE t.entity = 'account' AND t.keys"
    ).all()
    changed = []
    for key, name, kind, website, mail, *before in rows:
        keys = _keys_of_account(name, kind, website, mail)
        if keys != tuple(before):
            changed.append((*keys, key))
    if changed:
        connection.exec_driver_sql(f"UPDATE account SET {' = ?, '.join(ACCOUNT_KEYS)} = ? WHERE id = ?", changed)


Keys = tuple[str | None, ...]


def _keys_of_account(name: str, kind: str, website: str | None, mail: str | None) -> Keys:
    return fold(name), company_core(name), sort_key(name, surname=kind == PERSON), _domain(website, mail)


def _domain(website: str | None, mail: str | None) -> str | None:
    return (url_domain(website) if website else "") or (domain(mail) if mail else "") or None


def _contact_keys(connection: Connection) -> None:
    rows = connection.exec_driver_sql(
        f"SELECT c.id, c.full_name, {', '.join(f'c.{each}' for each in CONTACT_KEYS)}"
        " FROM temp.affected t CROSS JOIN contact c ON c.id = t.id WHERE t.entity = 'contact' AND t.keys"
    ).all()
    changed = []
    for key, name, *before in rows:
        keys = _keys_of_contact(name)
        if keys != tuple(before):
            changed.append((*keys, key))
    if changed:
        connection.exec_driver_sql(f"UPDATE contact SET {' = ?, '.join(CONTACT_KEYS)} = ? WHERE id = ?", changed)


def _keys_of_contact(name: str) -> Keys:
    parts = split(name)
    return fold(name), sort_key(name, surname=True), parts.family, parts.given


def new_keys(entity: str, columns: Mapping[str, Iterable[Any]], count: int) -> dict[str, Iterable[Any]]:
    """The keys that `count` new rows can be given at once, column by column as the rows are given."""
    blank = [None] * count
    if entity == "account":
        names = zip(columns["name"], columns["kind"], columns.get("website", blank), blank, strict=True)
        return _in_columns(ACCOUNT_KEYS, [_keys_of_account(*each) for each in names])
    if entity == "contact":
        return _in_columns(CONTACT_KEYS, [_keys_of_contact(name) for name in columns["full_name"]])
    return {}


def _in_columns(names: Iterable[str], keys: Iterable[Keys]) -> dict[str, Iterable[Any]]:
    return dict(zip(names, zip(*keys, strict=True), strict=True))
