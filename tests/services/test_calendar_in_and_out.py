"""Appointments that go to other calendars and come from them: once, with their people, as one step to undo."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from crm_desktop.exchange import ics_read, ics_write
from crm_desktop.model import Task
from crm_desktop.services import calendar_in, calendar_out, contacts, repeating, tasks
from crm_desktop.services.calendar_in import CANCELLED, CHANGED, NEW, SAME, SKIPPED
from crm_desktop.services.tasks import Draft
from crm_desktop.services.today import Now
from crm_desktop.store.undo import undo
from crm_desktop.text import repeat
from crm_desktop.text.event import Events
from crm_desktop.text.whole_day import whole_day
from tests.exchange import ics_files

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
AT = Now(datetime(2026, 6, 1, 12, tzinfo=UTC), BERLIN)
STARTS = datetime(2026, 7, 1, 10, tzinfo=BERLIN)


@pytest.fixture
def read(tmp_path):
    """What a file says, by the functions that run in the reader process."""

    def read(content):
        from crm_desktop.exchange.ics_file import _event

        path = tmp_path / "calendar.ics"
        path.write_bytes(content)
        found = ics_read.read(path)
        return Events(tuple(_event(each) for each in found["events"]), tuple(found["notes"]))

    return read


@pytest.fixture
def bring_in(workspace, read):
    return lambda content: calendar_in.bring_in(workspace, read(content), AT)


@pytest.fixture
def kept(workspace):
    def kept():
        with workspace.read() as session:
            found = session.scalars(select(Task).where(Task.deleted_at.is_(None)).order_by(Task.id))
            return {each.title: each for each in found}

    return kept


@pytest.fixture
def anna(workspace):
    return contacts.create(workspace, {"full_name": "Anna Schneider", "email": "Anna@acme.example"})[0]


def outcomes(plan):
    return [each.outcome for each in plan.coming]


def test_what_goes_out_comes_back_as_the_same(workspace, anna, read):
    zhang, _findings = contacts.create(workspace, {"full_name": "张三"})
    tasks.create(
        workspace,
        Draft("演示", "meeting", STARTS, has_time=True, ends_at=STARTS + timedelta(hours=1), place="Halle 3",
              note="Vertrag", repeat="FREQ=WEEKLY", remind_minutes=15, contact=anna, people=(zhang,)),
    )  # fmt: skip
    tasks.create(workspace, Draft("offer", due_at=whole_day(date(2026, 7, 1)), priority="high"))
    tasks.create(workspace, Draft("call", "call", STARTS, has_time=True))
    tasks.create(workspace, Draft("fair", "visit", whole_day(date(2026, 7, 1)), ends_at=whole_day(date(2026, 7, 3))))
    events = calendar_out.events(workspace, zone=SHANGHAI)
    assert [each.is_task for each in sorted(events, key=lambda each: each.uid)] == [False, True, True, False]
    plan = calendar_in.plan(workspace, read(ics_write.as_bytes(events)), AT)
    assert outcomes(plan) == [SAME] * 4
    assert plan.notes == ()


def test_it_is_told_in_the_zone_it_is_meant_in(workspace):
    tasks.create(workspace, Draft("demo", "meeting", STARTS, has_time=True, ends_at=STARTS + timedelta(hours=1)))
    [there] = calendar_out.events(workspace, zone=SHANGHAI)
    assert (there.starts.hour, str(there.starts.tzinfo)) == (16, "Asia/Shanghai")


def test_outlook_finds_the_contacts_by_mail(bring_in, kept, anna):
    plan = bring_in(ics_files.OUTLOOK)
    assert outcomes(plan) == [NEW]
    task = kept()["季度评审"]
    assert (task.kind, task.contact_id, task.has_time) == ("meeting", anna, True)
    assert task.due_at == datetime(2026, 11, 24, 2, tzinfo=UTC)
    assert task.remind_minutes == 15
    assert task.note.endswith("With: New Person <new@acme.example>")


def test_what_comes_again_is_not_doubled(bring_in, kept):
    assert outcomes(bring_in(ics_files.GOOGLE)) == [NEW, NEW, SKIPPED]
    assert outcomes(bring_in(ics_files.GOOGLE)) == [SAME, SAME, SKIPPED]
    later = ics_files.GOOGLE.replace(b"DTSTART:20260701T080000Z", b"DTSTART:20260701T083000Z")
    assert outcomes(bring_in(later)) == [CHANGED, SAME, SKIPPED]
    assert kept()["Stand-up"].due_at == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert len(kept()) == 2


def test_a_rule_that_tasks_can_keep_is_kept_and_another_is_named(bring_in, kept):
    bring_in(ics_files.GOOGLE)
    plan = bring_in(ics_files.APPLE)
    assert kept()["Stand-up"].repeat == "FREQ=WEEKLY;BYDAY=MO,WE"
    assert kept()["Every hour"].repeat is None
    [told] = plan.notes
    assert "Every hour" in told
    assert "FREQ=HOURLY" in told


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("FREQ=WEEKLY;UNTIL=20261231T235959", "FREQ=WEEKLY;UNTIL=20261231"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE;WKST=SU", ""),
        ("FREQ=YEARLY;BYYEARDAY=100", ""),
        ("FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=13", ""),
    ],
)
def test_only_rules_that_tasks_can_repeat_by_are_kept(bring_in, kept, said, rule):
    """What the import keeps is what `repeat` reckons with, in its own terms, and goes out again as that."""
    plan = bring_in(
        ics_files.book(*ics_files.event("UID:1", "SUMMARY:demo", "DTSTART:20260701T080000Z", f"RRULE:{said}"))
    )
    assert (kept()["demo"].repeat or "") == rule
    assert len(plan.notes) == (0 if rule else 1)
    assert repeat.kept(rule) == rule
    assert rule == "" or repeat.check(rule) == ""


def test_the_last_day_of_a_series_goes_out_as_a_moment_and_comes_back_as_the_day(workspace, read):
    day = Draft("day", due_at=whole_day(date(2026, 7, 1)), repeat="FREQ=DAILY;UNTIL=20260731")
    tasks.create(workspace, replace(day, title="demo", kind="meeting", due_at=STARTS, has_time=True))
    tasks.create(workspace, day)
    content = ics_write.as_bytes(calendar_out.events(workspace, zone=BERLIN))
    assert sorted(each for each in content.splitlines() if b"UNTIL" in each) == [
        b"RRULE:FREQ=DAILY;UNTIL=20260731",
        b"RRULE:FREQ=DAILY;UNTIL=20260731T215959Z",
    ]
    assert outcomes(calendar_in.plan(workspace, read(content), AT)) == [SAME, SAME]


def test_a_series_goes_out_with_its_rule_and_only_once(workspace):
    tasks.create(workspace, Draft("demo", "meeting", STARTS, has_time=True, repeat="FREQ=MONTHLY;BYMONTHDAY=31"))
    keys = calendar_out.keys_between(workspace, date(2026, 7, 1), date(2026, 8, 31), AT)
    content = ics_write.as_bytes(calendar_out.events(workspace, keys, zone=BERLIN))
    assert content.count(b"RRULE:FREQ=MONTHLY;BYMONTHDAY=31") == content.count(b"SUMMARY:demo") == 1


def test_days_stay_days_and_floating_times_are_local(bring_in, kept):
    bring_in(ics_files.GOOGLE)
    bring_in(ics_files.APPLE)
    fair, floating, offer = kept()["Trade fair"], kept()["Floating"], kept()["Send offer"]
    assert (fair.has_time, fair.due_at, fair.ends_at) == (
        False,
        whole_day(date(2026, 7, 4)),
        whole_day(date(2026, 7, 6)),
    )
    assert floating.due_at == datetime(2026, 7, 4, 9, tzinfo=BERLIN)
    assert (offer.kind, offer.priority) == ("todo", "high")


def test_what_is_cancelled_there_goes_to_the_bin(bring_in, kept):
    bring_in(ics_files.OUTLOOK)
    assert outcomes(bring_in(ics_files.OUTLOOK.replace(b"METHOD:REQUEST", b"METHOD:CANCEL"))) == [CANCELLED]
    assert kept() == {}
    assert outcomes(bring_in(ics_files.OUTLOOK)) == [SKIPPED], "what was deleted stays deleted"


def test_what_was_done_here_stays_done_and_keeps_what_calendars_do_not_know(bring_in, kept, workspace, make):
    from crm_desktop.model import Account

    acme = make(Account, name="Acme")
    bring_in(ics_files.GOOGLE)
    key = kept()["Stand-up"].id
    with workspace.write("Ours") as session:
        task = session.get_one(Task, key)
        task.account_id, task.done_at = acme, STARTS
        task.kind, task.priority, task.remind_minutes = "visit", "high", 30
    bring_in(ics_files.GOOGLE.replace(b"SUMMARY:Stand-up", b"SUMMARY:Weekly"))
    task = kept()["Weekly"]
    assert (task.id, task.account_id, task.done_at) == (key, acme, STARTS.astimezone(UTC))
    assert (task.kind, task.priority, task.remind_minutes) == ("visit", "high", 30)


def test_an_import_is_one_step(bring_in, kept, workspace):
    bring_in(ics_files.GOOGLE)
    assert workspace.undo_title == "Import calendar"
    undo(workspace)
    assert kept() == {}


def test_nothing_new_writes_nothing(bring_in, workspace):
    bring_in(ics_files.GOOGLE)
    before = workspace.undo_target()
    bring_in(ics_files.GOOGLE)
    assert workspace.undo_target() == before


def test_what_another_data_folder_passed_on_comes_once(bring_in):
    theirs = ics_files.GOOGLE.replace(b"UID:", b"UID:task-77@crm-desktop\r\nX-WAS:", 1)
    assert outcomes(bring_in(theirs))[0] == NEW
    assert outcomes(bring_in(theirs))[0] == SAME


def test_the_first_day_of_a_week_does_not_matter_to_each_week(bring_in, kept):
    bring_in(ics_files.GOOGLE.replace(b"BYDAY=MO,WE", b"WKST=SU;BYDAY=MO,WE"))
    assert kept()["Stand-up"].repeat == "FREQ=WEEKLY;BYDAY=MO,WE"


def test_what_tasks_cannot_have_is_named(bring_in, kept):
    odd = ics_files.GOOGLE.replace(b"BYDAY=MO,WE", b"BYMONTHDAY=3")
    assert "BYMONTHDAY=3" in bring_in(odd).notes[0]
    assert kept()["Stand-up"].repeat is None
    early = bring_in(ics_files.OUTLOOK.replace(b"TRIGGER:-PT15M", b"TRIGGER:-P4000000D"))
    assert "14 days" in early.notes[-1]
    assert max(each.remind_minutes or 0 for each in kept().values()) == 14 * 24 * 60


def weekly(*lines, starts=b"20260701T080000Z"):
    return ics_files.book(
        *ics_files.event("UID:w", "SUMMARY:demo", f"DTSTART:{starts.decode()}", "RRULE:FREQ=WEEKLY", *lines)
    )


def test_single_days_left_out_of_a_series_are_kept_and_go_out_again(workspace, bring_in, kept, read):
    said = weekly("EXDATE:20260708T080000Z", "EXDATE;TZID=Europe/Berlin:20260722T100000,20260101T100000")
    assert bring_in(said).notes == ()
    task = kept()["demo"]
    assert task.repeat == "FREQ=WEEKLY\nEXDATE:20260708,20260722"
    assert outcomes(bring_in(said)) == [SAME]
    out = calendar_out.events(workspace, zone=SHANGHAI)
    assert [f"{each:%d %H:%M}" for each in out[0].left_out] == ["08 16:00", "22 16:00"]
    assert out[0].repeat == "FREQ=WEEKLY"
    back = read(ics_write.as_bytes(out))
    assert outcomes(calendar_in.plan(workspace, back, AT)) == [SAME]
    repeating.leave_out(workspace, task.id, date(2026, 7, 15), BERLIN)
    assert outcomes(bring_in(said)) == [SAME], "what is left out here is not brought back"
    assert outcomes(calendar_in.plan(workspace, read(said), replace(AT, at=AT.at + timedelta(days=40)))) == [SAME]


def test_whole_days_are_left_out_as_days(workspace, bring_in, kept, read):
    bring_in(
        ics_files.book(
            *ics_files.event(
                "UID:w", "SUMMARY:fair", "DTSTART;VALUE=DATE:20260701", "RRULE:FREQ=DAILY;COUNT=9",
                "EXDATE;VALUE=DATE:20260701,20260703",
            )
        )
    )  # fmt: skip
    task = kept()["fair"]
    assert (task.due_at, task.repeat) == (
        whole_day(date(2026, 7, 2)),
        "FREQ=DAILY;COUNT=8\nEXDATE:20260701,20260703",
    )
    back = read(ics_write.as_bytes(calendar_out.events(workspace, zone=BERLIN)))
    assert back.events[0].left_out == (date(2026, 7, 1), date(2026, 7, 3))
    assert outcomes(calendar_in.plan(workspace, back, AT)) == [SAME]


def test_a_day_that_was_moved_or_cancelled_there_is_left_out_of_its_series(bring_in, kept):
    moved = ("UID:w", "SUMMARY:moved", "DTSTART:20260709T080000Z", "RECURRENCE-ID:20260708T080000Z")
    gone = ("UID:w", "SUMMARY:gone", "DTSTART:20260715T080000Z", "RECURRENCE-ID:20260715T080000Z", "STATUS:CANCELLED")
    bring_in(ics_files.book(
        *ics_files.event("UID:w", "SUMMARY:demo", "DTSTART:20260701T080000Z", "RRULE:FREQ=WEEKLY"),
        *ics_files.event(*moved), *ics_files.event(*gone),
    ))  # fmt: skip
    assert kept()["demo"].repeat == "FREQ=WEEKLY\nEXDATE:20260708,20260715"
    assert sorted(kept()) == ["demo", "moved"]


def test_a_series_that_was_skipped_here_stays_where_it_is(workspace, bring_in, kept):
    bring_in(weekly())
    repeating.skip(workspace, kept()["demo"].id, AT.at, BERLIN)
    assert outcomes(bring_in(weekly())) == [SAME]
    late = weekly(starts=b"20260101T080000Z").replace(b"UID:w", b"UID:late").replace(b"demo", b"late")
    bring_in(late)
    due = repeating.skip(workspace, kept()["late"].id, AT.at, BERLIN)
    assert due > AT.at
    assert outcomes(bring_in(late)) == [SAME]
    assert kept()["late"].due_at == due


def test_of_very_many_days_the_first_are_kept_and_that_is_said(bring_in, kept):
    days = ",".join(f"{date(2026, 7, 8) + timedelta(days=7 * each):%Y%m%d}T080000Z" for each in range(50))
    plan = bring_in(weekly(f"EXDATE:{days}"))
    [told] = plan.notes
    assert "the first 20 are kept" in told
    assert len(repeat.left_out(kept()["demo"].repeat)) == 20
