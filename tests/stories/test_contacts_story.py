"""What the user asked of contacts (features.md 1.2 and 1.3), row by row, against a real data file."""

from datetime import date

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Affiliation, Contact
from crm_desktop.services import activities, changes, channels, contacts, finding, leaving, records
from crm_desktop.services.activities import Entry
from crm_desktop.store import queries
from crm_desktop.store.queries import Listing
from crm_desktop.store.undo import undo
from crm_desktop.text.findings import Severity


def shown(workspace, key, entity=Contact):
    return records.load(workspace, entity, key).fields


def found(workspace, words, entity="contact"):
    return [hit.id for hit in finding.find(workspace, words, 20) if hit.entity == entity]


def names(workspace):
    with workspace.read() as session:
        return list(queries.names(session, Contact, list(queries.keys(session, Listing(Contact)))).values())


def test_con_01_a_contact_needs_no_account(workspace, make):
    key = make(Contact, full_name="张三")
    assert found(workspace, "张三") == [key]
    assert contacts.places(workspace, contact=key) == []


@pytest.mark.parametrize(
    ("typed", "family", "given"),
    [
        ("张三", "张", "三"),
        ("欧阳娜娜", "欧阳", "娜娜"),
        ("John Smith", "Smith", "John"),
        ("Smith, John", "Smith", "John"),
    ],
)
def test_con_02_names_are_split_by_script(workspace, make, typed, family, given):
    key = make(Contact, full_name=typed)
    with workspace.read() as session:
        record = session.get_one(Contact, key)
    assert (record.family_name, record.given_name) == (family, given)


def test_con_02_surnames_sort_by_how_they_are_spoken(workspace, make):
    for name in ("曾小明", "张三", "阿杰", "李四", "单伟"):
        make(Contact, full_name=name)
    with workspace.read() as session:
        keys = list(queries.keys(session, Listing(Contact)))
        order = queries.names(session, Contact, keys)
    assert [order[key] for key in keys] == ["阿杰", "李四", "单伟", "曾小明", "张三"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("男", "male"), ("女", "female"), ("M", "male"), ("F", "female"), ("先生", "male"), ("女士", "female")],
)
def test_con_03_gender_words(workspace, make, typed, code):
    assert shown(workspace, make(Contact, full_name="张三", gender=typed))["gender"].value == code


def test_con_04_05_06_the_role_belongs_to_the_place(workspace, make):
    account = make(Account, name="ABC有限公司")
    texts = {"full_name": "张三", "title": "总经理", "department": "采购部"}
    key, _account = contacts.create(workspace, texts, account)
    [place] = contacts.places(workspace, contact=key)
    contacts.change_link(workspace, place.id, "responsibility", "负责采购\n和供应商")
    assert (place.title, place.department) == ("总经理", "采购部")
    assert shown(workspace, place.id, Affiliation)["responsibility"].value == "负责采购\n和供应商"


@pytest.mark.parametrize(
    "typed", ["13800138000", "138 0013 8000", "+86-138-0013-8000", "１３８００１３８０００", 13800138000.0]
)
def test_con_07_a_mobile_is_one_number_however_it_is_written(workspace, make, typed):
    key = make(Contact, full_name="张三", mobile=str(typed))
    assert shown(workspace, key)["mobile"].text == "+86 138 0013 8000"
    for digits in ("13800138000", "8000", "138 0013", "0013-8000"):
        assert found(workspace, digits) == [key], digits


def test_con_08_a_landline_keeps_its_extension(workspace, make, language):
    key = make(Contact, full_name="张三", phone="010-12345678 转 801")
    value = shown(workspace, key)["phone"]
    assert value.value[0].ext == "801"
    assert value.text == {"zh_CN": "+86 10 1234 5678 转 801", "en": "+86 10 1234 5678 ext. 801"}[language]
    field = value.field
    assert field.kind.read(field.kind.cell(value.value)).value[0].ext == "801"


def test_con_09_two_mails_one_of_them_primary(workspace, make):
    key = make(Contact, full_name="张三", email="a@example.com; b@example.com")
    assert shown(workspace, key)["email"].text == "a@example.com; b@example.com"
    second = [each for each in channels.of_record(workspace, Contact, key) if each.kind == "email"][1]
    channels.make_primary(workspace, second.id)
    assert shown(workspace, key)["email"].text == "b@example.com; a@example.com"


def test_con_10_handles_are_checked_but_kept(workspace, make):
    first = make(Contact, full_name="张三", wechat="zhang_san1", qq="12")
    assert shown(workspace, first)["qq"].findings[0].severity == Severity.WARN
    assert shown(workspace, first)["qq"].text == "12"
    [alike] = contacts.look_alikes(workspace, {"wechat": "zhang_san1"})
    assert alike.id == first


def test_con_11_13_14_15_17_18_the_profile(workspace, make):
    key = make(
        Contact,
        full_name="张三",
        linkedin="https://linkedin.com/in/zhangsan",
        birthday="03-08",
        hobby="golf",
        preferred_channel="微信",
        do_not_call="是",
        note="喜欢提前看图纸",
        types="供应商",
    )
    fields = shown(workspace, key)
    assert fields["birthday"].value == "--03-08"
    assert fields["preferred_channel"].value == "wechat"
    assert fields["do_not_call"].value is True
    assert fields["types"].value == ("supplier",)
    assert found(workspace, "golf") == found(workspace, "图纸") == [key]


def test_con_13_impossible_birthdays_are_refused_and_leap_days_are_not(workspace, make):
    key = make(Contact, full_name="张三")
    records.change(workspace, Contact, key, "birthday", "02-29")
    with pytest.raises(Invalid):
        records.change(workspace, Contact, key, "birthday", "02-30")
    assert shown(workspace, key)["birthday"].value == "--02-29"


def test_con_18_the_type_follows_the_account(workspace, make):
    account = make(Account, name="A", types="供应商")
    key, _account = contacts.create(workspace, {"full_name": "张三"}, account)
    assert shown(workspace, key)["types"].value == ("supplier",)


def test_con_24_somebody_leaves_and_nothing_is_lost(workspace, make):
    account = make(Account, name="A")
    key, _account = contacts.create(workspace, {"full_name": "张三"}, account)
    activities.log(workspace, Entry("call", "谈了价格", contacts=[key]))
    [place] = contacts.places(workspace, contact=key)
    leaving.leave(workspace, leaving.Leaving(place.id, date(2026, 6, 30)))
    [after] = contacts.places(workspace, account=account)
    assert (after.status, after.to_date) == ("departed", date(2026, 6, 30))
    assert [each.kind for each in activities.timeline(workspace, account=account)] == ["system", "call"]
    assert len(activities.timeline(workspace, contact=key)) == 2
    with pytest.raises(Invalid):
        contacts.make_primary(workspace, place.id)


def test_rel_06_07_from_the_account_page(workspace, make):
    account = make(Account, name="A")
    other = make(Contact, full_name="张三")
    key, _account = contacts.create(workspace, {"full_name": "李四"}, account)
    assert found(workspace, "zs") == [other]
    contacts.link(workspace, other, account)
    assert {each.contact_id for each in contacts.places(workspace, account=account)} == {key, other}


def test_adm_12_who_changed_what_when(workspace, make):
    key = make(Contact, full_name="张三", hobby="羽毛球")
    records.change(workspace, Contact, key, "hobby", "普洱茶")
    latest = changes.history(workspace, Contact, key)[0]
    assert [(line.before, line.after) for line in latest.lines] == [("羽毛球", "普洱茶")]
    assert latest.step.kind == "edit"


def test_dq_02_ten_fields_are_checked_while_typing_in_words(language):
    wrong = [
        (Account, "name", " ", Severity.BLOCK),
        (Contact, "full_name", "", Severity.BLOCK),
        (Contact, "mobile", "138001380", Severity.WARN),
        (Contact, "phone", "12345678", Severity.WARN),
        (Contact, "email", "zhang@", Severity.WARN),
        (Account, "website", "not a page", Severity.WARN),
        (Account, "credit_code", "91310000MA1K00000", Severity.WARN),
        (Account, "annual_revenue", "-1", Severity.BLOCK),
        (Affiliation, "from_date", "soon", Severity.WARN),
        (Contact, "birthday", "02-30", Severity.BLOCK),
        (Contact, "qq", "1", Severity.WARN),
        (Account, "industry", "no such thing", Severity.WARN),
    ]
    for entity, name, typed, severity in wrong:
        found = records.check(entity, name, typed)
        assert found.worst == severity, (name, typed)
        text = found.findings[0].text
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text) == (language == "zh_CN"), text


def test_undo_of_a_deleted_contact_brings_everything_back(workspace, make):
    account = make(Account, name="A")
    texts = {"full_name": "张三", "mobile": "13800138000", "title": "经理", "tags": "展会"}
    key, _account = contacts.create(workspace, texts, account)
    before = {name: each.text for name, each in shown(workspace, key).items()}
    records.remove(workspace, Contact, [key])
    assert found(workspace, "张三") == []
    undo(workspace)
    assert {name: each.text for name, each in shown(workspace, key).items()} == before
