"""Reminders come once, at the right moment: after sleep, a closed program, another clock, zone and daylight saving."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm_desktop.model import Account, Contact, Task, User
from crm_desktop.services import accounts, contacts, records, reminders, snoozing, tasks, users
from crm_desktop.services.clock import Now
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.undo import undo

BERLIN, SHANGHAI, NEW_YORK = (ZoneInfo(each) for each in ("Europe/Berlin", "Asia/Shanghai", "America/New_York"))


def moment(text, zone=BERLIN):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


class Day:
    """A computer whose clock and zone a test sets; `tick` is one look of the program."""

    def __init__(self, workspace, zone=BERLIN, morning=time(9)):
        self.workspace, self.zone, self.morning = workspace, zone, morning

    def clock(self, text):
        return Now(moment(text, self.zone).astimezone(UTC), self.zone, self.morning)

    def tick(self, text):
        """The titles told at this moment, those that are late marked."""
        fresh = reminders.look(self.workspace, self.clock(text)).fresh
        if fresh:
            reminders.tell(self.workspace, fresh)
        return [f"{each.title}{' late' if each.is_late else ''}" for each in fresh]

    def due(self, text):
        return [each.title for each in reminders.look(self.workspace, self.clock(text)).due]

    def next_at(self, text):
        found = reminders.look(self.workspace, self.clock(text)).next_at
        return found and found.astimezone(self.zone).replace(tzinfo=None).isoformat(" ", "minutes")


@pytest.fixture
def day(workspace):
    return Day(workspace)


@pytest.fixture
def task(make):
    """task("Call", "2026-03-10 09:05") is due at that moment; with a day alone, in its morning."""

    def task(title, due, zone=BERLIN, **more):
        has_time = len(due) > 10
        return make(
            Task, title=title, due_at=moment(due if has_time else f"{due} 09:00", zone), has_time=has_time, **more
        )

    return task


class TestMoment:
    def test_a_task_with_a_time_is_told_at_its_moment_and_once(self, day, task):
        task("Call", "2026-03-10 09:05")
        assert day.tick("2026-03-10 09:04:59") == []
        assert day.next_at("2026-03-10 09:04") == "2026-03-10 09:05"
        assert day.tick("2026-03-10 09:05:10") == ["Call"]
        assert day.tick("2026-03-10 09:05:30") == []
        assert day.due("2026-03-10 18:00") == ["Call"]

    def test_a_task_with_a_date_only_is_told_in_the_morning_and_late_from_the_next_day(self, day, task):
        task("Offer", "2026-03-10")
        assert day.tick("2026-03-10 08:59") == []
        day.morning = time(8)
        assert day.next_at("2026-03-10 07:00") == "2026-03-10 08:00"
        assert day.tick("2026-03-10 11:00") == ["Offer"]
        assert not reminders.look(day.workspace, day.clock("2026-03-10 23:59")).due[0].is_late
        assert reminders.look(day.workspace, day.clock("2026-03-11 00:00")).due[0].is_late

    def test_what_is_done_deleted_or_another_persons_is_not_told(self, day, task, make, workspace):
        users.set_local_name(workspace, "Anna Schneider")
        done, gone = task("Done", "2026-03-10 09:00"), task("Gone", "2026-03-10 09:00")
        task("Theirs", "2026-03-10 09:00", owner_id=make(User, name="李四"))
        task("Mine", "2026-03-10 09:00", owner_id=workspace.author)
        tasks.complete(workspace, done)
        records.remove(workspace, Task, [gone])
        assert day.tick("2026-03-10 10:00") == ["Mine late"]

    def test_a_task_of_a_deleted_contact_comes_back_with_it(self, day, task, workspace):
        key, _place = contacts.create(workspace, {"full_name": "张三"})
        task("Call", "2026-03-10 09:00", contact_id=key)
        records.remove(workspace, Contact, [key])
        assert day.due("2026-03-10 10:00") == []
        undo(workspace)
        assert day.due("2026-03-10 10:00") == ["Call"]

    def test_it_says_whom_it_is_about(self, day, task, workspace):
        firm = records.create(workspace, Account, {"name": "ABC 贸易"})
        task("Call", "2026-03-10 09:00", account_id=firm)
        [due] = reminders.look(workspace, day.clock("2026-03-10 10:00")).due
        assert (due.who, due.place()) == ("ABC 贸易", ("account", firm))

    def test_a_private_customer_is_named_once(self, day, task, workspace):
        account, person = accounts.create_person(workspace, {"full_name": "王芳"})
        task("Call", "2026-03-10 09:05", account_id=account, contact_id=person)
        [due] = reminders.look(workspace, day.clock("2026-03-10 10:00")).due
        assert due.who == "王芳"

    def test_far_tasks_are_not_forgotten(self, day, task):
        task("Far", "2026-05-10 09:00")
        assert day.next_at("2026-03-10 10:00") == "2026-05-09 09:00"
        assert day.tick("2026-05-10 09:00") == ["Far"]


class TestClosedAndAsleep:
    def test_due_while_the_program_was_closed_is_told_at_the_next_start_as_late_once(self, folder, task, workspace):
        for number in range(7):
            task(f"Task {number}", f"2026-03-10 {10 + number}:00")
        workspace.close()
        for expected in (7, 0):
            opened = open_workspace(folder)
            told = Day(opened).tick("2026-03-12 08:00")
            assert len(told) == expected
            assert all(each.endswith(" late") for each in told)
            opened.close()

    def test_after_sleep_what_was_missed_is_told_at_once(self, day, task):
        task("In the night", "2026-03-10 23:00")
        task("Morning", "2026-03-11")
        assert day.tick("2026-03-10 22:59") == []
        assert day.tick("2026-03-11 09:30") == ["In the night late", "Morning"]

    def test_a_clock_that_is_set_back_tells_nothing_twice_and_loses_nothing(self, day, task):
        task("First", "2026-03-10 09:00")
        task("Second", "2026-03-10 11:00")
        assert day.tick("2026-03-10 09:00") == ["First"]
        assert day.tick("2026-03-09 12:00") == []
        assert day.tick("2026-03-10 09:00") == []
        assert day.tick("2026-03-10 11:00") == ["Second"]
        assert day.tick("2026-03-10 09:30") == []

    def test_what_was_told_is_forgotten_when_it_is_done(self, day, task, workspace):
        first = task("First", "2026-03-10 09:00")
        assert day.tick("2026-03-10 09:00") == ["First"]
        tasks.complete(workspace, first)
        second = task("Second", "2026-03-10 10:00")
        day.tick("2026-03-10 10:00")
        with workspace.read() as session:
            assert list(reminders.recall(session, reminders.TOLD)) == [str(second)]


class TestZones:
    def test_a_moment_stays_the_same_moment_in_another_zone(self, day, task):
        task("Call", "2026-03-10 16:00")
        day.zone = SHANGHAI
        assert day.tick("2026-03-10 22:59") == []
        assert day.tick("2026-03-10 23:00") == ["Call"]

    def test_a_morning_is_the_morning_of_where_one_is_and_not_told_again_after_the_flight(self, day, task):
        task("Offer", "2026-03-10")
        assert day.tick("2026-03-10 09:00") == ["Offer"]
        day.zone = NEW_YORK
        assert day.tick("2026-03-10 04:30") == []
        assert day.tick("2026-03-10 09:00") == []
        day.zone = SHANGHAI
        task("Sample", "2026-03-11")
        assert day.tick("2026-03-11 08:59") == []
        assert day.tick("2026-03-11 09:00") == ["Sample"]

    @pytest.mark.parametrize(("night", "shift"), [("2026-03-28", 23), ("2026-10-24", 25)])
    def test_the_morning_after_the_clock_change_is_at_nine_by_the_new_clock(self, day, task, night, shift):
        after = (datetime.fromisoformat(night) + timedelta(days=1)).date().isoformat()
        task("Offer", after)
        assert day.tick(f"{after} 08:59") == []
        assert day.next_at(f"{night} 09:00") == f"{after} 09:00"
        waited = day.clock(f"{after} 09:00").at - day.clock(f"{night} 09:00").at
        assert waited == timedelta(hours=shift)
        assert day.tick(f"{after} 09:00") == ["Offer"]

    def test_a_time_that_the_clock_skips_or_shows_twice_is_told_once(self, day, task):
        task("Skipped", "2026-03-29 02:30")
        assert day.tick("2026-03-29 01:59") == []
        assert day.tick("2026-03-29 03:30") == ["Skipped"]
        task("Twice", "2026-10-25 02:30")
        first = Now(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), BERLIN)
        fresh = reminders.look(day.workspace, first).fresh
        assert [each.title for each in fresh] == ["Twice"]
        reminders.tell(day.workspace, fresh)
        assert reminders.look(day.workspace, Now(first.at + timedelta(hours=1), BERLIN)).fresh == ()

    def test_the_computers_own_zone_is_followed_while_the_program_runs(self):
        for zone, hour in (("Asia/Shanghai", 1), ("Europe/Berlin", 8)):
            with pytest.MonkeyPatch.context() as computer:
                computer.setenv("TZ", zone)
                reminders.follow_zone()
                assert Now(datetime.now(UTC)).moment(date(2026, 3, 10), time(9)).hour == hour
        reminders.follow_zone()


class TestSnooze:
    def test_a_task_that_is_put_off_is_told_again_at_its_new_moment(self, day, task, workspace):
        key = task("Call", "2026-03-10 09:05")
        assert day.tick("2026-03-10 09:05") == ["Call"]
        now = day.clock("2026-03-10 09:06")
        tasks.snooze(workspace, [key], now.at + timedelta(minutes=10), now)
        assert day.due("2026-03-10 09:07") == []
        assert day.tick("2026-03-10 09:16") == ["Call"]

    def test_undo_gives_the_old_moment_back_without_telling_it_again(self, day, task, workspace):
        key = task("Call", "2026-03-10 09:05")
        day.tick("2026-03-10 09:05")
        tasks.snooze(workspace, [key], date(2026, 3, 11), day.clock("2026-03-10 09:06"))
        assert day.due("2026-03-10 10:00") == []
        undo(workspace)
        assert day.due("2026-03-10 10:00") == ["Call"]
        assert day.tick("2026-03-10 10:00") == []

    def test_tomorrow_is_the_morning_of_the_next_day_over_a_clock_change_too(self, day, task, workspace):
        key = task("Offer", "2026-03-28")
        evening = day.clock("2026-03-28 22:00")
        tasks.snooze(workspace, [key], snoozing.until(snoozing.TOMORROW, evening), evening)
        assert day.tick("2026-03-29 08:59") == []
        assert day.tick("2026-03-29 09:00") == ["Offer"]


def test_very_many_late_tasks_are_found_and_told_once(day, workspace):
    with workspace.write("Many") as session:
        session.insert_rows(
            Task,
            [{"title": f"Task {each}", "due_at": moment("2026-03-01 09:00"), "has_time": True} for each in range(2000)],
        )
    assert len(day.tick("2026-03-10 09:00")) == 2000
    assert day.tick("2026-03-10 09:01") == []
