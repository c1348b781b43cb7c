"""The bar at the bottom: what is saved, where the data is, how much there is, and long work under way."""

import time

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from crm_desktop.i18n import _, ngettext
from crm_desktop.jobs import Pace, Progress
from crm_desktop.overriding import override
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import row, set_look
from crm_desktop.ui.widgets.buttons import Act, Button
from crm_desktop.ui.widgets.labels import Elide, Picture
from crm_desktop.ui.widgets.progress import ProgressLine

HEIGHT = 28
MINUTE = 60


class StatusItem(QWidget):
    """An icon and a few words."""

    def __init__(self, icon: str, text: str = "", role: str = "caption") -> None:
        super().__init__()
        self.picture = Picture(icon, "text3", 14)
        self.words = Elide("", role)
        self.setLayout(row(self.picture, self.words, spacing=5))
        self.say(text)

    def keep_whole(self) -> None:
        """Let the other items be shortened first."""
        self.words.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)

    def say(self, text: str, role: str = "caption", icon: str = "") -> None:
        """Show these words, or nothing; `role` is caption, ok, warn or err."""
        set_look(self.words, "role", role)
        if icon:
            self.picture.set_icon(icon)
        self.picture.set_tone("text3" if role == "caption" else role)
        self.words.setText(text)
        self.setVisible(bool(text))


class StatusBar(QFrame):
    """The status bar of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bottom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.saved = StatusItem("saved")
        self.offline = StatusItem("offline")
        self.counts = StatusItem("data")
        self.saved.keep_whole()
        self._work = _Work()
        self._right = row(spacing=14)
        box = row(self.saved, self.offline, self.counts, spacing=14, margins=(12, 0, 12, 0))
        box.addStretch(1)
        box.addWidget(self._work)
        box.addLayout(self._right)
        self.setLayout(box)

    def set_saved(self, text: str, role: str = "ok") -> None:
        """Say when the data was saved, or with role "err" that it was not."""
        self.saved.say(text, role, "saved" if role == "ok" else "err")

    def set_offline(self, text: str) -> None:
        """Say where the data is."""
        self.offline.say(text)

    def set_counts(self, text: str) -> None:
        """Say how much there is."""
        self.counts.say(text)

    def show_progress(self, text: str, done: int = 0, total: int = 0, cancel: Act | None = None) -> None:
        """Show long work under way, with a way to stop it."""
        self._work.show_progress(text, done, total, cancel)

    def end_progress(self) -> None:
        """The long work is over."""
        self._work.hide()

    def add_right(self, widget: QWidget) -> None:
        """Put something at the right end."""
        self._right.addWidget(widget)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme.px(HEIGHT))


class _Work(QWidget):
    """Words, bar and cancel button of long work."""

    def __init__(self) -> None:
        super().__init__()
        self._cancel: Act | None = None
        self._pace = Pace()
        self._words = Elide("", "caption")
        self._line = ProgressLine(_("Progress"), 140)
        self._stop = Button(_("Cancel"), "link", act=self._do)
        self.setLayout(row(self._words, self._line, self._stop, spacing=8))
        self.hide()

    def show_progress(self, text: str, done: int, total: int, cancel: Act | None) -> None:
        self._cancel = cancel
        if self.isHidden():
            self._pace = Pace()
        left = self._pace.left(Progress(done, total, text), time.monotonic())
        counted = f"{done:,} / {total:,}" if total else ""
        self._words.setText(" · ".join(filter(None, (text, counted, _time_left(left)))))
        self._line.set(done, total)
        self._stop.setVisible(cancel is not None)
        self.show()

    def _do(self) -> None:
        if self._cancel is not None:
            self._cancel()


def _time_left(seconds: float | None) -> str:
    """How long something will go on, in words."""
    if seconds is None:
        return ""
    if seconds < MINUTE:
        whole = max(1, round(seconds))
        return ngettext("{count} second left", "{count} seconds left", whole)
    return ngettext("{count} minute left", "{count} minutes left", round(seconds / MINUTE))
