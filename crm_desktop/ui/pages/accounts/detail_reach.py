"""Phones, mails and handles on a card: each on its own row, the primary one first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.i18n import _, ngettext
from crm_desktop.model import Entity, picks
from crm_desktop.model.base import now
from crm_desktop.model.channel import PHONE_KINDS, ChannelKind
from crm_desktop.services import channels
from crm_desktop.services.channels import Reach
from crm_desktop.text.findings import Finding
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.editors import LineEditor
from crm_desktop.ui.form import HintFor, Live
from crm_desktop.ui.pages.accounts.detail_rows import TOOL, WithTools
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import tool
from crm_desktop.ui.widgets.field_row import FieldRow

LABELS = "channel_label"


class ReachGroup(QWidget):
    """All the numbers or addresses of one kind of one record; an empty row takes another one."""

    def __init__(self, desk: Desk, entity: type[Entity], kind: str, label: str, hint: HintFor | None = None) -> None:
        super().__init__()
        self.desk, self.entity, self.kind, self.label = desk, entity, kind, label
        self.owner = 0
        self.grown: Callable[[], object] | None = None
        self.call: Callable[[], object] = partial(desk.ask, "log", "call")
        self.prefix = ""
        self.allowed = 0
        """For how many days a channel is trusted after it was verified."""
        self._hint = hint
        self._rows: list[ReachRow] = []
        self._reaches: Sequence[Reach] = ()
        self._adding = False
        self._box = column(spacing=2)
        self.setLayout(self._box)
        self._grow(1)
        self.setFocusProxy(self._rows[0].box)

    def show_reaches(self, owner: int, reaches: Sequence[Reach]) -> None:
        """Show the channels of a record."""
        mine = [each for each in reaches if each.kind == self.kind]
        if owner != self.owner or len(mine) > len(self._reaches):
            self._adding = False
        self.owner, self._reaches = owner, mine
        self._fill()

    def offer_prefix(self, prefix: str) -> None:
        """Say how a new number probably begins; that is offered, never written."""
        if prefix != self.prefix:
            self.prefix = prefix
            for each in self._rows:
                each.line.setPlaceholderText(prefix or _("Add"))

    def is_filled(self) -> bool:
        """Whether there is any."""
        return bool(self._reaches) or self._adding

    def first(self) -> Reach | None:
        """The primary one."""
        return self._reaches[0] if self._reaches else None

    def edit(self, reach: Reach) -> None:
        """Put the keyboard into the row of a channel."""
        line = self._rows[self._reaches.index(reach)].line
        line.setFocus()
        line.selectAll()

    def add_another(self) -> None:
        """Offer an empty row."""
        self._adding = True
        self._fill()
        self._rows[len(self._reaches)].box.setFocus()

    def _fill(self) -> None:
        wanted = len(self._reaches) + (self._adding or not self._reaches)
        self._grow(wanted)
        for place, each in enumerate(self._rows):
            each.row.setVisible(place < wanted)
            if place < len(self._reaches):
                each.show_reach(self._reaches[place])
            elif place < wanted:
                each.show_blank(-self.owner)

    def _grow(self, wanted: int) -> None:
        before = len(self._rows)
        while len(self._rows) < wanted:
            made = ReachRow(self, self.label if not self._rows else "")
            if self._hint is not None:
                made.hint_for = lambda _key, text: self._hint(self.owner, text) if self._hint else None
            self._rows.append(made)
            self._box.addWidget(made.row)
        if before and len(self._rows) > before and self.grown is not None:
            self.grown()


class ReachRow(Live):
    """One channel, or the empty row for the next one."""

    def __init__(self, group: ReachGroup, label: str) -> None:
        self.group = group
        self.reach: Reach | None = None
        self.line = LineEditor(group.prefix or _("Add"))
        tools = [
            tool("copy", _("Copy"), self.copy, side=TOOL),
            tool("add", _("Add another"), group.add_another, side=TOOL),
            tool("more", _("More"), self._pop_up, side=TOOL),
        ]
        self.box = WithTools(self.line, tools, self._fill_menu)
        self.box.setAccessibleName(group.label)
        super().__init__(group.desk, FieldRow(label, self.box), self.line, ChannelKind(group.kind).read, self._save)
        self.marks_ok = True

    def show_reach(self, reach: Reach) -> None:
        """Show a channel."""
        self.reach = reach
        words = picks.label(LABELS, reach.label) if reach.label else ""
        days = age(reach)
        stale = ("stale", ngettext("{count} day", "{count} days", days))
        caption = stale if days > self.group.allowed else ("", words)
        self.show(reach.id, reach.text, reach.findings, caption=caption, subject=self.group.owner)

    def show_blank(self, key: int) -> None:
        """Wait for another one."""
        self.reach = None
        self.show(key, "", subject=self.group.owner)

    def copy(self) -> None:
        """Put the number or address on the clipboard."""
        if self.reach is not None:
            QGuiApplication.clipboard().setText(self.reach.text)
            self.desk.say(_("Copied: {text}").format(text=self.reach.text))

    def _save(self, key: int, text: str) -> Sequence[Finding] | None:
        workspace = self.desk.workspace
        if key > 0:
            return channels.change(workspace, key, text)
        return channels.add(workspace, self.group.entity, -key, self.group.kind, text) if text.strip() else None

    def _pop_up(self) -> None:
        self.box.pop_up()

    def _fill_menu(self, menu: QMenu) -> None:
        reach = self.reach
        if reach is None:
            return
        menu.addAction(_("Copy"), self.copy)
        if reach.kind in PHONE_KINDS and reach.kind != "fax":
            menu.addAction(_("Log a call"), self.group.call)
        elif url := address_of(reach):
            menu.addAction(_("Write e-mail") if reach.kind == "email" else _("Open in browser"), partial(open_url, url))
        menu.addSeparator()
        menu.addAction(_("Add another"), self.group.add_another)
        if not reach.is_primary:
            menu.addAction(_("Make primary"), partial(self._do, channels.make_primary))
        menu.addAction(_("Still valid"), partial(self._do, channels.verify))
        labels = menu.addMenu(_("Label"))
        for each in picks.of(LABELS):
            action = labels.addAction(each.label, partial(self._set_label, each.code))
            action.setCheckable(True)
            action.setChecked(each.code == reach.label)
        menu.addSeparator()
        menu.addAction(_("Remove"), self.remove)

    def remove(self) -> None:
        """Take the channel away; it can be undone."""
        self._do(channels.remove)
        self.desk.done(_("Removed: {text}").format(text=self.row.editor.accessibleName()))

    def _do(self, verb: Callable[..., object]) -> None:
        if self.reach is not None:
            key = self.reach.id
            self.desk.save(lambda: verb(self.desk.workspace, key))

    def _set_label(self, code: str) -> None:
        if self.reach is not None:
            key, wanted = self.reach.id, "" if code == self.reach.label else code
            self.desk.save(lambda: channels.set_label(self.desk.workspace, key, wanted))


def age(reach: Reach) -> int:
    """How many days ago somebody made sure that a channel works; 0 where nobody ever did."""
    return (now() - reach.checked_at).days if reach.checked_at else 0


def address_of(reach: Reach) -> str:
    """What the computer opens for a channel: its mail program, its browser, or nothing."""
    if reach.kind == "email":
        return f"mailto:{reach.text}"
    return reach.text if reach.text.startswith(("https://", "http://")) else ""


def open_url(url: str) -> None:
    """Have the computer open a mail address or a web page."""
    QDesktopServices.openUrl(QUrl(url))
