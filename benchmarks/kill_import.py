"""Kills a running import at random moments and makes sure that all of it is there afterwards, or nothing.

    python benchmarks/kill_import.py --kills 20 --rows 10000

Half of the kills are spread over the whole run, half over its last part, where rows are written. "Nothing" means that
the dump has the same bytes as before; "all" that there is as much of everything as after an import that was left alone,
and that taking it back gives the same bytes as before. Each time the file must be sound, too.
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

HEADER = ("公司名称", "姓名", "职位", "手机", "邮箱", "地址", "标签", "备注")
LATE = 0.5
"""From which part of the run on the second half of the kills falls."""


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
    command = [sys.executable, "-m", "crm_desktop", "import", str(file), "--data", str(folder), "--json"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).parent.parent)


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
    """How long the import takes and how much of everything is there afterwards."""
    shutil.copytree(base, work)
    began = time.monotonic()
    if start(work, file).wait():
        sys.exit("the import itself fails")
    seconds = time.monotonic() - began
    workspace = open_workspace(DataFolder(work))
    text = dump.text(workspace)
    workspace.close()
    shutil.rmtree(work)
    return seconds, amounts(text)


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
        seconds, after = left_alone(base, work, file)
        print(f"left alone, {given.rows:,} rows take {seconds:.1f} s")
        found = Counter()
        killed = 0
        while killed < given.kills:
            shutil.copytree(base, work)
            process = start(work, file)
            moment = seconds * chance.uniform(LATE if killed % 2 else 0, 1.02)
            time.sleep(moment)
            running = process.poll() is None
            process.kill()
            process.wait()
            outcome = verdict(work, before, after)
            killed += running
            found[outcome] += running
            print(f"{'killed' if running else 'already done'} after {moment:5.2f} s: {outcome}", flush=True)
            if outcome.startswith("FAULT"):
                shutil.copytree(work, f"{tempfile.gettempdir()}/kill_import_{killed}", dirs_exist_ok=True)
                sys.exit(1)
            shutil.rmtree(work)
    print(f"{killed} kills: " + ", ".join(f"{count} × {outcome}" for outcome, count in found.items()))


if __name__ == "__main__":
    main()
