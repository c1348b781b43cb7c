"""The line for how often a task comes again."""

from datetime import date

import pytest
from PySide6.QtTest import QTest

from crm_desktop.text.whole_day import whole_day
from crm_desktop.ui.repeat_line import RepeatLine

DUE = (whole_day(date(2040, 1, 31)), False)


@pytest.fixture
def line(qtbot):
    made = RepeatLine(lambda: DUE)
    qtbot.addWidget(made)
    made.resize(420, 80)
    made.show()
    return made


def test_what_is_typed_is_shown_as_days_at_once(line):
    QTest.keyClicks(line.line, "every month")
    assert (line.rule(), line.problem()) == ("FREQ=MONTHLY", "")
    assert line.chip.text() == "then Wed Feb 29 2040, Sat Mar 31 2040, Mon Apr 30 2040"


def test_what_is_not_understood_is_said_and_kept(line):
    QTest.keyClicks(line.line, "now and then")
    assert (line.rule(), line.chip.text()) == ("", "Not understood")
    assert line.problem().endswith(".")
    assert line.line.text() == "now and then"


def test_a_rule_that_is_kept_is_shown_in_words_and_stays_as_it_is(line):
    line.set_rule("FREQ=WEEKLY;WKST=MO;BYDAY=MO")
    assert (line.line.text(), line.rule()) == ("Every Monday", "FREQ=WEEKLY;WKST=MO;BYDAY=MO")
    line.set_rule("FREQ=HOURLY")
    assert line.rule() == "FREQ=HOURLY"
    assert line.problem()
    line.line.clear()
    assert (line.rule(), line.problem()) == ("", "")


def test_without_a_day_it_asks_for_one(qtbot):
    made = RepeatLine(lambda: None)
    qtbot.addWidget(made)
    made.line.setText("daily")
    assert made.chip.text() == "Needs a day to begin with"
