"""One running program with a window: start quickly, import the rest behind the first picture, build anew when asked."""

from __future__ import annotations

import logging
import threading
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.outline import first_page
from crm_desktop.ui import theme
from crm_desktop.ui.complaints import Complaints
from crm_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from crm_desktop.settings import Settings
    from crm_desktop.store.outline import Node
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.desk import Desk

log = logging.getLogger(__name__)
HEAVY = (
    "crm_desktop.store.opening",
    "crm_desktop.services.finding",
    "crm_desktop.services.changes",
    "crm_desktop.ui.desk",
    "crm_desktop.ui.pages.accounts.detail",
    "crm_desktop.ui.timeline.pane",
    "crm_desktop.ui.panels",
)
"""What the window needs to work, but not to be seen: imported in a thread after the first paint."""
PATIENCE_MS = 20
"""How long the interface's thread waits for another writer before it queues an edit."""
SAMPLE = "sample"


class Program(QObject):
    """Holds the application, the settings, one data folder and its window."""

    ready = Signal()
    """Everything is imported and the window works."""
    _imported = Signal()

    def __init__(self, app: QApplication, folder: DataFolder, settings: Settings) -> None:
        super().__init__(app)
        self.app, self.own, self.folder, self.settings = app, folder, folder, settings
        self.window: MainWindow | None = None
        self.workspace: Workspace | None = None
        self.desk: Desk | None = None
        self.language = ""
        """A language given on the command line goes before the settings."""
        self.keeps_settings = True
        """Pictures change no settings."""
        self._translator: QTranslator | None = None
        self._is_imported = False
        self.complaints = Complaints(self)
        self.complaints.told.connect(self._tell)
        self.complaints.broke.connect(self._tell_bug)
        self._imported.connect(self._open)

    def start(self) -> None:
        """Paint the window with what the bare driver reads, then import the rest."""
        self._speak()
        self.dress()
        window = self._build()
        window.show()
        _Painted(window, self._import)

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
        window.restore_geometry()
        self.window = window
        return window

    def _first_page(self) -> tuple[list[Node], tuple[int, int]]:
        """What the tree shows at once; why a file cannot be read is told when it is opened."""
        try:
            return first_page(self.folder.database)
        except UserError:
            return [], (0, 0)

    def _import(self) -> None:
        if self._is_imported:
            self._open()
        else:
            threading.Thread(target=self._import_all, name="import", daemon=True).start()

    def _import_all(self) -> None:
        """Import what the window needs to work; what fails is told by the hook for threads, and the window goes on."""
        try:
            for name in HEAVY:
                import_module(name)
            from crm_desktop.text import pinyin, regions

            pinyin.readings("张")
            regions.is_known("CN")
            self._is_imported = True
        finally:
            self._imported.emit()

    def _open(self) -> None:
        """Open the data and let the window work with it; what prevents that is told where the data would be."""
        assert self.window is not None
        try:
            self.desk = self._opened_desk(self.window)
        except UserError as error:
            self.window.refuse(str(error))
        else:
            self.window.attach(self.desk)
        self.ready.emit()

    def _opened_desk(self, window: MainWindow) -> Desk:
        if not self._is_imported:
            raise UserError(_("The program is not complete. Your data was not touched. Please install it again."))
        from crm_desktop.store.opening import open_workspace
        from crm_desktop.ui.desk import Desk

        if self.workspace is None:
            self.workspace = open_workspace(self.folder, PATIENCE_MS)
        return Desk(self.workspace, self.folder, self.settings, window)

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
        self._build().show()
        self._import()
        old.close_quietly()

    def _part(self, window: MainWindow) -> None:
        """Take the data away from a window that is to go."""
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
        self._build().show()
        self._import()
        window.close_quietly()

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

        from crm_desktop.store.backup import restore

        window = self.window
        assert window is not None
        self._leave_folder()
        try:
            restore(self.folder, Path(path))
        finally:
            self._build().show()
            self._import()
            window.close_quietly()

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

    def raise_window(self) -> None:
        """Bring the window to the front."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~self.window.windowState().WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    def _tell(self, text: str) -> None:
        if self.window is not None:
            self.window.toasts.show(text, tone="warn")

    def _tell_bug(self, _report: str) -> None:
        if self.window is not None:
            text = _("Something went wrong in the program. What you saved is safe; details are in the log.")
            self.window.toasts.show(text, tone="warn")


class _Painted(QObject):
    """Calls back once, after the first paint of a window."""

    def __init__(self, window: MainWindow, then: object) -> None:
        super().__init__(window)
        self._then = then
        if house := window.centralWidget():
            house.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and callable(self._then):
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
            self._then = None
        return False
