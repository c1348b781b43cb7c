"""Own fields in the window: made in the settings, seen on every page at once, and gone again with Undo."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.model import Account, Affiliation, Contact
from crm_desktop.model.fields import own_fields
from crm_desktop.services import contacts, custom_fields, records
from crm_desktop.store.undo import redo, undo
from crm_desktop.ui.lint import lint
from crm_desktop.ui.widgets.cards import Card

pytest_plugins = ["tests.ui.program_window"]


@pytest.fixture
def account(folder):
    from crm_desktop.store.opening import open_workspace

    workspace = open_workspace(folder)
    key = records.create(workspace, Account, {"name": "ABC有限公司"})
    workspace.close()
    return key


@pytest.fixture
def started(program, account):
    made = program("en")
    made.window.resize(1440, 900)
    return made


@pytest.fixture
def card(started):
    started.desk.ask("settings", "fields")
    return started.window.page("settings").own_fields


@pytest.fixture
def add(started):
    """Add a field as another part of the program would."""

    def add(entity, kind, label, **details):
        return custom_fields.add(started.workspace, entity, kind, label, **details)

    return add


def detail(started, entity, key):
    started.desk.open(entity, key)
    QApplication.processEvents()
    return started.window.pages["accounts"].detail


def pane(started, entity, key):
    return detail(started, entity, key)._panes[entity]


def cards(pane):
    return {each.title.text(): each for each in pane.findChildren(Card)}


def write(line, text, type_in):
    line.setFocus()
    type_in(line, text)
    line.commit()


def columns(table):
    model: QAbstractItemModel = table.records
    return [model.headerData(each, Qt.Orientation.Horizontal) for each in range(model.columnCount())]


def test_a_field_made_in_the_settings_is_on_every_page_without_a_restart(started, card, account, type_in, qtbot):
    first = pane(started, "account", account)
    started.window.show_page("contacts")
    table = started.window.page("contacts").tables["account"]
    assert "More" not in cards(first)
    started.window.show_page("settings")
    assert card.empty.isVisible()
    card.begin()
    type_in(card.form.en, "Special request")
    write(card.form.zh, "特殊要求", type_in)
    QTest.mouseClick(card.form.add, Qt.MouseButton.LeftButton)
    [field] = own_fields()["account"]
    assert (field.label, field.zh, field.table) == ("Special request", "特殊要求", True)
    assert card.list.currentItem().text() == "Special request"

    shown = pane(started, "account", account)
    assert shown is not first
    row = shown.fields.binders[field.name]
    assert row.row.isVisible()
    write(row.editor, "无尘包装", type_in)
    assert records.load(started.workspace, Account, account).fields[field.name].text == "无尘包装"

    started.window.show_page("contacts")
    started.window.page("contacts").tabs.set_value("account")
    qtbot.waitUntil(lambda: len(table.records.keys) == 1 and "Special request" in columns(table))
    place = columns(table).index("Special request")
    assert table.records.index(0, place).data() == "无尘包装"
    table.horizontalHeader().setSortIndicator(place, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: table.records.listed_as.order == field.name)

    undo(started.workspace)
    undo(started.workspace)
    assert "Special request" not in columns(table)
    qtbot.waitUntil(lambda: table.records.listed_as.order == "")
    assert "More" not in cards(pane(started, "account", account))
    redo(started.workspace)
    redo(started.workspace)
    assert pane(started, "account", account).fields.binders[field.name].editor.text() == "无尘包装"


def test_a_new_record_is_made_with_own_fields(started, add, account, type_in):
    wish, day = add("account", "text", "Wishes"), add("account", "date", "Contract ends")
    page = detail(started, "account", account)
    page.command("new_account")
    form = page._new["account"]
    assert lint(form) == []
    rows = {each.field.name: each for each in form.own.rows}
    write(rows[wish.name].editor, "无尘包装", type_in)
    write(rows[day.name].editor, "someday", type_in)
    assert "date" in rows[day.name].row.finding.text()
    rows[day.name].editor.setText("2026-12-31")
    rows[day.name].editor.commit()
    write(form.line, "XYZ有限公司", type_in)
    found = records.load(started.workspace, Account, page.current[1])
    assert (found.name, found.fields[wish.name].text) == ("XYZ有限公司", "无尘包装")
    assert found.fields[day.name].value.isoformat() == "2026-12-31"
    page.command("new_account")
    assert rows[wish.name].editor.text() == ""


def test_fields_stand_on_the_card_that_was_chosen(started, add, account):
    add("account", "text", "On business", card="business")
    add("account", "text", "Elsewhere")
    shown = cards(pane(started, "account", account))
    assert "On business" in [each.label.text() for each in shown["Business"].rows()]
    assert [each.label.text() for each in shown["More"].rows()] == ["Elsewhere"]


def test_what_belongs_to_a_role_is_seen_at_the_person(started, add, account, type_in):
    person = records.create(started.workspace, Contact, {"full_name": "张三"})
    role = contacts.link(started.workspace, person, account)
    field = add("affiliation", "text", "Staff number")
    shown = pane(started, "contact", person)
    write(shown.role.binders[field.name].editor, "7788", type_in)
    assert records.load(started.workspace, Affiliation, role).fields[field.name].text == "7788"


def test_a_link_is_picked_from_what_is_found(started, add, account):
    other = records.create(started.workspace, Account, {"name": "XYZ有限公司"})
    field = add("account", "link", "Introduced by", target="account")
    editor = pane(started, "account", account).fields.binders[field.name].editor
    opened = editor.open("xyz")
    opened.chosen.emit(str(other))
    opened.close_list()
    assert editor.words() == "XYZ有限公司"
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert records.load(started.workspace, Account, account).fields[field.name].value is None


def test_a_wrong_mail_is_kept_and_marked(started, add, account, type_in):
    field = add("account", "mail", "Invoices")
    row = pane(started, "account", account).fields.binders[field.name]
    write(row.editor, "zhang@", type_in)
    assert row.row.finding.text()
    assert records.load(started.workspace, Account, account).fields[field.name].text == "zhang@"


def test_a_column_is_taken_off_in_the_list_and_by_its_setting(started, add):
    field = add("contact", "text", "Number plate", in_table=True)
    started.window.show_page("contacts")
    page = started.window.page("contacts")
    table = page.tables["contact"]
    assert "Number plate" in columns(table)
    menu = page.lists["contact"].menus.head_menu(columns(table).index("Number plate"), table)
    [hide] = [each for each in menu.actions() if each.text() == "Hide this column"]
    hide.trigger()
    assert "Number plate" not in columns(table)
    assert own_fields()["contact"][0].table, "another list may show it still"
    custom_fields.change(started.workspace, field.own, in_table=False)
    custom_fields.change(started.workspace, field.own, in_table=True)
    assert "Number plate" in columns(table)


def test_widths_are_kept_also_when_other_columns_come(started, add):
    started.window.show_page("contacts")
    table = started.window.page("contacts").tables["contact"]
    table.setColumnWidth(1, 333)
    state = table.columns()
    table.setColumnWidth(1, 111)
    table.restore_columns(state)
    assert table.columnWidth(1) == 333
    add("contact", "text", "Number plate", in_table=True)
    table.setColumnWidth(1, 111)
    table.restore_columns(state)
    assert table.columnWidth(1) == 333
    assert "Number plate" in columns(table)


def test_fields_are_ordered_by_keys_and_by_dragging(started, card, add, qtbot):
    made = [add("account", "text", each).name for each in ("One", "Two", "Three")]
    card.list.setFocus()
    card.list.setCurrentRow(2)
    QTest.keyClick(card.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [each.name for each in own_fields()["account"]] == [made[0], made[2], made[1]]
    assert card.list.currentItem().text() == "Three"
    qtbot.waitUntil(lambda: card.down.height() > 0)
    QTest.mouseClick(card.down, Qt.MouseButton.LeftButton)
    assert [each.name for each in own_fields()["account"]] == made
    assert not card.down.isEnabled()
    card.list.model().moveRow(QModelIndex(), 0, QModelIndex(), 3)  # what dropping the first one at the end does
    qtbot.waitUntil(lambda: [each.name for each in own_fields()["account"]] == [made[1], made[2], made[0]])
    undo(started.workspace)
    assert [card.list.item(each).text() for each in range(3)] == ["One", "Two", "Three"]


def test_names_are_changed_in_both_languages_and_a_taken_one_is_refused(started, card, add, type_in):
    add("account", "text", "One")
    add("account", "text", "Two")
    card.list.setFocus()
    QTest.keyClick(card.list, Qt.Key.Key_F2)
    assert card.form.en.hasFocus()
    type_in(card.form.en, "First")
    card.form.en.commit()
    write(card.form.zh, "第一", type_in)
    assert (own_fields()["account"][0].text, own_fields()["account"][0].zh) == ("First", "第一")
    card.form.en.setText("Two")
    card.form.en.commit()
    assert "already" in card.form._rows["en"].finding.text()
    assert own_fields()["account"][0].text == "First"


def test_options_are_added_renamed_ordered_and_taken_off(started, card, add, type_in):
    add("account", "pick", "Interest", options=["High", "Low"])
    options = card.form.options
    write(options.next, "None", type_in)
    QTest.qWait(1)
    assert options.next.text() == ""
    assert [label for _code, label in options.value()] == ["High", "Low", "None"]
    options.lines[2].line.setFocus()
    QTest.keyClick(options.lines[2].line, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    options.lines[0].line.setText("Very high")
    options.lines[0].line.commit()
    QTest.mouseClick(options.lines[2].off, Qt.MouseButton.LeftButton)
    QTest.qWait(1)
    [own] = custom_fields.listed(started.workspace, "account")
    assert [each.label for each in own.options if each.is_active] == ["Very high", "None"]
    assert lint(started.window) == []


def test_deleting_says_how_many_values_and_is_undone(started, card, add, account):
    field = add("account", "text", "One")
    records.change(started.workspace, Account, account, field.name, "A")
    assert "1 record holds a value" in card.form.held.text()
    card.list.setFocus()
    QTest.keyClick(card.list, Qt.Key.Key_Delete)
    assert card.empty.isVisible()
    toast = started.window.toasts.current
    assert "1 value" in toast.words.text()
    started.desk.undo()
    assert card.list.currentItem().text() == "One"


def test_giving_up_a_new_field_leaves_nothing(card, add, type_in):
    card.begin()
    type_in(card.form.en, "Half")
    QTest.mouseClick(card.form.cancel, Qt.MouseButton.LeftButton)
    assert card.empty.isVisible()
    assert own_fields() == {}
    add("account", "text", "One")
    card.begin()
    add("account", "text", "Two")
    assert card.form.own is None  # what is being described is not lost to news from elsewhere
    assert card.list.count() == 2


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_page_has_no_faults_with_any_kind(program, language, qtbot):
    started = program(language)
    started.window.resize(1024, 680)
    started.desk.ask("settings", "fields")
    card = started.window.page("settings").own_fields
    qtbot.waitUntil(lambda: lint(started.window) == [])
    for kind in custom_fields.KINDS:
        options = ["甲", "乙"] if kind in ("pick", "picks") else ()
        custom_fields.add(started.workspace, "account", kind, f"特殊要求与其他说明 {kind}", options=options)
        card.list.setCurrentRow(card.list.count() - 1)
        qtbot.waitUntil(lambda: lint(started.window) == [])
    card.begin()
    for kind in custom_fields.KINDS:
        card.form.kind.set_value(kind)
        card.form.kind.committed.emit(kind)
        qtbot.waitUntil(lambda: lint(started.window) == [])


def test_enter_in_the_name_adds_the_field(card, type_in):
    card.begin()
    type_in(card.form.en, "One")
    QTest.keyClick(card.form.en, Qt.Key.Key_Return)
    assert [each.label for each in own_fields()["account"]] == ["One"]
    assert card.list.hasFocus()


def test_fields_of_each_kind_of_record_are_apart(card, add):
    add("contact", "text", "Number plate")
    assert card.empty.isVisible()
    card.records.set_value("contact")
    card.records.changed.emit("contact")
    assert card.list.currentItem().text() == "Number plate"
    assert not card.form._rows["in_table"].isHidden()
    card.records.set_value("task")
    card.records.changed.emit("task")
    card.begin()
    assert card.form._rows["in_table"].isHidden()
    assert card.form._rows["card"].isHidden()
