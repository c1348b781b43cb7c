"""What the account tree reads: who stands where, in which order, and what a letter typed leads to."""

from datetime import UTC, datetime

import pytest

from crm_desktop.model import Account, Activity, Affiliation, Contact
from crm_desktop.services import accounts, contacts, leaving, records
from crm_desktop.store.outline import ACCOUNT, CONTACT, Outline, first_page
from crm_desktop.store.outline_order import LEVEL, NAME, RECENT, Look, begins
from crm_desktop.text.pinyin import sort_key


@pytest.fixture
def outline(workspace):
    found = Outline(workspace.path)
    yield found
    found.close()


@pytest.fixture
def names(outline):
    """The names of accounts at the top."""

    def names(order=NAME):
        keys = [key for part in outline.roots(order) for key in part]
        nodes = outline.accounts(keys)
        return [nodes[key].name for key in keys]

    return names


def talked(make, account, day):
    make(Activity, kind="call", summary="x", account_id=account, at=datetime(2026, 1, day, tzinfo=UTC))


def test_accounts_without_a_parent_stand_at_the_top_by_pinyin(make, names):
    top = make(Account, name="张三贸易")
    make(Account, name="张三贸易北京分公司", parent_id=top)
    make(Account, name="Acme")
    make(Account, name="北京科技")
    make(Account, name="gone", status="closed")
    assert names() == ["Acme", "北京科技", "张三贸易"]


def test_branches_of_a_closed_account_are_found_at_the_top(workspace, make, names, outline):
    top = make(Account, name="Holding")
    middle = make(Account, name="Middle", parent_id=top)
    below = make(Account, name="Branch", parent_id=middle)
    accounts.close(workspace, middle)
    assert names() == ["Branch", "Holding"]
    assert outline.above(below) == []
    assert outline.belonging([top, middle, below]) == {top, below}
    accounts.reopen(workspace, middle)
    assert names() == ["Holding"]
    assert outline.above(below) == [top, middle]


def test_closed_branches_are_left_out_but_for_closed_accounts(workspace, make, outline):
    top = make(Account, name="Holding")
    make(Account, name="Living", parent_id=top)
    make(Account, name="Closed", parent_id=top, status="closed")
    assert [outline.accounts(outline.below(top)[0])[key].name for key in outline.below(top)[0]] == ["Living"]
    accounts.close(workspace, top)
    assert len(outline.below(top)[0]) == 2


def test_accounts_of_a_level_or_status_wherever_they_stand(make, outline):
    top = make(Account, name="Holding", level="a")
    branch = make(Account, name="Branch", parent_id=top, level="a")
    closed = make(Account, name="Closed", level="a", status="closed")
    asleep = make(Account, name="Asleep", status="dormant")
    assert outline.fitting(Look(level="a")) == {top, branch}
    assert outline.fitting(Look(status="dormant")) == {asleep}
    assert outline.fitting(Look(status="closed")) == {closed}
    assert outline.fitting(Look(level="a", status="closed")) == {closed}
    assert outline.fitting(Look(level="a"), [closed, asleep, top]) == {closed, top}


def test_the_last_contacted_or_the_important_come_first(make, names):
    first, second = make(Account, name="A", level="c"), make(Account, name="B", level="vip")
    make(Account, name="C")
    talked(make, first, 3)
    talked(make, second, 5)
    assert names(RECENT) == ["B", "A", "C"]
    assert names(LEVEL) == ["B", "A", "C"]


@pytest.mark.parametrize("order", ["name", RECENT, LEVEL])
def test_ranks_compare_as_accounts_are_ordered(make, outline, order):
    for place, (name, level) in enumerate(
        [("张三", "a"), ("Acme", None), ("李四", "vip"), ("acme 2", "a"), ("北", "c")]
    ):
        key = make(Account, name=name, level=level)
        if place % 2:
            talked(make, key, place)
    keys = [key for part in outline.roots(order) for key in part]
    ranks = outline.ranks(order, keys)
    assert sorted(keys, key=ranks.__getitem__) == keys


def test_people_stand_below_each_of_their_accounts_and_who_has_left_comes_last(workspace, make, outline):
    one, two = make(Account, name="One"), make(Account, name="Two")
    anna, _ = contacts.create(workspace, {"full_name": "Anna Schneider", "title": "Buyer"}, account=one)
    zhang, _ = contacts.create(workspace, {"full_name": "张三"}, account=one)
    li, _ = contacts.create(workspace, {"full_name": "李四"}, account=one)
    contacts.link(workspace, anna, two)
    place = next(each for each in contacts.places(workspace, contact=anna) if each.account_id == one)
    leaving.leave(workspace, leaving.Leaving(place.id, datetime.now(UTC).date()))
    assert outline.below(one)[1] == [li, zhang, anna]
    assert outline.below(two)[1] == [anna]
    assert outline.homes([anna])[anna] == [two, one]
    at_one, at_two = outline.people(one, [anna])[anna], outline.people(two, [anna])[anna]
    assert (at_one.status, at_one.note) == ("departed", "Buyer")
    assert (at_two.status, at_two.is_primary) == ("current", True)


def test_a_contact_who_left_and_came_back_is_shown_once(make, outline):
    account, contact = make(Account, name="One"), make(Contact, full_name="张三")
    make(Affiliation, account_id=account, contact_id=contact, status="departed", title="Old")
    make(Affiliation, account_id=account, contact_id=contact, title="New")
    assert outline.below(account)[1] == [contact]
    assert outline.people(account, [contact])[contact].note == "New"


def test_twelve_levels_lead_up_and_down(make, outline):
    keys = [make(Account, name="0")]
    for depth in range(1, 12):
        keys.append(make(Account, name=str(depth), parent_id=keys[-1]))
    assert outline.above(keys[-1]) == keys[:-1]
    assert outline.families(keys[0]) == keys[:-1]


def test_what_a_change_concerns(workspace, make, outline):
    top = make(Account, name="Top")
    below = make(Account, name="Below", parent_id=top)
    person, _ = contacts.create(workspace, {"full_name": "张三"}, account=below)
    heard = []
    workspace.listen(heard.append)
    records.change(workspace, Contact, person, "full_name", "李四")
    assert outline.concerned(heard[-1].rows) == ({below}, {person})
    records.change(workspace, Account, below, "name", "Branch")
    assert outline.concerned(heard[-1].rows) == ({top, below}, set())


def test_counts_and_tally(make, outline):
    make(Account, name="A", level="a")
    make(Account, name="B", status="closed")
    make(Contact, full_name="张三")
    assert outline.counts() == outline.few() == (1, 1), "closed accounts are in no list and not counted"
    assert outline.tally() == {("active", "a"): 1, ("closed", ""): 1}


def test_where_all_accounts_are_closed_they_are_counted_for_the_folder_is_not_empty(make, outline):
    make(Account, name="B", status="closed")
    assert outline.counts() == outline.few() == (1, 0)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("上海精工", "sh"),
        ("上海精工", "shjg"),
        ("上海精工", "shangh"),
        ("Acme Robotics", "acmer"),
        ("Acme Robotics", "ar"),
        ("3M 中国", "3m"),
        ("360 科技", "360k"),
    ],
)
def test_a_name_begins_as_it_is_typed(make, outline, name, typed):
    key = make(Account, name=name)
    make(Account, name="另一家")
    assert begins(sort_key(name), typed)
    assert outline.beginning(typed, []) == {key}
    assert outline.beginning(typed[::-1] + "q", []) == set()


def test_only_the_contacts_asked_for_are_looked_through(make, outline):
    one, two = make(Contact, full_name="张三"), make(Contact, full_name="张四")
    assert outline.beginning("zs", [one]) == {one}
    assert outline.beginning("z", [one, two]) == {one, two}
    assert outline.beginning("*?[", [one, two]) == set()


def test_the_first_page_of_a_file(workspace, make, tmp_path):
    key = make(Account, name="Acme", level="a")
    nodes, counts = first_page(workspace.path)
    assert [(node.kind, node.id, node.level) for node in nodes] == [(ACCOUNT, key, "a")]
    assert counts == (1, 0)
    assert first_page(tmp_path / "none.db") == ([], (0, 0))


def test_contacts_are_read_wherever_they_are(workspace, make, outline):
    alone = make(Contact, full_name="张三")
    node = outline.contacts([alone])[alone]
    assert (node.kind, node.name, node.status) == (CONTACT, "张三", "current")
    records.remove(workspace, Contact, [alone])
    assert outline.contacts([alone]) == {}
