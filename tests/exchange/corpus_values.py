"""Kinds 4, 6, 7, 8 and 9: cells that are right for the file and wrong for a careless reader.

Each table of values makes a text file, a workbook and an OpenDocument with a row for each value.
"""

import csv
import io
from datetime import date, datetime
from functools import partial

from tests.exchange import books
from tests.exchange.corpus import Made, Taken
from tests.exchange.corpus_words import DAMAGED, DATES, FORMULAS, PEOPLE, STRINGS


def moment(hour, minute=0):
    """A moment of the one day that these tests know."""
    return datetime(2025, 3, 8, hour, minute)  # noqa: DTZ001 - a sheet knows no time zone


FORMULA_CELLS = (
    ('<c r="@"><f>1+1</f><v>2</v></c>', 2, ""),
    ('<c r="@" t="str"><f>A1&amp;"x"</f><v>张x</v></c>', "张x", ""),
    ('<c r="@"><f>1+1</f></c>', None, "no result"),
    ('<c r="@"><f>1+1</f><v></v></c>', None, "no result"),
    ('<c r="@"><f>1+1</f><v/></c>', None, "no result"),
    ('<c r="@" t="str"><f>cmd|\' /C calc\'!A0</f><v>calc</v></c>', "calc", ""),
    ('<c r="@" t="str"><f>HYPERLINK("https://example.com","Click")</f><v>Click</v></c>', "Click", ""),
    ('<c r="@" t="e"><f>1/0</f><v>#DIV/0!</v></c>', None, "#DIV/0!"),
    ('<c r="@" t="e"><v>#REF!</v></c>', None, "#REF!"),
    ('<c r="@" t="e"><f>NA()</f><v>#N/A</v></c>', None, "#N/A"),
    ('<c r="@" t="b"><f>TRUE()</f><v>1</v></c>', True, ""),
    ('<c r="@"><f t="shared" si="0"/><v>7</v></c>', 7, ""),
    ('<c r="@"><f t="shared" si="0"/></c>', None, "no result"),
)
SERIALS = (
    (1, date(1900, 1, 1), ""), (59, date(1900, 2, 28), "day 60"), (60, date(1900, 2, 28), "day 60"),
    (61, date(1900, 3, 1), ""), (45724, date(2025, 3, 8), ""), (45724.5, moment(12), ""),
    (2958465, date(9999, 12, 31), ""), (2958466, 2958466, ""), (0, "00:00:00", "0:00"), (0.5, "12:00:00", ""),
    (-1, "00:00:00", "0:00"), (10000000, 10000000, ""),
)  # fmt: skip
CONTROLS = tuple(
    chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x2028, 0x2029, 0xFFFE, 0xFFFF, 0xFEFF, 0xFFF9)
)


def formulas():
    """Kind 4."""
    yield from _tables("formula as text", FORMULAS)
    for ending, write in ((".xlsx", books.xlsx), (".xlsm", books.xlsx)):
        for made, value, warned in FORMULA_CELLS:
            rows = [("姓名", "值"), ("张三", made)]
            yield Made(f"formula {made}", ending, partial(write, rows=rows), Taken([rows[0], ("张三", value)], warned))
    error = (
        '<table:table-cell table:formula="of:=NA()" office:value-type="string" calcext:value-type="error">'
        "<text:p>#N/A</text:p></table:table-cell>"
    )
    rows = [("姓名", "值"), ("张三", error)]
    yield Made(
        "error in an OpenDocument", ".ods", partial(books.ods, rows=rows), Taken([rows[0], ("张三", None)], "#N/A")
    )
    done = (
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2">'
        "<text:p>2</text:p></table:table-cell>"
    )
    rows = [("姓名", "值"), ("张三", done)]
    yield Made("formula in an OpenDocument", ".ods", partial(books.ods, rows=rows), Taken([rows[0], ("张三", 2)]))


def dates():
    """Kind 6, with numbers that lost digits."""
    for serial, value, warned in SERIALS:
        rows = [("姓名", "日期"), ("张三", f'<c r="@" s="1"><v>{serial}</v></c>')]
        yield Made(
            f"serial {serial}", ".xlsx", partial(books.xlsx, rows=rows), Taken([rows[0], ("张三", value)], warned)
        )
    since_1904 = partial(books.xlsx, properties='<workbookPr date1904="1"/>')
    for serial, value in (
        (0, "00:00:00"),
        (1, date(1904, 1, 2)),
        (44262, date(2025, 3, 8)),
        (44262.25, moment(6)),
    ):
        rows = [("姓名", "日期"), ("张三", f'<c r="@" s="3"><v>{serial}</v></c>')]
        warned = "0:00" if serial == 0 else ""
        yield Made(
            f"since 1904: {serial}", ".xlsx", partial(since_1904, rows=rows), Taken([rows[0], ("张三", value)], warned)
        )
    for value in ("2025-03-08", "2025-03-08T14:30:00", "2025-03-08T14:30:00Z", "T10:00"):
        known = {"2025-03-08": date(2025, 3, 8), "2025-03-08T14:30:00": moment(14, 30)}
        rows = [("姓名", "日期"), ("张三", f'<c r="@" t="d"><v>{value}</v></c>')]
        expected = Taken([rows[0], ("张三", known.get(value, value))])
        yield Made(f"ISO {value}", ".xlsx", partial(books.xlsx, rows=rows), expected)
    old = [("姓名", "日期"), ("张三", date(2025, 3, 8)), ("李四", date(1899, 12, 31))]
    shifted = [old[0], ("张三", date(2029, 3, 9)), ("李四", date(1904, 1, 2))]
    yield Made("since 1900 in an old workbook", ".xls", partial(books.xls, rows=old[:2]), Taken(old[:2]))
    yield Made(
        "since 1904 in an old workbook", ".xls", partial(books.xls, rows=old[:2], dates_1904=True), Taken(shifted[:2])
    )
    yield Made(
        "since 1904 in a binary workbook",
        ".xlsb",
        partial(books.xlsb, rows=old[:2], dates_1904=True),
        Taken(shifted[:2]),
    )
    yield Made("in an OpenDocument", ".ods", partial(books.ods, rows=old), Taken(old))
    long = [("姓名", "时长"), ("张三", '<c r="@" s="2"><v>1.0868055555555556</v></c>')]
    yield Made("26 hours", ".xlsx", partial(books.xlsx, rows=long), Taken([long[0], ("张三", "26:05:00")]))
    big = [("姓名", "证件"), ("张三", 310123199001010017), ("李四", 123456789012345), ("王五", 1234567890123456)]
    lost = [*big[:1], ("张三", "3.1012319900101E+17"), *big[2:]]
    yield Made("18 digits as a number", ".xlsx", partial(books.xlsx, rows=big), Taken(lost, "lost digits"))
    for value in DAMAGED:
        rows = [("姓名", "手机"), ("张三", value)]
        yield Made(f"damaged {value}", ".csv", partial(_write_csv, rows=rows), Taken(rows, "lost digits"))
    yield from _tables("date as text", DATES)


def control_characters():
    """Kind 7."""
    values = [f"a{letter}b" for letter in CONTROLS]
    yield _table("control characters", ".csv", values, ["a�b" if each == "a\ufffdb" else each for each in values])
    coded = [f'<c r="@" t="inlineStr"><is><t>a_x{ord(each):04X}_b</t></is></c>' for each in CONTROLS if ord(each) < 32]
    yield _table("coded control characters", ".xlsx", coded, [f"a{each}b" for each in CONTROLS if ord(each) < 32])
    allowed = [f"a{each}b" for each in CONTROLS if each in "\t\n" or 0x7F <= ord(each) < 0xFFFE]
    yield _table("control characters", ".xlsx", allowed, allowed)


def names():
    """Kind 8."""
    yield from _tables("name", PEOPLE)


def naughty():
    """Kind 9."""
    yield from _tables("string", STRINGS)


def _tables(name, values):
    """The same values in every format that can hold them."""
    yield _table(name, ".csv", values, [_read_again(each) for each in values])
    plain = [each for each in values if not any(letter < " " and letter not in "\t\n" for letter in each)]
    yield _table(name, ".xlsx", [each.replace("_x", "_x005F_x") for each in plain], plain)
    single = [
        each
        for each in plain
        if not any(mark in each for mark in "\t\n") and "  " not in each and each == each.strip(" ")
    ]
    yield _table(name, ".ods", single, single)
    old = [each for each in plain if not each.startswith("\ufeff")]
    yield _table(name, ".xls", old, old)
    yield _table(name, ".xlsb", old, old)


def _read_again(value):
    """What a text file gives: a guard against formulas is taken away."""
    from crm_desktop.exchange.guard import without_guard

    return without_guard(value)


def _table(name, ending, written, expected):
    write = {".csv": _write_csv, ".xlsx": books.xlsx, ".ods": books.ods, ".xls": books.xls, ".xlsb": books.xlsb}[ending]
    rows = [("姓名", "值"), *((f"行{at}", value) for at, value in enumerate(written))]
    told = [rows[0], *((f"行{at}", value if value.strip() else None) for at, value in enumerate(expected))]
    return Made(
        f"{name} in {ending}", ending, partial(write, rows=rows), Taken(told), len(written) if ending == ".csv" else 1
    )


def _write_csv(path, rows):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    path.write_bytes(text.getvalue().encode())
