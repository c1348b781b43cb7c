"""Pages follow the data: the one on screen at once, the others a moment later, and always before they are seen."""

import pytest
from PySide6.QtCore import QObject

from crm_desktop.ui.following import Following
from crm_desktop.ui.trail import Trail


class Reader:
    """A page that notes what it was told."""

    def __init__(self):
        self.heard = []

    def refresh(self, change):
        self.heard.append(change)


@pytest.fixture
def pages():
    return {"shown": Reader(), "hidden": Reader(), "other": Reader()}


@pytest.fixture
def following(qapp, pages):
    owner = QObject()
    made = Following(pages, owner)
    yield made
    made.stop()


def test_the_page_on_screen_hears_at_once_and_the_others_soon(following, pages, qtbot):
    following.tell("first", pages["shown"])
    assert [each.heard for each in pages.values()] == [["first"], [], []]
    following.tell("second", pages["shown"])
    qtbot.waitUntil(lambda: all(each.heard == ["first", "second"] for each in pages.values()))


def test_a_page_that_is_about_to_be_seen_catches_up_in_order(following, pages):
    following.tell("first", pages["shown"])
    following.catch_up("hidden")
    assert pages["hidden"].heard == ["first"]
    following.tell("second", pages["hidden"])
    assert pages["hidden"].heard == ["first", "second"]
    assert pages["shown"].heard == ["first"]


def test_a_window_that_goes_tells_nobody_any_more(following, pages, qtbot):
    following.tell("first", pages["shown"])
    following.stop()
    qtbot.wait(60)
    assert pages["hidden"].heard == []


def test_a_trail_goes_back_and_forward_and_forgets_what_was_left():
    trail = Trail()
    for key in (1, 2, 2, 3):
        trail.note(("account", key))
    assert [trail.step(-1), trail.step(-1), trail.step(-1)] == [("account", 2), ("account", 1), None]
    assert trail.step(1) == ("account", 2)
    trail.note(("contact", 9))
    assert trail.step(1) is None
    assert trail.step(-1) == ("account", 2)
