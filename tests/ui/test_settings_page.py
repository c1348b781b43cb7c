"""Settings take effect at once, are kept, and say where the data is."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from crm_desktop import settings
from crm_desktop.jobs import finish
from crm_desktop.model import Account
from crm_desktop.services import attachments, records, users
from crm_desktop.store.attachments import files_of
from crm_desktop.ui import theme
from crm_desktop.ui.lint import lint
from crm_desktop.ui.widgets.labels import Elide

pytest_plugins = ["tests.ui.program_window"]


@pytest.fixture
def started(program):
    made = program("en")
    made.keeps_settings = True
    made.window.show_page("settings")
    return made


@pytest.fixture
def page(started):
    return started.window.page("settings")


def test_theme_and_text_size_change_at_once_and_are_kept(page, started, folder):
    page.themes.set_value("dark")
    page.themes.changed.emit("dark")
    assert theme.is_dark()
    assert settings.load(folder.settings).theme == "dark"
    page.themes.changed.emit("light")
    assert not theme.is_dark()
    before = theme.px(100)
    page.sizes.changed.emit("125")
    assert theme.px(100) > before
    assert settings.load(folder.settings).text_size == 125
    QApplication.processEvents()
    assert lint(page) == []
    page.sizes.changed.emit("100")


def test_the_language_changes_and_the_page_stays(page, started, folder, qtbot):
    with qtbot.waitSignal(started.ready):
        page.languages.changed.emit("zh_CN")
    assert settings.load(folder.settings).language == "zh_CN"
    assert started.window.rail.value() == "settings"
    page = started.window.page("settings")
    assert page.themes.accessibleName() == "主题"
    qtbot.waitUntil(lambda: lint(page) == [])


def test_the_name_is_who_writes(page, started, type_in):
    page.name.setFocus()
    page.name.set_value("")
    type_in(page.name, "张三")
    page.name.commit()
    assert users.local_name(started.workspace) == "张三"


def test_the_data_folder_is_shown_whole_and_every_verb_can_be_reached(page, folder):
    page.show_section("data")
    QTest.qWait(1)
    assert lint(page) == []
    assert [each.text() for each in page.findChildren(QPushButton) if "…" in each.text()] == [
        "Back up now…",
        "Restore a backup…",
    ]
    assert str(folder.path) in {each.toolTip() or each.text() for each in page.findChildren(Elide)}


def test_unused_files_are_told_and_removed_those_of_the_bin_stay(page, started, folder, qtbot):
    key = records.create(started.workspace, Account, {"name": "Acme"})
    given = [attachments.Given("minutes.txt", data=b"in the bin")]
    stored = finish(attachments.storing(started.workspace, given)).stored
    [file] = attachments.attach(started.workspace, "account", key, stored)
    attachments.remove(started.workspace, [file])
    store = files_of(folder)
    stray = store.place(store.keep(b"of a draft").sha256)
    for each in store.names():
        os.utime(each, (0, 0))
    page.show_section("data")
    card = page.unused
    qtbot.waitUntil(lambda: card.amount.text() == "1 file · 10 B")
    assert lint(page) == []
    card.button.setFocus()
    QTest.keyClick(card.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: card.amount.text() == "nothing")
    assert (stray.exists(), len(list(store.names()))) == (False, 1)
    assert not card.button.isEnabled()
    assert started.window.toasts.current.words.text().startswith("Freed: 1 file · 10 B.")


def test_a_colleague_can_be_added_and_chosen_as_owner(page, started, type_in):
    page.colleague.setFocus()
    type_in(page.colleague, "王芳")
    page.colleague.commit()
    assert "王芳" in [name for _key, name in users.everybody(started.workspace)]
    assert page.colleague.value() == ""


def test_sections_are_built_when_they_are_shown_chosen_by_keys_and_remembered(page, started, folder, qtbot):
    assert list(page.areas) == ["general"]
    page.sections.setFocus()
    QTest.keyClick(page.sections, Qt.Key.Key_Down)
    assert (page.stack.currentWidget(), list(page.areas)) == (page.areas["followup"], ["general", "followup"])
    page.rhythms.choice.setFocus()
    QTest.keyClick(page.rhythms.choice, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert (page.sections.value(), page.sections.hasFocus()) == ("templates", True)
    QTest.keyClick(page.sections, Qt.Key.Key_Home)
    QTest.keyClick(page, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert page.sections.value() == "data"
    QTest.keyClick(started.window, Qt.Key.Key_F6)
    assert page.areas["data"].isAncestorOf(QApplication.focusWidget())
    with qtbot.waitSignal(started.ready):
        started.window.rebuild_asked.emit()
    assert started.window.page("settings").sections.value() == "data"


@pytest.mark.parametrize("size", [100, 125])
def test_a_section_is_as_high_as_its_cards_and_no_wider_than_its_room(page, started, size, qtbot):
    started.window.resize(1024, 680)
    page.sizes.changed.emit(str(size))
    for code in page.sections.codes():
        page.show_section(code)
        qtbot.waitUntil(lambda: lint(started.window) == [])
        area = page.areas[code]
        wanted = area.sheet.layout().totalHeightForWidth(area.viewport().width())
        assert area.sheet.height() == max(wanted, area.viewport().height())
        assert area.sheet.width() == area.viewport().width()
    page.sizes.changed.emit("100")


def test_the_search_panel_and_other_pages_lead_to_a_section(page, started):
    started.window.show_page("accounts")
    started.window._actions["options_fields"].trigger()
    assert (started.window.rail.value(), page.sections.value()) == ("settings", "fields")
    assert page.sections.hasFocus()
