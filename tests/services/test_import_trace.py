"""Where records came from, what undoing an import left and why, and what is worth a look after it."""

import hashlib

import pytest
from sqlalchemy import func, select

from crm_desktop.errors import FileProblem
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Contact, ImportRow
from crm_desktop.services import records
from crm_desktop.services.importing import Options, apply, prepare, source_of, trace, try_out
from crm_desktop.services.importing.trying import TriedOut
from crm_desktop.store import dump
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.undo import undo
from crm_desktop.text.believable import Believer
from crm_desktop.text.sheet import sheet_of

HEADER = ["公司名称", "姓名", "手机", "级别"]
ROWS = [
    ["甲公司", "张三", "13800138000", "A"],
    ["乙公司", "李四", "13900139000", "B"],
    ["丙公司", "王五", "13700137000", "金牌"],
]


@pytest.fixture
def file(tmp_path):
    """The file that the rows come from, as far as the trace is concerned."""
    path = tmp_path / "名单.csv"
    path.write_text("x", encoding="utf-8")
    return path


def planned(workspace, rows=ROWS, source=None, **options):
    return finish(prepare(workspace, sheet_of("名单", [HEADER, *rows]), Options(**options), source))


def imported(workspace, rows=ROWS, source=None, **options):
    return finish(apply(workspace, planned(workspace, rows, source, **options)))


def key_of(workspace, entity, name):
    column = Contact.full_name if entity is Contact else Account.name
    with workspace.read() as session:
        return session.scalar(select(entity.id).where(column == name))


def test_every_row_can_be_traced_to_its_place_in_the_file(workspace, file):
    report = imported(workspace, source=source_of(file), tags=("展会",))
    found = trace.job_of(workspace, report.set_id)
    assert (found.id, found.file_name, found.sheet) == (report.job, "名单.csv", "名单")
    assert found.sha256 == hashlib.sha256(b"x").hexdigest()
    assert found.counts["create"] == 3
    assert Options.from_json(found.options).tags == ("展会",)
    rows = list(trace.rows_of(workspace, found.id))
    assert [(number, outcome) for number, outcome, *_rest in rows] == [(2, "create"), (3, "create"), (4, "create")]
    assert rows[1][2:4] == (key_of(workspace, Account, "乙公司"), key_of(workspace, Contact, "李四"))
    assert "金牌" in rows[2][4]
    assert trace.job_of(workspace, 42) is None


def test_nothing_is_traced_when_nothing_was_written(workspace):
    imported(workspace)
    report = imported(workspace)
    assert (report.set_id, report.job) == (None, None)
    with workspace.read() as session:
        assert session.scalar(select(func.count()).select_from(ImportRow)) == 3


def test_the_very_file_is_known_again_until_its_import_is_undone(workspace, file):
    source = source_of(file)
    assert planned(workspace, source=source).notes == ()
    report = imported(workspace, source=source)
    assert any("名单.csv" in each for each in planned(workspace, source=source).notes)
    assert planned(workspace).notes == ()
    undo(workspace, report.set_id)
    assert planned(workspace, source=source).notes == ()


def test_a_file_that_is_gone_is_told(tmp_path):
    with pytest.raises(FileProblem, match=r"nothing\.csv"):
        source_of(tmp_path / "nothing.csv")


def test_undoing_tells_of_each_row_what_became_of_it(workspace, folder):
    report = imported(workspace)
    records.change(workspace, Contact, key_of(workspace, Contact, "李四"), "hobby", "钓鱼")
    workspace.close()
    again = open_workspace(folder)  # at any later time
    undone = undo(again, report.set_id)
    rows = trace.undone_rows(again, report.set_id, undone)
    assert [(each.number, each.state) for each in rows] == [(2, "taken_back"), (3, "kept"), (4, "taken_back")]
    assert "Hobbies" in rows[1].sentence
    assert (rows[1].entity, rows[1].key) == ("contact", key_of(again, Contact, "李四"))
    summary = trace.summary(again, report.set_id, undone)
    assert summary.counts == {"taken_back": 2, "kept": 1, "could_not": 0}
    assert [each.number for each in summary.rows] == [3]
    again.close()


def test_a_value_that_was_changed_since_is_kept_and_told_with_its_field(workspace):
    imported(workspace)
    report = imported(workspace, [["甲公司", "张三", None, "B"], ["乙公司", "李四", None, "C"]], overwrite=True)
    records.change(workspace, Account, key_of(workspace, Account, "甲公司"), "level", "VIP")
    undone = undo(workspace, report.set_id)
    rows = trace.undone_rows(workspace, report.set_id, undone)
    assert [(each.number, each.state) for each in rows] == [(2, "kept"), (3, "taken_back")]
    assert "Level" in rows[0].sentence


def test_what_was_erased_since_could_not_be_taken_back(workspace):
    imported(workspace)
    report = imported(workspace, [["甲公司", None, None, "B"], ["乙公司", None, None, "C"]], overwrite=True)
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM affiliation")
        connection.exec_driver_sql("DELETE FROM account WHERE name = '甲公司'")
    undone = undo(workspace, report.set_id)
    rows = trace.undone_rows(workspace, report.set_id, undone)
    assert [(each.number, each.state) for each in rows] == [(2, "could_not"), (3, "taken_back")]
    assert "no longer there" in rows[0].sentence


def test_after_the_import_what_is_worth_a_look_is_listed_with_its_record(workspace):
    rows = [
        ["甲公司", "张三", "13800138000", "A"],
        ["甲公司", "张三", "1380013", None],
        ["乙公司", "李四", None, "金牌"],
    ]
    report = imported(workspace, rows)
    found = {(each.row, each.kind): each for each in report.findings}
    assert "Mobile" in found[4, "missing"].sentence
    assert found[4, "missing"].key == key_of(workspace, Contact, "李四")
    assert "金牌" in found[4, "suspicious"].sentence
    assert "row 2" in found[3, "duplicate"].sentence
    assert found[3, "duplicate"].entity == "contact"
    assert (2, "suspicious") not in found


def test_trying_out_writes_nothing_and_comes_to_the_same(workspace):
    columns = ("account.name", "contact.full_name", "contact.mobile", "new:account:text:等级")
    imported(workspace, ROWS[:1])
    before = dump.text(workspace)
    plan = planned(workspace, columns=columns, tags=("展会",))
    assert finish(try_out(workspace, plan)) == plan.counts
    assert dump.text(workspace) == before
    assert finish(apply(workspace, plan)).counts == plan.counts


def test_while_a_plan_is_tried_out_others_can_save(workspace):
    plan = planned(workspace, [[f"公司{at}", f"张{at}", None, None] for at in range(3000)])
    job = try_out(workspace, plan)
    for step, _progress in enumerate(job):
        if step == 1:
            records.create(workspace, Account, {"name": "同时记下的公司"})
    assert key_of(workspace, Account, "同时记下的公司")


def test_a_plan_that_does_not_hold_is_an_error(workspace):
    plan = planned(workspace)
    plan.counts.accounts += 1
    with pytest.raises(TriedOut):
        finish(try_out(workspace, plan))
    later = planned(workspace)
    records.create(workspace, Account, {"name": "别的公司"})
    with pytest.raises(TriedOut):
        finish(try_out(workspace, later))


SIZES = [5_000, pytest.param(100_000, marks=pytest.mark.soak)]


@pytest.mark.parametrize("size", SIZES)
def test_a_long_list_is_undone_row_by_row_after_a_restart(workspace, folder, size):
    people = Believer(11)
    rows = []
    for _each in range(size):
        company = people.company("zh_CN")
        person = people.person("zh_CN", company)
        rows.append([company["name"], person["full_name"], person["mobile"], None])
    before = dump.text(workspace)
    plan = planned(workspace, rows)
    assert finish(try_out(workspace, plan)) == plan.counts
    report = finish(apply(workspace, plan))
    assert report.counts == plan.counts
    again = planned(workspace, rows)
    assert (again.counts.create, again.counts.update) == (0, 0)
    edited = next(row for row in report.plan.rows if row.outcome == "create" and row.contact is not None)
    records.change(workspace, Contact, report.ids[edited.contact], "hobby", "钓鱼")
    workspace.close()
    reopened = open_workspace(folder)
    undone = undo(reopened, report.set_id)
    told = trace.undone_rows(reopened, report.set_id, undone)
    assert len(told) == plan.counts.create + plan.counts.update
    kept = [each for each in told if each.state != "taken_back"]
    assert edited.number in [each.number for each in kept]
    assert all(each.state == "kept" and "Hobbies" in each.sentence for each in kept if each.number == edited.number)
    undo(reopened)  # the edit
    assert dump.text(reopened) != before, "what was kept is still there"
    reopened.close()


def test_an_account_that_the_import_put_above_another_one_goes_with_it(workspace):
    header = ["公司名称", "上级公司"]
    finish(apply(workspace, finish(prepare(workspace, sheet_of("名单", [header, ["甲公司", None]]), Options()))))
    before = dump.text(workspace)
    rows = [["甲公司", "甲集团"], ["甲集团", None]]
    report = finish(apply(workspace, finish(prepare(workspace, sheet_of("名单", [header, *rows]), Options()))))
    undone = undo(workspace, report.set_id)
    assert undone.kept == []
    assert dump.text(workspace) == before
