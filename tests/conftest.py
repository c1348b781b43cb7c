"""What every test gets: compiled translations, a data folder of its own, and a look at what it left behind.

Nothing may be left: no job, thread, process, open window or logged error. Nothing may reach for the network either:
the program works offline, so any attempt fails the test that made it (OFF-1).
"""

import gc
import importlib.util
import logging
import multiprocessing
import os
import shutil
import sys
import threading
from functools import partial

import hypothesis
import pytest

from crm_desktop import i18n
from crm_desktop.jobs import collect_due
from crm_desktop.paths import ROOT
from dev import compile_catalogs, has_display

if not has_display():
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

hypothesis.settings.register_profile("steady", derandomize=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

PATIENCE = 30.0
"""Seconds that anything waited for may take on a busy machine; what is there sooner ends the wait."""

CALLS_TO_OTHERS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
attempts: list[str] = []


class WentOnline(OSError):
    """Something asked for the network in a test."""


def refuse_network(event, arguments):
    """Stop every connection but those to a local (Unix) socket; an audit hook sees what C code opens, too."""
    if event in CALLS_TO_OTHERS:
        if arguments[0].family.name == "AF_UNIX":
            return
        target = arguments[1]
    elif event in LOOK_UPS:
        target = arguments[0]
    else:
        return
    attempts.append(f"{event} {target}")
    raise WentOnline(attempts[-1])


sys.addaudithook(refuse_network)
gc.disable()  # no thread that reads lets go of another test's widgets, see `ui/garbage.py`


@pytest.fixture(scope="session")
def qapp_cls():
    """The application is ours, as people have it."""
    from crm_desktop.ui.program import Application

    return Application


@pytest.fixture(scope="session", autouse=True)
def translations():
    compile_catalogs()


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path, monkeypatch):
    """What a test does not put elsewhere goes to a folder of its own, never to the data of the person who runs it."""
    monkeypatch.setenv("CRM_DATA", str(tmp_path / "data"))


@pytest.fixture(params=["zh_CN", "en"])
def language(request):
    """Run the test once in each language."""
    i18n.use(request.param)
    yield request.param
    i18n.use("en")


@pytest.fixture
def qtbot(qtbot):
    """pytest-qt's own, with more patience than its five seconds; what it is given wears the theme, as windows do."""
    from crm_desktop.ui import theme

    for wait in ("waitActive", "waitExposed", "waitSignal", "waitSignals", "waitUntil"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=int(PATIENCE * 1000)))
    add = qtbot.addWidget

    def dress_and_add(widget, **options):
        if not widget.styleSheet():
            theme.dress(widget)
        add(widget, **options)

    qtbot.addWidget = dress_and_add
    return qtbot


@pytest.fixture
def type_in(qtbot):
    """Enter any text as an input method does: QTest's own keyClicks ends the process on Chinese."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QInputMethodEvent

    def type_in(widget, text):
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)

    return type_in


@pytest.fixture(scope="session")
def packaged():
    """A program of `packaging/` by its name, as a module."""

    def packaged(name):
        spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return packaged


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory):
    """A data file that nothing was done in: tests copy it, because making one takes longer than most of them."""
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace

    folder = DataFolder(tmp_path_factory.mktemp("empty"))
    open_workspace(folder).close()
    return folder.database


@pytest.fixture
def folder(own_data_folder, tmp_path, empty_data):
    """A data folder in which nothing was done yet; it is where `CRM_DATA` points."""
    from crm_desktop.store.folder import DataFolder

    found = DataFolder(tmp_path / "data")
    found.prepare()
    shutil.copyfile(empty_data, found.database)
    return found


@pytest.fixture
def workspace(folder):
    """An empty data folder that is open."""
    from crm_desktop.store.opening import open_workspace

    found = open_workspace(folder)
    yield found
    found.close()


@pytest.fixture
def make(workspace):
    """Put a record in the data file; gives its key."""

    def make(entity, **values):
        with workspace.write("Make") as session:
            record = entity(**values)
            session.add(record)
            session.flush()
            return record.id

    return make


@pytest.fixture(autouse=True)
def nothing_left(caplog, own_data_folder):
    """Fail a test that leaves something behind; one that means to log an error calls `caplog.clear()`."""
    threads, online = set(threading.enumerate()), len(attempts)
    yield
    assert attempts[online:] == [], "the network was asked for"
    assert_no_errors(caplog)
    assert_nothing_runs(threads)
    assert_no_window()
    collect_due()


def assert_no_errors(caplog):
    logged = [each for when in ("setup", "call") for each in caplog.get_records(when) if each.levelno >= logging.ERROR]
    assert not logged, f"logged: {logged[0].getMessage()}"


def assert_nothing_runs(threads_before):
    if core := sys.modules.get("PySide6.QtCore"):
        assert core.QThreadPool.globalInstance().waitForDone(int(PATIENCE * 1000)), "a job is still running"
    for thread in set(threading.enumerate()) - threads_before:
        if not thread.daemon:
            thread.join(PATIENCE)
            assert not thread.is_alive(), f"a thread is still running: {thread.name}"
    for process in multiprocessing.active_children():
        process.join(PATIENCE)
        assert not process.is_alive(), f"a process is still running: {process.name}"


def assert_no_window():
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets and isinstance(app := widgets.QApplication.instance(), widgets.QApplication):
        assert not [each for each in app.topLevelWidgets() if each.isVisible()], "a window is still open"
