"""Plain limits: the file through the bare driver, and the tables of Qt's own."""

import time
from contextlib import closing, contextmanager

from benchmarks.figures import Took


@contextmanager
def bare(folder, *, read_only=True):
    """The data file with nothing between: a connection of the driver, with the settings of the program."""
    from crm_desktop.store.driver import connect

    with closing(connect(folder / "crm.db", read_only=read_only)) as connection:
        yield connection


def asking(connection, statement, *values):
    """A call that carries out a query and takes all its rows."""
    return lambda: [_run(connection, statement, values)]


def _run(connection, statement, values):
    cpu, began = time.process_time(), time.perf_counter()
    connection.execute(statement, values).fetchall()
    return Took(1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu))


class Traced:
    """The writing statements that a connection carries out, as they are with their values in them."""

    WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE TEMP")

    def __init__(self, workspace):
        self.statements = []
        self._engine = workspace.engine

    def __enter__(self):
        self._listening = []
        from sqlalchemy import event

        def begin(connection):
            driver = connection.connection.driver_connection
            driver.set_trace_callback(self._note)
            self._listening.append(driver)

        self._begin = begin
        event.listen(self._engine, "begin", begin)
        return self

    def __exit__(self, *_error):
        from sqlalchemy import event

        event.remove(self._engine, "begin", self._begin)
        for driver in self._listening:
            driver.set_trace_callback(None)

    def _note(self, statement):
        if statement.lstrip().upper().startswith(self.WRITES):
            self.statements.append(statement)


def carry_out(connection, statements):
    """Run statements as one durable transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for each in statements:
        connection.execute(each)
    connection.execute("COMMIT")
