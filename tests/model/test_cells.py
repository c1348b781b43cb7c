"""What becomes of the cells of a sheet in fields of each kind: numbers that were texts, damaged ones, times."""

from datetime import date, datetime

import pytest

from crm_desktop.model.address import AddressKind
from crm_desktop.model.channel import VALID, ChannelKind
from crm_desktop.model.kinds import Kind, Moment, Notes, ShortText, as_text
from crm_desktop.text.findings import Severity


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (13800138000.0, "13800138000"),
        (0.5, "0.5"),
        (7, "7"),
        (123456789012345.0, "123456789012345"),
        (123456789012345678.0, "1.23456789012346E+17"),
        (date(2025, 3, 8), "2025-03-08"),
        (datetime(2025, 3, 8), "2025-03-08"),  # noqa: DTZ001 - a cell of a sheet has no zone
        (datetime(2025, 3, 8, 14, 30), "2025-03-08T14:30:00"),  # noqa: DTZ001
    ],
)
def test_a_cell_as_text(cell, text):
    assert as_text(cell) == text


@pytest.mark.parametrize("cell", [1234567890123456789.0, "1.38001E+10"])
@pytest.mark.parametrize(
    "kind", [ShortText(), Notes(), ChannelKind("mobile"), ChannelKind("wechat"), ChannelKind("qq")]
)
def test_a_number_that_excel_damaged_is_kept_and_told(kind, cell):
    found = kind.read(cell)
    assert found.value
    assert found.worst is Severity.WARN
    assert "Format the column as text in Excel" in found.findings[0].text
    assert "E+1" in kind.edit(found.value)


@pytest.mark.parametrize("text", ["C++", "1+1", "E+", "A-1E", "1E5"])
def test_other_texts_with_a_plus_are_no_damage(text):
    assert not ShortText().read(text).findings


def test_a_mobile_as_a_number_is_fine():
    found = ChannelKind("mobile").read(13800138000.0)
    assert not found.findings
    assert [(each.norm, each.state) for each in found.value] == [("+8613800138000", VALID)]


@pytest.mark.parametrize("separator", ["/", "、", ";", "；", "，", ",", "|", "\n", " ", " / ", "； "])
def test_two_mobiles_in_a_cell(separator):
    found = ChannelKind("mobile").read(f"13800138000{separator}+86 13900139000")
    assert not found.findings
    assert [each.norm for each in found.value] == ["+8613800138000", "+8613900139000"]


def test_labels_inside_a_cell():
    found = ChannelKind("mobile").read("手机：13800138000 电话：010-12345678转801")
    assert not found.findings
    assert [(each.norm, each.ext) for each in found.value] == [("+8613800138000", ""), ("+861012345678", "801")]


@pytest.mark.parametrize("separator", ["/", "、", ";", "；", "，", ",", "|", "\n", " "])
def test_two_mails_in_a_cell(separator):
    found = ChannelKind("email").read(f"a@example.com{separator}b@example.com")
    assert not found.findings
    assert [each.norm for each in found.value] == ["a@example.com", "b@example.com"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ShortText(), " 张三 "),
        (ShortText(3), "张三李四"),
        (ShortText(), "1.38001E+10"),
        (ShortText(), " "),
        (Notes(), "a\nb"),
        (Kind(), "x"),
    ],
)
def test_the_short_cut_for_texts_is_what_reading_gives(kind, text):
    found = kind.plain_text(text)
    assert (found is None) == bool(kind.read(text).findings or kind.read(text).value is None)
    assert found is None or kind.read(text).value == found


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ChannelKind("mobile"), "138 0013 8000"),
        (ChannelKind("landline"), "（010）12345678"),
        (ChannelKind("landline"), "(010) 1234-5678"),
        (ChannelKind("fax"), "+1 650-253-0000"),
        (ChannelKind("email"), "Anna@Example.COM"),
        (ChannelKind("email"), "anna@gmail.con"),
        (ChannelKind("email"), "anna/li@example.com"),
        (ChannelKind("wechat"), "zhang_san"),
        (ChannelKind("wechat"), "?"),
        (ChannelKind("qq"), "12345"),
        (ChannelKind("mobile"), "13800138000/13900139000"),
        (AddressKind(), "上海市浦东新区"),
        (AddressKind(), "a\nb"),
        (AddressKind(), " "),
    ],
)
def test_the_short_cut_for_channels_and_addresses_is_what_reading_gives(kind, text):
    assert kind.at_once(text) in {None, kind.read(text).value}


def test_a_moment_in_many_spellings():
    moment = datetime(2025, 3, 8, 14, 30).astimezone()
    for cell in ("2025-03-08 14:30", "2025年3月8日 下午2:30", 45724.60416667, moment):
        assert Moment().read(cell).value == moment
    assert Moment().read("soon").findings
