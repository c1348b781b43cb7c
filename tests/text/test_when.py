"""Days and times as people say them: what the next step and the log understand."""

import time
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_desktop.text import dates, when
from tests.text.when_phrases_en import ENGLISH, NONSENSE
from tests.text.when_phrases_zh import CHINESE, NONSENSE_ZH, TRADITIONAL

SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=SHANGHAI)  # a Wednesday
BERLIN = ZoneInfo("Europe/Berlin")

LETTERS = str.maketrans("后点周号个两这钟时间内过里礼", "後點週號個兩這鐘時間內過裡禮")
WIDE = str.maketrans("0123456789:/.()", "０１２３４５６７８９：／．（）")


def rows(table):
    return [[cell.strip() for cell in row.split("|")] for row in table.splitlines() if row]


def cases(table):
    return [pytest.param(row[0], row[1], row[2] if len(row) > 2 else "", id=row[0]) for row in rows(table)]


def understood(text):
    moment = when.read(text, NOW)
    assert moment is not None
    return moment.at.strftime("%Y-%m-%d %H:%M" if moment.has_time else "%Y-%m-%d"), moment.rest


@pytest.mark.parametrize(("text", "expected", "rest"), cases(CHINESE + TRADITIONAL))
def test_chinese_moments(text, expected, rest):
    assert understood(text) == (expected, rest)


@pytest.mark.parametrize(("text", "expected", "rest"), cases(CHINESE))
def test_traditional_characters_mean_the_same(text, expected, rest):
    assert understood(text.translate(LETTERS)) == (expected, rest.translate(LETTERS))


def test_digits_and_punctuation_may_be_wide():
    for row in rows(CHINESE):
        text, expected, rest = (*row, "")[:3]
        assert understood(text.translate(WIDE)) == (expected, rest.translate(WIDE))


@pytest.mark.parametrize(("text", "expected", "rest"), cases(ENGLISH))
def test_english_moments(text, expected, rest):
    assert understood(text) == (expected, rest)


def test_capital_letters_mean_the_same():
    for row in rows(ENGLISH):
        text, expected, rest = (*row, "")[:3]
        assert understood(text.upper()) == (expected, rest.upper())


def nonsense():
    return dict.fromkeys(each.strip() for each in f"{NONSENSE}{NONSENSE_ZH}".replace("\n", "|").split("|"))


@pytest.mark.parametrize("text", nonsense())
def test_nonsense_is_never_guessed(text):
    assert when.read(text, NOW) is None


def test_there_are_phrases_enough():
    assert min(len(rows(CHINESE)), len(rows(ENGLISH))) >= 130
    assert len(rows(TRADITIONAL)) >= 30
    assert len(nonsense()) >= 40


def test_the_next_step_keeps_the_words_as_they_were_typed():
    moment = when.read("Visit ACME 下週二上午10點 帶樣品", NOW)
    assert moment is not None
    assert moment.rest == "Visit ACME 帶樣品"


@pytest.mark.parametrize("day", range(16, 23))
@pytest.mark.parametrize("text", ["下周二", "next tue", "tuesday next week"])
def test_next_week_is_the_next_calendar_week_whatever_today_is(text, day):
    moment = when.read(text, datetime(2026, 11, day, tzinfo=SHANGHAI))
    assert moment is not None
    assert moment.at.date().isoformat() == "2026-11-24"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("周一", "2026-11-16"),
        ("周三下午3点", "2026-11-11"),
        ("周三9点", "2026-11-18"),
        ("friday 3pm", "2026-11-13"),
        ("11月15日", "2026-11-15"),
        ("Dec 5", "2025-12-05"),
        ("15号", "2026-11-15"),
        ("the 20th", "2026-10-20"),
        ("29 Feb", "2024-02-29"),
        ("上周三", "2026-11-11"),
        ("3 days ago", "2026-11-15"),
        ("下周三", "2026-11-25"),
    ],
)
def test_of_what_is_over_a_day_alone_is_the_last_one(text, expected):
    moment = when.read(text, NOW, over=True)
    assert moment is not None
    assert moment.at.date().isoformat() == expected


@pytest.mark.parametrize(("day", "friday"), [(20, 20), (21, 22), (22, 22), (23, 27)])
def test_the_end_of_the_week_is_its_friday_and_on_a_weekend_its_sunday(day, friday):
    moment = when.read("本周内", datetime(2026, 11, day, tzinfo=SHANGHAI))
    assert moment is not None
    assert moment.at.day == friday


def read_in_berlin(text, *now):
    moment = when.read(text, datetime(*now, tzinfo=BERLIN))
    return moment and moment.at.isoformat()


def test_a_day_keeps_the_time_zone_and_its_change_of_clocks():
    assert read_in_berlin("in 2 weeks at 10am", 2026, 10, 20, 12) == "2026-11-03T10:00:00+01:00"


def test_the_hour_that_is_left_out_in_spring_is_the_next_one():
    assert read_in_berlin("tomorrow 02:30", 2026, 3, 28, 12) == "2026-03-29T03:30:00+02:00"


def test_of_the_hour_that_comes_twice_in_autumn_the_first_is_meant():
    assert read_in_berlin("tomorrow 02:30", 2026, 10, 24, 12) == "2026-10-25T02:30:00+02:00"


def test_hours_from_now_are_hours_that_pass():
    assert read_in_berlin("in 3 hours", 2026, 3, 29, 0, 30) == "2026-03-29T04:30:00+02:00"
    assert read_in_berlin("三小时后", 2026, 10, 25, 0, 30) == "2026-10-25T02:30:00+01:00"


@pytest.fixture
def computer_in_berlin(monkeypatch):
    if not hasattr(time, "tzset"):
        pytest.xfail("the zone of this computer cannot be changed here")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next tue 10am", "2026-10-27T10:00:00+01:00"),
        ("tomorrow 02:30", "2026-10-25T02:30:00+02:00"),
        ("in 20 hours", "2026-10-25T07:00:00+01:00"),
        ("2027-03-28 02:30", "2027-03-28T03:30:00+02:00"),
    ],
)
def test_the_clocks_of_this_computer_change_until_then(computer_in_berlin, text, expected):
    now = datetime(2026, 10, 24, 10, tzinfo=UTC).astimezone()
    moment = when.read(text, now)
    assert moment is not None
    assert moment.at.isoformat() == expected


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ((2028, 2, 29), "一年后", "2029-02-28"),
        ((2028, 2, 28), "明天", "2028-02-29"),
        ((2028, 1, 31), "in a month", "2028-02-29"),
        ((2027, 1, 31), "一个月后", "2027-02-28"),
        ((2027, 3, 1), "29 Feb", "2028-02-29"),
        ((2097, 3, 1), "2月29日", "2104-02-29"),
        ((2028, 2, 1), "月底", "2028-02-29"),
        ((2026, 12, 31), "明天", "2027-01-01"),
        ((2026, 12, 31), "end of next quarter", "2027-03-31"),
    ],
)
def test_the_ends_of_months_and_years(now, text, expected):
    moment = when.read(text, datetime(*now, 10, tzinfo=SHANGHAI))
    assert moment is not None
    assert moment.at.date().isoformat() == expected


MOMENTS = st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2190-01-01"))


@given(MOMENTS, MOMENTS, st.sampled_from(["en", "zh_CN"]), st.booleans())
@example(NOW.replace(tzinfo=None), datetime.fromisoformat("2026-11-16 15:00"), "en", True)
@example(NOW.replace(tzinfo=None), datetime.fromisoformat("2026-02-28 03:30"), "zh_CN", True)
def test_what_is_shown_as_understood_is_understood_as_that(now, then, language, has_time):
    shown = dates.show_day(then.date(), now.date(), language) + (f" {then:%H:%M}" if has_time else "")
    moment = when.read(shown, now.replace(tzinfo=SHANGHAI))
    assert moment is not None
    assert (moment.at.date(), moment.has_time, moment.rest) == (then.date(), has_time, "")
    assert not has_time or (moment.at.hour, moment.at.minute) == (then.hour, then.minute)


@given(st.sampled_from(rows(CHINESE + TRADITIONAL + ENGLISH)), st.sampled_from(["en", "zh_CN"]))
def test_what_a_phrase_was_understood_as_can_be_typed_in_its_place(row, language):
    moment = when.read(row[0], NOW)
    shown = dates.show_day(moment.at.date(), NOW.date(), language) + (f" {moment.at:%H:%M}" if moment.has_time else "")
    again = when.read(shown, NOW)
    assert (again.at, again.has_time) == (moment.at, moment.has_time)


PIECES = st.sampled_from(
    [
        *"今明天后前下上周月年日号点半底一二三十个过早晚019:/-.,",
        *("小时", "31", "at", "in", "next", "last", "tue", "may", "sat", "end of", "th", "am", "pm", "最后", "第"),
        *("week", "or", "first", "q1", "half", "季度", "民国", "工作日", "的", "内", "或", "to", "early", "month"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_no_text_breaks_it(text):
    for over in (False, True):
        moment = when.read(text, NOW, over=over)
        assert moment is None or moment.at.utcoffset() == NOW.utcoffset()


@given(st.datetimes(), st.sampled_from(rows(CHINESE + TRADITIONAL + ENGLISH)), st.booleans())
def test_no_moment_of_asking_breaks_it(now, row, over):
    when.read(row[0], now.replace(tzinfo=SHANGHAI), over=over)
