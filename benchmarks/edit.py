"""One edit: until it is durable, as long as it holds the window, until it is painted; and its undo."""

import re
from functools import partial
from random import Random

from benchmarks.figures import Goal, took
from benchmarks.plain import Traced, bare, carry_out
from benchmarks.window import program, until_painted

EDITS, SEEN = 150, 40
FIELDS = ("mobile", "hobby", "title")
MADE = re.compile(r"INSERT INTO \w+ \(id, [^)]*\) VALUES \((\d+),")
"""A statement that makes a row, with its key."""


def run(bench):
    """First without a window, then in it."""
    with bare(bench.folder, read_only=False) as connection:
        contacts = connection.execute(
            "SELECT id FROM contact WHERE deleted_at IS NULL AND main_affiliation_id NOTNULL ORDER BY id"
        )
        keys = Random(bench.seed).choices([key for (key,) in contacts], k=1000)
        _without_window(bench, keys, connection)
    _in_window(bench, keys)


def _text(name, number):
    return f"+86 138 {number % 10_000:04} {number * 7919 % 10_000:04}" if name == "mobile" else f"新的值{number}"


def _without_window(bench, keys, connection):
    from crm_desktop.model import Contact
    from crm_desktop.services import records
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace
    from crm_desktop.store.undo import undo

    workspace = open_workspace(DataFolder(bench.folder))

    def change(key, name, number):
        records.change(workspace, Contact, key, name, _text(name, number))

    for name in FIELDS:
        change(keys[0], name, 0)
        statements, undoing = _statements(workspace, partial(change, keys[1], name, 1), partial(undo, workspace))
        replay, replay_undo = Replay(connection, statements), Replay(connection, undoing)
        numbers = iter(range(2, 10_000))

        def one(name=name, numbers=numbers):
            number = next(numbers)
            return [took(partial(change, keys[number % len(keys)], name, number))]

        against = "the same statements through the bare driver"
        bench.compare(
            f"{name} of a contact: durable", one, replay.once, rounds=EDITS, against=against, goal=Goal(ratio=3)
        )
        bench.compare(
            f"{name} of a contact: undone", lambda: [took(partial(undo, workspace))], replay_undo.once,
            rounds=EDITS // 3, against=against,
        )  # fmt: skip
    workspace.close()


def _statements(workspace, *calls):
    """The writing statements of some calls."""
    found = []
    for call in calls:
        with Traced(workspace) as traced:
            call()
        found.append(traced.statements)
    return found


class Replay:
    """Carries out the statements of a step again and again, each time with rows that are new."""

    def __init__(self, connection, statements):
        self.connection, self.statements = connection, statements
        self.made = [found[1] for each in statements if (found := MADE.match(each))]
        self.next = max(map(int, self.made))

    def once(self):
        """One step through the bare driver."""
        text = "\0".join(self.statements)
        for key in self.made:
            self.next += 1
            text = text.replace(key, str(self.next))
        return [took(lambda: carry_out(self.connection, text.split("\0")))]


def _in_window(bench, keys):
    from crm_desktop.model import Contact
    from crm_desktop.services import records

    with program(bench.folder) as studio:
        desk, page = studio.desk, studio.window.page("accounts")
        held, painted = [], []
        for number, key in enumerate(keys[: bench.few(SEEN)], start=10_000):
            desk.open("contact", key)
            studio.settle(20)
            text = _text("hobby", number)
            write = partial(records.change, desk.workspace, Contact, key, "hobby", text)
            seen = []
            painted.append(
                until_painted(page.detail, lambda write=write, seen=seen: seen.append(took(lambda: desk.save(write))))
            )
            held += seen
        bench.note("window held by a saved edit", held, goal=Goal(p95=5))
        bench.note("until it is painted", painted, goal=Goal(p95=20))
