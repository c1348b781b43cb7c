"""What people do is written: at once, later when others write, and in a process of its own when it takes long."""

import threading
from contextlib import suppress

import pytest
from PySide6.QtCore import QObject

from crm_desktop.errors import Missing
from crm_desktop.model import Account, Contact
from crm_desktop.services import changes, records
from crm_desktop.settings import Settings
from crm_desktop.store import dump
from crm_desktop.store.driver import connect
from crm_desktop.store.opening import open_workspace
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.reversal import SMALL

MANY = SMALL + 20


class Heard(QObject):
    """Everything that a desk told."""

    def __init__(self, desk):
        super().__init__()
        self.said, self.waiting, self.saved, self.changes, self.progress = [], [], [], [], []
        desk.said.connect(lambda *told: self.said.append(told))
        desk.waiting.connect(self.waiting.append)
        desk.saved.connect(lambda: self.saved.append(True))
        desk.changed.connect(self.changes.append)
        desk.asked.connect(lambda what, detail: self.progress.append(detail) if what == "progress" else None)


@pytest.fixture
def workspace(folder):
    """As the window has it: it does not wait for others."""
    found = open_workspace(folder, patience=10)
    yield found
    found.close()


@pytest.fixture
def desk(qapp, workspace, folder):
    window = QObject()
    made = Desk(workspace, folder, Settings(), window)
    made.heard = Heard(made)
    yield made
    with suppress(ValueError):  # a test closed it
        made.close()


@pytest.fixture
def heard(desk):
    return desk.heard


@pytest.fixture
def other(folder):
    """Another process that is writing; `other.release()` ends it."""

    class Other:
        def __init__(self):
            self.connection = connect(folder.database)
            self.connection.execute("BEGIN IMMEDIATE")

        def release(self):
            self.connection.execute("COMMIT")

    found = Other()
    yield found
    found.connection.close()


@pytest.fixture
def account(workspace):
    return records.create(workspace, Account, {"name": "ABC有限公司"})


@pytest.fixture
def imported(workspace):
    """A step with many rows; gives the keys."""
    keys = list(range(1, MANY + 1))
    with workspace.write("Import list.csv") as session:
        session.insert_rows(Contact, [{"id": key, "full_name": f"Person {key}"} for key in keys])
    return keys


def describe(workspace, key, text):
    return lambda: records.change(workspace, Account, key, "description", text)


def description(workspace, key):
    return records.load(workspace, Account, key).fields["description"].text


def test_what_is_saved_is_told_to_everybody_and_to_who_asked(desk, heard, workspace, account):
    got = []
    desk.save(describe(workspace, account, "new"), got.append)
    assert got == [()]
    assert (description(workspace, account), heard.saved) == ("new", [True])
    assert heard.changes[-1].touches("account")


def test_edits_wait_in_order_while_another_process_writes(desk, heard, workspace, account, other, qtbot):
    desk.save(describe(workspace, account, "first"))
    desk.save(describe(workspace, account, "second"))
    assert heard.waiting[-1] == 2
    assert heard.saved == []
    other.release()
    qtbot.waitUntil(lambda: heard.waiting[-1] == 0)
    assert (description(workspace, account), heard.saved) == ("second", [True, True])
    desk.undo()
    assert description(workspace, account) == "first"


def test_edits_that_wait_when_the_window_closes_are_written(desk, workspace, account, other):
    desk.save(describe(workspace, account, "last words"))
    timer = threading.Timer(0.2, other.release)
    timer.start()
    desk.close()
    timer.join()
    assert description(workspace, account) == "last words"


def test_an_edit_that_is_refused_keeps_none_of_the_others_waiting(desk, workspace, account, qtbot):
    def refused():
        raise Missing("gone")

    def both():
        desk.save(refused)
        desk.save(describe(workspace, account, "after"))

    with pytest.raises(Missing):
        desk.save(lambda: None, lambda _none: both())
    qtbot.waitUntil(lambda: description(workspace, account) == "after")
    desk.save(describe(workspace, account, "later"))
    assert description(workspace, account) == "later"


def test_a_fault_of_the_program_keeps_none_of_the_others_waiting(desk, workspace, account):
    with pytest.raises(ZeroDivisionError):
        desk.save(lambda: 1 / 0)
    desk.save(describe(workspace, account, "after"))
    assert description(workspace, account) == "after"


def test_a_small_step_is_undone_and_redone_at_once(desk, heard, workspace, account):
    desk.undo()
    assert heard.said[-1][:2] == ("Undone: New Account", "ok")
    desk.redo()
    assert heard.said[-1][:2] == ("Done again: New Account", "ok")
    desk.redo()
    assert heard.said[-1][:2] == ("There is nothing to redo.", "info")
    assert heard.progress == []


def test_nothing_to_undo_is_told(desk, heard):
    desk.undo()
    assert heard.said[-1][:2] == ("There is nothing to undo.", "info")


def test_what_cannot_be_undone_is_told_in_sentences(desk, heard, workspace, account):
    desk.save(describe(workspace, account, "old"))
    step = workspace.undo_target()
    desk.save(describe(workspace, account, "new"))
    desk.undo(step)
    sentence = "“Edit Description” cannot be undone. It was changed since, so it is kept."
    assert heard.said[-1][:2] == (sentence, "warn")
    assert description(workspace, account) == "new"


def test_a_big_step_is_undone_and_redone_by_a_process_of_its_own(desk, heard, workspace, account, imported, qtbot):
    full = dump.text(workspace)
    desk.undo()
    assert heard.said == []
    text, _done, _total, cancel = heard.progress[0]
    assert text == "Undoing “Import list.csv”"
    assert callable(cancel)
    desk.undo()
    assert "Please wait" in heard.said.pop()[0]
    qtbot.waitUntil(lambda: heard.said != [])
    assert heard.said[-1][:2] == ("Undone: Import list.csv", "ok")
    assert heard.progress[-1] is None
    assert any(each and each[2] == MANY for each in heard.progress), "how far it is was shown"
    assert heard.changes[-1].rows["contact"] == set(imported)
    assert heard.saved == [True]
    heard.said.clear()
    desk.redo()
    qtbot.waitUntil(lambda: heard.said != [])
    assert heard.said[-1][:2] == ("Done again: Import list.csv", "ok")
    assert dump.text(workspace) == full


def test_people_go_on_working_meanwhile(desk, heard, workspace, account, imported, qtbot):
    desk.save(lambda: records.change(workspace, Contact, imported[7], "note", "met at the fair"))
    [_edit, step, *_rest] = changes.steps(workspace)
    desk.undo(step.id)
    for number in range(200):
        desk.save(describe(workspace, account, f"typed {number}"))
        qtbot.wait(20)
        if heard.said:
            break
    qtbot.waitUntil(lambda: heard.said != [] and heard.waiting[-1] == 0)
    assert description(workspace, account) == f"typed {number}"
    text, tone, *_rest = heard.said[-1]
    assert text == "Undone: Import list.csv · 1 part was kept: It was changed since, so it is kept."
    assert tone == "warn"
    assert records.load(workspace, Contact, imported[7]).deleted_at is None
    assert records.load(workspace, Contact, imported[8]).deleted_at is not None


def test_a_big_step_that_is_stopped_stays(desk, heard, workspace, imported, qtbot, other):
    full = dump.text(workspace)
    desk.undo()
    heard.progress[0][3]()
    qtbot.waitUntil(lambda: heard.said != [])
    assert heard.said[-1][:2] == ("Stopped. Nothing was changed.", "info")
    assert heard.progress[-1] is None
    assert dump.text(workspace) == full


def test_closing_the_window_gives_up_what_is_under_way(desk, heard, workspace, imported, other):
    full = dump.text(workspace)
    desk.undo()
    desk.close()
    assert heard.said == []
    assert dump.text(workspace) == full


def test_a_process_that_fails_is_told(desk, heard, workspace, folder, imported, qtbot, tmp_path):
    desk.folder = type(folder)(tmp_path / "elsewhere")
    desk.undo()
    qtbot.waitUntil(lambda: heard.said != [])
    assert "There is no data in" in heard.said[-1][0]
    assert heard.said[-1][1] == "warn"
    assert records.load(workspace, Contact, imported[0]).deleted_at is None
