"""Sheets that were exported from here, edited and imported again: only what was changed in the file counts."""

from datetime import date

import pytest

from crm_desktop.exchange import formats
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, ActivityParty, Affiliation, Contact
from crm_desktop.services import contacts, custom_fields, export, records
from crm_desktop.services.importing import Options, apply, prepare
from crm_desktop.store import dump
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.undo import undo
from crm_desktop.text.sheet import sheet_of


@pytest.fixture
def filled(workspace, make):
    """Two accounts with people and an activity."""
    custom_fields.add(workspace, "account", "text", "特殊要求")
    abc = records.create(
        workspace,
        Account,
        {"name": "ABC有限公司", "level": "A", "phone": "010-12345678; 021-62880000", "description": "第一行\n第二行"},
    )
    xyz = records.create(workspace, Account, {"name": "XYZ公司", "level": "B", "annual_revenue": "1.2亿"})
    records.change(workspace, Account, abc, "特殊要求", "先付款")
    zhang = records.create(
        workspace, Contact, {"full_name": "张三", "mobile": "13800138000; 13900139000", "birthday": "1990-03-08"}
    )
    li = records.create(workspace, Contact, {"full_name": "李四", "email": "li@xyz.com", "hobby": "钓鱼"})
    make(Affiliation, contact_id=zhang, account_id=abc, title="经理", from_date=date(2020, 1, 31))
    make(Affiliation, contact_id=li, account_id=xyz, title="总监")
    call = make(Activity, account_id=abc, summary="聊了报价", place="上海")
    make(ActivityParty, activity_id=call, contact_id=zhang)
    return {"abc": abc, "xyz": xyz, "zhang": zhang, "li": li, "call": call}


class Sheet:
    """An exported list that can be edited as in Excel."""

    def __init__(self, workspace, what, **options):
        [table] = finish(export.tables(workspace, what, **options))
        self.name, self.header = table.name, list(table.header)
        self.rows = [list(row) for row in table.rows]

    def row(self, text):
        return next(row for row in self.rows if text in row)

    def put(self, text, header, value):
        self.row(text)[self.header.index(header)] = value

    def plan(self, workspace, **options):
        return finish(prepare(workspace, sheet_of(self.name, [self.header, *self.rows]), Options(**options)))


def held(workspace, entity, key):
    return {name: each.text for name, each in records.load(workspace, entity, key).fields.items() if each.text}


@pytest.mark.parametrize("what", ["accounts", "contacts", "activities"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("overwrite", [False, True])
def test_unchanged_it_changes_nothing(workspace, filled, tmp_path, what, suffix, overwrite):
    tables = finish(export.tables(workspace, what))
    finish(formats.write(tmp_path / f"list{suffix}", tables))
    plan = finish(prepare(workspace, formats.read(tmp_path / f"list{suffix}"), Options(overwrite=overwrite)))
    assert (plan.counts.create, plan.counts.update, plan.counts.same) == (0, 0, len(tables[0].rows))
    assert plan.conflicts == []
    assert not any(row.warnings for row in plan.rows)


def test_only_changed_cells_are_taken_over_whatever_was_done_here_meanwhile(workspace, filled):
    sheet = Sheet(workspace, "accounts")
    records.change(workspace, Account, filled["abc"], "level", "VIP")
    sheet.put("ABC有限公司", "Website", "www.abc.com")
    plan = sheet.plan(workspace)
    assert [(each.code, each.new) for row in plan.rows for each in row.changes] == [
        ("account.website", "https://www.abc.com")
    ]
    report = finish(apply(workspace, plan))
    assert held(workspace, Account, filled["abc"])["level"] == "VIP"
    assert sheet.plan(workspace).counts.update == 0, "a second time it changes nothing"
    undo(workspace, report.set_id)
    assert "website" not in held(workspace, Account, filled["abc"])


def test_values_are_replaced_and_emptied_cells_clear_them(workspace, filled):
    sheet = Sheet(workspace, "accounts")
    sheet.put("ABC有限公司", "Level", "B")
    sheet.put("ABC有限公司", "特殊要求", None)
    sheet.put("ABC有限公司", "Description", "只有一行")
    sheet.put("XYZ公司", "Annual revenue", None)
    sheet.put("ABC有限公司", "Account name", "ABC集团")
    before = dump.text(workspace)
    report = finish(apply(workspace, sheet.plan(workspace)))
    abc, xyz = held(workspace, Account, filled["abc"]), held(workspace, Account, filled["xyz"])
    assert (abc["name"], abc["level"], abc["description"]) == ("ABC集团", "B", "只有一行")
    assert "特殊要求" not in abc
    assert "annual_revenue" not in xyz
    assert report.counts.update == 2
    undo(workspace, report.set_id)
    assert dump.text(workspace) == before


def test_one_of_several_numbers_can_be_taken_out(workspace, filled):
    sheet = Sheet(workspace, "contacts")
    place = sheet.header.index("Mobile")
    row = sheet.row("张三")
    mobiles = [at for at, each in enumerate(sheet.header) if each.startswith("Mobile")]
    for at in mobiles:
        row[at] = None
    row[place] = "13900139000"
    finish(apply(workspace, sheet.plan(workspace)))
    assert held(workspace, Contact, filled["zhang"])["mobile"] == "+86 139 0013 9000"


def test_a_cell_changed_here_and_there_is_for_the_user_to_decide(workspace, filled):
    sheet = Sheet(workspace, "accounts")
    records.change(workspace, Account, filled["abc"], "level", "VIP")
    sheet.put("ABC有限公司", "Level", "B")
    plan = sheet.plan(workspace)
    [conflict] = plan.conflicts
    assert (conflict.code, conflict.mine, conflict.file, conflict.decision) == ("account.level", "VIP", "B", "mine")
    assert (conflict.title, conflict.row) == (
        "ABC有限公司",
        plan.rows[[r.title for r in plan.rows].index("ABC有限公司")].number,
    )
    assert plan.counts.update == 0
    decided = sheet.plan(workspace, conflicts={conflict.key: "file"})
    assert decided.counts.update == 1
    finish(apply(workspace, decided))
    assert held(workspace, Account, filled["abc"])["level"] == "B"


def test_the_same_change_here_and_there_is_no_conflict(workspace, filled):
    sheet = Sheet(workspace, "accounts")
    records.change(workspace, Account, filled["abc"], "level", "B")
    sheet.put("ABC有限公司", "Level", "B")
    plan = sheet.plan(workspace)
    assert (plan.conflicts, plan.counts.update) == ([], 0)


def test_rows_may_be_sorted_and_columns_moved_or_taken_out(workspace, filled):
    sheet = Sheet(workspace, "contacts")
    sheet.put("李四", "Hobbies", "跑步")
    order = [at for at, each in enumerate(sheet.header) if each not in ("Birthday", "Notes")][::-1]
    sheet.header = [sheet.header[at] for at in order]
    sheet.rows = [[row[at] for at in order] for row in reversed(sheet.rows)]
    plan = sheet.plan(workspace)
    assert [(each.code, each.new) for row in plan.rows for each in row.changes] == [("contact.hobby", "跑步")]


def test_rows_taken_out_and_records_deleted_are_left_alone(workspace, filled):
    sheet = Sheet(workspace, "accounts")
    sheet.put("XYZ公司", "Level", "A")
    records.remove(workspace, Account, [filled["xyz"]])
    sheet.rows.remove(sheet.row("ABC有限公司"))
    plan = sheet.plan(workspace)
    assert [each.outcome for each in plan.rows] == ["left_out"]
    assert "deleted" in plan.rows[0].warnings[0]


def test_somebody_who_is_put_at_another_company_keeps_the_old_place(workspace, filled):
    sheet = Sheet(workspace, "contacts")
    sheet.put("张三", "Account", "新公司")
    report = finish(apply(workspace, sheet.plan(workspace)))
    assert (report.counts.accounts, report.counts.affiliations, report.counts.contacts) == (1, 1, 0)
    assert held(workspace, Account, filled["abc"])["name"] == "ABC有限公司"


def test_the_title_of_the_very_role_is_changed(workspace, filled):
    sheet = Sheet(workspace, "contacts")
    sheet.put("张三", "Job title", "总经理")
    finish(apply(workspace, sheet.plan(workspace)))
    assert held(workspace, Contact, filled["zhang"])["title"] == "总经理"


def test_activities_are_edited_too(workspace, filled):
    sheet = Sheet(workspace, "activities")
    sheet.put("聊了报价", "Place", "北京")
    sheet.put("聊了报价", "Contacts", "张三, 李四")
    report = finish(apply(workspace, sheet.plan(workspace)))
    assert held(workspace, Activity, filled["call"])["place"] == "北京"
    again = Sheet(workspace, "activities")
    assert "李四" in again.row("北京")[again.header.index("Contacts")]
    undo(workspace, report.set_id)


def test_new_rows_may_be_added_below(workspace, filled):
    sheet = Sheet(workspace, "accounts")
    fresh = [None] * len(sheet.header)
    fresh[sheet.header.index("Account name")] = "新来的公司"
    sheet.rows.append(fresh)
    plan = sheet.plan(workspace)
    assert (plan.counts.create, plan.counts.same) == (1, 2)


def test_an_emptied_cell_goes_back_to_the_default_where_blank_is_not_possible(workspace, filled):
    records.change(workspace, Account, filled["abc"], "status", "关闭")
    sheet = Sheet(workspace, "accounts")
    sheet.put("ABC有限公司", "Status", None)
    finish(apply(workspace, sheet.plan(workspace)))
    assert held(workspace, Account, filled["abc"])["status"] == "Active"
    assert sheet.plan(workspace).counts.update == 0


def test_what_cannot_be_understood_is_kept_with_the_record(workspace, filled):
    sheet = Sheet(workspace, "activities")
    sheet.put("聊了报价", "Minutes", "很久")
    finish(apply(workspace, sheet.plan(workspace)))
    assert "很久" in held(workspace, Activity, filled["call"])["summary"]
    assert sheet.plan(workspace).counts.update == 0


def test_what_came_from_another_data_file_and_was_undone_comes_in_again(workspace, tmp_path):
    other = open_workspace(DataFolder(tmp_path / "other"))
    abc = records.create(other, Account, {"name": "ABC有限公司"})
    for hobby in ("围棋", "钓鱼"):
        contacts.link(other, records.create(other, Contact, {"full_name": "张三", "hobby": hobby}), abc)
    path = tmp_path / "contacts.xlsx"
    finish(formats.write(path, finish(export.tables(other, "contacts"))))
    other.close()
    sheet = formats.read(path)

    def imported():
        return finish(apply(workspace, finish(prepare(workspace, sheet, Options()))))

    undo(workspace, imported().set_id)
    again = imported()
    assert (again.counts.contacts, again.counts.accounts, again.counts.left_out) == (2, 1, 0)
    once_more = imported().counts
    assert (once_more.contacts, once_more.update, once_more.left_out) == (0, 0, 0)
