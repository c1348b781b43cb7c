"""What a window's menus offer at this moment, for the panels that list commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.i18n import spellings
from crm_desktop.ui.widgets.buttons import plain

ACCESS_KEY = re.compile(r"\([A-Z]\)$")
"""The access key that a Chinese menu shows behind its word."""
QUIET = {"find", "shortcuts"}
"""Commands that would only open what is open already, or explain it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One command: its words now, its key, the menu it stands in, and what it does."""

    id: str
    words: str
    shortcut: str
    menu: str
    is_enabled: bool
    run: Callable[[], object]
    spellings: tuple[str, ...] = ()
    """Its words now and in every language we speak."""


def offers(window: QWidget) -> list[Offer]:
    """Every command of the window, in the order of its menus."""
    places = [(action, _menu_of(action)) for action in window.actions()]
    menus = {id(menu): menu for _action, menu in places if menu is not None}
    for menu in menus.values():
        menu.aboutToShow.emit()  # commands look at their words and whether they can be done when their menu opens
    found = [_offer(action, menu) for action, menu in places if menu is not None]
    for menu in menus.values():
        menu.aboutToHide.emit()
    return found


def _menu_of(action: QAction) -> QMenu | None:
    return next((each for each in action.associatedObjects() if isinstance(each, QMenu)), None)


def _offer(action: QAction, menu: QMenu) -> Offer:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    words, source = plain(action.text()), action.data()
    known = tuple(dict.fromkeys((words, *spellings(str(source))))) if source else (words,)
    return Offer(
        action.objectName(),
        words,
        keys,
        ACCESS_KEY.sub("", plain(menu.title())),
        action.isEnabled(),
        action.trigger,
        known,
    )
