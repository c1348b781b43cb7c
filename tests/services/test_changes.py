"""What was done, by whom and when (ADM-12); the bin and the way back from it."""

import pytest

from crm_desktop import i18n
from crm_desktop.errors import Conflict, Missing
from crm_desktop.model import Account, Activity, Affiliation, Contact, Tag, User
from crm_desktop.services import activities, contacts, records
from crm_desktop.services import bin as trash
from crm_desktop.services.accounts import set_parent
from crm_desktop.services.changes import history, steps
from crm_desktop.store import dump, undo


@pytest.fixture
def me(workspace, make):
    workspace.author = make(User, name="王芳", is_local=True)
    return workspace.author


@pytest.fixture
def zhang(workspace, me):
    """张三 at ABC有限公司: the keys of the contact and the account."""
    account = records.create(workspace, Account, {"name": "ABC有限公司"})
    contact, _account = contacts.create(workspace, {"full_name": "张三", "title": "销售经理"}, account)
    return contact, account


def newest(workspace, entity, key):
    return history(workspace, entity, key)[0]


def lines(entry):
    return [line.text for line in entry.lines]


def test_a_new_job_title_is_told_with_who_when_old_and_new(workspace, zhang, me):
    contact, _account = zhang
    records.change(workspace, Contact, contact, "title", "销售总监")
    entry = newest(workspace, Contact, contact)
    assert lines(entry) == ["Job title (ABC有限公司): 销售经理 → 销售总监"]
    assert (entry.step.author, entry.step.source) == ("王芳", "By hand")
    assert entry.step.at.utcoffset() is not None
    assert (entry.lines[0].before, entry.lines[0].after) == ("销售经理", "销售总监")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("industry", "信息技术", "Industry: — → Information technology"),
        ("annual_revenue", "1.2亿", "Annual revenue: — → ¥120,000,000"),
        ("phone", "+86 123456789", "Phone: — → +86 123456789"),
        ("address", "上海市浦东新区", "Address: — → 上海市浦东新区"),
        ("tags", "VIP", "Tags: — → VIP"),
        ("level", "VIP客户", "Level: — → VIP"),
    ],
)
def test_every_kind_of_value_is_told_as_people_read_it(workspace, zhang, name, text, told):
    _contact, account = zhang
    records.change(workspace, Account, account, name, text)
    assert told in lines(newest(workspace, Account, account))
    records.change(workspace, Account, account, name, "")
    before, after = told.split(": ")[1].split(" → ")
    assert f"{told.split(': ')[0]}: {after} → {before}" in lines(newest(workspace, Account, account))


def test_the_history_speaks_the_language_of_the_moment(workspace, zhang, language):
    _contact, account = zhang
    records.change(workspace, Account, account, "industry", "it")
    assert (
        newest(workspace, Account, account).lines[0].after
        == {"zh_CN": "信息技术", "en": "Information technology"}[i18n.language()]
    )


def test_the_whole_story_of_a_contact_from_its_beginning(workspace, zhang):
    contact, _account = zhang
    records.change(workspace, Contact, contact, "mobile", "+86 987654321")
    records.change(workspace, Contact, contact, "mobile", "13800138000")
    undo.undo(workspace)
    told = [(entry.step.source, lines(entry)) for entry in history(workspace, Contact, contact)]
    assert told[0] == ("Undo", told[0][1])
    assert "Mobile: — → +86 987654321" in told[0][1]
    assert told[2] == ("By hand", ["Mobile: — → +86 987654321"])
    first = told[-1][1]
    assert "Name: — → 张三" in first
    assert "Account: — → ABC有限公司" in first
    assert "Job title (ABC有限公司): — → 销售经理" in first


def test_moving_an_account_and_choosing_an_owner_are_told_by_name(workspace, zhang, me, make):
    _contact, account = zhang
    group = make(Account, name="ABC集团")
    set_parent(workspace, account, group)
    assert lines(newest(workspace, Account, account)) == ["Part of: — → ABC集团"]
    records.change(workspace, Account, group, "name", "ABC控股")
    assert lines(newest(workspace, Account, account)) == ["Part of: — → ABC控股"]


def test_steps_are_listed_newest_first_and_page_by_page(workspace, zhang):
    found = steps(workspace)
    assert [each.title for each in found[:2]] == ["New contact", "New Account"]
    assert steps(workspace, limit=1, before=found[0].id) == found[1:2]
    undo.undo(workspace)
    undone, taken_back = steps(workspace)[:2]
    assert (undone.undo_of, taken_back.is_undone) == (taken_back.id, True)


# The bin


def test_what_is_deleted_lies_in_the_bin_under_its_name(workspace, zhang):
    contact, account = zhang
    activities.log(workspace, activities.Entry("call", "谈报价", account, [contact], next_step="发送资料"))
    records.remove(workspace, Contact, [contact])
    [found] = trash.binned(workspace)
    assert (found.entity, found.id, found.name, found.author) == ("contact", contact, "张三", "王芳")
    assert found.step == "Delete 张三"


def test_a_contact_comes_back_with_all_that_went_with_it(workspace, zhang):
    contact, _account = zhang
    records.change(workspace, Contact, contact, "mobile", "13800138000; 13900139000")
    records.change(workspace, Contact, contact, "mobile", "13800138000")
    before = dump.text(workspace)
    records.remove(workspace, Contact, [contact])
    records.change(workspace, Account, zhang[1], "name", "ABC集团")
    trash.restore(workspace, Contact, [contact])
    shown = records.load(workspace, Contact, contact).fields
    assert shown["account"].text == "ABC集团"
    assert shown["mobile"].text == "+86 138 0013 8000", "the number deleted before stays deleted"
    assert dump.text(workspace) == before.replace('"name":"ABC有限公司"', '"name":"ABC集团"')
    assert workspace.undo_title == "Restore 张三"


def test_branches_come_back_below_their_account(workspace, make):
    group = make(Account, name="ABC集团")
    branch, moved = make(Account, name="A", parent_id=group), make(Account, name="B", parent_id=group)
    other = make(Account, name="Other")
    records.remove(workspace, Account, [group])
    set_parent(workspace, moved, other)
    trash.restore(workspace, Account, [group])
    with workspace.read() as session:
        assert session.get(Account, branch).parent_id == group
        assert session.get(Account, moved).parent_id == other


@pytest.mark.parametrize("order", [("account", "contact"), ("contact", "account")])
def test_a_place_of_work_comes_back_with_the_later_of_its_two_ends(workspace, zhang, order):
    contact, account = zhang
    before = dump.text(workspace)
    records.remove(workspace, Account, [account])
    records.remove(workspace, Contact, [contact])
    for each in order:
        entity, key = {"account": (Account, account), "contact": (Contact, contact)}[each]
        trash.restore(workspace, entity, [key])
    assert dump.text(workspace) == before


def test_a_primary_contact_who_was_replaced_comes_back_as_another_contact(workspace, zhang):
    contact, account = zhang
    with workspace.read() as session:
        [place] = session.query(Affiliation).all()
    contacts.make_primary(workspace, place.id)
    records.remove(workspace, Contact, [contact])
    other, _account = contacts.create(workspace, {"full_name": "李四"}, account)
    contacts.make_primary(workspace, contacts.places(workspace, contact=other)[0].id)
    trash.restore(workspace, Contact, [contact])
    assert not contacts.places(workspace, contact=contact)[0].is_primary
    assert contacts.places(workspace, contact=other)[0].is_primary


def test_what_is_not_in_the_bin_or_has_no_place_is_refused(workspace, zhang, make):
    with pytest.raises(Missing):
        trash.restore(workspace, Contact, [zhang[0]])
    tag = make(Tag, name="VIP", name_key="vip")
    with workspace.write("Delete tag") as session:
        session.remove(session.get(Tag, tag))
    make(Tag, name="VIP", name_key="vip")
    with pytest.raises(Conflict):
        trash.restore(workspace, Tag, [tag])


def test_an_activity_comes_back_with_its_people_and_next_step(workspace, zhang):
    contact, account = zhang
    key = activities.log(workspace, activities.Entry("call", "谈报价", account, [contact], next_step="发送资料"))
    before = dump.text(workspace)
    activities.remove(workspace, key)
    assert [each.entity for each in trash.binned(workspace)] == ["activity"], "its parts are not listed by themselves"
    trash.restore(workspace, Activity, [key])
    assert dump.text(workspace) == before
