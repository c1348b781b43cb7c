"""Telephone numbers: every spelling people use is understood, and what is wrong is kept and told."""

import random
import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import phones
from crm_desktop.text.findings import Severity

UNDERSTOOD = [
    ("13800138000", "+8613800138000", "", "mobile"),
    (13800138000, "+8613800138000", "", "mobile"),
    (13800138000.0, "+8613800138000", "", "mobile"),
    ("13800138000.0", "+8613800138000", "", "mobile"),
    ("138 0013 8000", "+8613800138000", "", "mobile"),
    ("138-0013-8000", "+8613800138000", "", "mobile"),
    ("１３８００１３８０００", "+8613800138000", "", "mobile"),
    ("\u202a+86 138 0013 8000\u202c", "+8613800138000", "", "mobile"),
    ("+86 (0)10 1234 5678", "+861012345678", "", "landline"),
    ("0086 13800138000", "+8613800138000", "", "mobile"),
    ("086-13800138000", "+8613800138000", "", "mobile"),
    ("86-13800138000", "+8613800138000", "", "mobile"),
    ("(+86)13800138000", "+8613800138000", "", "mobile"),
    ("013800138000", "+8613800138000", "", "mobile"),
    ("17951 13800138000", "+8613800138000", "", "mobile"),
    ("手机：13800138000", "+8613800138000", "", "mobile"),
    ("010-12345678", "+861012345678", "", "landline"),
    ("（010）12345678", "+861012345678", "", "landline"),
    ("010–1234–5678", "+861012345678", "", "landline"),
    ("0755-8888-6666", "+8675588886666", "", "landline"),
    ("010-12345678 转 801", "+861012345678", "801", "landline"),
    ("010-12345678轉801", "+861012345678", "801", "landline"),
    ("(010) 1234 5678 分机 801", "+861012345678", "801", "landline"),
    ("010-12345678-801", "+861012345678", "801", "landline"),
    ("086-010-12345678-801", "+861012345678", "801", "landline"),
    ("+86 10 12345678-801", "+861012345678", "801", "landline"),
    ("010-12345678 ext. 801", "+861012345678", "801", "landline"),
    ("010-12345678 x801", "+861012345678", "801", "landline"),
    ("010-12345678#801", "+861012345678", "801", "landline"),
    ("010-12345678*801", "+861012345678", "801", "landline"),
    ("010-12345678,801", "+861012345678", "801", "landline"),
    ("010-12345678（转801）", "+861012345678", "801", "landline"),
    ("400-820-8820", "+864008208820", "", "tollfree"),
    ("400-820-8820-2", "+864008208820", "2", "tollfree"),
    ("8008208820", "+868008208820", "", "tollfree"),
    ("95588", "", "", "short"),
    ("10086", "", "", "short"),
    ("+49 (0)30 1234567-89", "+4930123456789", "", "landline"),
    ("+852 2345 6789", "+85223456789", "", "landline"),
    ("+1 650-253-0000 x12", "+16502530000", "12", "unknown"),
    ("+1 650-253-0000-12", "+16502530000", "12", "unknown"),
    ("+49 301234-567", "+49301234567", "", "landline"),
    ("0049 30 1234567", "+49301234567", "", "landline"),
    ("电话：010-12345678", "+861012345678", "", "landline"),
]

DOUBTFUL = [
    ("+86 123456789", "+86123456789", "looks invalid"),
    ("+86 987654321", "+86987654321", "looks invalid"),
    ("138001380", "+86138001380", "2 digits are missing: a mainland mobile number has 11."),
    ("1380013800", "+861380013800", "1 digit is missing: a mainland mobile number has 11."),
    ("+86 1380013800", "+861380013800", "1 digit is missing"),
    ("138001380001", "+86138001380001", "1 digit too many: a mainland mobile number has 11."),
    ("12345678", "+8612345678", "looks invalid"),
    ("62251234", "", "area code is missing"),
    ("62251234-801", "", "area code is missing"),
    ("1.38001E+10", "", "Format the column as text in Excel"),
    ("1.3800138e+10", "", "Excel turned this number into 1.3800138e+10; its last digits are lost."),
    (8.6138001380001e20, "", "Excel turned this number into 8.6138001380001E+20"),
    ("1012345678", "+861012345678", "The 0 in front is missing"),
    (1012345678.0, "+861012345678", "Did you mean 010-12345678?"),
    ("75588886666", "+8675588886666", "Did you mean 0755-88886666?"),
    ("21-62251234 转 801", "+862162251234", "Did you mean 021-62251234-801?"),
    ("1380013800a", "", "digits, spaces"),
    ("13800138000 张三", "", "digits, spaces"),
    ("13800138000/13900139000", "", "Several numbers"),
    ("0755-88886666/7", "", "Several numbers"),
    ("9" * 200, "", "too long"),
    ("+999 1234567", "", "looks invalid"),
    (float("nan"), "", ""),
    (1e300, "", "Excel"),
    ("-13800138000", "", "digits, spaces"),
    ("010+12345678", "", "digits, spaces"),
    (-13800138000.5, "", ""),
]


@pytest.mark.parametrize(("text", "e164", "ext", "kind"), UNDERSTOOD)
def test_every_usual_spelling_is_understood(text, e164, ext, kind):
    reading = phones.read(text)
    assert reading.value is not None
    assert (reading.value.e164, reading.value.ext, reading.value.kind) == (e164, ext, kind)
    assert reading.value.valid
    assert not reading.findings


@pytest.mark.parametrize(("text", "e164", "words"), DOUBTFUL)
def test_doubtful_numbers_are_kept_and_told(text, e164, words):
    reading = phones.read(text)
    assert reading.value is not None
    assert not reading.value.valid
    assert reading.value.e164 == e164
    assert reading.worst is Severity.WARN
    assert words in reading.findings[0].text


@pytest.mark.parametrize("text", ["+86 123456789", "+86 987654321", "+86 987654320"])
def test_the_samples_of_the_brief_are_shown_as_typed(text):
    phone = phones.read(text).value
    assert phone is not None
    assert phones.show(phone.raw, phone.e164, phone.ext) == text


def test_blank_is_no_number_and_no_fault():
    assert phones.read("  ").value is None
    assert not phones.read("").findings


def test_a_number_of_another_country_needs_no_code_at_home():
    phone = phones.read("030 1234567", "DE").value
    assert phone is not None
    assert (phone.e164, phone.country) == ("+49301234567", "DE")
    assert phones.read("030 123456-78", "DE").value.ext == ""


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13800138000/13900139000", ["13800138000", "13900139000"]),
        ("13800138000、13900139000；010-12345678", ["13800138000", "13900139000", "010-12345678"]),
        ("13800138000 13900139000", ["13800138000", "13900139000"]),
        ("13800138000 or 13900139000", ["13800138000", "13900139000"]),
        ("13800138000\n010-12345678-801", ["13800138000", "010-12345678-801"]),
        ("010-12345678, ext 801, 021-62251234 转 12", ["010-12345678, ext 801", "021-62251234 转 12"]),
        ("0755-88886666/7", ["0755-88886666/7"]),
        ("010-12345678,801", ["010-12345678,801"]),
        ("13800138000 010-12345678", ["13800138000", "010-12345678"]),
        ("13800138000，13900139000,010-12345678", ["13800138000", "13900139000", "010-12345678"]),
        ("13800138000|13900139000", ["13800138000", "13900139000"]),
        ("手机：13800138000 电话：010-12345678", ["手机：13800138000", "电话：010-12345678"]),
        ("手机:13800138000，电话:010-12345678转801", ["手机:13800138000", "电话:010-12345678转801"]),
        ("Tel: 010-12345678; Mobile: 13800138000", ["Tel: 010-12345678", "Mobile: 13800138000"]),
        ("Tel: 010-12345678 Mob.: 13800138000", ["Tel: 010-12345678", "Mob.: 13800138000"]),
        ("+49 30 1234567", ["+49 30 1234567"]),
        ("，13800138000；", ["13800138000"]),
        ("", []),
    ],
)
def test_a_cell_is_parted_but_never_inside_a_number(cell, numbers):
    assert phones.split_cell(cell) == numbers


@pytest.mark.parametrize(
    ("raw", "e164", "ext", "shown"),
    [
        ("13800138000", "+8613800138000", "", "+86 138 0013 8000"),
        ("010-12345678-801", "+861012345678", "801", "+86 10 1234 5678 ext. 801"),
        ("0311 1234", "", "", "0311 1234"),
        ("x", "+861", "", "x"),
        ("x", "nonsense", "", "x"),
        ("4008208820", "+864008208820", "", "+86 400 820 8820"),
        ("6502530000", "+16502530000", "", "+1 650-253-0000"),
    ],
)
def test_numbers_are_shown_in_groups(raw, e164, ext, shown):
    assert phones.show(raw, e164, ext) == shown


@pytest.mark.parametrize("text", [text for text, e164, _ext, _kind in UNDERSTOOD if e164])
def test_what_is_shown_is_understood_again(text):
    phone = phones.read(text).value
    assert phone is not None
    again = phones.read(phones.show(phone.raw, phone.e164, phone.ext)).value
    assert again is not None
    assert (again.e164, again.ext, again.kind) == (phone.e164, phone.ext, phone.kind)


def test_searching_sees_the_digits_however_they_were_typed():
    assert {phones.digits(raw, "+8613800138000", "") for raw in ("138-0013-8000", "13800138000")} == {"8613800138000"}
    assert phones.digits("62251234 转 801", "", "801") == "62251234"
    assert phones.digits("９５５８８", "", "") == "95588"
    assert phones.digits("x", "", "") == ""


def generated():
    """Twenty thousand mainland numbers: every mobile prefix, every area code, many spellings."""
    chance = random.Random(7)
    for _round in range(60):
        for prefix in range(130, 200):
            yield f"{prefix}{chance.randrange(10**8):08}"
    for area in [10, *range(20, 30), *range(300, 1000)]:
        for length in (6, 7, 7, 7, 7, 8, 8, 8, 8, 9):
            number = f"{chance.randrange(1, 10)}{chance.randrange(10 ** (length - 1)):0{length - 1}}"
            yield from (f"0{area}-{number}", f"{area}{number}", f"0{area}{number}"[: chance.randrange(9, 14)])
    for start in ("10800", "21800", "10100", "10108", "1095", "2196", "400", "800", "9"):
        yield from (f"0{start}{chance.randrange(10**length)}" for length in range(3, 9) for _each in range(20))


def test_the_fast_path_agrees_with_the_library():
    fast = 0
    for text in generated():
        reading = phones.read(text)
        phone = reading.value
        assert phone is not None
        try:
            parsed = phonenumbers.parse(text, "CN")
        except phonenumbers.NumberParseException:
            assert not phone.valid, text
            continue
        if phone.kind == "short":
            continue
        if "0 in front" in "".join(each.text for each in reading.findings):
            again = phones.read(reading.findings[0].fix).value
            assert (again.e164, again.valid) == (phone.e164, True), text
            continue
        assert phone.valid == phonenumbers.is_valid_number(parsed), text
        if phone.valid:
            assert phone.e164 == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), text
            shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
            assert phones.show(text, phone.e164, "") == shown, text
            kind = {0: "landline", 1: "mobile", 3: "tollfree", 5: "tollfree"}.get(
                phonenumbers.number_type(parsed), "unknown"
            )
            assert phone.kind == kind, text
            national = phone.e164.removeprefix("+86")
            fast += bool(phones.MOBILE.fullmatch(national) or phones.LANDLINE.fullmatch(national))
    assert fast > 4000


PIECES = st.sampled_from(
    [
        "13800138000",
        "010",
        "86",
        "+",
        "-",
        "转",
        "ext",
        "x",
        "/",
        "(",
        ")",
        "0",
        "8",
        "*",
        "#",
        ",",
        " ",
        ".0",
        "E+10",
        "转801",
        "or",
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES).map("".join), st.integers(), st.floats()),
    st.sampled_from(["CN", "DE", "US", "ZZ", ""]),
)
def test_no_input_breaks_it_and_nothing_is_lost(text, region):
    reading = phones.read(text, region)
    assert reading.worst in {None, Severity.WARN}
    if reading.value is None:
        assert not str(text).strip()
        return
    phone = reading.value
    assert phone.valid == (not reading.findings)
    assert phones.show(phone.raw, phone.e164, phone.ext)
    assert re.fullmatch(r"[0-9]*", phones.digits(phone.raw, phone.e164, phone.ext))


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_parting_a_cell_keeps_every_digit(text):
    parts = phones.split_cell(text)
    assert [each for each in "".join(parts) if each.isdecimal()] == [each for each in text if each.isdecimal()]
    assert all(each.strip() for each in parts)
