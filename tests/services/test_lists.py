"""Saved lists keep a filter, an order and columns under a name, for one person or for everybody."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from crm_desktop.errors import Invalid, Missing
from crm_desktop.model import Account, Contact, SavedList, User, filters
from crm_desktop.services import custom_fields, lists, users
from crm_desktop.services.lists import Column, SavedView
from crm_desktop.store import dump, queries
from crm_desktop.store.undo import redo, undo

WOMEN = filters.Group("all", (filters.Test("gender", "any_of", ("female",)),))
VIEW = SavedView(
    0, "Women", Contact, WOMEN, "zs", True, "title", True, (Column("full_name", 210, True), Column("note"))
)


def test_a_list_comes_back_with_all_that_it_was_saved_with(workspace):
    key = lists.save(workspace, VIEW)
    assert lists.get(workspace, key) == replace(VIEW, key=key)
    assert lists.all_for(workspace, Account) == []
    lists.save(workspace, replace(VIEW, key=key, text="", columns=()))
    assert lists.named(workspace, Contact, "WOMEN") == replace(VIEW, key=key, text="", columns=())
    assert workspace.undo_title == "Change list “Women”"
    undo(workspace)
    assert lists.get(workspace, key).text == "zs"
    undo(workspace)
    assert lists.all_for(workspace, Contact) == []
    redo(workspace)
    assert [each.name for each in lists.all_for(workspace, Contact)] == ["Women"]


def test_mine_are_mine_until_i_share_them(workspace):
    users.set_local_name(workspace, "Me")
    other = users.add(workspace, "Colleague")
    mine = lists.save(workspace, replace(VIEW, owner=lists.me(workspace)))
    lists.save(workspace, replace(VIEW, name="Theirs", owner=other))
    lists.save(workspace, replace(VIEW, name="All", owner=None))
    assert [each.name for each in lists.all_for(workspace, Contact)] == ["Women", "All"]
    lists.share(workspace, mine, is_shared=True)
    assert lists.get(workspace, mine).owner is None
    lists.share(workspace, mine, is_shared=False)
    with workspace.read() as session:
        assert lists.get(workspace, mine).owner == session.scalar(select(User.id).where(User.is_local))


def test_lists_are_ordered_renamed_and_removed(workspace):
    before = dump.text(workspace)
    keys = [lists.save(workspace, replace(VIEW, name=name)) for name in ("one", "two", "three")]
    lists.reorder(workspace, [keys[2], keys[0], keys[1]])
    lists.rename(workspace, keys[0], "first")
    assert [each.name for each in lists.all_for(workspace, Contact)] == ["three", "first", "two"]
    lists.remove(workspace, keys[1])
    with pytest.raises(Missing):
        lists.get(workspace, keys[1])
    with pytest.raises(Missing):
        lists.rename(workspace, keys[1], "again")
    for _ in range(6):
        undo(workspace)
    assert dump.text(workspace) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"name": "women"},
        {"name": "new", "filter": filters.Group("all", (filters.Test("shoe_size", "is", ("43",)),))},
    ],
)
def test_a_list_that_cannot_be_is_not_saved(workspace, wrong):
    lists.save(workspace, VIEW)
    with pytest.raises(Invalid):
        lists.save(workspace, replace(VIEW, **wrong))
    assert len(lists.all_for(workspace, Contact)) == 1


def test_a_list_says_why_it_shows_nothing_when_its_field_is_gone(workspace):
    own = custom_fields.add(workspace, "contact", "text", "Nickname")
    asked = filters.Group("all", (filters.Test(own.name, "not_empty"),))
    key = lists.save(workspace, replace(VIEW, filter=asked, text="", order=own.name))
    assert lists.get(workspace, key).problem == ""
    custom_fields.remove(workspace, own.own)
    view = lists.get(workspace, key)
    assert view.problem == "There is no field “nickname” to filter by."
    assert filters.say(view.filter, Contact) == "nickname not_empty"
    with workspace.read() as session, pytest.raises(Invalid):
        queries.keys(session, view.listing)
    whole = replace(view.listing, filter=filters.NOTHING)
    with workspace.read() as session:
        assert list(queries.keys(session, whole)) == []


def test_a_filter_of_a_newer_version_never_shows_everything(workspace):
    key = lists.save(workspace, VIEW)
    with workspace.write("Newer") as session:
        session.get_one(SavedList, key).filter_json = '{"most": []}'
    view = lists.get(workspace, key)
    assert "newer version" in view.problem
    with workspace.read() as session, pytest.raises(Invalid):
        queries.count(session, view.listing)


def test_the_usual_columns_are_those_of_the_list(workspace):
    assert [each.name for each in lists.default_columns(Contact)][:3] == ["full_name", "account", "title"]
