"""Invented data looks real, belongs to nobody and is the same each time."""

import datetime
import re

import phonenumbers
import pytest

from crm_desktop.text import regions
from crm_desktop.text.believable import Believer
from crm_desktop.text.believable_words import CITIES, OPENINGS, TRADES

LANGUAGES = ["zh_CN", "en", "de"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_gives_the_same_records(language):
    one, other = Believer(5), Believer(5)
    for _each in range(50):
        assert one.company(language) == other.company(language)
        assert one.person(language) == other.person(language)
        assert one.activity("call", language) == other.activity("call", language)
    assert Believer(6).person(language) != Believer(5).person(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_valid_in_form(language):
    believer = Believer(1)
    for _each in range(300):
        mobile = phonenumbers.parse(believer.person(language)["mobile"])
        assert phonenumbers.is_valid_number(mobile)
        landline = phonenumbers.parse(re.sub(r"-8\d\d$", "", believer.company(language)["phone"]), "CN")
        assert phonenumbers.is_valid_number(landline), landline


@pytest.mark.parametrize("language", LANGUAGES)
def test_addresses_on_the_web_belong_to_nobody(language):
    believer = Believer(2)
    for _each in range(300):
        company = believer.company(language)
        person = believer.person(language, company)
        for address in (company["email"], company["website"], person["email"]):
            assert not address or re.fullmatch(r"(?:https://www\.|[a-z.-]+@)[a-z0-9-]+\.example", address)
        assert not person["email"] or person["email"].endswith("@" + company["domain"])


def test_a_hundred_thousand_people_are_not_all_alike():
    believer = Believer(3)
    people = [believer.person() for _each in range(100_000)]
    names = [person["full_name"] for person in people]
    assert len({person["mobile"] for person in people}) == len(people)
    assert len(set(names)) > 60_000
    assert any(name.startswith("欧阳") for name in names)
    assert any(name.startswith("单") for name in names)
    assert 0.35 < sum(person["gender"] == "female" for person in people) / len(people) < 0.5


def test_companies_use_the_codes_of_the_product():
    believer = Believer(4)
    companies = [believer.company() for _each in range(2000)]
    assert {company["industry"] for company in companies} == set(TRADES)
    assert {company["level"] for company in companies} == {"vip", "a", "b", "c", "normal"}
    assert len({company["size_band"] for company in companies}) == 8
    assert len({company["domain"] for company in companies}) == len(companies)
    for company in companies[:50]:
        assert regions.read_city(company["city_name"]).value.city == company["city"]
        assert company["name"].startswith(company["city_name"])


def test_cities_are_those_of_the_region_table():
    for city in CITIES:
        assert regions.name(city.code, "zh_CN", short=True) == city.name


def test_birthdays_are_those_of_working_people():
    believer = Believer(8)
    birthdays = [birthday for _each in range(2000) if (birthday := believer.person()["birthday"])]
    assert len(birthdays) > 500
    assert min(birthdays) >= datetime.date(1959, 1, 1)
    assert max(birthdays) <= datetime.date(2003, 12, 31)


@pytest.mark.parametrize("kind", [*OPENINGS["zh"], "something new"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_activities_tell_a_story(kind, language):
    activity = Believer(9).activity(kind, language, person="Anna Schneider")
    assert activity["kind"] == kind
    assert "Anna Schneider" in activity["summary"]
    assert activity["direction"] in ("in", "out")
    assert activity["minutes"] > 0
    assert 0 <= activity["days_ago"] <= 900
