"""Bases of three sizes, made once from a seed and kept; everybody measures on a copy.

python -m benchmarks bases --size M [--bases DIR] [--anew]
"""

import datetime
import json
import os
import shutil
import tempfile
import time
import zlib
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path

from platformdirs import user_cache_path

import crm_desktop
from benchmarks.invented import BUSY, COMMON, GENERATION, GROUP, Amounts, Inventor
from crm_desktop.store.schema import SCHEMA

SIZES = {
    "XS": Amounts(80, 200, 800),
    "S": Amounts(2_000, 5_000, 20_000),
    "M": Amounts(50_000, 150_000, 1_000_000),
    "L": Amounts(500_000, 1_500_000, 10_000_000),
}
SEED = 1
SAMPLE = "sample"
PROGRAM = Path(crm_desktop.__file__).parent
RULES = (
    ("store", "search*.py"),
    ("store", "words.py"),
    *(("text", f"{name}.py") for name in ("tokens", "ranks", "pieces", "spelling", "folding", "pinyin")),
)
"""The files that say what the search index holds."""
QUICK = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -512000")
"""How a file is filled that is thrown away when anything goes wrong."""


def default_folder():
    """Where bases are kept: `CRM_BASES`, else a cache folder of the user's."""
    return Path(os.environ.get("CRM_BASES") or user_cache_path("crm_desktop_benchmarks", appauthor=False))


def kept(size, bases=None, *, anew=False, stale=False, tell=print):
    """The data folder of a base, made if it is not there; nobody may write into it.

    When the rules of the search were changed since, its index is made again, unless a `stale` one will do.
    """
    folder = (bases or default_folder()) / f"{size}-schema{SCHEMA}-made{GENERATION}-seed{SEED}"
    rules = _rules()
    if anew or not folder.exists():
        with _replaced(folder) as making:
            make(making, SIZES[size], SEED, tell)
            _keep_facts(making, facts(making) | {"rules": rules})
    elif not stale and facts(folder).get("rules") != rules:
        tell("the rules of the search were changed: its index is made again", flush=True)
        with _replaced(folder) as making:
            _copy(folder, making)
            work_out(making)
            _keep_facts(making, facts(making) | {"rules": rules, "megabytes": _megabytes(making)})
    return folder


@contextmanager
def _replaced(folder):
    """A place where a base is made that takes the place of another one when it is ready."""
    making = folder.with_name(f"{folder.name}.{os.getpid()}")
    try:
        yield making
        shutil.rmtree(folder, ignore_errors=True)
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _copy(base, target):
    target.mkdir(parents=True)
    for name in ("crm.db", "facts.json"):
        shutil.copyfile(base / name, target / name)


def _rules():
    """A number that is another one when anything is changed that the search index is made by."""
    names = sorted(path for room, pattern in RULES for path in (PROGRAM / room).glob(pattern))
    return zlib.crc32(b"".join(path.read_bytes() for path in names))


@contextmanager
def copied(base):
    """A copy of a base that may be changed; it goes away afterwards."""
    with tempfile.TemporaryDirectory(prefix="crm-base-", dir=base.parent) as place:
        copy = Path(place, "data")
        _copy(base, copy)
        yield copy


def facts(base):
    """What there is in a base: how much of everything, and the keys of its special accounts."""
    return json.loads((base / "facts.json").read_text(encoding="utf-8"))


def _keep_facts(folder, told):
    (folder / "facts.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def _megabytes(folder):
    return round((folder / "crm.db").stat().st_size / 1e6)


def make(folder, amounts, seed, tell=print):
    """Fill a new data folder."""
    from crm_desktop.store.driver import connect
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace

    began = time.perf_counter()
    open_workspace(DataFolder(folder)).close()
    inventor = Inventor(amounts, seed, datetime.datetime.now(datetime.UTC).date())
    with closing(connect(folder / "crm.db")) as connection:
        for pragma in QUICK:
            connection.execute(f"PRAGMA {pragma}")
        indexes = _without_indexes(connection)
        counts = _fill(connection, inventor)
        tell(f"{sum(counts.values()):,} rows after {time.perf_counter() - began:.0f} s", flush=True)
        for each in indexes:
            connection.execute(each)
        connection.execute("PRAGMA journal_mode = WAL")
    tell(f"indexes after {time.perf_counter() - began:.0f} s", flush=True)
    work_out(folder)
    told = {
        "amounts": counts,
        "group": inventor.accounts[GROUP],
        "busy": inventor.accounts[BUSY],
        "seconds": round(time.perf_counter() - began, 1),
        "megabytes": _megabytes(folder),
    }
    _keep_facts(folder, told)
    tell(f"{told['megabytes']:,} MB, made in {told['seconds']:.0f} s", flush=True)


def work_out(folder):
    """Derived columns and the search index, by the program's own rules: the one place that knows how they are made."""
    from crm_desktop.store import search, upkeep
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace

    workspace = open_workspace(DataFolder(folder))
    with closing(workspace.engine.raw_connection()) as bare:
        bare.execute("PRAGMA synchronous = OFF")
    with workspace.engine.execution_options(writing=True).begin() as connection:
        upkeep.refresh_columns(connection)
    with workspace.engine.execution_options(writing=True).begin() as connection:
        search.ensure(connection)
        search.rebuild(connection)
    workspace.close()


def _without_indexes(connection):
    """Take the indexes away, because they are made faster from rows that are there; gives how to make them again."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL").fetchall()
    for name, _sql in found:
        connection.execute(f'DROP INDEX "{name}"')
    return [sql for _name, sql in found]


def _fill(connection, inventor):
    statements = {table: _insertion(table) for table in COMMON}
    counts = {}
    for table, made in inventor.parts():
        rows = _with_keys(table, made) if table in ("account", "contact") else made
        connection.execute("BEGIN")
        connection.executemany(statements[table], rows)
        connection.execute("COMMIT")
        counts[table] = counts.get(table, 0) + len(rows)
    return counts


def _columns(table):
    return COMMON[table].split(", ")


def _insertion(table):
    """The statement that inserts a row: what all rows of a table have alike stands in it as it is."""
    from crm_desktop.model import ENTITIES
    from crm_desktop.model.base import default_of, now
    from crm_desktop.store.journal import binder
    from crm_desktop.store.upkeep import ACCOUNT_KEYS, CONTACT_KEYS

    given = [*_columns(table), *{"account": ACCOUNT_KEYS, "contact": CONTACT_KEYS}.get(table, ())]
    same = {"created_at": now(), "updated_at": now(), "source": SAMPLE}
    fixed = {}
    for column in ENTITIES[table].__table__.columns:
        value = same.get(column.key, default_of(column))
        if column.key not in given and value is not None:
            fixed[column.key] = _literal(binder(column)(value))
    names, values = ", ".join((*given, *fixed)), ", ".join(("?",) * len(given) + tuple(fixed.values()))
    return f'INSERT INTO "{table}" ({names}) VALUES ({values})'


def _literal(value):
    return f"'{value}'" if isinstance(value, str) else str(int(value)) if isinstance(value, bool) else str(value)


def _with_keys(table, rows):
    """Rows with the columns that are worked out from others in the same row."""
    from crm_desktop.store.upkeep import new_keys

    columns = dict(zip(_columns(table), zip(*rows, strict=True), strict=True))
    keys = new_keys(table, columns, len(rows))
    return [tuple(chain(row, more)) for row, more in zip(rows, zip(*keys.values(), strict=True), strict=True)]
