"""Tasks: made, changed, moved, done and taken back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.model import Contact
from crm_desktop.services import records, tasks
from crm_desktop.services.tasks import Draft
from crm_desktop.store import undo

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
