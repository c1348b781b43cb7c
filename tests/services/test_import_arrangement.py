"""What several columns say together comes into one cell, and each person of a row gets a row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.services.importing import address_parts
from crm_desktop.services.importing.arrangement import arranged
from crm_desktop.services.importing.phone_sorting import sorted_numbers
from crm_desktop.services.importing.targets import MADE_UP, by_code

PLAIN = {"account.parent", "activity.contacts", "contact.family_name", "contact.given_name", "record.id"}


def read(columns, *rows, headers=None):
    """The rows that are read, each by its targets; two columns of one target give a list."""
    shape = arranged(columns, headers or [str(each) for each in columns])
    assert len(shape.columns) == len(shape.headers) >= len(columns)
    found = []
    for cells in zip(*shape.page(range(len(rows)), rows).columns, strict=True):
        said = {}
        for code, cell in zip(shape.columns, cells, strict=True):
            if code and cell is not None:
                said[code] = [said[code], cell] if code in said else cell
        found.append(said)
    return found


def address(owner="account", **said):
    codes = [f"{owner}.{part}" for part in said]
    [found] = read(codes, tuple(said.values()))
    return found


def test_a_mapping_without_such_columns_leaves_rows_as_they_are():
    shape = arranged(["account.name", None, "new:account:text:特殊要求", "contact.mobile"], ["a", "b", "c", "d"])
    row = ("示例公司", 1, "x", 13800138000)
    page = shape.page([7], [row])
    assert (page.numbers, page.who, page.starts, page.columns) == ([7], [1], [0], [(cell,) for cell in row])
    assert shape.columns == ("account.name", None, "new:account:text:特殊要求", "contact.mobile")


@pytest.mark.parametrize(
    ("said", "line", "region"),
    [
        (
            {"province": "江苏省", "city": "苏州市", "district": "昆山市", "street": "前进路1号"},
            "江苏省苏州市昆山市前进路1号",
            "江苏省苏州市昆山市",
        ),
        (
            {"province": "上海市", "city": "市辖区", "district": "浦东新区", "street": "世纪大道1号"},
            "上海市浦东新区世纪大道1号",
            "上海市浦东新区",
        ),
        (
            {"province": "上海市", "city": "上海市", "street": "南京路1号", "postcode": "200000"},
            "上海市南京路1号 200000",
            "上海市",
        ),
        ({"city": "苏州", "street": "江苏省苏州市星湖街1号"}, "江苏省苏州市星湖街1号", "苏州"),
        ({"country": "中国", "city": "苏州市", "street": "星湖街1号"}, "苏州市星湖街1号", "苏州市"),
        ({"country": "日本", "city": "東京", "street": "丸の内1-1"}, "日本東京丸の内1-1", "日本"),
        (
            {"street": "Musterstr. 5", "city": "München", "postcode": "80331", "country": "Germany"},
            "Musterstr. 5, 80331 München, Germany",
            "Germany",
        ),
        (
            {
                "street": "1 Main Street\nFloor 3",
                "city": "Boston",
                "province": "MA",
                "postcode": "02101",
                "country": "USA",
            },
            "1 Main Street, Floor 3, Boston, MA 02101, USA",
            "USA",
        ),
        (
            {"street": "1 Example Road", "city": "Shanghai", "country": "China"},
            "1 Example Road, Shanghai, China",
            "Shanghai, China",
        ),
        ({"street": "1 Main Street", "city": "Boston"}, "1 Main Street, Boston", "Boston"),
        ({"postcode": 215000, "street": "星湖街1号"}, "星湖街1号 215000", None),
    ],
)
def test_the_parts_of_an_address_become_one_line_and_a_region(said, line, region):
    found = address(**said)
    assert found.get("account.address") == line
    assert found.get("account.region") == region


def test_places_alone_are_a_region_and_no_address():
    assert address(province="江苏省", city="苏州市") == {"account.region": "江苏省苏州市"}
    assert address("contact", city="London", country="UK") == {"contact.address": "London, UK"}


def test_a_whole_address_beside_its_city_is_not_said_twice():
    rows = [("上海市浦东新区世纪大道1号", "上海市"), ("世纪大道1号", "上海市"), (None, "上海市")]
    found = read(["account.address", "account.city"], *rows)
    assert [each.get("account.address") for each in found] == [
        "上海市浦东新区世纪大道1号",
        "上海市世纪大道1号",
        "上海市",
    ]
    assert {each["account.region"] for each in found} == {"上海市"}


def test_a_region_of_its_own_stays():
    [found] = read(["account.region", "account.city", "account.street"], ("华东", "苏州市", "星湖街1号"))
    assert found == {"account.region": "华东", "account.address": "苏州市星湖街1号"}


def test_streets_of_two_owners_and_two_lines_stay_apart():
    columns = ["account.street", "account.street", "account.city", "contact.street", "contact.city"]
    [found] = read(columns, ("1 Main Street", "Floor 3", "Boston", "2 Side Street", "Salem"))
    assert found["account.address"] == "1 Main Street, Floor 3, Boston"
    assert found["contact.address"] == "2 Side Street, Salem"


@pytest.mark.parametrize(
    ("parts", "birthday"),
    [
        (("1990", "3", "8"), "1990-03-08"),
        ((1990.0, 3, 8), "1990-03-08"),
        (("1990年", "3月", "8日"), "1990-03-08"),
        ((None, "March", "8"), "03-08"),
        (("0", "3", "8"), "03-08"),
        ((None, None, None), None),
        (("1990", None, None), "1990"),
    ],
)
def test_a_birthday_in_three_columns(parts, birthday):
    [found] = read(["contact.birth_year", "contact.birth_month", "contact.birth_day"], parts)
    assert found.get("contact.birthday") == birthday


def test_a_middle_name_follows_the_given_one():
    columns = ["contact.given_name", "contact.middle_name", "contact.family_name"]
    rows = [("Anna", "Maria", "Schneider"), ("Anna", None, "S"), (None, "Maria", "S"), ("三", "丰", "张")]
    assert [each["contact.given_name"] for each in read(columns, *rows)] == ["Anna Maria", "Anna", "Maria", "三丰"]


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("+49 151 23456789", "Mobile", ("", "+49 151 23456789", "")),
        ("13800138000", "Work", ("", "13800138000", "")),
        ("021-62345678", "手机", ("", "021-62345678", "")),
        ("+49 89 1234567", "", ("+49 89 1234567", "", "")),
        ("+49 89 1234567", "Work Fax", ("", "", "+49 89 1234567")),
        ("021-62345678/13800138000", "", ("021-62345678", "13800138000", "")),
        ("手机: 13800138000；传真: 021-62345678", "", ("", "手机: 13800138000", "传真: 021-62345678")),
        ("", "Mobile", ("", "", "")),
        ("打不通", "", ("打不通", "", "")),
    ],
)
def test_a_number_goes_where_its_kind_or_the_number_itself_says(text, kind, numbers):
    assert tuple(sorted_numbers(text, kind)) == numbers


def test_a_kind_beside_each_number():
    columns = ["account.name", "contact.phone_kind", "contact.any_phone", "contact.phone_kind", "contact.any_phone"]
    [found] = read(columns, ("示例公司", "Mobile", "+49 151 23456789", "Work Fax", "+49 89 1234567"))
    assert found == {"account.name": "示例公司", "contact.mobile": "+49 151 23456789", "account.fax": "+49 89 1234567"}
    [found] = read(columns[1:3], ("Home Fax", "+49 89 1234567"))
    assert found == {"contact.note": "Home Fax: +49 89 1234567"}, "a fax without a company is kept in the notes"


def test_what_google_joins_is_parted_and_its_own_groups_are_left_out():
    columns = ["contact.tags", "contact.email", "affiliation.title"]
    headers = ["Labels", "E-mail 1 - Value", "Organization Title"]
    row = ("* myContacts ::: Fair ::: * starred", "a@example.com ::: b@example.com", "CEO ::: CTO")
    [found] = read(columns, row, headers=headers)
    assert found == {
        "contact.tags": "Fair",
        "contact.email": "a@example.com\nb@example.com",
        "affiliation.title": "CEO ::: CTO",
    }
    assert read(columns, ("* myContacts", None, None), headers=headers) == [{}]


def test_words_that_say_nothing_are_blank():
    columns = ["contact.gender", "contact.birthday", "contact.email"]
    rows = [("未指定", "0/0/00", "anonymous"), ("男", "1990-03-08", "a@example.com")]
    assert read(columns, *rows)[0] == {}
    assert len(read(columns, *rows)[1]) == 3


def test_several_columns_of_notes_are_told_apart():
    columns, headers = ["account.description", "account.description"], ["展位号", "主营产品"]
    [found] = read(columns, ("5.1A01", "机床"), headers=headers)
    assert found == {"account.description": ["展位号: 5.1A01", "主营产品: 机床"]}
    assert read(columns[:1], ("5.1A01",), headers=headers[:1]) == [{"account.description": "5.1A01"}]


PEOPLE = [
    "account.name",
    "contact.full_name",
    "contact.mobile",
    "person2.full_name",
    "person2.mobile",
    "activity.summary",
]


def test_each_person_of_a_row_gets_a_row_with_the_company():
    first, second = read(PEOPLE, ("示例公司", "张三", "13800138000", "李四", "13900139000", "展会见过"))
    assert first == {
        "account.name": "示例公司",
        "contact.full_name": "张三",
        "contact.mobile": "13800138000",
        "activity.summary": "展会见过",
    }
    assert second == {"account.name": "示例公司", "contact.full_name": "李四", "contact.mobile": "13900139000"}


def test_a_row_with_one_person_stays_one_row():
    assert len(read(PEOPLE, ("示例公司", "张三", "13800138000", None, None, None))) == 1
    assert len(read(PEOPLE, ("示例公司", None, None, "李四", None, None))) == 2, "the company's row and 李四's"


CODES = st.sampled_from([None, *by_code(), "new:account:text:x"])
CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.integers(0, 99), st.sampled_from(["上海市", "138 0013 8000", "a ::: b"])
)


@given(st.lists(st.tuples(CODES, CELLS), max_size=12))
def test_whatever_is_mapped_ordinary_targets_come_out(columns):
    codes, cells = [code for code, _cell in columns], tuple(cell for _code, cell in columns)
    shape = arranged(codes, [f"c{at}" for at in range(len(codes))])
    assert len(shape.columns) == len(shape.headers)
    assert not {each for each in shape.columns if each} & (set(MADE_UP) - PLAIN)
    page = shape.page([2, 3, 4], [cells, cells[:3], (*cells, "more")])
    assert len(page.columns) == len(shape.columns)
    assert all(len(each) == len(page.numbers) == len(page.who) for each in page.columns)
    assert [page.numbers[at] for at in page.starts] == [2, 3, 4]


@given(
    st.dictionaries(
        st.sampled_from(["street", "city", "district", "province", "country", "postcode"]), st.text(max_size=9)
    )
)
def test_no_part_of_an_address_is_lost(said):
    whole = {
        part: said.get(part, "").strip() for part in ("street", "city", "district", "province", "country", "postcode")
    }
    line = address_parts.address(whole)
    kept = [whole[part] for part in ("street", "postcode")]
    assert all(each in line for each in kept)
