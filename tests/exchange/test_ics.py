"""Calendar files: what other programs read of ours, and what we read of theirs."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import ics_file, ics_read, ics_write
from crm_desktop.text.event import Event, Guest
from tests.exchange import ics_files

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York")
HOUR = timedelta(hours=1)


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "calendar.ics"
        path.write_bytes(content)
        return ics_file.read(path)

    return read


def theirs(content):
    """What another program sees: the parts of the file that are appointments or tasks."""
    return [each for each in Calendar.from_ical(content).walk() if each.name in ("VEVENT", "VTODO")]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "day", [(2026, 1, 15), (2026, 3, 8), (2026, 3, 29), (2026, 7, 1), (2026, 10, 25), (2026, 11, 1)]
)
def test_the_local_time_is_right_in_another_calendar(zone, day):
    starts = datetime(*day, 10, 30, tzinfo=ZoneInfo(zone))
    content = ics_write.as_bytes([Event("1", "演示", starts, starts + HOUR)])
    assert b"BEGIN:VTIMEZONE" in content
    [seen] = theirs(content)
    assert seen.start.replace(tzinfo=None) == starts.replace(tzinfo=None)
    assert seen.start.astimezone(UTC) == starts.astimezone(UTC)
    assert seen.end - seen.start == HOUR
    assert str(seen["DTSTART"].params["TZID"]) == zone


@pytest.mark.parametrize("zone", ZONES)
def test_the_changes_of_the_clock_are_in_the_file_itself(zone):
    """A program that knows no names of zones still gets the offset right, in summer and in winter."""
    for month in (1, 7):
        starts = datetime(2026, month, 15, 10, tzinfo=ZoneInfo(zone))
        book = Calendar.from_ical(ics_write.as_bytes([Event("1", "demo", starts, starts + HOUR)]))
        [rules] = book.timezones
        assert starts.replace(tzinfo=rules.to_tz()).utcoffset() == starts.utcoffset()


@pytest.mark.parametrize(
    ("alarm", "minutes"),
    [
        (["TRIGGER:-PT15M"], 15),
        (["TRIGGER;RELATED=START:-P1D"], 1440),
        (["TRIGGER;RELATED=END:-PT90M"], 30),
        (["TRIGGER;VALUE=DATE-TIME:20260701T073000Z"], 30),
        (["TRIGGER:PT5M"], None),
        (["TRIGGER;VALUE=DATE-TIME:19760401T005545Z", "ACTION:NONE"], None),
    ],
)
def test_an_alarm_says_how_long_before_the_beginning(read, alarm, minutes):
    times = ("UID:1", "SUMMARY:demo", "DTSTART:20260701T080000Z", "DTEND:20260701T090000Z")
    [found] = read(ics_files.book(*ics_files.event(*times, "BEGIN:VALARM", *alarm, "END:VALARM"))).events
    assert found.remind_minutes == minutes


def test_lines_are_folded_and_end_as_the_standard_wants():
    title = "上门演示六轴机械臂，带交付计划" * 12
    content = ics_write.as_bytes([Event("1", title, date(2026, 7, 1))])
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(each) for each in lines) <= 75
    assert all(each.decode() is not None for each in lines), "no hanzi is cut in two"
    assert str(theirs(content)[0]["SUMMARY"]) == title


def test_everything_comes_back_as_it_was(read):
    berlin = ZoneInfo("Europe/Berlin")
    starts = datetime(2026, 3, 28, 10, tzinfo=berlin)
    told = [
        Event(
            "task-1@crm-desktop", "演示; with, commas\\", starts, starts + HOUR, kind="Meeting", place="Halle 3, Köln",
            note="line one\nline two", guests=(Guest("张三", "zhang@acme.example"), Guest("Anna Schneider")),
            repeat="FREQ=WEEKLY;INTERVAL=2", remind_minutes=15,
        ),
        Event("fair", "Messe", date(2026, 7, 1), date(2026, 7, 3)),
        Event("todo", "Angebot", date(2026, 7, 1), is_task=True, priority="high"),
        Event("done", "Anruf", starts, is_task=True, remind_minutes=5, done_at=starts + HOUR),
    ]  # fmt: skip
    found = read(ics_write.as_bytes(told))
    assert found.notes == ()
    for was, came in zip(told, found.events, strict=True):
        assert (came.uid, came.title, came.starts, came.ends) == (was.uid, was.title, was.starts, was.ends)
        assert (came.is_task, came.kind, came.place, came.note) == (was.is_task, was.kind, was.place, was.note)
        assert (came.guests, came.repeat) == (was.guests, was.repeat)
        assert (came.remind_minutes, came.priority, came.done_at) == (was.remind_minutes, was.priority, was.done_at)


def test_outlook(read):
    [found] = read(ics_files.OUTLOOK).events
    assert found.starts == datetime(2026, 11, 24, 2, tzinfo=UTC), "10 o'clock in China"
    assert found.ends - found.starts == timedelta(minutes=90)
    assert (found.title, found.place, found.remind_minutes) == ("季度评审", "北京办公室, 3 楼", 15)
    assert found.note == "议程\n1. 报价\n2. 交付"
    assert [each.mail for each in found.guests] == ["anna@acme.example", "new@acme.example"]


def test_google(read):
    weekly, fair, gone = read(ics_files.GOOGLE).events
    assert (weekly.repeat, weekly.starts) == ("FREQ=WEEKLY;BYDAY=MO,WE", datetime(2026, 7, 1, 8, tzinfo=UTC))
    assert (fair.starts, fair.ends) == (date(2026, 7, 4), date(2026, 7, 6))
    assert gone.is_cancelled
    assert gone.ends - gone.starts == timedelta(minutes=45)


def test_apple(read):
    floating, over, hourly, todo = read(ics_files.APPLE).events
    assert floating.starts == datetime(2026, 7, 4, 9)  # noqa: DTZ001 - a time without a zone is what is tested
    assert over.ends - over.starts == HOUR, "the clock was put forward meanwhile"
    assert hourly.repeat.startswith("FREQ=HOURLY")
    assert (todo.is_task, todo.starts, todo.priority) == (True, date(2026, 7, 10), "high")


@pytest.mark.parametrize("name", ics_files.BROKEN)
def test_a_broken_file_is_refused(read, name):
    with pytest.raises(FileProblem, match=r"calendar\.ics"):
        read(ics_files.BROKEN[name])


@pytest.mark.parametrize(("name", "line"), [("cut off", 3), ("crossed", 3), ("no line", 3)])
def test_the_line_at_fault_is_named(read, name, line):
    with pytest.raises(FileProblem, match=f"line {line}"):
        read(ics_files.BROKEN[name])


def test_what_cannot_be_taken_is_told_and_the_rest_comes(read):
    found = read(
        ics_files.book(
            *ics_files.event("UID:1", "SUMMARY:No day"),
            *ics_files.event("UID:2", "SUMMARY:Odd day", "DTSTART:2026garbage"),
            *ics_files.event("UID:3", "SUMMARY:Odd zone", "DTSTART;TZID=Moon/Crater:20260704T090000"),
            *ics_files.event("UID:4", "SUMMARY:Odd line", "DTSTART:20260704T090000Z", "no property at all"),
            *ics_files.event("UID:5", "SUMMARY:Backwards", "DTSTART:20260704T090000Z", "DTEND:20260704T080000Z"),
        )
    )
    assert [each.uid for each in found.events] == ["3", "4", "5"]
    told = "\n".join(found.notes)
    assert all(name in told for name in ("No day", "Odd day", "Moon/Crater", "Odd line", "Backwards"))
    assert found.events[2].ends is None


def test_a_changed_day_of_a_series_is_one_of_its_own(read):
    series = ("UID:s", "SUMMARY:Weekly", "DTSTART:20260701T080000Z")
    found = read(
        ics_files.book(
            *ics_files.event(*series, "RRULE:FREQ=WEEKLY", "EXDATE:20260715T080000Z"),
            *ics_files.event("UID:s", "SUMMARY:Moved", "DTSTART:20260709T080000Z", "RECURRENCE-ID:20260708T080000Z"),
        )
    )
    assert len({each.uid for each in found.events}) == 2
    assert [each.day for each in found.events[0].left_out] == [15, 8]
    assert found.events[1].left_out == ()
    assert len(found.notes) == 1


def test_without_a_name_it_is_known_by_what_it_is(read):
    content = ics_files.book(*ics_files.event("SUMMARY:Nameless", "DTSTART:20260701T080000Z"))
    assert read(content).events[0].uid == read(content).events[0].uid != ""


def test_a_file_of_gb18030_is_read_and_said_so(read):
    content = ics_files.book(*ics_files.event("UID:1", "SUMMARY:PLACE", "DTSTART:20260701T080000Z"))
    found = read(content.replace(b"PLACE", "上门演示与客户交流".encode("gb18030")))
    assert found.events[0].title == "上门演示与客户交流"
    assert "GB" in found.notes[0]


def test_a_huge_file_is_not_even_opened(tmp_path):
    path = tmp_path / "huge.ics"
    with path.open("wb") as file:
        file.truncate(ics_file.LARGEST_FILE + 1)
    with pytest.raises(FileProblem, match="too large"):
        ics_file.read(path)
    with pytest.raises(FileProblem):
        ics_file.read(tmp_path / "missing.ics")


ODD = (
    *("DTSTART:20260701T08", "DTEND;TZID=", "RRULE:FREQ=", "BEGIN:VALARM", "TRIGGER:-P", "END:VALARM"),
    *("ATTENDEE:", "PRIORITY:²", "UID:", "DURATION:P-1", "SUMMARY:\x00", "EXDATE:x", "CATEGORIES:", "RECURRENCE-ID:x"),
    *("DTEND:20260702", "COMPLETED:20260702", "DTSTART:20260701T080000Z"),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(ODD), max_size=8))
def test_whatever_stands_in_an_event_the_reader_survives(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("ics") / "odd.ics"
    path.write_bytes(ics_files.book(*ics_files.event("DTSTART:20260701T080000Z", *lines)))
    try:
        found = ics_read.read(path)
    except FileProblem:
        return
    assert isinstance(found["events"], list)
