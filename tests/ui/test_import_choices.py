"""What can be decided on the import page besides the mapping: keys, ways, values for all rows, conflicts."""

import json

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crm_desktop.cli import import_facts, run
from crm_desktop.exchange import formats
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Contact
from crm_desktop.model.fields import fields_of
from crm_desktop.services import records
from crm_desktop.services.export import tables
from crm_desktop.ui.lint import lint
from crm_desktop.ui.pages.import_.page import COLUMNS, DUPLICATES, PREVIEW, RESULT
from crm_desktop.ui.pages.import_.work import ImportWork
from crm_desktop.ui.widgets.buttons import ElideButton

pytest_plugins = ["tests.ui.import_window", "tests.ui.verb_here"]
pytestmark = pytest.mark.usefixtures("verbs_here")

OWN = "公司,姓名,手机,特殊要求\nABC有限公司,张三,13800138000,带样品\n示例机械厂,李四,13800138001,\n"


@pytest.fixture
def imported(page, qtbot):
    """imported() has what was read written."""

    def imported():
        page._show_step(PREVIEW)
        page.go_on()
        qtbot.waitUntil(lambda: page.step() == RESULT)

    return imported


def contact(workspace, name):
    from sqlalchemy import select

    with workspace.read() as session:
        key = session.scalar(select(Contact.id).where(Contact.full_name == name, Contact.deleted_at.is_(None)))
    return None if key is None else records.load(workspace, Contact, key)


def test_a_value_for_every_row_is_added_by_keyboard(page, workspace, read, listed, tried, imported, qtbot):
    read(listed())
    card = page.columns.side.constants
    card.add.click()
    qtbot.keyClicks(card.dropped.search, "contact note")
    qtbot.keyClick(card.dropped.search, Qt.Key.Key_Return)
    [code] = card.editors
    assert code == "contact.note"
    qtbot.waitUntil(card.editors[code].hasFocus)
    qtbot.keyClicks(card.editors[code], "met at the fair")
    qtbot.keyClick(card.editors[code], Qt.Key.Key_Return)
    tried()
    imported()
    assert contact(workspace, "张三").fields["note"].text == "met at the fair"


def test_a_field_may_win_over_what_is_there(page, workspace, read, listed, tried, imported, qtbot):
    key = records.create(workspace, Contact, {"full_name": "张三", "mobile": "13800138000", "hobby": "围棋"})
    read(listed("姓名,手机,爱好\n张三,13800138000,golf\n"))
    row = page.columns.table.rows[2]
    assert row.way.isEnabled()
    assert page.course.plan.counts["same"] == 1
    row.way.open()
    row.way.dropped.chosen.emit("overwrite")
    tried()
    assert page.course.plan.counts["update"] == 1
    assert "The file wins" in row.way.accessibleName()
    imported()
    assert records.load(workspace, Contact, key).fields["hobby"].text == "golf"


def test_by_what_people_are_known_again_is_chosen(page, workspace, read, listed, tried):
    records.create(workspace, Contact, {"full_name": "张三", "mobile": "13800138000"})
    read(listed("姓名,手机\n张三,13800138000\n"))
    assert page.course.plan.counts["same"] == 1
    page.columns.side.rules.keys.set_value([])
    page.columns.side.rules.keys.committed.emit([])
    tried()
    assert page.course.plan.counts["create"] == 1


def test_a_column_becomes_a_field_of_ones_own_and_goes_with_the_import(
    window, page, workspace, read, listed, tried, imported, qtbot
):
    read(listed(OWN))
    button = page.columns.table.rows[3].button
    button.open("new field contact text")
    qtbot.keyClick(button.dropped.search, Qt.Key.Key_Return)
    assert page.course.draft.columns[3] == "new:contact:text:特殊要求"
    tried()
    assert "特殊要求" not in {each.label for each in fields_of(Contact)}, "the preview makes nothing"
    imported()
    assert "特殊要求" in {each.label for each in fields_of(Contact)}
    assert contact(workspace, "张三").fields["特殊要求"].text == "带样品"
    page.result.undo_button.click()
    qtbot.waitUntil(lambda: "特殊要求" not in {each.label for each in fields_of(Contact)})


def test_the_order_of_dates_is_shown_and_switched(page, read, listed, tried):
    read(listed("姓名,手机,生日\n张三,13800138000,03/04/1985\n李四,13800138001,05/06/1990\n"))
    rules = page.columns.side.rules
    assert rules.dates.isVisibleTo(rules)
    assert rules._dates_words.text(), "the doubt is told"
    before = [each for row in page.course.plan.rows for each in row.changes if each.label == "Birthday"]
    other = "dmy" if rules.dates.value() != "dmy" else "mdy"
    rules.dates.set_value(other)
    rules.dates.committed.emit(other)
    tried()
    after = [each for row in page.course.plan.rows for each in row.changes if each.label == "Birthday"]
    assert [each.new for each in before] != [each.new for each in after]


def test_copied_cells_are_a_list(page, read, qtbot):
    QGuiApplication.clipboard().setText("姓名\t手机\n张三\t13800138000\n李四\t13800138001\n")
    page.paste()
    qtbot.waitUntil(lambda: page.course.is_fresh)
    assert page.course.plan.counts["create"] == 2


def test_the_choices_are_kept_for_the_command_line(page, folder, workspace, read, listed, tried, tmp_path, capsys):
    path = listed()
    read(path)
    page.columns.table.changed.emit(3, "")
    tried()
    recipe = tmp_path / "choices.json"
    page.course.save_recipe(str(recipe))
    assert page.bar.words.text() == "Saved as “choices.json”."
    code = run(["import", path, "--options", str(recipe), "--data", str(folder.path), "--lang", "en", "--json"])
    assert code == 0
    assert json.loads(capsys.readouterr().out)["counts"]["create"] == 2
    assert contact(workspace, "张三").fields["email"].text == "", "the column was left out"


def test_a_conflict_with_an_edit_made_meanwhile_is_decided_by_key(
    window, page, workspace, read, tmp_path, tried, qtbot
):
    key = records.create(workspace, Account, {"name": "ABC有限公司", "website": "https://old.example"})
    path = tmp_path / "accounts.xlsx"
    finish(formats.write(path, finish(tables(workspace, "accounts"))))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    place = [each.value for each in sheet[1]].index("Website") + 1
    sheet.cell(2, place).value = "https://file.example"
    book.save(path)
    records.change(workspace, Account, key, "website", "https://here.example")
    read(path)
    page._show_step(DUPLICATES)
    step = page.duplicates
    assert [each.label for each in page.course.plan.conflicts] == ["Website"]
    assert step.comparison.lines.lines[0].texts[1:] == ("https://file.example", "https://here.example")
    assert "changed in the file and here" in step.reason.text()
    qtbot.keyClick(step.list, Qt.Key.Key_Left)
    tried()
    assert page.course.plan.counts["update"] == 1
    qtbot.keyClick(step.list, Qt.Key.Key_Right)
    tried()
    assert page.course.plan.counts["update"] == 0


def test_after_undoing_each_row_says_what_became_of_it(window, page, workspace, read, listed, imported, qtbot):
    read(listed())
    imported()
    key = contact(workspace, "李四").id
    records.change(workspace, Contact, key, "hobby", "golf")
    page.result.undo_button.click()
    qtbot.waitUntil(lambda: contact(workspace, "张三") is None)
    assert contact(workspace, "李四") is not None
    assert "1 row was taken back" in page.result.text.text()
    assert [line.texts[0] for line in page.result.notes.lines] == ["3"]
    page.result.table.activated.emit(page.result.notes.index(0, 0))
    assert window.opened[-1] == ("contact", key)


def test_what_is_left_after_an_import_leads_to_its_record(window, page, workspace, read, listed, imported):
    read(listed("公司,姓名,手机,邮箱\nABC有限公司,张三,138001380,zhangsan@@example\n"))
    assert page.step() == COLUMNS
    imported()
    result = page.result
    assert result._groups, "the doubtful number is told"
    kinds = dict(result._groups)
    assert "suspicious" in kinds
    result.kinds.set_value("suspicious")
    result._fill()
    result.table.activated.emit(result.notes.index(0, 0))
    assert window.opened[-1][0] == "contact"


def test_of_very_many_doubts_the_first_are_listed_and_all_are_decided(
    page, workspace, read, listed, tried, monkeypatch
):
    for number in range(3):
        records.create(workspace, Contact, {"full_name": "王五", "mobile": f"1380013800{number}"})
    monkeypatch.setattr(import_facts, "LISTED", 1)
    read(listed("姓名,手机\n张三,13800138000\n李四,13800138001\n赵六,13800138002\n"))
    page._show_step(DUPLICATES)
    step, draft = page.duplicates, page.course.draft
    assert (step.lines.rowCount(), page.course.undecided) == (1, 3)
    assert "0 of 3 questions" in step.bar.words.text()
    step.all_left.click()
    assert {each[:5] for each in draft.decisions.values()} == {"same:"}
    assert (sorted(draft.decisions), page.course.undecided) == (["2", "3", "4"], 0)
    tried()
    assert page.course.plan.counts["contacts"] == 0


LEVELS = "公司,客户级别,姓名,手机\n甲公司,★★★★,张三,13800138000\n乙公司,★★★★,李四,13800138001\n丙公司,不明,王五,\n"


def test_what_unknown_values_mean_is_said_once_by_keyboard(
    window, page, folder, workspace, read, listed, tried, tmp_path, capsys, qtbot
):
    path = listed(LEVELS)
    read(path)
    step = page.columns
    row = step.table.rows[1]
    assert (row.check.text(), row.values.text()) == ("3 doubtful: “★★★★” · 0 valid", "2 unknown")
    row.values.setFocus()
    qtbot.keyClick(row.values, Qt.Key.Key_Space)
    panel = step.values
    stars, other = panel.rows
    assert (stars.choice.words(), stars.guess.isVisible()) == ("", True), "a guess is never taken by itself"
    assert "level" not in " ".join(page.course.draft.values)
    qtbot.waitUntil(stars.choice.hasFocus)
    stars.choice.open()
    qtbot.keyClick(stars.choice.dropped.view, Qt.Key.Key_Down)
    qtbot.keyClick(stars.choice.dropped.view, Qt.Key.Key_Return)
    assert page.course.draft.values == {"account.level": {"★★★★": "a"}}
    stars.choice.open()
    stars.choice.dropped.chosen.emit("?")
    panel.guesses.click()
    assert page.course.draft.values == {"account.level": {"★★★★": "vip"}}
    other.choice.open()
    other.choice.dropped.chosen.emit("-")
    assert (panel.guesses.isVisible(), other.choice.words()) == (False, "Leave out")
    assert lint(window) == []
    panel.dismiss()
    assert row.values.hasFocus()
    tried()
    assert (row.check.text(), row.values.text()) == ("3 valid · 3 with a remark", "2 assigned")
    assert not step.side.looks.isVisible()
    recipe = tmp_path / "choices.json"
    page.course.save_recipe(str(recipe))
    page._show_step(PREVIEW)
    changes = {each.label: each.new for each in page.course.plan.rows[0].changes}
    assert changes["Level"] == "VIP"
    assert any("“★★★★” → “VIP”" in each for each in page.course.plan.rows[0].warnings)
    assert run(["import", path, "--options", str(recipe), "--data", str(folder.path), "--lang", "en", "--json"]) == 0
    assert not [each for each in json.loads(capsys.readouterr().out)["warnings"] if "not in the list" in each["text"]]


def test_the_side_mends_the_first_unknown_value_in_place_and_that_is_remembered(page, read, listed, tried, imported):
    read(listed(LEVELS))
    looks = page.columns.side.looks
    [fix] = [each for each in looks.findChildren(ElideButton) if "for all rows" in each.accessibleName()]
    assert fix.accessibleName() == "“★★★★” → VIP, for all rows"
    fix.click()
    tried()
    assert page.course.draft.values == {"account.level": {"★★★★": "vip"}}
    assert page.columns.table.rows[1].values.text() == "1 unknown"
    imported()
    page.start_over()
    read(listed(LEVELS, "more.csv"))
    assert page.course.draft.values == {"account.level": {"★★★★": "vip"}}


def test_the_second_person_of_a_row_is_decided_like_the_first(page, workspace, read, listed, tried, imported, qtbot):
    key = records.create(workspace, Contact, {"full_name": "孙七", "mobile": "13800138001"})
    read(listed("公司,姓名,手机,联系人2,联系人2手机\n甲公司,张三,13800138000,李四,13800138001\n"))
    assert page.course.draft.columns[3:] == ["person2.full_name", "person2.mobile"]
    page._show_step(DUPLICATES)
    step = page.duplicates
    assert [line.texts[1] for line in step.lines.lines] == ["李四 · 甲公司"]
    assert step.reason.text() == "The same mobile number, but another name."
    assert ("Name", "李四", "孙七") in [line.texts for line in step.comparison.lines.lines]
    qtbot.keyClick(step.list, Qt.Key.Key_Left)
    assert page.course.draft.decisions == {"2:2": f"same:{key}"}
    tried()
    page.back()
    page.go_on()
    assert (page.step(), step.lines.lines[0].texts[2]) == (DUPLICATES, "Same")
    assert page.course.plan.counts["contacts"] == 1
    imported()
    assert contact(workspace, "李四") is None
    assert contact(workspace, "张三") is not None


@pytest.fixture
def works(monkeypatch):
    """The work that was begun by now."""
    begun, start = [], ImportWork.start
    monkeypatch.setattr(ImportWork, "start", lambda work, kind, *rest: (begun.append(kind), start(work, kind, *rest)))
    return begun


@pytest.mark.parametrize(
    ("change", "again", "made"),
    [
        (lambda _course: None, [], 2),
        (lambda course: course.work._let_go(), ["import"], 2),
        (lambda course: setattr(course.draft, "mode", "update"), ["import"], 0),
    ],
    ids=["kept", "let go", "not what was tried"],
)
def test_the_plan_that_was_shown_is_written_as_long_as_it_holds(page, read, listed, works, qtbot, change, again, made):
    read(listed())
    change(page.course)
    with qtbot.waitSignal(page.course.imported) as told:
        page.course.run()
    assert told.args[0].counts["create"] == made
    assert works == ["inspect", "check", *again]
