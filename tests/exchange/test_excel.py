"""Reading workbooks: what is in them comes as it is, what cannot be read is told in one sentence."""

import io
import re
import zipfile
from datetime import date, datetime, time

import msoffcrypto.format.ooxml
import pytest
from openpyxl import Workbook

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import formats


@pytest.fixture
def book(tmp_path):
    """Save rows to a workbook; gives its path."""

    def book(*rows, name="list.xlsx", sheets=("Sheet",)):
        made = Workbook()
        made.remove(made.active)
        for title in sheets:
            made.create_sheet(title)
        for row in rows:
            made.worksheets[-1].append(row)
        made.save(tmp_path / name)
        return tmp_path / name

    return book


def repacked(path, **changed):
    """The workbook with some of its inner files changed; names are given without their folder and ending."""
    with zipfile.ZipFile(path) as archive:
        parts = {each.filename: archive.read(each) for each in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            change = changed.get(name.rpartition("/")[2].partition(".")[0])
            archive.writestr(name, change(content) if change else content)
    return path


def test_values_come_as_they_are(book):
    moment = datetime(2025, 3, 8, 14, 30)  # noqa: DTZ001 - a sheet knows no time zone
    path = book(
        ["文字", 13800138000, 1.5, True, date(2025, 3, 8), moment, time(9, 30), None, "  ", "+86 123456789", "021"],
    )
    [row] = formats.read(path).rows
    assert row == (
        "文字", 13800138000, 1.5, True, date(2025, 3, 8), moment, "09:30:00", None, None, "+86 123456789", "021",
    )  # fmt: skip
    assert isinstance(row[1], int), "a mobile number typed as a number has no .0"


def test_rows_keep_the_numbers_that_they_have_in_the_file(book):
    sheet = formats.read(book([], ["Name"], [], [None, " "], ["张三"]))
    assert sheet.rows == [("Name", None), ("张三", None)]
    assert sheet.numbers == [2, 5]


def test_the_first_sheet_with_rows_is_read_unless_one_is_named(book):
    path = book(["Name"], sheets=("空", "名单"))
    assert formats.sheet_names(path) == ["空", "名单"]
    assert formats.read(path).name == "名单"
    with pytest.raises(FileProblem, match="no rows"):
        formats.read(path, "空")
    with pytest.raises(FileProblem, match="名单"):
        formats.read(path, "Missing")


def write(path, content):
    path.write_bytes(content)
    return path


def locked(path):
    content = io.BytesIO()
    with path.open("rb") as plain:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", content)
    return write(path.with_name("locked.xlsx"), content.getvalue())


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.with_name("gone.xlsx"), "no file"),
        (lambda path: path.parent, "cannot be opened"),
        (lambda path: write(path, b""), "is empty"),
        (lambda path: write(path, b"Name,Mobile\n"), "not an Excel workbook"),
        (lambda path: write(path, b"PK\x03\x04 and then nothing"), "damaged"),
        (lambda path: write(path, path.read_bytes()[:-100]), "damaged"),
        (lambda path: write(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "cannot be read"),
        (locked, "password"),
        (lambda path: repacked(path, sheet1=lambda _xml: b"<worksheet><sheetData><row>"), "cannot be read|no rows"),
        (lambda path: repacked(path, workbook=lambda _xml: b"no xml"), "cannot be read|no rows"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(book, make, said, language):
    path = make(book(["Name"]))
    with pytest.raises(FileProblem) as problem:
        formats.read(path)
    assert path.name in str(problem.value)
    assert "\n" not in str(problem.value)
    if language == "en":
        assert re.search(said, str(problem.value)), problem.value


BOMBS = {
    "a cell in the far corner": lambda xml: xml.replace(
        b"</row>", b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a far column": lambda xml: xml.replace(b'r="A1"', b"s='0' r='XFD1'"),
    "a position in disguise": lambda xml: xml.replace(b'r="A1"', b'r="&#88;FD1"'),
    "text without end": lambda xml: xml.replace(b"</worksheet>", b" " * (60 * 2**20) + b"</worksheet>"),
    "UTF-16": lambda xml: xml.decode().encode("utf-16"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_would_unfold_without_end_is_not_opened(book, name):
    path = repacked(book(["Name"]), sheet1=BOMBS[name])
    assert path.stat().st_size < 200_000
    with pytest.raises(FileProblem):
        formats.read(path)


def test_a_size_that_lies_is_found_out(book):
    path = repacked(book(["Name"]), sheet1=lambda xml: xml.replace(b"</worksheet>", b" " * 100_000 + b"</worksheet>"))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = next(each.file_size for each in archive.infolist() if "sheet1" in each.filename)
    at = content.rindex(size.to_bytes(4, "little"))
    content[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(FileProblem, match="damaged"):
        formats.read(path)


def test_a_wide_honest_sheet_is_read(book):
    sheet = formats.read(book([f"Column {at}" for at in range(200)], list(range(200))))
    assert len(sheet.rows[0]) == 200


def test_cells_with_errors_are_told(book):
    plain, broken = b'r="B2" t="n"><v>5<', b'r="B2" t="e"><v>#N/A<'
    sheet = formats.read(repacked(book(["Name", "Size"], ["ABC", 5]), sheet1=lambda xml: xml.replace(plain, broken)))
    assert sheet.rows[1] == ("ABC", None)
    assert "#N/A" in sheet.notes[0]
    assert formats.read(book(["Name"], ["e"])).notes == ()
