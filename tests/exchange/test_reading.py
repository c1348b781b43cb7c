"""The same list in every format and encoding is the same list; what a file has besides its values is told."""

from datetime import date, datetime

import pytest
import xlsxwriter

from crm_desktop import i18n
from crm_desktop.errors import FileProblem
from crm_desktop.exchange import formats
from tests.exchange import books

ROWS = [
    ("姓名", "公司", "手机", "金额", "日期", "有效"),
    ("张三", "上海示例科技有限公司", "021-62345678", 1.5, date(2025, 3, 8), True),
    ("Anna Schneider", "Example Ltd", "+49 30 901820", 13800138000, date(1999, 12, 31), False),
    ("李四", None, "013800138000", None, None, None),
]


@pytest.mark.parametrize("ending", ["xlsx", "xlsm", "xls", "xlsb", "ods"])
def test_a_list_is_the_same_in_every_format(tmp_path, ending):
    path = tmp_path / f"list.{ending}"
    write = {"xls": books.xls, "xlsb": books.xlsb, "ods": books.ods}.get(ending, write_xlsx)
    write(path, ROWS)
    sheet = formats.read(path)
    assert (sheet.rows, sheet.numbers) == (ROWS, [1, 2, 3, 4])
    assert [type(cell) for cell in sheet.rows[2]] == [str, str, str, int, date, bool]
    assert formats.sheet_names(path) == ["Sheet1"]


def write_xlsx(path, rows):
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_numbers": False})
    sheet = book.add_worksheet("Sheet1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()


def test_a_workbook_by_another_name_is_read(tmp_path):
    assert formats.read(books.xls(tmp_path / "list.xlsx", ROWS)).rows == ROWS
    assert formats.read(books.xlsx(tmp_path / "list.xls", [("姓名",), ("张三",)])).rows == [("姓名",), ("张三",)]


FOUND = {"gbk": "gb18030", "utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
PEOPLE = [
    ("姓名", "公司", "手机", "备注"),
    *((f"张三{at}", f"示例科技{at}有限公司", f"138{at:08}", "重要客户") for at in range(100)),
]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_hundred_rows_are_the_same_in_every_encoding(tmp_path, language):
    """IMP-X1."""
    i18n.use(language)
    write_xlsx(tmp_path / "list.xlsx", PEOPLE)
    expected = formats.read(tmp_path / "list.xlsx").rows
    assert expected == PEOPLE
    traditional = str.maketrans("张备户机", "張備戶機")
    for encoding in ("gbk", "gb18030", "big5", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        text = "\r\n".join(",".join(row) for row in PEOPLE)
        rows = expected
        if encoding == "big5":
            text = text.translate(traditional)
            rows = [tuple(cell.translate(traditional) for cell in row) for row in expected]
        (tmp_path / "list.csv").write_bytes(text.encode(encoding))
        sheet = formats.read(tmp_path / "list.csv")
        assert sheet.rows == rows, encoding
        assert sheet.encoding == FOUND.get(encoding, encoding)
    i18n.use("en")


def test_an_encoding_that_does_not_fit_is_told(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("姓名,公司\n张三,示例".encode("gb18030"))
    with pytest.raises(FileProblem, match=r"“list\.csv” is not written in UTF-8"):
        formats.read(path, encoding="utf-8")
    with pytest.raises(FileProblem, match="no encoding “klingon”"):
        formats.read(path, encoding="klingon")
    assert formats.read(path, encoding="gb18030").encoding == "gb18030"


def test_every_kind_of_cell_comes_right_or_is_remarked_on(tmp_path):
    """IMP-X2, the reading of it."""
    note = "注" * 5000
    rows = [
        ("客户", "手机", "座机", "日期", "备注"),
        ("甲", 13800138000, "021-62345678", '<c r="@" s="1"><v>45724</v></c>', note),
        ("乙", "1.38001E+10", "021", "2025年3月8日", "13800138000 / 13900139000"),
        (None, None, None, None, None),
        (
            "丙",
            '<c r="@"><f>B2</f><v>13800138000</v></c>',
            '<c r="@"><f>C2</f></c>',
            "2025-03-08",
            '<c r="@" t="e"><v>#N/A</v></c>',
        ),
    ]
    sheet = formats.read(books.xlsx(tmp_path / "list.xlsx", rows))
    assert sheet.numbers == [1, 2, 3, 5]
    assert sheet.rows[1] == ("甲", 13800138000, "021-62345678", date(2025, 3, 8), note)
    assert sheet.rows[2] == rows[2]
    assert sheet.rows[3] == ("丙", 13800138000, None, "2025-03-08", None)
    assert set(sheet.remarks) == {(3, 1), (5, 2), (5, 4)}
    assert "1.38001E+10" in sheet.remarks[3, 1]
    assert "#N/A" in sheet.remarks[5, 4]
    assert "formula" in sheet.remarks[5, 2]


def test_a_clean_file_has_nothing_to_remark_on(tmp_path):
    sheet = formats.read(books.xlsx(tmp_path / "list.xlsx", [("姓名", "手机"), ("张三", 13800138000)]))
    assert (sheet.notes, sheet.remarks, sheet.totals, sheet.encoding) == ((), {}, frozenset(), "")


HEADER = [("客户信息", None, None, "联系人", None, "备注"), ("名称", "电话", "地址", "姓名", "手机", None)]
LIST = [("甲", "021", "上海", "张三", "13800138000", "x"), (None, None, None, "李四", "13900139000", "y")]


def test_merged_words_of_a_header_stand_above_all_of_their_columns(tmp_path):
    ranges = "".join(f'<mergeCell ref="{each}"/>' for each in ("A1:C1", "D1:E1", "F1:F2", "A3:A4"))
    merges = f"<mergeCells>{ranges}</mergeCells>"
    sheet = formats.read(books.xlsx(tmp_path / "list.xlsx", HEADER + LIST, after=merges))
    assert sheet.rows[0] == ("客户信息", "客户信息", "客户信息", "联系人", "联系人", "备注")
    assert sheet.rows[1] == ("名称", "电话", "地址", "姓名", "手机", "备注")
    assert sheet.rows[2:] == LIST, "a value of the list stays where it is"
    assert sheet.notes == ("1 group of merged cells has its value in its first cell only. See A3 to A4.",)


def test_a_title_above_all_columns_is_not_repeated(tmp_path):
    rows = [("客户名单", None), ("名称", "电话"), ("甲", "021-62345678")]
    after = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    assert formats.read(books.xlsx(tmp_path / "list.xlsx", rows, after=after)).rows == rows


def test_merged_cells_of_an_open_document_are_known_too(tmp_path):
    wide = (
        '<table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>客户</text:p>'
        "</table:table-cell><table:covered-table-cell/>"
    )
    rows = [(wide, "备注"), ("名称", "电话", None), ("甲", "021-62345678", "x")]
    assert formats.read(books.ods(tmp_path / "list.ods", rows)).rows[0] == ("客户", "客户", "备注")


def test_what_is_hidden_is_read_and_told(tmp_path):
    parts = books.xlsx_parts(
        books.sheet_xml([("姓名",), ("张三",)], before='<cols><col min="1" max="2" hidden="1"/></cols>').replace(
            '<row r="2"', '<row r="2" hidden="1"'
        ),
        names=("旧名单", "名单"),
        states=("hidden", "visible"),
    )
    path = books.zipped(tmp_path / "list.xlsx", parts)
    assert formats.sheet_names(path) == ["旧名单", "名单"]
    sheet = formats.read(path)
    assert sheet.name == "名单", "a sheet that can be seen comes first"
    assert sheet.notes == (
        "1 row is hidden in the workbook. It was read, too.",
        "2 columns are hidden in the workbook. They were read, too.",
    )
    assert "hides this sheet" in formats.read(path, "旧名单").notes[0]


@pytest.mark.parametrize("write", [books.xls, books.xlsb])
def test_what_cannot_be_known_is_told(tmp_path, write):
    ending = ".xls" if write is books.xls else ".xlsb"
    assert "#N/A" in formats.read(write(tmp_path / f"list{ending}", [("姓名",), ("张三",)])).notes[0]


def test_an_encrypted_document_is_told(tmp_path):
    path = books.zipped(
        tmp_path / "list.ods", {"META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": "garbage"}
    )
    with pytest.raises(FileProblem, match="protected by a password"):
        formats.read(path)


def test_columns_keep_their_letters(tmp_path):
    rows = [(None, None), (None, "姓名"), (None, "1.38E+10")]
    sheet = formats.read(books.xlsx(tmp_path / "list.xlsx", rows))
    assert sheet.rows == [(None, "姓名"), (None, "1.38E+10")]
    assert list(sheet.remarks) == [(3, 1)]


@pytest.mark.parametrize(
    ("last", "totals"),
    [
        ([("合计", None, 300)], {4}),
        ([("小计：", None, "300.00"), ("总计", None, "¥1,300")], {4, 5}),
        ([("Total", None, 2)], {4}),
        ([("Grand total", None, None)], {4}),
        ([("Total", "13800138000", None)], set()),
        ([("Total Energies", None, 300)], set()),
        ([("Total", "Anna", 300)], set()),
        ([("合计", None, 300), ("丙", "x", 1)], set()),
    ],
)
def test_totals_at_the_end_are_known(tmp_path, last, totals):
    rows = [("客户", "联系人", "金额"), ("甲", "张三", 100), ("乙", "李四", 200), *last]
    sheet = formats.read(books.xlsx(tmp_path / "list.xlsx", rows))
    assert sheet.totals == totals
    assert sheet.rows == rows, "they are marked and not dropped"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("姓名\t手机\r\n张三\t13800138000\r\n", [("姓名", "手机"), ("张三", "13800138000")]),
        ('Name\tNote\r\nAnna\t"one\ntwo ""x"""\r\n', [("Name", "Note"), ("Anna", 'one\ntwo "x"')]),
        ("Name,City\nAnna,Berlin", [("Name", "City"), ("Anna", "Berlin")]),
        ("张三", [("张三",)]),
    ],
)
def test_copied_cells_are_read(text, rows):
    assert formats.read_text(text).rows == rows


def test_copied_cells_may_have_totals_and_damage():
    sheet = formats.read_text("客户\t手机\n甲\t1.38001E+10\n合计\t5\n")
    assert sheet.totals == {3}
    assert list(sheet.remarks) == [(2, 1)]
    with pytest.raises(FileProblem, match="is empty"):
        formats.read_text(" \n")


def test_a_cell_with_semicolons_does_not_decide(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("a,b,c\np;q;r;s,x,y\n")
    assert formats.read(path).rows == [("a", "b", "c"), ("p;q;r;s", "x", "y")]


def test_times_and_moments_come_as_they_are(tmp_path):
    moment = datetime(2025, 3, 8, 14, 30)  # noqa: DTZ001 - a sheet knows no time zone
    rows = [("时刻", "时长"), ('<c r="@" s="3"><v>45724.604166666664</v></c>', '<c r="@" s="2"><v>1.5</v></c>')]
    assert formats.read(books.xlsx(tmp_path / "list.xlsx", rows)).rows[1] == (moment, "36:00:00")
    length = '<table:table-cell office:value-type="time" office:time-value="PT36H00M00S"/>'
    assert formats.read(books.ods(tmp_path / "list.ods", [("时长",), (length,)])).rows[1] == ("36:00:00",)
