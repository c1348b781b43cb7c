"""A window with the import page in it, for the tests of its steps."""

import pytest
from PySide6.QtWidgets import QMainWindow

from crm_desktop.settings import Settings
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.pages.import_.page import ImportPage

LIST = "公司,姓名,手机,邮箱\nABC有限公司,张三,13800138000,zhangsan@example.com\n示例机械厂,李四,13800138001,\n"


@pytest.fixture
def window(qtbot, qapp, workspace, folder):
    """A window with the page in it, and all that was asked of it."""
    theme.apply(qapp, "light", language="en")
    shown = QMainWindow()
    qtbot.addWidget(shown)
    shown.desk = Desk(workspace, folder, Settings(), shown)
    shown.asked, shown.said, shown.opened = [], [], []
    shown.desk.asked.connect(lambda what, detail: shown.asked.append((what, detail)))
    shown.desk.said.connect(lambda *told: shown.said.append(told))
    shown.desk.opened.connect(lambda *told: shown.opened.append(told))
    shown.page = ImportPage()
    shown.setCentralWidget(shown.page)
    shown.desk.changed.connect(shown.page.refresh)
    shown.page.attach(shown.desk)
    shown.resize(1280, 800)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.page.let_go()
    shown.desk.close()


@pytest.fixture
def page(window):
    return window.page


@pytest.fixture
def listed(tmp_path):
    """listed("…") writes a CSV file and gives its path."""

    def listed(text=LIST, name="list.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return listed


@pytest.fixture
def read(qtbot, page):
    """read(path) has a file read and tried out."""

    def read(path):
        page.open_file(str(path))
        qtbot.waitUntil(lambda: page.course.is_fresh)

    return read


@pytest.fixture
def tried(qtbot, page):
    """tried() waits until the import was tried out anew."""

    def tried():
        assert not page.course.is_fresh
        qtbot.waitUntil(lambda: page.course.is_fresh)

    return tried
