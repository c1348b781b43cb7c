"""What falls into days: in the zone of whoever looks, over a change of the clock, with birthdays of every kind."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm_desktop.model import Contact
from crm_desktop.services import calendar, calendar_out, contacts, records, tasks, users
from crm_desktop.services.tasks import Draft
from crm_desktop.services.today import Now
from crm_desktop.text.whole_day import whole_day

SHANGHAI, BERLIN, NEW_YORK = (ZoneInfo(each) for each in ("Asia/Shanghai", "Europe/Berlin", "America/New_York"))
MONDAY = date(2026, 3, 23)
SUNDAY = date(2026, 3, 29)
"""The day on which clocks in Berlin are put forward."""


@pytest.fixture
def read(workspace):
    def read(first, last, zone=BERLIN, **more):
        at = Now(datetime(2026, 3, 25, 12, tzinfo=UTC), zone)
        with workspace.read() as session:
            return calendar.read(session, first, last, at, **more)

    return read


@pytest.fixture
def plan(workspace):
    return lambda title, **values: tasks.create(workspace, Draft(title, **values))


def titles(span, day):
    return [each.title for each in span.of(day)]


def test_an_appointment_is_shown_on_the_clock_of_the_wall(plan, read):
    starts = datetime(2026, 3, 29, 10, tzinfo=BERLIN)
    plan("show", kind="meeting", due_at=starts, has_time=True, ends_at=starts + timedelta(hours=1), place="Halle 3")
    [entry] = read(MONDAY, SUNDAY).of(SUNDAY)
    assert (entry.starts.hour, entry.ends.hour, entry.place) == (10, 11, "Halle 3")
    [entry] = read(MONDAY, SUNDAY, SHANGHAI).of(SUNDAY)
    assert entry.starts.hour == 16
    assert read(MONDAY, SUNDAY, NEW_YORK).of(SUNDAY)[0].starts.hour == 4


@pytest.mark.parametrize(
    "zone", [SHANGHAI, BERLIN, NEW_YORK, ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu")]
)
@pytest.mark.parametrize("day", [MONDAY, SUNDAY, date(2026, 3, 28)])
def test_a_day_without_a_time_is_the_same_day_everywhere(plan, read, zone, day):
    plan("send offer", due_at=whole_day(day))
    span = read(MONDAY, SUNDAY, zone)
    assert [each.first for each in span.entries] == [day]
    assert not span.entries[0].has_time


def test_what_was_planned_in_shanghai_is_right_when_the_laptop_is_in_berlin(plan, read):
    starts = datetime(2026, 3, 27, 9, tzinfo=SHANGHAI)
    plan("call", due_at=starts, has_time=True, ends_at=starts + timedelta(hours=1), repeat="FREQ=DAILY;COUNT=3")
    plan("fair", due_at=whole_day(MONDAY), ends_at=whole_day(MONDAY + timedelta(days=2)), repeat="FREQ=WEEKLY")
    there, here = read(MONDAY, date(2026, 4, 5), SHANGHAI), read(MONDAY, date(2026, 4, 5))
    assert [(each.first.day, each.starts.hour) for each in there.entries if each.title == "call"] == [
        (27, 9), (28, 9), (29, 9),
    ]  # fmt: skip
    assert [(each.first.day, each.starts.hour) for each in here.entries if each.title == "call"] == [
        (27, 2), (28, 2), (29, 3),
    ], "an hour that is left out is the one after it"  # fmt: skip
    for span in (there, here, read(MONDAY, date(2026, 4, 5), NEW_YORK)):
        fairs = [each for each in span.entries if each.title == "fair"]
        assert [(each.first, each.last, each.will_repeat) for each in fairs] == [
            (MONDAY, date(2026, 3, 25), False),
            (date(2026, 3, 30), date(2026, 4, 1), True),
        ]


@pytest.mark.parametrize(("zone", "sunday"), [(BERLIN, SUNDAY), (NEW_YORK, date(2026, 3, 8))])
def test_what_repeats_keeps_its_time_on_the_wall_over_the_change_of_the_clock(plan, workspace, zone, sunday):
    saturday = datetime(sunday.year, sunday.month, sunday.day, 10, tzinfo=zone) - timedelta(days=1)
    plan("call", due_at=saturday, has_time=True, ends_at=saturday + timedelta(minutes=30), repeat="FREQ=DAILY")
    at = Now(saturday - timedelta(days=3), zone)
    with workspace.read() as session:
        span = calendar.read(session, sunday - timedelta(days=6), sunday + timedelta(days=2), at)
    assert [(each.first, each.starts.hour, each.ends.minute, each.will_repeat) for each in span.entries] == [
        (sunday + timedelta(days=number), 10, 30, number >= 0) for number in range(-1, 3)
    ]


def test_of_what_repeats_only_what_is_still_to_come_is_shown(plan, read, workspace):
    late = plan("late", due_at=whole_day(date(2026, 3, 2)), repeat="FREQ=WEEKLY;BYDAY=MO")
    assert [each.first for each in read(date(2026, 3, 2), date(2026, 4, 6)).entries] == [
        date(2026, 3, 2), date(2026, 3, 30), date(2026, 4, 6),
    ], "as it will be when it is done late, on 25 March"  # fmt: skip
    assert [each.first for each in read(date(2036, 3, 3), date(2036, 3, 9)).entries] == [date(2036, 3, 3)]
    tasks.complete(workspace, late)
    assert not any(each.will_repeat and each.key == late for each in read(MONDAY, date(2026, 4, 6)).entries)


def test_what_is_over_midnight_stands_on_both_days_and_what_ends_there_on_one(plan, read):
    night = datetime(2026, 3, 24, 23, tzinfo=BERLIN)
    plan("flight", due_at=night, has_time=True, ends_at=night + timedelta(hours=3))
    plan("dinner", due_at=night - timedelta(hours=4), has_time=True, ends_at=night + timedelta(hours=1))
    span = read(MONDAY, SUNDAY)
    assert titles(span, date(2026, 3, 24)) == ["dinner", "flight"]
    assert titles(span, date(2026, 3, 25)) == ["flight"]
    assert titles(read(date(2026, 3, 25), SUNDAY), date(2026, 3, 25)) == ["flight"], "it began before the span"


def test_a_fair_of_several_days_stands_on_each(plan, read):
    plan("fair", kind="visit", due_at=whole_day(MONDAY), ends_at=whole_day(MONDAY + timedelta(days=2)))
    span = read(MONDAY, SUNDAY)
    assert [titles(span, MONDAY + timedelta(days=each)) for each in range(4)] == [["fair"], ["fair"], ["fair"], []]


def test_done_ones_stay_and_whole_days_come_first(plan, read, workspace):
    at = datetime(2026, 3, 24, 8, tzinfo=BERLIN)
    done = plan("call", due_at=at, has_time=True)
    plan("offer", due_at=whole_day(at.date()))
    tasks.complete(workspace, done)
    assert [(each.title, each.is_done) for each in read(MONDAY, SUNDAY).of(at.date())] == [
        ("offer", False),
        ("call", True),
    ]


def test_birthdays_of_every_kind(make, read):
    make(Contact, full_name="张三", birthday="1990-03-25")
    make(Contact, full_name="Anna Schneider", birthday="--03-26")
    make(Contact, full_name="李四", birthday="L--02-10")
    found = {each.title: (each.first, each.age) for each in read(MONDAY, SUNDAY).entries}
    assert found == {
        "张三": (date(2026, 3, 25), 36),
        "Anna Schneider": (date(2026, 3, 26), None),
        "李四": (date(2026, 3, 28), None),
    }


def test_who_was_born_on_a_leap_day_is_there_every_year(make, read):
    make(Contact, full_name="张三", birthday="2000-02-29")
    assert [each.first for each in read(date(2026, 2, 23), date(2026, 3, 1)).entries] == [date(2026, 2, 28)]
    assert [each.first for each in read(date(2028, 2, 28), date(2028, 3, 5)).entries] == [date(2028, 2, 29)]


def test_a_month_of_somebody_leaves_out_what_others_do(plan, read, workspace):
    other = users.add(workspace, "李四")
    plan("theirs", due_at=whole_day(MONDAY), owner=other)
    mine = users.add(workspace, "张三")
    plan("mine", due_at=whole_day(MONDAY), owner=mine)
    plan("of nobody", due_at=whole_day(MONDAY))
    assert {each.title for each in read(MONDAY, SUNDAY, owner=mine).entries} == {"mine", "of nobody"}
    assert len(read(MONDAY, SUNDAY).entries) == 3


def test_people_are_named(workspace, plan, read):
    anna, _findings = contacts.create(workspace, {"full_name": "Anna Schneider"})
    zhang, _findings = contacts.create(workspace, {"full_name": "张三"})
    plan("demo", due_at=whole_day(MONDAY), contact=anna, people=(zhang,))
    [entry] = read(MONDAY, SUNDAY).entries
    assert (entry.person, entry.people, entry.opens) == ("Anna Schneider", ("张三",), ("contact", anna))


def test_an_appointment_with_somebody_in_the_bin_is_neither_shown_nor_passed_on(plan, read, workspace):
    anna, _findings = contacts.create(workspace, {"full_name": "Anna Schneider"})
    plan("show", due_at=whole_day(SUNDAY), contact=anna)
    records.remove(workspace, Contact, [anna])
    assert read(MONDAY, SUNDAY).entries == ()
    assert calendar_out.events(workspace, zone=BERLIN) == []
