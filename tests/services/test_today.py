"""The day: what is late, due, new, asleep or to be verified, at any hour and in any time zone."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm_desktop import i18n
from crm_desktop.model import Account, Channel, Contact, Tag, Tagging, Task
from crm_desktop.model.filters import ALL, Group, Test
from crm_desktop.services import (
    activities,
    cadence,
    channels,
    contacts,
    house_rules,
    lists,
    records,
    tasks,
    today,
    verification,
    week_ahead,
)
from crm_desktop.services import today_words as words
from crm_desktop.services.activities import Entry
from crm_desktop.services.cadence import LIST, TAG, Scope
from crm_desktop.services.lists import SavedView
from crm_desktop.services.today import Now
from crm_desktop.services.today_rules import (
    BIRTHDAYS,
    CAPTURED,
    COMING,
    DORMANT,
    LATE,
    LISTS,
    OVERDUE,
    SECTIONS,
    TODAY,
    VERIFY,
)
from crm_desktop.store import queries
from crm_desktop.store.undo import redo, undo
from crm_desktop.text import rhythm

SHANGHAI, BERLIN, NEW_YORK = (ZoneInfo(each) for each in ("Asia/Shanghai", "Europe/Berlin", "America/New_York"))
MORNING = Now(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), UTC)


@pytest.fixture(autouse=True)
def greenwich(monkeypatch):
    """The lists of the program follow the zone of the computer."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def section(workspace):
    def section(code, at=MORNING, most=50):
        with workspace.read() as session:
            return today.read(session, code, at, most)

    return section


@pytest.fixture
def titles(section):
    return lambda code, at=MORNING: [each.title for each in section(code, at).items]


def moment(day, hour=9, minute=0, zone=UTC):
    return datetime(2026, 3, day, hour, minute, tzinfo=zone)


class TestTasks:
    def test_a_task_is_late_once_its_time_or_its_day_is_over(self, make, titles):
        make(Task, title="by day", due_at=moment(2, 9), has_time=False)
        make(Task, title="by time", due_at=moment(2, 9, 29), has_time=True)
        make(Task, title="at eleven", due_at=moment(2, 11), has_time=True)
        make(Task, title="yesterday", due_at=moment(1), has_time=False)
        make(Task, title="done", due_at=moment(1), has_time=False, done_at=moment(1))
        make(Task, title="whenever")
        assert titles(LATE) == ["yesterday", "by time"]
        assert titles(TODAY) == ["by day", "at eleven"]
        assert titles(COMING) == []

    def test_midnight_moves_what_was_not_done(self, make, titles):
        make(Task, title="call", due_at=moment(2), has_time=False)
        make(Task, title="visit", due_at=moment(3), has_time=False)
        before, after = (Now(moment(day, *clock), UTC) for day, clock in ((2, (23, 59)), (3, (0, 0))))
        assert (titles(LATE, before), titles(TODAY, before), titles(COMING, before)) == ([], ["call"], ["visit"])
        assert (titles(LATE, after), titles(TODAY, after), titles(COMING, after)) == (["call"], ["visit"], [])

    def test_the_next_seven_days_begin_tomorrow(self, make, titles):
        for day in range(2, 12):
            make(Task, title=str(day), due_at=moment(day, 23, 59), has_time=True)
        assert titles(COMING) == ["3", "4", "5", "6", "7", "8", "9"]

    @pytest.mark.parametrize(
        ("zone", "found"), [(SHANGHAI, ([], ["call"])), (BERLIN, (["call"], [])), (NEW_YORK, (["call"], []))]
    )
    def test_a_day_is_the_day_where_one_is(self, make, titles, zone, found):
        """Monday 01:00 in Shanghai is Sunday in Berlin."""
        make(Task, title="call", due_at=datetime(2026, 3, 2, 1, tzinfo=SHANGHAI), has_time=False)
        at = Now(datetime(2026, 3, 2, 10, tzinfo=zone), zone)
        assert (titles(LATE, at), titles(TODAY, at)) == found

    def test_a_day_of_23_hours_ends_at_midnight(self, make, titles):
        """On 29 March 2026 the clocks go forward in Berlin."""
        make(Task, title="late evening", due_at=datetime(2026, 3, 29, 23, 30, tzinfo=BERLIN), has_time=True)
        make(Task, title="past midnight", due_at=datetime(2026, 3, 30, 0, 30, tzinfo=BERLIN), has_time=True)
        at = Now(datetime(2026, 3, 29, 1, tzinfo=BERLIN), BERLIN)
        assert titles(TODAY, at) == ["late evening"]
        assert titles(COMING, at) == ["past midnight"]

    def test_the_page_turns_when_the_next_task_gets_late_or_at_midnight(self, make, workspace):
        make(Task, title="by day", due_at=moment(2, 12), has_time=False)
        with workspace.read() as session:
            assert today.next_turn(session, MORNING) == moment(3, 0)
        make(Task, title="at eleven", due_at=moment(2, 11), has_time=True)
        with workspace.read() as session:
            assert today.next_turn(session, MORNING) == moment(2, 11)

    def test_more_is_counted_than_is_read(self, make, section):
        for number in range(9):
            make(Task, title=str(number), due_at=moment(1), has_time=False)
        found = section(LATE, most=4)
        assert (found.count, [each.title for each in found.items]) == (9, ["0", "1", "2", "3"])

    def test_a_row_says_who_where_and_how_late(self, make, section, workspace):
        acme = make(Account, name="Acme")
        anna, _findings = contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)
        make(Task, title="call", due_at=moment(1), has_time=False, account_id=acme, contact_id=anna)
        [item] = section(LATE).items
        assert words.sentence(item, MORNING) == "call · Anna Schneider · Acme · 1 day late"
        assert item.opens == ("contact", anna)


class TestPuttingOff:
    @pytest.mark.parametrize(
        ("due", "becomes"),
        [
            (moment(1, 15), moment(3, 15)),
            (moment(2, 15), moment(3, 15)),
            (moment(5, 15), moment(6, 15)),
        ],
    )
    def test_to_tomorrow_at_the_same_time_or_a_day_later(self, make, workspace, due, becomes):
        key = make(Task, title="call", due_at=due, has_time=True)
        tasks.snooze(workspace, [key], tasks.day_after(due.date(), MORNING), MORNING)
        with workspace.read() as session:
            assert session.get_one(Task, key).due_at == becomes
        assert workspace.undo_title == "Snooze task"
        undo(workspace)
        with workspace.read() as session:
            assert session.get_one(Task, key).due_at == due

    def test_the_clock_on_the_wall_stays_when_the_clocks_change(self, make, workspace):
        key = make(Task, title="call", due_at=datetime(2026, 3, 28, 9, tzinfo=BERLIN), has_time=True)
        morning = Now(datetime(2026, 3, 28, 8, tzinfo=BERLIN), BERLIN)
        tasks.snooze(workspace, [key], date(2026, 3, 29), morning)
        with workspace.read() as session:
            due = session.get_one(Task, key).due_at
        assert due.astimezone(BERLIN) == datetime(2026, 3, 29, 9, tzinfo=BERLIN)
        assert due == datetime(2026, 3, 29, 7, tzinfo=UTC)

    def test_a_plan_is_a_task_with_its_account_in_one_step(self, make, workspace, section):
        acme = make(Account, name="Acme")
        anna, _findings = contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)
        tasks.plan(workspace, Contact, anna, "Call", date(2026, 3, 3))
        [item] = section(COMING).items
        assert (item.contact_id, item.account_id, item.has_time) == (anna, acme, False)
        undo(workspace)
        assert section(COMING).count == 0
        redo(workspace)
        assert section(COMING).count == 1


class TestNewPeople:
    def test_who_came_lately_waits_until_something_happens(self, make, workspace, titles):
        new = make(Contact, full_name="Anna", created_at=moment(1))
        make(Contact, full_name="Old", created_at=moment(1) - timedelta(days=20))
        busy = make(Contact, full_name="Busy", created_at=moment(1))
        make(Task, title="call", contact_id=busy, due_at=moment(9), has_time=False)
        assert titles(CAPTURED) == ["Anna"]
        activities.log(workspace, Entry("call", "Hello", contacts=[new], at=moment(2)))
        assert titles(CAPTURED) == []
        undo(workspace)
        assert titles(CAPTURED) == ["Anna"]


class TestBirthdays:
    @pytest.mark.parametrize(
        ("kept", "day", "comes", "age"),
        [
            ("1976-03-02", date(2026, 3, 2), date(2026, 3, 2), 50),
            ("--03-16", date(2026, 3, 2), date(2026, 3, 16), None),
            ("--03-17", date(2026, 3, 2), None, None),
            ("1996-02-29", date(2026, 2, 20), date(2026, 2, 28), 30),
            ("1996-02-29", date(2028, 2, 20), date(2028, 2, 29), 32),
            ("1990-01-03", date(2026, 12, 28), date(2027, 1, 3), 37),
            ("L--01-01", date(2026, 2, 10), date(2026, 2, 17), None),
            ("L--08-15", date(2026, 9, 20), date(2026, 9, 25), None),
            ("L1980-12-20", date(2026, 2, 1), date(2026, 2, 7), 45),
            ("L--08-15", date(2026, 8, 15), None, None),
        ],
    )
    def test_solar_and_lunar_with_and_without_a_year(self, make, workspace, section, kept, day, comes, age):
        house_rules.change(workspace, house_rules.BIRTHDAY, 14)
        make(Contact, full_name="Anna", birthday=kept)
        found = section(BIRTHDAYS, Now(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), UTC))
        assert [(each.day, each.age) for each in found.items] == ([(comes, age)] if comes else [])
        assert found.count == len(found.items)

    def test_the_nearest_comes_first_and_a_plan_for_the_day_is_known(self, make, workspace, section):
        house_rules.change(workspace, house_rules.BIRTHDAY, 14)
        make(Contact, full_name="Later", birthday="--03-10")
        soon = make(Contact, full_name="Soon", birthday="1990-03-04")
        assert [(each.title, each.is_planned) for each in section(BIRTHDAYS).items] == [
            ("Soon", False),
            ("Later", False),
        ]
        tasks.plan(workspace, Contact, soon, "Birthday", date(2026, 3, 4))
        assert [each.is_planned for each in section(BIRTHDAYS).items] == [True, False]


class TestDormant:
    def test_each_level_has_its_own_patience_and_the_most_important_comes_first(self, make, workspace, titles):
        long_ago = moment(2) - timedelta(days=400)
        for level, days in reversed(rhythm.DAYS.items()):
            for name, age in (("fresh", days - 1), ("asleep", days + 1)):
                key = make(Account, name=f"{level} {name}", level=level, created_at=long_ago)
                activities.log(workspace, Entry("call", "Hello", key, at=MORNING.at - timedelta(days=age)))
        make(Account, name="no level", created_at=long_ago)
        make(Account, name="closed", level="vip", status="closed", created_at=long_ago)
        make(Account, name="new", level="vip", created_at=moment(1))
        make(Account, name="a never", level="a", created_at=long_ago)
        assert titles(DORMANT) == ["vip asleep", "a never", "a asleep", "b asleep", "c asleep"]

    def test_a_talk_or_a_plan_wakes_it(self, make, workspace, titles):
        key = make(Account, name="Acme", level="a", created_at=moment(1) - timedelta(days=90))
        assert titles(DORMANT) == ["Acme"]
        tasks.plan(workspace, Account, key, "Call", date(2026, 3, 3))
        assert titles(DORMANT) == []


class TestOverdueContacts:
    def test_who_has_a_rhythm_of_ones_own_appears_and_logging_removes_it(self, make, workspace, section, titles):
        """A level is that of the whole account, which is dormant or not; a colleague of no interest stays out."""
        acme = make(Account, name="Acme", level="vip", created_at=moment(2) - timedelta(days=400))
        long_ago = moment(2) - timedelta(days=90)
        anna, bert, cleo = (make(Contact, full_name=name, created_at=long_ago) for name in ("Anna", "Bert", "Cleo"))
        for person in (anna, bert):
            contacts.change_link(workspace, contacts.link(workspace, person, acme), "title", "Buyer")
        booth = make(Tag, name="Booth", name_key="booth")
        make(Tagging, tag_id=booth, contact_id=anna)
        activities.log(workspace, Entry("call", "Hello", contacts=[anna], at=moment(2) - timedelta(days=31)))
        assert titles(OVERDUE) == []
        cadence.put(workspace, Scope(TAG, str(booth)), 30)
        named = Group(ALL, (Test("full_name", "is", ("Cleo",)),))
        found = lists.save(workspace, SavedView(0, "Partners", Contact, named))
        cadence.put(workspace, Scope(LIST, str(found)), 60)
        never, item = section(OVERDUE).items
        assert words.sentence(never, MORNING) == "Cleo · never"
        assert words.sentence(item, MORNING) == "Anna · Acme · Buyer · 31 days"
        assert item.opens == ("contact", anna)
        activities.log(workspace, Entry("call", "Hello", contacts=[anna], at=moment(2)))
        tasks.plan(workspace, Contact, cleo, "Call", date(2026, 3, 3))
        assert titles(OVERDUE) == []
        undo(workspace)
        assert titles(OVERDUE) == ["Cleo"]
        cadence.put(workspace, Scope(TAG, str(booth)), None)
        assert titles(OVERDUE) == ["Cleo"]


class TestWeekAhead:
    def test_every_day_has_its_count_and_its_first_tasks(self, make, workspace):
        make(Task, title="today", due_at=moment(2, 23, 59), has_time=True)
        for hour in (16, 9, 8, 11, 10):
            make(Task, title=str(hour), due_at=moment(3, hour), has_time=True, priority="high" if hour == 16 else "low")
        make(Task, title="some time", due_at=moment(3, 10, 30), has_time=False)
        make(Task, title="last", due_at=moment(9, 23), has_time=True)
        make(Task, title="beyond", due_at=moment(10, 0), has_time=True)
        with workspace.read() as session:
            week = week_ahead.read(session, MORNING, 4)
            assert week.count == today.read(session, COMING, MORNING).count == 7
        assert week.counts == (6, 0, 0, 0, 0, 0, 1)
        assert [each.title for each in week.items] == ["some time", "8", "9", "10", "last"]
        assert {week_ahead.place_of(each, MORNING) for each in week.items} == {0, 6}
        assert week_ahead.day_of(MORNING, 6) == date(2026, 3, 9)

    def test_a_day_of_23_hours_is_one_day(self, make, workspace):
        make(Task, title="late evening", due_at=datetime(2026, 3, 29, 23, 30, tzinfo=BERLIN), has_time=True)
        make(Task, title="past midnight", due_at=datetime(2026, 3, 30, 0, 30, tzinfo=BERLIN), has_time=True)
        at = Now(datetime(2026, 3, 28, 12, tzinfo=BERLIN), BERLIN)
        with workspace.read() as session:
            assert week_ahead.read(session, at).counts == (1, 1, 0, 0, 0, 0, 0)


class TestToVerify:
    @pytest.fixture
    def acme(self, make):
        return make(Account, name="Acme", level="a")

    def test_what_nobody_verified_for_long(self, make, workspace, acme, section):
        anna, _findings = contacts.create(workspace, {"full_name": "Anna", "mobile": "13800138000"}, acme)
        assert section(VERIFY).count == 0, "what was just entered is trusted"
        later = Now(datetime.now(UTC) + timedelta(days=91), UTC)
        [firm, item] = section(VERIFY, later).items
        assert (firm.title, item.title, item.contact_id) == ("Acme", "Anna", anna)
        assert "138 0013 8000" in words.about(item)
        assert words.when(item, later) == "never verified"

    def test_verified_it_goes_and_comes_back(self, make, workspace, acme, section):
        key = make(
            Channel, account_id=acme, kind="landline", raw="010-62345678", created_at=moment(2, 9) - timedelta(400)
        )
        assert [each.key for each in section(VERIFY).items] == [acme]
        channels.verify(workspace, key)
        now = Now(datetime.now(UTC), UTC)
        assert section(VERIFY, now).count == 0
        assert section(VERIFY, Now(now.at + timedelta(days=100), UTC)).count == 1

    def test_only_what_is_used(self, make, workspace, acme, section):
        old = {"created_at": moment(2) - timedelta(days=400), "raw": "010-62345678"}
        make(Channel, account_id=make(Account, name="Closed", level="a", status="closed"), kind="landline", **old)
        make(Channel, account_id=acme, kind="landline", do_not_use=True, **old)
        make(Channel, account_id=acme, kind="wechat", **old)
        assert section(VERIFY).count == 0

    def test_the_count_has_an_end(self, make, workspace, acme, section, monkeypatch):
        monkeypatch.setattr(verification, "MOST", 3)
        for number in range(6):
            make(Account, name=f"Old {number}", level="a", created_at=moment(2) - timedelta(days=400))
        found = section(VERIFY)
        assert (found.count, found.is_more, words.count(found)) == (3, True, "3+")


def test_a_count_is_that_of_the_list_it_stands_for(make, workspace, section):
    booth = make(Tag, name="Booth", name_key="booth")
    for day in range(1, 28):
        account = make(Account, name=f"A{day}", level="vip", created_at=moment(2) - timedelta(days=day))
        person = make(
            Contact, full_name=f"P{day}", birthday=f"--03-{day:02}", created_at=moment(2) - timedelta(days=day)
        )
        if day % 5 == 0:
            tasks.plan(workspace, Account, account, "Call", date(2026, 3, 9))
            activities.log(workspace, Entry("call", "Hello", contacts=[person], at=moment(1)))
        if day % 2:
            make(Tagging, tag_id=booth, contact_id=person)
    cadence.put(workspace, Scope(TAG, str(booth)), 7)
    for code in LISTS:
        with workspace.read() as session:
            listed = queries.count(session, today.listing(session, code, MORNING))
        assert 0 < section(code).count == listed == len(section(code).items)


def test_every_section_has_its_words_in_both_languages(workspace, language):
    with workspace.read() as session:
        assert [each.code for each in today.read_all(session, MORNING)] == list(SECTIONS)
    for code in SECTIONS:
        assert words.title(code)
        assert words.nothing(code)
    assert i18n.language() == language


def test_a_deleted_person_is_in_no_section(make, workspace, section):
    key = make(Contact, full_name="Anna", birthday="--03-04", created_at=moment(1))
    records.remove(workspace, Contact, [key])
    assert [section(code).count for code in (CAPTURED, BIRTHDAYS)] == [0, 0]
