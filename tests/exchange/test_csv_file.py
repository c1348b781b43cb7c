"""Text files: any usual encoding and delimiter, and nothing that a spreadsheet takes for a formula."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import csv_file, formats, write_csv
from crm_desktop.exchange.flow import gathered
from crm_desktop.jobs import finish
from crm_desktop.text.sheet import Table

ROWS = [
    ("姓名", "公司", "手机"),
    ("张三", "ABC有限公司", "021-12345678"),
    ("O'Brien", 'He said "yes", twice', "+86 138"),
]


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found_out(tmp_path, encoding, delimiter):
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS]
    sheet = formats.read(written(tmp_path / "list.csv", "\r\n".join(lines), encoding))
    assert sheet.rows == ROWS
    assert bool(sheet.notes) == (encoding == "gb18030"), "a guess is told, a certainty is not"
    assert all("GB18030" in note for note in sheet.notes)


def test_an_encoding_can_be_chosen(tmp_path):
    path = written(tmp_path / "list.csv", "姓名,公司\n張三,台灣公司", "big5")
    assert formats.read(path, encoding="big5").rows[1] == ("張三", "台灣公司")
    with pytest.raises(FileProblem, match="UTF-8"):
        formats.read(path, encoding="utf-8")


def test_one_column_of_mails_stays_one_column(tmp_path):
    path = written(tmp_path / "list.csv", "E-mail\nanna@example.com\nzhang@example.org")
    assert formats.read(path).rows == [("E-mail",), ("anna@example.com",), ("zhang@example.org",)]


def test_a_line_that_names_the_delimiter_is_no_row(tmp_path):
    sheet = formats.read(written(tmp_path / "list.csv", "sep=;\nName;City\nAnna;Berlin, Mitte"))
    assert (sheet.rows, sheet.numbers) == ([("Name", "City"), ("Anna", "Berlin, Mitte")], [2, 3])


def test_a_cell_may_have_several_lines(tmp_path):
    sheet = formats.read(written(tmp_path / "list.csv", 'Name,Note\nAnna,"one\ntwo"\n\nBen,x'))
    assert sheet.rows == [("Name", "Note"), ("Anna", "one\ntwo"), ("Ben", "x")]
    assert sheet.numbers == [1, 2, 4]


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "is empty"), (b" \n\n", "is empty"), (b"PK\x03\x04\0\0\0", "not a text file")]
)
def test_what_is_no_list_is_told(tmp_path, content, said):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=said):
        formats.read(path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileProblem, match=r"no file “list\.csv”"):
        formats.read(tmp_path / "list.csv")


def test_too_many_columns_are_told(tmp_path):
    with pytest.raises(FileProblem, match="too large: row 1 "):
        formats.read(written(tmp_path / "list.csv", ",".join(map(str, range(1100)))))


def test_formulas_are_guarded_and_phones_are_not(tmp_path):
    path = tmp_path / "list.csv"
    cells = (
        "=1+1",
        "@SUM(1)",
        "-2+3",
        "+cmd|' /C calc'!A0",
        "+86 138 0013 8000; +49 30 1234 ext. 5",
        "'=1",
        "plain",
        -5,
    )
    finish(formats.write(path, [Table("t", tuple("abcdefgh"), [cells])]))
    line = path.read_text(encoding="utf-8-sig").splitlines()[1]
    assert line == "'=1+1,'@SUM(1),'-2+3,'+cmd|' /C calc'!A0,+86 138 0013 8000; +49 30 1234 ext. 5,''=1,plain,-5"
    assert formats.read(path).rows[1] == (*cells[:-1], "-5")


def test_excel_sees_that_it_is_utf_8(tmp_path):
    finish(formats.write(tmp_path / "list.csv", [Table("t", ("姓名",), [("张三",)])]))
    assert (tmp_path / "list.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_several_lists_do_not_fit_in_one_text_file(tmp_path):
    table = Table("t", ("a",), [])
    with pytest.raises(FileProblem, match="xlsx"):
        finish(formats.write(tmp_path / "list.csv", [table, table]))


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n\t'=+-@,;|\""), max_size=12
)


@settings(max_examples=200)
@given(rows=st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=6))
def test_what_is_written_is_read_again(rows, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "round.csv"
    finish(write_csv.write(path, [Table("t", ("a", "b", "c"), rows)]))
    clean = [tuple(cell.replace("\ufffe", "").replace("\uffff", "") for cell in row) for row in rows]
    kept = [tuple(cell if cell.strip() else None for cell in row) for row in clean]
    read = gathered(csv_file.read(path))  # here, because a process for each example takes its time
    assert read.rows[1:] == [row for row in kept if any(row)]
