"""Long looks into the data run beside the window: the newest of a lane counts, and nothing is waited for in vain."""

import threading

import pytest
from PySide6.QtCore import QObject

from crm_desktop.model import Account
from crm_desktop.ui.models.tree_reader import Reader


@pytest.fixture
def reader(qapp, workspace):
    owner = QObject()
    made = Reader(workspace.path, owner)
    yield made
    made.close()


def test_an_answer_comes_by_itself_on_the_thread_of_the_window(reader, make, qtbot):
    make(Account, name="Acme")
    told = []
    reader.ask("counts", lambda outline: (outline.counts(), threading.current_thread().name), told.append)
    reader.ask("here", lambda _outline: None, lambda _none: told.append(threading.current_thread().name))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [((1, 0), "tree"), threading.current_thread().name]
    assert not reader.is_waiting("counts")


def test_an_older_question_of_the_same_lane_is_broken_off(reader, qtbot):
    told, begun = [], threading.Event()

    def endless(outline):
        begun.set()
        outline._connection.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT sum(i) FROM n")
        return outline._connection.execute("SELECT 1").fetchall()

    reader.ask("rows", endless, told.append)
    assert begun.wait(60)
    reader.ask("other", lambda _outline: "other", told.append)
    while not told:
        reader.ask("rows", lambda _outline: "new", told.append)  # again, should it not have begun to look
        reader.wait("rows", 0.5)
    qtbot.waitUntil(lambda: set(told) == {"new", "other"})


def test_what_is_dropped_or_closed_is_never_told(reader, qtbot, qapp):
    told, held = [], threading.Event()
    reader.ask("rows", lambda _outline: held.wait(60), told.append)
    reader.drop("rows")
    held.set()
    reader.wait("rows", 60)
    reader.ask("rows", lambda _outline: "late", told.append)
    reader.close()
    qapp.processEvents()
    assert told == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_look_that_breaks_keeps_nobody_waiting(reader):
    told = []

    def broken(_outline):
        raise LookupError

    reader.ask("rows", broken, told.append)
    reader.wait("rows")
    assert not reader.is_waiting("rows")
    for each in threading.enumerate():
        if each.name == "tree":
            each.join()
    reader.ask("rows", lambda _outline: "well", told.append)
    reader.wait("rows")
    assert told == ["well"]
