"""Calendar days and birthdays, typed and from spreadsheets."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import dates
from crm_desktop.text.dates import Birthday
from crm_desktop.text.findings import Severity

DAY = date(2025, 3, 8)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-08",
        "2025/3/8",
        "2025.3.8",
        "20250308",
        "2025年3月8日",
        "２０２５年３月８日",
        "2025年3月8号",
        "二〇二五年三月八日",
        "8 Mar 2025",
        "8 March 2025",
        "Mar 8, 2025",
        "March 8th 2025",
        "8th of March 2025",
        "8-Mar-2025",
        "Sat, 8 Mar 2025",
        "2025-03-08 周六",
        "2025-03-08 00:00:00",
        "2025-03-08T00:00:00Z",
        " 2025 - 03 - 08 ",
        45724,
        45724.0,
        45724.75,
        20250308,
        DAY,
        datetime(2025, 3, 8, 23, 59, tzinfo=UTC),
    ],
)
def test_every_usual_spelling_is_the_same_day(text):
    assert dates.read(text) == dates.Reading(DAY)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2025", None, date(2025, 3, 4)),
        ("03/04/2025", "ymd", date(2025, 3, 4)),
        ("25-03-08", None, DAY),
        ("25-03-08", "ymd", DAY),
        ("08.03.25", None, date(2008, 3, 25)),
        ("08.03.25", "ymd", date(2008, 3, 25)),
        ("08.03.25", "dmy", DAY),
        ("3/8/85", "mdy", date(1985, 3, 8)),
        ("8 Mar 25", "ymd", DAY),
        ("45724", "ymd", DAY),
        (61, "ymd", date(1900, 3, 1)),
        (59, "ymd", date(1900, 2, 28)),
        (1, "ymd", date(1900, 1, 1)),
    ],
)
def test_a_doubtful_day_is_told(text, order, day):
    reading = dates.read(text, order)
    assert reading.value == day
    assert reading.worst is Severity.WARN


def test_both_readings_of_a_day_without_a_known_order_are_told():
    told = dates.read("03/04/2025").findings[0]
    assert told.text == "“03/04/2025” can be 2025-03-04 or 2025-04-03. It was read as 2025-03-04."
    assert told.fix == "2025-04-03"
    three = dates.read("05/06/07").findings[0]
    assert three.text == "“05/06/07” can be 2005-06-07 or 2007-05-06, 2007-06-05. It was read as 2005-06-07."
    assert not three.fix
    birthday = dates.read_birthday("3/8")
    assert birthday.value == Birthday(None, 3, 8)
    assert birthday.findings[0].text == "“3/8” can be 8 Mar or 3 Aug. It was read as 8 Mar."


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2025", "mdy", date(2025, 3, 4)),
        ("03/04/2025", "dmy", date(2025, 4, 3)),
        ("3-4-2025", "dmy", date(2025, 4, 3)),
        ("03.04.2025", None, date(2025, 4, 3)),
        ("13/08/2025", "mdy", date(2025, 8, 13)),
    ],
)
def test_a_known_order_leaves_no_doubt(text, order, day):
    assert dates.read(text, order) == dates.Reading(day)
    if order:
        with dates.in_order(order):
            assert dates.read(text) == dates.Reading(day)
            assert dates.read_birthday(text).value == Birthday(day.year, day.month, day.day)


def test_an_order_holds_only_inside_its_block():
    with dates.in_order("mdy"), dates.in_order("dmy"):
        assert dates.read_birthday("3/8").value == Birthday(None, 8, 3)
    assert dates.read("03/04/2025").findings


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["03/04/2025", "13/02/2025"], "dmy"),
        (["03/04/2025", "02/13/2025"], "mdy"),
        (["13.02.2025 14:30"], "dmy"),
        (["12/25", "3/8"], "mdy"),
        (["25/12"], "dmy"),
        (["13/02/85"], "dmy"),
        (["85-03-08"], "ymd"),
        (["03/04/2025", "05/05/2025"], ""),
        (["13/02/2025", "02/13/2025"], ""),
        (["2025-03-08", "2025年3月8日", "8 Mar 2025", "45724", "x", "", "31/31/2025"], ""),
        ([45724.0, DAY, None, 13], ""),
        (["Sat, 13/02/2025", "9" * 300], "dmy"),
        ([], ""),
    ],
)
def test_a_column_gives_its_order_away(samples, order):
    assert dates.order_of(samples) == order


@given(st.dates(date(1970, 1, 1), date(2060, 12, 31)), st.sampled_from(dates.ORDERS), st.sampled_from("/-"))
def test_the_order_that_a_column_tells_is_its_order(day, order, mark):
    parts = {"ymd": f"{day:%y}{mark}%m{mark}%d", "dmy": f"%d{mark}%m{mark}%Y", "mdy": f"%m{mark}%d{mark}%Y"}[order]
    text = f"{day.strftime(parts)}"
    assert dates.order_of([text]) in {"", order}
    assert dates.read(text, order).value == day


@pytest.mark.parametrize(
    "text",
    [
        "民国114年3月8日",
        "民國114年3月8日",
        "中華民國114年3月8日",
        "民国一百一十四年三月八日",
        "民国114/3/8",
        "令和7年3月8日",
    ],
)
def test_other_calendars_are_the_same_day(text):
    assert dates.read(text) == dates.Reading(DAY)


def test_the_first_year_of_an_era():
    assert dates.read("令和元年5月1日").value == date(2019, 5, 1)
    assert dates.read("平成1年1月8日").value == date(1989, 1, 8)


def test_a_year_of_three_digits_is_not_guessed():
    reading = dates.read("114年3月8日")
    assert reading.value is None
    assert reading.findings[0].fix == "2025-03-08"
    assert "Taiwan" in reading.findings[0].text
    assert dates.read("117年2月29日").value is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9999-99-99", "There is no such day"),
        ("31 February", "There is no such day"),
        ("31 February 2025", "There is no such day"),
        ("31/31/2025", "There is no such day"),
        ("Feb 30", "There is no such day"),
        ("3月8日", "The year is missing"),
        (2_958_466, "This is not a date"),
        ("2958466", "This is not a date"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(text, words):
    reading = dates.read(text)
    assert reading.value is None
    assert reading.worst is Severity.WARN
    assert words in reading.findings[0].text


@pytest.mark.parametrize("order", ["ymd", "dmy", "mdy"])
@pytest.mark.parametrize("text", ["13/04/2025", "04/13/2025", "13.04.2025"])
def test_a_day_above_twelve_needs_no_telling(text, order):
    assert dates.read(text, order) == dates.Reading(date(2025, 4, 13))


def test_a_time_is_left_out_and_told():
    reading = dates.read("2025-03-08 14:30")
    assert (reading.value, reading.worst) == (DAY, Severity.INFO)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "2025",
        "2025-03",
        "2025-13-01",
        "2025-02-30",
        "30 Feb 2025",
        "31/31/2025",
        "3月8日",
        "Mar 8",
        "13800138000",
        "-",
        "0000-01-01",
        "9" * 300,
        0,
        -1,
        60,
        2025,
        2025.0,
        1e9,
        99999999,
        float("nan"),
        float("inf"),
    ],
)
def test_nonsense_is_told_and_not_guessed(text):
    reading = dates.read(text)
    assert reading.value is None
    assert reading.worst is Severity.WARN


@given(st.dates(date(1910, 1, 1), date(9999, 12, 31)))
def test_the_numbers_of_excel(day):
    serial = (day - date(1899, 12, 30)).days
    assert dates.read(float(serial)).value == day


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["en", "zh_CN"]))
def test_what_is_shown_is_read_again(day, language):
    assert dates.read(dates.show_date(day, language)) == dates.Reading(day)


def test_days_are_shown_in_both_languages():
    day, today = date(2026, 11, 24), date(2026, 11, 18)
    assert (dates.show_date(DAY, "zh_CN"), dates.show_date(DAY, "en")) == ("2025年3月8日", "8 Mar 2025")
    assert (dates.show_day(day, today, "zh_CN"), dates.show_day(day, today, "en")) == ("11月24日 周二", "Tue Nov 24")
    assert (dates.show_soon(day, today, "zh_CN"), dates.show_soon(day, today, "en")) == ("周二", "Tue")
    assert dates.show_soon(day + timedelta(days=7), today, "zh_CN") == "12月1日"
    assert dates.show_soon(day + timedelta(days=7), today, "en") == "1 Dec"
    assert dates.show_soon(DAY, today, "en") == "8 Mar 2025"
    assert dates.show_day(DAY, today, "zh_CN") == "2025年3月8日 周六"
    assert dates.show_day(DAY, today, "en") == "Sat Mar 8 2025"


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("03-08", Birthday(None, 3, 8)),
        ("3/25", Birthday(None, 3, 25)),
        ("25/3", Birthday(None, 3, 25)),
        ("25-3", Birthday(None, 3, 25)),
        ("3月8日", Birthday(None, 3, 8)),
        ("三月八日", Birthday(None, 3, 8)),
        ("Mar 8", Birthday(None, 3, 8)),
        ("8 March", Birthday(None, 3, 8)),
        ("1990-03-08", Birthday(1990, 3, 8)),
        ("1990年3月8日", Birthday(1990, 3, 8)),
        ("19900308", Birthday(1990, 3, 8)),
        (date(1990, 3, 8), Birthday(1990, 3, 8)),
        (33000, Birthday(1990, 5, 7)),
        ("02-29", Birthday(None, 2, 29)),
        ("1992-02-29", Birthday(1992, 2, 29)),
        ("农历八月十五", Birthday(None, 8, 15, lunar=True)),
        ("農曆八月十五", Birthday(None, 8, 15, lunar=True)),
        ("八月十五（农历）", Birthday(None, 8, 15, lunar=True)),
        ("农历1990年八月十五", Birthday(1990, 8, 15, lunar=True)),
        ("阴历8月15日", Birthday(None, 8, 15, lunar=True)),
        ("正月初一", Birthday(None, 1, 1, lunar=True)),
        ("腊月廿三", Birthday(None, 12, 23, lunar=True)),
        ("二月三十 农历", Birthday(None, 2, 30, lunar=True)),
    ],
)
def test_birthdays(text, birthday):
    assert dates.read_birthday(text) == dates.Reading(birthday)


def test_a_birthday_in_the_order_of_day_and_month():
    assert dates.read_birthday("8/3", "dmy").value == Birthday(None, 3, 8)


@pytest.mark.parametrize(
    "text", ["02-30", "13-45", "2月30日", "30 Feb", "1990-02-29", "1990-13-01", "农历13月1日", "农历八月三十一", "0-0"]
)
def test_an_impossible_birthday_is_refused(text):
    reading = dates.read_birthday(text)
    assert reading.value is None
    assert reading.worst is Severity.BLOCK


@pytest.mark.parametrize("text", ["abc", "1990", "农历", "9" * 300, 2025])
def test_what_is_no_birthday_is_told(text):
    reading = dates.read_birthday(text)
    assert reading.value is None
    assert reading.worst is Severity.WARN


def test_blank_is_no_fault():
    assert dates.read(" ") == dates.Reading(None)
    assert dates.read_birthday("") == dates.Reading(None)


def test_the_next_birthday():
    assert dates.next_birthday(Birthday(1990, 3, 8), date(2025, 3, 8)) == date(2025, 3, 8)
    assert dates.next_birthday(Birthday(None, 3, 8), date(2025, 3, 9)) == date(2026, 3, 8)
    assert dates.next_birthday(Birthday(None, 2, 29), date(2025, 1, 1)) == date(2025, 2, 28)
    assert dates.next_birthday(Birthday(1992, 2, 29), date(2028, 1, 1)) == date(2028, 2, 29)
    assert dates.next_birthday(Birthday(None, 8, 15, lunar=True), date(2025, 1, 1)) == date(2025, 10, 6)
    assert dates.next_birthday(Birthday(None, 8, 15, lunar=True), date(2025, 10, 7)) == date(2026, 9, 25)
    assert dates.next_birthday(Birthday(None, 12, 23, lunar=True), date(2026, 1, 5)) == date(2026, 2, 10)
    assert dates.next_birthday(Birthday(None, 1, 1, lunar=True), date(2101, 6, 1)) is None


@given(st.dates(date(1901, 1, 1), date(9998, 12, 31)), st.dates(date(1901, 1, 1), date(9998, 12, 31)))
def test_the_next_birthday_is_within_a_year(born, today):
    coming = dates.next_birthday(Birthday(None, born.month, born.day), today)
    assert coming is not None
    assert timedelta(0) <= coming - today <= timedelta(days=366)


@given(
    st.one_of(st.none(), st.integers(1000, 9999)),
    st.dates(date(2000, 1, 1), date(2000, 12, 31)),
    st.booleans(),
    st.sampled_from(["en", "zh_CN"]),
)
def test_birthdays_shown_are_read_again(year, day, lunar, language):
    month_day = (day.month, min(day.day, 30) if lunar else min(day.day, 28 if day.month == 2 else 31))
    birthday = Birthday(year, *month_day, lunar=lunar)
    assert dates.read_birthday(dates.show_birthday(birthday, language)) == dates.Reading(birthday)


PIECES = st.sampled_from(
    [
        "2025",
        "25",
        "03",
        "8",
        "-",
        "/",
        ".",
        "年",
        "月",
        "日",
        " ",
        "Mar",
        "农历",
        "初",
        "正",
        "三十",
        "00:00",
        ":",
        "Z",
        "周六",
        ",",
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES).map("".join), st.integers(), st.floats(), st.dates(), st.datetimes()),
    st.sampled_from([None, "ymd", "dmy", "mdy"]),
)
def test_no_input_breaks_it(text, order):
    assert dates.read(text, order).worst in {None, Severity.INFO, Severity.WARN}
    birthday = dates.read_birthday(text, order).value
    if birthday:
        dates.next_birthday(birthday, DAY)
        assert dates.show_birthday(birthday, "zh_CN")
