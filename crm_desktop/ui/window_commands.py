"""What the window's menus, keys and search panel offer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from crm_desktop.i18n import _
from crm_desktop.ui.actions import Command

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.main_window import MainWindow


ON_ACCOUNTS = frozenset(("log", "new_account", "new_contact"))
"""What is done on the accounts page, wherever it is asked for."""


def commands_of(window: MainWindow, desk: Desk) -> list[Command]:
    """Every command of the window."""
    return [
        *_file(window, desk),
        *_edit(window, desk),
        *_view(window),
        *_record(window),
        *_tools(window, desk),
        *_help(window, desk),
    ]


def _file(window: MainWindow, desk: Desk) -> list[Command]:
    return [
        Command("quick_add", "file", _("Quick add…"), partial(_open_panel, window, desk, "quick_add"), "Ctrl+N"),
        Command("new_account", "file", _("New account"), partial(_ask_page, window, "new_account"), "Ctrl+Shift+N"),
        Command("import_file", "file", _("Import…"), partial(window.show_page, "import"), "Ctrl+Shift+I", gap=True),
        Command("export", "file", _("Export…"), partial(_open_panel, window, desk, "export"), "Ctrl+Shift+E"),
        Command("backup", "file", _("Back up now…"), partial(_back_up, window, desk), "Ctrl+Shift+B", gap=True),
        Command("restore", "file", _("Restore a backup…"), partial(_ask_program, window, "restore")),
        Command("quit", "file", _("Quit"), window.close, "Ctrl+Q", gap=True),
    ]


def _edit(window: MainWindow, desk: Desk) -> list[Command]:
    workspace = desk.workspace
    return [
        Command(
            "undo",
            "edit",
            _("Undo"),
            desk.undo,
            "Ctrl+Z",
            enabled=lambda: workspace.undo_target() is not None,
            words=lambda: _named(_("Undo {title}"), workspace.undo_title, _("Undo")),
        ),
        Command(
            "redo",
            "edit",
            _("Redo"),
            desk.redo,
            "Ctrl+Y",
            enabled=lambda: workspace.redo_target() is not None,
            words=lambda: _named(_("Redo {title}"), workspace.redo_title, _("Redo")),
        ),
        Command("find", "edit", _("Find…"), partial(_open_panel, window, desk, "search"), "Ctrl+K", gap=True),
        Command("filter", "edit", _("Filter this view"), partial(_ask_page, window, "filter"), "Ctrl+F"),
        Command("delete", "edit", _("Delete"), partial(_ask_page, window, "delete"), "Ctrl+Del", gap=True),
    ]


def _named(text: str, title: str | None, plain: str) -> str:
    return text.format(title=title) if title else plain


def _view(window: MainWindow) -> list[Command]:
    pages = [
        Command(f"page_{kind.code}", "view", _(kind.word), partial(window.show_page, kind.code), f"Ctrl+{number}")
        for number, kind in enumerate(window.kinds, start=1)
    ]
    return [
        *pages,
        Command("tree", "view", _("Show or hide the tree"), partial(_ask_page, window, "tree"), "Ctrl+B", gap=True),
        Command("timeline", "view", _("Show or hide the timeline"), partial(_ask_page, window, "timeline"), "Ctrl+J"),
        Command("next_pane", "view", _("Next pane"), partial(window.next_pane, 1), "F6", gap=True),
        Command("previous_pane", "view", _("Previous pane"), partial(window.next_pane, -1), "Shift+F6"),
        Command("back", "view", _("Back"), partial(window.step, -1), "Alt+Left"),
        Command("forward", "view", _("Forward"), partial(window.step, 1), "Alt+Right"),
    ]


def _record(window: MainWindow) -> list[Command]:
    kinds = (
        ("call", _("Log a call")),
        ("visit", _("Log a visit")),
        ("mail", _("Log an e-mail")),
        ("chat", _("Log a chat")),
        ("note", _("Write a note")),
    )
    return [
        Command("log", "record", _("Log…"), partial(_ask_page, window, "log", ""), "Ctrl+L"),
        *(Command(f"log_{kind}", "record", word, partial(_ask_page, window, "log", kind)) for kind, word in kinds),
        Command(
            "new_contact",
            "record",
            _("New contact here"),
            partial(_ask_page, window, "new_contact"),
            "Ctrl+Shift+C",
            gap=True,
        ),
        Command("edit_value", "record", _("Edit value"), partial(_ask_page, window, "edit"), gap=True),
    ]


def _tools(window: MainWindow, _desk: Desk) -> list[Command]:
    return [Command("options", "tools", _("Settings"), partial(window.show_page, "settings"), "Ctrl+,")]


def _help(window: MainWindow, desk: Desk) -> list[Command]:
    return [
        Command(
            "shortcuts", "help", _("Keyboard shortcuts"), partial(_open_panel, window, desk, "shortcuts"), "Ctrl+/"
        ),
        Command(
            "sample",
            "help",
            _("Sample data"),
            partial(window.folder_asked.emit, "own" if window.is_sample else "sample"),
            words=lambda: _("Leave the sample data") if window.is_sample else _("Try the sample data"),
        ),
        Command("folder_open", "help", _("Open the data folder"), partial(_open_folder, desk)),
        Command("about", "help", _("About"), partial(_open_panel, window, desk, "about"), "F1"),
    ]


def _ask_page(window: MainWindow, what: str, detail: object = None) -> None:
    page = window.page_shown()
    known = page is not None and page.command(what, detail)
    if not known and what in ON_ACCOUNTS:
        window.show_page("accounts")
        accounts = window.pages["accounts"]
        if what in {"new_account", "new_contact"}:
            window.stack.setCurrentWidget(accounts)  # where there is nothing yet, the first-run page stands there
        accounts.command(what, detail)


def _ask_program(window: MainWindow, what: str) -> None:
    if what == "restore":
        chosen, _kind = QFileDialog.getOpenFileName(window, _("Choose a backup"), "", _("Backups (*.db)"))
        if chosen:
            window.folder_asked.emit(f"restore:{chosen}")


def _open_panel(window: MainWindow, desk: Desk, which: str) -> None:
    from crm_desktop.ui.panels import open_panel

    open_panel(which, window, desk)


def _back_up(window: MainWindow, desk: Desk) -> None:
    from crm_desktop.ui.panels import suggested_backup

    chosen, _kind = QFileDialog.getSaveFileName(window, _("Back up to"), suggested_backup(desk), _("Backups (*.db)"))
    if chosen:
        from crm_desktop.ui.panels import back_up

        back_up(desk, chosen)


def _open_folder(desk: Desk) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(desk.folder.path)))
