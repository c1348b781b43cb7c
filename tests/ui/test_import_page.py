"""The import page: what its steps show and which keys lead through them; test_import_processes has its processes."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from crm_desktop.exchange import json_file
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Contact
from crm_desktop.services import attachments, export_files, records
from crm_desktop.services.export_json import everything
from crm_desktop.services.importing.targets import targets
from crm_desktop.store.undo import undo
from crm_desktop.ui.lint import lint
from crm_desktop.ui.pages.import_.columns_step import ColumnsStep
from crm_desktop.ui.pages.import_.draft import NEW, Draft
from crm_desktop.ui.pages.import_.facts import CheckFacts, ColumnFacts, FileFacts
from crm_desktop.ui.pages.import_.page import COLUMNS, DUPLICATES, FILE, PREVIEW, RESULT

pytest_plugins = ["tests.ui.import_window", "tests.ui.verb_here"]
pytestmark = pytest.mark.usefixtures("verbs_here")
LIST = "公司,姓名,手机,邮箱\nABC有限公司,张三,13800138000,zhangsan@example.com\n示例机械厂,李四,13800138001,\n"


@pytest.fixture
def columns(qtbot, workspace):
    """The second step with four columns, without any file."""
    step = ColumnsStep()
    qtbot.addWidget(step)
    step.attach(workspace, targets())
    facts = FileFacts(
        ("List",),
        "List",
        1,
        9,
        (
            ColumnFacts(0, "公司", ("ABC有限公司",), "account.name", 1.0, "remembered"),
            ColumnFacts(1, "姓名", ("张三",), "contact.full_name", 0.95, "header"),
            ColumnFacts(2, "电话", ("13800138000",), "contact.mobile", 0.6, "values"),
            ColumnFacts(3, "编号", ("1",)),
        ),
    )
    draft = Draft(columns=[each.target for each in facts.columns])
    step.show_file(draft, facts)
    step.resize(1100, 640)
    with qtbot.waitExposed(step):
        step.show()
    return step


def test_a_column_tells_where_its_field_comes_from(columns):
    told = [each.button.accessibleDescription() for each in columns.table.rows]
    assert told[0].endswith("Remembered")
    assert told[1].endswith("Auto 95 %")
    assert told[3] == "Do not import"
    assert [each.is_doubtful for each in columns.table.rows] == [False, False, True, False]


def test_a_field_used_twice_is_told_at_both_rows_and_stops_the_import(columns):
    columns.table.changed.emit(3, "contact.full_name")
    columns.show_plan(None, dim=False)
    assert columns.complaints() == {1: "Column D goes there, too", 3: "Column B goes there, too"}
    assert columns.table.rows[3].check.text() == "Column B goes there, too"
    assert "several columns" in columns.error.words.text()
    columns.table.changed.emit(3, "")
    assert not columns.error.isVisible()


def test_a_field_that_holds_several_may_be_used_twice(columns):
    columns.table.changed.emit(3, "contact.mobile")
    assert columns.complaints() == {}


def test_doubtful_values_are_counted_with_an_example(columns):
    columns.table.show_checks({2: CheckFacts(9, 2, 0, "138 001", "A digit is missing.")}, {}, dim=False)
    assert columns.table.rows[2].check.text() == "2 doubtful: “138 001” · 7 valid"
    assert columns.table.rows[2].check.toolTip() == "A digit is missing."


def test_a_field_is_found_by_typing(columns, qtbot):
    button = columns.table.rows[3].button
    qtbot.keyClick(button, Qt.Key.Key_W)
    button.dropped.search.setText("wechat")
    qtbot.keyClick(button.dropped.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(columns.changed):
        qtbot.keyClick(button.dropped.search, Qt.Key.Key_Return)
    assert button.code().endswith(".wechat")


def test_the_steps_pass_the_lint(window, page, read, listed, qtbot):
    assert lint(window) == []
    read(listed())
    for size in ((1366, 820), (950, 600)):
        window.resize(*size)
        for step in (FILE, COLUMNS, DUPLICATES, PREVIEW):
            page._show_step(step)
            qtbot.wait(1)
            assert lint(window) == [], (size, step)


def test_a_file_whose_header_is_known_goes_straight_to_its_columns(page, read, listed):
    read(listed())
    assert page.step() == COLUMNS
    assert page.head.sub.text() == "list.csv · list · 2 rows × 4 columns"
    assert page.course.draft.columns == ["account.name", "contact.full_name", "contact.mobile", "contact.email"]


def test_escape_leaves_and_keeps_the_draft(window, page, read, listed, qtbot):
    read(listed())
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.asked[-1] == ("page", "accounts")
    assert page.course.draft.name == "list.csv"
    assert page.step() == COLUMNS


def test_another_header_row_is_read_again(page, read, listed, qtbot):
    read(listed("展会名单,,,\n" + LIST))
    assert page.course.facts.header_row == 2
    assert page.command("back")
    assert page.step() == FILE
    page.file.look.header.setValue(1)
    qtbot.waitUntil(lambda: page.course.facts.header_row == 1)
    assert page.step() == FILE
    assert page.file.look.header.value() == 1


def test_files_are_dropped_and_pasted(page, listed, qtbot):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(listed())])
    drop = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(drop)
    qtbot.waitUntil(lambda: page.course.facts is not None)
    assert page.course.draft.name == "list.csv"
    QGuiApplication.clipboard().setText(listed(name="pasted.csv"))
    page.paste()
    qtbot.waitUntil(lambda: page.course.draft.name == "pasted.csv")
    QGuiApplication.clipboard().setText("no file")
    page.paste()
    assert "clipboard" in page.bar.words.text()


def test_doubtful_rows_are_decided_by_keys(window, page, workspace, read, listed, qtbot):
    key = records.create(workspace, Contact, {"full_name": "王五", "mobile": "13800138000"})
    read(listed())
    page.go_on()
    step = page.duplicates
    assert [each.row for each in page.course.plan.doubts] == [2]
    assert step.comparison.lines.lines[0].texts == ("Name", "张三", "王五")
    qtbot.keyClick(step.list, Qt.Key.Key_Left)
    assert page.course.draft.decisions == {"2": f"same:{key}"}
    qtbot.keyClick(step.list, Qt.Key.Key_Right)
    assert page.course.draft.decisions == {"2": NEW}
    qtbot.keyClick(step.list, Qt.Key.Key_Left)
    qtbot.keyClick(step.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.step() == PREVIEW)
    assert page.course.plan.counts["contacts"] == 1
    assert page.course.plan.undecided(page.course.draft.decisions) == 0


def test_what_is_written_elsewhere_is_compared_again(page, workspace, read, listed, qtbot):
    read(listed())
    page.go_on()
    records.create(workspace, Contact, {"full_name": "张三", "mobile": "13800138000"})
    assert not page.course.is_fresh
    qtbot.waitUntil(lambda: page.course.is_fresh)
    assert page.course.plan.counts["contacts"] == 1


def test_a_draft_is_offered_again_after_a_restart(page, read, listed, qtbot):
    read(listed())
    kept = page.state()
    page.start_over()
    page.restore(kept)
    assert page.file.bar.isVisible()
    assert "“list.csv”" in page.file.bar.words.text()
    assert page.file.recent.isVisible()


def test_problem_rows_and_the_template_are_saved(page, read, listed, tmp_path, qtbot):
    read(listed(LIST + ",,,nobody@\n"))
    target = tmp_path / "problems.xlsx"
    with qtbot.waitSignal(page.course.saved):
        page.course.save_problems(str(target))
    assert target.exists()
    empty = tmp_path / "template.xlsx"
    with qtbot.waitSignal(page.course.saved):
        page.course.write_template(str(empty))
    read(empty)
    assert all(page.course.draft.columns)
    assert page.step() != RESULT


def test_files_beside_an_export_come_along_and_a_missing_one_is_named(page, read, workspace, qtbot, tmp_path):
    key = records.create(workspace, Account, {"name": "精工自动化"})
    given = [attachments.Given(name, data=name.encode()) for name in ("报价.pdf", "plan.png")]
    keys = attachments.attach(workspace, "account", key, finish(attachments.storing(workspace, given)).stored)
    out = tmp_path / "out" / "all.json"
    out.parent.mkdir()
    bundle = everything(workspace)
    finish(export_files.writing(workspace, bundle.parts[export_files.FILES], export_files.folder_beside(out)))
    finish(json_file.write(out, bundle))
    attachments.remove(workspace, keys)
    (out.parent / "all-files" / "plan.png").unlink()
    read(out)
    there = ("1 attached file comes along.", "There is no file “plan.png” beside “all.json”; it was left out.")
    assert page.course.plan.notes[:2] == there
    while page.step() < PREVIEW:
        page.go_on()
        qtbot.waitUntil(lambda: page.course.is_fresh)
    page.go_on()
    qtbot.waitUntil(lambda: page.step() == RESULT)
    assert page.result.note.words.text() == "\n".join(there)
    assert [each.name for each in attachments.listed(workspace, "account", key)] == ["报价.pdf"]
    assert lint(page) == []
    undo(workspace)
    assert attachments.listed(workspace, "account", key) == []
