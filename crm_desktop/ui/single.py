"""One window a data folder: a second start brings the first one to the front, with the file it was given."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1000


class SingleInstance(QObject):
    """Holds the lock of a data folder and listens for later starts."""

    called = Signal(str)
    """A second start asks for the window, perhaps with a file to import."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "crm_desktop_" + hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:24]
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._answer)

    def take(self) -> bool:
        """Become the one instance; False when there is another."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def call(self, message: str = "") -> bool:
        """Ask the other instance to come to the front; gives whether it heard."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(message.encode() + b"\n")
        heard = socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()
        return heard

    def release(self) -> None:
        """Let another instance take over."""
        self._server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket.waitForReadyRead(WAIT_MS):
            self.called.emit(bytes(socket.readLine().data()).decode(errors="replace").strip())
        socket.deleteLater()
