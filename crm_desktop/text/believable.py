"""Believable people, companies and activities that do not exist, for sample data, demonstrations and benchmarks.

Mail and web addresses end in `.example` (RFC 2606: nobody can own them). Chinese and German mobiles follow the pattern
with 0000 in the middle; English numbers are 555-01xx, which North America keeps free for fiction, and German landlines
are (030) 23125 xxx, which Germany does.
"""

import datetime
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Literal, TypeAlias, TypeVar

from crm_desktop.text import believable_words as lists
from crm_desktop.text.believable_words import City

Language: TypeAlias = Literal["zh_CN", "en", "de"]
Made: TypeAlias = dict[str, Any]
T = TypeVar("T")

_PINYIN_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", " ": "", "'": ""})
_GERMAN_PREFIXES = ("151", "152", "157", "160", "162", "170", "171", "176")
_SPREAD = 76_543
"""Steps through a range of 10,000s without meeting a number twice, so that neighbours in the list look unrelated."""


def _weighted(weights: Mapping[str, float]) -> list[str]:
    """A thousand answers, each as often as its weight asks, so that a weighted choice costs one look-up."""
    total = sum(weights.values())
    return [answer for answer, weight in weights.items() for _each in range(round(1000 * weight / total))]


_LEVELS = _weighted({"vip": 2, "a": 8, "b": 20, "c": 40, "normal": 30})
_SIZE_BANDS = _weighted(
    {"1-10": 12, "10-50": 26, "50-200": 28, "200-500": 15, "500-1000": 9, "1000-5000": 7, "5000-10000": 2, "10000+": 1}
)
_SOURCES = _weighted(
    {
        "trade_show": 28,
        "referral": 22,
        "web_form": 12,
        "call": 10,
        "campaign": 8,
        "social": 8,
        "ad": 6,
        "import": 4,
        "other": 2,
    }
)
_BUSINESS_TYPES = _weighted(
    {"manufacturer": 42, "distributor": 18, "integrator": 16, "end_user": 14, "service": 8, "other": 2}
)
_DECISION_ROLES = _weighted({"": 60, "influencer": 14, "user": 12, "decision_maker": 10, "gatekeeper": 4})
_COMMON_INDUSTRIES = {
    "manufacturing": 18,
    "automation": 14,
    "electronics": 12,
    "it": 10,
    "automotive": 9,
    "energy": 6,
    "logistics": 5,
}
_INDUSTRIES = _weighted({industry: _COMMON_INDUSTRIES.get(industry, 3) for industry in lists.TRADES})
_SPLIT = {line: tuple(line.split("|")) for trade in lists.TRADES.values() for line in trade[:3]}
_TITLES = {line: tuple(line.split("|")) for department in lists.DEPARTMENTS for line in department[2:]}


class Believer:
    """A source of invented records; the same seed gives the same ones in the same order.

    The numbers of people do not depend on the seed: `known_people` says how many have theirs already, so that two
    lists have none in common.
    """

    def __init__(self, seed: int = 0, known_people: int = 0) -> None:
        self._random = Random(seed).random  # noqa: S311 - invented data, no secret
        self._people = known_people
        self._domains: dict[str, int] = {}

    def person(self, language: Language = "zh_CN", company: Mapping[str, Any] | None = None) -> Made:
        """Somebody with a job; with `company` the mail address is one of that company."""
        female = self._random() < 0.42
        family, given, handle = self._name(language, female=female)
        chinese = language == "zh_CN"
        department, department_en, titles, titles_en = self._one(lists.DEPARTMENTS)
        chance = self._random()
        self._people += 1
        number = self._people
        domain = (
            company["domain"]
            if company
            else f"{self._one(lists.CORE_FIRST)[1]}{self._one(lists.CORE_SECOND)[1]}.example"
        )
        return {
            "full_name": f"{family}{given}" if chinese else f"{given} {family}",
            "family_name": family,
            "given_name": given,
            "english_name": self._one(lists.ENGLISH_FEMALE if female else lists.ENGLISH_MALE)
            if chinese and chance < 0.12
            else "",
            "gender": "female" if female else "male",
            "title": self._one(_TITLES[titles if chinese else titles_en]),
            "department": department if chinese else department_en,
            "decision_role": self._one(_DECISION_ROLES),
            "mobile": self._mobile(language, number),
            "email": f"{handle}@{domain}" if chance < 0.88 else "",
            "wechat": f"{handle.replace('.', '_')}_{number % 100:02}" if chinese and chance > 0.3 else "",
            "birthday": self._birthday() if 0.2 < chance < 0.6 else None,
            "hobby": self._one(lists.HOBBIES["zh" if chinese else "en"]) if chance > 0.75 else "",
        }

    def company(self, language: Language = "zh_CN") -> Made:
        """An organisation with what a list of accounts shows of it."""
        industry = self._one(_INDUSTRIES)
        city = self._one({"zh_CN": lists.CITIES, "en": lists.ENGLISH_CITIES, "de": lists.GERMAN_CITIES}[language])
        name, short_name, name_en, slug = self._company_name(language, industry, city)
        domain = self._domain(f"{slug}-{city.latin}")
        size_band = self._one(_SIZE_BANDS)
        employees = int(size_band.rstrip("+").split("-")[0])
        return {
            "name": name,
            "short_name": short_name,
            "name_en": name_en,
            "industry": industry,
            "level": self._one(_LEVELS),
            "size_band": size_band,
            "source": self._one(_SOURCES),
            "business_type": self._one(_BUSINESS_TYPES),
            "country": "CN" if language == "zh_CN" else city.code,
            "province": city.code[:2] + "0000" if language == "zh_CN" else "",
            "city": city.code if language == "zh_CN" else "",
            "city_name": city.name,
            "address": self._address(language, city),
            "domain": domain,
            "website": f"https://www.{domain}",
            "phone": self._landline(language, city),
            "email": f"info@{domain}",
            "annual_revenue": int(employees * (30 + 90 * self._random())) * 10_000,
            "description": lists.TRADES[industry][3] if language == "zh_CN" else "",
            "tags": self.tags(language),
        }

    def activity(self, kind: str, language: Language = "zh_CN", *, person: str = "") -> Made:
        """What was said on one occasion: call, visit, meeting, mail, chat, meal or trade_show."""
        spoken = "zh" if language == "zh_CN" else "en"
        opening = lists.OPENINGS[spoken].get(kind, lists.OPENINGS[spoken]["meeting"])
        topic, result = self._one(lists.TOPICS[spoken]), self._one(lists.RESULTS[spoken])
        next_step = self._one(lists.NEXT_STEPS[spoken])
        least, most = lists.MINUTES.get(kind, (10, 60))
        if spoken == "zh":
            summary = f"{opening}：{'与' + person + '谈' if person else ''}{topic}；{result}。"
        else:
            summary = f"{opening} {topic}{' with ' + person if person else ''}: {result}."
        return {
            "kind": kind,
            "summary": summary,
            "subject": topic,
            "next_step": "" if next_step in ("无", "none") else next_step,
            "direction": "out" if self._random() < 0.68 else "in",
            "minutes": least + int((most - least + 1) * self._random()),
            "days_ago": int(900 * self._random() ** 2),
        }

    def tags(self, language: Language = "zh_CN") -> tuple[str, ...]:
        """None, one or two tags."""
        words = lists.TAGS["zh" if language == "zh_CN" else "en"]
        count = int(2.4 * self._random())
        return tuple({self._one(words): None for _each in range(count)})

    def _one(self, choices: Sequence[T]) -> T:
        return choices[int(self._random() * len(choices))]

    def _name(self, language: Language, *, female: bool) -> tuple[str, str, str]:
        """Family name, given name, and what stands before the @."""
        if language == "zh_CN":
            return self._chinese_name(lists.FEMALE if female else lists.MALE)
        if language == "de":
            given = self._one(lists.GERMAN_FEMALE if female else lists.GERMAN_MALE)
            family = self._one(lists.GERMAN_SURNAMES)
            if self._random() < 0.06:
                family = f"{family}-{self._one(lists.GERMAN_SURNAMES)}"
        else:
            given = self._one(lists.ENGLISH_FEMALE if female else lists.ENGLISH_MALE)
            family = self._one(lists.ENGLISH_SURNAMES)
        return family, given, f"{given}.{family}".lower().translate(_PINYIN_ASCII)

    def _chinese_name(self, given_names: Sequence[tuple[str, str]]) -> tuple[str, str, str]:
        chance = self._random()
        surnames = lists.COMMON_SURNAMES if chance < 0.52 else lists.SURNAMES if chance < 0.965 else lists.RARE_SURNAMES
        family, latin = self._one(surnames)
        first, first_latin = self._one(given_names)
        if self._random() < 0.14:
            return family, first, f"{latin}.{first_latin}"
        second, second_latin = self._one(given_names)
        return family, first + second, f"{first_latin}{second_latin}.{latin}"

    def _company_name(self, language: Language, industry: str, city: City) -> tuple[str, str, str, str]:
        """Full name, short name, English name, and the word for its web address."""
        trade_zh, trade_en, trade_de, _products = lists.TRADES[industry]
        if language == "zh_CN":
            first, first_latin = self._one(lists.CORE_FIRST)
            second, second_latin = self._one(lists.CORE_SECOND)
            ending = "" if industry == "government" else "有限公司" if self._random() < 0.82 else "股份有限公司"
            slug = first_latin + second_latin
            trade = self._one(_SPLIT[trade_zh])
            return (
                f"{city.name}{first}{second}{trade}{ending}",
                first + second,
                f"{slug.title()} {self._one(_SPLIT[trade_en])}",
                slug,
            )
        core = self._one(lists.ENGLISH_CORES if language == "en" else lists.GERMAN_CORES)
        trade = self._one(_SPLIT[trade_en if language == "en" else trade_de])
        form = self._one(
            ("Ltd", "Inc.", "Group", "LLC", "plc") if language == "en" else ("GmbH", "AG", "GmbH & Co. KG")
        )
        return f"{core} {trade} {form}", core, f"{core} {trade}", core.lower().translate(_PINYIN_ASCII)

    def _domain(self, name: str) -> str:
        """A web address that no other company has."""
        used = self._domains.get(name, 0)
        self._domains[name] = used + 1
        return f"{name}{used + 1 if used else ''}.example"

    def _address(self, language: Language, city: City) -> str:
        number = 1 + int(480 * self._random())
        if language == "zh_CN":
            return f"{self._one(lists.STREETS)}{number}号{1 + number % 9}号楼{101 + number * 7 % 1800}室"
        if language == "de":
            return f"{self._one(lists.GERMAN_STREETS)} {number % 120 + 1}, {city.name}"
        return f"{number} {self._one(lists.ENGLISH_STREETS)}, {city.name}"

    def _mobile(self, language: Language, number: int) -> str:
        """A number of valid form: no two alike among 300,000 Chinese, 80,000 German or 10,000 English ones."""
        if language == "zh_CN":
            block, rest = divmod(number * _SPREAD % (10_000 * len(lists.MOBILE_PREFIXES)), 10_000)
            return f"+86{lists.MOBILE_PREFIXES[block]}0000{rest:04}"
        if language == "de":
            block, rest = divmod(number * _SPREAD % (10_000 * len(_GERMAN_PREFIXES)), 10_000)
            return f"+49{_GERMAN_PREFIXES[block]}0000{rest:04}"
        block, rest = divmod(number * _SPREAD % (100 * len(lists.AREA_CODES)), 100)
        return f"+1{lists.AREA_CODES[block]}55501{rest:02}"

    def _landline(self, language: Language, city: City) -> str:
        last = int(10_000 * self._random())
        if language == "zh_CN":
            return f"{city.area_code}-5800{last:04}{f'-{800 + last % 99}' if last % 7 == 0 else ''}"
        if language == "de":
            return f"+493023125{last % 1000:03}"
        return f"+1{lists.AREA_CODES[last % len(lists.AREA_CODES)]}55501{last % 100:02}"

    def _birthday(self) -> datetime.date:
        return datetime.date.fromordinal(_OLDEST + int(_SPAN * (self._random() + self._random()) / 2))


_OLDEST = datetime.date(1959, 1, 1).toordinal()
_SPAN = datetime.date(2003, 12, 31).toordinal() - _OLDEST
