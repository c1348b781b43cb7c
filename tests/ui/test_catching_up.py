"""What a large step left for later is brought into the search behind the window, by a process of its own."""

from PySide6.QtCore import QObject

from crm_desktop.model import Contact
from crm_desktop.store import search, search_later
from crm_desktop.store.journal import big_change
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
