"""The short cut for telephone numbers gives exactly what phonenumbers gives; a new release may break that."""

import random

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from crm_desktop.text import phone_rules, phones

KINDS = {PhoneNumberType.FIXED_LINE: "landline", PhoneNumberType.MOBILE: "mobile"}
AREAS = ["010", *(f"02{each}" for each in range(10)), *(f"0{each}" for each in range(310, 1000))]
PREFIXES = ["13", "14", "15", "16", "17", "18", "19"]
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 12))]


def library(text):
    """E.164, kind and country of a number that the library calls valid; None for another."""
    try:
        parsed = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    kind = KINDS.get(phonenumbers.number_type(parsed), "unknown")
    country = phonenumbers.region_code_for_number(parsed)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164), kind, country


def examples():
    """Every example number of every country, of each kind, in three spellings."""
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in PhoneNumberType.values():
            number = phonenumbers.example_number_for_type(region, kind)
            if number:
                yield phonenumbers.format_number(number, PhoneNumberFormat.E164)
                yield phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
                yield phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


def near_examples(chance, count):
    """Numbers of every calling code that are right or nearly so."""
    spelt = [each for each in examples() if each.startswith("+") and " " not in each]
    for _each in range(count):
        digits = list(chance.choice(spelt))
        for _change in range(chance.randrange(4)):
            digits[chance.randrange(2, len(digits))] = chance.choice("0123456789")
        if chance.random() < 0.2:
            digits.insert(chance.randrange(2, len(digits)), chance.choice("0123456789"))
        if chance.random() < 0.2:
            digits.pop()
        yield "".join(digits)
    for _each in range(count // 4):
        yield f"+{chance.randrange(1, 10 ** chance.randrange(6, 13))}"


def mainland(chance, count):
    """Mobiles and landlines of the mainland, right and wrong, in many spellings."""
    for _each in range(count):
        if chance.random() < 0.5:
            number = chance.choice(PREFIXES) + _digits(chance, chance.choice([8, 9, 9, 9, 9, 9, 10]))
            groups = number[:3], number[3:7], number[7:]
        else:
            area = chance.choice(AREAS)
            groups = area, _digits(chance, chance.choice([3, 4, 4])), _digits(chance, chance.choice([3, 4, 4, 4]))
        text = chance.choice(["", "", "", " ", "-"]).join(groups)
        yield chance.choice(["", "", "", "+86", "+86 ", "+86-", "(+86)"]) + text


def _digits(chance, count):
    return f"{chance.randrange(10**count):0{count}}"


def agreed(texts):
    """How many texts were answered at once and by the library, after making sure that both say the same."""
    fast = valid = 0
    for text in texts:
        answer = library(text)
        found = phones.at_once(text)
        assert found is None or found == answer, text
        fast += found is not None
        valid += answer is not None
    return fast, valid


def test_the_examples_of_every_country():
    assert len(phonenumbers.SUPPORTED_REGIONS) >= 245
    fast, valid = agreed(examples())
    assert fast > 0.3 * valid


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_of_every_country(seed):
    fast, valid = agreed(near_examples(random.Random(seed), 12_000))
    assert fast > 0.4 * valid


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_of_the_mainland(seed):
    fast, valid = agreed(mainland(random.Random(seed), 60_000))
    assert valid > 15_000
    assert fast > 0.8 * valid


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "-",
        "-13800138000",
        "13800138000-",
        "010-12345678-801",
        "75588886666",
        "1012345678",
        "1380013800",
        "+0013800138000",
        "０１０12345678",
        "138001380001",
        "138+0138000",
        "+8004400123",
    ],
)
def test_what_needs_a_closer_look_is_left_to_it(text):
    assert phones.at_once(text) is None


def test_numbers_without_a_country_code_are_those_of_the_mainland_only_there():
    assert phones.at_once("13800138000") == ("+8613800138000", "mobile", "CN")
    assert phones.at_once("13800138000", "DE") is None
    assert phones.at_once("+1 650-253-0000", "DE") == ("+16502530000", "unknown", "US")


def test_a_calling_code_that_nobody_has():
    assert phone_rules.known("999123456") is None
    assert phone_rules.known("86") is None
    assert phone_rules.known("") is None
