"""Measures the program against plain limits.

python -m benchmarks                         every benchmark, on the small base
python -m benchmarks find lists --size M     some of them
python -m benchmarks bases --size L --anew   make a base
python -m benchmarks compare A.json B.json   what is different
python -m benchmarks table A.json B.json     the figures as a table in Markdown
"""

import argparse
import json
import os
import sys
from pathlib import Path

from benchmarks import bases, tables
from benchmarks.figures import HEAD, LINE, ROUNDS, measured
from benchmarks.harness import alone_with, machine

BENCHMARKS = (
    "start",
    "memory",
    "find",
    "lists",
    "tree",
    "timeline",
    "record",
    "day",
    "edit",
    "tour",
    "import_frames",
    "bulk_write",
    "import_export",
)
"""Those that write much come last."""
MODULES = {"import_export": "in_and_out"}
"""The module with `run(bench)` of each, where it is called otherwise."""


def main(arguments=None):
    """Carry out a command line."""
    given = _parsed(sys.argv[1:] if arguments is None else arguments)
    if given.names[:1] == ["compare"]:
        print(tables.compared(*map(Path, given.names[1:])))
    elif given.names[:1] == ["table"]:
        print(tables.markdown([Path(each) for each in given.names[1:]]))
    elif given.names == ["bases"]:
        print(bases.kept(given.size, given.bases, anew=given.anew, stale=given.stale))
    else:
        measure(given)


def _parsed(arguments):
    parser = argparse.ArgumentParser(
        prog="benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help=f"all, {', '.join(BENCHMARKS)}; or a command from above")
    parser.add_argument("--size", choices=list(bases.SIZES), default="S", help="how large a base")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is measured")
    parser.add_argument("--rows", type=int, help="how many rows are imported and exported")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bases", type=Path, metavar="DIR", help="where bases are kept; else a cache folder")
    parser.add_argument("--anew", action="store_true", help="make the base again")
    parser.add_argument("--stale", action="store_true", help="an older search index will do")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    return parser.parse_args(arguments)


def measure(given):
    """Run benchmarks one after another, each in a process of its own, and tell what they find."""
    names = BENCHMARKS if given.names in ([], ["all"]) else given.names
    if unknown := [each for each in names if each not in BENCHMARKS]:
        sys.exit(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}.")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options = {"rounds": given.rounds, "seed": given.seed, "rows": given.rows}
    base = bases.kept(given.size, given.bases, anew=given.anew, stale=given.stale)
    made = {"machine": machine(), "size": given.size, "amounts": bases.facts(base)["amounts"], "benchmarks": {}}
    print(", ".join(f"{name} {value}" for name, value in made["machine"].items()))
    with bases.copied(base) as copy:
        for name in names:
            results = alone_with(measured, f"benchmarks.{MODULES.get(name, name)}", copy, given.size, options)
            print(f"\n{name}, base {given.size}", LINE.format(*HEAD).rstrip(), sep="\n")
            print(*(each.line() for each in results), sep="\n", flush=True)
            made["benchmarks"][name] = [each.as_json() for each in results]
            if given.json:  # each time, so that nothing is lost when somebody stops it
                given.json.write_text(json.dumps(made, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
