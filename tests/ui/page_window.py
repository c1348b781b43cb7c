"""A window with one page in it, for tests that need no other part of the program."""

import pytest
from PySide6.QtWidgets import QMainWindow

from crm_desktop.settings import Settings
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.widgets.toast import ToastHost


class PageWindow(QMainWindow):
    """Shows the page, its messages, and notes what it opened."""

    def __init__(self, page, workspace, folder):
        super().__init__()
        self.opened = []
        self.toasts = ToastHost(self)
        self.desk = Desk(workspace, folder, Settings(), self)
        self.desk.said.connect(lambda text, tone, action, act: self.toasts.show(text, action, act, tone=tone))
        self.desk.offered.connect(self.toasts.offer)
        self.desk.opened.connect(lambda entity, key: self.opened.append((entity, key)))
        self.desk.changed.connect(page.refresh)
        self.page = page
        self.setCentralWidget(page)
        page.attach(self.desk)

    def told(self):
        """The message on screen."""
        return self.toasts.current.words.text() if self.toasts.current else ""


@pytest.fixture
def page_window(qtbot, qapp, workspace, folder):
    """page_window(SettingsPage) shows a page in front."""
    made = []

    def page_window(kind):
        theme.apply(qapp, "light", language="en")
        window = PageWindow(kind(), workspace, folder)
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 820)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield page_window
    for each in made:
        each.page.let_go()
        each.desk.close()
