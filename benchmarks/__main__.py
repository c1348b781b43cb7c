"""python -m benchmarks import_export [--rows 10000 --rows 100000] [--json FILE]"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from benchmarks import import_export
from benchmarks.harness import NOISY, machine

BENCHMARKS = {"import_export": import_export}
ROWS = [10_000]


def main():
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measures the program against plain limits.")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="what to measure; else everything")
    parser.add_argument("--rows", type=int, action="append", help="how many rows; may be given several times")
    parser.add_argument("--rounds", type=int, default=1, help="how often each is measured; the best counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    given = parser.parse_args()
    made = {"machine": machine(), "figures": {}}
    print(", ".join(f"{name} {value}" for name, value in made["machine"].items()))
    for name in given.names or BENCHMARKS:
        for rows in given.rows or ROWS:
            figures = BENCHMARKS[name].run(rows, given.rounds, given.seed)
            print(f"\n{name}, {rows:,} rows", *BENCHMARKS[name].lines(rows, figures), sep="\n", flush=True)
            _tell_noise(figures)
            made["figures"].setdefault(name, {})[rows] = {step: asdict(each) for step, each in figures.items()}
    if given.json:
        given.json.write_text(json.dumps(made, indent=1), encoding="utf-8")


def _tell_noise(figures):
    noisy = [f"{name} ×{each.noise:.2f}" for name, each in figures.items() if each.noise > NOISY]
    if noisy:
        print(f"The machine was busy meanwhile (a fixed piece of work took longer than its best): {', '.join(noisy)}")


if __name__ == "__main__":
    main()
