"""Writing workbooks: texts stay texts, dates are dates, and half a file is never seen."""

import stat
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import formats
from crm_desktop.jobs import finish
from crm_desktop.text.sheet import Table


def table(*rows, header=("Name", "Phone"), **more):
    return Table("名单", header, list(rows), **more)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "list.xlsx"


def test_texts_are_never_formulas_links_or_numbers(path):
    texts = ["=1+1", "+86 123456789", "-1", "@x", "0012", "https://example.com", "=HYPERLINK(1)", "a@example.com"]
    finish(formats.write(path, [table(*[(each, None) for each in texts])]))
    cells = [row[0] for row in load_workbook(path).worksheets[0].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_dates_are_dates_and_numbers_numbers(path):
    day, moment = date(2025, 3, 8), datetime(2025, 3, 8, 14, 30)  # noqa: DTZ001 - a sheet knows no time zone
    row = (day, moment, 5, 1.5, True, 10**16, date(1850, 1, 1))
    finish(formats.write(path, [table(row, header=tuple("abcdefg"))]))
    cells = next(load_workbook(path).worksheets[0].iter_rows(min_row=2))
    assert (cells[0].value.date(), cells[1].value, cells[2].value) == (day, moment, 5)
    assert cells[0].number_format == "yyyy-mm-dd"
    assert (cells[3].value, cells[4].value) == (1.5, True)
    assert cells[5].value == str(10**16), "a spreadsheet keeps 15 digits only"
    assert cells[6].value == "1850-01-01"
    assert formats.read(path).rows[1][:2] == (day, moment)


def test_the_header_stays_in_view_and_filters(path):
    finish(formats.write(path, [table(("张三" * 15, "1"), ("b", "2"), hidden=frozenset({1}))]))
    sheet = load_workbook(path).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width > 40
    assert sheet.column_dimensions["B"].hidden


def test_a_column_of_phones_is_text_below_the_last_row_too(path):
    finish(formats.write(path, [table(("张三", "+86 138 0013 8000; 010-12345678"), ("李四", "13800138000"))]))
    assert load_workbook(path).worksheets[0]["B2"].number_format == "@"


def test_the_last_sheet_says_where_the_list_comes_from(path, language):
    finish(formats.write(path, [table(("a", "b"), facts=(("Rows", "1"), ("Filter", "=x")))]))
    about = load_workbook(path).worksheets[1]
    assert [tuple(cell.value for cell in row) for row in about.iter_rows(min_row=2)] == [
        ("Rows", "1"),
        ("Filter", "=x"),
    ]


def test_what_no_file_can_hold_is_left_out_and_told(path):
    long = "好" * 40_000
    done = finish(formats.write(path, [table(("a\x07b\ufffe\ud800c\r\nd_x0041_", long))]))
    assert len(done.notes) == 2
    assert "row 2" in done.notes[0]
    assert "Phone" in done.notes[1]
    name, phone = formats.read(path).rows[1]
    assert name == "abc\nd_x0041_"
    assert phone == long[:32_767]
    assert load_workbook(path).sheetnames[0] == "名单"


def test_names_of_sheets_are_made_to_fit(path):
    tables = [Table(name, ("a",), []) for name in ("a/b:c", "A b c", "x" * 40, "'quoted'", "")]
    finish(formats.write(path, tables))
    names = formats.sheet_names(path)
    assert len({name.lower() for name in names}) == 5
    assert all(1 <= len(name) <= 31 for name in names)


def test_cancelling_leaves_the_old_file_and_nothing_else(path, tmp_path):
    path.write_text("old")
    job = formats.write(path, [table(*[("a", "b")] * 3000)])
    next(job)
    job.close()
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["list.xlsx"]


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "list.xlsx").mkdir()
    with pytest.raises(FileProblem, match=r"“list\.xlsx” cannot be written"):
        finish(formats.write(folder / "list.xlsx", [table(("a", "b"))]))
    assert stat.S_ISDIR((folder / "list.xlsx").stat().st_mode)
    assert list(folder.iterdir()) == [folder / "list.xlsx"]
    with pytest.raises(FileProblem, match="folder"):
        finish(formats.write(tmp_path / "missing" / "list.xlsx", [table(("a", "b"))]))


def test_an_unknown_ending_is_told(tmp_path):
    with pytest.raises(FileProblem, match=r"\.xlsx, \.csv, \.tsv"):
        formats.write(tmp_path / "list.pdf", [table()])
