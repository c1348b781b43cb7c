"""Days and times as people say them: what the next step and the log understand."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import when

SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=SHANGHAI)  # a Wednesday

CHINESE = """
今天 | 2026-11-18
今日 | 2026-11-18
明天 | 2026-11-19
明日 | 2026-11-19
后天 | 2026-11-20
大后天 | 2026-11-21
昨天 | 2026-11-17
前天 | 2026-11-16
大前天 | 2026-11-15
明天下午3点 | 2026-11-19 15:00
明天下午三点 | 2026-11-19 15:00
明早 | 2026-11-19 09:00
明早8点 | 2026-11-19 08:00
明晚8点 | 2026-11-19 20:00
今晚 | 2026-11-18 19:00
昨晚 | 2026-11-17 19:00
昨天下午 | 2026-11-17 14:00
昨天下午 呼入 | 2026-11-17 14:00 | 呼入
大后天下午 | 2026-11-21 14:00
后天早上9:30电话 | 2026-11-20 09:30 | 电话
周二 | 2026-11-24
周二3点 | 2026-11-24 15:00
周三 | 2026-11-25
周三下午3点 | 2026-11-18 15:00
周三9点 | 2026-11-25 09:00
周五 | 2026-11-20
星期天 | 2026-11-22
礼拜六 | 2026-11-21
下周二上午10点 上门演示 | 2026-11-24 10:00 | 上门演示
下周二 | 2026-11-24
下星期二 | 2026-11-24
下个礼拜二 | 2026-11-24
下下周一 | 2026-11-30
这周五 | 2026-11-20
本周五下午两点半 | 2026-11-20 14:30
本周一 | 2026-11-16
上周五 | 2026-11-13
周末 | 2026-11-21
下周末 | 2026-11-28
下周 | 2026-11-23
下个月 | 2026-12-01
明年 | 2027-01-01
两周后 | 2026-12-02
3天后 | 2026-11-21
三天以后 | 2026-11-21
再过两周 | 2026-12-02
过三天 | 2026-11-21
一个月后 | 2026-12-18
半个月后 | 2026-12-03
一个半月后 | 2027-01-02
半年后 | 2027-05-18
三个工作日后 | 2026-11-23
3天前 呼入 | 2026-11-15 | 呼入
两个月前 | 2026-09-18
12月5日 | 2026-12-05
12月5日上午9点 | 2026-12-05 09:00
十二月五号 | 2026-12-05
11月1日 | 2027-11-01
2月29日 | 2028-02-29
明年3月5日 | 2027-03-05
去年12月5日 | 2025-12-05
2026年12月1日 14:30 | 2026-12-01 14:30
2026-12-01 | 2026-12-01
12/25 | 2026-12-25
5号 | 2026-12-05
二十号 | 2026-11-20
31号 | 2026-12-31
下个月5号 | 2026-12-05
下月5日 | 2026-12-05
上个月5号 | 2026-10-05
本月25号 | 2026-11-25
月底 | 2026-11-30
下月底 | 2026-12-31
月初 | 2026-12-01
3月初 | 2027-03-01
11月底 | 2026-11-30
年底 | 2026-12-31
明年底 | 2027-12-31
季度末 | 2026-12-31
下季度 | 2027-01-01
下午三点一刻 | 2026-11-18 15:15
下午3点20分 | 2026-11-18 15:20
14点半 | 2026-11-18 14:30
中午12点 | 2026-11-18 12:00
晚上12点 | 2026-11-19 00:00
凌晨2点 | 2026-11-18 02:00
傍晚6点 | 2026-11-18 18:00
24:00 | 2026-11-19 00:00
2小时后 | 2026-11-18 12:00
半小时后 | 2026-11-18 10:30
一个半小时后 | 2026-11-18 11:30
十分钟前 | 2026-11-18 09:50
刚才 | 2026-11-18 10:00
周五前 发报价 | 2026-11-20 | 发报价
给王总打电话 明天 | 2026-11-19 | 给王总打电话
下周三下午3点半，技术交流 | 2026-11-25 15:30 | 技术交流
周二讨论一点问题 | 2026-11-24 | 讨论一点问题
周二一点 | 2026-11-24 13:00
上午１０：３０ 开会 | 2026-11-18 10:30 | 开会
"""

ENGLISH = """
today | 2026-11-18
tomorrow | 2026-11-19
tmr | 2026-11-19
yesterday | 2026-11-17
the day after tomorrow | 2026-11-20
the day before yesterday | 2026-11-16
tomorrow 3pm | 2026-11-19 15:00
tomorrow at 3 | 2026-11-19 15:00
tomorrow at 9 o'clock | 2026-11-19 09:00
Tomorrow morning | 2026-11-19 09:00
tomorrow afternoon at 3:30 | 2026-11-19 15:30
the day after tomorrow at noon | 2026-11-20 12:00
tonight | 2026-11-18 19:00
tonight at 8 | 2026-11-18 20:00
8pm tonight | 2026-11-18 20:00
last night | 2026-11-17 19:00
yesterday afternoon incoming call | 2026-11-17 14:00 | incoming call
tue | 2026-11-24
wed | 2026-11-25
wed 3pm | 2026-11-18 15:00
wed 9am | 2026-11-25 09:00
fri | 2026-11-20
on Friday | 2026-11-20
Sun | 2026-11-22
this fri | 2026-11-20
last fri | 2026-11-13
next tue | 2026-11-24
next tue 10am | 2026-11-24 10:00
next tuesday at 10 | 2026-11-24 10:00
next Fri | 2026-11-27
next mon 9:15 | 2026-11-23 09:15
tue next week | 2026-11-24
next week thursday | 2026-11-26
next week | 2026-11-23
next month | 2026-12-01
next quarter | 2027-01-01
next year | 2027-01-01
weekend | 2026-11-21
next weekend | 2026-11-28
in 2 weeks | 2026-12-02
in two weeks' time | 2026-12-02
in a fortnight | 2026-12-02
in 3 days | 2026-11-21
in a month | 2026-12-18
in three months | 2027-02-18
two days later | 2026-11-20
a week from now | 2026-11-25
2 business days from now | 2026-11-20
in 3 working days | 2026-11-23
3 days ago | 2026-11-15
a couple of days ago | 2026-11-16
in an hour | 2026-11-18 11:00
in half an hour | 2026-11-18 10:30
in 45 minutes | 2026-11-18 10:45
2 hours ago | 2026-11-18 08:00
end of month | 2026-11-30
end of the month | 2026-11-30
eom | 2026-11-30
month end | 2026-11-30
end of next month | 2026-12-31
end of week | 2026-11-20
end of the year | 2026-12-31
eoy | 2026-12-31
end of quarter | 2026-12-31
beginning of next month | 2026-12-01
mid next month | 2026-12-15
the 5th | 2026-12-05
on the 20th | 2026-11-20
the 5th of next month | 2026-12-05
next month on the 5th | 2026-12-05
24 Nov 14:30 | 2026-11-24 14:30
14:30 Nov 24 | 2026-11-24 14:30
Nov 24 call back | 2026-11-24 | call back
Dec 5 10am | 2026-12-05 10:00
5 dec 10am | 2026-12-05 10:00
5th of January | 2027-01-05
24 Nov 2027 | 2027-11-24
November 3rd, 2027 | 2027-11-03
feb 29 | 2028-02-29
11/24 | 2026-11-24
24/11 | 2026-11-24
12/25/2026 | 2026-12-25
2026-12-01 09:30 | 2026-12-01 09:30
half past 3 tomorrow | 2026-11-19 15:30
quarter to 4 | 2026-11-18 15:45
12am tomorrow | 2026-11-19 00:00
12:15 pm | 2026-11-18 12:15
noon | 2026-11-18 12:00
at 5 | 2026-11-18 17:00
call now | 2026-11-18 10:00 | call
Send quote by friday | 2026-11-20 | Send quote
Meet at 30 Main Street tomorrow | 2026-11-19 | Meet at 30 Main Street
Call Anna next tue at 10am, bring samples | 2026-11-24 10:00 | Call Anna, bring samples
"""

NONSENSE = """
|你好|谢谢|25:00|明天25点|24:30|2月30日|13月45日|13月1日|32号|下个月45号|每周二 例会|每天下午3点
|讨论一点问题|第3号楼|国庆|hello world|good morning|13pm|0am|feb 30|99/99|24/7|2026-13-01|2026-02-30
|May I call you|sat down with Bob|Sun Microsystems|every monday|March on|next|last|in weeks|in 99999999999 years
|in 9999 years|at 99|10:99|3.14|50%|13800138000|2026|fritz
"""

TRADITIONAL = str.maketrans("后点周号个两这钟时间内过里礼", "後點週號個兩這鐘時間內過裡禮")


def cases(table):
    rows = [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]
    return [pytest.param(row[0], row[1], row[2] if len(row) > 2 else "", id=row[0]) for row in rows]


def understood(text):
    moment = when.read(text, NOW)
    assert moment is not None
    return moment.at.strftime("%Y-%m-%d %H:%M" if moment.has_time else "%Y-%m-%d"), moment.rest


@pytest.mark.parametrize(("text", "expected", "rest"), cases(CHINESE))
def test_chinese_moments(text, expected, rest):
    assert understood(text) == (expected, rest)


@pytest.mark.parametrize(("text", "expected", "rest"), cases(CHINESE))
def test_traditional_characters_mean_the_same(text, expected, rest):
    assert understood(text.translate(TRADITIONAL)) == (expected, rest.translate(TRADITIONAL))


@pytest.mark.parametrize(("text", "expected", "rest"), cases(ENGLISH))
def test_english_moments(text, expected, rest):
    assert understood(text) == (expected, rest)


@pytest.mark.parametrize("text", [each.strip() for each in NONSENSE.split("|")])
def test_nonsense_is_never_guessed(text):
    assert when.read(text, NOW) is None


def test_the_next_step_keeps_the_words_as_they_were_typed():
    moment = when.read("Visit ACME 下週二上午10點 帶樣品", NOW)
    assert moment is not None
    assert moment.rest == "Visit ACME 帶樣品"


def test_a_day_keeps_the_time_zone_and_its_change_of_clocks():
    berlin = ZoneInfo("Europe/Berlin")
    moment = when.read("in 2 weeks at 10am", datetime(2026, 10, 20, 12, tzinfo=berlin))
    assert moment is not None
    assert moment.at.isoformat() == "2026-11-03T10:00:00+01:00"


@pytest.mark.parametrize("day", range(16, 23))
def test_next_week_is_the_next_calendar_week_whatever_today_is(day):
    moment = when.read("下周二", datetime(2026, 11, day, tzinfo=SHANGHAI))
    assert moment is not None
    assert moment.at.date().isoformat() == "2026-11-24"


PIECES = st.sampled_from(
    [
        *"今明天后前下上周月年日号点半底一二三十个过早晚019:/-.,",
        "小时",
        "31",
        "at",
        "in",
        "next",
        "last",
        "tue",
        "may",
        "sat",
        "end of",
        "th",
        "am",
        "pm",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_no_text_breaks_it(text):
    moment = when.read(text, NOW)
    assert moment is None or moment.at.tzinfo is SHANGHAI


@given(st.datetimes(), st.sampled_from([*CHINESE.split("\n"), *ENGLISH.split("\n")]))
def test_no_moment_of_asking_breaks_it(now, row):
    when.read(row.partition("|")[0], now.replace(tzinfo=SHANGHAI))
