"""What people's own fields hold is kept, shown and read back without a difference, whatever language is spoken."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crm_desktop import i18n
from crm_desktop.model import picks
from crm_desktop.model.own_kinds import KINDS, Linked, kept, option_code, value_of
from crm_desktop.model.picks import Pick
from crm_desktop.text.findings import Severity
from crm_desktop.text.money import Money

LIST = "custom.account.colour"
OPTIONS = ("红", "blue", "A / B", "★★")
TEXT = some.text(some.characters(categories=["L", "N", "P", "Zs"]), max_size=40)
NUMBERS = some.decimals(-(10**12), 10**12, places=3)
AMOUNTS = some.decimals(0, 10**12, places=2)


@pytest.fixture(scope="module", autouse=True)
def colours():
    before = picks.changed()
    picks.use({**before, LIST: [Pick(option_code(each), each, each) for each in OPTIONS]})
    yield
    picks.use(before)


def made(code):
    return KINDS[code].make(LIST, "account")


def assert_kept(code, value):
    """The value comes back from where it is kept, from the editor and from a sheet, in each language."""
    kind = made(code)
    text, number = kept(kind, value)
    assert value_of(kind, text) == value
    assert number is None or isinstance(number, float)
    for language in i18n.LANGUAGES:
        i18n.use(language)
        assert kind.read(kind.edit(value)).value == value
        assert kind.read(kind.cell(value)).value == value
    i18n.use("en")


@pytest.mark.parametrize("code", ["text", "long_text", "phone", "mail", "url"])
@given(text=TEXT)
def test_what_is_written_stays_as_it_was_read(code, text):
    value = made(code).read(text).value
    if value is not None:
        assert_kept(code, value)
        assert made(code).show(value) == value


@given(NUMBERS)
def test_numbers_with_fractions_and_below_zero(number):
    assert_kept("number", number)
    assert made("number").read(made("number").show(number)).value == number


@given(AMOUNTS, some.sampled_from(["CNY", "USD", "EUR"]))
def test_amounts_with_their_currency(amount, currency):
    assert_kept("money", Money(amount.quantize(Decimal("0.01")), currency))


@given(some.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
def test_days(day):
    assert_kept("date", day)


@pytest.mark.parametrize("answer", [True, False])
def test_yes_and_no_are_both_kept(answer):
    assert_kept("yes_no", answer)


@given(some.sampled_from(OPTIONS))
def test_one_of_a_list(option):
    assert_kept("pick", option_code(option))
    assert made("pick").read(option).value == option_code(option)


@given(some.lists(some.sampled_from(["红", "blue", "★★"]), min_size=1, unique=True))
def test_several_of_a_list(options):
    assert_kept("picks", tuple(map(option_code, options)))


@given(some.integers(10**17, 2**63 - 1))
def test_a_link_keeps_its_key(key):
    kind = made("link")
    link = Linked(key, "ABC有限公司")
    assert value_of(kind, kept(kind, link)[0]) == link
    assert kind.read(kind.edit(link)).value == link
    assert kind.show(link) == "ABC有限公司"


def test_a_link_by_name_is_the_same_as_the_one_by_key():
    assert Linked(10**17, "ABC 有限公司") == Linked(None, "abc有限公司")
    assert Linked(10**17, "ABC") != Linked(10**17 + 1, "ABC")
    assert Linked(None, "ABC") != "ABC"


@pytest.mark.parametrize(
    ("code", "text"),
    [("mail", "zhang@"), ("phone", "138001"), ("pick", "green"), ("link", "Nobody"), ("url", "not web")],
)
def test_what_is_doubtful_is_kept_and_marked(code, text):
    kind = made(code)
    value = kind.read(text).value
    assert kind.show(value) == text
    assert any(each.severity == Severity.WARN for each in kind.check(value))


@pytest.mark.parametrize(
    ("code", "text"), [("number", "many"), ("date", "spring"), ("money", "a lot"), ("yes_no", "?")]
)
def test_what_cannot_be_understood_is_told(code, text):
    found = made(code).read(text)
    assert found.value is None
    assert found.findings


def test_numbers_are_numbers_in_a_sheet_unless_they_would_be_rounded():
    kind = made("number")
    assert kind.cell(Decimal("12.5")) == 12.5
    assert kind.cell(Decimal(7)) == 7
    assert kind.cell(Decimal("123456789012345678.9")) == "123456789012345678.9"
