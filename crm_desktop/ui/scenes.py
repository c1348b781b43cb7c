"""What `shots` draws: each page and panel in a state worth looking at, over data that is filled in here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.jobs import finish
from crm_desktop.model import Account, Contact
from crm_desktop.paths import SAMPLES
from crm_desktop.services import activities, cadence, contacts, finding, records, sample, tags, tasks, today, users
from crm_desktop.services.activities import Entry
from crm_desktop.services.cadence import TAG, Scope
from crm_desktop.services.tasks import Draft
from crm_desktop.services.today_rules import CAPTURED, DORMANT
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace
from crm_desktop.text.whole_day import whole_day
from crm_desktop.ui import file_scenes, list_scenes, talk_scenes
from crm_desktop.ui.pages.calendar.page import CalendarPage
from crm_desktop.ui.pages.calendar.slots import DAY, MONTH, WEEK
from crm_desktop.ui.pages.import_.page import COLUMNS, DUPLICATES, FILE, PREVIEW, RESULT, ImportPage
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.pages.tasks.page import TasksPage
from crm_desktop.ui.pages.today.page import TodayPage
from crm_desktop.ui.panels.quick_add import QuickAdd
from crm_desktop.ui.panels.search import Search
from crm_desktop.ui.panels.verifying import VerifyPanel

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.studio import Studio

ACCOUNTS = 60
PROFILE = {
    "wechat": "zhangsan_abc",
    "birthday": "12-03",
    "preferred_channel": "微信",
    "preferred_hours": "上午",
    "hobby": "羽毛球、普洱茶",
    "personality": "务实，看数据，不爱寒暄",
    "tags": "工博会2026、重点",
}
TALKS = (
    (3, "visit", "in", "现场看了焊接单元演示，最关心节拍和换型时间，要一份同行业案例。", ""),
    (3, "mail", "out", "发送《六轴机械臂 12 台 方案与报价 v2》。", ""),
    (0, "chat", "in", "方案我看过了，整体可以。12 台的话价格还能再谈谈吗？下周二上午老陈也在公司。", ""),
    (
        0,
        "call",
        "out",
        "确认预算 90 万以内，需要 3 月前交付。价格让步空间 3%，她会推动陈总拍板。",
        "上门演示，带交付计划",
    ),
)


def fill(path: Path) -> None:
    """Fill an empty data folder with what the pictures show: invented people, believable talks."""
    workspace = open_workspace(DataFolder(path))
    users.set_local_name(workspace, "李明")
    sample.documents(workspace)
    finish(sample.fill(workspace, ACCOUNTS, seed=7))
    _tell_of(workspace)
    talk_scenes.tell(workspace)
    _fill_day(workspace)
    _fill_week(workspace)
    workspace.close()


def _fill_day(workspace: Workspace) -> None:
    """Give the day some calls and a birthday."""
    at = today.now()
    with workspace.read() as session:
        asleep, new = (today.read(session, code, at, 3).items for code in (DORMANT, CAPTURED))
    for each in asleep:
        tasks.plan(workspace, Account, each.key, "回访，确认需求", at.day)
    two = at.moment(at.day, time(14))
    said = (
        Draft("季度评审会", "meeting", two, has_time=True, ends_at=two + timedelta(minutes=90), place="展台 A12"),
        Draft("确认交付日期", "call", whole_day(at.day), priority="high", contact=new[0].key if new else None),
        Draft("整理展会名片", priority="low"),
    )
    for draft in said:
        tasks.create(workspace, draft)
    cadence.put(workspace, Scope(TAG, str(tags.named(workspace, "重点"))), 7)
    for each in new[:1]:
        records.change(workspace, Contact, each.key, "birthday", f"{at.day.year - 50}-{at.day:%m-%d}")


WEEK_PLANS = (
    (0, 9, 30, "meeting", "周会", ""),
    (0, 10, 60, "call", "报价跟进", ""),
    (1, 9, 90, "visit", "上门演示六轴机械臂", "苏州工业园区"),
    (1, 10, 60, "meeting", "内部评审", "会议室 2"),
    (1, 14, 45, "call", "确认交付计划", ""),
    (2, 13, 120, "meeting", "技术交流：焊接单元", "腾讯会议"),
    (3, 10, 30, "mail", "发送合同草案", ""),
    (3, 15, 60, "visit", "验收拜访", "上海"),
    (4, 11, 60, "meeting", "季度总结", ""),
)
"""Day of the week, hour, minutes, kind, title and place of what is planned in the pictures."""


def _fill_week(workspace: Workspace) -> None:
    """Give the week some appointments, a fair of three days and something that is done."""
    at = today.now()
    monday = at.day - timedelta(days=at.day.weekday())
    person = next((hit.id for hit in finding.find(workspace, "zhangsan@abc.com", 3) if hit.entity == "contact"), None)
    for day, hour, minutes, kind, title, place in WEEK_PLANS:
        starts = datetime.combine(monday + timedelta(days=day), time(hour)).astimezone()
        ends = starts + timedelta(minutes=minutes)
        contact = person if kind == "visit" else None
        key = tasks.create(
            workspace,
            Draft(
                title,
                kind,
                starts,
                has_time=True,
                ends_at=ends,
                place=place,
                contact=contact,
                repeat="FREQ=WEEKLY" if title == "内部评审" else "",
            ),
        )
        if (day, hour) == (0, 9):
            tasks.complete(workspace, key)
    fair = monday + timedelta(days=2)
    until = whole_day(fair + timedelta(days=2))
    tasks.create(workspace, Draft("工博会", "visit", whole_day(fair), ends_at=until, place="上海"))


def _tell_of(workspace: Workspace) -> None:
    """Give the example contact a profile and a talk."""
    [key] = [hit.id for hit in finding.find(workspace, "zhangsan@abc.com", 3) if hit.entity == "contact"][:1]
    for name, text in PROFILE.items():
        records.change(workspace, Contact, key, name, text)
    [place] = contacts.places(workspace, contact=key)
    for name, text in (("department", "供应链中心"), ("decision_role", "经济决策者"), ("attitude", "支持")):
        contacts.change_link(workspace, place.id, name, text)
    morning = datetime.now().astimezone().replace(hour=8, minute=52, second=0, microsecond=0)
    for number, (days, kind, direction, summary, step) in enumerate(TALKS):
        at = morning - timedelta(days=days) + timedelta(minutes=18 * number)
        due = morning.replace(hour=10, minute=0) + timedelta(days=3) if step else None
        entry = Entry(kind, summary, place.account_id, (key,), direction, at, 8 if kind == "call" else None)
        if step:
            entry = Entry(
                kind,
                summary,
                place.account_id,
                (key,),
                direction,
                at,
                8,
                next_step=step,
                next_at=due,
                next_has_time=True,
            )
        activities.log(workspace, entry)
    file_scenes.fill(workspace, place.account_id, key)


def _record(studio: Studio, entity: str, words: str) -> None:
    found = [hit for hit in finding.find(studio.desk.workspace, words, 5) if hit.entity == entity]
    if found:
        studio.desk.open(entity, found[0].id)


def _account(studio: Studio) -> None:
    _record(studio, "account", "ABC有限公司")


def _contact(studio: Studio) -> None:
    _record(studio, "contact", "zhangsan@abc.com")


def _today(studio: Studio) -> None:
    """The day, with the keys on its first row."""
    studio.window.show_page("today")
    page = studio.window.page("today")
    assert isinstance(page, TodayPage)
    studio.wait_for(lambda: not page.reader.is_reading())
    page.panes()[0].setFocus()


def _tasks(studio: Studio) -> TasksPage:
    """The list of tasks, with the keys on its first one."""
    studio.window.show_page("tasks")
    page = studio.window.page("tasks")
    assert isinstance(page, TasksPage)
    page.show_named("")
    page.list.setFocus()
    studio.wait_for(lambda: not page.reader.is_reading())
    return page


def _tasks_day(studio: Studio) -> None:
    page = _tasks(studio)
    page.go_to_today()
    studio.wait_for(lambda: not page.reader.is_reading())


def _task_editor(studio: Studio) -> None:
    page = _tasks(studio)
    if task := page.list.current():
        page.verbs.edit(task.key)


def _task_done(studio: Studio) -> None:
    page = _tasks(studio)
    if task := page.list.current():
        page.verbs.finish(task.key)


def _calendar(mode: str) -> Callable[[Studio], None]:
    def show(studio: Studio) -> None:
        studio.window.show_page("calendar")
        page = studio.window.page("calendar")
        assert isinstance(page, CalendarPage)
        page.set_mode(mode)
        studio.wait_for(lambda: not page.reader.is_reading())
        page.view.step(1)

    return show


def _appointment(studio: Studio) -> None:
    _calendar(WEEK)(studio)
    page = studio.window.page("calendar")
    assert isinstance(page, CalendarPage)
    entry = next(each for each in page.view.span.entries if each.ends is not None)
    page.open(entry)


def _page(code: str) -> Callable[[Studio], None]:
    def show(studio: Studio) -> None:
        studio.window.show_page(code)
        studio.window.page(code)  # the whole of it, not what is seen first

    return show


def import_page(studio: Studio) -> ImportPage:
    """The import page on screen, with the trade show's list read and tried out."""
    studio.window.show_page("import")
    page = studio.window.page("import")
    assert isinstance(page, ImportPage)
    if page.course.facts is None:
        page.open_file(str(SAMPLES / "trade_show.xlsx"))
        studio.wait_for(lambda: page.course.facts is not None and page.course.is_fresh)
    return page


def _import_step(step: int) -> Callable[[Studio], None]:
    def show(studio: Studio) -> None:
        page = import_page(studio)
        while page.step() > step:
            page.back()
        while page.step() < step:
            page.go_on()
            studio.wait_for(lambda: page.course.is_fresh)

    return show


def _quick_add(studio: Studio) -> None:
    _contact(studio)
    studio.desk.ask("quick_add")
    panel = studio.panel("QuickAdd")
    assert isinstance(panel, QuickAdd)
    panel.begin("王芳，采购经理，ACME，13800138000，wf@acme.example #工博会2026")


def _search(studio: Studio) -> None:
    _contact(studio)
    studio.desk.ask("find")
    panel = studio.panel("Search")
    assert isinstance(panel, Search)
    panel.box.setText("zs")
    panel.box.searched.emit("zs")


def _file_preview(studio: Studio) -> None:
    _contact(studio)
    file_scenes.show(studio)


def _export(studio: Studio) -> None:
    studio.window.show_page("contacts")
    studio.desk.ask("export")


def _shortcuts(studio: Studio) -> None:
    studio.desk.ask("shortcuts")


def _rhythms(studio: Studio) -> None:
    """The rhythms and the life cycle on the settings page."""
    page = _settings(studio, "followup")
    next(iter(page.rhythms.rows.values())).days.line.setFocus()


def _lifecycle(studio: Studio) -> None:
    """A stage that is set by hand."""
    _account(studio)
    studio.desk.ask("lifecycle")


def _template(studio: Studio) -> None:
    _contact(studio)
    studio.desk.ask("template")


def _templates(studio: Studio) -> None:
    _settings(studio, "templates").templates.list.setFocus()


def _own_fields(studio: Studio) -> None:
    _settings(studio, "fields").own_fields.list.setFocus()


def _settings(studio: Studio, section: str) -> SettingsPage:
    studio.desk.ask("settings", section)
    page = studio.window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def _visit_sheet(studio: Studio) -> None:
    _contact(studio)
    studio.desk.ask("print_visit")


def _hand_over(studio: Studio) -> None:
    _account(studio)
    studio.desk.ask("hand_over")


def _day_list(studio: Studio) -> None:
    studio.desk.ask("print_day")


def _leaving(studio: Studio) -> None:
    _contact(studio)
    studio.desk.ask("has_left")


def _role_changed(studio: Studio) -> None:
    _contact(studio)
    studio.desk.ask("role_changed")


def _verifying(studio: Studio) -> None:
    studio.desk.ask("verify_queue")
    panel = studio.panel("VerifyPanel")
    assert isinstance(panel, VerifyPanel)
    studio.wait_for(lambda: not panel.looker.is_reading())


def _import_result(studio: Studio) -> None:
    """What an import tells when it is done."""
    page = import_page(studio)
    while page.step() < PREVIEW:
        page.go_on()
        studio.wait_for(lambda: page.course.is_fresh)
    page.go_on()
    studio.wait_for(lambda: page.step() == RESULT)


def close_panels(studio: Studio) -> None:
    """Put away what floats over the window."""
    from crm_desktop.ui.widgets.overlay import Overlay

    for each in studio.window.findChildren(Overlay):
        each.dismiss()


SCENES: dict[str, Callable[[Studio], object]] = {
    "today": _today,
    "account": _account,
    "contact": _contact,
    "tasks": _tasks,
    "tasks-day": _tasks_day,
    "task-editor": _task_editor,
    "task-done": _task_done,
    "contacts": _page("contacts"),
    **list_scenes.SCENES,
    "file-preview": _file_preview,
    **talk_scenes.SCENES,
    "import-file": _import_step(FILE),
    "import-columns": _import_step(COLUMNS),
    "import-duplicates": _import_step(DUPLICATES),
    "import-preview": _import_step(PREVIEW),
    "calendar-day": _calendar(DAY),
    "calendar": _calendar(WEEK),
    "calendar-month": _calendar(MONTH),
    "appointment": _appointment,
    "history": _page("history"),
    "settings": lambda studio: _settings(studio, "general"),
    "settings-data": lambda studio: _settings(studio, "data"),
    "own-fields": _own_fields,
    "rhythms": _rhythms,
    "lifecycle": _lifecycle,
    "quick-add": _quick_add,
    "search": _search,
    "export": _export,
    "shortcuts": _shortcuts,
    "template": _template,
    "templates": _templates,
    "visit-sheet": _visit_sheet,
    "hand-over": _hand_over,
    "day-list": _day_list,
    "leaving": _leaving,
    "role-changed": _role_changed,
    "verifying": _verifying,
    "import-result": _import_result,
}


def _undo_import(studio: Studio) -> None:
    page = import_page(studio)
    page.result.undo_button.click()
    studio.wait_for(lambda: not page.result.undo_button.isEnabled())


LEAVE: dict[str, Callable[[Studio], object]] = {"import-result": _undo_import, **list_scenes.LEAVE}
"""How a scene that changed the data is left, so that the next one finds what it expects."""
