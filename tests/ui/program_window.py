"""The real window on a data folder, for the tests that go through it from end to end."""

import pytest

from crm_desktop import i18n
from crm_desktop.settings import Settings
from crm_desktop.ui.program import Program


@pytest.fixture
def program(qtbot, qapp, folder):
    """program("zh_CN") starts the program on the test's folder and gives it when it works."""
    started = []

    def program(language="en"):
        made = Program(qapp, folder, Settings(language=language, theme="light"))
        made.keeps_settings = False
        started.append(made)
        with qtbot.waitSignal(made.ready):
            made.start()
        with qtbot.waitActive(made.window):
            made.window.activateWindow()
        return made

    yield program
    for each in started:
        each.finish()
    qapp.processEvents()
    i18n.use("en")
