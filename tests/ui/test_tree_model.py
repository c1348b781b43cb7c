"""The account tree follows the data: rows come, go and move, and nothing else is touched."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from crm_desktop import i18n
from crm_desktop.model import Account, Contact
from crm_desktop.services import accounts, activities, contacts, leaving, records
from crm_desktop.store import outline as outlines
from crm_desktop.store.outline import ACCOUNT, CONTACT, Outline, first_page
from crm_desktop.store.outline_order import LEVEL, RECENT, Look
from crm_desktop.store.undo import undo
from crm_desktop.ui.models import tree
from crm_desktop.ui.models.tree import DEPTH, EXPANDABLE, EXPANDED, KEY, KIND, NODE, TreeModel
from crm_desktop.ui.models.tree_follower import MANY


@pytest.fixture
def outline(workspace):
    found = Outline(workspace.path)
    yield found
    found.close()


@pytest.fixture
def model(qapp, workspace, outline, qtmodeltester):
    """A tree that follows the workspace; every step of a test is checked against Qt's rules for models."""
    made = TreeModel()
    made.attach(outline)
    made.finish()

    def follow(change):
        made.refresh(change)
        made.finish()

    workspace.listen(follow)
    yield made
    qtmodeltester.check(made)
    workspace.forget(follow)
    made.detach()


def look(model, *what):
    model.set_look(Look(*what))
    model.finish()


@pytest.fixture
def group(make):
    """A company with two branches, one of which has a branch, too."""
    top = make(Account, name="Holding")
    one, two = make(Account, name="Branch 1", parent_id=top), make(Account, name="Branch 2", parent_id=top)
    return {"top": top, "one": one, "two": two, "below": make(Account, name="Office", parent_id=one)}


def person(workspace, name, account):
    return contacts.create(workspace, {"full_name": name}, account=account)[0]


def shown(model):
    """Every row by its name, indented as it is in the tree."""
    return ["  " * model.rows.depths[row] + model.node(row).name for row in range(model.rowCount())]


def expand(model, *keys):
    for key in keys:
        model.expand(model.row_of(ACCOUNT, key))


def test_rows_answer_by_their_roles(model, make):
    key = make(Account, name="Acme", level="a", child_count=0)
    index = model.index(0, 0)
    said = {role: index.data(role) for role in (KIND, KEY, DEPTH, EXPANDABLE, EXPANDED)}
    assert said == {KIND: ACCOUNT, KEY: key, DEPTH: 0, EXPANDABLE: False, EXPANDED: False}
    assert index.data() == "Acme"
    assert index.data(NODE).level == "a"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None


def test_the_first_accounts_stay_when_all_have_come(workspace, make, qapp, outline):
    for number in range(300):
        make(Account, name=f"Account {number:03}")
    nodes, _counts = first_page(workspace.path)
    model = TreeModel()
    model.show_first(nodes)
    assert model.rowCount() == 200
    removed = []
    model.rowsRemoved.connect(lambda *where: removed.append(where))
    place = QPersistentModelIndex(model.index(150, 0))
    model.attach(outline)
    model.finish()
    assert (model.rowCount(), removed, place.row()) == (300, [], 150)
    assert model.is_complete()


def test_an_account_opens_and_closes(model, group):
    assert shown(model) == ["Holding"]
    expand(model, group["top"], group["one"])
    assert shown(model) == ["Holding", "  Branch 1", "    Office", "  Branch 2"]
    model.collapse(0)
    assert shown(model) == ["Holding"]
    model.expand(0)
    assert shown(model) == ["Holding", "  Branch 1", "    Office", "  Branch 2"]  # as it was left
    model.collapse_all()
    model.expand(0)
    assert shown(model) == ["Holding", "  Branch 1", "  Branch 2"]


def test_everything_below_opens_at_once(model, workspace, group):
    person(workspace, "张三", group["below"])
    model.expand_all(0)
    assert shown(model) == ["Holding", "  Branch 1", "    Office", "      张三", "  Branch 2"]


def test_an_account_with_closed_branches_only_has_nothing_to_open(model, make):
    top = make(Account, name="Holding")
    make(Account, name="Closed", parent_id=top, status="closed")
    model.expand(0)
    assert not model.is_expandable(0)
    assert not model.is_expanded(0)


def test_a_record_is_revealed_wherever_it_stands(model, workspace, make):
    keys = [make(Account, name="Level 0")]
    for depth in range(1, 12):
        keys.append(make(Account, name=f"Level {depth}", parent_id=keys[-1]))
    zhang = person(workspace, "张三", keys[-1])
    row = model.reveal(CONTACT, zhang)
    assert (row, model.rows.depths[row], model.node(row).name) == (12, 12, "张三")
    assert model.reveal(ACCOUNT, keys[5]) == 5
    assert model.reveal(ACCOUNT, 12345) is None


def test_a_contact_at_two_accounts_stands_under_both(model, workspace, make):
    one, two = make(Account, name="One"), make(Account, name="Two")
    anna = person(workspace, "Anna Schneider", one)
    contacts.link(workspace, anna, two)
    expand(model, one, two)
    assert shown(model) == ["One", "  Anna Schneider", "Two", "  Anna Schneider"]
    place = next(each for each in contacts.places(workspace, contact=anna) if each.account_id == one)
    leaving.leave(workspace, leaving.Leaving(place.id, datetime.now(UTC).date()))
    assert [model.node(row).status for row in (1, 3)] == ["departed", "current"]


def test_a_new_account_stands_in_its_order(model, make):
    for name in ("Beta", "Delta", "Alpha", "Gamma"):
        make(Account, name=name)
    assert shown(model) == ["Alpha", "Beta", "Delta", "Gamma"]


def test_a_renamed_account_moves_with_all_below(model, workspace, group, make):
    make(Account, name="Middle")
    expand(model, group["top"], group["one"])
    records.change(workspace, Account, group["top"], "name", "Zhang")
    assert shown(model) == ["Middle", "Zhang", "  Branch 1", "    Office", "  Branch 2"]
    records.change(workspace, Account, group["one"], "name", "Last")
    assert shown(model) == ["Middle", "Zhang", "  Branch 2", "  Last", "    Office"]


def test_an_account_moves_below_another_and_back(model, workspace, group, make):
    other = make(Account, name="Other")
    expand(model, group["top"], group["one"])
    accounts.set_parent(workspace, group["one"], other)
    assert shown(model) == ["Holding", "  Branch 2", "Other"]
    expand(model, other)
    assert shown(model) == ["Holding", "  Branch 2", "Other", "  Branch 1", "    Office"]
    undo(workspace)
    assert shown(model) == ["Holding", "  Branch 1", "    Office", "  Branch 2", "Other"]
    accounts.set_parent(workspace, group["one"], None)
    assert shown(model) == ["Branch 1", "  Office", "Holding", "  Branch 2", "Other"]


def test_a_closed_account_goes_its_branches_rise_and_all_come_back(model, workspace, group):
    expand(model, group["top"])
    accounts.close(workspace, group["one"])
    assert shown(model) == ["Holding", "  Branch 2", "Office"]
    accounts.close(workspace, group["top"])
    assert shown(model) == ["Branch 2", "Office"]
    accounts.reopen(workspace, group["top"])
    accounts.reopen(workspace, group["one"])
    assert shown(model) == ["Holding", "  Branch 1", "  Branch 2"]


def test_a_deleted_account_goes_and_its_branches_move_up(model, workspace, group):
    expand(model, group["top"], group["one"])
    records.remove(workspace, Account, [group["one"]])
    assert shown(model) == ["Holding", "  Branch 2", "  Office"]
    undo(workspace)
    assert shown(model) == ["Holding", "  Branch 1", "    Office", "  Branch 2"]


def test_contacts_come_go_and_are_renamed(model, workspace, group):
    expand(model, group["top"])
    zhang, li = person(workspace, "张三", group["top"]), person(workspace, "李四", group["top"])
    assert shown(model) == ["Holding", "  Branch 1", "  Branch 2", "  张三", "  李四"]  # the first is the primary one
    records.change(workspace, Contact, li, "full_name", "Anna Schneider")
    assert shown(model)[-1] == "  Anna Schneider"
    records.remove(workspace, Contact, [zhang])
    assert shown(model) == ["Holding", "  Branch 1", "  Branch 2", "  Anna Schneider"]


def test_the_caret_comes_with_the_first_contact_and_goes_with_the_last(model, workspace, make):
    account = make(Account, name="Acme")
    assert not model.is_expandable(0)
    zhang = person(workspace, "张三", account)
    assert model.is_expandable(0)
    records.remove(workspace, Contact, [zhang])
    assert not model.is_expandable(0)


def test_an_edit_reads_nothing_but_what_it_concerns(model, workspace, outline, make, monkeypatch):
    for number in range(40):
        make(Account, name=f"Account {number:02}")
    shown(model)
    read, accounts_of = [], outline.accounts
    monkeypatch.setattr(outline, "accounts", lambda ids: read.append(list(ids)) or accounts_of(ids))
    key = model.rows.keys[7]
    records.change(workspace, Account, key, "level", "a")
    shown(model)
    assert read == [[key]]
    assert model.node(7).level == "a"


def test_a_large_change_is_followed_too(model, workspace, group):
    expand(model, group["top"])
    place = QPersistentModelIndex(model.index(1, 0))
    with workspace.write("Import") as session:
        session.insert_rows(Account, [{"name": f"Account {number:03}"} for number in range(MANY + 1)])
    assert model.rowCount() == MANY + 4
    assert shown(model)[-3:] == ["Holding", "  Branch 1", "  Branch 2"]
    assert model.node(place.row()).name == "Branch 1"


def test_other_orders_are_kept_up(model, workspace, make):
    one, two = make(Account, name="One", level="b"), make(Account, name="Two", level="c")
    look(model, LEVEL)
    assert shown(model) == ["One", "Two"]
    records.change(workspace, Account, two, "level", "vip")
    assert shown(model) == ["Two", "One"]
    look(model, RECENT)
    activities.log(workspace, activities.Entry("call", "x", account=one))
    assert shown(model) == ["One", "Two"]
    activities.log(workspace, activities.Entry("call", "x", account=two))
    assert shown(model) == ["Two", "One"]


def test_a_list_of_one_level_is_kept_up(model, workspace, group):
    look(model, "name", "a")
    assert shown(model) == []
    for which in ("one", "top"):
        records.change(workspace, Account, group[which], "level", "a")
    assert shown(model) == ["Holding", "  Branch 1"]
    assert model.hits == 2
    records.change(workspace, Account, group["top"], "level", "")
    assert shown(model) == ["Holding", "  Branch 1"]
    assert (model.hits, model.rows.is_way(0), model.rows.is_way(1)) == (1, True, False)
    model.collapse(0)
    model.expand(0)
    assert shown(model) == ["Holding", "  Branch 1", "  Branch 2"]  # all that is below
    records.change(workspace, Account, group["two"], "name", "Branch 0")
    assert shown(model) == ["Holding", "  Branch 0", "  Branch 1"]
    model.collapse_all()
    records.change(workspace, Account, group["two"], "level", "a")
    assert shown(model) == ["Holding"]
    look(model)
    assert shown(model) == ["Holding"]
    assert model.opened == set()


def test_a_closed_parent_is_shown_only_if_it_is_wanted_itself(model, workspace, group):
    accounts.close(workspace, group["one"])
    look(model, "name", "", "closed")
    assert shown(model) == ["Holding", "  Branch 1"]
    look(model, RECENT, "", "active")
    assert sorted(shown(model)) == ["  Branch 2", "Holding", "Office"]
    model.set_look(Look(status="closed"), [(ACCOUNT, group["one"]), (ACCOUNT, group["two"])])
    model.finish()
    assert shown(model) == ["Holding", "  Branch 1"]


def test_a_search_shows_what_was_found_and_follows_changes(model, workspace, group, make):
    zhang, li = person(workspace, "张三", group["one"]), person(workspace, "李四", group["one"])
    alone = make(Contact, full_name="王五")
    model.set_look(Look(), [(ACCOUNT, group["two"]), (CONTACT, li), (CONTACT, alone)])
    model.finish()
    assert shown(model) == ["Holding", "  Branch 1", "    李四", "  Branch 2", "王五"]
    assert model.hits == 3
    records.change(workspace, Contact, li, "full_name", "李四四")
    assert shown(model) == ["Holding", "  Branch 1", "    李四四", "  Branch 2", "王五"]
    records.remove(workspace, Contact, [alone])
    assert shown(model) == ["Holding", "  Branch 1", "    李四四", "  Branch 2"]
    model.collapse(1)
    model.expand(1)
    assert shown(model) == ["Holding", "  Branch 1", "    Office", "    张三", "    李四四", "  Branch 2"]
    records.remove(workspace, Contact, [zhang])
    assert shown(model) == ["Holding", "  Branch 1", "    Office", "    李四四", "  Branch 2"]
    model.collapse(1)
    records.change(workspace, Contact, li, "full_name", "李四")
    assert shown(model) == ["Holding", "  Branch 1", "  Branch 2"]
    look(model)
    assert shown(model) == ["Holding"]


def test_letters_lead_to_the_next_name(model, workspace, make):
    top = make(Account, name="上海精工")
    for name in ("Acme", "深圳云图", "张三贸易"):
        make(Account, name=name)
    person(workspace, "周敏", top)
    expand(model, top)
    assert shown(model) == ["Acme", "上海精工", "  周敏", "深圳云图", "张三贸易"]
    assert model.next_beginning("s", 2) == 3
    assert model.next_beginning("s", 4) == 1
    assert model.next_beginning("zm", 0) == 2
    assert model.next_beginning("xyz", 0) is None


def test_a_row_says_what_its_icons_and_colours_mean(model, workspace, make):
    i18n.use("en")
    account = make(Account, name="Acme", level="vip")
    person(workspace, "张三", account)
    long_ago = datetime.now(UTC) - timedelta(days=20)
    activities.log(workspace, activities.Entry("call", "x", account=account, at=long_ago))
    model.level_words = {"vip": "VIP"}
    assert model.words(0) == "Acme, level VIP, 20 days since the last activity, collapsed"
    model.expand(0)
    assert model.words(1) == "张三, primary contact, tier 2"
    records.change(workspace, Account, account, "level", "c")
    assert model.words(0) == "Acme, level c, expanded"


def test_what_was_open_is_open_again(model, group):
    model.open_again([group["top"], group["one"], 999])
    model.finish()
    assert shown(model) == ["Holding", "  Branch 1", "    Office", "  Branch 2"]
    assert group["one"] in model.opened


def read_later(model, monkeypatch):
    """Let the rows come only when `finish` waits for them, as those of a large file do."""
    monkeypatch.setattr(tree, "SOON", 0)
    held, picture_of = threading.Event(), tree.picture_of

    def slowly(outline, wish):
        found = picture_of(outline, wish)
        held.wait(60)
        return found

    monkeypatch.setattr(tree, "picture_of", slowly)
    return held


def test_what_happens_while_rows_are_read_is_not_lost(model, workspace, group, make, monkeypatch):
    other = make(Account, name="Other")
    monkeypatch.setattr(model, "finish", lambda: None)  # what the fixture does after each change
    held = read_later(model, monkeypatch)
    model.set_look(Look(RECENT))
    assert not model.is_complete()
    assert shown(model) == ["Holding", "Other"]  # the old list, and it works
    expand(model, group["top"])
    new = make(Account, name="New")
    accounts.set_parent(workspace, group["one"], other)
    assert shown(model) == ["Holding", "  Branch 2", "New", "Other"]
    monkeypatch.undo()
    held.set()
    model.finish()
    assert model.is_complete()
    assert shown(model) == ["Holding", "  Branch 2", "New", "Other"]
    assert model.row_of(ACCOUNT, new) == 2


def test_only_the_newest_wish_is_fulfilled(model, group, make, monkeypatch):
    make(Account, name="VIP", level="vip")
    held = read_later(model, monkeypatch)
    for wish in (Look(RECENT), Look(level="a"), Look(level="vip")):
        model.set_look(wish)
    held.set()
    model.finish()
    assert shown(model) == ["VIP"]


def test_very_much_below_opens_as_far_as_one_can_look(model, workspace, make, monkeypatch):
    monkeypatch.setattr(outlines, "MOST_BELOW", 4)
    top = make(Account, name="Top")
    for number in range(3):
        branch = make(Account, name=f"Branch {number}", parent_id=top)
        person(workspace, f"Person {number}", branch)
    model.expand_all(0)
    assert shown(model) == ["Top", "  Branch 0", "    Person 0", "  Branch 1", "  Branch 2"]


def test_hundreds_of_moves_at_once_are_followed(model, workspace, make):
    """More than are moved one by one, fewer than a change names."""
    top = make(Account, name="Top")
    with workspace.write("Import") as session:
        session.insert_rows(Account, [{"name": f"Account {number:03}"} for number in range(40)])
    expand(model, top)
    accounts.move(workspace, list(model.rows.keys[:40]), top)
    expand(model, top)
    assert len(shown(model)) == 41
    undo(workspace)
    assert shown(model)[-1] == "Top"
    assert len(shown(model)) == 41
