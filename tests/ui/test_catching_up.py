"""What a large step left for later is brought into the search behind the window, by a process of its own."""

from contextlib import closing

from PySide6.QtCore import QObject

from crm_desktop.model import Contact
from crm_desktop.store import search, search_later
from crm_desktop.store.check import check
from crm_desktop.store.driver import connect
from crm_desktop.store.journal import big_change
from crm_desktop.store.search_merging import merge
from crm_desktop.store.workspace import Workspace
from crm_desktop.ui.catching_up import CatchingUp


def test_a_large_step_is_followed_by_catching_up(workspace, folder, make, qtbot):
    key = make(Contact, full_name="张三")
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM search_contact")
        connection.exec_driver_sql("INSERT INTO search_later VALUES ('contact', ?)", (key,))
    parent = QObject()
    catching_up = CatchingUp(workspace, folder, parent)
    told = []
    catching_up.moved.connect(lambda: told.append(catching_up.progress))
    catching_up.refresh(big_change(1, "Many", "import"))
    qtbot.waitUntil(lambda: not search_later.is_waiting(workspace))
    qtbot.waitUntil(lambda: told[-1:] == [None])
    catching_up.close()
    assert [(each.done, each.total) for each in told[:-1]] == [(1, 1)]
    with workspace.read() as session:
        assert list(search.find(session.connection(), "contact", "zs")) == [key]


MOST_PARTS = 4
"""From so many parts on FTS5 merges them."""


def parts(workspace):
    with workspace.read() as session:
        query = "SELECT count(DISTINCT segid) FROM search_contact_idx"
        return session.connection().exec_driver_sql(query).scalar_one()


def test_what_many_saves_leave_in_the_index_is_merged_while_nothing_is_written(workspace, folder, make, qtbot):
    parent = QObject()
    catching_up = CatchingUp(workspace, folder, parent)
    for number in range(12):
        make(Contact, full_name=f"Person {number}")
    before = parts(workspace)
    assert before > MOST_PARTS
    catching_up.merge()
    qtbot.waitUntil(lambda: parts(workspace) <= MOST_PARTS)
    catching_up.close()
    with workspace.read() as session:
        assert len(list(search.find(session.connection(), "contact", "person"))) == 12
    assert check(workspace) == []


def test_merging_gives_way_to_somebody_who_writes(workspace):
    with closing(connect(workspace.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        impatient = Workspace(workspace.path, patience=1)
        assert not merge(impatient)
        impatient.close()
