"""Pages worked out by other processes: in their order, in our language, whatever happens to a process."""

import itertools
import os
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from crm_desktop.i18n import _, use
from crm_desktop.pool import pool

FATAL = 13


def times(number):
    """What a process of the pool begins with."""
    return partial(_product, number)


def _product(number, page):
    return number * page, os.getpid(), _("Save")


def mortal(_number):
    """A work that ends its process at one page."""
    return partial(_end, os.getpid())


def _end(mine, page):
    if page == FATAL and os.getpid() == mine:
        os._exit(1)
    return page


@pytest.mark.parametrize("count", [0, 1, 2])
def test_pages_come_back_in_their_order_whoever_works_them_out(count):
    with pool(count, times(3), times, 3) as workers:
        found = list(workers.map(range(40)))
    assert [(page, made) for page, (made, _who, _word) in found] == [(page, 3 * page) for page in range(40)]
    assert (os.getpid() in {who for _page, (_made, who, _word) in found}) == (count == 0)


def test_the_others_speak_our_language():
    use("zh_CN")
    try:
        with pool(1, times(1), times, 1) as workers:
            [(_page, (_made, _who, word))] = workers.map([1])
        assert word == _("Save") != "Save"
    finally:
        use("en")


def test_the_work_goes_on_here_when_a_process_is_ended():
    with pool(1, partial(_end, 0), mortal, 0) as workers:
        assert list(workers.map(range(40))) == [(page, page) for page in range(40)]


def wrong(_number):
    """A work that cannot be done."""
    return _raise


def _raise(page):
    raise ValueError(page)


def test_what_goes_wrong_in_another_process_is_told_here():
    with pytest.raises(ValueError, match="7"), pool(1, _raise, wrong, 0) as workers:
        list(workers.map([7]))


def living(sign):
    """A process that shows that it lives."""
    threading.Thread(target=_show, args=(Path(sign),), daemon=True).start()
    return str


def _show(sign):
    for beat in itertools.count():
        sign.write_text(str(beat))
        time.sleep(0.01)


def test_processes_end_when_the_one_that_asked_is_killed(tmp_path):
    sign, script = tmp_path / "sign", tmp_path / "asking.py"
    script.write_text(
        "import time\n"
        "from crm_desktop.pool import pool\n"
        "from tests.test_pool import living\n"
        "if __name__ == '__main__':\n"
        f"    with pool(1, str, living, {str(sign)!r}) as workers:\n"
        "        list(workers.map([1]))\n"
        "        time.sleep(60)\n"
    )
    root = Path(__file__).parent.parent
    asking = subprocess.Popen([sys.executable, script], env={**os.environ, "PYTHONPATH": str(root)})
    while not _lives(sign):
        assert asking.poll() is None
    asking.kill()
    asking.wait()
    while _lives(sign):
        pass


def _lives(sign):
    """Whether a process shows that it lives, within a time in which it would do so ten times."""
    before = sign.read_text() if sign.exists() else ""
    time.sleep(0.1)
    return sign.exists() and sign.read_text() != before
