"""A look into the data that another thread breaks off: it ends soon, and the data can be read as before."""

import threading

import pytest

from crm_desktop.store.interruptible import Interruptible, Stopped

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def test_a_long_question_is_broken_off(workspace):
    look = Interruptible(workspace)
    begun, ended = threading.Event(), []

    def ask():
        try:
            with look.read() as session:
                begun.set()
                session.connection().exec_driver_sql(ENDLESS)
        except Stopped:
            ended.append("stopped")

    thread = threading.Thread(target=ask)
    thread.start()
    assert begun.wait(60)
    while thread.is_alive():  # a statement that has not begun yet is not interrupted
        look.stop()
        thread.join(0.01)
    assert ended == ["stopped"]
    with workspace.read() as session:
        assert session.connection().exec_driver_sql("SELECT 1").scalar_one() == 1


def test_nothing_more_is_asked_once_it_is_stopped(workspace):
    look = Interruptible(workspace)
    with look.read() as session:
        assert session.connection().exec_driver_sql("SELECT 1").scalar_one() == 1
        look.stop()
        with pytest.raises(Stopped):
            session.connection().exec_driver_sql("SELECT 1")
    with pytest.raises(Stopped), look.read():
        pass


def test_other_errors_stay_what_they_are(workspace):
    look = Interruptible(workspace)
    with pytest.raises(Exception, match="no such table"), look.read() as session:
        session.connection().exec_driver_sql("SELECT * FROM nowhere")
