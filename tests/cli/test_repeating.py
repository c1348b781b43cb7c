"""Tasks that come again, on the command line."""

from datetime import date

import pytest

from crm_desktop.services import tasks
from crm_desktop.services.tasks import Draft
from crm_desktop.text.whole_day import whole_day


@pytest.fixture
def key(workspace):
    made = tasks.create(workspace, Draft("例会", due_at=whole_day(date(2040, 11, 2))))
    tasks.create(workspace, Draft("没有日期"))
    workspace.close()
    return made


def test_a_task_comes_again_is_skipped_and_ended(key, crm, ask):
    assert crm("repeat", key)[1] == "2040-11-02\n"
    assert crm("repeat", key, "每月最后一个周五，3次")[1] == "Every month on the last Friday, 3 times · 2040-11-02\n"
    assert ask("repeat", key)["rule"] == "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"
    assert crm("repeat", key, "--skip")[1] == (
        "Every month on the last Friday, 2 times, without 2 Nov 2040 · 2040-11-30\n"
    )
    assert crm("repeat", key, "--end")[1] == "2040-11-30\n"
    assert crm("repeat", key, "every", "2", "weeks")[1] == "Every 2 weeks · 2040-11-30\n"


def test_the_last_one_that_is_skipped_is_gone(key, crm):
    assert crm("repeat", key, "every day, once")[0] == 0
    assert crm("repeat", key, "--skip")[1] == "That was the last one.\n"
    assert crm("repeat", key)[0] == 1
    assert crm("undo")[0] == 0
    assert crm("repeat", key)[0] == 0


def test_a_day_to_come_is_left_out_of_a_series(key, crm, ask):
    crm("repeat", key, "every", "week")
    assert crm("repeat", key, "--without", "2040-11-16")[1] == "Every week, without 16 Nov 2040 · 2040-11-02\n"
    assert crm("repeat", key, "--without", "2040-11-17")[0] == 1
    assert ask("repeat", key)["rule"] == "FREQ=WEEKLY\nEXDATE:20401116"
    assert crm("repeat", key, "--without", "2040-11-02")[1].endswith("without 2 Nov 2040, 16 Nov 2040 · 2040-11-09\n")
    assert crm("undo")[0] == 0
    assert ask("repeat", key) == {
        "rule": "FREQ=WEEKLY\nEXDATE:20401116",
        "words": "Every week, without 16 Nov 2040",
        "due": "2040-11-02",
    }


@pytest.mark.parametrize(
    ("arguments", "code"), [(["whenever"], 1), (["--skip"], 1), (["--skip", "--end"], 2), (["daily", "--end"], 2)]
)
def test_what_cannot_be_is_told(key, crm, arguments, code):
    found, out, err = crm("repeat", key, *arguments)
    assert (found, out) == (code, "")
    assert err
