"""The sheet of shortcuts tells every key of every page, and pages act by no key that it does not tell."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

import crm_desktop.ui
from crm_desktop.ui import page_keys
from crm_desktop.ui.lint import lint
from crm_desktop.ui.page_kinds import PAGES
from crm_desktop.ui.widgets.labels import Kbd
from crm_desktop.ui.widgets.rail import Rail

pytest_plugins = ["tests.ui.panel_window"]

UI = Path(crm_desktop.ui.__file__).parent
OWN_KEYS = re.compile(r"Key\.Key_(?:[A-Z0-9]|Space|F\d+|Page\w+)\b|QKeySequence\(\"")
"""How a room of a page would name a key itself; arrows, Enter, Esc and Del are what every list has."""
USUAL = {"timeline/view.py: Key.Key_PageUp", "timeline/view.py: Key.Key_PageDown", "pages/welcome.py: Key.Key_Space"}
"""What scrolls, and what presses a button, as everywhere."""


def lines(sheet):
    """What the sheet says, in order: a heading, or words and keys."""
    found = []
    for place in range(2):
        box = sheet._columns[place]
        for number in range(box.count()):
            widget = box.itemAt(number).widget()
            if isinstance(widget, QLabel):
                found.append(widget.text())
            elif widget is not None:
                words, *keys = widget.findChildren(QLabel)
                found.append((words.text(), tuple(each.text() for each in keys if isinstance(each, Kbd))))
    return found


@pytest.fixture
def rail(panel_window):
    rail = Rail()
    for each in PAGES:
        rail.add(each.code, each.icon, each.word)
    rail.setParent(panel_window)
    return rail


@pytest.mark.parametrize("page", [each.code for each in PAGES])
def test_every_key_of_every_page_is_on_the_sheet_that_of_the_open_page_first(panel_window, shown, rail, page):
    rail.set_value(page)
    sheet = shown("shortcuts")
    told = lines(sheet)
    for group in page_keys.GROUPS:
        at = told.index(group.words) if group.pages == (page,) else len(told) - told[::-1].index(group.words) - 1
        wanted = [(each.words, tuple(page_keys.shown(each))) for each in group.keys.keys]
        assert told[at + 1 : at + 1 + len(wanted)] == wanted
    assert told[0] == next(each.words for each in page_keys.GROUPS if page in each.pages)
    assert lint(panel_window) == []


def test_each_page_has_a_group_and_each_group_is_of_pages():
    assert {code for each in page_keys.GROUPS for code in each.pages} == {each.code for each in PAGES}


def test_no_key_means_two_things_in_one_place():
    for group in page_keys.GROUPS:
        keys = [key for each in group.keys.keys for key in each.keys]
        assert len(keys) == len(set(keys)), group.heading


def test_pages_name_no_key_of_their_own():
    named = {
        f"{each.relative_to(UI)}: {found.group()}"
        for room in ("pages", "timeline", "lists")
        for each in (UI / room).rglob("*.py")
        for found in OWN_KEYS.finditer(each.read_text("utf-8"))
    }
    assert named <= {
        "timeline/view.py: Key.Key_PageUp",
        "timeline/view.py: Key.Key_PageDown",
        "pages/welcome.py: Key.Key_Space",
    }
