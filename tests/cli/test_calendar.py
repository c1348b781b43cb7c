"""The calendar on the command line: looked at, sent out, brought in, printed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from crm_desktop.model import Contact
from crm_desktop.services import tasks
from crm_desktop.services.tasks import Draft
from crm_desktop.text.whole_day import whole_day
from tests.exchange import ics_files

STARTS = datetime(2026, 7, 1, 10, tzinfo=UTC)


@pytest.fixture
def planned(workspace, make):
    make(Contact, full_name="Anna Schneider", birthday="1990-07-03")
    draft = Draft("演示", "meeting", STARTS, has_time=True, ends_at=STARTS + timedelta(hours=1), place="Halle 3")
    key = tasks.create(workspace, draft)
    tasks.complete(workspace, tasks.create(workspace, Draft("offer", due_at=whole_day(STARTS.date()))))
    workspace.close()
    return key


def test_a_week_is_printed_day_by_day(planned, crm):
    here = STARTS.astimezone()
    code, out, _err = crm("calendar", "--week", "--from", "2026-07-01")
    assert code == 0
    assert out.splitlines() == [
        "Wed Jul 1 2026",
        "  offer · done",
        f"  {here:%H:%M}–{here + timedelta(hours=1):%H:%M} 演示 · Halle 3",
        "Fri Jul 3 2026",
        "  Birthday: Anna Schneider (36)",
    ]
    assert crm("calendar", "--from", "2027-01-01")[1] == "Nothing is planned.\n"


def test_a_span_as_json(planned, ask):
    found = ask("calendar", "--from", "2026-07-01", "--to", "2026-07-31")
    assert [each["kind"] for each in found["entries"]] == ["todo", "meeting", "birthday"]
    assert found["entries"][1]["key"] == planned
    assert datetime.fromisoformat(found["entries"][1]["starts"]) == STARTS.astimezone().replace(tzinfo=None)


def test_days_that_are_none_are_refused(planned, crm):
    assert crm("calendar", "--from", "someday")[0] == 1
    assert crm("calendar", "--from", "2026-07-02", "--to", "2026-07-01")[0] == 1


def test_out_and_in_again_changes_nothing(planned, ask, tmp_path):
    file = tmp_path / "all.ics"
    assert ask("export-ics", file, "--zone", "Asia/Shanghai")["events"] == 2
    [event] = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert (event.start.hour, str(event["DTSTART"].params["TZID"])) == (18, "Asia/Shanghai")
    assert ask("import-ics", file)["counts"] == {"new": 0, "changed": 0, "same": 2, "cancelled": 0, "skipped": 0}
    assert ask("export-ics", file, "--task", planned)["events"] == 1
    assert ask("export-ics", file, "--from", "2027-01-01", "--to", "2027-01-31")["events"] == 0


def test_theirs_come_in_as_one_step(planned, crm, ask, tmp_path):
    file = tmp_path / "theirs.ics"
    file.write_bytes(ics_files.APPLE)
    assert ask("import-ics", file, "--dry-run")["set_id"] is None
    code, out, err = crm("import-ics", file)
    assert (code, out) == (0, "4 are new\n")
    assert "FREQ=HOURLY" in err
    assert ask("undo")
    assert ask("calendar", "--from", "2026-07-04", "--to", "2026-07-04")["entries"] == []


@pytest.mark.parametrize("wrong", [["export-ics", "x.txt"], ["export-ics", "x.ics", "--zone", "Moon/Crater"]])
def test_what_cannot_be_written_is_refused(planned, crm, wrong):
    code, _out, err = crm(*wrong)
    assert code == 1
    assert err


def test_the_week_as_a_paper(planned, crm, tmp_path):
    target = tmp_path / "week.txt"
    assert crm("print", "week", "--date", "2026-07-01", "--to", target)[0] == 0
    text = target.read_text()
    assert text.startswith("Week Mon Jun 29 2026 – Sun Jul 5 2026")
    lines = [each.strip() for each in text.splitlines()]
    here = STARTS.astimezone()
    assert f"☐ {here:%H:%M}–{here + timedelta(hours=1):%H:%M} · 演示 · Halle 3" in lines
    assert "☑ All day · offer" in lines
    assert any("Birthday: Anna Schneider (36)" in each for each in lines)
    assert lines.count("Nothing is planned.") == 5


def test_what_will_repeat_is_told_and_printed(workspace, crm, ask, tmp_path):
    tasks.create(workspace, Draft("stocktaking", due_at=whole_day(date(2099, 1, 5)), repeat="FREQ=WEEKLY"))
    workspace.close()
    assert crm("calendar", "--from", "2099-01-12")[1].splitlines() == ["Mon Jan 12 2099", "  stocktaking · will repeat"]
    two_weeks = ask("calendar", "--from", "2099-01-05", "--to", "2099-01-12")["entries"]
    assert [each["will_repeat"] for each in two_weeks] == [False, True]
    target = tmp_path / "week.txt"
    assert crm("print", "week", "--date", "2099-01-14", "--to", target)[0] == 0
    assert "All day · stocktaking (will repeat)" in target.read_text()
