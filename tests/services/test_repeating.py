"""Tasks that come again: the next one is there when one is done, and gone when that is taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Contact, Task, TaskParty
from crm_desktop.model.base import now
from crm_desktop.services import records, repeating, tasks
from crm_desktop.services.tasks import Draft
from crm_desktop.store import undo
from crm_desktop.text.whole_day import whole_day

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def zhang(workspace):
    return records.create(workspace, Contact, {"full_name": "张三"})


@pytest.fixture
def li(workspace):
    return records.create(workspace, Contact, {"full_name": "李四"})


def open_tasks(workspace):
    with workspace.read() as session:
        query = select(Task).where(Task.deleted_at.is_(None), Task.done_at.is_(None)).order_by(Task.id)
        return session.scalars(query).all()


def make_next(workspace, key, at, zone=None):
    with workspace.write("Done") as session:
        made = repeating.make_next(session, session.get(Task, key), at, zone)
        return made and (made.due_at, made.repeat)


def test_doing_a_task_makes_the_next_one_with_all_that_it_had(workspace, zhang, li):
    account = records.create(workspace, Account, {"name": "ABC"})
    due = now().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=3)
    said = Draft(
        "月度会议",
        "meeting",
        due,
        has_time=True,
        ends_at=due + timedelta(hours=1),
        start_at=due - timedelta(days=2),
        priority="high",
        place="展台 A12",
        note="带样品",
        repeat="FREQ=WEEKLY;INTERVAL=2",
        remind_minutes=30,
        account=account,
        contact=zhang,
        people=[li],
        owner=7,
    )
    key = tasks.create(workspace, said)
    tasks.complete(workspace, key)
    [made] = open_tasks(workspace)
    assert made.repeat_of_id == key
    kept = tasks.load(workspace, made.id)
    before = tasks.load(workspace, key)
    step = timedelta(days=14)
    assert kept == said.__class__(
        **{name: getattr(before, name) for name in Draft.__dataclass_fields__}
        | {"due_at": kept.due_at, "ends_at": kept.ends_at, "start_at": kept.start_at}
    )
    assert kept.due_at.astimezone().replace(tzinfo=None) - due.astimezone().replace(tzinfo=None) == step
    assert kept.ends_at - kept.due_at == timedelta(hours=1)


def test_taking_the_tick_back_takes_the_next_one_away_and_redo_brings_it_back(workspace, zhang):
    key = tasks.create(workspace, Draft("回访", due_at=now(), repeat="FREQ=DAILY", contact=zhang))
    tasks.complete(workspace, key)
    [following] = open_tasks(workspace)
    undo.undo(workspace)
    assert [each.id for each in open_tasks(workspace)] == [key]
    undo.redo(workspace)
    assert [each.id for each in open_tasks(workspace)] == [following.id]


def test_ticking_unticking_and_ticking_makes_one_next_task_only(workspace, zhang):
    key = tasks.create(workspace, Draft("回访", due_at=now(), repeat="FREQ=DAILY", contact=zhang))
    tasks.complete(workspace, key)
    tasks.complete(workspace, key, done=False)
    tasks.complete(workspace, key)
    tasks.complete(workspace, key)
    assert len(open_tasks(workspace)) == 1


def test_a_task_done_late_takes_the_next_date_after_today(workspace, zhang):
    day = date(2026, 11, 2)  # a Monday
    key = tasks.create(workspace, Draft("周会", due_at=whole_day(day), repeat="FREQ=WEEKLY;BYDAY=MO", contact=zhang))
    late = datetime(2026, 11, 18, 9, tzinfo=UTC)
    assert make_next(workspace, key, late, UTC) == (whole_day(date(2026, 11, 23)), "FREQ=WEEKLY;BYDAY=MO")


def test_a_task_done_early_takes_the_date_after_its_own(workspace, zhang):
    due = whole_day(date(2026, 11, 20))
    key = tasks.create(workspace, Draft("周报", due_at=due, repeat="FREQ=WEEKLY", contact=zhang))
    assert make_next(workspace, key, due - timedelta(days=2), UTC)[0] == due + timedelta(days=7)


def test_the_time_of_day_stays_the_same_when_the_clocks_change(workspace, zhang):
    due = datetime(2026, 10, 24, 9, tzinfo=BERLIN)
    key = tasks.create(workspace, Draft("开会", "meeting", due, True, due + timedelta(hours=1), repeat="FREQ=DAILY"))
    made, _rule = make_next(workspace, key, due, BERLIN)
    assert f"{made.astimezone(BERLIN):%m-%d %H:%M}" == "10-25 09:00"
    assert made - due == timedelta(hours=25)


def test_ten_times_are_ten_times(workspace, zhang):
    key = tasks.create(workspace, Draft("打卡", due_at=now(), repeat="FREQ=DAILY;COUNT=3", contact=zhang))
    done = 0
    while there := open_tasks(workspace):
        tasks.complete(workspace, there[0].id)
        done += 1
    assert done == 3
    assert key


def test_nothing_follows_after_the_last_day(workspace, zhang):
    day = now().date()
    key = tasks.create(
        workspace, Draft("打卡", due_at=whole_day(day), repeat=f"FREQ=DAILY;UNTIL={day:%Y%m%d}", contact=zhang)
    )
    tasks.complete(workspace, key)
    assert open_tasks(workspace) == []


def test_the_31st_is_the_last_day_of_a_short_month_and_the_31st_again(workspace, zhang):
    key = tasks.create(workspace, Draft("对账", due_at=whole_day(date(2026, 1, 31)), repeat="FREQ=MONTHLY"))
    due, rule = make_next(workspace, key, datetime(2026, 1, 31, tzinfo=UTC), UTC)
    assert (due.date(), rule) == (date(2026, 2, 28), "FREQ=MONTHLY;BYMONTHDAY=-1")
    shown = repeating.upcoming("FREQ=MONTHLY", whole_day(date(2026, 1, 31)), has_time=False)
    assert [each.date() for each in shown] == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_one_can_be_skipped_and_the_last_one_goes_to_the_bin(workspace, zhang, li):
    due = whole_day(date(2026, 11, 20))
    key = tasks.create(workspace, Draft("例会", due_at=due, repeat="FREQ=WEEKLY;COUNT=2", contact=zhang, people=[li]))
    assert repeating.skip(workspace, key, due, UTC) == due + timedelta(days=7)
    assert tasks.load(workspace, key).repeat == "FREQ=WEEKLY;COUNT=1\nEXDATE:20261120"
    assert repeating.skip(workspace, key, due, UTC) is None
    with workspace.read() as session:
        assert session.scalars(select(TaskParty).where(TaskParty.deleted_at.is_(None))).all() == []
    undo.undo(workspace)
    undo.undo(workspace)
    kept = tasks.load(workspace, key)
    assert (kept.due_at, kept.repeat, kept.people) == (due, "FREQ=WEEKLY;COUNT=2", (li,))


def test_a_late_one_that_is_skipped_may_be_due_today(workspace, zhang):
    key = tasks.create(workspace, Draft("日报", due_at=whole_day(date(2026, 11, 17)), repeat="FREQ=DAILY"))
    assert repeating.skip(workspace, key, datetime(2026, 11, 18, 9, tzinfo=UTC), UTC) == whole_day(date(2026, 11, 18))


def test_the_repetition_can_be_ended_and_taken_up_again(workspace, zhang):
    key = tasks.create(workspace, Draft("例会", due_at=now(), repeat="FREQ=WEEKLY", contact=zhang))
    repeating.end(workspace, key)
    tasks.complete(workspace, key)
    assert open_tasks(workspace) == []
    undo.undo(workspace)
    undo.undo(workspace)
    assert tasks.load(workspace, key).repeat == "FREQ=WEEKLY"


def test_one_day_to_come_is_left_out_and_kept_so(workspace, zhang):
    due = whole_day(date(2026, 11, 20))
    key = tasks.create(workspace, Draft("例会", due_at=due, repeat="FREQ=WEEKLY", contact=zhang))
    assert repeating.leave_out(workspace, key, date(2026, 11, 27), UTC) == due
    with pytest.raises(Invalid):
        repeating.leave_out(workspace, key, date(2026, 11, 28), UTC)
    made, rule = make_next(workspace, key, due, UTC)
    assert (made.date(), rule) == (date(2026, 12, 4), "FREQ=WEEKLY")


def test_opening_a_task_again_takes_the_next_one_back_in_one_step(workspace, zhang, li):
    key = tasks.create(workspace, Draft("回访", due_at=now(), repeat="FREQ=DAILY", contact=zhang, people=[li]))
    tasks.complete(workspace, key)
    assert tasks.complete(workspace, key, done=False) is False
    assert [each.id for each in open_tasks(workspace)] == [key]
    undo.undo(workspace)
    [following] = open_tasks(workspace)
    assert following.repeat_of_id == key
    assert tasks.load(workspace, following.id).people == (li,)


@pytest.mark.parametrize("work", [
    lambda workspace, key, li: tasks.move(workspace, key, now(), has_time=True),
    lambda workspace, key, li: tasks.change(workspace, key, replace(tasks.load(workspace, key), people=(li,))),
    lambda workspace, key, li: tasks.complete(workspace, key),
])  # fmt: skip
def test_a_next_one_that_was_worked_on_stays(workspace, zhang, li, work):
    key = tasks.create(workspace, Draft("回访", due_at=now(), repeat="FREQ=DAILY", contact=zhang))
    tasks.complete(workspace, key)
    [following] = open_tasks(workspace)
    work(workspace, following.id, li)
    assert tasks.complete(workspace, key, done=False) is True
    assert key in {each.id for each in open_tasks(workspace)}
    assert tasks.load(workspace, following.id).title == "回访"
    undo.undo(workspace)
    undo.undo(workspace)  # what was worked on, too
    assert tasks.complete(workspace, key, done=False) is False
    assert [each.id for each in open_tasks(workspace)] == [key]
