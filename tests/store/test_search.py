"""The index against a scan of everything: nothing missed, nothing wrong, the nearest first (SRCH-1, SRCH-2)."""

import random

import pytest

from crm_desktop.jobs import finish
from crm_desktop.model import Account, Contact, Tag, Tagging
from crm_desktop.services import sample
from crm_desktop.store import queries, search
from crm_desktop.store.nearest import best
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.queries import Listing
from crm_desktop.store.search_later import catching_up
from crm_desktop.text.folding import fold
from crm_desktop.text.pinyin import initials, pinyin
from crm_desktop.text.ranks import rank

MOMENTS = {"activity": "at", "account": "coalesce(last_activity_at, created_at)"}
MOMENTS["contact"] = MOMENTS["account"]


@pytest.fixture
def base(workspace):
    """A filled data file, and the words of every record in it."""
    sample.documents(workspace)
    finish(sample.fill(workspace, 70, seed=4))
    with workspace.read() as session:
        connection = session.connection()
        keys = {each: connection.exec_driver_sql(f"SELECT id FROM {each}").scalars().all() for each in search.SEARCHED}
        yield connection, {each: search.words_of(connection, each, keys[each]) for each in search.SEARCHED}


def some_queries(words, dice, count):
    """What somebody might type of these records: right pieces of them, cut anywhere, and two at once."""
    for _ in range(count):
        held = dice.choice(list(words[dice.choice(search.SEARCHED)].values()))
        names = [*held.people, *held.companies]
        pieces = [*names, *held.texts, *held.mails, *held.digits, *map(fold, names)]
        pieces += [spell(name, surname) for name in names for spell in (pinyin, initials) for surname in (True, False)]
        piece = dice.choice(pieces or ["a"])
        start = dice.choice((0, dice.randrange(max(1, len(piece)))))
        yield piece[start : start + dice.choice((1, 2, 3, 4, 6, 12, 30))]
        if dice.random() < 0.2:
            yield f"{piece[:3]} {dice.choice(pieces)[-4:]}"


def test_nothing_is_missed_and_nothing_wrong_is_found(base):
    connection, words = base
    hits = 0
    for query in some_queries(words, random.Random(31), 300):
        for entity, held in words.items():
            expected = {key for key, each in held.items() if each.match(query)}
            assert list(search.find(connection, entity, query)) == sorted(expected, reverse=True), (entity, query)
            hits += len(expected)
    assert hits > 5000


def test_the_best_are_those_of_a_scan_in_its_order(base):
    connection, words = base
    for query in some_queries(words, random.Random(32), 150):
        for entity, held in words.items():
            moments = dict(map(tuple, connection.exec_driver_sql(f"SELECT id, {MOMENTS[entity]} FROM {entity}")))
            ranks = {
                key: rank(fold(query), each.people, each.companies, each.digits)
                for key, each in held.items()
                if each.match(query)
            }
            recent = sorted(ranks, key=lambda key: (moments[key], key), reverse=True)
            expected = sorted(recent, key=ranks.__getitem__)
            found = [(key, near) for key, near in best(connection, entity, query, 3)]
            assert found == [(key, ranks[key]) for key in expected], (entity, query)


def test_a_limit_takes_the_newest(base):
    connection, _words = base
    everything = list(search.find(connection, "contact", "a"))
    assert list(search.find(connection, "contact", "a", 5)) == everything[:5]
    assert everything == sorted(everything, reverse=True)


@pytest.mark.parametrize("text", ["星河", "星河电子", "8000", "xh", "abcdefghijklmnopqrstuvw"])
def test_a_filtered_list_is_complete_however_long_it_is(workspace, text):
    long = "abcdefghijklmnopqrstuvwxyz"
    with workspace.write("Many") as session:
        session.insert_rows(Account, [{"name": f"星河电子8000{each}{long}"} for each in range(1500)])
        session.insert_rows(Account, [{"name": f"电子星河 {long[:17]}"}])
    with workspace.read() as session:
        count = queries.count(session, Listing(Account, text=text))
        assert count == len(queries.keys(session, Listing(Account, text=text)))
        assert count == (1501 if text in ("星河", "xh") else 1500)


def test_hanzi_that_stand_apart_and_long_words_are_checked(workspace, make):
    right = make(Account, name="张三丰电子")
    make(Account, name="张三电子", description="三丰")
    same = make(Contact, full_name="Wolfeschlegelsteinhausenberger")
    make(Contact, full_name="Wolfeschlegelsteinburg")
    with workspace.read() as session:
        connection = session.connection()
        assert list(search.find(connection, "account", "张三丰")) == [right]
        assert [key for key, _rank in best(connection, "account", "张三丰", 8)] == [right]
        assert list(search.find(connection, "contact", "wolfeschlegelsteinh")) == [same]
        assert [key for key, _rank in best(connection, "contact", "wolfeschlegelsteinh", 8)] == [same]


def test_private_customers_are_read_like_people(workspace, make):
    person = make(Account, name="单明", kind="person")
    make(Account, name="单明电子")
    with workspace.read() as session:
        assert list(search.find(session.connection(), "account", "shanming")) == [person]


def test_what_is_in_the_bin_is_left_out_even_of_a_stale_index(workspace, make):
    key = make(Contact, full_name="张三")
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE contact SET deleted_at = '2026-01-01' WHERE id = ?", (key,))
        assert list(search.find(connection, "contact", "张三")) == []
        assert list(best(connection, "contact", "张三", 8)) == []
        assert search.unindexed(connection, "contact")["left over"] == 1


def test_an_index_without_the_tokens_of_whole_names_misses_nothing(workspace, make):
    key = make(Contact, full_name="张三")
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM search_contact")
        connection.exec_driver_sql("INSERT INTO search_contact (rowid, grams_ends) VALUES (?, '张三 张 三')", (key,))
        assert [each for each, _rank in best(connection, "contact", "张三", 8)] == [key]


def test_an_index_of_an_older_version_is_made_anew(workspace, folder, make):
    key = make(Contact, full_name="张三")
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE search_contact")
        connection.exec_driver_sql("CREATE VIRTUAL TABLE search_contact USING fts5(grams, content='')")
    workspace.close()
    workspace = open_workspace(folder)
    finish(catching_up(workspace))
    with workspace.read() as session:
        assert list(search.find(session.connection(), "contact", "zs")) == [key]
    workspace.close()


def test_records_are_found_by_a_tag_that_was_renamed(workspace):
    with workspace.write("Tag") as session:
        session.insert_rows(Account, [{"id": 1, "name": "ABC有限公司"}])
        session.insert_rows(Tag, [{"id": 2, "name": "VIP", "name_key": "vip"}])
        session.insert_rows(Tagging, [{"account_id": 1, "tag_id": 2}])
    with workspace.write("Rename") as session:
        session.get_one(Tag, 2).name = "重点"
    with workspace.read() as session:
        assert list(search.find(session.connection(), "account", "重点")) == [1]
        assert list(search.find(session.connection(), "account", "vip")) == []
