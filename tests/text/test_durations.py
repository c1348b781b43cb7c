"""How long something took, as people write it."""

import pytest

from crm_desktop.text import durations

SAID = {
    "20": 20,
    "20分钟": 20,
    "20 分鐘": 20,
    "20 min": 20,
    "5 Minutes": 5,
    "1h30": 90,
    "1 h 30 min": 90,
    "2 hours": 120,
    "1.5h": 90,
    "1小时": 60,
    "1小时20分": 80,
    "2個小時": 120,
    "1小时半": 90,
    "半小时": 30,
    "半个小时": 30,
    "一个半小时": 90,
    "half an hour": 30,
    "24 h": 1440,
}


@pytest.mark.parametrize(("text", "minutes"), SAID.items(), ids=list(SAID))
def test_what_is_a_duration(text, minutes):
    assert durations.read(f" {text} ") == minutes


@pytest.mark.parametrize("text", ["", "long", "min", "20 minutes late", "25 h", "99999", "-5", "20 mines", "十点", "²"])
def test_what_is_none(text):
    assert durations.read(text) is None


def test_a_text_may_begin_with_one():
    assert durations.at_start("20分钟：报价") == (20, 4)
    assert durations.at_start("20 mines") is None
    assert durations.at_start("in 20 min") is None
