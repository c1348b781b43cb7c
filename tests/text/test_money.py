"""Amounts, plain numbers and company sizes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import bands, money, numerals
from crm_desktop.text.findings import Severity
from crm_desktop.text.money import Money


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1.2亿", "120000000.00", "CNY"),
        ("120,000,000", "120000000.00", "CNY"),
        ("120 000 000", "120000000.00", "CNY"),
        ("1,2000,0000", "120000000.00", "CNY"),
        ("1亿2000万", "120000000.00", "CNY"),
        ("一亿二千万", "120000000.00", "CNY"),
        ("50万", "500000.00", "CNY"),
        ("50萬", "500000.00", "CNY"),
        ("50w", "500000.00", "CNY"),
        ("伍拾万元整", "500000.00", "CNY"),
        ("50 万元", "500000.00", "CNY"),
        ("人民币50万元", "500000.00", "CNY"),
        ("￥５０", "50.00", "CNY"),
        ("¥1,234.5", "1234.50", "CNY"),
        ("100元", "100.00", "CNY"),
        ("$1.5M", "1500000.00", "USD"),
        ("USD 1.5M", "1500000.00", "USD"),
        ("1.5 million USD", "1500000.00", "USD"),
        ("20万美元", "200000.00", "USD"),
        ("300k", "300000.00", "CNY"),
        ("€300k", "300000.00", "EUR"),
        ("1.234.567,89 €", "1234567.89", "EUR"),
        ("HK$5万", "50000.00", "HKD"),
        (500000, "500000.00", "CNY"),
        (0.1 + 0.2, "0.30", "CNY"),
        (Decimal("12.30"), "12.30", "CNY"),
        ("0", "0.00", "CNY"),
    ],
)
def test_amounts(text, amount, currency):
    reading = money.read(text)
    assert reading.value == Money(Decimal(amount), currency)
    assert str(reading.value.amount) == amount
    assert not reading.findings


@pytest.mark.parametrize("text", ["-5", "(500)", "¥-5", "-¥5", "−1.2亿", -1, -0.5])
def test_a_negative_amount_is_refused(text):
    assert money.read(text).worst is Severity.BLOCK


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "¥",
        "元",
        "1万2",
        "12元5",
        "1.2.3",
        "1,23,4",
        "1e5",
        "1.2E+08",
        "nan",
        float("nan"),
        float("inf"),
        1e300,
        "9" * 400,
        "约50万",
        "50万+",
        "1-2",
    ],
)
def test_what_is_no_amount_is_told_and_not_guessed(text):
    reading = money.read(text)
    assert reading.value is None
    assert reading.worst is Severity.WARN


@pytest.mark.parametrize(
    ("text", "amount"), [("1,5", "1.50"), ("1.234", "1.23"), ("0.005", "0.00"), ("12.3456", "12.35")]
)
def test_a_doubtful_amount_is_told(text, amount):
    reading = money.read(text)
    assert reading.value == Money(Decimal(amount))
    assert reading.worst is Severity.WARN


@pytest.mark.parametrize(
    ("amount", "currency", "exact", "short_zh", "short_en"),
    [
        ("120000000", "CNY", "¥120,000,000", "¥1.2亿", "¥120M"),
        ("500000", "CNY", "¥500,000", "¥50万", "¥500K"),
        ("1234.5", "EUR", "€1,234.50", "€1,234.50", "€1.23K"),
        ("99", "CHF", "CHF 99", "CHF 99", "CHF 99"),
        ("0", "CNY", "¥0", "¥0", "¥0"),
    ],
)
def test_amounts_are_shown_exactly_and_in_short(amount, currency, exact, short_zh, short_en):
    value = Money(Decimal(amount), currency)
    assert money.show(value, "zh_CN") == money.show(value, "en") == exact
    assert (money.short(value, "zh_CN"), money.short(value, "en")) == (short_zh, short_en)


def test_dollars_are_american_in_chinese():
    assert money.show(Money(Decimal(5), "USD"), "zh_CN") == "US$5"
    assert money.show(Money(Decimal(5), "USD"), "en") == "$5"


@given(
    st.decimals(min_value=0, max_value=10**12, places=2),
    st.sampled_from(sorted(money.CURRENCY_WORDS)),
    st.sampled_from(["en", "zh_CN"]),
)
def test_what_is_shown_is_read_again(amount, currency, language):
    value = Money(amount, currency)
    assert money.read(money.show(value, language)) == money.Reading(value)


def test_plain_numbers():
    assert money.read_number("-1,234.5").value == Decimal("-1234.5")
    assert money.read_number("三百").value == 300
    assert money.read_number("").value is None
    assert not money.read_number("").findings
    assert money.read_number("x").worst is Severity.WARN


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十五", 15),
        ("二十", 20),
        ("二〇二五", 2025),
        ("廿三", 23),
        ("一百零五", 105),
        ("三万亿", 3 * 10**12),
        ("两千", 2000),
        ("15", 15),
        ("x", None),
        ("", None),
    ],
)
def test_chinese_numerals(text, number):
    assert numerals.read(text) == number


@pytest.mark.parametrize(
    ("text", "band", "exact"),
    [
        ("350", "200-500", 350),
        (350, "200-500", 350),
        (350.0, "200-500", 350),
        ("350人", "200-500", 350),
        ("1,200 employees", "1000-5000", 1200),
        ("1万人", "5000-10000", 10000),
        ("200-500人", "200-500", None),
        ("200～500人", "200-500", None),
        ("200至500", "200-500", None),
        ("51-200", "50-200", None),
        ("1–10", "1-10", None),
        ("1000人以上", "1000-5000", None),
        ("10000人以上", "10000+", None),
        ("500+", "500-1000", None),
        (">500", "500-1000", None),
        ("50人以下", "10-50", None),
        ("少于50人", "10-50", None),
        ("约350人", "200-500", None),
        ("10000+", "10000+", None),
    ],
)
def test_company_sizes(text, band, exact):
    assert bands.read_band(text) == bands.Reading((band, exact))


@pytest.mark.parametrize("text", ["0", "-5", "abc", "1.5", "5-3", "-", "2025-01-10"])
def test_what_is_no_size_is_told(text):
    assert bands.read_band(text).value is None
    assert bands.read_band(text).worst is Severity.WARN


def test_a_range_across_a_border_is_taken_and_told():
    reading = bands.read_band("100-499")
    assert reading.value == ("200-500", None)
    assert reading.worst is Severity.WARN


@given(st.integers(1, 100_000))
def test_every_number_is_in_its_band(employees):
    low, _dash, high = bands.band_of(employees).rstrip("+").partition("-")
    assert int(low) <= employees <= int(high or 10**9)


@given(
    st.one_of(
        st.text(),
        st.integers(),
        st.floats(),
        st.decimals(),
        st.lists(st.sampled_from(list("0159.,-万亿千百元¥$kM人+~ "))).map("".join),
    )
)
def test_no_input_breaks_it(text):
    amount = money.read(text)
    assert amount.value is None or amount.value.amount >= 0
    money.read_number(text)
    numerals.read(str(text))
    bands.read_band(text if isinstance(text, str | int | float) else str(text))
