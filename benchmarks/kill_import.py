"""Kills a running import at random moments and makes sure that all of it is there afterwards, or nothing.

    python benchmarks/kill_import.py --kills 20 --rows 10000

A third of the kills is spread over the whole run, a third over the writing of rows, and a third over what comes after
the last row: keys, search index, journal, commit. "Nothing" means that the dump has the same bytes as before; "all"
that there is as much of everything as after an import that was left alone, and that taking it back gives the same
bytes as before. Each time the file must be sound, too.
"""

import argparse
import csv
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from crm_desktop.jobs import finish
from crm_desktop.services import sample
from crm_desktop.store import dump
from crm_desktop.store.check import check
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.undo import undo
from crm_desktop.text.believable import Believer

PHASES = ("anywhere", "while rows are written", "after the last row")
SAVING = "Saving"
HEADER = ("公司名称", "姓名", "职位", "手机", "邮箱", "地址", "标签", "备注")


def write_sheet(file, rows, seed):
    """A sheet of people at companies, three to each."""
    believer = Believer(seed)
    with file.open("w", encoding="utf-8", newline="") as stream:
        sheet = csv.writer(stream)
        sheet.writerow(HEADER)
        for number in range(rows):
            if number % 3 == 0:
                company = believer.company()
            person = believer.person("zh_CN", company)
            reach = (person["mobile"], person["email"], company["address"])
            sheet.writerow((company["name"], person["full_name"], person["title"], *reach, "展会", "展台交流"))


def start(folder, file):
    """Begin the import as people do it."""
    command = [
        sys.executable,
        "-m",
        "crm_desktop",
        "import",
        str(file),
        "--data",
        str(folder),
        "--lang",
        "en",
        "--progress",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    return subprocess.Popen(command, cwd=Path(__file__).parent.parent, **quiet)


def share_written(line):
    """How much of the rows is written according to a line of progress; 0 before."""
    told = json.loads(line)
    return told["done"] / told["total"] if told["note"] == SAVING and told["total"] else 0


def wait_until(process, share):
    """Wait until so much is written; 0 is the first row."""
    for line in process.stderr:
        if json.loads(line)["note"] == SAVING and share_written(line) >= share:
            return


def amounts(text):
    """How many rows of each entity a dump holds."""
    return {name: len(rows) for name, rows in json.loads(text).items()}


def verdict(path, before, after):
    """What is there after a kill: nothing, all, or what is wrong."""
    workspace = open_workspace(DataFolder(path))
    try:
        if faults := check(workspace):
            return f"FAULT: {faults[0].code}"
        found = dump.text(workspace)
        if found == before:
            return "nothing"
        if amounts(found) != after:
            return "FAULT: a part of the import is there"
        undo(workspace)
        return "all" if dump.text(workspace) == before else "FAULT: it cannot be taken back"
    finally:
        workspace.close()


def left_alone(base, work, file):
    """How long the import takes, how long of it after the last row, and how much there is of everything afterwards."""
    shutil.copytree(base, work)
    began = time.monotonic()
    process = start(work, file)
    wait_until(process, 1)
    last_row = time.monotonic()
    if process.wait():
        sys.exit("the import itself fails")
    seconds, tail = time.monotonic() - began, time.monotonic() - last_row
    process.stderr.close()
    workspace = open_workspace(DataFolder(work))
    text = dump.text(workspace)
    workspace.close()
    shutil.rmtree(work)
    return seconds, tail, amounts(text)


def kill_in(process, phase, seconds, tail, chance):
    """Kill the process somewhere in a phase; gives where, and whether it was still running."""
    if phase == "anywhere":
        time.sleep(seconds * chance.random())
    elif phase == "while rows are written":
        wait_until(process, chance.random())
    else:
        wait_until(process, 1)
        time.sleep(tail * 1.1 * chance.random())
    is_running = process.poll() is None
    process.kill()
    process.wait()
    process.stderr.close()
    return is_running


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as place:
        base, work, file = Path(place, "base"), Path(place, "work"), Path(place, "people.csv")
        write_sheet(file, given.rows, given.seed)
        workspace = open_workspace(DataFolder(base))
        finish(sample.fill(workspace, 100, given.seed))
        before = dump.text(workspace)
        workspace.close()
        seconds, tail, after = left_alone(base, work, file)
        print(f"left alone, {given.rows:,} rows take {seconds:.1f} s, {tail:.1f} s of it after the last row")
        found = Counter()
        while found.total() < given.kills:
            phase = PHASES[found.total() % len(PHASES)]
            shutil.copytree(base, work)
            is_running = kill_in(start(work, file), phase, seconds, tail, chance)
            outcome = verdict(work, before, after)
            found[outcome] += is_running
            print(f"{phase}: {outcome if is_running else 'already done'}", flush=True)
            if outcome.startswith("FAULT"):
                sys.exit(1)
            shutil.rmtree(work)
    print(f"{found.total()} kills: " + ", ".join(f"{count} × {outcome}" for outcome, count in found.items()))


if __name__ == "__main__":
    main()
