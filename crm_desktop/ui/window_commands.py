"""What the window's menus, keys and search panel offer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from crm_desktop.i18n import N_, _
from crm_desktop.ui.actions import Command

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.main_window import MainWindow


BACK, FORWARD = ("Ctrl+[", "Ctrl+]") if sys.platform == "darwin" else ("Alt+Left", "Alt+Right")
"""The keys that every program of the system goes back and forward with; Qt's Ctrl is ⌘ on a Mac."""
ON_ACCOUNTS = frozenset(("new_account", "new_contact"))
"""What is done on the accounts page, wherever it is asked for."""


def commands_of(window: MainWindow, desk: Desk) -> list[Command]:
    """Every command of the window."""
    return [
        *_file(window, desk),
        *_edit(window, desk),
        *_view(window),
        *_record(window, desk),
        *_people(window, desk),
        *_calendar(window, desk),
        *_papers(window, desk),
        *_tools(window, desk),
        *_help(window, desk),
    ]


def _file(window: MainWindow, desk: Desk) -> list[Command]:
    return [
        Command("quick_add", "file", N_("Quick add…"), partial(_open_panel, window, desk, "quick_add"), "Ctrl+N"),
        Command("new_account", "file", N_("New account"), partial(_ask_page, window, "new_account"), "Ctrl+Shift+N"),
        Command("import_file", "file", N_("Import…"), partial(window.turn_to, "import"), "Ctrl+Shift+I", gap=True),
        Command("export", "file", N_("Export…"), partial(_open_panel, window, desk, "export"), "Ctrl+Shift+E"),
        Command("backup", "file", N_("Back up now…"), partial(_back_up, window, desk), "Ctrl+Shift+B", gap=True),
        Command("restore", "file", N_("Restore a backup…"), partial(_ask_program, window, "restore")),
        Command("quit", "file", N_("Quit"), window.quit, "Ctrl+Q", gap=True),
    ]


def _edit(window: MainWindow, desk: Desk) -> list[Command]:
    workspace = desk.workspace
    return [
        Command(
            "undo",
            "edit",
            N_("Undo"),
            desk.undo,
            "Ctrl+Z",
            enabled=lambda: workspace.undo_target() is not None,
            words=lambda: _named(_("Undo {title}"), workspace.undo_title, _("Undo")),
        ),
        Command(
            "redo",
            "edit",
            N_("Redo"),
            desk.redo,
            "Ctrl+Y",
            enabled=lambda: workspace.redo_target() is not None,
            words=lambda: _named(_("Redo {title}"), workspace.redo_title, _("Redo")),
        ),
        Command("find", "edit", N_("Find…"), partial(_open_panel, window, desk, "search"), "Ctrl+K", gap=True),
        Command("filter", "edit", N_("Filter this view"), partial(_ask_page, window, "filter"), "Ctrl+F"),
        Command("filter_builder", "edit", N_("Build a filter…"), partial(_ask_page, window, "filter_builder")),
        Command("edit_many", "edit", N_("Edit a field of many…"), partial(_ask_page, window, "edit_many"), "Ctrl+E"),
        Command("copy_text", "edit", N_("Copy as text"), partial(_ask_page, window, "copy_text")),
        Command("delete", "edit", N_("Delete"), partial(_ask_page, window, "delete"), "Ctrl+Del", gap=True),
    ]


def _named(text: str, title: str | None, plain: str) -> str:
    return text.format(title=title) if title else plain


def _view(window: MainWindow) -> list[Command]:
    pages = [
        Command(f"page_{kind.code}", "view", kind.word, partial(window.turn_to, kind.code), f"Ctrl+{number}")
        for number, kind in enumerate(window.kinds, start=1)
    ]
    return [
        *pages,
        Command("tree", "view", N_("Show or hide the tree"), partial(_ask_page, window, "tree"), "Ctrl+B", gap=True),
        Command("timeline", "view", N_("Show or hide the timeline"), partial(_ask_page, window, "timeline"), "Ctrl+J"),
        Command("columns", "view", N_("Choose columns…"), partial(_ask_page, window, "columns")),
        Command("filter_row", "view", N_("Filter below the heads"), partial(_ask_page, window, "filter_row")),
        Command("reminders", "view", N_("Reminders…"), window.show_reminders, "Ctrl+Shift+R"),
        Command("next_pane", "view", N_("Next pane"), partial(window.next_pane, 1), "F6", gap=True),
        Command("previous_pane", "view", N_("Previous pane"), partial(window.next_pane, -1), "Shift+F6"),
        Command("back", "view", N_("Back"), partial(window.step, -1), BACK),
        Command("forward", "view", N_("Forward"), partial(window.step, 1), FORWARD),
    ]


def _record(window: MainWindow, desk: Desk) -> list[Command]:
    kinds = (
        ("call", N_("Log a call")),
        ("visit", N_("Log a visit")),
        ("mail", N_("Log an e-mail")),
        ("chat", N_("Log a chat")),
        ("note", N_("Write a note")),
        ("meeting", N_("Log a meeting")),
        ("message", N_("Log a message")),
        ("letter", N_("Log a letter")),
    )

    def is_on(*pages: str) -> Callable[[], bool]:
        return lambda: window.rail.value() in pages

    has_tasks, has_series = is_on("today", "tasks", "calendar"), is_on("tasks", "calendar")
    return [
        Command("log", "record", N_("Log…"), partial(_log, window, desk, ""), "Ctrl+L"),
        *(Command(f"log_{kind}", "record", word, partial(_log, window, desk, kind)) for kind, word in kinds),
        Command("new_task", "record", N_("New task…"), partial(_open_panel, window, desk, "task"), "Ctrl+T", gap=True),
        Command(
            "new_contact",
            "record",
            N_("New contact here"),
            partial(_ask_page, window, "new_contact"),
            "Ctrl+Shift+C",
        ),
        Command(
            "complete",
            "record",
            N_("Complete task"),
            partial(_ask_page, window, "act"),
            gap=True,
            enabled=has_tasks,
        ),
        Command("finish", "record", N_("Done with a result…"), partial(_ask_page, window, "finish"), enabled=has_tasks),
        Command("snooze", "record", N_("Put off to tomorrow"), partial(_ask_page, window, "snooze"), enabled=has_tasks),
        Command("skip", "record", N_("Skip one of a series"), partial(_ask_page, window, "skip"), enabled=has_series),
        Command("attach", "record", N_("Attach files…"), partial(_ask_page, window, "attach"), "Ctrl+Shift+A"),
        Command(
            "template", "record", N_("Apply template…"), partial(_open_panel, window, desk, "template"), "Ctrl+Shift+M"
        ),
        Command("edit_value", "record", N_("Edit value"), partial(_ask_page, window, "edit"), gap=True),
        Command("move", "record", N_("Move below another account…"), partial(_ask_page, window, "move"), "Ctrl+U"),
        Command(
            "lifecycle", "record", N_("Life cycle…"), partial(_open_panel, window, desk, "lifecycle"), "Ctrl+Shift+Y"
        ),
    ]


def _people(window: MainWindow, desk: Desk) -> list[Command]:
    panels = (
        ("verify_queue", N_("Verify what is old…"), "Ctrl+Shift+V"),
        ("has_left", N_("Has left the company…"), "Ctrl+Shift+L"),
        ("role_changed", N_("Role changed…"), ""),
    )
    return [
        Command("verify", "record", N_("All of it is still valid"), partial(_ask_page, window, "verify"), gap=True),
        *(Command(code, "record", word, partial(_open_panel, window, desk, code), keys) for code, word, keys in panels),
    ]


def _calendar(window: MainWindow, desk: Desk) -> list[Command]:
    def ask() -> None:
        from crm_desktop.ui.panels.panel import panel_of
        from crm_desktop.ui.panels.task_editor import TaskEditor

        panel_of(TaskEditor, window, desk).show_appointment()

    return [Command("new_appointment", "record", N_("New appointment…"), ask, "Ctrl+Shift+D", gap=True)]


def _papers(window: MainWindow, desk: Desk) -> list[Command]:
    papers = (
        ("print_visit", N_("Print the visit sheet…"), "Ctrl+Shift+P"),
        ("print_day", N_("Print the day’s list…"), ""),
        ("print_week", N_("Print the week…"), ""),
        ("hand_over", N_("Hand-over document…"), ""),
    )
    return [
        Command(code, "record", word, partial(_open_panel, window, desk, code), keys, gap=code == "print_visit")
        for code, word, keys in papers
    ]


def _tools(window: MainWindow, desk: Desk) -> list[Command]:
    sections = (
        ("general", N_("Settings: look, name and reminders")),
        ("followup", N_("Settings: rhythms, life cycle and verification")),
        ("templates", N_("Settings: task templates")),
        ("fields", N_("Settings: own fields")),
        ("data", N_("Settings: data and attachments")),
    )
    return [
        Command("options", "tools", N_("Settings"), partial(window.turn_to, "settings"), "Ctrl+,"),
        *(
            Command(f"options_{code}", "tools", word, partial(desk.ask, "settings", code), gap=code == "general")
            for code, word in sections
        ),
    ]


def _help(window: MainWindow, desk: Desk) -> list[Command]:
    return [
        Command(
            "shortcuts", "help", N_("Keyboard shortcuts"), partial(_open_panel, window, desk, "shortcuts"), "Ctrl+/"
        ),
        Command(
            "sample",
            "help",
            N_("Sample data"),
            partial(window.folder_asked.emit, "own" if window.is_sample else "sample"),
            words=lambda: _("Leave the sample data") if window.is_sample else _("Try the sample data"),
        ),
        Command("folder_open", "help", N_("Open the data folder"), partial(_open_folder, desk)),
        Command("about", "help", N_("About"), partial(_open_panel, window, desk, "about"), "F1"),
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


def _log(window: MainWindow, desk: Desk, kind: str) -> None:
    """Go to the composer: of what the page shows or has under its keys, else of whoever is named in a panel."""
    page = window.page_shown()
    if page is None or page.command("log", kind):
        return
    from crm_desktop.ui.panels.panel import panel_of
    from crm_desktop.ui.panels.picker import LogWithWhom
    from crm_desktop.ui.panels.printing import record_of

    if (found := record_of(page)) is not None:
        window.open_record(*found)
        window.pages["accounts"].command("log", kind)
    else:
        panel_of(LogWithWhom, window, desk).begin(kind)


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
