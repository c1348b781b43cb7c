"""Panels that float over a window: quick add, search, export, papers, shortcuts, about, each built when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_desktop.ui.panels.about import About
from crm_desktop.ui.panels.apply_template import ApplyTemplate
from crm_desktop.ui.panels.backing_up import back_up, suggested_backup
from crm_desktop.ui.panels.changing_role import RolePanel
from crm_desktop.ui.panels.export import Export
from crm_desktop.ui.panels.leaving import LeavePanel
from crm_desktop.ui.panels.lifecycle import LifecyclePanel
from crm_desktop.ui.panels.panel import Panel, panel_of
from crm_desktop.ui.panels.printing import DayPaper, HandOverPaper, VisitPaper, WeekPaper
from crm_desktop.ui.panels.quick_add import QuickAdd
from crm_desktop.ui.panels.search import Search
from crm_desktop.ui.panels.shortcuts import Shortcuts
from crm_desktop.ui.panels.task_editor import TaskEditor
from crm_desktop.ui.panels.verifying import VerifyPanel

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

__all__ = ["PANELS", "back_up", "open_panel", "suggested_backup"]

PANELS: dict[str, type[Panel]] = {
    "quick_add": QuickAdd,
    "search": Search,
    "export": Export,
    "print_visit": VisitPaper,
    "print_day": DayPaper,
    "print_week": WeekPaper,
    "hand_over": HandOverPaper,
    "task": TaskEditor,
    "has_left": LeavePanel,
    "role_changed": RolePanel,
    "verify_queue": VerifyPanel,
    "lifecycle": LifecyclePanel,
    "template": ApplyTemplate,
    "shortcuts": Shortcuts,
    "about": About,
}


def open_panel(which: str, window: QWidget, desk: Desk) -> None:
    """Show a panel over a window, in place of any other one."""
    panel_of(PANELS[which], window, desk).show_up()
