"""Lists of other programs go in without touching the mapping: their columns, and what becomes of their rows."""

import pytest
from sqlalchemy import select

from crm_desktop.exchange import formats
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, Contact
from crm_desktop.model.fields import fields_of
from crm_desktop.services.importing import Options, apply, layout, mapping_problems, prepare
from crm_desktop.services.importing.sheet_layout import judge
from crm_desktop.store import queries
from crm_desktop.text.sheet import sheet_of
from tests.services import layout_files_apps as apps
from tests.services import layout_files_books as books
from tests.services import layout_files_crm as crms
from tests.services import layout_files_sales as sales
from tests.services import layout_files_zh as chinese
from tests.services.cards import CARDS, HEADER, RIGHT
from tests.services.layout_files import Known

ALL = (*books.ADDRESS_BOOKS, *sales.SALES, *crms.CRMS, *apps.APPS, *chinese.CUSTOMER_LISTS)


def named(known):
    return known.name


@pytest.mark.parametrize("known", ALL, ids=named)
def test_every_column_of_a_known_list_goes_where_it_belongs(known):
    found = judge(known.sheet)
    wrong = {
        column.header: (column.target, meant)
        for column, meant in zip(found.columns, known.targets, strict=True)
        if column.target != meant
    }
    assert wrong == {}
    assert found.header_row == len(known.before) + 1
    assert judge(known.sheet, found.header_row) == found
    assert mapping_problems(found.targets, found.headers) == []
    assert all(each.certainty >= 0.95 for each in found.columns if each.target), "nothing is left to be looked at"


@pytest.mark.parametrize("known", ALL, ids=named)
def test_a_list_without_rows_to_look_at_is_understood_by_its_header_alone(known):
    """Only a number of another program, an address at LinkedIn and a name that a form asks for twice need values."""
    found = judge(Known(known.name, known.header, known.mapped, [], known.before).sheet)
    different = [
        each
        for each, meant in zip(found.columns, known.targets, strict=True)
        if each.target != meant and each.header not in ("Record ID", "Record Id", "URL", "Name", "您的姓名")
    ]
    assert different == []


@pytest.mark.parametrize("known", ALL, ids=named)
def test_no_row_of_a_known_list_is_a_problem(workspace, known):
    plan = finish(prepare(workspace, known.sheet, Options()))
    assert plan.counts.problem == 0
    assert plan.counts.create + plan.counts.update == plan.counts.rows


def test_the_files_themselves_are_read_like_their_rows(workspace, tmp_path):
    for known in (books.OUTLOOK, books.LINKEDIN, sales.SALESFORCE_ACCOUNTS, apps.WECOM):
        found = layout(workspace, formats.read(known.write(tmp_path / "list.csv")))
        assert found.targets == known.targets


def taken_in(workspace, known):
    """What the accounts, contacts and activities hold after an import, by their names."""
    finish(apply(workspace, finish(prepare(workspace, known.sheet, Options()))))
    return [{each[name]: each for each in held(workspace, entity)} for entity, name in NAMES.items()]


NAMES = {Account: "name", Contact: "full_name", Activity: "summary"}


def held(workspace, entity):
    with workspace.read() as session:
        keys = session.scalars(select(entity.id).where(entity.deleted_at.is_(None)).order_by(entity.id)).all()
        values = queries.values(session, entity, fields_of(entity), keys)
    fields = [each for each in fields_of(entity) if each.name != "photo"]
    shown = ({each.name: each.kind.show(values[key][each.name]) for each in fields} for key in keys)
    return [{name: text for name, text in each.items() if text} for each in shown]


def test_outlook_contacts(workspace):
    accounts, contacts, _activities = taken_in(workspace, books.OUTLOOK)
    anna = contacts["Anna Maria Schneider"]
    assert (anna["account"], anna["title"]) == ("Beispiel Maschinen GmbH", "Head of Purchasing")
    assert anna["email"] == "anna@beispiel.example; a.schneider@post.example"
    assert (anna["mobile"], anna["phone"]) == ("+49 1512 3456789", "+49 89 1234567")
    assert (anna["tags"], anna["note"]) == ("Fair, Purchasing", "Met at the fair.")
    assert "gender" not in anna, "Unspecified says nothing"
    assert "birthday" not in anna, "0/0/00 says nothing"
    company = accounts["Beispiel Maschinen GmbH"]
    assert company["address"] == "Musterstraße 5, 80331 München, Germany"
    assert company["region"] == "Germany"
    assert "level" not in company, "its priority is another one"
    assert contacts["Erika Muster"]["gender"] == "Female"
    assert contacts["John Doe"]["address"] == "London"


def test_outlook_contacts_in_chinese(workspace):
    accounts, contacts, _activities = taken_in(workspace, books.OUTLOOK_ZH)
    zhang = contacts["张三"]
    assert (zhang["account"], zhang["title"], zhang["department"]) == ("示例机械有限公司", "采购经理", "采购部")
    assert accounts["示例机械有限公司"]["address"] == "江苏省苏州市星湖街1号 215000"
    assert accounts["示例机械有限公司"]["region"] == "Suzhou, Jiangsu"
    assert contacts["李四"]["gender"] == "Male"


@pytest.mark.parametrize("known", [books.GOOGLE_OLD, books.GOOGLE], ids=named)
def test_google_contacts(workspace, known):
    accounts, contacts, _activities = taken_in(workspace, known)
    anna = contacts["Anna Schneider"]
    assert anna["account"] == "Beispiel Maschinen GmbH"
    assert anna["mobile"] == "+49 1512 3456789", "the column beside the number says what it is"
    assert anna["phone"].startswith("+49 89 1234567")
    assert anna["tags"] == "Fair", "the group of everybody is no tag"
    assert contacts["张三"]["mobile"] == "+86 138 0013 8000"
    assert "tags" not in contacts["John Doe"]
    if known is books.GOOGLE_OLD:
        assert anna["title"] == "Head of Purchasing"
        assert anna["email"] == "anna@beispiel.example; a.schneider@beispiel.example"
        assert anna["phone"] == "+49 89 1234567; +49 89 1234568"
        assert anna["address"] == "Musterstraße 5, 80331 München, Germany"
        assert accounts["Beispiel Maschinen GmbH"]["fax"] == "+49 89 1234569"


def test_linkedin_connections(workspace):
    _accounts, contacts, _activities = taken_in(workspace, books.LINKEDIN)
    assert contacts["Anna Schneider"]["linkedin"].endswith("linkedin.com/in/anna-example")
    assert contacts["张三"]["email"] == "zhang@example.com"


def test_accounts_of_salesforce(workspace):
    accounts, contacts, _activities = taken_in(workspace, sales.SALESFORCE_ACCOUNTS)
    assert contacts == {}
    assert accounts["Beispiel Maschinen"]["address"] == "Musterstraße 5, Hinterhaus, 80331 München, Germany"
    assert accounts["Sample Trading"]["region"] == "United Kingdom"


def test_what_is_said_of_a_company_that_is_not_named_is_kept_with_the_person(workspace):
    header = ["姓名", "公司", "公司电话", "网址", "传真", "地址"]
    row = ["张三", None, "021-62345678", "www.example.com", "021-62345679", "上海市浦东新区"]
    plan = finish(prepare(workspace, sheet_of("名单", [header, row]), Options()))
    assert len(plan.warnings) == 4, "each is told"
    finish(apply(workspace, plan))
    [contact] = held(workspace, Contact)
    assert (contact["phone"], contact["address"]) == ("+86 21 6234 5678", "上海市浦东新区")
    assert contact["note"].split("\n") == ["Website: https://www.example.com", "Fax: +86 21 6234 5679"]
    again = finish(prepare(workspace, sheet_of("名单", [header, row]), Options()))
    assert again.counts.same == 1


def test_a_sheet_of_customers_with_its_talks(workspace):
    accounts, contacts, activities = taken_in(workspace, chinese.CUSTOMERS)
    company = accounts["示例机械有限公司"]
    assert company["address"] == "江苏省苏州市昆山市前进路1号"
    assert company["region"] == "Kunshan, Suzhou, Jiangsu"
    assert (company["level"], company["lead_source"]) == ("A", "Trade show")
    assert accounts["大商零售有限公司"]["region"] == "Pudong, Shanghai"
    assert accounts["示例科技股份有限公司"]["address"] == "江苏省苏州市工业园区星湖街1号"
    assert contacts["张三"]["title"] == "采购经理"
    talk = activities["电话沟通，要求报价"]
    assert (talk["at"], talk["kind"]) == ("2025-03-08 10:30", "Call")


def test_two_people_in_one_row(workspace):
    accounts, contacts, _activities = taken_in(workspace, chinese.EXHIBITORS)
    assert len(accounts) == 3
    assert {name: each["account"] for name, each in contacts.items()} == {
        "张三": "示例机械有限公司",
        "李四": "示例机械有限公司",
        "王五": "大商零售有限公司",
        "赵六": "示例科技股份有限公司",
    }
    assert (contacts["李四"]["title"], contacts["李四"]["mobile"]) == ("销售总监", "+86 139 0013 9000")
    assert accounts["示例机械有限公司"]["description"] == "展位号: 5.1A01\n主营产品: 数控机床"


def test_forms_with_questions(workspace):
    _accounts, contacts, _activities = taken_in(workspace, apps.WENJUANXING)
    assert (contacts["张三"]["account"], contacts["张三"]["title"]) == ("示例机械有限公司", "采购经理")
    _accounts, contacts, _activities = taken_in(workspace, apps.MICROSOFT_FORMS)
    assert all("email" not in each for each in contacts.values()), "nobody is called anonymous"


def test_members_of_wecom_and_dingtalk(workspace):
    for known in (apps.WECOM, apps.DINGTALK):
        _accounts, contacts, _activities = taken_in(workspace, known)
        assert contacts["李四"]["mobile"] == "+86 139 0013 9000"


def test_cards_of_a_scanner(workspace):
    """IMP-03: of thirty cards of all kinds at least 28 come out right."""
    known = Known("名片", HEADER, {}, [dict(zip(HEADER, card, strict=True)) for card in CARDS])
    accounts, contacts, activities = taken_in(workspace, known)
    together = accounts | contacts | activities
    wrong = {
        name: different
        for name, meant in RIGHT.items()
        if (different := {field: text for field, text in meant.items() if together.get(name, {}).get(field) != text})
    }
    assert len(CARDS) == 30
    assert len(contacts) == 29, "one card names nobody"
    assert len(wrong) <= 2, wrong
