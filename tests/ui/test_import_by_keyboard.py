"""A whole import by keys alone: everything that can be chosen on its pages is reached with Tab and done there."""

import json

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from crm_desktop.model import Contact
from crm_desktop.model.fields import fields_of
from crm_desktop.services import records
from crm_desktop.ui.pages.import_.page import COLUMNS, DUPLICATES, FILE, PREVIEW, RESULT

pytest_plugins = ["tests.ui.program_window", "tests.ui.verb_here"]
pytestmark = pytest.mark.usefixtures("verbs_here")
KEY = Qt.Key
NONE, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
MOST_STOPS = 80
HEADER = ("公司", "姓名", "手机", "来访日", "生日", "特殊要求", "爱好")
ROWS = (
    ("ABC有限公司", "张三", "13800138000", "x", "03/04/1985", "带样品", "golf"),
    ("示例机械厂", "李四", "13800138001", "y", "05/06/1990", None, None),
    (None, None, "nobody", None, None, None, None),
)


class Hands:
    """What a person without a mouse can do in the window, and waiting for what comes of it."""

    def __init__(self, program, qtbot):
        self.window, self.qtbot = program.window, qtbot
        self.page = program.window.page("import")

    def press(self, key, modifiers=NONE, times=1):
        for _turn in range(times):
            QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.qtbot.wait(1)

    def write(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)

    def reach(self, widget):
        """Go on with Tab until the widget has the focus; it is in sight then."""
        for _turn in range(MOST_STOPS):
            if widget.hasFocus():
                spot = QRect(widget.mapTo(self.window, QPoint()), widget.size())
                assert not widget.visibleRegion().isEmpty(), "it can be seen"
                assert self.window.rect().contains(spot.center())
                return
            self.press(KEY.Key_Tab)
        raise AssertionError(f"Tab does not come to “{widget.accessibleName()}”")

    def choose(self, widget, typed=""):
        """Drop a list down, find something in it, and take it."""
        self.reach(widget)
        self.press(KEY.Key_Space)
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not widget)
        self.write(typed)
        self.press(KEY.Key_Return)
        self.qtbot.waitUntil(widget.hasFocus)

    def wait_until(self, what):
        self.qtbot.waitUntil(what)

    def wait(self):
        """Until what was chosen was tried out."""
        self.wait_until(lambda: self.page.course.is_fresh)


@pytest.fixture
def hands(program, qtbot):
    made = program("en")
    made.window.resize(1024, 680)
    return Hands(made, qtbot)


@pytest.fixture
def book(tmp_path):
    made = Workbook()
    made.active.append(["封面", "2026"])
    sheet = made.create_sheet("List")
    for row in (["展会名单"], HEADER, *ROWS):
        sheet.append(row)
    made.save(tmp_path / "list.xlsx")
    return str(tmp_path / "list.xlsx")


def test_everything_on_the_import_pages_is_done_by_keys(hands, program, book, tmp_path, monkeypatch):
    page = hands.page
    workspace = hands.window.desk.workspace
    records.create(workspace, Contact, {"full_name": "王五", "mobile": "13800138000"})
    hands.press(KEY.Key_6, CTRL)
    open_encoded(hands, tmp_path)
    choose_sheet_and_header(hands, book)
    map_columns(hands)
    set_rules(hands)
    draft = page.course.draft
    assert (draft.columns[3], draft.columns[5]) == ("contact.note", "new:contact:text:特殊要求")
    assert draft.ways == {"contact.note": "overwrite"}
    assert (draft.overwrite, draft.mode, draft.remember) == (True, "create", False)
    assert (draft.tags, draft.constants) == (["fair"], {"contact.hobby": "sailing"})
    assert (draft.date_order, "qq" in draft.keys) == ("dmy", False)
    hands.press(KEY.Key_F6)
    hands.reach(page.foot.on_button)
    hands.press(KEY.Key_Return)
    hands.wait_until(lambda: page.step() == DUPLICATES)
    assert page.duplicates.list.hasFocus()
    hands.press(KEY.Key_Left)
    assert draft.decisions["3"].startswith("same:")
    hands.press(KEY.Key_Right)
    hands.press(KEY.Key_Return)
    hands.wait_until(lambda: page.step() == PREVIEW)
    look_at_preview(hands, tmp_path, monkeypatch)
    hands.reach(page.foot.on_button)
    hands.press(KEY.Key_Return)
    hands.wait_until(lambda: page.step() == RESULT)
    assert "特殊要求" in {each.label for each in fields_of(Contact)}
    open_row_and_undo(hands)
    assert "特殊要求" not in {each.label for each in fields_of(Contact)}


def open_encoded(hands, tmp_path):
    """A file is pasted, and its encoding chosen."""
    look = hands.page.file.look
    path = tmp_path / "list.csv"
    path.write_bytes("姓名,手机\n张三,13800138000\n".encode("gb18030"))
    QGuiApplication.clipboard().setText(str(path))
    hands.press(KEY.Key_V, CTRL)
    hands.wait_until(lambda: hands.page.step() == COLUMNS)
    hands.press(KEY.Key_Left, ALT)
    hands.reach(look.encoding)
    hands.press(KEY.Key_Down, times=2)
    hands.wait_until(lambda: hands.page.course.draft.encoding == "gb18030")


def choose_sheet_and_header(hands, book):
    page, look = hands.page, hands.page.file.look
    QGuiApplication.clipboard().setText(book)
    hands.press(KEY.Key_V, CTRL)
    hands.wait_until(lambda: page.course.draft.name == "list.xlsx")
    assert page.step() == FILE, "a book of several sheets asks which"
    hands.reach(look.sheets)
    hands.press(KEY.Key_Down)
    hands.wait_until(lambda: page.course.facts.sheet == "List")
    assert page.course.facts.header_row == 2
    hands.reach(look.header)
    hands.press(KEY.Key_Down)
    hands.wait_until(lambda: page.course.facts.header_row == 1)
    hands.press(KEY.Key_A, CTRL)
    hands.write("2")
    hands.press(KEY.Key_Return)
    hands.wait_until(lambda: page.course.facts.header_row == 2)
    assert page.step() == FILE, "Enter takes the number, and leads nowhere"
    hands.reach(page.foot.on_button)
    hands.press(KEY.Key_Return)
    assert page.step() == COLUMNS


def map_columns(hands):
    """A column goes elsewhere, one becomes a field of its own, and the file wins for one."""
    rows = hands.page.columns.table.rows
    hands.choose(rows[3].button, "contact notes")
    hands.choose(rows[5].button, "new field contact text")
    hands.reach(rows[3].way)
    hands.press(KEY.Key_Space)
    hands.press(KEY.Key_Down, times=2)
    hands.press(KEY.Key_Return)
    hands.reach(rows[6].button)
    hands.press(KEY.Key_Up)
    assert rows[5].button.hasFocus()
    hands.choose(rows[6].button, "do not")
    hands.wait()


def set_rules(hands):
    side = hands.page.columns.side
    rules = side.rules
    hands.reach(rules.keys)
    hands.press(KEY.Key_Space)
    hands.write("QQ")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_Escape)
    for box in (rules.fill_only, rules.remember):
        hands.reach(box)
        hands.press(KEY.Key_Space)
    hands.reach(rules.mode)
    hands.press(KEY.Key_Space)
    hands.press(KEY.Key_Down)
    hands.press(KEY.Key_Return)
    hands.reach(rules.dates)
    hands.press(KEY.Key_Space)
    hands.press(KEY.Key_Up, times=2)
    hands.press(KEY.Key_Down)
    hands.press(KEY.Key_Return)
    hands.reach(rules.tags.line)
    hands.write("fair")
    hands.press(KEY.Key_Return)
    hands.reach(side.constants.add)
    hands.press(KEY.Key_Return)
    hands.write("contact hobbies")
    hands.press(KEY.Key_Return)
    hands.wait_until(lambda: "contact.hobby" in side.constants.editors)
    editor = side.constants.editors["contact.hobby"]
    hands.wait_until(editor.hasFocus)
    hands.write("sailing")
    hands.press(KEY.Key_Return)
    assert hands.page.step() == COLUMNS, "Enter takes the value, and leads nowhere"
    hands.wait()


def look_at_preview(hands, tmp_path, monkeypatch):
    """Another kind of row is looked at, what is to be noted is read, and the choices are saved."""
    preview = hands.page.preview
    kinds = list(preview.kinds._buttons.values())
    hands.reach(kinds[0])
    hands.press(KEY.Key_Right)
    assert preview.kinds.value() == "problem"
    hands.reach(preview.table)
    hands.reach(preview.detail)
    recipe = tmp_path / "choices.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(recipe), ""))
    save = next(each for each in preview.findChildren(type(preview.save)) if "choices" in each.text())
    hands.reach(save)
    hands.press(KEY.Key_Return)
    assert json.loads(recipe.read_text(encoding="utf-8"))["tags"] == ["fair"]


def open_row_and_undo(hands):
    """A note leads to its record; back on the page, the import is taken back."""
    result = hands.page.result
    hands.reach(next(iter(result.kinds._buttons.values())))
    hands.reach(result.table)
    hands.press(KEY.Key_Return)
    assert hands.window.page_shown() is hands.window.page("accounts")
    hands.press(KEY.Key_6, CTRL)
    hands.reach(result.undo_button)
    hands.press(KEY.Key_Return)
    hands.wait_until(lambda: not result.undo_button.isEnabled())
    assert result.title.text() == "This import was undone"
