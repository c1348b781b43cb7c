"""What happens behind the first picture: the rest of the program is imported and the data opened, in a thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crm_desktop.errors import Missing, UserError
from crm_desktop.i18n import _

if TYPE_CHECKING:
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.workspace import Workspace

HEAVY = (
    "crm_desktop.store.opening",
    "crm_desktop.ui.desk",
    "crm_desktop.ui.pages.accounts.detail",
    "crm_desktop.ui.timeline.pane",
    "crm_desktop.ui.window_commands",
)
"""What the window needs to work, but not to be seen."""
LATER = (
    "crm_desktop.ui.panels",
    "crm_desktop.ui.pages.contacts.page",
    "crm_desktop.ui.pages.history",
    "crm_desktop.ui.pages.settings",
    "crm_desktop.ui.pages.import_.page",
    "crm_desktop.ui.widgets.toast",
    "crm_desktop.ui.reminding.reminding",
    "crm_desktop.ui.reminding.panel",
)
"""What is needed at the next step, whatever that is."""
PATIENCE_MS = 20
"""How long the interface's thread waits for another writer before it queues an edit."""
TURN = 0.001
"""Seconds after which a thread that imports lets the window have its turn; Python's own 5 ms add up to a stutter."""


class Opening(QObject):
    """Opens a data folder once; what is imported by then stays for the next time."""

    done = Signal(object)
    """The `Workspace`, or the UserError that says why there is none."""
    _ran = Signal(object)

    def __init__(self, folder: DataFolder, record: tuple[str, int] | None, parent: QObject) -> None:
        super().__init__(parent)
        self._folder, self._record = folder, record
        self._is_given_up = False
        self._ran.connect(self._tell)

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._run, name="opening", daemon=True).start()

    def give_up(self) -> None:
        """Want the data no more: the program ends."""
        self._is_given_up = True

    def warm(self) -> None:
        """Have ready in a moment what the first search, the first save and the first panel need."""
        threading.Thread(target=_import_later, name="warming", daemon=True).start()

    def _run(self) -> None:
        """Whatever goes wrong, the window hears of it; what is no UserError goes on to the hook for threads."""
        found: Workspace | UserError = UserError(
            _("The program is not complete. Your data was not touched. Please install it again.")
        )
        try:
            with short_turns():
                for name in HEAVY:
                    import_module(name)
                found = self._opened()
        except UserError as error:
            found = error
        finally:
            self._ran.emit(found)

    def _opened(self) -> Workspace:
        from crm_desktop.services import activities
        from crm_desktop.services.activities import Narrowed
        from crm_desktop.store.opening import open_workspace
        from crm_desktop.ui.pages.accounts.detail_data import view

        workspace = open_workspace(self._folder, PATIENCE_MS)
        if self._record is not None:
            entity, key = self._record
            with suppress(Missing):  # what compiles queries and reads the rules of numbers does so here
                view(workspace, entity, key)
                account, contact = (key, None) if entity == "account" else (None, key)
                for read in (activities.timeline, activities.count):
                    read(workspace, account=account, contact=contact, narrowed=Narrowed(branches=True))
        return workspace

    def _tell(self, found: Workspace | UserError) -> None:
        if not self._is_given_up:
            self.done.emit(found)
        elif not isinstance(found, UserError):
            found.close()


@contextmanager
def short_turns() -> Iterator[None]:
    """Have Python change between threads often while one of them has much to do."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _import_later() -> None:
    with short_turns():
        for name in LATER:
            import_module(name)
        from crm_desktop.text import mails, phones, pinyin, regions

        phones.read("+12025550123")
        mails.read("name@example.com")
        pinyin.readings("张")
        regions.is_known("CN")
