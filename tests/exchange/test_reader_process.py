"""Files are read in a process of its own: what ends that process never ends ours."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm_desktop.app import READER
from crm_desktop.errors import FileProblem
from crm_desktop.exchange import formats, limits, reader_process
from crm_desktop.paths import ROOT
from tests.exchange import books

ROWS = [("姓名", "手机"), ("张三", "13800138000")]


def test_the_program_knows_its_hidden_verb():
    assert READER == reader_process.VERB


def test_a_crash_names_the_cell_that_caused_it(tmp_path):
    far = '<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>'
    sheet = books.sheet_xml(ROWS).replace("</sheetData>", f"{far}</sheetData>")
    path = books.zipped(tmp_path / "list.xlsx", books.xlsx_parts(sheet, names=("名单",)))
    with pytest.raises(FileProblem, match=r"“list\.xlsx” cannot be read: cell ZZ1048576 of sheet “名单” is far away"):
        formats.read(path)


def test_a_file_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text("13800138000,Anna\n" * 1_000_000)
    monkeypatch.setattr(limits, "LEAST_SECONDS", 0.3)
    monkeypatch.setattr(limits, "BYTES_PER_SECOND", 2**40)
    with pytest.raises(FileProblem, match=r"“list\.csv” takes too long"):
        formats.read(path)


def test_memory_has_an_end(tmp_path, monkeypatch):
    if sys.platform != "linux":
        return
    path = books.xlsx(tmp_path / "list.xlsx", [("姓名" * 20, f"{at}") for at in range(20_000)])
    monkeypatch.setattr(limits, "MEMORY_PER_BYTE", 0)
    monkeypatch.setattr(limits, "LEAST_MEMORY", 12 * limits.MEGABYTE)
    with pytest.raises(FileProblem, match="memory"):
        formats.read(path)
    assert path.exists()


def test_limits_grow_with_the_content(tmp_path):
    small = books.xlsx(tmp_path / "small.xlsx", ROWS)
    large = books.xlsx(tmp_path / "large.xlsx", [(f"客户{at}", f"138{at:08}") for at in range(30_000)])
    assert limits.memory(large) > limits.memory(small) >= limits.LEAST_MEMORY
    assert limits.seconds(large) > limits.seconds(small) >= limits.LEAST_SECONDS
    assert limits.memory(tmp_path / "missing.xlsx") == limits.LEAST_MEMORY


SCRIPT = """
import sys
from pathlib import Path
from crm_desktop.exchange import reader_process
with reader_process._Reader(Path(sys.argv[1])) as reader:
    answers = reader.ask("rows", "", "")
    next(answers)
    print(reader._process.pid, flush=True)
    for answer in answers:
        pass
    input()
"""


def test_the_reader_ends_with_the_one_that_asked(tmp_path):
    if os.name == "nt":
        return
    path = tmp_path / "list.csv"
    path.write_text("13800138000,Anna\n" * 1_900_000)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    asking = subprocess.Popen([sys.executable, "-c", SCRIPT, str(path)], stdout=subprocess.PIPE, env=environment)
    with asking:
        pid = int(asking.stdout.readline())
        asking.kill()
    assert gone(pid), "the reader goes on without anybody to read for"


def gone(pid, patience=60.0):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if is_over(pid):
            return True
        time.sleep(0.05)
    return False


def is_over(pid):
    """Whether a process has ended and only its parent does not know it yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False


def test_the_reader_starts_without_what_it_does_not_need():
    heavy = (
        "PySide6",
        "sqlalchemy",
        "phonenumbers",
        "openpyxl",
        "xlsxwriter",
        "charset_normalizer",
        "vobject",
        "alembic",
    )
    code = (
        "import sys, crm_desktop.exchange.reader_child, crm_desktop.exchange.formats\n"
        "print([each for each in sys.argv[1:] if each in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", code, *heavy], capture_output=True, text=True, env=environment, check=True
    )
    assert told.stdout.strip() == "[]"


def test_nothing_but_plain_values_is_taken_from_the_reader():
    import io
    import pickle

    with pytest.raises(pickle.UnpicklingError):
        reader_process._PlainUnpickler(io.BytesIO(pickle.dumps(os.system))).load()
