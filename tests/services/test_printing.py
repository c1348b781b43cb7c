"""Papers: the visit sheet, the list of a day and the hand-over document hold what one needs, and nothing invented."""

from datetime import datetime, timedelta

import pytest

from crm_desktop import i18n
from crm_desktop.errors import Invalid, Missing
from crm_desktop.model import Account, Activity, Affiliation, Contact, Task
from crm_desktop.services import accounts, activities, addresses, channels, contacts, records, tasks, touches, users
from crm_desktop.services.activities import Entry
from crm_desktop.services.named import key_of
from crm_desktop.services.printing import words
from crm_desktop.services.printing.day_list import day_list, tasks_of
from crm_desktop.services.printing.document import Checks, Facts, Lines, Notes, Said, Table
from crm_desktop.services.printing.hand_over import hand_over
from crm_desktop.services.printing.plain_text import as_text
from crm_desktop.services.printing.visit_sheet import visit_sheet


def local(days=0, hour=9, minute=0):
    """A moment so many days from now, here."""
    day = datetime.now().astimezone() + timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


@pytest.fixture
def firm(workspace):
    """A company with two people, one who has left, three talks and a next step."""
    users.set_local_name(workspace, "李明")
    account = records.create(workspace, Account, {"name": "精工自动化", "level": "VIP", "phone": "0512-62888000"})
    addresses.add(workspace, Account, account, "苏州工业园区星湖街 328 号")
    chief = contacts.create_at(workspace, account, {"full_name": "张三", "title": "采购总监", "mobile": "13800138000"})
    channels.add(workspace, Contact, chief, "wechat", "zhangsan_01")
    second = contacts.create_at(workspace, account, {"full_name": "Anna Schneider", "email": "anna@example.com"})
    gone = contacts.create_at(workspace, account, {"full_name": "李四", "mobile": "13900139000"})
    places = {each.contact_id: each.id for each in contacts.places(workspace, account=account)}
    contacts.change_link(workspace, places[chief], "decision_role", "决策者")
    for name, text in (("status", "departed"), ("to_date", "2026-01-31")):
        contacts.change_link(workspace, places[gone], name, text)
    for days, kind, direction, said in (
        (-9, "visit", "out", "看了产线"),
        (-2, "call", "in", "预算 90 万以内\n三月前交付"),
    ):
        activities.log(workspace, Entry(kind, said, account, (chief,), direction, local(days), 12))
    last = Entry("mail", "方案 v2", account, (second,), next_step="上门演示", next_at=local(3, 10), next_has_time=True)
    activities.log(workspace, last)
    return account, chief, second


def parts(document, kind):
    return [each for each in document.parts if isinstance(each, kind)]


def facts(document):
    [head] = parts(document, Facts)
    return {each.label: " ".join(filter(None, (each.strong, each.text))) for each in (*head.left, *head.right)}


class TestVisitSheet:
    def test_of_an_account_says_whom_where_when_and_how_to_reach_them(self, workspace, firm):
        document = visit_sheet(workspace, "account", firm[0])
        assert (document.title, document.subject) == ("Visit sheet", "精工自动化")
        assert "李明" in document.stamp
        found = facts(document)
        assert found["Contact"] == "张三 采购总监 · Decision maker"
        assert found["Reach"] == "+86 138 0013 8000\nWeChat zhangsan_01"
        assert found["Address"] == "苏州工业园区星湖街 328 号"
        assert found["Account"].startswith("精工自动化 VIP")
        assert found["Main phone"] == "+86 512 6288 8000"
        assert found["When"].endswith("10:00")

    def test_names_the_others_who_work_there_but_nobody_who_left(self, workspace, firm):
        [people] = parts(visit_sheet(workspace, "account", firm[0]), Table)
        assert [row[0] for row in people.rows] == ["Anna Schneider"]
        assert people.rows[0][-1] == "anna@example.com"

    def test_of_a_contact_goes_to_the_office_and_sees_the_colleagues(self, workspace, firm):
        document = visit_sheet(workspace, "contact", firm[2])
        assert facts(document)["Contact"] == "Anna Schneider"
        assert facts(document)["Address"] == "苏州工业园区星湖街 328 号"
        assert [row[0] for row in parts(document, Table)[0].rows] == ["张三"]
        assert [text for _label, text in parts(document, Notes)[0].rows] == ["方案 v2"]

    def test_holds_the_last_three_talks_newest_first_and_what_is_open(self, workspace, firm):
        activities.log(workspace, Entry("note", "第四条", firm[0]))
        document = visit_sheet(workspace, "account", firm[0])
        assert [text for _label, text in parts(document, Notes)[0].rows][:2] == ["第四条", "方案 v2"]
        assert len(parts(document, Notes)[0].rows) == 3
        [steps] = parts(document, Checks)
        assert steps.texts[0].endswith("10:00 · 上门演示 · Anna Schneider")
        assert parts(document, Lines)[0].count >= 6

    def test_a_pasted_mail_does_not_take_the_whole_sheet(self, workspace, firm):
        activities.log(workspace, Entry("mail", "长" * 5000, firm[0]))
        said = parts(visit_sheet(workspace, "account", firm[0]), Notes)[0].rows[0][1]
        assert len(said) < 700
        assert said.endswith("…")

    def test_of_an_empty_account_is_a_name_and_lines_to_write_on(self, workspace):
        account = records.create(workspace, Account, {"name": "Contoso"})
        document = visit_sheet(workspace, "account", account)
        assert facts(document) == {"Account": "Contoso"}
        assert parts(document, Table) + parts(document, Notes) + parts(document, Checks) == []
        assert parts(document, Lines)

    def test_of_somebody_who_works_nowhere(self, workspace):
        contact = records.create(workspace, Contact, {"full_name": "王芳", "mobile": "13700137000"})
        document = visit_sheet(workspace, "contact", contact)
        assert facts(document) == {"Contact": "王芳", "Reach": "+86 137 0013 7000"}

    def test_of_a_private_customer_names_the_person(self, workspace):
        account, _contact = accounts.create_person(workspace, {"full_name": "王芳", "mobile": "13700137000"})
        found = facts(visit_sheet(workspace, "account", account))
        assert (found["Contact"], found["Reach"]) == ("王芳", "+86 137 0013 7000")
        assert "Main phone" not in found, "once is enough"

    def test_says_who_does_not_want_to_be_called(self, workspace, firm):
        records.change(workspace, Contact, firm[1], "do_not_call", "yes")
        assert facts(visit_sheet(workspace, "account", firm[0]))["Reach"].endswith("\nDo not call")

    def test_of_what_was_deleted_there_is_none(self, workspace, firm):
        records.remove(workspace, Account, [firm[0]])
        with pytest.raises(Missing):
            visit_sheet(workspace, "account", firm[0])


class TestDayList:
    def test_the_late_ones_come_first_then_those_for_the_whole_day_then_by_the_clock(self, workspace, make, firm):
        account, chief, _second = firm
        make(Task, title="迟到", due_at=local(-2), has_time=True, account_id=account, contact_id=chief)
        make(Task, title="下午", due_at=local(0, 15), has_time=True, contact_id=chief)
        make(Task, title="上午", due_at=local(0, 9), has_time=True, account_id=account)
        make(Task, title="今天", due_at=local(0, 0), has_time=False)
        make(Task, title="做完了", due_at=local(0, 8), done_at=local(0, 8))
        make(Task, title="没有日期")
        late, due = day_list(workspace).parts[1::2]
        assert [row[2] for row in late.rows] == ["迟到"]
        assert [row[1:3] for row in due.rows] == [("", "今天"), ("09:00", "上午"), ("15:00", "下午")]
        assert due.rows[2][3] == "张三\n+86 138 0013 8000"
        assert due.rows[1][4] == "精工自动化\n苏州工业园区星湖街 328 号"
        assert due.rows[1][3] == "+86 512 6288 8000", "nobody is named: the account’s own number"

    def test_another_day_has_its_own_tasks_and_those_late_today(self, workspace, make, firm):
        make(Task, title="迟到", due_at=local(-2))
        make(Task, title="今天", due_at=local(0, 12))
        late, due = tasks_of(workspace, words.today() + timedelta(days=3))
        assert ([each.title for each in late], [each.title for each in due]) == (["迟到"], ["上门演示"])
        late, due = tasks_of(workspace, words.today() - timedelta(days=2))
        assert ([each.title for each in late], [each.title for each in due]) == ([], ["迟到"])

    def test_a_free_day_says_so(self, workspace):
        assert "Nothing is due on this day." in as_text(day_list(workspace))


HAND_OVER = """\
Hand-over 精工自动化
{stamp}
====================

Account: 精工自动化
Level: VIP
Status: {status}
Main phone: +86 512 6288 8000
Address: 苏州工业园区星湖街 328 号

People
------
- 张三 · 采购总监 · Decision maker · +86 138 0013 8000 · WeChat zhangsan_01
- Anna Schneider · anna@example.com
- 李四 · Has left · +86 139 0013 9000

Open next steps
---------------
☐ {due} 10:00 · 上门演示 · Anna Schneider

What was said · 3 entries
-------------------------

{first}
09:00 李明 · Visit · with 张三 · 12 min
    看了产线

{second}
09:00 张三 · Call · incoming · with 李明 · 12 min
    预算 90 万以内
    三月前交付

{third}
{clock} 李明 · E-mail · with Anna Schneider
    方案 v2
    ☐ {due} 10:00 · 上门演示
"""


class TestHandOver:
    def test_as_text_tells_who_said_what_on_which_day_and_what_is_next(self, workspace, firm):
        document = hand_over(workspace, "account", firm[0])
        status = facts(document)["Status"]
        days = {
            name: words.whole_day_words(local(each).date())
            for name, each in (("first", -9), ("second", -2), ("third", 0))
        }
        clock = parts(document, Said)[-1].at
        due = words.day_words(local(3).date())
        expected = HAND_OVER.format(stamp=document.stamp, status=status, due=due, clock=clock, **days)
        assert as_text(document) == expected

    def test_of_a_contact_holds_only_their_own_talks(self, workspace, firm):
        found = [each.text for each in parts(hand_over(workspace, "contact", firm[2]), Said)]
        assert found == ["方案 v2"]

    def test_a_step_that_was_done_is_ticked_and_no_longer_open(self, workspace, firm):
        tasks.complete(workspace, touches.touch(workspace, account=firm[0]).next_step.id)
        text = as_text(hand_over(workspace, "account", firm[0]))
        assert "☑" in text
        assert "Nothing is open." in text

    def test_of_an_empty_account_says_that_there_is_nothing(self, workspace):
        account = records.create(workspace, Account, {"name": "Contoso"})
        text = as_text(hand_over(workspace, "account", account))
        assert "Nothing was logged yet." in text
        assert "People" not in text

    def test_of_two_thousand_entries_all_are_there_in_order(self, workspace, firm):
        log_many(workspace, firm[0], 2000)
        document = hand_over(workspace, "account", firm[0])
        said = [each.text for each in parts(document, Said)]
        assert [each for each in said if each.startswith("Talk ")] == [f"Talk {number}" for number in range(2000)]
        newest = hand_over(workspace, "account", firm[0], most=10)
        assert len(parts(newest, Said)) == 10
        assert "Only the newest 10 of them are here." in as_text(newest)

    def test_speaks_the_language_of_the_interface(self, workspace, firm):
        i18n.use("zh_CN")
        try:
            document = hand_over(workspace, "account", firm[0])
            assert parts(document, Said)[1].how.startswith("电话 · 呼入")
            assert parts(document, Table)[0].rows[2][2] == "已离职"
        finally:
            i18n.use("en")


def log_many(workspace, account, count):
    begin = local(-400)
    rows = [
        {"kind": "note", "summary": f"Talk {number}", "account_id": account, "at": begin + timedelta(hours=number)}
        for number in range(count)
    ]
    with workspace.write("Log many") as session:
        session.insert_rows(Activity, rows)


class TestWhichRecord:
    def test_a_name_or_a_number(self, workspace, firm):
        assert key_of(workspace, "account", " 精工自动化 ") == key_of(workspace, "account", str(firm[0])) == firm[0]
        assert key_of(workspace, "contact", "Anna Schneider") == firm[2]

    def test_nobody_and_several_are_told(self, workspace, firm):
        with pytest.raises(Missing, match=r"There is no “9{30}”"):
            key_of(workspace, "account", "9" * 30)
        other = records.create(workspace, Account, {"name": "精工自动化"})
        with pytest.raises(Invalid, match=f"There are 2 called “精工自动化”.*{other}"):
            key_of(workspace, "account", "精工自动化")


def test_a_former_place_of_work_is_where_nobody_is_visited(workspace, make, firm):
    """Who has left their only account is visited nowhere else; the colleagues there are still named."""
    contact = make(Contact, full_name="王芳")
    make(Affiliation, account_id=firm[0], contact_id=contact, status="departed")
    assert facts(visit_sheet(workspace, "contact", contact))["Contact"].endswith("Has left")
