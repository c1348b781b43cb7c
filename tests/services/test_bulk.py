"""Many records are changed at once, as one step that undo takes back to the last byte."""

import shutil
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from crm_desktop.errors import Invalid, Missing
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Affiliation, ChangeSet, Contact, CustomValue, User, filters
from crm_desktop.model.fields import field_named
from crm_desktop.services import bulk, records
from crm_desktop.services.bulk import Chosen
from crm_desktop.store import dump, queries
from crm_desktop.store.check import check
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.queries import Listing
from crm_desktop.store.undo import redo, undo
from tests.store.people import fill


@pytest.fixture(scope="module")
def filled(empty_data, tmp_path_factory):
    """A workspace with all sorts of records; every test leaves it as it was."""
    folder = DataFolder(tmp_path_factory.mktemp("bulk"))
    folder.prepare()
    shutil.copyfile(empty_data, folder.database)
    workspace = open_workspace(folder)
    fill(workspace)
    yield workspace
    workspace.close()


@pytest.fixture
def unchanged(filled):
    """Take back at the end what was done, and see that everything is as it was."""
    before, faults, step = dump.text(filled), check(filled), filled.undo_target()
    yield
    while filled.undo_target() != step:
        undo(filled)
    assert dump.text(filled) == before
    assert check(filled) == faults


def keys_of(workspace, entity, **listed):
    with workspace.read() as session:
        return list(queries.keys(session, Listing(entity, closed=True, **listed)))


def shown(workspace, entity, name):
    """What a field of every record holds."""
    keys = keys_of(workspace, entity)
    with workspace.read() as session:
        found = queries.values(session, entity, [field_named(entity, name)], keys)
    return {key: row[name] for key, row in found.items()}


def names(value):
    return {each.raw if hasattr(each, "raw") else each for each in value or ()}


SAME = [
    (Account, "industry", "制造", "manufacturing"),
    (Account, "industry", "", None),
    (Account, "status", "dormant", "dormant"),
    (Account, "status", "", "active"),
    (Account, "employees", "350", 350),
    (Account, "types", "客户, 供应商", ("customer", "supplier")),
    (Account, "tags", "trial, new", {"trial", "new"}),
    (Account, "tags", "", set()),
    (Account, "description", "moved", "moved"),
    (Account, "phone", "010-87654321; 010-12345678", {"010-87654321", "010-12345678"}),
    (Account, "score", "7", Decimal(7)),
    (Account, "score", "", None),
    (Contact, "full_name", "王芳", "王芳"),
    (Contact, "birthday", "03-08", "--03-08"),
    (Contact, "do_not_call", "yes", True),
]


@pytest.mark.parametrize(("entity", "name", "text", "value"), SAME)
def test_a_field_of_all_says_one_thing_until_it_is_taken_back(filled, unchanged, entity, name, text, value):
    outcome = finish(bulk.change(filled, Listing(entity, closed=True), name, text))
    after = shown(filled, entity, name)
    assert not outcome.refused
    assert 0 < outcome.changed <= len(after)
    if isinstance(value, set):
        assert all(names(each) == value for each in after.values())
    else:
        assert set(after.values()) == {value}
    undo(filled)
    redo(filled)
    assert shown(filled, entity, name) == after


def test_a_band_takes_numbers_away_that_belong_to_another(filled, unchanged):
    finish(bulk.change(filled, Listing(Account, closed=True), "size_band", "10–50"))
    assert set(shown(filled, Account, "employees").values()) == {None, 12, 0}
    undo(filled)
    finish(bulk.change(filled, Listing(Account, closed=True), "employees", "350"))
    assert set(shown(filled, Account, "size_band").values()) == {"200-500"}


PARTS = {
    "channel": "account_id, contact_id, kind, raw, norm, ext, country, state, is_primary",
    "address": "account_id, contact_id, line, inherits_id, is_primary",
}


def parts_of(workspace, table):
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql(f"SELECT {PARTS[table]} FROM {table} WHERE deleted_at IS NULL")
        return sorted(map(repr, rows))


@pytest.mark.parametrize(
    ("entity", "name", "text", "table"),
    [
        (Contact, "mobile", "139 0000 1111; +49 30 901820", "channel"),
        (Account, "phone", "021-62345678", "channel"),
        (Account, "email", "", "channel"),
        (Contact, "address", "上海市人民路 8 号", "address"),
        (Account, "address", "上海市人民路 8 号\nBerlin, Torstrasse 1", "address"),
    ],
)
def test_parts_of_many_become_what_those_of_each_would(filled, unchanged, entity, name, text, table):
    keys = keys_of(filled, entity)
    outcome = finish(bulk.change(filled, Listing(entity, closed=True), name, text))
    at_once = parts_of(filled, table)
    undo(filled)
    changed = 0
    for key in keys:
        before = parts_of(filled, table)
        records.change(filled, entity, key, name, text)
        changed += parts_of(filled, table) != before
    assert at_once == parts_of(filled, table)
    assert outcome.changed == changed


def test_who_works_nowhere_gets_no_title_and_that_is_told(filled, unchanged):
    homeless = filters.Group("all", (filters.Test("account", "empty"),))
    without = keys_of(filled, Contact, filter=homeless)
    outcome = finish(bulk.change(filled, Listing(Contact), "title", "CTO"))
    assert {each.key for each in outcome.refused} == set(without)
    assert all("Link an account first" in each.reason and each.name for each in outcome.refused)
    assert {title for key, title in shown(filled, Contact, "title").items() if key not in without} == {"CTO"}


def test_tags_are_put_on_and_taken_off_and_others_stay(filled, unchanged):
    before = shown(filled, Contact, "tags")
    chosen = Chosen(Contact, keys_of(filled, Contact)[:20])
    put = finish(bulk.tag(filled, chosen, ["#VIP", "vip", "neu"]))
    after = shown(filled, Contact, "tags")
    assert all(names(after[key]) == names(before[key]) | {"VIP", "neu"} for key in chosen.keys)
    assert put.changed == 20
    assert put.title == "Tag “vip, neu” on 20 contacts"
    taken = finish(bulk.untag(filled, chosen, ["VIP"]))
    assert taken.changed == 20
    undo(filled)
    assert shown(filled, Contact, "tags") == after


def test_all_that_a_list_holds_gets_an_owner_and_the_history_tells_it(filled, unchanged):
    with filled.read() as session:
        colleague = session.scalar(select(User.id).where(User.name == "Colleague"))
    lost = filters.Group("all", (filters.Test("owner_id", "empty"),))
    waiting = keys_of(filled, Contact, filter=lost)
    outcome = finish(bulk.assign(filled, Listing(Contact, filter=lost), colleague))
    assert outcome.changed == len(waiting)
    assert filled.undo_title == outcome.title == f"Owner of {len(waiting)} contacts → Colleague"
    assert keys_of(filled, Contact, filter=lost) == []
    with filled.read() as session:
        step = session.get_one(ChangeSet, outcome.set_id)
        assert (step.kind, step.rows) == ("bulk", len(waiting))


def test_what_says_so_already_is_no_step(filled, unchanged):
    outcome = finish(bulk.change(filled, Chosen(Contact, []), "hobby", "golf"))
    golfers = filters.Group("all", (filters.Test("hobby", "is", ("golf",)),))
    again = finish(bulk.change(filled, Listing(Contact, filter=filters.Group("all", (golfers,))), "note", "x"))
    assert outcome.set_id is None
    assert again.changed
    same = finish(bulk.change(filled, Listing(Contact, filter=golfers), "note", "x"))
    assert (same.changed, same.set_id) == (0, None)


@pytest.mark.parametrize("entity", [Account, Contact])
def test_deleting_takes_the_parts_along_and_lifts_the_branches(filled, unchanged, entity):
    keys = keys_of(filled, entity)
    with filled.write("Branches") as session:
        for place, key in enumerate(keys_of(filled, Account)[1:4]):
            session.get_one(Account, key).parent_id = keys_of(filled, Account)[place]
    tops = keys_of(filled, Account)[:4]
    outcome = finish(bulk.delete(filled, Chosen(entity, keys[1:3])))
    assert outcome.changed == 2
    assert set(keys_of(filled, entity)) == set(keys) - set(keys[1:3])
    if entity is Account:
        with filled.read() as session:
            assert session.get_one(Account, tops[3]).parent_id == tops[0]
            assert not session.scalar(
                select(func.count()).where(Affiliation.account_id.in_(keys[1:3]), Affiliation.deleted_at.is_(None))
            )


def test_what_is_gone_is_told_and_the_others_are_changed(filled, unchanged):
    keys = keys_of(filled, Contact)[:3]
    records.remove(filled, Contact, [keys[0]])
    outcome = finish(bulk.change(filled, Chosen(Contact, keys), "note", "seen"))
    assert outcome.changed == 2
    assert [(each.key, each.reason) for each in outcome.refused] == [(keys[0], "This record has been deleted.")]


@pytest.mark.parametrize(
    ("name", "text"),
    [("full_name", ""), ("birthday", "30 February"), ("do_not_call", "perhaps"), ("photo", "x"), ("account", "ABC")],
)
def test_what_cannot_be_is_refused_before_anything_is_written(filled, name, text):
    before = filled.undo_target()
    with pytest.raises(Invalid) as told:
        finish(bulk.change(filled, Listing(Contact), name, text))
    assert name in told.value.problems
    assert filled.undo_target() == before


def test_an_owner_that_nobody_is_and_a_tag_without_a_name_are_refused(filled):
    with pytest.raises(Missing):
        finish(bulk.assign(filled, Listing(Contact), 12345))
    with pytest.raises(Invalid):
        finish(bulk.tag(filled, Listing(Contact), [" ", "#"]))


def test_thousands_are_changed_page_by_page_and_can_be_given_up(workspace):
    with workspace.write("Many") as session:
        session.insert_rows(Contact, [{"full_name": f"张三{each}", "note": str(each)} for each in range(5000)])
    before = dump.text(workspace)
    job = bulk.change(workspace, Listing(Contact), "note", "seen")
    assert [next(job).done for _ in range(3)] == [0, 2000, 4000]
    job.close()
    assert dump.text(workspace) == before
    outcome = finish(bulk.change(workspace, Listing(Contact), "note", "seen"))
    assert outcome.changed == 5000
    finish(bulk.tag(workspace, Listing(Contact), ["VIP"]))
    undo(workspace)
    undo(workspace)
    assert dump.text(workspace) == before
    with workspace.read() as session:
        assert session.scalar(select(func.count(CustomValue.id))) == 0
