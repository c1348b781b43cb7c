"""A card of the settings: the attached files that nothing names, how much room they take, and their removal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QShowEvent
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.store import attachments
from crm_desktop.store.attachments import Unused
from crm_desktop.ui import theme
from crm_desktop.ui.files.words import size_words
from crm_desktop.ui.looker import Looker
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.buttons import secondary
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.field_row import ROW, FieldRow
from crm_desktop.ui.widgets.labels import Elide, label

if TYPE_CHECKING:
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.interruptible import Interruptible
    from crm_desktop.ui.desk import Desk


class _Seen(NamedTuple):
    """What there is now, and what was removed before that."""

    unused: Unused
    removed: Unused | None = None


class UnusedFilesCard(Card):
    """Looks each time it is shown, in a thread: a folder may hold very many files."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Unused files"), "attachment")
        self._desk = desk
        self.amount = Elide(_("Looking…"))
        self.amount.setMinimumHeight(theme.px(ROW))
        self.add_row(FieldRow(_("Can be freed"), self.amount))
        self.button = secondary(_("Remove unused files"), "delete", self.remove)
        self.button.setEnabled(False)
        self.add_row(row(self.button, None, margins=(0, 6, 0, 4)))
        words = _(
            "Files that no record names, not even one in the bin or a step of the history: nothing that can be undone "
            "needs them. Their removal itself cannot be undone; what a backup took along stays with the backup."
        )
        self.add_row(label(words, "caption", wrap=True))
        self.looker = Looker(desk.workspace, self)
        self.looker.found.connect(self._take)

    def remove(self) -> None:
        """Remove them for good."""
        self.button.setEnabled(False)
        self.looker.ask(partial(_sweep, self._desk.folder))

    def _take(self, seen: _Seen) -> None:
        unused = seen.unused
        self.amount.setText(_words(unused) if unused.count else _("nothing"))
        self.button.setEnabled(unused.count > 0 and not unused.is_held)
        if unused.is_held:
            self.amount.setText(_("Nothing now: a damaged data file is kept that may name some."))
        if seen.removed is not None:
            self._desk.say(_("Freed: {files}. This cannot be undone.").format(files=_words(seen.removed)))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.looker.is_reading():
            self.looker.ask(partial(_look, self._desk.folder))


def _words(found: Unused) -> str:
    files = ngettext("{count} file", "{count} files", found.count)
    return f"{files} · {size_words(found.size)}"


def _look(folder: DataFolder, _data: Interruptible) -> _Seen:
    return _Seen(attachments.unused(folder))


def _sweep(folder: DataFolder, _data: Interruptible) -> _Seen:
    removed = attachments.sweep(folder)
    return _Seen(attachments.unused(folder), removed)
