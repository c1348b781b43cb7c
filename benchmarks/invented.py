"""Rows of an invented base, as the tables keep them, in the order in which a company would have written them.

Accounts come one after another over five years, each with its people; activities follow in the order of time, so that
those of one account lie scattered over the file as they do in real life. One group has thousands of branches, one
account a hundred thousand activities; the older an account, the more is talked with it.
"""

import datetime
from array import array
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import NamedTuple

from benchmarks.invented_talk import Talk
from crm_desktop.text import believable_words as lists
from crm_desktop.text.believable import Believer
from crm_desktop.text.folding import fold

GENERATION = 1
"""Goes up when the same seed no longer makes the same rows; part of the name of a kept base."""
PART = 100_000
GROUP, BUSY = 1, 2
"""The places, in the order of making, of the group with many branches and of the account with many activities."""
MOST_BRANCHES, MOST_TALKS = 2_500, 100_000
DEEPEST = 5
YEARS = 5
FIRST_ID = (1_600_000_000_000 << 8) << 13
STEP = 1 << 13
LANGUAGES = ("zh_CN",) * 15 + ("en",) * 3 + ("de",) * 2
HEADS = {2.5: (5, 3, 4, 0, 1, 1, 2, 2, 3, 4), 3.0: (6, 4, 9, 0, 1, 1, 1, 2, 3, 3)}
"""How many people ten accounts have, by the average."""
USERS = ("李明", "王芳", "张三", "Anna Schneider", "李四", "刘洋", "James Barlow", "陈静")
STATUSES = ("active",) * 88 + ("dormant",) * 9 + ("closed",) * 3
TYPES = ("|prospect|", "|prospect|", "|customer|", "|customer|", "|partner|", "|supplier|", "|customer|supplier|")
ATTITUDES = ("supporter", "neutral", "neutral", "opponent", "unknown", None, None, None)
KINDS = ("call",) * 44 + ("chat",) * 22 + ("visit",) * 14 + ("mail",) * 12 + ("note",) * 8
MINUTES = {"call": 12, "visit": 75}
COMMON = {
    "account": (
        "id, name, kind, short_name, name_en, industry, level, size_band, website, region, lead_source, business_type,"
        " annual_revenue, annual_revenue_currency, types, status, description, owner_id, parent_id, created_at"
    ),
    "contact": "id, full_name, english_name, gender, hobby, birthday, note, owner_id, person_account_id, created_at",
    "affiliation": (
        "id, account_id, contact_id, title, department, decision_role, attitude, influence, is_primary, status,"
        " reports_to_id"
    ),
    "channel": "id, account_id, contact_id, kind, raw, norm, country, is_primary",
    "address": "id, account_id, line, is_primary",
    "tag": "id, name, name_key",
    "tagging": "id, tag_id, account_id, contact_id",
    "user": "id, name, is_local",
    "activity": "id, kind, direction, at, minutes, summary, outcome, account_id, author_id, created_at",
    "activity_party": "id, activity_id, contact_id",
    "task": "id, title, due_at, done_at, account_id, contact_id, activity_id, owner_id",
}
"""The columns that are filled in; the others get their defaults."""


@dataclass(frozen=True)
class Amounts:
    """How much a base holds."""

    accounts: int
    contacts: int
    activities: int

    @property
    def branches(self):
        """How many accounts are right below the group."""
        return min(MOST_BRANCHES, self.accounts // 8)

    @property
    def talks(self):
        """How many activities the busy account has."""
        return min(MOST_TALKS, self.activities // 4)


class Place(NamedTuple):
    """An account that may have branches."""

    depth: int
    core: str
    language: str


class Inventor:
    """Makes all rows of a base, table by table, from a seed and the day that is to be its last."""

    def __init__(self, amounts, seed, today):
        self.amounts = amounts
        self.chance = Random(seed)
        self.believer = Believer(seed)
        self.talk = Talk(seed)
        self.days = [str(today - datetime.timedelta(days=ago)) for ago in range(365 * YEARS, -60, -1)]
        self._next = 0
        self._rows = {}
        self.accounts = []
        self.people = [0]
        """Where the people of each account begin among all."""
        self.contacts = array("q")
        self.owed = 0
        """How many people a private customer had fewer than its share."""
        self.users = self._ids(len(USERS))

    def parts(self):
        """Rows by table, some hundred thousand at a time."""
        yield "user", [(key, name, place == 0) for place, (key, name) in enumerate(zip(self.users, USERS, strict=True))]
        self.tags = dict.fromkeys((*lists.TAGS["zh"], *lists.TAGS["en"]))
        self.tags = dict(zip(self.tags, self._ids(len(self.tags)), strict=True))
        yield "tag", [(key, name, fold(name)) for name, key in self.tags.items()]
        yield from self._all_accounts()
        yield from self._all_activities()

    def moment(self, share, spread=0):
        """The moment at some share of the five years, within working hours."""
        day = int(min(share, 1.0) * (365 * YEARS - 1)) + spread
        minute = int(self.chance.random() * 600)
        return f"{self.days[day]} {1 + minute // 60:02}:{minute % 60:02}:00.000000"

    def _ids(self, count):
        first = FIRST_ID + self._next * STEP
        self._next += count
        return range(first, first + count * STEP, STEP)

    def _add(self, table, *values):
        [key] = self._ids(1)
        self._rows.setdefault(table, []).append((key, *values))
        return key

    def _handed_over(self):
        rows, self._rows = self._rows, {}
        yield from rows.items()

    def _all_accounts(self):
        amounts = self.amounts
        heads = HEADS[amounts.contacts / amounts.accounts]
        self.places = []
        every = amounts.accounts // amounts.branches
        for number in range(amounts.accounts):
            parent = GROUP if number > BUSY and number % every == 0 else self._parent(number)
            self._account(number, parent, heads[number % len(heads)])
            if number % (PART // 5) == PART // 5 - 1:
                yield from self._handed_over()
        yield from self._handed_over()

    def _parent(self, number):
        """One in seven is a branch of an earlier account."""
        if number <= BUSY or self.chance.random() > 0.15:
            return None
        parent = BUSY + 1 + int((number - BUSY - 1) * self.chance.random())
        return parent if parent < number and self.places[parent].depth < DEEPEST else None

    def _account(self, number, parent, heads):
        chance = self.chance
        above = self.places[parent] if parent is not None else None
        language = above.language if above else chance.choice(LANGUAGES)
        made_at = self.moment(number / self.amounts.accounts * 0.9)
        owner = chance.choice(self.users)
        if above is None and BUSY < number < self.amounts.accounts - 1 and chance.random() < 0.04:
            self._private(language, owner, made_at, heads)
            return
        made = self.believer.company(language)
        if above:
            city = made["city_name"]
            made["name"] = f"{above.core}（{city}）有限公司" if language == "zh_CN" else f"{above.core} {city}"
        core = above.core if above else made["short_name"]
        key = self._add(
            "account",
            made["name"],
            "organisation",
            made["short_name"] or None,
            (made["name_en"] or None) if language == "zh_CN" else None,
            made["industry"],
            made["level"],
            made["size_band"],
            made["website"],
            made["city"] or made["country"],
            made["source"],
            made["business_type"],
            made["annual_revenue"] * 100,
            {"zh_CN": "CNY", "en": "USD", "de": "EUR"}[language],
            chance.choice(TYPES),
            "active" if number in (GROUP, BUSY) else chance.choice(STATUSES),
            made["description"] or None,
            owner,
            None if parent is None else self.accounts[parent],
            made_at,
        )
        self.places.append(Place(above.depth + 1 if above else 0, core, language))
        self.accounts.append(key)
        self._channel(key, None, "landline", made["phone"], "CN" if language == "zh_CN" else "")
        self._channel(key, None, "email", made["email"])
        if chance.random() < 0.8:
            self._add("address", key, made["address"], 1)
        self._tag(made["tags"], key, None)
        self._people(key, heads, language, made, owner, made_at)

    def _private(self, language, owner, made_at, heads):
        """A private customer: an account and its one contact."""
        person = self.believer.person(language)
        key = self._add(
            "account", person["full_name"], "person", *(None,) * 11, None, "active", None, owner, None, made_at
        )
        self.places.append(Place(DEEPEST, "", language))
        self.accounts.append(key)
        contact = self._contact(person, language, owner, made_at, key)
        self._add("affiliation", key, contact, None, None, None, None, None, 1, "current", None)
        self.people.append(len(self.contacts))
        self.owed += heads - 1

    def _people(self, account, heads, language, company, owner, made_at):
        first = None
        wanted = max(0, heads + self.owed)
        self.owed += heads - wanted
        for place in range(wanted):
            person = self.believer.person(language, company)
            contact = self._contact(person, language, owner, made_at, None)
            key = self._add(
                "affiliation",
                account,
                contact,
                person["title"],
                person["department"],
                person["decision_role"] or None,
                self.chance.choice(ATTITUDES),
                self.chance.choice((None, None, 1, 2, 3, 4, 5)),
                int(place == 0),
                "departed" if place and self.chance.random() < 0.05 else "current",
                first if self.chance.random() < 0.5 else None,
            )
            first = first or key
        self.people.append(len(self.contacts))

    def _contact(self, person, language, owner, made_at, account):
        chance = self.chance
        birthday = person["birthday"]
        key = self._add(
            "contact",
            person["full_name"],
            person["english_name"] or None,
            person["gender"],
            person["hobby"] or None,
            birthday.isoformat() if birthday else None,
            self.talk.note(language) if chance.random() < 0.1 else None,
            owner,
            account,
            made_at,
        )
        self.contacts.append(key)
        chinese = language == "zh_CN"
        mobile = self._mobile(len(self.contacts)) if chinese else person["mobile"]
        self._channel(None, key, "mobile", mobile, "CN" if chinese else "")
        self._channel(None, key, "email", person["email"])
        self._channel(None, key, "wechat", person["wechat"])
        if chance.random() < 0.15:
            self._tag(self.believer.tags(language)[:1], None, key)
        return key

    def _mobile(self, number):
        """No two alike, and any digits: a base that is only measured needs none that are kept free."""
        prefix = lists.MOBILE_PREFIXES[number % len(lists.MOBILE_PREFIXES)]
        return f"+86{prefix}{number * 7_654_321 % 100_000_000:08}"

    def _channel(self, account, contact, kind, text, country=""):
        if not text:
            return
        norm = text
        if kind == "landline" and text[0] == "0":
            norm = "+86" + "".join(text.split("-")[:2])[1:]
        self._add("channel", account, contact, kind, text.removeprefix("+86"), norm, country, 1)

    def _tag(self, names, account, contact):
        for name in names:
            self._add("tagging", self.tags[name], account, contact)

    def _all_activities(self):
        numbers = iter(range(self.amounts.activities))
        while part := list(islice(numbers, PART)):
            yield from self._activities(part)

    def _activities(self, numbers):
        """Some activities, with those who took part and what is to be done next."""
        random, talk, users = self.chance.random, self.talk, self.users
        total, last = self.amounts.activities, len(self.accounts)
        every = total // self.amounts.talks
        rows, parties, tasks = [], [], []
        for key, number in zip(self._ids(len(numbers)), numbers, strict=True):
            share = number / total
            place = BUSY if number % every == 0 else int(last * (0.1 + 0.9 * share) * random() ** 2)
            at = self.moment(share**0.6)
            kind = KINDS[int(random() * 100)]
            first = self.people[place]
            heads = self.people[place + 1] - first
            missed = kind == "call" and random() < 0.1
            author = users[int(random() * len(users))]
            minutes = None if missed or kind not in MINUTES else 1 + int(random() * MINUTES[kind])
            direction = "none" if kind == "note" else "out" if missed or random() < 0.68 else "in"
            summary = talk.say(kind, self.places[place].language)
            outcome = "no_answer" if missed else None
            rows.append((key, kind, direction, at, minutes, summary, outcome, self.accounts[place], author, at))
            contact = self.contacts[first + int(random() * heads)] if heads and kind != "note" else None
            if contact:
                parties.append((key, contact))
            if random() < 0.02:
                due = self.moment(share**0.6, 14)
                done = due if share < 0.97 and random() < 0.9 else None
                tasks.append((talk.step(), due, done, self.accounts[place], contact, key, author))
        yield "activity", rows
        yield "activity_party", [(key, *each) for key, each in zip(self._ids(len(parties)), parties, strict=True)]
        yield "task", [(key, *each) for key, each in zip(self._ids(len(tasks)), tasks, strict=True)]
