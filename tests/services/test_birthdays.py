"""Birthdays are reminded of once for each person and year, in time or late, whatever the calendar and the clock say."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.model import Contact
from crm_desktop.services import birthdays, house_rules, records, users
from crm_desktop.services.clock import Now
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.undo import undo
from crm_desktop.text.findings import Severity

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")


def at(year, month, day, hour=9, zone=UTC):
    return Now(datetime(year, month, day, hour, tzinfo=zone).astimezone(UTC), zone, time(9))


@pytest.fixture
def person(make):
    def person(birthday, **more):
        return make(
            Contact,
            **{"full_name": "张三", "birthday": birthday, "created_at": datetime(2020, 1, 1, tzinfo=UTC)} | more,
        )

    return person


def days(workspace, clock):
    return [each.day for each in birthdays.look(workspace, clock).due]


def told(workspace, clock):
    """What is told at this moment, and that it is."""
    fresh = birthdays.look(workspace, clock).fresh
    birthdays.tell(workspace, fresh, clock)
    return [(each.day, each.is_late) for each in fresh]


def test_con_13_a_day_without_a_year_is_saved_and_told_seven_days_before(make, workspace):
    key = make(Contact, full_name="张三")
    records.change(workspace, Contact, key, "birthday", "03-08")
    year = datetime.now(UTC).year + 1
    assert birthdays.look(workspace, at(year, 2, 28)).due == ()
    assert days(workspace, at(year, 3, 1, 8)) == [], "not before the morning"
    [found] = birthdays.look(workspace, at(year, 3, 1)).due
    assert (found.contact, found.day, found.age, found.is_late) == (key, date(year, 3, 8), None, False)


@pytest.mark.parametrize(
    ("kept", "clock", "day"),
    [
        ("1996-02-29", at(2025, 2, 21), date(2025, 2, 28)),
        ("1996-02-29", at(2028, 2, 22), date(2028, 2, 29)),
        ("L--08-15", at(2025, 9, 29), date(2025, 10, 6)),
        ("L1980-08-15", at(2025, 10, 6), date(2025, 10, 6)),
        ("L--12-30", at(2026, 2, 9), date(2026, 2, 16)),
        ("1990-01-03", at(2026, 12, 27), date(2027, 1, 3)),
    ],
)
def test_every_calendar_and_the_turn_of_the_year(person, workspace, kept, clock, day):
    person(kept)
    assert days(workspace, clock) == [day]


def test_leap_lunar_months_are_kept_in_the_month_before_them(person, workspace):
    """2025 has a second sixth month from 25 July on; whoever is born in one is greeted in the first of the two."""
    key = person("")
    [told] = records.change(workspace, Contact, key, "birthday", "农历闰六月初十")
    assert told.severity == Severity.INFO
    assert days(workspace, at(2025, 7, 1)) == [date(2025, 7, 4)]
    assert days(workspace, at(2025, 8, 1)) == []


def test_once_a_year_also_when_the_clock_goes_back_or_to_another_zone(person, workspace):
    person("--03-08")
    assert told(workspace, at(2026, 3, 1)) == [(date(2026, 3, 8), False)]
    for clock in (at(2026, 3, 1, 10), at(2026, 3, 1, 9), at(2026, 3, 5), at(2026, 3, 4, 9, NEW_YORK), at(2026, 3, 8)):
        assert told(workspace, clock) == []
        assert days(workspace, clock) == [date(2026, 3, 8)], "it can be seen until it is over"
    assert days(workspace, at(2026, 3, 9)) == []
    assert told(workspace, at(2027, 3, 1)) == [(date(2027, 3, 8), False)]


def test_a_day_begins_where_one_is(person, workspace):
    person("--03-08")
    moment = datetime(2026, 3, 1, 2, tzinfo=UTC)
    assert days(workspace, Now(moment, SHANGHAI, time(9))) == [date(2026, 3, 8)]
    assert days(workspace, Now(moment, NEW_YORK, time(9))) == []


def test_told_late_once_when_the_program_was_closed(person, workspace, folder):
    person("--03-08")
    workspace.close()
    again = open_workspace(folder)
    assert told(again, at(2026, 3, 6)) == [(date(2026, 3, 8), False)], "late, but in time"
    again.close()
    again = open_workspace(folder)
    assert told(again, at(2026, 3, 7)) == []
    assert told(again, at(2027, 3, 11)) == [(date(2027, 3, 8), True)], "a belated word is better than none"
    assert told(again, at(2027, 3, 12)) == []
    assert days(again, at(2027, 3, 12)) == [date(2027, 3, 8)], "what was told late is seen for a while"
    assert days(again, at(2027, 3, 16)) == []
    again.close()


def test_what_was_over_when_somebody_was_entered_was_not_missed(person, workspace):
    person("--03-08", created_at=datetime(2026, 3, 10, tzinfo=UTC))
    assert days(workspace, at(2026, 3, 11)) == []


def test_the_house_says_how_many_days_before(person, workspace):
    person("--03-08")
    house_rules.change(workspace, house_rules.BIRTHDAY, 0)
    assert (days(workspace, at(2026, 3, 7)), days(workspace, at(2026, 3, 8))) == ([], [date(2026, 3, 8)])
    house_rules.change(workspace, house_rules.BIRTHDAY, 14)
    assert days(workspace, at(2026, 2, 22)) == [date(2026, 3, 8)]
    with pytest.raises(Invalid):
        house_rules.change(workspace, house_rules.BIRTHDAY, 61)


def test_not_for_the_bin_nor_who_wants_no_contact_nor_those_of_others(person, workspace):
    gone = person("--03-08")
    person("--03-08", do_not_call=True, do_not_mail=True)
    mail = person("--03-08", do_not_call=True)
    person("--03-08", owner_id=users.add(workspace, "李明"))
    records.remove(workspace, Contact, [gone])
    assert [each.contact for each in birthdays.look(workspace, at(2026, 3, 5)).due] == [mail]


def test_a_plan_is_an_answer_and_can_be_taken_back(person, workspace):
    key = person("--03-08")
    birthdays.plan_greeting(workspace, key, date(2026, 3, 8), at(2026, 3, 5))
    assert days(workspace, at(2026, 3, 5)) == []
    undo(workspace)
    assert days(workspace, at(2026, 3, 5)) == [date(2026, 3, 8)]
    birthdays.plan_greeting(workspace, key, date(2026, 3, 8), at(2026, 3, 10))
    assert days(workspace, at(2026, 3, 10)) == [], "a belated one, too"


def test_it_is_known_when_to_look_again(person, workspace):
    assert birthdays.look(workspace, at(2026, 3, 1, 8)).next_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert birthdays.look(workspace, at(2026, 3, 1, 9)).next_at == datetime(2026, 3, 2, tzinfo=UTC)


def test_among_the_reminders_it_says_who_and_how_old(person, workspace):
    key = person("1976-03-08")
    [due] = [each.as_due() for each in birthdays.look(workspace, at(2026, 3, 5)).due]
    assert (due.title, due.who, due.place()) == ("Birthday: 张三", "turns 50", ("contact", key))
    assert due.identity == ("birthday", key)
    assert due.reminds_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
