"""Identities that never repeat, and moments that come back as they went in."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.model import Account, Activity
from crm_desktop.model.ids import COUNTER_BITS, DEVICE_BITS, DEVICES, Clock, made_at
from crm_desktop.model.types import UTCTime


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=20), st.integers(0, DEVICES - 1))
def test_identities_rise_and_never_repeat(counts, device):
    clock = Clock(device)
    found = [each for count in counts for each in clock.block(count)]
    assert found == sorted(set(found))
    assert all(0 < each < 2**63 and each % DEVICES == device for each in found)


def test_they_rise_after_the_clock_was_set_back_and_after_a_restart(monkeypatch):
    clock = Clock(1)
    before = clock.next()
    monkeypatch.setattr("time.time_ns", lambda: 1)
    assert clock.next() > before
    restarted = Clock(1)
    restarted.resume(1, before)
    assert restarted.next() > before


def test_laptops_never_make_the_same_one(monkeypatch):
    monkeypatch.setattr("time.time_ns", lambda: 1_800_000_000 * 10**9)
    assert not set(Clock(1).block(1000)) & set(Clock(2).block(1000))


def test_threads_never_make_the_same_one():
    clock, found = Clock(3), []
    threads = [threading.Thread(target=lambda: found.extend(clock.next() for _each in range(500))) for _each in "abcd"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(found)) == 2000


def test_an_identity_tells_when_it_was_made(monkeypatch):
    monkeypatch.setattr("time.time_ns", lambda: 1_800_000_000_123 * 10**6)
    assert made_at(Clock(5).next()) == 1_800_000_000.123
    assert 42 + COUNTER_BITS + DEVICE_BITS == 63


@given(
    st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2200, 1, 1)),  # noqa: DTZ001 - zones are drawn below
    st.integers(-14 * 60, 14 * 60),
)
def test_a_moment_comes_back_the_same_in_utc(moment, offset):
    given_moment = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    kept = UTCTime()
    back = kept.process_result_value(kept.process_bind_param(given_moment, None), None)
    assert back == given_moment
    assert back.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(workspace):
    with pytest.raises(Exception, match="time zone"), workspace.write("Wrong") as session:
        session.add(Activity(summary="x", at=datetime(2026, 1, 1)))  # noqa: DTZ001 - that is the point


def test_moments_survive_the_database_and_every_clock(workspace, monkeypatch):
    moment = datetime(2026, 11, 24, 23, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))
    with workspace.write("Log") as session:
        record = Activity(summary="x", at=moment)
        session.add(record)
    with workspace.read() as session:
        assert session.get(Activity, record.id).at == moment
        assert session.get(Activity, record.id).at.utcoffset() == timedelta(0)


def test_records_know_when_they_were_made_and_how_often_changed(workspace, make):
    workspace.author = 7
    key = make(Account, name="A")
    with workspace.write("Edit") as session:
        session.get(Account, key).name = "B"
    with workspace.read() as session:
        record = session.get(Account, key)
        assert record.created_at <= record.updated_at
        assert (record.version, record.created_by, record.updated_by) == (2, 7, 7)
