"""Workbooks written byte by byte, so that a test decides what is wrong with them."""

from __future__ import annotations

import struct
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DATE_STYLE, LENGTH_STYLE, MOMENT_STYLE = 1, 2, 3
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf numFmtId="46" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
SHARED = "xl/sharedStrings.xml"


def letters(place):
    """What a spreadsheet calls a column."""
    found = ""
    while place >= 0:
        found = chr(ord("A") + place % 26) + found
        place = place // 26 - 1
    return found


def cell(name, value):
    """One cell of a sheet; a text that begins with `<c` is taken as it is."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("<c"):
        return value.replace("@", name, 1)
    if isinstance(value, bool):
        return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value!r}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet_xml(rows, after="", before=""):
    """The inside of a sheet."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(cell(f"{letters(place)}{number}", value) for place, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(lines)}</sheetData>{after}</worksheet>'


def xlsx_parts(sheet, *, shared=(), properties="", states=("visible",), names=("Sheet1",)):
    """The files inside a workbook, by name; `sheet` is the inside of every sheet."""
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" state="{state}" r:id="rId{at}"/>'
        for at, (name, state) in enumerate(zip(names, states, strict=True), start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(names) + 1)
    )
    texts = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in shared)
    return {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}<sheets>{sheets}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/styles.xml": STYLES,
        SHARED: f'<sst xmlns="{MAIN}" count="{len(shared)}" uniqueCount="{len(shared)}">{texts}</sst>',
        **{f"xl/worksheets/sheet{at}.xml": sheet for at in range(1, len(names) + 1)},
    }


def zipped(path, parts):
    """Write files into a zip file; a part that is None is left out."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


def xlsx(path, rows, *, after="", before="", **parts):
    """A workbook of one sheet, or of the same sheet several times."""
    return zipped(path, xlsx_parts(sheet_xml(rows, after, before), **parts))


def ods(path, rows, *, after=""):
    """An OpenDocument sheet; a cell that begins with `<table` is taken as it is."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{lines}{after}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped(path, {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str) and value.startswith("<table"):
        return value
    kind, extra = "string", ""
    if isinstance(value, bool):
        kind, extra = "boolean", f' office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        kind, extra = "float", f' office:value="{value!r}"'
    elif isinstance(value, date):
        kind, extra = "date", f' office:date-value="{value.isoformat()}"'
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="{kind}"{extra}>{text}</table:table-cell>'


# BIFF8 in an OLE container, after Microsoft's [MS-XLS] and [MS-CFB]

SECTOR = 512
END_OF_CHAIN, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xls(path, rows, *, dates_1904=False, locked=False, more=b""):
    """An old workbook; `more` are further records of the sheet."""
    path.write_bytes(_ole("Workbook", _biff(rows, dates_1904, locked, more)))
    return path


def record(kind, content=b""):
    """One record of an old workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def _biff(rows, dates_1904, locked, more):
    formats = [record(0xE0, struct.pack("<HHH", 0, 14 if at == DATE_STYLE else 0, 0) + bytes(14)) for at in range(2)]
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + (
        record(0x2F, struct.pack("<HHH", 1, 1, 1)) if locked else b""
    )
    head += record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", dates_1904)) + b"".join(formats)
    name = b"Sheet1"
    at = len(head) + 4 + 8 + len(name) + 4
    head += record(0x85, struct.pack("<IHBB", at, 0, len(name), 0) + name) + record(0x0A)
    cells = b"".join(_biff_cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + record(0x200, size) + cells + more
    return head + sheet + record(0x0A)


def _biff_cell(row, place, value):
    where = struct.pack("<HHH", row, place, DATE_STYLE if isinstance(value, date) else 0)
    if value is None:
        return b""
    if isinstance(value, bool):
        return record(0x205, where + struct.pack("<BB", value, 0))
    if isinstance(value, date):
        return record(0x203, where + struct.pack("<d", (value - date(1899, 12, 30)).days))
    if isinstance(value, int | float):
        return record(0x203, where + struct.pack("<d", value))
    text = value.encode("utf-16-le")
    return record(0x204, where + struct.pack("<HB", len(text) // 2, 1) + text)


def _ole(name, content):
    content = content.ljust(max(4096, -(-len(content) // SECTOR) * SECTOR), b"\0")
    used = len(content) // SECTOR
    chain = [FAT_SECTOR, END_OF_CHAIN, *range(3, used + 2), END_OF_CHAIN]
    assert len(chain) <= SECTOR // 4, "one sector of the table is enough for these tests"
    table = struct.pack(f"<{SECTOR // 4}I", *chain, *[FREE] * (SECTOR // 4 - len(chain)))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
        END_OF_CHAIN, 0, END_OF_CHAIN, 0,
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[FREE] * 108)
    folder = _entry("Root Entry", 5, 1, END_OF_CHAIN, 0) + _entry(name, 2, FREE, 2, len(content)) + 2 * _entry("", 0)
    return header + table + folder + content


def _entry(name, kind, child=FREE, start=0, size=0):
    text = (name + "\0").encode("utf-16-le") if name else b""
    return struct.pack("<64sHBBIII16xI8x8xIQ", text, len(text), kind, 1, FREE, FREE, child, 0, start, size)


# BIFF12 in a zip file, after Microsoft's [MS-XLSB]


def xlsb(path, rows, *, dates_1904=False):
    """A binary workbook."""
    parts = xlsx_parts("")
    del parts[SHARED]
    book = _wide(131) + _wide(153, struct.pack("<IIII", int(dates_1904), 0, 0, 0)) + _wide(143)
    book += _wide(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Sheet1")) + _wide(144) + _wide(132)
    size = struct.pack("<IIII", 0, max(0, len(rows) - 1), 0, max(map(len, rows), default=1) - 1)
    sheet = _wide(129) + _wide(148, size) + _wide(145)
    for number, row in enumerate(rows):
        sheet += _wide(0, struct.pack("<IIHBBI", number, 0, 300, 0, 0, 0))
        sheet += b"".join(_wide_cell(place, value) for place, value in enumerate(row))
    sheet += _wide(146) + _wide(130)
    styles = _wide(278) + _wide(617, struct.pack("<I", 2))
    styles += _wide(47, struct.pack("<HHHHHBBHH", 0, 0, 0, 0, 0, 0, 0, 0, 0)[:16])
    styles += _wide(47, struct.pack("<HHHHHBBHH", 0, 14, 0, 0, 0, 0, 0, 0, 0)[:16]) + _wide(618) + _wide(279)
    renamed = {"xl/workbook.xml": None, "xl/styles.xml": None, "xl/worksheets/sheet1.xml": None}
    links = parts["xl/_rels/workbook.xml.rels"].replace("sheet1.xml", "sheet1.bin")
    parts |= renamed | {
        "_rels/.rels": parts["_rels/.rels"].replace("workbook.xml", "workbook.bin"),
        "xl/_rels/workbook.xml.rels": None,
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": links,
        "xl/styles.bin": styles,
        "xl/worksheets/sheet1.bin": sheet,
    }
    return zipped(path, parts)


def _wide(kind, content=b""):
    def number(value):
        found = bytearray()
        while True:
            value, low = value >> 7, value & 0x7F
            found.append(low | (0x80 if value else 0))
            if not value:
                return bytes(found)

    return (bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])) + number(len(content)) + content


def _text(value):
    text = value.encode("utf-16-le")
    return struct.pack("<I", len(text) // 2) + text


def _wide_cell(place, value):
    style = 1 if isinstance(value, date) else 0
    where = struct.pack("<II", place, style)
    if value is None:
        return b""
    if isinstance(value, bool):
        return _wide(4, where + bytes([value]))
    if isinstance(value, datetime | date):
        return _wide(5, where + struct.pack("<d", (value - date(1899, 12, 30)).days))
    if isinstance(value, int | float):
        return _wide(5, where + struct.pack("<d", value))
    return _wide(6, where + _text(value))
