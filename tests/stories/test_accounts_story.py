"""What the user asked of accounts (features.md 1.1), row by row, against a real data file."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Activity, Address, Affiliation, Contact
from crm_desktop.model.fields import fields_of
from crm_desktop.services import (
    accounts,
    activities,
    addresses,
    changes,
    contacts,
    finding,
    leaving,
    records,
    touches,
    users,
)
from crm_desktop.services.activities import Entry
from crm_desktop.store import queries
from crm_desktop.store.outline import Outline
from crm_desktop.store.queries import Listing
from crm_desktop.store.undo import undo


def text(workspace, key, name, entity=Account):
    return records.load(workspace, entity, key).fields[name].text


def listed(workspace, **narrowed):
    with workspace.read() as session:
        return list(queries.keys(session, Listing(Account, **narrowed)))


def found(workspace, words, entity="account"):
    return [hit.id for hit in finding.find(workspace, words, 20) if hit.entity == entity]


def test_acc_01_deleting_a_contact_leaves_the_account(workspace, make):
    account = make(Account, name="ABC有限公司")
    contact, _ = contacts.create(workspace, {"full_name": "张三"}, account)
    activities.log(workspace, Entry("call", "谈了价格", contacts=[contact]))
    records.remove(workspace, Contact, [contact])
    assert text(workspace, account, "name") == "ABC有限公司"
    assert [each.summary for each in activities.timeline(workspace, account=account)] == ["谈了价格"]


def test_acc_02_a_person_account_is_one_account_and_one_contact(workspace):
    account, contact = accounts.create_person(workspace, {"full_name": "王芳", "mobile": "13800138000"})
    assert text(workspace, account, "kind") in {"Person", "个人"}
    assert [each.contact_id for each in contacts.places(workspace, account=account)] == [contact]
    records.change(workspace, Contact, contact, "mobile", "13900139000")
    assert text(workspace, account, "mobile") == text(workspace, contact, "mobile", Contact) == "+86 139 0013 9000"
    records.change(workspace, Account, account, "mobile", "13700137000")
    assert text(workspace, contact, "mobile", Contact) == "+86 137 0013 7000"


def test_acc_03_a_name_is_needed_but_not_unique(workspace, make):
    first = make(Account, name="ABC有限公司", address="上海市浦东新区")
    for blank in ("", "   "):
        with pytest.raises(Invalid):
            records.create(workspace, Account, {"name": blank})
    [alike] = accounts.look_alikes(workspace, {"name": "ABC"})
    assert (alike.id, alike.line) == (first, "上海市浦东新区")
    second = make(Account, name="ABC有限公司")
    assert listed(workspace) == [first, second]
    with pytest.raises(Invalid):
        records.change(workspace, Account, second, "name", "x" * 201)


def test_acc_04_industry_speaks_both_languages(workspace, make, language):
    key = make(Account, name="北京某科技公司", industry="信息技术")
    assert text(workspace, key, "industry") == {"zh_CN": "信息技术", "en": "Information technology"}[language]
    assert listed(workspace, equal=(("industry", "it"),)) == [key]


@pytest.mark.parametrize("size", ["350", "200-500人", "200–500"])
def test_acc_05_a_number_picks_its_band(workspace, make, size):
    key = make(Account, name="A", size_band=size)
    assert records.load(workspace, Account, key).fields["size_band"].value == "200-500"
    other = make(Account, name="B", employees="350")
    assert records.load(workspace, Account, other).fields["size_band"].value == "200-500"


def test_acc_06_revenue_is_exact_and_never_negative(workspace, make):
    for words in ("1.2亿", "120,000,000"):
        key = make(Account, name="A", annual_revenue=words)
        value = records.load(workspace, Account, key).fields["annual_revenue"].value
        assert (str(value.amount), value.currency) == ("120000000.00", "CNY")
    with pytest.raises(Invalid):
        records.change(workspace, Account, key, "annual_revenue", "-5")


def test_acc_07_budget_has_currency_period_and_certainty(workspace, make):
    given = {"budget": "500000", "budget_period": "2025", "budget_certainty": "对方说明"}
    key = make(Account, name="A", **given)
    shown = records.load(workspace, Account, key).fields
    assert shown["budget"].value.currency == "CNY"
    assert (shown["budget_period"].text, shown["budget_certainty"].value) == ("2025", "stated")


@pytest.mark.parametrize("city", ["北京", "北京市", "Beijing", "中国北京"])
def test_acc_08_dq_01_a_city_is_one_city(workspace, make, city):
    key = make(Account, name="A", region=city)
    assert records.load(workspace, Account, key).fields["region"].value == "110000"


def test_acc_09_exactly_one_address_is_primary(workspace, make):
    key = make(Account, name="A", address="总部路1号\n北京路2号\n广州路3号")
    with workspace.read() as session:
        rows = session.scalars(select(Address).where(Address.account_id == key)).all()
    assert [each.is_primary for each in rows] == [True, False, False]
    addresses.remove(workspace, rows[0].id)
    with workspace.read() as session:
        left = session.scalars(select(Address).where(Address.account_id == key, Address.deleted_at.is_(None))).all()
    assert [each.line for each in left if each.is_primary] == ["北京路2号"]


def test_acc_10_valid_numbers_are_shown_well_and_others_kept_and_marked(workspace, make):
    key = make(Account, name="A", phone="010-12345678", fax="010-87654321")
    assert text(workspace, key, "phone") == "+86 10 1234 5678"
    findings = records.change(workspace, Account, key, "phone", "+86 123456789")
    assert findings
    shown = records.load(workspace, Account, key).fields["phone"]
    assert (shown.text, bool(shown.findings)) == ("+86 123456789", True)
    assert found(workspace, "456789") == [key]


def test_acc_11_an_unfinished_mail_is_kept_as_text_and_marked(workspace, make):
    key = make(Account, name="A", email="info@abc.com")
    assert not records.load(workspace, Account, key).fields["email"].findings
    assert records.change(workspace, Account, key, "email", "info@abc")
    assert text(workspace, key, "email") == "info@abc"


def test_acc_12_a_website_gets_its_scheme_and_is_matched_by_domain(workspace, make):
    key = make(Account, name="A", website="www.abc.com")
    assert text(workspace, key, "website") == "https://www.abc.com"
    [alike] = accounts.look_alikes(workspace, {"website": "http://abc.com/about"})
    assert alike.id == key


def test_acc_13_several_types_at_once(workspace, make):
    key = make(Account, name="A", types="客户、供应商")
    assert records.load(workspace, Account, key).fields["types"].value == ("customer", "supplier")


def test_acc_14_vip_sorts_first(workspace, make):
    low = make(Account, name="A", level="C级")
    high = make(Account, name="B", level="VIP客户")
    assert listed(workspace, order="level") == [high, low]


def test_acc_15_a_closed_account_leaves_the_lists_but_is_found(workspace, make):
    key = make(Account, name="旧客户")
    accounts.close(workspace, key)
    assert listed(workspace) == []
    assert found(workspace, "旧客户") == [key]
    accounts.reopen(workspace, key)
    assert listed(workspace) == [key]


def test_acc_18_the_owner_changes_with_history(workspace, make):
    key = make(Account, name="A")
    first, second = users.add(workspace, "李明"), users.add(workspace, "王芳")
    for owner in (first, second):
        records.change(workspace, Account, key, "owner_id", str(owner))
    assert listed(workspace, equal=(("owner_id", second),)) == [key]
    lines = [line.text for entry in changes.history(workspace, Account, key) for line in entry.lines]
    assert any("李明 → 王芳" in line for line in lines)


def test_acc_20_con_24_one_primary_contact_until_they_leave(workspace, make):
    from datetime import date

    account = make(Account, name="A")
    for name in ("张三", "李四"):
        contacts.create(workspace, {"full_name": name}, account)
    one, two = contacts.places(workspace, account=account)
    assert (one.is_primary, two.is_primary) == (True, False)
    contacts.make_primary(workspace, two.id)
    primary = [each.contact for each in contacts.places(workspace, account=account) if each.is_primary]
    assert primary == [two.contact]
    assert leaving.leave(workspace, leaving.Leaving(two.id, date(2026, 11, 1)))
    after = {each.contact: each for each in contacts.places(workspace, account=account)}
    assert (after[two.contact].status, after[two.contact].to_date) == ("departed", date(2026, 11, 1))
    undo(workspace)
    assert [each.contact for each in contacts.places(workspace, account=account) if each.is_primary] == [two.contact]


def test_acc_24_25_business_type_and_description(workspace, make):
    key = make(Account, name="A", business_type="经销商", industry="汽车", description="做轻量化冲压件")
    assert listed(workspace, equal=(("business_type", "distributor"),)) == [key]
    assert listed(workspace, equal=(("industry", "automotive"),)) == [key]
    assert found(workspace, "冲压件") == [key]


def test_acc_32_branches_of_any_depth_without_circles(workspace, make):
    chain = [make(Account, name=f"Level {depth}") for depth in range(12)]
    for above, below in pairwise(chain):
        accounts.set_parent(workspace, below, above)
    with pytest.raises(Invalid):
        accounts.set_parent(workspace, chain[0], chain[-1])
    outline = Outline(workspace.path)
    assert outline.above(chain[-1]) == chain[:-1]
    assert outline.below(chain[0]) == ([chain[1]], [])
    outline.close()


def test_act_02_the_last_contact_falls_back(workspace, make):
    from datetime import UTC, datetime

    key = make(Account, name="A")
    days = [datetime(2026, 11, day, 9, tzinfo=UTC) for day in (1, 2)]
    logged = [activities.log(workspace, Entry("call", "谈了", account=key, at=day)) for day in days]
    with workspace.read() as session:
        assert session.get_one(Account, key).last_activity_at == days[1]
    activities.remove(workspace, logged[1])
    with workspace.read() as session:
        assert session.get_one(Account, key).last_activity_at == days[0]


def test_view_04_the_default_columns_are_the_ones_asked_for(language):
    heads = {
        "zh_CN": [
            "客户名称", "客户类型", "行业", "公司规模", "年营业额", "地区", "地址", "座机",
            "邮箱", "网址", "等级", "状态", "负责人", "创建日期",
        ],
        "en": [
            "Account name", "Account type", "Industry", "Company size", "Annual revenue", "Region", "Address", "Phone",
            "E-mail", "Website", "Level", "Status", "Owner", "Created",
        ],
    }  # fmt: skip
    assert [each.label for each in fields_of(Account) if each.table] == heads[language]
    people = {
        "zh_CN": ["姓名", "客户", "职位", "手机", "座机", "邮箱", "领英", "办公地址", "生日", "爱好", "备注"],
        "en": [
            "Name", "Account", "Job title", "Mobile", "Phone", "E-mail", "LinkedIn", "Office address", "Birthday",
            "Hobbies", "Notes",
        ],
    }  # fmt: skip
    assert [each.label for each in fields_of(Contact) if each.table] == people[language]


def test_rel_01_one_person_two_accounts_two_titles(workspace, make):
    abc, xyz = make(Account, name="ABC"), make(Account, name="XYZ")
    contact, _ = contacts.create(workspace, {"full_name": "张三", "title": "总经理"}, abc)
    link = contacts.link(workspace, contact, xyz)
    contacts.change_link(workspace, link, "title", "董事")
    titles = {each.account: each.title for each in contacts.places(workspace, contact=contact)}
    assert titles == {"ABC": "总经理", "XYZ": "董事"}
    assert [each.title for each in contacts.places(workspace, account=xyz)] == ["董事"]


def test_rel_02_five_hundred_contacts_at_one_account(workspace, make):
    from crm_desktop.model.ids import clock

    account = make(Account, name="大客户")
    keys = list(clock.block(500))
    with workspace.write("Fill") as session:
        session.insert_rows(Contact, [{"id": key, "full_name": f"联系人{place}"} for place, key in enumerate(keys)])
        session.insert_rows(Affiliation, [{"id": None, "account_id": account, "contact_id": key} for key in keys])
    assert len(contacts.places(workspace, account=account)) == 500
    outline = Outline(workspace.path)
    assert outline.accounts([account])[account].children == len(outline.below(account)[1]) == 500
    outline.close()


def test_an_activity_with_two_people_is_on_all_their_timelines(workspace, make):
    account = make(Account, name="A")
    one, _ = contacts.create(workspace, {"full_name": "张三"}, account)
    two, _ = contacts.create(workspace, {"full_name": "李四"}, account)
    key = activities.log(workspace, Entry("visit", "一起看了样机", contacts=[one, two], next_step="报价"))
    for where in ({"account": account}, {"contact": one}, {"contact": two}):
        [bubble] = activities.timeline(workspace, **where)
        assert bubble.id == key
        assert [person.name for person in bubble.people] == ["张三", "李四"]
    assert touches.touch(workspace, contact=one).next_step.title == "报价"
    undo(workspace)
    with workspace.read() as session:
        assert session.get_one(Activity, key).deleted_at is not None
    assert activities.timeline(workspace, account=account) == []


def test_branches_of_deleted_accounts_rise_to_what_is_left_above(workspace, make):
    top, middle, low, leaf = (make(Account, name=name) for name in ("Top", "Middle", "Low", "Leaf"))
    for above, below in pairwise((top, middle, low, leaf)):
        accounts.set_parent(workspace, below, above)
    records.remove(workspace, Account, [middle, low])
    assert records.load(workspace, Account, leaf).links["parent_id"] == top
    undo(workspace)
    assert records.load(workspace, Account, leaf).links["parent_id"] == low
    assert listed(workspace) == [leaf, low, middle, top]
