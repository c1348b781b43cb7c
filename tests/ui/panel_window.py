"""A window with menus, messages and a page, for the tests of the panels that float over it."""

from functools import partial

import pytest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QMenuBar, QWidget

from crm_desktop.settings import Settings
from crm_desktop.ui import theme
from crm_desktop.ui.actions import Command, add_commands
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.panels import open_panel
from crm_desktop.ui.panels.panel import Panel
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.toast import ToastHost


class PanelWindow(QMainWindow):
    """Notes what it was told, asked and shown."""

    def __init__(self, workspace, folder):
        super().__init__()
        self.said, self.asked, self.opened, self.done = [], [], [], []
        self._page = None
        self.page = QLineEdit()
        self.page.setAccessibleName("Page")
        middle = QWidget()
        middle.setLayout(column(self.page, None))
        self.setCentralWidget(middle)
        self.toasts = ToastHost(self)
        self.desk = Desk(workspace, folder, Settings(), self)
        self.desk.said.connect(self._say)
        self.desk.asked.connect(lambda what, detail: self.asked.append((what, detail)))
        self.desk.offered.connect(self.toasts.offer)
        self.desk.opened.connect(lambda entity, key: self.opened.append((entity, key)))
        self.commands = [
            Command("quick_add", "file", "Quick add…", partial(open_panel, "quick_add", self, self.desk), "Ctrl+N"),
            Command("find", "edit", "Find…", partial(open_panel, "search", self, self.desk), "Ctrl+K"),
            Command("import_file", "file", "导入 Excel…", partial(self.done.append, "import"), "Ctrl+Shift+I"),
            Command("delete", "edit", "Delete", partial(self.done.append, "delete"), enabled=lambda: False),
            Command("backup", "file", "Back up now…", partial(self.done.append, "backup")),
            Command("page_contacts", "view", "Contacts", partial(self.done.append, "contacts"), "Ctrl+2"),
            Command("log_call", "record", "Log a call", partial(self.done.append, "call")),
        ]
        self.bar = QMenuBar()
        self.setMenuBar(self.bar)
        add_commands(self, self.bar, self.commands)

    def page_shown(self):
        return self._page

    def show_as_page(self, page):
        self._page = page
        page.setParent(self)

    def _say(self, text, tone, action, act):
        self.said.append((text, tone, action, act))
        self.toasts.show(text, action, act, tone=tone)


@pytest.fixture
def panel_window(qtbot, qapp, workspace, folder):
    """A window that is in front."""
    theme.apply(qapp, "light", language="en")
    window = PanelWindow(workspace, folder)
    qtbot.addWidget(window)
    window.resize(1200, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.desk.close()


@pytest.fixture
def shown(panel_window, qtbot):
    """shown(which) opens a panel and gives it."""

    def shown(which):
        open_panel(which, panel_window, panel_window.desk)
        qtbot.wait(1)
        return next(each for each in panel_window.findChildren(Panel) if each.isVisible())

    return shown
