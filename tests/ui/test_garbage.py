"""Widgets that are gone are let go of on the interface's thread, whatever other threads make meanwhile."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crm_desktop.ui.garbage import GarbageCollection


def test_a_thread_that_makes_many_objects_lets_go_of_no_widget(qapp, qtbot):
    holder = QObject()
    gc.enable()
    GarbageCollection(holder)
    gone, threads = QWidget(), []
    gone.itself = gone
    known = weakref.ref(gone, lambda _gone: threads.append(threading.current_thread()))
    del gone
    reader = threading.Thread(target=lambda: [[each] for each in range(200_000)])
    reader.start()
    reader.join()
    assert known() is not None
    made = [[each] for each in range(20_000)]
    qtbot.waitUntil(lambda: bool(threads))
    assert (threads, len(made)) == ([threading.main_thread()], 20_000)
