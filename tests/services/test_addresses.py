"""What a user relies on when addresses are kept one by one."""

import pytest

from crm_desktop.errors import Invalid, Missing
from crm_desktop.model import Account, Contact
from crm_desktop.services import accounts, addresses, contacts, records
from crm_desktop.services.reporting import set_boss
from crm_desktop.store.undo import undo


@pytest.fixture
def account(workspace):
    return records.create(workspace, Account, {"name": "精工自动化"})


def shown(workspace, key, entity=Account):
    return [(each.text, each.is_primary) for each in addresses.of_record(workspace, entity, key)]


def test_one_address_is_primary_and_the_next_takes_its_place(workspace, account):
    first = addresses.add(workspace, Account, account, "张江路 100 号", "hq")
    second = addresses.add(workspace, Account, account, "长江路 16 号", "branch")
    assert shown(workspace, account) == [("张江路 100 号", True), ("长江路 16 号", False)]
    assert addresses.remove(workspace, first) == "长江路 16 号"
    assert shown(workspace, account) == [("长江路 16 号", True)]
    assert addresses.remove(workspace, second) == ""


def test_making_another_one_primary_leaves_exactly_one(workspace, account):
    addresses.add(workspace, Account, account, "A")
    second = addresses.add(workspace, Account, account, "B")
    addresses.make_primary(workspace, second)
    assert shown(workspace, account) == [("B", True), ("A", False)]


def test_a_line_written_over_one_that_follows_is_its_own(workspace, account):
    addresses.add(workspace, Account, account, "张江路 100 号", "hq")
    contact, _account = contacts.create(workspace, {"full_name": "张三"}, account)
    addresses.follow(workspace, Contact, contact)
    records.change(workspace, Contact, contact, "address", "长江路 16 号")
    assert shown(workspace, contact, Contact) == [("长江路 16 号", True)]


def test_same_as_head_office_follows_later_changes_until_it_gets_lines_of_its_own(workspace, account):
    office = addresses.add(workspace, Account, account, "张江路 100 号", "hq")
    contact, _account = contacts.create(workspace, {"full_name": "张三"}, account)
    addresses.follow(workspace, Contact, contact)
    addresses.change(workspace, office, "世纪大道 1 号")
    [own] = addresses.of_record(workspace, Contact, contact)
    assert (own.text, own.follows) == ("世纪大道 1 号", "精工自动化")
    assert records.load(workspace, Contact, contact).fields["address"].text == "世纪大道 1 号"
    addresses.change(workspace, own.id, "在家")
    addresses.change(workspace, office, "别处")
    assert shown(workspace, contact, Contact) == [("在家", True)]


def test_a_branch_follows_its_parent_and_without_one_there_is_nothing_to_follow(workspace, account):
    branch = records.create(workspace, Account, {"name": "精工苏州"}, parent_id=account)
    with pytest.raises(Invalid):
        addresses.follow(workspace, Account, branch)
    addresses.add(workspace, Account, account, "张江路 100 号")
    addresses.follow(workspace, Account, branch)
    assert shown(workspace, branch) == [("张江路 100 号", True)]
    assert addresses.head_office(workspace, Account, account) is None


def test_an_address_can_change_its_kind_and_a_blank_takes_it_away(workspace, account):
    key = addresses.add(workspace, Account, account, "  A  \n\n B ")
    addresses.set_type(workspace, key, "registered")
    [only] = addresses.of_record(workspace, Account, account)
    assert (only.text, only.type) == ("A\nB", "registered")
    addresses.change(workspace, key, "")
    assert shown(workspace, account) == []


def test_nobody_reports_to_themselves_not_even_through_others(workspace, account):
    keys = [contacts.create(workspace, {"full_name": name}, account)[0] for name in ("张三", "李四", "王五")]
    links = [contacts.places(workspace, contact=each)[0].id for each in keys]
    set_boss(workspace, links[0], links[1])
    set_boss(workspace, links[1], links[2])
    with pytest.raises(Invalid):
        set_boss(workspace, links[2], links[0])
    set_boss(workspace, links[1], None)
    set_boss(workspace, links[2], links[0])
    other, _account = contacts.create(workspace, {"full_name": "Anna"}, account_name="ACME")
    with pytest.raises(Invalid):
        set_boss(workspace, links[0], contacts.places(workspace, contact=other)[0].id)


def test_the_one_chosen_is_primary_after_the_primary_address_is_removed(workspace, account):
    keys = [addresses.add(workspace, Account, account, line) for line in ("A", "B", "C")]
    assert addresses.remove(workspace, keys[0], keys[2]) == "C"
    assert shown(workspace, account) == [("C", True), ("B", False)]


@pytest.mark.parametrize(("typed", "kept", "is_right"), [("２００１２０", "200120", True), ("30000", "30000", False)])
def test_a_postal_code_has_six_digits_and_another_is_kept_and_marked(workspace, account, typed, kept, is_right):
    key = addresses.add(workspace, Account, account, "张江路 100 号")
    findings = addresses.set_postcode(workspace, key, typed)
    [only] = addresses.of_record(workspace, Account, account)
    assert (only.postcode, only.findings, findings == ()) == (kept, findings, is_right)
    assert addresses.check_postcode(workspace, key, typed).findings == findings


def test_a_postal_code_abroad_is_not_held_to_chinese_rules(workspace):
    account = records.create(workspace, Account, {"name": "ACME Robotics", "region": "Germany"})
    key = addresses.add(workspace, Account, account, "Hauptstraße 1, München")
    assert addresses.set_postcode(workspace, key, "80331") == ()
    contact = contacts.create_at(workspace, account, {"full_name": "Anna Schneider"})
    own = addresses.add(workspace, Contact, contact, "Gartenweg 2")
    assert addresses.set_postcode(workspace, own, "SW1A 1AA") == ()
    with pytest.raises(Invalid):
        addresses.set_postcode(workspace, own, "1" * 21)


def test_a_postal_code_makes_a_following_address_one_of_its_own(workspace, account):
    office = addresses.add(workspace, Account, account, "张江路 100 号")
    addresses.set_postcode(workspace, office, "201203")
    contact = contacts.create_at(workspace, account, {"full_name": "张三"})
    [own] = addresses.of_record(workspace, Contact, contact)
    assert (own.postcode, own.follows) == ("201203", "精工自动化")
    addresses.set_postcode(workspace, own.id, "200120")
    addresses.change(workspace, office, "别处")
    [own] = addresses.of_record(workspace, Contact, contact)
    assert (own.text, own.postcode, own.follows) == ("张江路 100 号", "200120", "")


def test_a_contact_made_at_a_branch_follows_what_the_branch_follows(workspace, account):
    branch = records.create(workspace, Account, {"name": "精工苏州"}, parent_id=account)
    assert addresses.of_record(workspace, Contact, contacts.create_at(workspace, branch, {"full_name": "王五"})) == []
    addresses.add(workspace, Account, account, "张江路 100 号")
    addresses.follow(workspace, Account, branch)
    contact = contacts.create_at(workspace, branch, {"full_name": "张三"})
    [own] = addresses.of_record(workspace, Contact, contact)
    assert (own.text, own.type, own.is_primary, own.follows) == ("张江路 100 号", "office", True, "精工自动化")
    undo(workspace)
    with pytest.raises(Missing):
        contacts.places(workspace, contact=contact) or records.change(workspace, Contact, contact, "full_name", "李四")


@pytest.mark.parametrize(
    ("number", "prefix"),
    [
        ("010-62345678", "010-"),
        ("0512-62881000 转 801", "0512-"),
        ("+49 89 636480", "+49 89 "),
        ("13800138000", ""),
    ],
)
def test_the_numbers_of_an_account_tell_how_a_new_one_begins(workspace, account, number, prefix):
    assert accounts.phone_prefix(workspace, account) == ""
    records.change(workspace, Account, account, "phone", number)
    assert accounts.phone_prefix(workspace, account) == prefix


def test_the_titles_used_most_come_first(workspace, account):
    for name, title in (("A", "采购"), ("B", "总经理"), ("C", "总经理"), ("D", "")):
        contacts.create(workspace, {"full_name": name, "title": title}, account)
    assert contacts.usual_titles(workspace) == ["总经理", "采购"]
