"""What a user relies on when phones, mails and handles are kept one by one."""

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Contact
from crm_desktop.services import accounts, channels, contacts, records
from crm_desktop.store.undo import undo


@pytest.fixture
def account(workspace):
    return records.create(workspace, Account, {"name": "精工自动化"})


def texts(workspace, account, kind="landline"):
    return [each.text for each in channels.of_record(workspace, Account, account) if each.kind == kind]


def find(workspace, account, text):
    return next(each for each in channels.of_record(workspace, Account, account) if text in each.text)


def test_the_first_number_is_the_primary_one_and_an_extension_is_kept(workspace, account):
    channels.add(workspace, Account, account, "landline", "010-12345678 转 801")
    channels.add(workspace, Account, account, "landline", "0512-62881000")
    first, second = channels.of_record(workspace, Account, account)
    assert (first.is_primary, second.is_primary) == (True, False)
    assert first.text == "+86 10 1234 5678 ext. 801"


def test_an_invalid_number_is_kept_as_it_was_typed_and_explained(workspace, account):
    findings = channels.add(workspace, Account, account, "landline", "+86 123456789")
    [kept] = channels.of_record(workspace, Account, account)
    assert findings
    assert kept.text == "+86 123456789"
    assert kept.findings
    assert kept.state == "suspect"


def test_several_numbers_in_one_text_become_several_channels_and_none_twice(workspace, account):
    channels.add(workspace, Account, account, "mobile", "13800138000、13900139000")
    channels.add(workspace, Account, account, "mobile", "+86 138 0013 8000")
    assert texts(workspace, account, "mobile") == ["+86 138 0013 8000", "+86 139 0013 9000"]


def test_changing_one_number_leaves_the_others_alone(workspace, account):
    channels.add(workspace, Account, account, "mobile", "13800138000、13900139000")
    channels.change(workspace, find(workspace, account, "139").id, "13700137000")
    assert texts(workspace, account, "mobile") == ["+86 138 0013 8000", "+86 137 0013 7000"]


def test_a_blank_takes_a_channel_away_and_undo_brings_it_back(workspace, account):
    channels.add(workspace, Account, account, "email", "info@example.com")
    channels.change(workspace, find(workspace, account, "info").id, "  ")
    assert texts(workspace, account, "email") == []
    undo(workspace)
    assert texts(workspace, account, "email") == ["info@example.com"]


def test_there_is_always_one_primary_channel_of_a_kind(workspace, account):
    channels.add(workspace, Account, account, "email", "a@example.com; b@example.com; c@example.com")
    channels.make_primary(workspace, find(workspace, account, "c@").id)
    assert texts(workspace, account, "email")[0] == "c@example.com"
    channels.remove(workspace, find(workspace, account, "c@").id)
    assert [each.is_primary for each in channels.of_record(workspace, Account, account)] == [True, False]


def test_a_channel_can_be_labelled_and_verified_until_it_changes(workspace, account):
    channels.add(workspace, Account, account, "mobile", "13800138000")
    key = find(workspace, account, "138").id
    channels.set_label(workspace, key, "work")
    channels.verify(workspace, key)
    verified = find(workspace, account, "138")
    assert verified.label == "work"
    assert verified.checked_at is not None
    channels.change(workspace, key, "13900139000")
    assert find(workspace, account, "139").checked_at is None


def test_nothing_is_no_channel(workspace, account):
    with pytest.raises(Invalid):
        channels.add(workspace, Account, account, "mobile", " ")


def test_a_private_customer_is_reached_as_the_person_is(workspace):
    account, contact = accounts.create_person(workspace, {"full_name": "王芳", "mobile": "13800138000"})
    assert texts(workspace, account, "mobile") == ["+86 138 0013 8000"]
    channels.change(workspace, find(workspace, account, "138").id, "13900139000")
    channels.add(workspace, Account, account, "email", "wang@example.com")
    mine = [each.text for each in channels.of_record(workspace, Contact, contact)]
    assert sorted(mine) == ["+86 139 0013 9000", "wang@example.com"]


def test_people_with_mail_at_a_domain_are_counted(workspace, account):
    for name in ("zhang", "li", "wang"):
        contacts.create(workspace, {"full_name": name, "email": f"{name}@jinggong-auto.cn"}, account)
    contacts.create(workspace, {"full_name": "Anna", "email": "anna@example.com"}, account)
    assert channels.people_at_domain(workspace, account, "jinggong-auto.cn") == 3
