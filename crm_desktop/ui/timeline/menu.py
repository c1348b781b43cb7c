"""What can be done with one entry of a timeline."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from crm_desktop.i18n import _
from crm_desktop.ui.icons import icon
from crm_desktop.ui.page_keys import TIMELINE
from crm_desktop.ui.timeline import words

if TYPE_CHECKING:
    from crm_desktop.services.activities import Bubble
    from crm_desktop.ui.timeline.view import TimelineView

LONGEST = 40


def entry_menu(view: TimelineView, bubble: Bubble) -> QMenu:
    """The context menu of the current entry; it goes when it is closed."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if bubble.kind != words.SYSTEM:
        _add(menu, "edit", _("Edit…"), view.edit_current, "edit")
        _add(menu, "forward", _("Move to another record…"), view.move_current, "move")
    _add(menu, "copy", _("Copy text"), view.copy_current, "copy")
    for place, file in enumerate(bubble.files):
        if view.file_verbs is not None:
            below = menu.addMenu(icon("attachment", "text2", 16), _short(file.name).replace("&", "&&"))
            view.file_verbs.fill_menu(below, bubble.files, place)
    for step in bubble.next_steps:
        said = _("Reopen: {step}") if step.is_done else _("Complete: {step}")
        title = said.format(step=_short(step.title))
        _add(menu, "undone" if step.is_done else "check", title, partial(view.tick, step))
    for person in bubble.people:
        title = _("Open {name}").format(name=_short(person.name))
        _add(menu, "person", title, partial(view.person_wanted.emit, person.id))
    _add(menu, "attachment", _("Attach files…"), partial(view.attach_wanted.emit, bubble.id))
    menu.addSeparator()
    _add(menu, "delete", _("Delete"), view.remove_current, "delete")
    return menu


def _add(
    menu: QMenu,
    name: str,
    text: str,
    act: Callable[[], object],
    does: str = "",
) -> None:
    action = menu.addAction(icon(name, "text2", 16), text.replace("&", "&&"))
    action.triggered.connect(lambda _checked: act())  # Qt tells whether it is checked
    if does:
        action.setShortcut(TIMELINE.sequence(does))
        action.setShortcutVisibleInContextMenu(True)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
