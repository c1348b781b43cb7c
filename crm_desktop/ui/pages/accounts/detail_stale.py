"""Asks whether a number or address still works that nobody has checked for long."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crm_desktop.i18n import _, ngettext
from crm_desktop.model.channel import channel_label
from crm_desktop.services import channels
from crm_desktop.services.channels import Reach
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.pages.accounts.detail_reach import age
from crm_desktop.ui.widgets.info_bar import InfoBar


class StaleBar(InfoBar):
    """One question, three answers: it still works, it has changed, or the person has left."""

    def __init__(self, desk: Desk, edit: Callable[[Reach], object], leave: Callable[[], object]) -> None:
        super().__init__(kind="warn", icon="stale")
        self.desk, self._edit = desk, edit
        self._reach: Reach | None = None
        self.valid = self.add_action(_("Still valid"), "tick", self.confirm)
        self.all_valid = self.add_action(_("All of it"), "verify", lambda: desk.ask("verify"))
        self.all_valid.explain(_("All of this record is still valid"))
        self.changed = self.add_action(_("Changed"), "edit", self._change)
        self.left = self.add_action(_("Has left"), "left", leave)

    def show_reaches(self, reaches: Sequence[Reach], allowed: int, *, can_leave: bool) -> None:
        """Ask about the one that was checked longest ago, if that is more days ago than are `allowed`."""
        self._reach = max(reaches, key=age, default=None)
        days = age(self._reach) if self._reach is not None else 0
        asked = ""
        if self._reach is not None and days > allowed:
            since = ngettext("not verified for {count} day", "not verified for {count} days", days)
            asked = _("{field} {since}. Still right?").format(field=channel_label(self._reach.kind), since=since)
        self.all_valid.setVisible(len(reaches) > 1)
        self.left.setVisible(can_leave)
        self.say(asked, "warn", "stale")

    def confirm(self) -> None:
        """Note that it still works."""
        if self._reach is not None:
            key = self._reach.id
            self.desk.save(lambda: channels.verify(self.desk.workspace, key))

    def _change(self) -> None:
        if self._reach is not None:
            self._edit(self._reach)
