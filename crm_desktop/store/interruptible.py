"""A look into the data that another thread can break off, so that a newer question need not wait for an older one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from crm_desktop.store.driver import DriverError
from crm_desktop.store.workspace import Workspace


class Stopped(Exception):
    """The look was broken off: nothing is wrong, nobody waits for the answer any more."""


class Interruptible:
    """Reads like the workspace, on a connection of its own, until somebody says stop."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._connection: Any = None
        self.author = workspace.author
        self.is_stopped = False

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to look with; raises Stopped where it is broken off."""
        self._check()
        try:
            with self._workspace.read() as session:
                connection = session.connection()
                event.listen(connection, "before_cursor_execute", self._check)
                self._use(connection.connection.driver_connection)
                try:
                    yield session
                finally:
                    self._use(None)
        except DriverError:
            if self.is_stopped:
                raise Stopped from None
            raise

    def stop(self) -> None:
        """Break off what is being read, and whatever would be read next; may be called from any thread."""
        with self._lock:
            self.is_stopped = True
            if self._connection is not None:
                self._connection.interrupt()

    def _use(self, connection: Any) -> None:
        with self._lock:
            self._connection = connection
        if connection is not None:
            self._check()

    def _check(self, *_statement: object) -> None:
        if self.is_stopped:
            raise Stopped
