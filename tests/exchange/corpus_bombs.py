"""Kinds 3 and 10: small files that unfold to much, and cells, rows and columns beyond every size."""

import struct
import zipfile
from functools import partial

from tests.exchange import books
from tests.exchange.corpus import Made, Refused, Taken, TakenWithout

ROWS = [("姓名", "手机"), ("张三", "13800138000")]
SHEET = "xl/worksheets/sheet1.xml"
UNFOLDS = "unfolds"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {this} "{f"&{last};" * 10}">' for last, this in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def bombs():
    """Every case of kind 3."""
    yield from _unfolding()
    yield from _far_cells()
    yield from _entities()
    yield from _repeated()
    yield from _old()


def _parts(name, content, **more):
    return partial(books.zipped, parts=books.xlsx_parts(books.sheet_xml(ROWS)) | {name: content} | more)


def _unfolding():
    blank = " " * (40 * 2**20)
    yield Made("a sheet of blanks", ".xlsx", _parts(SHEET, books.sheet_xml(ROWS) + blank), Refused(UNFOLDS))
    yield Made("texts of blanks", ".xlsx", _parts(books.SHARED, f"<sst>{blank}</sst>"), Refused(UNFOLDS))
    many = {f"xl/media/{at}.png": "" for at in range(6000)}
    yield Made("thousands of entries", ".xlsx", _parts("x", "", **many), Refused(UNFOLDS))
    yield Made("an entry with a path upwards", ".xlsx", _parts("../../evil.xml", "x"), Taken(ROWS))
    yield Made("a workbook in a workbook", ".xlsx", _parts("xl/inner.xlsx", bytes(10**6)), Taken(ROWS))
    yield Made("a size that lies", ".xlsx", _lying, Refused("damaged|cannot be read"))
    one = "x" * 1_000_000
    cells = [tuple(['<c r="@" t="s"><v>0</v></c>'] * 10)] * 300
    parts = books.xlsx_parts(books.sheet_xml(cells), shared=(one,))
    yield Made("a long text in 3,000 cells", ".xlsx", partial(books.zipped, parts=parts), Refused("honest"))


def _lying(path):
    books.xlsx(path, ROWS + [("x" * 50, "y" * 50)] * 500)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size
    at = content.rindex(struct.pack("<I", size))
    content[at : at + 4] = struct.pack("<I", 100)
    path.write_bytes(content)


def _far_cells():
    for name in ("XFD1048576", "XFD2", "AMK1000000", "ZZ900000", "CZ1048576"):
        number = name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        far = f'<row r="{number}"><c r="{name}"><v>1</v></c></row>'
        sheet = books.sheet_xml(ROWS).replace("</sheetData>", f"{far}</sheetData>")
        said = "XFD" if name == "XFD2" else name
        yield Made(f"a cell at {name}", ".xlsx", _parts(SHEET, sheet), Refused(said))
    far = '<row r="1048576"><c r="A1048576" t="str"><v>end</v></c></row>'
    sheet = books.sheet_xml(ROWS).replace("</sheetData>", f"{far}</sheetData>")
    yield Made("a cell in the last row", ".xlsx", _parts(SHEET, sheet), Taken([*ROWS, ("end", None)]))
    styled = '<row r="3"><c r="XFD3" s="1"/></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    sheet = books.sheet_xml(ROWS).replace("</sheetData>", f"{styled}</sheetData>")
    yield Made("colour to the last corner", ".xlsx", _parts(SHEET, sheet), Taken(ROWS))
    lie = books.sheet_xml(ROWS, before='<dimension ref="A1:XFD1048576"/>')
    yield Made("a range that lies", ".xlsx", _parts(SHEET, lie), Taken(ROWS))
    whole = books.sheet_xml(ROWS, after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    yield Made("all cells merged", ".xlsx", _parts(SHEET, whole), Taken(ROWS))
    merges = "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(3, 60_000))
    sheet = books.sheet_xml(ROWS, after=f"<mergeCells>{merges}</mergeCells>")
    yield Made("60,000 merged cells", ".xlsx", _parts(SHEET, sheet), Taken(ROWS, "merged"))
    rows = "".join(f'<row r="{at}"/>' for at in range(3, 300_000))
    sheet = books.sheet_xml(ROWS).replace("</sheetData>", f"{rows}</sheetData>")
    yield Made("300,000 blank rows", ".xlsx", _parts(SHEET, sheet), Taken(ROWS))


def _entities():
    sheet = books.sheet_xml([("姓名",), ("张三",)])
    laugh = LAUGHS + sheet.replace("张三", "&i;")
    yield Made("a billion laughs in the sheet", ".xlsx", _parts(SHEET, laugh), Refused("Sheet1"))
    shared = LAUGHS + f'<sst xmlns="{books.MAIN}"><si><t>&i;</t></si></sst>'
    yield Made(
        "a billion laughs in the texts", ".xlsx", _parts(books.SHARED, shared), Refused("cannot be read|damaged")
    )
    book = books.xlsx_parts("")["xl/workbook.xml"]
    laugh = LAUGHS + book.replace("Sheet1", "&i;")
    yield Made(
        "a billion laughs in the workbook", ".xlsx", _parts("xl/workbook.xml", laugh), Refused("cannot be read|no rows")
    )
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + sheet.replace("张三", "&e;")
    yield Made("an entity of a file", ".xlsx", _parts(SHEET, outside), Refused("Sheet1"))


def _repeated():
    cell = '<table:table-cell office:value-type="string"{times}><text:p>x</text:p></table:table-cell>'
    wide = cell.format(times=' table:number-columns-repeated="16384"')
    yield Made("a cell 16,384 times", ".ods", partial(books.ods, rows=[("姓名", "手机"), (wide,)]), Refused("XFD"))
    row = f'<table:table-row table:number-rows-repeated="1048570">{wide}</table:table-row>'
    yield Made("every cell the same", ".ods", partial(books.ods, rows=ROWS, after=row), Refused("cannot be read"))
    blank = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    yield Made("blank rows to the end", ".ods", partial(books.ods, rows=ROWS, after=blank), Taken(ROWS))
    huge = f'<table:table-row table:number-rows-repeated="99999999999">{cell.format(times="")}</table:table-row>'
    yield Made(
        "more rows than there can be",
        ".ods",
        partial(books.ods, rows=ROWS, after=huge),
        TakenWithout(1_048_576),
        is_big=True,
    )


def _old():
    corner = books.record(0x203, struct.pack("<HHHd", 65535, 255, 0, 1.0))
    yield Made(
        "the corner of an old workbook", ".xls", partial(books.xls, rows=ROWS, more=corner), Refused("honest|IV")
    )
    size = books.record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    yield Made("an old workbook whose size lies", ".xls", partial(books.xls, rows=ROWS, more=size), Refused("honest"))
    short = books.record(0x203, b"\1")
    yield Made(
        "a record that is too short",
        ".xls",
        partial(books.xls, rows=ROWS, more=short),
        Refused("cannot be read|damaged"),
    )


def lengths():
    """Every case of kind 10."""
    for length in (5_000, 32_767, 32_768, 40_000, 1_000_000):
        rows = [("姓名", "备注"), ("张三", "注" * length)]
        yield Made(f"{length} characters", ".xlsx", partial(books.xlsx, rows=rows), Taken(rows))
        yield Made(f"{length} characters", ".csv", partial(_csv, rows=rows), Taken(rows))
    yield Made(
        "11 million characters", ".csv", partial(_csv, rows=[("a", "b"), ("x" * 11_000_000, "c")]), Refused("[Rr]ow 2")
    )
    wide = [tuple(f"c{at}" for at in range(1000))]
    yield Made("1,000 columns", ".csv", partial(_csv, rows=wide), Taken(wide))
    yield Made("1,000 columns", ".xlsx", partial(books.xlsx, rows=wide), Taken(wide))
    wider = [tuple(f"c{at}" for at in range(16_385))]
    yield Made("16,385 columns", ".csv", partial(_csv, rows=wider), Refused("row 1"))
    yield Made("16,385 columns", ".xlsx", partial(books.xlsx, rows=wider), Refused("columns?|XFE"))
    yield Made("1,048,577 rows", ".csv", partial(_lines, count=1_048_577), TakenWithout(1_048_577), is_big=True)
    yield Made("2,000,001 rows", ".csv", partial(_lines, count=2_000_001), Refused("2,000,001"), is_big=True)


def _csv(path, rows):
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")


def _lines(path, count):
    path.write_text("13800138000,Anna\n" * count, encoding="utf-8")
