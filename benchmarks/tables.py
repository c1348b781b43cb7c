"""Figures of several runs as one table, and what is different between two."""

import json
from itertools import groupby
from statistics import median

from benchmarks.figures import Result, number
from benchmarks.harness import NOISY

TITLES = {
    "start": "Start",
    "memory": "Memory",
    "find": "Find",
    "lists": "List of contacts",
    "tree": "Account tree",
    "timeline": "Timeline",
    "record": "Open a record",
    "edit": "Save one edit, and take it back",
    "tour": "Event loop",
    "bulk_write": "Write many rows",
    "import_export": "Import, its undo, export",
    "import_frames": "The window while an import runs",
}
COLUMNS = ("", "p50", "p95", "worst", "cpu", "limit", "ratio", "of cpu", "goal", "", "busy")
COUNTED = {"account": "accounts", "contact": "contacts", "activity": "activities"}


def read(path):
    """The results of a file by base, benchmark and name."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return {
        (told["size"], name, each["name"]): Result.from_json(each)
        for name, results in told["benchmarks"].items()
        for each in results
    }


def compared(before, after):
    """Two runs side by side: only the ratio to the limit tells when the machine was not the same."""
    old, new = read(before), read(after)
    line = "{:4} {:14} {:38} {:>9} {:>9} {:>7} {:>7} {:>7}"
    head = line.format("base", "benchmark", "", "before", "after", "×", "of cpu", "ratio")
    lines = [line.format(*key, *_change(old[key], new[key])).rstrip() for key in new if key in old]
    gone = [" ".join(key) for key in sorted(old.keys() ^ new.keys())]
    return "\n".join([head, *lines, *(f"only in one of them: {each}" for each in gone)])


def _change(old, new):
    by_ratio = f"{new.ratio / old.ratio:.2f}" if old.ratio and new.ratio else ""
    spent = sum(old.cpu), sum(new.cpu)
    of_cpu = f"{spent[1] / len(new.cpu) / (spent[0] / len(old.cpu)):.2f}" if all(spent) else ""
    times = f"{new.p50 / old.p50:.2f}" if old.p50 else ""
    return number(old.p50), number(new.p50), times, of_cpu, by_ratio


def markdown(paths):
    """The results of some files as tables for the documents, with what they were taken on."""
    found = {}
    for path in paths:
        found |= read(path)
    parts = list(dict.fromkeys(_taken_on(json.loads(path.read_text(encoding="utf-8"))) for path in paths))
    for (size, name), keys in groupby(found, lambda key: key[:2]):
        rows = [_row(found[key]) for key in keys]
        head = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"
        parts.append("\n".join([f"### {TITLES[name]}, base {size}\n", head, *rows, ""]))
    return "\n".join(parts)


def _taken_on(told):
    """The base and the machine in words."""
    counts = " / ".join(f"{told['amounts'][each]:,} {name}" for each, name in COUNTED.items())
    names = {"python": "Python", "qt": "Qt", "sqlite": "SQLite"}
    versions = [f"{name} {told['machine'][each]}" for each, name in names.items() if each in told["machine"]]
    system, count = told["machine"]["system"], told["machine"]["processors"]
    return f"Base {told['size']}: {counts}; {system}, {count} processors, {', '.join(versions)}.\n"


def _row(result):
    against = f"{number(result.plain)} ({result.against})" if result.limit else ""
    facts = ", ".join(f"{name} {value}" for name, value in result.facts.items())
    unit = "" if result.unit == "ms" else f" {result.unit}"
    cells = (
        result.name + (f" ({facts})" if facts else ""),
        *(number(each) + unit for each in (result.p50, result.p95, result.worst)),
        number(median(result.cpu)) if any(result.cpu) else "",
        against,
        f"{result.ratio:.2f}" if result.ratio else "",
        f"{result.ratio_of_cpu:.2f}" if result.ratio_of_cpu else "",
        result.goal.say(result.unit),
        result.goal.verdict(result).replace("missed", "**missed**"),
        f"×{result.noise:.1f}" if result.noise > NOISY else "",
    )
    return f"| {' | '.join(cells)} |"
