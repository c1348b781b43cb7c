"""The sample lists are what their program makes, and hold the mistakes that their description promises."""

import csv

import openpyxl
import pytest

from crm_desktop.model import picks
from crm_desktop.paths import SAMPLES
from crm_desktop.text.header_rows import suggest
from crm_desktop.text.header_words import is_header_row


@pytest.fixture(scope="module")
def maker(packaged):
    return packaged("make_samples")


@pytest.fixture(scope="module")
def rows():
    book = openpyxl.load_workbook(SAMPLES / "trade_show.xlsx")
    found = [list(row) for row in book["参展观众 Attendees"].iter_rows(values_only=True)]
    book.close()
    return found


def test_the_program_gives_the_same_bytes_each_time_and_the_shipped_content(maker, tmp_path, rows):
    maker.main(tmp_path / "one")
    maker.main(tmp_path / "two")
    for name in ("trade_show.xlsx", "trade_show.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert (tmp_path / "one" / "trade_show.csv").read_bytes() == (SAMPLES / "trade_show.csv").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "one" / "trade_show.xlsx")
    assert [list(row) for row in book.worksheets[0].iter_rows(values_only=True)] == rows
    book.close()


def test_the_header_is_found_and_understood(rows):
    scores = [is_header_row(row) for row in rows[:20]]
    assert scores.index(max(scores)) == 2
    columns = list(zip(*[["" if cell is None else str(cell) for cell in row] for row in rows[3:40]], strict=True))
    assert [target for target, _certainty in suggest([str(cell) for cell in rows[2]], columns)] == [
        "account.name",
        "contact.full_name",
        "affiliation.title",
        "contact.mobile",
        "contact.any_phone",
        "contact.email",
        "contact.wechat",
        "account.address",
        "account.level",
        "account.industry",
        "contact.tags",
        "activity.at",
        "activity.summary",
    ]


def test_its_words_for_level_and_industry_are_understood(rows):
    for row in rows[3:]:
        assert row[8] is None or picks.code_of("level", row[8]), row[8]
        assert row[9] is None or picks.code_of("industry", row[9]), row[9]


def test_the_mistakes_stand_where_the_description_says(rows):
    def cell(row, column):
        return rows[row - 1][column]

    assert " / " in cell(12, 4)
    assert cell(10, 1) == cell(35, 1) == "张三"
    assert cell(12, 7) == cell(50, 7)
    assert cell(12, 0) == cell(50, 0) + "有限公司"
    assert cell(17, 0) == cell(44, 0) + "股份有限公司"
    assert "转801" in cell(17, 4)
    assert not cell(16, 3).isascii()
    assert cell(19, 1).endswith("   ")
    assert "＠" in cell(22, 5)
    assert cell(25, 5).endswith(",example")
    assert set(rows[26]) == {None}
    assert [(cell(row, 0) is None, cell(row, 1) is None) for row in (30, 33, 37)] == [
        (True, False),
        (False, True),
        (True, True),
    ]
    assert len(cell(39, 12)) > 100
    assert cell(42, 12) == "=1+1"
    assert cell(45, 12).startswith("+")
    assert cell(48, 3) == "1.38001E+10"
    assert "；" in cell(51, 3)
    assert cell(53, 11) == 46154
    assert len(rows) == 304
    assert {type(row[3]) for row in rows[3:] if row[3] is not None} == {int, str}


def test_the_table_has_the_same_mistakes():
    with (SAMPLES / "trade_show.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 52
    assert rows[46 - 1][3] == "1.38001E+10"
    assert (SAMPLES / "trade_show.csv").read_bytes().startswith(b"\xef\xbb\xbf")
