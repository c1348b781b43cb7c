"""Writing text files: what Excel opens, what a formula cannot do, and what comes back."""

import csv
from datetime import date, datetime

import pytest

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import write_csv
from crm_desktop.exchange.guard import RISKY, with_guard, without_guard
from crm_desktop.exchange.writing import cleaned
from crm_desktop.jobs import finish
from crm_desktop.text.sheet import Table
from tests.naughty import FORMULAS, TEXTS


def written(path, rows, encoding="", header=("a", "b")):
    return finish(write_csv.write(path, [Table("名单", header, rows)], encoding))


def lines(path, encoding="utf-8-sig"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(("encoding", "codec"), [("", "utf-8-sig"), ("utf-8", "utf-8-sig"), ("GB18030", "gb18030")])
def test_every_character_can_be_written_in_each_encoding(tmp_path, encoding, codec):
    texts = [each for each in TEXTS if len(each) < 1000]
    done = written(tmp_path / "list.csv", [(each, "x") for each in texts], encoding)
    found = [line[0] for line in lines(tmp_path / "list.csv", codec)[1:]]
    assert [without_guard(each) for each in found] == [cleaned(each).text for each in texts]
    assert len(done.notes) == sum(cleaned(each).is_changed for each in texts) > 30


def test_nothing_can_be_taken_for_a_formula(tmp_path):
    written(tmp_path / "list.csv", [(each, each) for each in FORMULAS])
    for line in lines(tmp_path / "list.csv")[1:]:
        assert not any(cell[:1] in tuple("=+-@\t\r\n＝＋－＠") for cell in line)


def test_the_guard_is_only_where_it_must_be_and_goes_again():
    assert with_guard("+86 138 0013 8000") == "+86 138 0013 8000"
    assert with_guard("a=b") == "a=b"
    for each in FORMULAS:
        assert without_guard(with_guard(each)) == each
        assert not RISKY.match(with_guard(each)) or with_guard(each).startswith("'")


def test_values_are_written_as_a_sheet_would_show_them(tmp_path):
    moment = datetime(2025, 3, 8, 14, 30)  # noqa: DTZ001 - a sheet knows no time zone
    written(tmp_path / "list.csv", [(date(2025, 3, 8), moment), (120_000_000.0, 0.1), (-5, None)])
    assert lines(tmp_path / "list.csv")[1:] == [["2025-03-08", "2025-03-08 14:30"], ["120000000", "0.1"], ["-5", ""]]


def test_tabs_part_what_is_called_so(tmp_path):
    written(tmp_path / "list.tsv", [("张三", "1")])
    assert (tmp_path / "list.tsv").read_bytes().decode("utf-8-sig") == "a\tb\r\n张三\t1\r\n"


def test_an_encoding_that_cannot_hold_all_is_refused(tmp_path):
    with pytest.raises(FileProblem, match="utf-8, gb18030"):
        written(tmp_path / "list.csv", [], "big5")
    assert list(tmp_path.iterdir()) == []
