"""Tags are looked after in one place (VIEW-02): a merge leaves one on each record, and saved lists go on asking."""

import pytest

from crm_desktop.errors import Invalid, Missing
from crm_desktop.model import Account, Contact
from crm_desktop.model.filters import Group, from_json
from crm_desktop.services import lists, records, tags
from crm_desktop.services.lists import SavedView
from crm_desktop.store import dump, queries, search
from crm_desktop.store.queries import Listing
from crm_desktop.store.undo import undo


def tagged(workspace, entity, name, words):
    field = "name" if entity is Account else "full_name"
    return records.create(workspace, entity, {field: name, "tags": words})


def tags_of(workspace, entity, key):
    return records.load(workspace, entity, key).fields["tags"].value


@pytest.fixture
def people(workspace):
    """Two people and an account with tags of two spellings, and a list that asks for one."""
    keys = (
        tagged(workspace, Contact, "张三", "展会, VIP"),
        tagged(workspace, Contact, "李四", "展会2025, 展会"),
        tagged(workspace, Account, "ABC", "展会2025"),
    )
    asked = {"all": [{"path": "tag", "operator": "any_of", "values": ["展会2025", "展会"]}]}
    lists.save(workspace, SavedView(0, "Fair", Contact, from_json(asked)))
    return keys


def test_merged_tags_are_carried_once_and_undo_parts_them(workspace, people):
    before = dump.text(workspace)
    old, new = tags.named(workspace, "展会2025"), tags.named(workspace, "展会")
    assert tags.merge(workspace, [old], new) == 2
    assert workspace.undo_title == "Merge tag “展会2025” into “展会”"
    assert [tags_of(workspace, *each) for each in zip((Contact, Contact, Account), people, strict=True)] == [
        ("展会", "VIP"),
        ("展会",),
        ("展会",),
    ]
    assert [(each.name, each.accounts, each.contacts) for each in tags.all_tags(workspace)] == [
        ("VIP", 0, 1),
        ("展会", 1, 2),
    ]
    [fair] = lists.all_for(workspace, Contact)
    assert fair.filter.parts[0].values == ("展会",)
    with workspace.read() as session:
        assert list(search.find(session.connection(), "account", "2025")) == []
        assert set(queries.keys(session, fair.listing)) == set(people[:2])
    undo(workspace)
    assert dump.text(workspace) == before


def test_a_renamed_tag_is_found_by_its_new_name_everywhere(workspace, people):
    before = dump.text(workspace)
    tags.rename(workspace, tags.named(workspace, "展会"), "Messe")
    assert tags_of(workspace, Contact, people[0]) == ("Messe", "VIP")
    [fair] = lists.all_for(workspace, Contact)
    with workspace.read() as session:
        assert set(queries.keys(session, fair.listing)) == set(people[:2])
        assert set(search.find(session.connection(), "contact", "messe")) == set(people[:2])
    undo(workspace)
    assert dump.text(workspace) == before


@pytest.mark.parametrize("name", ["", "#", "a, b", "a/b", "VIP", "vip", "x" * 201])
def test_a_name_that_no_tag_can_have_is_refused(workspace, people, name):
    with pytest.raises(Invalid):
        tags.rename(workspace, tags.named(workspace, "展会"), name)


def test_a_tag_may_change_its_letters_and_its_colour(workspace, people):
    key = tags.named(workspace, "vip")
    tags.rename(workspace, key, "Vip")
    tags.recolour(workspace, key, "red")
    assert [(each.name, each.colour) for each in tags.all_tags(workspace) if each.key == key] == [("Vip", "red")]


def test_a_deleted_tag_is_off_every_record(workspace, people):
    before = dump.text(workspace)
    key = tags.named(workspace, "展会")
    tags.remove(workspace, key)
    assert tags_of(workspace, Contact, people[0]) == ("VIP",)
    with pytest.raises(Missing):
        tags.rename(workspace, key, "Messe")
    with pytest.raises(Missing):
        tags.named(workspace, "展会")
    with workspace.read() as session:
        carried = Listing(Contact, filter=Group("all", from_json({"path": "tag", "operator": "not_empty"}).parts))
        assert queries.count(session, carried) == 2
    undo(workspace)
    assert dump.text(workspace) == before
