"""Finding by what is typed, a class of queries at a time; and whether a plain scan finds anything that we miss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.figures import Goal, took
from benchmarks.plain import bare

QUERIES = 100
CHECKED = {"L": 2}
"""How many queries of a class are scanned for where a scan takes long; else `MOST_CHECKED`."""
MOST_CHECKED = 12
TRIES = 1_000
MOST_SPELT = 200_000
"""How many names are read aloud to check pinyin; in larger bases a part of them is."""
PEOPLE, TALKS = ("account", "contact"), ("activity",)
FAST = Goal(p95=10, p99=20)
LIKE = {
    "name": (
        ("account", "SELECT id FROM account WHERE deleted_at IS NULL AND name_key LIKE ?"),
        ("contact", "SELECT id FROM contact WHERE deleted_at IS NULL AND name_key LIKE ?"),
    ),
    "channel": tuple(
        (owner, f"SELECT {owner}_id FROM channel WHERE deleted_at IS NULL AND {owner}_id NOTNULL AND norm LIKE ?")
        for owner in PEOPLE
    ),
    "summary": (("activity", "SELECT id FROM activity WHERE deleted_at IS NULL AND summary LIKE ?"),),
}


@dataclass(frozen=True)
class Class:
    """Queries of one kind: how one is made from a text, where a plain scan looks for it, what is to be reached."""

    name: str
    source: str
    make: Callable[[str, Random], str]
    scan: str
    kinds: tuple[str, ...] = PEOPLE
    goal: Goal = FAST


def _hanzi(count):
    def make(text, chance):
        runs = "".join(each if "\u4e00" <= each <= "\u9fff" else " " for each in text).split()
        fitting = [each for each in runs if len(each) >= count]
        if not fitting:
            return ""
        run = chance.choice(fitting)
        at = chance.randrange(len(run) - count + 1)
        return run[at : at + count]

    return make


def _latin(*, inside):
    def make(text, chance):
        words = [each for each in text.lower().split() if each.isascii() and each.isalpha() and len(each) > 5]
        if not words:
            return ""
        word = chance.choice(words)
        at = chance.randrange(1, len(word) - 3) if inside else 0
        return word[at : at + chance.choice((3, 4))]

    return make


def _initials(text, _chance):
    return "".join(each[0] for each in _usual(text)) if not text.isascii() and len(text) < 5 else ""


def _pinyin(text, chance):
    if text.isascii() or len(text) > 4:
        return ""
    spelt = "".join(_usual(text))
    return spelt[: chance.randrange(4, len(spelt) + 1)] if len(spelt) > 4 else ""


def _usual(text):
    """The usual reading of a name, a syllable each."""
    from crm_desktop.text.pinyin import readings

    return [each[0] for each in readings(text, surname=True)]


def _digits(text, chance):
    at = chance.randrange(3, len(text) - 4)
    return text[at : at + chance.choice((3, 4, 5))]


CLASSES = (
    Class("1 hanzi", "name", _hanzi(1), "name"),
    Class("2 hanzi", "name", _hanzi(2), "name"),
    Class("3 hanzi", "company", _hanzi(3), "name"),
    Class("4 hanzi", "company", _hanzi(4), "name"),
    Class("initials", "name", _initials, "initials"),
    Class("pinyin", "name", _pinyin, "pinyin"),
    Class("last 4 digits of a phone", "mobile", lambda text, _chance: text[-4:], "channel"),
    Class("digits inside a phone", "mobile", _digits, "channel"),
    Class("beginning of a Latin word", "latin", _latin(inside=False), "name"),
    Class("inside a Latin word", "latin", _latin(inside=True), "name"),
    Class("mail", "mail", lambda text, _chance: text.split("@")[0][:9], "channel"),
    Class("2 hanzi in a talk", "talk", _hanzi(2), "summary", TALKS, Goal(p95=50)),
    Class("4 hanzi in a talk", "talk", _hanzi(4), "summary", TALKS, Goal(p95=50)),
    Class(
        "number of a quotation in a talk", "quotation", lambda text, _chance: text[-9:], "summary", TALKS, Goal(p95=50)
    ),
)
SOURCES = {
    "name": ("contact", "SELECT full_name FROM contact WHERE id >= ? LIMIT 1"),
    "company": ("account", "SELECT name FROM account WHERE id >= ? AND kind = 'organisation' LIMIT 1"),
    "mobile": ("channel", "SELECT norm FROM channel WHERE id >= ? AND kind = 'mobile' LIMIT 1"),
    "latin": ("account", "SELECT name FROM account WHERE id >= ? AND name GLOB '*[a-z]*' LIMIT 1"),
    "mail": ("channel", "SELECT norm FROM channel WHERE id >= ? AND kind = 'email' LIMIT 1"),
    "talk": ("activity", "SELECT summary FROM activity WHERE id >= ? LIMIT 1"),
    "quotation": ("activity", "SELECT summary FROM activity WHERE id >= ? AND summary GLOB '*Q[0-9]*' LIMIT 1"),
}
"""Where texts come from that queries are made of: a table, and the first text from some key on."""


def run(bench):
    """Each class with its own kinds of records, then all kinds at once as the search panel asks."""
    from crm_desktop.services import finding
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace

    workspace = open_workspace(DataFolder(bench.folder))
    with bare(bench.folder) as connection:
        scan = Scan(connection)
        for each in CLASSES:
            queries = _queries(bench, connection, each)
            _warm_up(workspace, queries[:3])
            result = bench.compare(
                each.name,
                _asking(finding.find, workspace, queries, each.kinds),
                _reading(connection, each, queries),
                rounds=1,
                against="8 rows read by their keys",
                goal=each.goal,
            )
            result.facts |= _checked(workspace, scan, each, queries[: bench.few(CHECKED.get(bench.size, MOST_CHECKED))])
        mixed = [query for each in CLASSES for query in _queries(bench, connection, each)[: bench.few(10)]]
        bench.compare(
            "all kinds of records at once", _asking(finding.find, workspace, mixed, (*PEOPLE, *TALKS)), rounds=1
        )
    workspace.close()


def _queries(bench, connection, kind):
    """Different queries of a class, made from records all over the base."""
    chance = Random(f"{bench.seed} {kind.name}")
    table, statement = SOURCES[kind.source]
    first, last = connection.execute(f"SELECT min(id), max(id) FROM {table}").fetchone()
    made = {}
    for _try in range(TRIES):
        found = connection.execute(statement, (chance.randrange(first, last),)).fetchone()
        if found and (query := kind.make(found[0], chance)):
            made[query] = None
        if len(made) == bench.few(QUERIES):
            break
    return list(made)


def _warm_up(workspace, queries):
    from crm_desktop.services import finding

    for each in queries:
        finding.find(workspace, each)


def _asking(find, workspace, queries, kinds):
    return lambda: [took(lambda each=each: find(workspace, each, kinds=kinds)) for each in queries]


def _reading(connection, kind, queries):
    """What it takes to read as many rows as are shown, when their keys are known."""
    table = kind.kinds[-1]
    keys = [key for (key,) in connection.execute(f"SELECT id FROM {table} LIMIT 8")]
    marks = ", ".join("?" * len(keys))

    def read():
        connection.execute(f"SELECT * FROM {table} WHERE id IN ({marks})", keys).fetchall()

    return lambda: [took(read) for _each in queries]


class Scan:
    """Looks for queries without any index."""

    def __init__(self, connection):
        self.connection = connection
        self._spelt = None

    def found(self, where, query):
        """The records that a scan finds."""
        if where in LIKE:
            return {
                (entity, key)
                for entity, statement in LIKE[where]
                for (key,) in self.connection.execute(statement, (f"%{query}%",))
            }
        return {("contact", key) for key, ways in self._names() if _is_spelt(query, ways, where)}

    def _names(self):
        if self._spelt is None:
            statement = f"SELECT id, full_name FROM contact WHERE deleted_at IS NULL LIMIT {MOST_SPELT}"
            rows = self.connection.execute(statement)
            self._spelt = [(key, _usual(name)) for key, name in rows if not name.isascii()]
        return self._spelt


def _is_spelt(query, syllables, way):
    if way == "initials":
        return query in "".join([each[0] for each in syllables])
    return any("".join(syllables[at:]).startswith(query) for at in range(len(syllables)))


def _checked(workspace, scan, kind, queries):
    """How many hits a scan finds in all, and how many of those we miss."""
    from crm_desktop.store import search

    hits, missed = 0, []
    with workspace.read() as session:
        for query in queries:
            there = scan.found(kind.scan, query)
            ours = {(entity, key) for entity in kind.kinds for key in search.find(session.connection(), entity, query)}
            hits += len(there)
            missed += [query] if there - ours else []
    told = {"hits": f"{hits:,}", "not all found": f"{len(missed)} of {len(queries)}"}
    return told | ({"such as": " ".join(missed[:3])} if missed else {})
