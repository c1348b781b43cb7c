"""The keys of single pages, once: the pages act by them, and the sheet of shortcuts is made from them.

Pages take their keys from here and name none themselves; keys of the whole window are those of its commands.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from crm_desktop.i18n import N_, _
from crm_desktop.ui.widgets.segmented import DIGIT_KEY

Standard = QKeySequence.StandardKey
ENTER = ("Return", "Enter")
ARROWS = ("Left", "Right", "Up", "Down")


class PageKey(NamedTuple):
    """One thing that keys do on a page."""

    does: str
    text: str
    """What they do, in English."""
    keys: tuple[str | Standard, ...]
    """As a key sequence is written, or what the system uses for it."""

    @property
    def words(self) -> str:
        """What they do, as the sheet says it."""
        return _(self.text)


class PageKeys:
    """The keys of one part of a page."""

    def __init__(self, *keys: PageKey) -> None:
        self.keys = keys

    def named(self, does: str) -> PageKey:
        """What is declared for one thing."""
        return next(each for each in self.keys if each.does == does)

    def codes(self, does: str) -> frozenset[int]:
        """The keys for one thing, as an event tells them when nothing is held."""
        return frozenset(_key(QKeySequence(each)).value for each in self.named(does).keys)

    def is_pressed(self, does: str, event: QKeyEvent) -> bool:
        """Whether one of the keys for one thing was pressed, with all that is to be held."""
        pressed = QKeySequence(event.keyCombination())
        return any(QKeySequence(each) == pressed for each in self.named(does).keys)

    def sequence(self, does: str) -> QKeySequence:
        """The first key for one thing, for a shortcut."""
        return QKeySequence(self.named(does).keys[0])

    def meanings(self, *does: str) -> dict[int, str]:
        """What is meant by each key of these things."""
        return {code: each for each in does for code in self.codes(each)}


class KeyGroup(NamedTuple):
    """Keys under one heading of the sheet."""

    pages: tuple[str, ...]
    """The pages on which they work."""
    heading: str
    keys: PageKeys

    @property
    def words(self) -> str:
        """The heading, as the sheet says it."""
        return _(self.heading)


_NEXT, _PREVIOUS = PageKey("next", N_("Next row"), ("J", "Down")), PageKey("previous", N_("Row before"), ("K", "Up"))
_SNOOZE = PageKey("snooze", N_("Put off to tomorrow"), ("S",))
_DELAY = PageKey("delay", N_("Snooze…"), ("Shift+S",))
_SKIP = PageKey("skip", N_("Skip this one"), ("X",))

TODAY = PageKeys(
    _NEXT,
    _PREVIOUS,
    PageKey("act", N_("Do what the row offers"), ("Space",)),
    PageKey("finish", N_("Done…"), ("D",)),
    _SNOOZE,
    PageKey("open", N_("Open"), ENTER),
    PageKey("undo", N_("Undo"), ("Z",)),
)
TASKS = PageKeys(
    _NEXT,
    _PREVIOUS,
    PageKey("tick", N_("Done, or open again"), ("Space",)),
    PageKey("finish", N_("Done…"), ("D",)),
    _SNOOZE,
    _DELAY,
    _SKIP,
    PageKey("edit", N_("Edit…"), ("E", "F2", *ENTER)),
    PageKey("open", N_("Open the record"), ("O",)),
    PageKey("remove", N_("Delete"), ("Del",)),
    PageKey("before", N_("The day before"), ("Left",)),
    PageKey("after", N_("The day after"), ("Right",)),
    PageKey("today", N_("Go to today"), ("T",)),
)
CALENDAR = PageKeys(
    PageKey("day", N_("Day"), ("D", "1")),
    PageKey("week", N_("Week"), ("W", "2")),
    PageKey("month", N_("Month"), ("M", "3")),
    PageKey("today", N_("Go to today"), ("T",)),
    PageKey("earlier", N_("Earlier"), ("PgUp",)),
    PageKey("later", N_("Later"), ("PgDown",)),
    PageKey("next", N_("Next appointment"), ("J",)),
    PageKey("previous", N_("Appointment before"), ("K",)),
    PageKey("go", N_("To another time or day"), ARROWS),
    PageKey("new", N_("New appointment"), ("N",)),
    PageKey("open", N_("Open, or new where nothing is"), (*ENTER, "F2")),
    PageKey("act", N_("Done, or open again"), ("Space",)),
    PageKey("finish", N_("Done…"), ("R",)),
    _SNOOZE,
    _DELAY,
    _SKIP,
    PageKey("move", N_("Move in time"), tuple(f"Shift+{each}" for each in ARROWS)),
    PageKey("lengthen", N_("Shorter, longer"), ("Ctrl+Shift+Up", "Ctrl+Shift+Down")),
    PageKey("delete", N_("Delete"), ("Del", "Backspace")),
)
TREE = PageKeys(
    PageKey("open", N_("Open the record"), ENTER),
    PageKey("expand", N_("Show what is below"), ("Right", "+")),
    PageKey("collapse", N_("Hide what is below"), ("Left", "-")),
    PageKey("expand_all", N_("Show everything below"), ("*",)),
    PageKey("cut", N_("Take up, to be put below another account"), (Standard.Cut,)),
    PageKey("paste", N_("Put below this account"), (Standard.Paste,)),
)
RECORD = PageKeys(PageKey("edit", N_("Edit the first field"), ("F2",)))
TIMELINE = PageKeys(
    PageKey("edit", N_("Edit…"), ("F2", "E", *ENTER)),
    PageKey("move", N_("Move to another record…"), ("M",)),
    PageKey("tick", N_("Next step done, or show the file"), ("Space",)),
    PageKey("copy", N_("Copy text"), (Standard.Copy,)),
    PageKey("delete", N_("Delete"), ("Del", "Backspace")),
    PageKey("find", N_("Search in the timeline"), (Standard.Find,)),
    PageKey("branches", N_("With or without branches"), ("B",)),
    PageKey("story", N_("Whole story or talks only"), ("W",)),
    PageKey("person", N_("Only one person…"), ("P",)),
)
COMPOSER = PageKeys(
    PageKey("save", N_("Save the entry"), ("Ctrl+Return", "Ctrl+Enter")),
    PageKey("no_answer", N_("Log a call that nobody took"), ("Ctrl+0",)),
    PageKey("confirmed", N_("Details confirmed"), ("Ctrl+D",)),
    PageKey("direction", N_("They called, or we did"), ("Ctrl+I",)),
    PageKey("kind", N_("Call, visit, e-mail, chat, note"), tuple(DIGIT_KEY.format(number) for number in range(1, 6))),
)
FILES = PageKeys(
    PageKey("preview", N_("Show the file"), ("Space",)),
    PageKey("rename", N_("Rename…"), ("F2",)),
    PageKey("remove", N_("Remove file"), ("Del", "Backspace")),
    PageKey("paste", N_("Attach what was copied"), (Standard.Paste,)),
)
LIST = PageKeys(
    PageKey("open", N_("Open the record"), ("Ctrl+Return", "Ctrl+Enter")),
    PageKey("edit", N_("Edit value"), ("F2",)),
    PageKey("tick", N_("Choose the row or not"), ("Space",)),
    PageKey("edit_many", N_("Edit a field of many…"), ("Ctrl+E",)),
    PageKey("toggle_builder", N_("Build a filter…"), ("F4",)),
    PageKey("toggle_row", N_("Filter below the heads"), ("Shift+F4",)),
    PageKey("choose_columns", N_("Choose columns…"), ("Shift+F2",)),
    PageKey("arrange", N_("Move the column, or make it wider"), tuple(f"Alt+Shift+{each}" for each in ARROWS)),
    PageKey("copy", N_("Copy as text"), ("Ctrl+C",)),
    PageKey("delete", N_("Delete"), ("Del",)),
)
IMPORT = PageKeys(
    PageKey("choose", N_("Choose a file…"), (Standard.Open,)),
    PageKey("paste", N_("Import what was copied"), (Standard.Paste,)),
    PageKey("on", N_("One step on"), ENTER),
    PageKey("back", N_("One step back"), ("Esc",)),
    PageKey("target", N_("Choose the field of a column"), ("F2", "F4", "Space")),
    PageKey("left", N_("Same record: merge, or keep what is here"), ("Left",)),
    PageKey("right", N_("Another record: make it new, or take what the file says"), ("Right",)),
)
HISTORY = PageKeys(PageKey("undo", N_("Undo or restore the row"), ("Return",)))
SETTINGS = PageKeys(
    PageKey("next", N_("Next section"), (Standard.NextChild,)),
    PageKey("previous", N_("Section before"), (Standard.PreviousChild,)),
)
GROUPS = (
    KeyGroup(("today",), N_("Today"), TODAY),
    KeyGroup(("accounts",), N_("Tree of accounts"), TREE),
    KeyGroup(("accounts",), N_("Account or contact"), RECORD),
    KeyGroup(("accounts",), N_("Timeline"), TIMELINE),
    KeyGroup(("accounts",), N_("Writing an entry"), COMPOSER),
    KeyGroup(("accounts",), N_("Files"), FILES),
    KeyGroup(("contacts",), N_("Contacts"), LIST),
    KeyGroup(("tasks",), N_("Tasks"), TASKS),
    KeyGroup(("calendar",), N_("Calendar"), CALENDAR),
    KeyGroup(("import",), N_("Import"), IMPORT),
    KeyGroup(("history",), N_("History"), HISTORY),
    KeyGroup(("settings",), N_("Settings"), SETTINGS),
)
"""Every part of a page that has keys of its own, in the order of the rail."""


SIGNS = {"Return": "↵", "Enter": "↵", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Backtab": "Tab"}
ARROW_SIGNS, DIGITS = "←→↑↓", "…123456789"
"""What stands together where nothing else differs; of digits the first and the last."""


def shown(key: PageKey) -> list[str]:
    """Its keys in the words of the system; those that differ only by the arrow or the digit stand together."""
    found: list[str] = []
    for each in key.keys:
        held, words = _parted(QKeySequence(each))
        alike = next((each for each in (ARROW_SIGNS, DIGITS) if held and words in each), "")
        if alike and found and found[-1].rstrip(alike) == held:
            found[-1] = f"{found[-1].partition('…')[0]}…{words}" if alike == DIGITS else found[-1] + words
        elif held + words not in found:
            found.append(held + words)
    return found


def _key(keys: QKeySequence) -> Qt.Key:
    return keys[0].key()  # type: ignore[index, no-any-return]  # Qt does not say that it is a sequence


def _parted(keys: QKeySequence) -> tuple[str, str]:
    """What is held, and the word or sign of the key."""
    native = QKeySequence.SequenceFormat.NativeText
    words, last = keys.toString(native), QKeySequence(_key(keys))
    held = words.removesuffix(last.toString(native))
    return held, SIGNS.get(last.toString(QKeySequence.SequenceFormat.PortableText), words.removeprefix(held))
