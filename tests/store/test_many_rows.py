"""Thousands of rows at once: told to the end, given up at any moment, found, taken back and done again."""

import pytest
from sqlalchemy import select

from crm_desktop.errors import Conflict
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Affiliation, ChangeItem, Channel, Contact, Tag
from crm_desktop.model.ids import clock
from crm_desktop.services.records import change
from crm_desktop.store import dump, search, search_later
from crm_desktop.store.check import check
from crm_desktop.store.undo import redo, redoing, undo, undoing

MANY = 3000
"""More than two pages of the index."""
LATER = 4500
"""So many that they are brought into the search later."""


def fill(session, count=MANY):
    """People at companies with mails and numbers; gives the keys of the people."""
    companies, people = clock.block(count // 3), clock.block(count)
    websites = ("https://www.abc.com", "no address", None)
    session.insert_rows(
        Account,
        [
            {"id": key, "name": f"星河电子{place}", "website": websites[place % 3]}
            for place, key in enumerate(companies)
        ],
    )
    session.insert_rows(Contact, [{"id": key, "full_name": f"张三{place}"} for place, key in enumerate(people)])
    at = [{"account_id": companies[place // 3], "contact_id": key} for place, key in enumerate(people)]
    session.insert_rows(Affiliation, at)
    mails = [{"account_id": key, "kind": "email", "raw": "a@b.com", "norm": "a@b.com"} for key in companies]
    numbers = [
        {"contact_id": key, "kind": "mobile", "raw": f"+861380000{place:04}", "norm": f"+861380000{place:04}"}
        for place, key in enumerate(people)
    ]
    session.insert_rows(Channel, mails)
    session.insert_rows(Channel, numbers)
    return people


def found(workspace, entity, query):
    with workspace.read() as session:
        return list(search.find(session.connection(), entity, query))


def write_all(workspace, count=MANY):
    with workspace.write("Many") as session:
        fill(session, count)
        yield from session.finishing()


def test_many_rows_are_in_order_and_found(workspace):
    finish(write_all(workspace))
    assert check(workspace) == []
    assert len(found(workspace, "contact", "张三")) == MANY
    assert len(found(workspace, "contact", "13800002321")) == 1
    assert len(found(workspace, "account", "xhdz77")) >= 1


def test_progress_is_told_to_the_end_of_each_way(workspace):
    for job in (write_all(workspace), undoing(workspace), redoing(workspace)):
        told = list(job)
        counted = [(each.done, each.total) for each in told if each.total]
        assert len(counted) > 3
        assert all(done <= total for done, total in counted)
        assert counted[-1][0] == counted[-1][1]


@pytest.mark.parametrize("after", [1, 4, 8])
def test_what_is_given_up_while_the_search_is_brought_up_to_date_leaves_nothing(workspace, after):
    before = dump.text(workspace)
    job = write_all(workspace)
    for _each in range(after):
        next(job)
    job.close()
    assert dump.text(workspace) == before
    assert check(workspace) == []
    assert workspace.undo_target() is None


def test_very_many_rows_are_brought_into_the_search_later(workspace):
    finish(write_all(workspace, LATER))
    waiting = search_later.waiting(workspace)
    assert waiting == LATER + LATER // 3
    assert (check(workspace), found(workspace, "contact", "张三")) == ([], [])
    told = list(search_later.catching_up(workspace))
    assert told[-1].done == told[-1].total == waiting
    assert len(found(workspace, "contact", "张三")) == LATER
    assert (search_later.waiting(workspace), check(workspace)) == (0, [])
    undo(workspace)
    assert search_later.waiting(workspace) == waiting
    finish(search_later.catching_up(workspace))
    assert (check(workspace), found(workspace, "contact", "张三")) == ([], [])


def test_catching_up_goes_on_where_it_was_given_up_and_leaves_alone_what_was_saved_meanwhile(workspace):
    job = write_all(workspace, LATER)
    finish(job)
    given_up = search_later.catching_up(workspace)
    next(given_up)
    next(given_up)
    given_up.close()
    left = search_later.waiting(workspace)
    assert 0 < left < LATER + LATER // 3
    with workspace.read() as session:
        key = session.scalar(select(Contact.id).order_by(Contact.id.desc()).limit(1))
    change(workspace, Contact, key, "full_name", "李四")
    assert search_later.waiting(workspace) == left - 1
    assert found(workspace, "contact", "李四") == [key]
    finish(search_later.catching_up(workspace))
    assert found(workspace, "contact", "李四") == [key]
    assert len(found(workspace, "contact", "张三")) == LATER - 1
    assert check(workspace) == []


@pytest.mark.parametrize("many", [0, 100_000])
def test_other_processes_bring_the_same_into_the_search(workspace, monkeypatch, many):
    monkeypatch.setattr(search_later, "MANY", many)
    finish(write_all(workspace, LATER))
    finish(search_later.catching_up(workspace))
    assert (search_later.waiting(workspace), check(workspace)) == (0, [])
    assert len(found(workspace, "contact", "张三")) == LATER
    assert len(found(workspace, "contact", "13800002321")) == 1
    with workspace.read() as session:
        common = "SELECT count(*) FROM search_common WHERE entity = 'contact' AND token = '张三'"
        assert session.connection().exec_driver_sql(common).scalar() == 1


def test_words_written_while_a_page_was_cut_up_are_the_ones_that_count(workspace, monkeypatch):
    finish(write_all(workspace, LATER))
    monkeypatch.setattr(search_later, "MOST_AT_ONCE", search.BATCH // 2)
    cut = search_later._cut
    renamed = []

    def cut_and_rename(engine, page):
        found = cut(engine, page)
        if page[0] == "contact" and not renamed:
            renamed.extend(page[1])
            with workspace.write("Renamed") as session:
                session.update_rows(Contact, renamed, {"full_name": "李四"})
        return found

    monkeypatch.setattr(search_later, "_cut", cut_and_rename)
    finish(search_later.catching_up(workspace))
    assert len(found(workspace, "contact", "李四")) == len(renamed) > search_later.MOST_AT_ONCE
    assert len(found(workspace, "contact", "张三")) == LATER - len(renamed)
    assert check(workspace) == []


def write_late(workspace):
    with workspace.write("Late") as session:
        session.insert_rows(Contact, [{"full_name": "张三"}])
        finish(session.finishing())
        session.insert_rows(Contact, [{"full_name": "李四"}])


def test_nothing_can_be_written_once_the_step_is_recorded(workspace):
    before = dump.text(workspace)
    with pytest.raises(RuntimeError):
        write_late(workspace)
    assert dump.text(workspace) == before


def test_a_step_that_does_nothing_is_not_recorded(workspace):
    with workspace.write("Nothing") as session:
        assert list(session.finishing()) == []
    assert workspace.undo_target() is None


def test_a_column_that_is_not_there_is_refused(workspace):
    with pytest.raises(TypeError), workspace.write("Wrong") as session:
        session.insert_rows(Contact, [{"full_name": "张三", "shoe_size": 43}])


def test_many_rows_are_taken_back_and_done_again(workspace):
    empty = dump.text(workspace)
    finish(write_all(workspace))
    full = dump.text(workspace)
    for _each in range(2):
        assert undo(workspace).kept == []
        assert (dump.text(workspace), check(workspace)) == (empty, [])
        assert found(workspace, "contact", "张三") == []
        assert redo(workspace).kept == []
        assert (dump.text(workspace), check(workspace)) == (full, [])
        assert len(found(workspace, "contact", "张三")) == MANY


def test_the_journal_names_every_row_once(workspace):
    finish(write_all(workspace))
    undone = undo(workspace)
    with workspace.read() as session:
        items = session.query(ChangeItem).filter_by(set_id=undone.set_id).order_by(ChangeItem.seq).all()
    assert [each.seq for each in items] == list(range(undone.rows))
    assert len({each.row_id for each in items}) == undone.rows == MANY // 3 * 2 + MANY * 3


def test_a_row_that_was_changed_since_is_kept_among_many(workspace):
    with workspace.write("Make") as session:
        people = fill(session, 300)
    with workspace.write("Same note for all") as session:
        for key in people:
            session.get_one(Contact, key).note = "met at the fair"
    step = workspace.undo_target()
    change(workspace, Contact, people[7], "note", "met twice")
    outcome = undo(workspace, step)
    assert [(each.row_id, each.column) for each in outcome.kept] == [(people[7], "note")]
    assert outcome.rows == 299
    with workspace.read() as session:
        notes = {key: session.get_one(Contact, key).note for key in people}
    assert [key for key, note in notes.items() if note] == [people[7]]


def test_a_row_that_a_step_changed_twice_goes_back_to_the_beginning(workspace):
    with workspace.write("Make") as session:
        people = fill(session, 300)
    before = dump.text(workspace)
    with workspace.write("Twice") as session:
        for text in ("first", "second"):
            for key in people:
                session.get_one(Contact, key).note = text
            session.flush()
    undo(workspace)
    assert dump.text(workspace) == before


def test_one_place_that_is_taken_keeps_one_row_back(workspace):
    keys = clock.block(150)
    with workspace.write("Tags") as session:
        session.insert_rows(Tag, [{"id": key, "name": f"T{key}", "name_key": f"t{key}"} for key in keys])
    with workspace.write("Delete tags") as session:
        session.remove_rows(Tag, keys)
    gone = workspace.undo_target()
    with workspace.write("One again") as session:
        session.add(Tag(name="T", name_key=f"t{keys[3]}"))
    outcome = undo(workspace, gone)
    assert [each.row_id for each in outcome.kept] == [keys[3]]
    assert outcome.rows == 149
    with pytest.raises(Conflict):
        undo(workspace, gone)
