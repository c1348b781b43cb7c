"""What comes again: read as people say it, shown in words that are read again, and reckoned."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crm_desktop import i18n
from crm_desktop.text import repeat
from tests.text.repeat_phrases import CHINESE, ENGLISH, NONSENSE

TODAY = date(2026, 11, 18)  # a Wednesday
BERLIN = ZoneInfo("Europe/Berlin")
TRADITIONAL = str.maketrans("周号个两礼双复总数后时", "週號個兩禮雙複總數後時")
WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")


def rows(table):
    return [tuple(cell.strip() for cell in row.split("|")) for row in table.splitlines() if row]


@pytest.mark.parametrize(("text", "rule"), rows(CHINESE) + rows(ENGLISH))
def test_what_people_say_is_understood(text, rule):
    assert repeat.read(text, TODAY) == rule


@pytest.mark.parametrize(("text", "rule"), rows(CHINESE))
def test_traditional_characters_and_wide_digits_mean_the_same(text, rule):
    assert repeat.read(text.translate(TRADITIONAL), TODAY) == rule
    assert repeat.read(text.translate(WIDE), TODAY) == rule


@pytest.mark.parametrize(("text", "rule"), rows(ENGLISH))
def test_capital_letters_and_blanks_mean_the_same(text, rule):
    assert repeat.read(f"  {text.upper().replace(' ', '  ')}.", TODAY) == rule


@pytest.mark.parametrize("text", [row[0] for row in rows(NONSENSE)])
def test_what_is_not_certain_is_not_understood(text):
    assert repeat.read(text, TODAY) is None


def test_there_are_enough_phrases():
    assert len(rows(CHINESE)) >= 80
    assert len(rows(ENGLISH)) >= 80
    assert len(rows(NONSENSE)) >= 40


@given(st.text(max_size=130))
def test_any_text_is_a_rule_or_nothing(text):
    rule = repeat.read(text, TODAY)
    assert rule is None or not repeat.check(rule)


@given(st.text(alphabet="每周月一二三五工作日个最后第天号年底,，、 0123456789次直到", max_size=100))
def test_any_text_of_the_right_letters_is_a_rule_or_nothing(text):
    rule = repeat.read(text, TODAY)
    assert rule is None or not repeat.check(rule)


WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
some_days = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True).map(",".join)
numbered = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.sampled_from(WEEKDAYS)), min_size=1, max_size=3, unique=True
).map(lambda days: ",".join(f"{nth}{day}" for nth, day in days))
month_days = st.lists(st.sampled_from([*range(1, 32), -1]), min_size=1, max_size=4, unique=True).map(
    lambda days: ",".join(map(str, days))
)
months = st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True).map(lambda each: ",".join(map(str, each)))
workdays = st.sampled_from([1, 2, -1]).map(lambda which: f"BYDAY=MO,TU,WE,TH,FR;BYSETPOS={which}")
clamped = st.sampled_from(["BYMONTHDAY=28,29;BYSETPOS=-1", "BYMONTHDAY=28,29,30;BYSETPOS=-1"])
of_month = st.one_of(
    numbered.map("BYDAY={}".format), month_days.map("BYMONTHDAY={}".format), workdays, clamped, st.just("")
)
of_year = st.one_of(
    st.just(""),
    st.tuples(numbered, months).map(lambda each: f"BYDAY={each[0]};BYMONTH={each[1]}"),
    st.tuples(st.integers(1, 28) | st.just(-1), months).map(lambda each: f"BYMONTHDAY={each[0]};BYMONTH={each[1]}"),
    st.just("BYMONTHDAY=28,29;BYMONTH=2;BYSETPOS=-1"),
    st.just("BYMONTHDAY=29;BYMONTH=2"),
)
often = st.one_of(
    st.just("FREQ=DAILY"),
    st.one_of(some_days.map("BYDAY={}".format), st.just("")).map("FREQ=WEEKLY;{}".format),
    of_month.map("FREQ=MONTHLY;{}".format),
    of_year.map("FREQ=YEARLY;{}".format),
)
ends = st.one_of(
    st.just(""),
    st.integers(1, 99).map("COUNT={}".format),
    st.dates(date(2026, 1, 1), date(2060, 1, 1)).map("UNTIL={:%Y%m%d}".format),
)
rules = st.tuples(often, st.integers(1, 12).map("INTERVAL={}".format), ends).map(
    lambda parts: ";".join(each.strip(";") for each in parts if each)
)
single_days = st.lists(st.dates(date(2026, 1, 1), date(2060, 1, 1)).map("{:%Y%m%d}".format), min_size=1, max_size=5)
rules_without_days = st.tuples(rules, single_days.map(",".join)).map("\nEXDATE:".join)


def canonical(rule):
    from crm_desktop.text.repeat_rule import parse, write

    return write(parse(rule))


@pytest.mark.parametrize("spoken", ["zh_CN", "en"])
def test_the_words_of_a_rule_are_read_as_the_same_rule(spoken):
    @given(rules | rules_without_days)
    def holds(rule):
        assume(not repeat.check(rule))
        assert repeat.read(repeat.show(rule), TODAY) == canonical(rule), repeat.show(rule)

    i18n.use(spoken)
    try:
        holds()
    finally:
        i18n.use("en")


moments = st.integers(0, 6 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(rules, moments, st.timedeltas(timedelta(), timedelta(days=900)))
def test_the_next_one_is_later_and_fits_the_rule(rule, due, late):
    assume(not repeat.check(rule))
    found = repeat.next_after(rule, due, due + late, BERLIN)
    if found is None:
        assert "COUNT" in rule or "UNTIL" in rule
        return
    assert found > due
    assert found > due + late
    parts = dict(part.split("=") for part in rule.split(";"))
    if "BYDAY" in parts:
        assert any(each.endswith(WEEKDAYS[found.weekday()]) for each in parts["BYDAY"].split(","))
    if "BYMONTH" in parts:
        assert str(found.month) in parts["BYMONTH"].split(",")
    if "UNTIL" in parts:
        assert f"{found:%Y%m%d}" <= parts["UNTIL"]


def days(rule, first, count):
    due, found = datetime(*first, 9, tzinfo=BERLIN), []
    while len(found) < count and (following := repeat.following(rule, due, due, BERLIN)) is not None:
        due, rule = following
        found.append(f"{due:%m-%d %H:%M}")
    return found


def test_the_time_on_the_wall_stays_the_same_over_daylight_saving():
    assert days("FREQ=WEEKLY", (2026, 3, 22), 2) == ["03-29 09:00", "04-05 09:00"]
    before = datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN)
    assert f"{repeat.next_after('FREQ=DAILY', before, before, BERLIN):%d %H:%M}" == "29 03:30"


def test_every_month_from_the_31st_on_is_the_last_day_and_never_drifts():
    assert days("FREQ=MONTHLY", (2026, 1, 31), 4) == ["02-28 09:00", "03-31 09:00", "04-30 09:00", "05-31 09:00"]
    assert days("FREQ=MONTHLY", (2026, 1, 30), 3) == ["02-28 09:00", "03-30 09:00", "04-30 09:00"]


def test_a_29_february_is_the_28th_in_other_years():
    assert days("FREQ=YEARLY", (2024, 2, 29), 4) == ["02-28 09:00", "02-28 09:00", "02-28 09:00", "02-29 09:00"]


def test_a_rule_from_elsewhere_leaves_out_months_without_the_day():
    assert days("FREQ=MONTHLY;BYMONTHDAY=31", (2026, 1, 31), 2) == ["03-31 09:00", "05-31 09:00"]
    assert repeat.show("FREQ=MONTHLY;BYMONTHDAY=31") == "Every month on the 31st where there is one"


def test_it_ends_after_so_many_times_or_on_a_day():
    assert len(days("FREQ=DAILY;COUNT=3", (2026, 11, 18), 9)) == 2
    assert days("FREQ=DAILY;UNTIL=20261120", (2026, 11, 18), 9) == ["11-19 09:00", "11-20 09:00"]
    start = datetime(2026, 11, 18, 9, tzinfo=BERLIN)
    assert repeat.following("FREQ=DAILY;COUNT=3", start, start, BERLIN).rule == "FREQ=DAILY;COUNT=2"


def test_single_days_are_left_out_and_count_among_so_many_times():
    assert days("FREQ=WEEKLY\nEXDATE:20261125,20261209", (2026, 11, 18), 3) == [
        "12-02 09:00",
        "12-16 09:00",
        "12-23 09:00",
    ]
    assert days("FREQ=DAILY;COUNT=4\nEXDATE:20261119,20261121", (2026, 11, 18), 9) == ["11-20 09:00"]
    start = datetime(2026, 11, 18, 9, tzinfo=BERLIN)
    passed = repeat.following("FREQ=WEEKLY\nEXDATE:20261125,20261209", start, start, BERLIN)
    assert passed.rule == "FREQ=WEEKLY\nEXDATE:20261209"


def test_a_series_without_its_first_day_begins_with_the_next_one():
    start = datetime(2026, 11, 18, 9, tzinfo=BERLIN)
    found = repeat.without("FREQ=WEEKLY;COUNT=4", start, [date(2026, 11, 18), date(2026, 12, 2)], BERLIN)
    assert (f"{found.due:%m-%d}", found.rule) == ("11-25", "FREQ=WEEKLY;COUNT=3\nEXDATE:20261118,20261202")
    assert repeat.without("FREQ=DAILY;COUNT=1", start, [date(2026, 11, 18)], BERLIN) is None
    many = [date(2026, 11, 19) + timedelta(days=each) for each in range(60)]
    full = repeat.without("FREQ=DAILY", start, many, BERLIN).rule
    assert repeat.left_out(full) == tuple(many[: len(repeat.left_out(full))])
    assert len(repeat.left_out(full)) > 15
    assert repeat.check(full) == ""


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("every Monday, without 3 May", "FREQ=WEEKLY;BYDAY=MO\nEXDATE:20270503"),
        ("every Monday except 2027-05-10 and 3 May 2027", "FREQ=WEEKLY;BYDAY=MO\nEXDATE:20270503,20270510"),
        ("每周一，除2027年5月3日、5月10日外", "FREQ=WEEKLY;BYDAY=MO\nEXDATE:20270503,20270510"),
        ("每天，3次，不含11月20日", "FREQ=DAILY;COUNT=3\nEXDATE:20261120"),
    ],
)
def test_days_that_are_left_out_are_read_as_they_are_said(text, rule):
    assert repeat.read(text, TODAY) == rule


def test_days_that_are_left_out_are_shown():
    assert repeat.show("FREQ=WEEKLY;BYDAY=MO\nEXDATE:20270503") == "Every Monday, without 3 May 2027"
    for text in ("every Monday, without Sundays", "every day except Sunday", "每天，除周3外", "每天，除10日外"):
        assert repeat.read(text, TODAY) is None, text
    many = ", ".join(f"2027-{month:02}-{day:02}" for month in (5, 6) for day in range(1, 16))
    assert repeat.read(f"every day, without {many}", TODAY) is None, "more than there is room for"


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every 2 weeks",
        "FREQ=HOURLY",
        "FREQ=DAILY;COUNT=2;UNTIL=20261231",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTHDAY=15",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=WEEKLY;BYHOUR=9",
        "FREQ=WEEKLY;UNTIL=2026",
        "FREQ=WEEKLY;FREQ=DAILY",
        "COUNT=3",
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_a_sentence(rule):
    assert repeat.check(rule).endswith(".")
    assert repeat.show(rule) == rule


def test_a_rule_as_other_programs_write_it_is_understood():
    assert repeat.show("RRULE:FREQ=WEEKLY;WKST=MO;BYDAY=FR,MO") == "Every Monday, Friday"
    assert repeat.check("FREQ=DAILY;UNTIL=20261231T230000Z") == ""
