"""The benchmarks run from end to end and say what they found; no figure is asserted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import bases, tables
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.figures import Goal, Result, Took, percentile, took
from crm_desktop.store.check import check
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace

ROOT = Path(__file__).parents[2]
QUICK = ("find", "bulk_write")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder for bases, with the smallest one in it."""
    folder = tmp_path_factory.mktemp("bases")
    bases.kept("XS", folder, tell=lambda *_words, **_how: None)
    return folder


def rows_of(folder):
    with open_workspace(DataFolder(folder)).engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT id, name, parent_id, sort_key FROM account ORDER BY id").all()
        connection.engine.dispose()
    return found


def test_a_base_is_sound_whole_and_the_same_for_its_seed(kept, tmp_path):
    base = bases.kept("XS", kept)
    told = bases.facts(base)
    amounts = bases.SIZES["XS"]
    wanted = (amounts.accounts, amounts.contacts, amounts.activities)
    assert tuple(told["amounts"][each] for each in ("account", "contact", "activity")) == wanted
    with bases.copied(base) as copy:
        workspace = open_workspace(DataFolder(copy))
        assert check(workspace) == []
        workspace.close()
        with open_workspace(DataFolder(copy)).engine.connect() as connection:
            branches, talks = (
                connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE {column} = ?", (key,)).scalar_one()
                for table, column, key in (
                    ("account", "parent_id", told["group"]),
                    ("activity", "account_id", told["busy"]),
                )
            )
            connection.engine.dispose()
        assert branches >= amounts.branches - 2
        assert talks >= amounts.talks
        first = rows_of(copy)
    bases.make(tmp_path / "again", amounts, bases.SEED, lambda *_words, **_how: None)
    assert rows_of(tmp_path / "again") == first


def test_a_base_is_kept_and_its_copy_goes_away(kept):
    base = bases.kept("XS", kept)
    before = (base / "crm.db").stat().st_mtime_ns
    with bases.copied(base) as copy:
        assert copy.exists()
    assert not copy.exists()
    assert bases.kept("XS", kept) == base
    assert (base / "crm.db").stat().st_mtime_ns == before


def run(names, kept, target):
    """Run benchmarks as people do; gives what they print."""
    command = [sys.executable, "-m", "benchmarks", *names, "--size", "XS", "--bases", str(kept), "--json", str(target)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [*command, "--rounds", "1"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_benchmarks_print_their_figures_and_keep_them(kept, tmp_path, capsys):
    target = tmp_path / "figures.json"
    printed = run(QUICK, kept, target)
    found = tables.read(target)
    assert {name for _size, name, _line in found} == set(QUICK)
    assert all(result.name in printed for result in found.values())
    main(["compare", str(target), str(target)])
    assert "1.00" in capsys.readouterr().out
    main(["table", str(target)])
    table = capsys.readouterr().out
    assert "Base XS: 80 accounts / 200 contacts / 800 activities; " in table
    assert "### Find, base XS" in table
    assert "| 2 hanzi" in table


@pytest.mark.soak
def test_every_benchmark_runs(kept, tmp_path):
    target = tmp_path / "figures.json"
    run(["all"], kept, target)
    assert list(json.loads(target.read_text(encoding="utf-8"))["benchmarks"]) == list(BENCHMARKS)


def test_percentiles_are_values_that_were_measured():
    values = [float(each) for each in range(1, 101)]
    assert (percentile(values, 50), percentile(values, 95), percentile(values, 99)) == (50, 95, 99)
    assert percentile([7.0], 99) == 7


def test_a_goal_says_which_of_its_parts_were_missed():
    result = Result("x", [10.0, 30.0], [5.0, 5.0], [10.0], [5.0], goal=Goal(ratio=1.5, p95=20))
    assert result.goal.missed(result) == ["p95"]
    assert result.goal.verdict(result) == "missed, but ✓ by cpu"
    assert Goal(worst=30).verdict(result) == "✓"
    assert Goal().verdict(result) == ""
    assert Goal(ratio=3, p50=2).say("ms") == "≤ 3×, p50 ≤ 2 ms"


def test_what_two_runs_do_not_share_is_told(tmp_path):
    def write(name, *lines):
        told = {"size": "S", "benchmarks": {"find": [Result(line, [1.0]).as_json() for line in lines]}}
        (tmp_path / name).write_text(json.dumps(told), encoding="utf-8")
        return tmp_path / name

    told = tables.compared(write("a.json", "one", "two"), write("b.json", "one"))
    assert "only in one of them: S find two" in told


def test_a_time_is_that_of_the_clock_and_of_the_processor():
    found = took(lambda: sum(range(1000)))
    assert isinstance(found, Took)
    assert found.wall >= 0
    assert found.cpu >= 0
