"""A timeline with entries of every kind, and what floats over it, for `shots`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crm_desktop.model import Account
from crm_desktop.services import accounts, activities, contacts, records, users
from crm_desktop.services.activities import Entry
from crm_desktop.ui.pages.accounts.page import AccountsPage

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.studio import Studio

FIRM, BRANCH = "南方精工集团", "南方精工苏州分公司"
TALKS = (
    (0, "letter", "out", "寄出新年贺信和样册。", ""),
    (0, "mail", "in", "请发一份最新的价格表，含交货期。", ""),
    (1, "mail", "out", "已发送价格表 2026 版，交货期 6 周。", ""),
    (0, "call", "out", "", "no_answer"),
    (1, "visit", "in", "参观了装配车间，最关心节拍和换型时间。", "interested"),
    (0, "system", "none", "负责人改为李明", ""),
    (0, "meeting", "out", "三方会议：确定试产计划，由苏州分公司先行。", ""),
    (0, "message", "in", "收到，谢谢。", ""),
    (0, "note", "none", "采购流程：技术评估两周，预算由总部批。", ""),
    (1, "chat", "in", "试产排在下月初可以吗？", ""),
    (0, "call", "out", "确认试产时间，下周二上门安装。", "reached"),
)


def tell(workspace: Workspace) -> None:
    """Have a firm with a branch with which everything was done once."""
    firm, branch = (records.create(workspace, Account, {"name": name}) for name in (FIRM, BRANCH))
    accounts.set_parent(workspace, branch, firm)
    people = [
        contacts.create(workspace, {"full_name": name}, account)[0]
        for name, account in (("周敏", firm), ("吴迪", branch))
    ]
    colleague = users.add(workspace, "王芳")
    morning = datetime.now().astimezone().replace(hour=9, minute=5, second=0, microsecond=0)
    for number, (whose, kind, direction, text, outcome) in enumerate(TALKS):
        is_last = number == len(TALKS) - 1
        entry = Entry(
            kind,
            text,
            branch if whose else firm,
            () if kind == "system" else (people[whose],),
            direction,
            morning - timedelta(days=(len(TALKS) - number) // 4, minutes=-9 * number),
            90 if kind == "meeting" else None,
            "苏州工厂" if kind in ("visit", "meeting") else "",
            outcome,
            "上门安装" if is_last else "",
            morning + timedelta(days=3) if is_last else None,
            details_confirmed=is_last,
            colleagues=(colleague,) if kind == "meeting" else (),
        )
        activities.log(workspace, entry)


def _page(studio: Studio) -> AccountsPage:
    from crm_desktop.services.finding import find

    found = [hit for hit in find(studio.desk.workspace, FIRM, 5, ("account",)) if hit.name == FIRM]
    studio.desk.open("account", found[0].id)
    page = studio.window.page("accounts")
    assert isinstance(page, AccountsPage)
    page.command("log")
    return page


def _talks(studio: Studio) -> None:
    """Everything that was done with a firm, the keys in what is written now."""
    page = _page(studio)
    assert page.timeline is not None
    page.timeline.composer.set_kind("meeting")
    page.timeline.view.setFocus()


def _entry(studio: Studio) -> None:
    page = _page(studio)
    assert page.timeline is not None
    page.timeline.view.set_current(len(page.timeline.model.rows) - 1)
    page.timeline.view.edit_current()


def _log_with_whom(studio: Studio) -> None:
    from crm_desktop.ui.panels.panel import panel_of
    from crm_desktop.ui.panels.picker import LogWithWhom

    studio.window.show_page("settings")
    panel_of(LogWithWhom, studio.window, studio.desk).begin("call")


SCENES: dict[str, Callable[[Studio], object]] = {
    "talks": _talks,
    "entry": _entry,
    "log-with-whom": _log_with_whom,
}
