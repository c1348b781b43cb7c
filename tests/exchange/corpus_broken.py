"""Kind 1: workbooks whose inside is not what it should be."""

from functools import partial
from io import BytesIO

from tests.exchange import books
from tests.exchange.corpus import Made, Refused, Taken

ROWS = [("姓名", "手机"), ("张三", "13800138000")]
SHEET = "xl/worksheets/sheet1.xml"
DAMAGED = "damaged|cannot be read"
NOTHING = "no rows|cannot be read"


def broken():
    """Every case of the kind."""
    yield from _cut()
    yield from _parts()
    yield from _cells()
    yield from _structure()
    yield from _others()


def _whole():
    content = BytesIO()
    books.zipped(content, books.xlsx_parts(books.sheet_xml(ROWS)))
    return content.getvalue()


def _bytes(name, content, expected, ending=".xlsx"):
    return Made(name, ending, lambda path: path.write_bytes(content), expected)


def _cut():
    whole = _whole()
    for at in (1, 4, 30, 100, 400, len(whole) // 2, len(whole) - 300, len(whole) - 50, len(whole) - 22, len(whole) - 1):
        expected = "not an Excel workbook" if at == 1 else DAMAGED
        yield _bytes(f"cut after {at} bytes", whole[:at], Refused(expected))
    for at in (500, 900):
        yield _bytes(f"byte {at} changed", whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :], Refused(DAMAGED))
    yield _bytes("bytes before the zip file", b"PK\x03\x04junk" + whole, Taken(ROWS))


def _parts():
    parts = books.xlsx_parts(books.sheet_xml(ROWS))
    needed = ("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET)
    for name in parts:
        expected = Refused(f"{DAMAGED}|{NOTHING}") if name in needed else Taken(ROWS)
        yield Made(f"without {name}", ".xlsx", partial(books.zipped, parts=parts | {name: None}), expected)
    for name in (*needed, "xl/styles.xml", books.SHARED):
        for what, content in (
            ("empty", ""),
            ("no XML", "no xml at all"),
            ("half", parts[name][: len(parts[name]) // 2]),
        ):
            changed = partial(books.zipped, parts=parts | {name: content})
            yield Made(f"{name} is {what}", ".xlsx", changed, Refused(f"{DAMAGED}|{NOTHING}"))


def _cells():
    faults = {
        '<c r="@" t="s"><v>99</v></c>': "B2",
        '<c r="@" t="s"><v>-1</v></c>': "B2",
        '<c r="@" t="s"><v>x</v></c>': "B2",
        '<c r="@" t="s"></c>': "",
        '<c r="@" t="n"><v>abc</v></c>': "B2",
        '<c r="@" t="unknown"><v>5</v></c>': "Sheet1",
        '<c r="@" t="b"><v>2</v></c>': "Sheet1",
        '<c r="ZZZZ2"><v>1</v></c>': "ZZZZ",
        '<c r="2B"><v>1</v></c>': "2B",
        '<c r="B-2"><v>1</v></c>': "B-2",
        '<c r="B99999999999"><v>1</v></c>': "B99999999999",
        '<c r="@" t="str"><v>&unknown;</v></c>': "Sheet1",
        '<c r="@" t="str"><v>&#0;</v></c>': "Sheet1",
        '<c r="@" t="str"><v>open': "Sheet1",
    }
    for fault, place in faults.items():
        rows = [("姓名", "手机"), ("张三", fault)]
        expected = Refused(place) if place else Taken([("姓名", "手机"), ("张三", None)])
        yield Made(f"cell {fault}", ".xlsx", partial(books.xlsx, rows=rows), expected)
    odd = {
        '<c t="str"><v>no name</v></c>': "no name",
        '<c r="@"><v>1,5</v></c>': "1,5",
        '<c r="@" s="999"><v>5</v></c>': 5,
        '<c r="@"><v>1e400</v></c>': "INF",
        '<c r="@"><v>NaN</v></c>': "NAN",
        '<c r="@" t="e"><v>#N/A</v></c>': None,
        '<c r="@" t="inlineStr"><is><r><t xml:space="preserve">two </t></r><r><t>runs</t></r></is></c>': "two runs",
    }
    warned = {"INF": "lost digits", "NAN": "lost digits"}
    for fault, value in odd.items():
        rows = [("姓名", "手机"), ("张三", fault)]
        told = "#N/A" if "#N/A" in fault else warned.get(value, "")
        expected = Taken([("姓名", "手机"), ("张三", value)], told)
        yield Made(f"odd cell {fault}", ".xlsx", partial(books.xlsx, rows=rows), expected)


def _structure():
    sheet = books.sheet_xml(ROWS)
    changes = {
        "rows without numbers": (sheet.replace(' r="1"', "").replace(' r="2"', ""), Taken(ROWS)),
        "a tag never closed": (sheet.replace("</row>", "", 1), Taken(ROWS)),
        "an attribute twice": (sheet.replace("<row ", '<row r="7" ', 1), Taken(ROWS)),
        "names with a prefix": (
            sheet.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x="),
            Taken(ROWS),
        ),
        "in UTF-16": (sheet.encode("utf-16"), Refused(DAMAGED)),
        "no data": (f'<worksheet xmlns="{books.MAIN}"/>', Refused(NOTHING)),
        "text behind the end": (sheet + "trailing", Taken(ROWS)),
    }
    for name, (content, expected) in changes.items():
        parts = books.xlsx_parts(content)
        yield Made(name, ".xlsx", partial(books.zipped, parts=parts), expected)


def _others():
    yield _bytes("a text", b"Name,Mobile\n", Refused("not an Excel workbook"))
    text = "\n".join("\t".join(row) for row in ROWS).encode("gb18030")
    yield _bytes("a text by the name of an old workbook", text, Taken(ROWS, "read as a text"), ".xls")
    yield _bytes("a web page", b"<html><table><tr><td>1</td></tr></table></html>", Refused("web page"), ".xls")
    yield _bytes("a picture", b"\x89PNG\r\n\x1a\n" + bytes(100), Refused("not an Excel workbook"))
    yield _bytes("a picture as a list", b"\x89PNG\r\n\x1a\n" + bytes(100), Refused("not a text file"), ".csv")
    yield _bytes("nothing", b"", Refused("is empty"))
    yield _bytes("no list", b"", Refused("is empty"), ".csv")
    yield _bytes("an old workbook without content", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Refused(DAMAGED))
    yield Made(
        "an old workbook with a password", ".xls", partial(books.xls, rows=ROWS, locked=True), Refused("password")
    )
