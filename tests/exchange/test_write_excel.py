"""Writing workbooks: texts stay texts, dates are dates, and half a file is never seen."""

import csv
import re
import shutil
import stat
import subprocess
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import formats
from crm_desktop.exchange.writing import cleaned
from crm_desktop.jobs import finish
from crm_desktop.text.sheet import Table, cut
from tests.naughty import TEXTS


def table(*rows, header=("Name", "Phone"), **more):
    return Table("名单", header, list(rows), **more)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "list.xlsx"


def in_libreoffice(path, folder):
    """The first sheet of a workbook as LibreOffice writes it to a text file."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder / "csv", path]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    [made] = (folder / "csv").iterdir()
    with made.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


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


def test_naughty_texts_come_back_and_changes_are_told(path):
    assert len(TEXTS) > 200
    done = finish(formats.write(path, [table(*[(each, "x") for each in TEXTS])]))
    cells = [row[0] for row in load_workbook(path).worksheets[0].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "n"}, "no formula, no error"
    assert not any(cell.hyperlink for cell in cells)
    held = [cut(cleaned(each).text) for each in TEXTS]
    assert [row[0] or "" for row in formats.read(path).rows[1:]] == [each if each.strip() else "" for each in held]
    changed = [row for row, each in enumerate(TEXTS, start=2) if cut(cleaned(each).text) != _line_ends(each)]
    assert sorted({int(re.search(r"row (\d+)", each)[1]) for each in done.notes}) == changed


def _line_ends(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_the_report_of_changes_ends_somewhere(path):
    done = finish(formats.write(path, [table(*[("a\x07", "b")] * 2100, facts=(("Rows", "2,100"),))]))
    assert len(done.notes) == 2001
    assert done.notes[-1] == "100 more cells were changed."
    assert load_workbook(path).worksheets[1].max_row == 2003


def test_amounts_are_numbers_with_two_places(path):
    finish(formats.write(path, [table((120_000_000.5, "USD"), header=("Budget", "Currency"), amounts=frozenset({0}))]))
    cell = load_workbook(path).worksheets[0]["A2"]
    assert (cell.value, cell.number_format) == (120_000_000.5, "#,##0.00")


def test_rows_are_asked_for_only_while_they_are_written(path):
    class Rows(list):
        seen = 0

        def __iter__(self):
            for each in range(len(self)):
                self.seen = each
                yield (str(each), None)

    rows = Rows([None] * 3000)
    job = formats.write(path, [Table("a", ("b", "c"), rows)])
    assert next(job).done == 500
    assert rows.seen < 600
    finish(job)
    assert load_workbook(path).worksheets[0].max_row == 3001


@pytest.mark.soak
def test_libreoffice_sees_the_same_values(path, tmp_path):
    assert shutil.which("soffice"), "this run needs LibreOffice: apt-get install libreoffice-calc"
    texts = [each for each in TEXTS if len(each) < 1000]
    day, moment = date(2025, 3, 8), datetime(2025, 3, 8, 14, 30)  # noqa: DTZ001 - a sheet knows no time zone
    rows = [(each, day, moment, 1234.5, 7) for each in texts]
    made = Table(
        "名单", ("Text", "Day", "Moment", "Amount", "Whole"), rows, amounts=frozenset({3}), hidden=frozenset({4})
    )
    finish(formats.write(path, [made]))
    found = in_libreoffice(path, tmp_path)
    assert found[0] == ["Text", "Day", "Moment", "Amount", "Whole"]
    assert [row[0] for row in found[1:]] == [cut(cleaned(each).text) for each in texts]
    assert {tuple(row[1:]) for row in found[1:]} == {("2025-03-08", "2025-03-08 14:30:00", "1234.5", "7")}
