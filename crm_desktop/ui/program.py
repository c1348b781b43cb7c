"""One running program with a window: painted at once, opened behind the first picture, built anew when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.overriding import override
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.outline import first_page
from crm_desktop.ui import theme
from crm_desktop.ui.complaints import Complaints
from crm_desktop.ui.main_window import MainWindow
from crm_desktop.ui.opening import Opening

if TYPE_CHECKING:
    from crm_desktop.settings import Settings
    from crm_desktop.store.outline import Counts, Node
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.desk import Desk

SAMPLE = "sample"
IDLE_MS = 1500
"""How long after the start the window begins to build what is not seen yet."""


class Application(QApplication):
    """Hears from macOS which file somebody opens with the program, whether it runs already or not."""

    file_opened = Signal(str)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(event.file())
            return True
        return super().event(event)


def application() -> QApplication:
    """The one application of this process."""
    app = QApplication.instance() or Application(["crm_desktop"])
    assert isinstance(app, QApplication)
    app.setApplicationName("crm_desktop")
    return app


class Program(QObject):
    """Holds the application, the settings, one data folder and its window."""

    painted = Signal()
    """The first picture is on the screen."""
    ready = Signal()
    """The data are open and the window works."""

    def __init__(self, app: QApplication, folder: DataFolder, settings: Settings) -> None:
        super().__init__(app)
        self.app, self.own, self.folder, self.settings = app, folder, folder, settings
        self.window: MainWindow | None = None
        self.workspace: Workspace | None = None
        self.desk: Desk | None = None
        self.language = ""
        """A language given on the command line goes before the settings."""
        self.file = ""
        """What is to be imported as soon as the data can be worked with."""
        self.keeps_settings = True
        """Pictures change no settings."""
        self._translator: QTranslator | None = None
        self._opening: Opening | None = None
        self._steps: Iterator[None] = iter(())
        self._next_step = QTimer(self)
        self._next_step.setInterval(0)
        self._next_step.timeout.connect(self._step)
        self._is_ready = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._next_step.start)
        self.complaints = Complaints(self)
        self.complaints.told.connect(self._tell)
        self.complaints.broke.connect(self._tell_bug)
        if isinstance(app, Application):
            app.file_opened.connect(self.raise_window)

    def start(self) -> None:
        """Paint the window with what the bare driver reads, then open the data."""
        self._speak()
        self.dress()
        self._build().show()
        self._open_when_painted()

    def _speak(self) -> None:
        """Take up the language of the settings, for our words and for Qt's own."""
        code = self.language or self.settings.speaks()
        i18n.use(code)
        if self._translator is not None:
            self.app.removeTranslator(self._translator)
            self._translator = None
        QLocale.setDefault(QLocale(code))
        translator = QTranslator(self)
        if translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self.app.installTranslator(translator)
            self._translator = translator

    def dress(self) -> None:
        """Take up theme and text size of the settings."""
        theme.apply(self.app, self.settings.theme, self.settings.text_size / 100, i18n.language())

    def _build(self) -> MainWindow:
        nodes, counts = self._first_page()
        window = MainWindow(self.settings, nodes, counts, is_sample=self.folder is not self.own)
        window.rebuild_asked.connect(self.rebuild)
        window.look_asked.connect(self._look_changed)
        window.folder_asked.connect(self.use)
        window.keep_asked.connect(self._keep_settings)
        window.restore_geometry()
        self.window = window
        return window

    def _first_page(self) -> tuple[list[Node], Counts]:
        """What the tree shows at once; why a file cannot be read is told when it is opened."""
        try:
            return first_page(self.folder.database)
        except UserError:
            return [], (0, 0)

    def _open_when_painted(self) -> None:
        assert self.window is not None
        _Painted(self.window, self._first_painted)

    def _first_painted(self) -> None:
        self.painted.emit()
        self._open()

    def _open(self) -> None:
        """Open the data in a thread, unless they are open, and let the window work with them."""
        assert self.window is not None
        if self.workspace is not None:
            self._attach(self.workspace)
            return
        self._opening = Opening(self.folder, self.window.record_to_show(), self)
        self._opening.done.connect(self._opened)
        self._opening.start()

    def _opened(self, found: Workspace | UserError) -> None:
        """What prevents the data from being opened is told where they would be."""
        assert self.window is not None
        if isinstance(found, UserError):
            self.window.refuse(str(found))
            self.ready.emit()
        else:
            self.workspace = found
            self._attach(found)

    def _attach(self, workspace: Workspace) -> None:
        """Let the window work with the data: built in steps, between which it is painted and hears keys."""
        from crm_desktop.ui.desk import Desk

        assert self.window is not None
        self.desk = Desk(workspace, self.folder, self.settings, self.window)
        self._is_ready = False
        self._steps = self.window.attaching(self.desk)
        self._next_step.start()

    def _step(self) -> None:
        if next(self._steps, self) is not self:
            return
        self._next_step.stop()
        if self._opening is not None:
            self._opening.warm()
            self._opening = None
        if not self._is_ready:
            self._is_ready = True
            self._steps = self.window.preparing() if self.window is not None else iter(())
            self._idle.start()
            self.ready.emit()
            if self.file:
                file, self.file = self.file, ""
                self.raise_window(file)

    def rebuild(self) -> None:
        """Build the window anew, in another language, and give it its state back."""
        old = self.window
        assert old is not None
        old.remember()
        self._keep_settings()
        self.language = ""
        self._speak()
        self.dress()
        self._part(old)
        self._replace(old)

    def _replace(self, window: MainWindow) -> None:
        """Build the window anew in the place of one that the data were taken from."""
        self._build().show()
        self._open()
        window.close_quietly()

    def _part(self, window: MainWindow) -> None:
        """Take the data away from a window that is to go."""
        self._next_step.stop()
        self._idle.stop()
        if self._opening is not None:
            self._opening.give_up()
            self._opening = None
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        window.let_go()

    def _look_changed(self) -> None:
        self._keep_settings()
        self.dress()

    def _keep_settings(self) -> None:
        if self.keeps_settings:
            self.settings.save(self.own.settings)

    def use(self, wish: str) -> None:
        """Work with another data folder (`sample` or `own`), or put a backup in place (`restore:PATH`)."""
        window = self.window
        assert window is not None
        if wish.startswith("restore:"):
            self._restore(wish.removeprefix("restore:"))
            return
        window.remember()
        self._leave_folder()
        self.folder = DataFolder(self.own.path / SAMPLE) if wish == SAMPLE else self.own
        if wish == SAMPLE:
            self._fill_sample()
        self.settings.layout.pop("accounts", None)
        self._replace(window)

    def _leave_folder(self) -> None:
        assert self.window is not None
        self._part(self.window)
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None

    def _fill_sample(self) -> None:
        from crm_desktop.jobs import finish
        from crm_desktop.services import sample
        from crm_desktop.store.opening import open_workspace

        workspace = open_workspace(self.folder)
        try:
            if workspace.undo_target() is None:
                sample.documents(workspace)
                finish(sample.fill(workspace, 60, seed=1))
        finally:
            workspace.close()

    def _restore(self, path: str) -> None:
        from pathlib import Path

        from crm_desktop.store.attachments import files_of, lacking
        from crm_desktop.store.backup import restore

        window = self.window
        assert window is not None
        self._leave_folder()
        try:
            restore(self.folder, Path(path))
            missing = len(lacking(self.folder.database, files_of(self.folder)))
        finally:
            self._replace(window)
        if missing:
            text = ngettext(
                "{count} attached file was not beside the backup.",
                "{count} attached files were not beside the backup.",
                missing,
            )
            self._tell(text)

    def finish(self) -> None:
        """Keep what is to be remembered and let go of everything."""
        if self.window is not None:
            self.window.remember()
            self._part(self.window)
            self.window.close_quietly()
            self.window = None
        self._keep_settings()
        if self._translator is not None:
            self.app.removeTranslator(self._translator)
            self._translator = None
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None

    def raise_window(self, file: str = "") -> None:
        """Bring the window to the front, and take a file that somebody opens with it to its import."""
        if self.window is not None:
            self.window.come_forward()
        if self.window is not None and self._is_ready and file:
            self.window.open_file(file)
        elif file:
            self.file = file

    def _tell(self, text: str) -> None:
        if self.window is not None:
            self.window.toasts.show(text, tone="warn")

    def _tell_bug(self, _report: str) -> None:
        if self.window is not None:
            text = _("Something went wrong in the program. What you saved is safe; details are in the log.")
            self.window.toasts.show(text, tone="warn")


class _Painted(QObject):
    """Calls back once, after the first paint of a window."""

    def __init__(self, window: MainWindow, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then: Callable[[], object] | None = then
        if house := window.centralWidget():
            house.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._then is not None:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
            self._then = None
        return False
