"""Moments as people and spreadsheets write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import dates, moments
from crm_desktop.text.findings import Reading, Severity

MOMENT = datetime(2025, 3, 8, 14, 30)  # noqa: DTZ001 - what is written has no zone


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-08 14:30",
        "2025-03-08T14:30:00",
        "2025/3/8 14:30",
        "2025.3.8 14:30:00",
        "2025年3月8日 14:30",
        "2025年3月8日14时30分",
        "2025年3月8日 下午2:30",
        "2025年3月8日下午2点30分",
        "２０２５年３月８日 １４：３０",
        "8 March 2025, 2:30 PM",
        "Mar 8, 2025 2:30 p.m.",
        "2025-03-08 周六 14:30",
        45724.60416667,
        MOMENT,
    ],
)
def test_every_usual_spelling_is_the_same_moment(text):
    assert moments.read(text) == Reading(MOMENT)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2025-03-08 12:00 am", 0),
        ("2025-03-08 12:00 pm", 12),
        ("2025年3月8日 中午12点", 12),
        ("2025年3月8日 凌晨1点", 1),
        ("2025年3月8日", 0),
        (45724, 0),
        (45723.9999999, 0),
        (date(2025, 3, 8), 0),
    ],
)
def test_the_hour(text, hour):
    found = moments.read(text)
    assert found.value == datetime(2025, 3, 8, hour)  # noqa: DTZ001
    assert not found.findings


def test_a_zone_is_kept():
    assert moments.read("2025-03-08T14:30:00Z").value == datetime(2025, 3, 8, 14, 30, tzinfo=UTC)
    assert moments.read("2025-03-08T14:30:00+08:00").value.utcoffset() == timedelta(hours=8)


def test_the_order_of_day_and_month_is_obeyed_and_doubt_is_told():
    with dates.in_order("dmy"):
        assert moments.read("03/04/2025 10:15") == Reading(datetime(2025, 4, 3, 10, 15))  # noqa: DTZ001
    assert moments.read("03/04/2025 10:15").worst is Severity.WARN


@pytest.mark.parametrize(
    "text",
    ["soon", "14:30", "2025-03-08 25:00", "2025-02-30 10:00", "9" * 200, "0001-01-01", "9999-12-31 23:59", 0.5, "春天"],
)
def test_what_is_no_moment_is_told_and_not_guessed(text):
    found = moments.read(text)
    assert found.value is None
    assert found.worst is Severity.WARN


def test_blank_is_no_fault():
    assert moments.read(" ") == Reading(None)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates(), st.datetimes()))
def test_no_input_breaks_it(text):
    found = moments.read(text)
    assert found.value is None or found.value.astimezone().astimezone(UTC)
