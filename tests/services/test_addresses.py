"""What a user relies on when addresses are kept one by one."""

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Contact
from crm_desktop.services import addresses, contacts, records
from crm_desktop.services.reporting import set_boss


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
