"""Tasks: made, changed, moved, done and taken back."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Activity, Contact, Task, TaskParty
from crm_desktop.services import activities, contacts, finishing, records, reminders, snoozing, task_list, tasks, today
from crm_desktop.services.activities import Entry
from crm_desktop.services.clock import Now
from crm_desktop.services.finishing import Result
from crm_desktop.services.task_list import Asked
from crm_desktop.services.tasks import Draft
from crm_desktop.store import undo
from crm_desktop.text.whole_day import whole_day

BERLIN, NEW_YORK, SHANGHAI = (ZoneInfo(each) for each in ("Europe/Berlin", "America/New_York", "Asia/Shanghai"))
MORNING = Now(datetime(2026, 3, 10, 8, tzinfo=BERLIN), BERLIN)
AUCKLAND, HONOLULU = ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu")
CHINA = timezone(timedelta(hours=8))
TEN = datetime(2026, 11, 24, 10, tzinfo=CHINA)


@pytest.fixture
def zhang(workspace):
    return records.create(workspace, Contact, {"full_name": "张三"})


@pytest.fixture
def li(workspace):
    return records.create(workspace, Contact, {"full_name": "李四"})


def test_an_appointment_is_kept_with_all_that_was_said(workspace, zhang, li):
    said = Draft("看样机", "visit", TEN, True, TEN + timedelta(hours=1), place="展台 A12", contact=zhang, people=[li])
    key = tasks.create(workspace, said)
    kept = tasks.load(workspace, key)
    assert (kept.title, kept.kind, kept.due_at, kept.ends_at) == ("看样机", "visit", TEN, TEN + timedelta(hours=1))
    assert (kept.place, kept.contact, kept.people) == ("展台 A12", zhang, (li,))
    tasks.change(workspace, key, Draft("看样机", "visit", TEN, True, contact=zhang, people=[]))
    assert tasks.load(workspace, key).people == ()
    undo.undo(workspace)
    assert tasks.load(workspace, key) == kept


def test_a_day_stays_the_same_day_in_every_time_zone(workspace, zhang):
    key = tasks.create(workspace, Draft("寄资料", due_at=TEN.replace(hour=0), contact=zhang))
    due = tasks.load(workspace, key).due_at
    zones = [timezone(timedelta(hours=hours)) for hours in (-10, -8, 0, 1, 8, 9, 12, 13)]
    assert {due.astimezone(zone).date() for zone in zones} == {TEN.date()}


def test_an_appointment_that_is_moved_keeps_its_length(workspace, zhang):
    key = tasks.create(workspace, Draft("开会", "meeting", TEN, True, TEN + timedelta(minutes=90), contact=zhang))
    tasks.move(workspace, key, TEN + timedelta(days=1), has_time=True)
    kept = tasks.load(workspace, key)
    assert kept.ends_at - kept.due_at == timedelta(minutes=90)
    assert kept.due_at == (TEN + timedelta(days=1)).astimezone(UTC)


def test_a_title_that_is_too_long_is_kept_whole_in_the_note(workspace):
    words = "ask for the drawings " * 20
    found = tasks.load(workspace, tasks.create(workspace, Draft(words, note="by mail")))
    assert found.title == words.strip()[:200]
    assert found.note == f"{words.strip()}\nby mail"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Draft("  "), "title"),
        (Draft("每周例会", repeat="FREQ=WEEKLY"), "repeat"),
        (Draft("开会", due_at=TEN, has_time=True, ends_at=TEN - timedelta(minutes=1)), "ends_at"),
        (Draft("报价", due_at=TEN, start_at=TEN + timedelta(days=1)), "start_at"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(workspace, draft, field):
    with pytest.raises(Invalid) as refused:
        tasks.create(workspace, draft)
    assert list(refused.value.problems) == [field]


ALL = Asked()


@pytest.fixture
def listed(workspace):
    """listed(Asked(...)) gives section and title of each row."""

    def listed(asked=ALL, at=MORNING, author=None):
        with workspace.read() as session:
            rows = task_list.read(session, asked, at, author)
            counts = task_list.counts(session, asked, at, author)
        sections = [each.section for each in rows]
        assert counts == {each: sections.count(each) for each in sections}, "what is counted is what is listed"
        return [(each.section, each.title) for each in rows]

    return listed


@pytest.fixture
def day(workspace):
    """day(section) gives the titles of a section of Today."""

    def day(code, at=MORNING):
        with workspace.read() as session:
            return [each.title for each in today.read(session, code, at).items]

    return day


def at_hour(day_of_march, hour=9):
    return datetime(2026, 3, day_of_march, hour, tzinfo=BERLIN)


class TestList:
    def test_every_task_is_in_the_section_of_its_day(self, workspace, listed):
        for title, due in (("late", 9), ("today", 10), ("tomorrow", 11), ("in a week", 17), ("later", 18)):
            tasks.create(workspace, Draft(title, due_at=at_hour(due)))
        tasks.create(workspace, Draft("some day"))
        key = tasks.create(workspace, Draft("over", due_at=at_hour(10)))
        with workspace.write("Done") as session:
            session.get_one(Task, key).done_at = at_hour(9)
        assert listed() == [
            ("late", "late"),
            ("today", "today"),
            ("week", "tomorrow"),
            ("week", "in a week"),
            ("later", "later"),
            ("undated", "some day"),
            ("done", "over"),
        ]

    @pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, SHANGHAI, AUCKLAND, HONOLULU])
    def test_a_whole_day_is_today_in_every_zone(self, workspace, listed, day, zone):
        tasks.create(workspace, Draft("offer", due_at=at_hour(10)))
        for hour in (0, 9, 23):
            at = Now(datetime(2026, 3, 10, hour, 30, tzinfo=zone), zone)
            assert listed(at=at) == [("today", "offer")]
            assert day("today", at) == ["offer"]
        assert listed(at=Now(datetime(2026, 3, 11, 0, 1, tzinfo=zone), zone)) == [("late", "offer")]

    def test_a_whole_day_of_23_hours_is_late_at_midnight(self, workspace, listed):
        tasks.create(workspace, Draft("offer", due_at=datetime(2026, 3, 29, 9, tzinfo=BERLIN)))
        for clock, section in (((29, 23), "today"), ((30, 0), "late")):
            assert listed(at=Now(at_hour(*clock), BERLIN)) == [(section, "offer")]

    def test_the_pressing_ones_of_a_day_come_first(self, workspace, listed, day):
        for title, due, priority in (
            ("low", at_hour(10, 10), "low"),
            ("normal", at_hour(10, 11), "normal"),
            ("high", at_hour(10, 12), "high"),
            ("next day", at_hour(11, 9), "normal"),
            ("next day, high", at_hour(11, 10), "high"),
        ):
            tasks.create(workspace, Draft(title, due_at=due, has_time=True, priority=priority))
        assert [title for _section, title in listed()] == ["high", "normal", "low", "next day, high", "next day"]
        assert day("today") == ["high", "normal", "low"]
        assert day("coming") == ["next day, high", "next day"]

    def test_it_is_narrowed_by_owner_kind_priority_words_and_record(self, workspace, listed, zhang, li):
        acme = records.create(workspace, Account, {"name": "Acme"})
        tasks.create(workspace, Draft("visit them", "visit", contact=zhang, place="Berlin", people=[li]))
        tasks.create(workspace, Draft("theirs", priority="high", owner=77, account=acme))
        for asked, titles in (
            (Asked(mine=True), ["visit them"]),
            (Asked(kind="visit"), ["visit them"]),
            (Asked(priority="high"), ["theirs"]),
            (Asked(text="berlin 张三"), ["visit them"]),
            (Asked(text="acme"), ["theirs"]),
            (Asked(text="100%"), []),
            (Asked(contact=li), ["visit them"]),
            (Asked(account=acme), ["theirs"]),
        ):
            assert [title for _section, title in listed(asked, author=5)] == titles, asked

    def test_a_day_shows_what_was_done_on_it_too(self, workspace, listed):
        meeting = Draft("meeting", "meeting", at_hour(10, 14), True, at_hour(10, 15))
        for draft in (meeting, Draft("call", due_at=at_hour(10, 9), has_time=True), Draft("offer", due_at=at_hour(10))):
            key = tasks.create(workspace, draft)
        tasks.complete(workspace, key)
        assert listed(Asked(day=date(2026, 3, 10))) == [("all_day", "offer"), ("timed", "call"), ("timed", "meeting")]
        assert listed(Asked(day=date(2026, 3, 11))) == []

    def test_pages_follow_one_another(self, workspace):
        with workspace.write("Many") as session:
            rows = [
                {"title": f"{n:04}", "due_at": whole_day(date(2026, 3, 1) + timedelta(days=n % 40))} for n in range(500)
            ]
            session.insert_rows(Task, rows)
        with workspace.read() as session:
            whole = [each.key for each in task_list.read(session, Asked(), MORNING, None, most=1000)]
            parts = [
                each.key
                for start in range(0, 500, 200)
                for each in task_list.read(session, Asked(), MORNING, None, start=start, most=200)
            ]
        assert parts == whole
        assert len(set(whole)) == 500


class TestStart:
    def test_what_begins_later_waits_in_silence(self, workspace, listed, day):
        draft = Draft("offer", due_at=at_hour(12, 9), has_time=True, start_at=at_hour(11, 0))
        tasks.create(workspace, draft)
        tasks.create(workspace, Draft("begun", due_at=at_hour(12), start_at=at_hour(10, 0)))
        assert listed() == [("week", "begun"), ("later", "offer")]
        assert day("coming") == ["begun"]
        with workspace.read() as session:
            assert today.next_turn(session, Now(at_hour(10, 8), BERLIN)) == at_hour(11, 0)
        assert listed(at=Now(at_hour(11, 0), BERLIN)) == [("week", "offer"), ("week", "begun")]

    def test_it_does_not_remind_before_its_start(self, workspace):
        draft = Draft("call", due_at=at_hour(10, 12), has_time=True, remind_minutes=120, start_at=at_hour(10, 11))
        tasks.create(workspace, draft)
        assert titles_due(workspace, 10, 10) == []
        assert titles_due(workspace, 10, 11) == ["call"]


def titles_due(workspace, day_of_march, hour, zone=BERLIN):
    clock = Now(datetime(2026, 3, day_of_march, hour, tzinfo=zone), zone)
    return [each.title for each in reminders.look(workspace, clock).due]


class TestRemindBefore:
    def test_it_reminds_so_many_minutes_before_and_is_not_late_then(self, workspace):
        tasks.create(workspace, Draft("call", due_at=at_hour(10, 12), has_time=True, remind_minutes=60))
        assert titles_due(workspace, 10, 10) == []
        assert reminders.look(workspace, Now(at_hour(10, 9), BERLIN)).next_at == at_hour(10, 11)
        [due] = reminders.look(workspace, Now(at_hour(10, 11), BERLIN)).due
        assert (due.is_late, due.reminds_at) == (False, at_hour(10, 11))
        [due] = reminders.look(workspace, Now(at_hour(10, 13), BERLIN)).due
        assert due.is_late

    def test_days_before_are_not_missed(self, workspace):
        tasks.create(workspace, Draft("fair", due_at=at_hour(31, 12), has_time=True, remind_minutes=7 * 24 * 60))
        next_at = reminders.look(workspace, Now(at_hour(10, 9), BERLIN)).next_at
        assert next_at <= at_hour(24, 11)
        assert titles_due(workspace, 24, 10) == []
        assert titles_due(workspace, 24, 12) == ["fair"], "the clock was put forward on the 29th"

    def test_more_than_two_weeks_are_refused(self, workspace):
        with pytest.raises(Invalid) as refused:
            tasks.create(workspace, Draft("fair", due_at=TEN, has_time=True, remind_minutes=15 * 24 * 60))
        assert list(refused.value.problems) == ["remind_minutes"]


class TestPuttingOff:
    @pytest.mark.parametrize(
        ("code", "due"),
        [
            ("minutes", MORNING.at + timedelta(minutes=10)),
            ("hour", MORNING.at + timedelta(hours=1)),
            ("tomorrow", at_hour(11, 15)),
            ("monday", at_hour(16, 15)),
        ],
    )
    def test_each_choice_with_the_length_kept(self, workspace, code, due):
        key = tasks.create(workspace, Draft("meeting", "meeting", at_hour(9, 15), True, at_hour(9, 16)))
        tasks.snooze(workspace, [key], snoozing.until(code, MORNING), MORNING)
        kept = tasks.load(workspace, key)
        assert (kept.due_at, kept.ends_at - kept.due_at) == (due, timedelta(hours=1))
        undo.undo(workspace)
        assert tasks.load(workspace, key).due_at == at_hour(9, 15)

    def test_a_whole_day_stays_one_unless_a_moment_is_said(self, workspace):
        key = tasks.create(workspace, Draft("offer", due_at=at_hour(9)))
        tasks.snooze(workspace, [key], date(2026, 3, 12), MORNING)
        assert (tasks.load(workspace, key).due_at, tasks.load(workspace, key).has_time) == (
            whole_day(date(2026, 3, 12)),
            False,
        )
        tasks.snooze(workspace, [key], at_hour(12, 15), MORNING)
        assert tasks.load(workspace, key).has_time

    def test_the_time_on_the_wall_stays_when_the_clocks_change(self, workspace):
        key = tasks.create(workspace, Draft("call", due_at=at_hour(28, 15), has_time=True))
        tasks.snooze(workspace, [key], date(2026, 3, 29), Now(at_hour(28, 20), BERLIN))
        assert tasks.load(workspace, key).due_at.astimezone(BERLIN).time() == time(15)


class TestDoneWithResult:
    def test_all_of_it_is_one_step(self, workspace, zhang, li):
        key = tasks.create(workspace, Draft("call", "call", TEN, True, contact=zhang, people=[li]))
        said = Result("visit", "wants an offer", "interested", "send offer", TEN + timedelta(days=2))
        logged = finishing.finish(workspace, key, said)
        [bubble] = activities.timeline(workspace, contact=li)
        assert (bubble.id, bubble.kind, bubble.summary, bubble.outcome) == (
            logged,
            "visit",
            "wants an offer",
            "interested",
        )
        assert [each.title for each in bubble.next_steps] == ["send offer"]
        with workspace.read() as session:
            assert (session.get_one(Task, key).result_id, session.get_one(Task, key).done_at is None) == (logged, False)
        assert workspace.undo_title == "Done: call"
        undo.undo(workspace)
        assert activities.timeline(workspace, contact=li) == []
        with workspace.read() as session:
            assert [each.title for each in session.query(Task).filter(Task.deleted_at.is_(None))] == ["call"]
            assert session.get_one(Task, key).done_at is None

    def test_who_takes_part_and_is_in_the_bin_does_not_keep_it_from_being_done(self, workspace, zhang, li):
        key = tasks.create(workspace, Draft("demo", contact=zhang, people=(li,)))
        records.remove(workspace, Contact, [li])
        logged = finishing.finish(workspace, key, Result())
        [entry] = activities.entries(workspace, [logged], contact=zhang)
        assert [each.id for each in entry.people] == [zhang]

    def test_nothing_said_logs_the_task_itself(self, workspace, zhang):
        key = tasks.create(workspace, Draft("看样机", "meeting", contact=zhang))
        finishing.finish(workspace, key, Result())
        [bubble] = activities.timeline(workspace, contact=zhang)
        assert (bubble.kind, bubble.summary) == ("meeting", "看样机")

    def test_of_a_task_about_nobody_the_note_tells(self, workspace):
        key = tasks.create(workspace, Draft("tidy up", note="the desk"))
        assert finishing.finish(workspace, key, Result(summary="all clean", next_step="again")) is None
        assert tasks.load(workspace, key).note == "the desk\nall clean"
        with workspace.read() as session:
            assert session.query(Task).filter(Task.title == "again").count() == 1


class TestRemoving:
    def test_an_entry_takes_its_next_step_and_its_people_along(self, workspace, zhang, li):
        key = activities.log(workspace, Entry("call", "hello", contacts=(zhang,), next_step="offer", next_at=TEN))
        [step] = activities.timeline(workspace, contact=zhang)[0].next_steps
        tasks.change(workspace, step.id, Draft("offer", contact=zhang, people=[li]))
        activities.remove(workspace, key)
        with workspace.read() as session:
            gone = [session.get_one(Activity, key), session.get_one(Task, step.id), session.query(TaskParty).one()]
            assert all(each.deleted_at for each in gone)
        undo.undo(workspace)
        assert tasks.load(workspace, step.id).people == (li,)

    @pytest.mark.parametrize("entity", [Contact, Account])
    def test_tasks_of_what_is_in_the_bin_are_not_shown_and_come_back(self, workspace, listed, day, entity):
        acme = records.create(workspace, Account, {"name": "Acme"})
        anna, _findings = contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)
        tasks.create(workspace, Draft("call", due_at=at_hour(10), contact=anna))
        assert (listed(), day("today"), titles_due(workspace, 10, 10)) == ([("today", "call")], ["call"], ["call"])
        records.remove(workspace, entity, [anna if entity is Contact else acme])
        assert (listed(), day("today"), titles_due(workspace, 10, 10)) == ([], [], [])
        undo.undo(workspace)
        assert (listed(), day("today"), titles_due(workspace, 10, 10)) == ([("today", "call")], ["call"], ["call"])
