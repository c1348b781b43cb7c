"""The lint finds what would trouble people, and is quiet about a good page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QScrollArea, QTreeView, QWidget

from crm_desktop.ui import theme
from crm_desktop.ui.lint import lint
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import primary, tool
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.chips import Chip, FilterChips
from crm_desktop.ui.widgets.choice import InPlaceChoice, InPlaceChoices
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.flow import FlowColumns
from crm_desktop.ui.widgets.in_place import InPlaceLine, InPlaceText
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import Caption, Elide, label
from crm_desktop.ui.widgets.progress import Steps
from crm_desktop.ui.widgets.rail import Rail
from crm_desktop.ui.widgets.search_box import SearchBox
from crm_desktop.ui.widgets.segmented import Segmented
from crm_desktop.ui.widgets.status_bar import StatusBar
from crm_desktop.ui.widgets.tabs import Tabs
from crm_desktop.ui.widgets.tags import InPlaceTags
from crm_desktop.ui.widgets.top_bar import TopBar


@pytest.fixture
def page(qtbot, qapp):
    """page(widget, …) shows these widgets in a window and gives the window."""
    theme.apply(qapp, "light", language="en")
    windows = []  # qtbot knows them by weak references only

    def page(*widgets, width=600, height=400):
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        window.setLayout(column(*widgets))
        window.resize(width, height)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.wait(1)
        return window

    yield page
    windows.clear()


def test_a_widget_without_a_name_is_found(page):
    assert "no accessible name" in lint(page(QLineEdit()))[0]
    assert "no accessible name" in lint(page(QTreeView()))[0]
    assert "no accessible name" in lint(page(QPlainTextEdit()))[0]


def test_a_small_target_is_found(page):
    button = QPushButton("x")
    button.setFixedSize(20, 30)
    assert any("under 24x24" in fault for fault in lint(page(button)))


def test_small_text_is_found(page):
    tiny = label("fine print")
    tiny.setStyleSheet("font-size: 11px")
    assert lint(page(tiny)) == ["text of 11 px: QLabel “fine print”"]


def test_clipped_text_is_found(page):
    words = label("A sentence that is much too long for so little room")
    words.setFixedWidth(80)
    assert "clipped text" in lint(page(words))[0]
    button = primary("A caption that is much too long")
    button.setFixedWidth(80)
    assert "clipped text" in lint(page(button))[0]
    low = label("Words that wrap and then need more than one line", wrap=True)
    low.setFixedSize(100, 20)
    assert "clipped text" in lint(page(low))[0]


def test_a_clipped_value_must_say_the_whole_in_a_tooltip(page):
    line = QLineEdit("a value that is far longer than the line that shows it")
    line.setAccessibleName("Value")
    line.setFixedWidth(100)
    other = InPlaceLine()
    other.setAccessibleName("Other")
    window = page(other, line)
    other.setFocus()
    assert "clipped value" in lint(window)[0]
    line.setToolTip(line.text())
    assert lint(window) == []


def test_text_that_shortens_itself_is_no_fault_while_some_of_it_is_left(page):
    words = Elide("A sentence that is much too long for so little room")
    words.setFixedWidth(90)
    window = page(words)
    assert lint(window) == []
    words.setFixedWidth(12)
    assert "nothing left" in lint(window)[0]


def test_scrolling_sideways_is_found(page):
    wide = QWidget()
    wide.setMinimumSize(2000, 40)
    area = QScrollArea()
    area.setWidget(wide)
    assert "horizontal scroll bar" in lint(page(area))[0]


def test_what_is_hidden_is_no_fault(page):
    hidden = QLineEdit()
    window = page(hidden)
    hidden.hide()
    assert lint(window) == []


def whole_kit():
    """One of everything a page is built from."""
    rail = Rail()
    rail.add("today", "today", "Today")
    rail.add("settings", "settings", "Settings", bottom=True)
    status = StatusBar()
    status.set_saved("Saved 09:20")
    status.show_progress("Importing 3,118 / 5,024", 3118, 5024, lambda: None)
    tabs = Tabs("Parts of the contact")
    tabs.add("overview", "Overview")
    tabs.add("deals", "Deals", 2)
    bar = InfoBar("Landline not verified for 93 days. Still right?", "warn")
    bar.add_action("Still valid", "check")
    mail = FieldRow("E-mail", InPlaceLine("anna@example"))
    mail.set_state("err")
    mail.set_finding("The domain is not complete.", "Use anna@example.com (4 colleagues do)", lambda: None)
    roles = [("buyer", "Economic buyer"), ("user", "User")]
    contact = Card("Contact", "contact_details", "Add")
    contact.add_rows(
        mail,
        FieldRow("Expected close date", InPlaceLine("2026-12-20")),
        FieldRow("Role", InPlaceChoice(roles, "buyer")),
        FieldRow("Roles", InPlaceChoices(roles, ["buyer", "user"])),
        FieldRow("Tags", InPlaceTags(["Fair 2026"])),
        FieldRow("Notes", InPlaceText("Likes to meet in the morning, before ten, and never on a Friday.")),
    )
    columns = FlowColumns()
    columns.add(contact)
    columns.add(Card("Position", "position"))
    kinds = [("call", "call", "Call"), ("visit", "visit", "Visit")]
    empty = EmptyState("address_book", "No accounts yet", "Everything stays on this computer.")
    empty.add_button("New account", icon="add", shortcut="Ctrl+Shift+N")
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside = QWidget()
    filters = FilterChips("Filters", [("all", "All"), ("dormant", "Dormant 12")])
    steps = Steps(["Choose file", "Map fields", "Merge", "Preview"], 1)
    parts = [SearchBox("Filter", "Ctrl+F"), filters, bar, row(Segmented("Kind", kinds), None), steps, columns, empty]
    inside.setLayout(column(row(Chip("Decision maker", "violet"), Caption("1,064"), tool("more", "More")), *parts))
    scroll.setWidget(inside)
    middle = QWidget()
    middle.setLayout(row(rail, column(tabs, scroll)))
    return TopBar(search_key="Ctrl+K"), middle, status


@pytest.mark.parametrize("size", [(1440, 900), (1024, 680)])
@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_the_kit_itself_is_without_fault(page, qapp, size, scale):
    theme.apply(qapp, "light", scale)
    assert lint(page(*whole_kit(), width=size[0], height=size[1])) == []
