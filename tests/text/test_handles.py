"""WeChat, QQ, web addresses and the credit code: strange ones are marked, and unsafe links never become links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import credit_code, handles
from crm_desktop.text.findings import Reading, Severity


@pytest.mark.parametrize(
    "text", ["zhangsan_1", "wxid_abc123def456", "微信：zhangsan-1", "13800138000", "138 0013 8000", "+4930123456"]
)
def test_wechat_names(text):
    reading = handles.read_wechat(text)
    assert reading.value
    assert not reading.findings


@pytest.mark.parametrize("text", ["abc", "张三", "1zhangsan", "a" * 21])
def test_strange_wechat_names_are_kept_and_marked(text):
    reading = handles.read_wechat(text)
    assert reading.value == text
    assert reading.worst is Severity.WARN


@pytest.mark.parametrize(
    ("text", "number"),
    [("12345", "12345"), ("12345678901", "12345678901"), (12345678.0, "12345678"), ("QQ：10001000", "10001000")],
)
def test_qq_numbers(text, number):
    assert handles.read_qq(text) == handles.Reading(number)


def test_a_strange_qq_number_is_kept_and_a_qq_mail_offers_its_number():
    assert handles.read_qq("1234").worst is Severity.WARN
    assert handles.read_qq("12345678@qq.com").findings[0].fix == "12345678"


@pytest.mark.parametrize(
    ("text", "url", "domain"),
    [
        ("www.abc.com", "https://www.abc.com", "abc.com"),
        ("abc.com/path?q=1", "https://abc.com/path?q=1", "abc.com"),
        ("http://ABC.com/Path", "http://abc.com/Path", "abc.com"),
        ("abc.com:8080", "https://abc.com:8080", "abc.com"),
        ("http：//www.abc.com", "http://www.abc.com", "abc.com"),
        ("http:/abc.com", "http://abc.com", "abc.com"),
        ("//abc.com", "https://abc.com", "abc.com"),
        ("例子.中国", "https://例子.中国", "例子.中国"),
    ],
)
def test_web_addresses(text, url, domain):
    reading = handles.read_url(text)
    assert reading.value == url
    assert not reading.findings
    assert handles.url_domain(url) == domain
    assert handles.url_domain(text if "：" not in text and ":/a" not in text else url) == domain


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "ftp://abc.com",
        "javascript:alert(1)",
        "file:///etc",
        "mailto:a@b.com",
        "a@b.com",
        "http://user:pw@abc.com",
        "http://[::1",
        "https://abc.com:99999",
        "a b.com x",
    ],
)
def test_what_is_no_web_address_is_told(text):
    reading = handles.read_url(text)
    assert reading.value is None
    assert reading.worst is Severity.WARN


@pytest.mark.parametrize("text", ["www,abc,com", "www。abc。com", "www. abc.com"])
def test_slips_in_a_web_address_get_a_cure(text):
    assert handles.read_url(text).findings[0].fix == "https://www.abc.com"


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(["http", ":", "/", "//", "[", "]", "@", ".", "a", "com", "1", "-"])).map("".join),
    )
)
def test_no_text_breaks_handles(text):
    for read in (handles.read_wechat, handles.read_qq, handles.read_url, credit_code.read):
        assert read(text).worst in {None, Severity.WARN}
    url = handles.read_url(text).value
    assert url is None or (url.startswith(("http://", "https://")) and handles.read_url(url).value == url)
    handles.url_domain(text)


SAMPLE = "91350100M000100Y43"  # the sample code printed in GB 32100-2015


def test_a_right_credit_code_is_taken_however_it_is_written():
    assert credit_code.read(SAMPLE) == credit_code.Reading(SAMPLE)
    assert credit_code.read(" 9135 0100-m000100y43 ").value == SAMPLE


@pytest.mark.parametrize(
    ("text", "words", "fix"),
    [
        (SAMPLE[:-1], "1 character is missing", ""),
        (SAMPLE + "00", "2 characters too many", ""),
        (SAMPLE[:-1] + "4", "check digit", ""),
        ("91350100MO00100Y43", "without I, O", SAMPLE),
        ("9135010AM000100Y43", "3 to 8 are digits", ""),
    ],
)
def test_a_wrong_credit_code_is_kept_and_told(text, words, fix):
    reading = credit_code.read(text)
    assert reading.value == text
    assert words in reading.findings[0].text
    assert reading.findings[0].fix == fix


@given(
    st.text(credit_code.ALPHABET, min_size=11, max_size=11), st.integers(0, 17), st.sampled_from(credit_code.ALPHABET)
)
def test_one_wrong_character_is_always_found(tail, place, letter):
    start = f"91{310115}{tail[:9]}"
    code = start + credit_code.check_digit(start)
    assert not credit_code.read(code).findings
    wrong = code[:place] + letter + code[place + 1 :]
    assert (wrong == code) == (not credit_code.read(wrong).findings)


URLS = st.lists(
    st.sampled_from([*"aZ9-._~/:@?#% é中", "http://", "https://", "HTTP://", "www.", ".com", "example", "x" * 64, "//"])
).map("".join)


@given(URLS)
def test_the_short_cut_for_web_addresses_is_what_reading_gives(text):
    assert handles.url_at_once(text) in {None, handles.read_url(text).value}


@given(st.text(st.sampled_from("aZ019_-+ 微信:"), max_size=24))
def test_the_short_cuts_for_handles_are_what_reading_gives(text):
    for at_once, read in (
        (handles.wechat_at_once, handles.read_wechat),
        (handles.qq_at_once, handles.read_qq),
    ):
        assert at_once(text) is None or read(text) == Reading(at_once(text))
