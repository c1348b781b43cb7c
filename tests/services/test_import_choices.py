"""What the user may decide: match keys, a way for each field, values for all rows, the order of dates, new fields."""

import json
from dataclasses import replace

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, Contact
from crm_desktop.model.fields import fields_of
from crm_desktop.services import custom_fields
from crm_desktop.services.importing import DEFAULT_MATCH, Options, apply, prepare, ways_of
from crm_desktop.store import dump, queries
from crm_desktop.store.undo import undo
from crm_desktop.text.sheet import sheet_of


def planned(workspace, header, *rows, **options):
    return finish(prepare(workspace, sheet_of("名单", [header, *rows]), Options(**options)))


def imported(workspace, header, *rows, **options):
    return finish(apply(workspace, planned(workspace, header, *rows, **options)))


def held(workspace, entity):
    fields = fields_of(entity)
    with workspace.read() as session:
        people = queries.users(session)
        keys = queries.keys(session, queries.Listing(entity, closed=True))
        rows = queries.values(session, entity, fields, list(keys))
    found = []
    for row in rows.values():
        shown = {each.name: people.get(row[each.name]) or each.kind.show(row[each.name]) for each in fields}
        found.append({name: text for name, text in shown.items() if text})
    return found


# Kept as JSON


def test_options_are_the_same_after_they_were_kept():
    options = Options(
        columns=("account.name", None, "new:account:text:特殊要求"),
        match=("mobile", "landline"),
        decisions={"3": "same:5", "4:2": "same:row:3"},
        values={"account.level": {"★★★★": "vip", "?": ""}},
        fields={"contact.mobile": "overwrite"},
        constants={"account.lead_source": "展会"},
        date_order="dmy",
        conflicts={"3:account.level": "file"},
    )
    assert Options.from_json(json.loads(json.dumps(options.to_json()))) == options
    assert Options.from_json({}).match == DEFAULT_MATCH


@pytest.mark.parametrize(
    "wrong",
    [
        {"colums": []},
        {"mode": "delete"},
        {"match": ["name"]},
        {"match": "mobile"},
        {"overwrite": "yes"},
        {"header_row": "1"},
        {"header_row": True},
        {"decisions": {"x": "new"}},
        {"decisions": ["new"]},
        {"columns": [1]},
        {"fields": {"contact.mobile": "replace"}},
        {"fields": {"account.name": "add"}},
        {"fields": {"account.nothing": "fill"}},
        {"constants": {"contact.full_name.x": "x"}},
        {"constants": {"record.id": "x"}},
        {"constants": ["x"]},
        {"date_order": "ydm"},
        {"conflicts": {"3:account.level": "both"}},
    ],
)
def test_what_is_no_setting_is_refused_with_a_sentence(wrong, language):
    with pytest.raises(Invalid) as refused:
        Options.from_json(wrong)
    assert all(len(sentence) > 8 for sentence in refused.value.problems.values())


# Keys

KEYS = {
    "landline": ["电话", "021-62880000"],
    "qq": ["QQ", "123456789"],
    "credit_code": ["统一社会信用代码", "91310000710931112X"],
}


@pytest.mark.parametrize("key", ["landline", "qq"])
def test_people_are_known_again_by_the_chosen_key(workspace, key):
    word, value = KEYS[key]
    imported(workspace, ["姓名", "联系人" + word if key == "landline" else word], ["张三", value])
    rows = (["姓名", "联系人" + word if key == "landline" else word], ["张先生", value])
    columns = ("contact.full_name", "contact.phone" if key == "landline" else "contact.qq")
    assert planned(workspace, *rows, columns=columns, match=(key,)).counts.contacts == 0
    assert planned(workspace, *rows, columns=columns, match=("mobile",)).counts.contacts == 1


def test_companies_are_known_again_by_their_credit_code_when_that_is_chosen(workspace):
    header = ["公司名称", "统一社会信用代码"]
    imported(workspace, header, ["甲公司", "91310000710931112X"])
    renamed = ["甲集团新名", "91310000710931112X"]
    assert planned(workspace, header, renamed).counts.accounts == 0
    assert planned(workspace, header, renamed, match=("record_id",)).counts.accounts == 1


# A way for each field


def test_each_field_has_its_way(workspace):
    header = ["公司名称", "姓名", "手机", "职务", "级别", "联系人备注"]
    imported(workspace, header, ["甲公司", "张三", "13800138000", "经理", "B", "旧"])
    ways = {
        "contact.mobile": "overwrite",
        "affiliation.title": "overwrite",
        "account.level": "fill",
        "contact.note": "add",
    }
    changed = ["甲公司", "张三", "13900139000", "总监", "A", "新"]
    report = imported(workspace, header, changed, fields=ways)
    [contact], [account] = held(workspace, Contact), held(workspace, Account)
    assert contact["mobile"] == "+86 139 0013 9000"
    assert contact["note"] == "旧\n新"
    assert (contact["title"], account["level"]) == ("总监", "B")
    assert any("“B”" in each for _row, each in report.warnings)
    again = planned(workspace, header, changed, fields=ways)
    assert (again.counts.same, again.counts.update) == (1, 0)


def test_numbers_may_only_fill_blanks(workspace):
    header = ["公司名称", "姓名", "手机", "邮箱"]
    imported(workspace, header, ["甲公司", "张三", "13800138000", None])
    only = {"contact.mobile": "fill", "contact.email": "fill"}
    imported(workspace, header, ["甲公司", "张三", "13900139000", "zhang@jia.com"], fields=only)
    [contact] = held(workspace, Contact)
    assert (contact["mobile"], contact["email"]) == ("+86 138 0013 8000", "zhang@jia.com")


def test_rows_about_one_person_that_replace_numbers_are_taken_together(workspace):
    header = ["公司名称", "姓名", "手机"]
    imported(workspace, header, ["甲公司", "张三", "13700137000"])
    rows = (["甲公司", "张三", "13800138000"], ["甲公司", "张三", "13900139000"])
    imported(workspace, header, *rows, fields={"contact.mobile": "overwrite"})
    assert held(workspace, Contact)[0]["mobile"] == "+86 138 0013 8000; +86 139 0013 9000"
    assert planned(workspace, header, *rows, fields={"contact.mobile": "overwrite"}).counts.update == 0


def test_of_rows_that_contradict_each_other_the_first_counts(workspace):
    header = ["公司名称", "级别"]
    imported(workspace, header, ["甲公司", "C"])
    rows = (["甲公司", "A"], ["甲公司", "B"])
    report = imported(workspace, header, *rows, overwrite=True)
    assert [each["level"] for each in held(workspace, Account)] == ["A"]
    assert [each.outcome for each in report.plan.rows] == ["update", "same"]
    assert report.plan.rows[1].warnings
    assert planned(workspace, header, *rows, overwrite=True).counts.update == 0


def test_the_ways_that_a_field_has():
    assert ways_of("account.level") == ("fill", "overwrite")
    assert ways_of("contact.mobile") == ("add", "fill", "overwrite")
    assert ways_of("contact.note") == ("fill", "overwrite", "add")


# Values for all rows


def test_constants_fill_what_rows_leave_blank(workspace):
    header = ["公司名称", "姓名", "来源", "标签"]
    constants = {"account.lead_source": "展会", "contact.tags": "2026工博会", "activity.summary": "工博会上见面"}
    rows = (["甲公司", "张三", None, None], ["乙公司", "李四", "网站", "重要"], ["丙公司", None, None, None])
    report = imported(workspace, header, *rows, constants=constants)
    sources = {each["name"]: each.get("lead_source") for each in held(workspace, Account)}
    assert sources == {"甲公司": "Trade show", "乙公司": "Web form", "丙公司": "Trade show"}
    assert [each["tags"] for each in held(workspace, Contact)] == ["2026工博会", "重要"]
    assert len(held(workspace, Activity)) == 3
    assert (report.counts.create, report.counts.activities) == (3, 3)
    assert planned(workspace, header, *rows, constants=constants).counts.same == 3


def test_a_row_that_says_so_itself_counts_more_than_the_value_for_all(workspace):
    header = ["公司名称", "姓名", "级别"]
    rows = (["甲公司", "张三", None], ["甲公司", "李四", "A"])
    imported(workspace, header, *rows, constants={"account.level": "C"})
    assert [each["level"] for each in held(workspace, Account)] == ["A"]


def test_constants_do_not_touch_what_is_there_unless_they_may(workspace):
    imported(workspace, ["公司名称", "级别"], ["甲公司", "B"])
    filling = planned(workspace, ["公司名称"], ["甲公司"], columns=("account.name",), constants={"account.level": "A"})
    assert (filling.counts.same, filling.warnings) == (1, [])
    winning = replace(filling.options, fields={"account.level": "overwrite"})
    assert finish(prepare(workspace, filling.sheet, winning)).counts.update == 1


def test_a_constant_that_cannot_be_read_is_told_once(workspace):
    rows = [[f"公司{at}"] for at in range(20)]
    columns, constants = ("account.name",), {"account.revenue_year": "去年", "account.owner_id": "没有这人"}
    plan = planned(workspace, ["公司名称"], *rows, columns=columns, constants=constants, header_row=1)
    assert sum("去年" in each for each in plan.notes) >= 1
    assert plan.warnings == []
    assert finish(apply(workspace, plan)).counts.accounts == 20


# Dates


def test_the_order_that_the_file_tells_is_used_for_all_its_dates(workspace):
    header = ["姓名", "生日"]
    plan = planned(workspace, header, ["张三", "03/04/1990"], ["李四", "25/12/1991"])
    assert (plan.dates.used, plan.dates.found, plan.dates.is_ambiguous) == ("dmy", "dmy", False)
    finish(apply(workspace, plan))
    assert {each["birthday"] for each in held(workspace, Contact)} == {"3 Apr 1990", "25 Dec 1991"}
    assert not [each for _row, each in plan.warnings if "can be" in each]


def test_dates_with_two_meanings_are_told_and_can_be_switched(workspace):
    header, row = ["姓名", "生日"], ["张三", "03/04/1990"]
    plan = planned(workspace, header, row)
    assert (plan.dates.used, plan.dates.is_ambiguous, plan.dates.columns) == ("", True, (1,))
    assert any("Column B" in each for each in plan.notes)
    days = {}
    for order in ("dmy", "mdy"):
        switched = planned(workspace, header, row, date_order=order)
        assert (switched.dates.used, switched.dates.is_ambiguous) == (order, False)
        days[order] = next(each.new for each in switched.rows[0].changes if each.code == "contact.birthday")
    assert days["dmy"] != days["mdy"]


# What the reader of the file says


def test_totals_are_left_out_and_remarks_are_told(workspace):
    sheet = sheet_of("名单", [["公司名称", "手机"], ["甲公司", "13800138000"], ["合计", "1"]])
    sheet = replace(sheet, totals=frozenset({3}), remarks={(2, 1): "The number was damaged."})
    plan = finish(prepare(workspace, sheet, Options()))
    assert [each.number for each in plan.left] == [3]
    assert [each.number for each in plan.rows] == [2]
    assert "“手机”: The number was damaged." in plan.rows[0].warnings


# Fields of people's own


def test_a_column_becomes_a_field_in_the_same_step(workspace):
    header = ["公司名称", "特殊要求", "等级标签"]
    columns = ("account.name", "new:account:text:特殊要求", "new:account:pick:等级标签")
    before = dump.text(workspace)
    plan = planned(workspace, header, ["甲公司", "先付款", "金"], ["乙公司", None, "银"], columns=columns)
    assert [(each.label, each.kind) for each in plan.new_fields] == [("特殊要求", "text"), ("等级标签", "pick")]
    assert ("特殊要求", "先付款") in [(each.label, each.new) for each in plan.rows[0].changes]
    assert custom_fields.listed(workspace) == []
    assert dump.text(workspace) == before
    report = finish(apply(workspace, plan))
    first, second = held(workspace, Account)
    assert (first["特殊要求"], first["等级标签"], second["等级标签"]) == ("先付款", "金", "银")
    again = planned(workspace, header, ["甲公司", "先付款", "金"], ["乙公司", None, "银"], columns=columns)
    assert (again.new_fields, again.counts.same) == ((), 2)
    undo(workspace, report.set_id)
    assert dump.text(workspace) == before
    assert custom_fields.listed(workspace) == []


def test_new_fields_for_people_and_for_those_who_are_there(workspace):
    imported(workspace, ["公司名称", "姓名"], ["甲公司", "张三"])
    columns = ("account.name", "contact.full_name", "new:contact:number:工号")
    report = imported(workspace, ["公司名称", "姓名", "工号"], ["甲公司", "张三", 42], columns=columns)
    assert held(workspace, Contact)[0]["工号"] == "42"
    assert report.counts.update == 1


@pytest.mark.parametrize("code", ["new:account:colour:x", "new:order:text:x", "new:account:text:", "new:x"])
def test_a_new_field_that_cannot_be_is_refused(workspace, code):
    with pytest.raises(Invalid):
        planned(workspace, ["公司名称", "x"], ["甲公司", "y"], columns=("account.name", code))


def test_values_in_fields_that_are_there(workspace):
    custom_fields.add(workspace, "contact", "date", "入会日期")
    columns = ("contact.full_name", "contact.入会日期")
    imported(workspace, ["姓名", "入会日期"], ["张三", "2025年3月8日"], columns=columns)
    assert held(workspace, Contact)[0]["入会日期"] == "8 Mar 2025"
    assert planned(workspace, ["姓名", "入会日期"], ["张三", "2025-03-08"], columns=columns).counts.same == 1


def test_doubtful_rows_are_shown_side_by_side(workspace):
    imported(workspace, ["公司名称", "姓名", "手机", "职务"], ["甲公司", "张三", "13800138000", "经理"])
    plan = planned(workspace, ["公司名称", "姓名", "手机", "邮箱"], ["乙公司", "李四", "13800138000", "li@yi.com"])
    [candidate] = plan.doubts[0].candidates
    told = {each.label: (each.ours, each.theirs) for each in candidate.fields}
    assert told["Name"] == ("李四", "张三")
    assert told["Account"] == ("乙公司", "甲公司")
    assert told["E-mail"] == ("li@yi.com", "")
    assert told["Job title"] == ("", "经理")
    assert 0 < candidate.certainty < 1
