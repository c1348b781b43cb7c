"""One window a data folder: a second start brings the first one to the front, with the file it was given."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1000
PAUSE_SECONDS = 0.05


class SingleInstance(QObject):
    """Holds the lock of a data folder and, once there is a window to show, listens for later starts."""

    called = Signal(object)
    """A second start asks for the window, perhaps with a file to import; Qt's own texts cannot hold every file name."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder.absolute()
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Become the one instance; False when there is another."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """Hear later starts from now on; the network library is loaded here, after the first picture."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(self._name())
        self._server.listen(self._name())

    def call(self, message: str = "") -> bool:
        """Ask the other instance to come to the front; gives whether it heard. One that just starts is waited for."""
        late = time.monotonic() + WAIT_MS / 1000
        while (socket := self._reached()) is None:
            if time.monotonic() > late or not Path(self._lock.fileName()).exists():
                return False
            time.sleep(PAUSE_SECONDS)
        socket.write(message.encode(errors="surrogateescape") + b"\n")
        heard = socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()
        return heard

    def release(self) -> None:
        """Let another instance take over."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _reached(self) -> QLocalSocket | None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name())
        return socket if socket.waitForConnected(WAIT_MS) else None

    def _name(self) -> str:
        import hashlib

        return "crm_desktop_" + hashlib.sha256(str(self._folder).encode()).hexdigest()[:24]

    def _answer(self) -> None:
        assert self._server is not None
        socket = self._server.nextPendingConnection()
        if socket.waitForReadyRead(WAIT_MS):
            self.called.emit(bytes(socket.readLine().data()).decode(errors="surrogateescape").removesuffix("\n"))
        socket.deleteLater()
