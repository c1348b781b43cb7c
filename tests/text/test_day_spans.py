"""Days as filters name them, and how old people are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import ages, dates, day_spans
from crm_desktop.text.dates import Birthday
from crm_desktop.text.day_spans import Span

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-03-31", "2026-03-31"),
        ("-30d", "2026-03-01", "2026-03-01"),
        ("+1w", "2026-04-07", "2026-04-07"),
        ("-1m", "2026-02-28", "2026-02-28"),
        ("+1y", "2027-03-31", "2027-03-31"),
        ("week", "2026-03-30", "2026-04-05"),
        ("week-1", "2026-03-23", "2026-03-29"),
        ("month", "2026-03-01", "2026-03-31"),
        ("month+10", "2027-01-01", "2027-01-31"),
        ("quarter", "2026-01-01", "2026-03-31"),
        ("quarter-1", "2025-10-01", "2025-12-31"),
        ("Year-1", "2025-01-01", "2025-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024年2月3日", "2024-02-03", "2024-02-03"),
    ],
)
def test_days_that_filters_name(text, first, last):
    assert day_spans.read(text, TODAY) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "soon", "month+99999", "-99999y", "2024-13", "0000", "30 February 2026"])
def test_what_names_no_day(text):
    assert day_spans.read(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("today", "today"), ("-1d", "1 day ago"), ("+2w", "2 weeks from today"), ("month", "this month"),
        ("year-1", "last year"), ("quarter+1", "next quarter"), ("month-3", "this month -3"), ("2024-02", "2024-02"),
    ],
)  # fmt: skip
def test_days_are_said(text, told):
    assert day_spans.show(text) == told


@given(st.dates(date(1901, 1, 1), date(2050, 12, 31)), st.dates(date(1960, 1, 1), date(2090, 12, 31)), st.booleans())
def test_an_age_is_the_number_of_birthdays_that_have_come(born, today, lunar):
    birthday = Birthday(born.year, born.month, min(born.day, 30 if lunar else 31), lunar=lunar)
    coming = dates.next_birthday(birthday, today)
    found = ages.age(birthday, today)
    if not lunar:
        years = coming.year - born.year - (coming > today)
        assert found == (years if years >= 0 else None)
    elif found is not None:
        assert ages.age(birthday, today + timedelta(days=390)) in (found + 1, found + 2, None)
        if coming > today:
            assert ages.age(birthday, coming - timedelta(days=1)) == found


def test_nobody_is_as_old_as_the_calendar():
    assert ages.born_by(3000, TODAY) is None
    assert ages.born_by_moon(10, date(1800, 1, 1)) is None
    assert ages.age(Birthday(None, 3, 8), TODAY) is None
