"""Bars on top of a contact: what to mind before calling, and who has left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from crm_desktop.i18n import _, language
from crm_desktop.services.contacts import Place
from crm_desktop.text.dates import show_date
from crm_desktop.ui.widgets.info_bar import InfoBar


class AskFirst(InfoBar):
    """Asks before a contact is called or written to who does not want that, and says why."""

    def __init__(self) -> None:
        super().__init__(kind="err", icon="skip", closable=True)
        self.go = self.add_action("", act=self._go)
        self._act: Callable[[], object] | None = None

    def ask(self, why: str, words: str, act: Callable[[], object]) -> None:
        """Show the reason and a button that does it all the same."""
        self.say(why, "err", "skip")
        self.go.setText(words)
        self._act = act
        self.go.setFocus()

    def _go(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()


def departed_words(places: Sequence[Place]) -> str:
    """What to say of somebody who has left every account, with the day if it is known."""
    last = max(places, key=lambda each: each.to_date or date.min)
    if last.to_date is None:
        return _("Has left {account}.").format(account=last.account)
    day = show_date(last.to_date, language())
    return _("Left {account} on {date}.").format(account=last.account, date=day)
