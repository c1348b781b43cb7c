"""Reading rows: short cuts change nothing, what is doubtful is told, and nobody's name is lost."""

from datetime import date, datetime
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.model.kinds import LinkTo
from crm_desktop.services.importing.arrangement import Page
from crm_desktop.services.importing.reading import Reader
from crm_desktop.services.importing.targets import by_code
from crm_desktop.text.findings import Severity

USERS = {1: "张三", 2: "Anna Schneider"}
CELLS = [
    "张三",
    " 张三 ",
    "张三\u200b",
    "",
    "   ",
    "x" * 201,
    "x" * 100_001,
    "a\nb",
    "13800138000",
    "138 0013 8000",
    "13800138000/13900139000",
    "手机：13800138000 电话：010-12345678转801",
    "1380013800",
    "1012345678",
    "１３８００１３８０００",
    "+1 650-253-0000",
    "1.38001E+10",
    "anna@example.com",
    "ANNA@Example.COM; li@example.com",
    "anna@gmail.con",
    "zhang_san",
    "VIP",
    "金牌",
    "350人",
    "200-500",
    "1.2亿",
    "-5",
    "是",
    "2025-03-08",
    "2025年3月8日",
    "03/04/2025",
    "2025-02-30",
    "3/8",
    "展会、VIP",
    "上海市浦东新区",
    "www.example.com",
    13800138000,
    13800138000.0,
    1012345678.0,
    1.2345678901234567e18,
    45724.0,
    45724.60416667,
    0,
    1,
    1.0,
    True,
    date(2025, 3, 8),
    datetime(2025, 3, 8, 14, 30),  # noqa: DTZ001 - a cell of a sheet has no zone
]
FIELDS = sorted(
    code for code, target in by_code().items() if target.field and not isinstance(target.field.kind, LinkTo)
)


def read(reader, *rows):
    """The lines of some rows."""
    columns = list(zip_longest(*rows))
    said, tallies = reader.page(Page(range(2, 2 + len(rows)), [1] * len(rows), columns))
    said.seal(columns)
    reader.count(tallies)
    return said.lines


def line_of(code, *cells, **options):
    """The row that has these cells in columns of one target."""
    return read(Reader([code] * len(cells), [f"column {at}" for at in range(len(cells))], USERS, **options), cells)[0]


@given(st.sampled_from(FIELDS), st.sampled_from(CELLS) | st.text(max_size=20) | st.floats(allow_nan=False))
def test_a_cell_in_a_sheet_means_what_it_means_when_typed(code, cell):
    target = by_code()[code]
    typed = target.field.kind.read(cell)
    line = line_of(code, cell)
    value = line.value(target.entity, target.name)
    assert value == (None if typed.worst is Severity.BLOCK else typed.value)
    assert bool(line.problems) == (typed.worst is Severity.BLOCK)
    told = "\n".join((*line.problems, *line.warnings))
    assert all(each.text in told for each in typed.findings)


def test_a_value_that_comes_again_is_read_as_before_whatever_its_type():
    reader = Reader(["contact.do_not_call"], ["Do not call"], USERS)
    lines = read(reader, *((cell,) for cell in [1, 1.0, "1", 0, ""]))
    assert [each.value("contact", "do_not_call") for each in lines] == [True, True, True, False, None]
    words = Reader(["contact.hobby"], ["Hobbies"], USERS)
    lines = read(words, *((cell,) for cell in (1, 1.0, True, "1")))
    assert [each.value("contact", "hobby") for each in lines] == ["1", "1", "True", "1"]


def test_a_name_that_nobody_here_has_stays_a_name():
    line = line_of("activity.author_id", "王五")
    assert line.value("activity", "author_id") == "王五"
    assert "Nobody here is called “王五”." in line.warnings[0]
    assert line_of("activity.author_id", "anna schneider").value("activity", "author_id") == 2
    assert line_of("account.owner_id", "张三").value("account", "owner_id") == 1


def test_the_date_of_imported_history_is_kept_in_every_spelling():
    moment = datetime(2025, 3, 8, 14, 30).astimezone()
    for cell in ("2025/3/8 14:30", "2025年3月8日 下午2:30", 45724.60416667, moment.replace(tzinfo=None)):
        assert line_of("activity.at", cell).value("activity", "at") == moment


def test_a_known_order_of_day_and_month_holds_for_its_column_only():
    reader = Reader(["contact.birthday", "activity.at"], ["Birthday", "When"], USERS, {0: "dmy"})
    [line] = read(reader, ("03/04/1990", "03/04/2025"))
    assert line.value("contact", "birthday") == "1990-04-03"
    assert line.value("activity", "at").month == 3
    assert len(line.warnings) == 1
    assert "can be 2025-03-04 or 2025-04-03" in line.warnings[0]


def test_several_columns_of_one_field_are_united():
    line = line_of("contact.mobile", "13800138000", "13900139000", "138 0013 8000")
    assert [each.norm for each in line.value("contact", "mobile")] == ["+8613800138000", "+8613900139000"]


def test_what_all_rows_are_to_have_is_read_by_the_same_kinds():
    reader = Reader(["contact.full_name"], ["Name"], USERS)
    assert reader.reading("account.owner_id", "张三").value == 1
    assert reader.reading("account.level", "VIP客户").value == "vip"
    assert reader.reading("account.annual_revenue", "-5").worst is Severity.BLOCK


def test_each_column_counts_what_it_holds():
    reader = Reader(["contact.full_name", "contact.mobile"], ["Name", "Mobile"], USERS)
    rows = [("张三", "13800138000"), ("李四", "1380013800"), (None, "1.38001E+10"), ("王五",)]
    read(reader, *rows)
    names, mobiles = reader.checks[0], reader.checks[1]
    assert (names.filled, names.doubtful) == (3, 0)
    assert (mobiles.filled, mobiles.doubtful) == (3, 2)
    assert (mobiles.example, mobiles.sentence[:18]) == ("1380013800", "1 digit is missing")


@pytest.mark.parametrize("cell", ["打不通", "1.38001E+10", 1012345678.0])
def test_a_doubtful_number_is_kept_as_it_was_written(cell):
    line = line_of("contact.mobile", cell)
    (value,) = line.value("contact", "mobile")
    assert value.show() == (cell if isinstance(cell, str) else "1012345678")
    assert line.warnings
