"""Every command of the program, once: menus, shortcuts and the search panel are made from this list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from crm_desktop.i18n import N_, _

MENUS = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "view": N_("&View"),
    "record": N_("&Record"),
    "tools": N_("&Tools"),
    "help": N_("&Help"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do: where it stands in the menus, its words, its key, and when it can be done."""

    id: str
    menu: str
    text: str
    """Its words in English; the menus translate them, and the search panel finds it by those of every language."""
    run: Callable[[], object]
    shortcut: str = ""
    enabled: Callable[[], bool] = lambda: True
    words: Callable[[], str] | None = None
    """What the menu says at this moment, for words that change, such as “Undo Edit phone”."""
    gap: bool = False
    """Whether a line stands above it."""


def add_commands(owner: QWidget, bar: QMenuBar, commands: Iterable[Command]) -> dict[str, QAction]:
    """Put the commands in the menus of `bar`; they are looked at anew each time their menu opens."""
    actions: dict[str, QAction] = {}
    menus: dict[str, QMenu] = {}
    for code, word in MENUS.items():
        menus[code] = bar.addMenu(_(word))
    for each in commands:
        menu = menus[each.menu]
        if each.gap:
            menu.addSeparator()
        action = QAction(_(each.text), owner)
        action.setObjectName(each.id)
        action.setData(each.text)
        action.setShortcut(QKeySequence(each.shortcut))
        action.triggered.connect(partial(_do, each))
        menu.aboutToShow.connect(partial(_prepare, action, each))
        menu.aboutToHide.connect(partial(action.setEnabled, True))
        menu.addAction(action)
        owner.addAction(action)
        actions[each.id] = action
    for menu in menus.values():
        if menu.isEmpty():
            bar.removeAction(menu.menuAction())
    return actions


def _do(command: Command, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
    if command.enabled():
        command.run()


def _prepare(action: QAction, command: Command) -> None:
    action.setEnabled(command.enabled())
    if command.words is not None:
        action.setText(command.words())
