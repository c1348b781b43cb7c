"""Every kind of value has an editor that speaks the text of its kind, in both languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.model import Account, Affiliation, Contact, kinds
from crm_desktop.model.fields import field_named, fields_of
from crm_desktop.ui import theme
from crm_desktop.ui.editors import ChoiceEditor, LineEditor, LinkEditor, Offers, PlaceEditor, YesNoEditor, editor
from crm_desktop.ui.widgets.boxes import column

FIELDS = [each for entity in (Account, Contact, Affiliation) for each in fields_of(entity)]
TEXTS = {
    "account.industry": "automation",
    "account.types": "customer, supplier",
    "account.annual_revenue": "1.2m",
    "account.region": "苏州",
    "account.owner_id": "7",
    "contact.birthday": "1990-03-08",
    "contact.do_not_call": "yes",
    "contact.tags": "fair, golf",
    "contact.mobile": "13800138000",
    "contact.address": "A\nB",
    "affiliation.to_date": "2026-03-31",
    "affiliation.influence": "3",
}
OFFERS = Offers(lambda: [("7", "李明"), ("8", "Anna")], lambda: ["fair", "golf"])


@pytest.fixture
def stage(qtbot, qapp, language):
    """Put an editor in an active window, with a line after it."""
    theme.apply(qapp, "light", language=language)
    windows = []

    def stage(made):
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        window.last = QLineEdit()
        window.setLayout(column(made, window.last))
        window.resize(400, 300)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return stage


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.code)
def test_an_editor_shows_what_is_saved_without_saying_that_it_was_entered(qtbot, qapp, field, language):
    made = editor(field.kind, OFFERS)
    qtbot.addWidget(made)
    heard = []
    made.entered.connect(heard.append)
    value = field.kind.read(TEXTS.get(field.code, "1")).value
    made.show_text(field.kind.edit(value) if value is not None else "", field.kind.show(value))
    made.show_text("")
    assert heard == []


@pytest.mark.parametrize("code", TEXTS)
def test_what_an_editor_enters_is_read_as_the_same_value(qtbot, qapp, code, language):
    entity = {"account": Account, "contact": Contact, "affiliation": Affiliation}[code.partition(".")[0]]
    kind = field_named(entity, code.partition(".")[2]).kind
    value = kind.read(TEXTS[code]).value
    made = editor(kind, OFFERS)
    qtbot.addWidget(made)
    made.show_text(kind.edit(value))
    now = made.value() if hasattr(made, "value") else kind.edit(made.isChecked())
    text = ",".join(now) if isinstance(now, list) else now
    assert kind.show(kind.read(text).value) == kind.show(value)


def test_a_sum_is_shown_for_reading_and_edited_plainly(stage, language):
    made = LineEditor()
    window = stage(made)
    window.last.setFocus()
    made.show_text("860000.00 CNY", "¥860,000")
    assert made.text() == "¥860,000"
    made.setFocus()
    assert made.text() == "860000.00 CNY"
    window.last.setFocus()
    assert made.text() == "¥860,000"


def test_held_text_stays_and_escape_brings_back_what_is_saved(stage, language):
    made = LineEditor()
    stage(made)
    made.setFocus()
    made.show_text("2026-01-01", "1 Jan 2026")
    made.hold("2026-01-01", "no date")
    assert made.text() == "no date"
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert made.text() == "2026-01-01"


def test_a_choice_is_taken_off_with_delete_and_offers_words_that_are_held(stage, language):
    made = ChoiceEditor("level")
    stage(made)
    heard = []
    made.entered.connect(heard.append)
    made.show_text("Gold")
    opened = made.open()
    words = [opened.model.item(row).text() for row in range(opened.model.rowCount())]
    opened.close_list()
    assert "Gold" in words
    QTest.keyClick(made, Qt.Key.Key_Delete)
    assert heard == [""]


def test_a_word_that_is_in_no_list_can_be_entered(stage, language):
    made = ChoiceEditor("level")
    stage(made)
    heard = []
    made.entered.connect(heard.append)
    opened = made.open("Gold")
    QTest.keyClick(opened.search, Qt.Key.Key_Return)
    assert heard == ["Gold"]


def test_a_place_is_found_by_a_part_of_its_name_in_either_language(stage, language):
    made = PlaceEditor()
    stage(made)
    heard = []
    made.entered.connect(heard.append)
    for query in ("苏州", "suzhou"):
        opened = made.open(query)
        words = [opened.model.item(row).text() for row in range(opened.model.rowCount())]
        assert ("江苏省苏州市" if language == "zh_CN" else "Suzhou, Jiangsu") in words
        opened.close_list()
    opened = made.open("苏州")
    QTest.keyClick(opened.search, Qt.Key.Key_Return)
    assert kinds.Region().read(heard[0]).value == "320500"


def test_a_link_shows_a_name_and_enters_a_key(stage, language):
    made = LinkEditor(OFFERS.users)
    stage(made)
    heard = []
    made.entered.connect(heard.append)
    made.show_text("7", "李明")
    assert made.words() == "李明"
    opened = made.open()
    QTest.keyClick(opened.view, Qt.Key.Key_Down)
    QTest.keyClick(opened.view, Qt.Key.Key_Return)
    assert heard == ["8"]


def test_a_tick_is_yes(stage, language):
    made = YesNoEditor()
    stage(made)
    heard = []
    made.entered.connect(heard.append)
    made.click()
    made.click()
    kind = field_named(Contact, "do_not_call").kind
    assert [kind.read(each).value for each in heard] == [True, False]
