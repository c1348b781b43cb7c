"""Data to look at and to measure with: as much believable data as asked for, and the examples of the documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress
from crm_desktop.model import (
    Account,
    Activity,
    ActivityParty,
    Address,
    Affiliation,
    Channel,
    Contact,
    Entity,
    Tag,
    Tagging,
    Task,
)
from crm_desktop.model.account import PERSON
from crm_desktop.model.activity import CALL, IN, OUT
from crm_desktop.model.base import now as this_moment
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.ids import new_id
from crm_desktop.model.kinds import Birthday
from crm_desktop.services.records import make
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.believable import Believer, Language
from crm_desktop.text.dates import Birthday as BirthdayValue
from crm_desktop.text.folding import fold
from crm_desktop.text.whole_day import whole_day

SAMPLE = "sample"
STEP = 2000
"""Accounts that one change set makes."""
MONTHS = timedelta(days=548)
LANGUAGES: tuple[Language, ...] = ("zh_CN",) * 15 + ("en",) * 3 + ("de",) * 2
HEADS = (1, 1, 1, 2, 2, 2, 3, 3, 4, 6)
"""Contacts of ten accounts: 2.5 on average."""
KINDS = {"note": 8, "chat": 22, "mail": 12, "visit": 14, CALL: 44}
ATTITUDES = ("supporter", "neutral", "neutral", "opponent", "unknown", None, None, None)
TYPES = (
    ("prospect",),
    ("prospect",),
    ("customer",),
    ("customer",),
    ("partner",),
    ("supplier",),
    ("customer", "supplier"),
)
DEEPEST = 5
ORDER: tuple[type[Entity], ...] = (
    Tag,
    Account,
    Contact,
    Affiliation,
    Channel,
    Address,
    Tagging,
    Activity,
    ActivityParty,
    Task,
)


@dataclass(slots=True)
class Filled:
    """How much was made, and by which change sets."""

    accounts: int = 0
    contacts: int = 0
    activities: int = 0
    sets: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much to make for each account, on average."""

    contacts: float = 2.5
    activities: float = 4.0


def fill(workspace: Workspace, accounts: int, seed: int = 0, amounts: Amounts | None = None) -> Job[Filled]:
    """Make so many believable accounts with contacts and eighteen months of activities; the same again for a seed."""
    sampler = Sampler(seed, amounts or Amounts(), workspace.author)
    with workspace.read() as session:
        sampler.tags = {
            key: id for id, key in session.execute(select(Tag.id, Tag.name_key).where(Tag.deleted_at.is_(None)))
        }
    filled = Filled()
    for start in range(0, accounts, STEP):
        count = min(STEP, accounts - start)
        yield Progress(start, accounts, _("Making accounts and contacts"))
        for done in range(count):
            sampler.account()
            if done % 200 == 0:
                yield Progress(start + done // 2, accounts, _("Making accounts and contacts"))
        with workspace.write(_("Sample data"), SAMPLE) as session:
            yield Progress(start + count // 2, accounts, _("Saving"))
            filled.sets.append(session.set_id)
            sampler.hand_over(session, filled)
    yield Progress(accounts, accounts)
    return filled


class Sampler:
    """Makes rows of invented data until they are handed over."""

    def __init__(self, seed: int, amounts: Amounts, owner: int | None) -> None:
        self.believer = Believer(seed)
        self.chance = Random(seed)  # noqa: S311 - invented data, no secret
        self.amounts = amounts
        self.owner = owner
        self.today = this_moment()
        self.tags: dict[str, int] = {}
        self.rows: dict[type[Entity], list[dict[str, Any]]] = {entity: [] for entity in ORDER}
        self.parents: list[tuple[int, int, str, Language]] = []

    def hand_over(self, session: Writing, filled: Filled) -> None:
        """Write what was made so far."""
        filled.accounts += len(self.rows[Account])
        filled.contacts += len(self.rows[Contact])
        filled.activities += len(self.rows[Activity])
        for entity in ORDER:
            session.insert_rows(entity, self.rows[entity])
            self.rows[entity] = []

    def account(self) -> None:
        """One account with everything that belongs to it."""
        language = self.chance.choice(LANGUAGES)
        if self.chance.random() < 0.04:
            self._private(language)
            return
        made = self.believer.company(language)
        age = MONTHS * self.chance.random()
        key = self._add(
            Account,
            self.today - age,
            name=made["name"],
            short_name=made["short_name"] or None,
            name_en=made["name_en"] or None if language == "zh_CN" else None,
            industry=made["industry"],
            level=made["level"],
            size_band=made["size_band"],
            website=made["website"],
            region=made["city"] or made["country"],
            lead_source=made["source"],
            business_type=made["business_type"],
            annual_revenue=made["annual_revenue"],
            annual_revenue_currency={"zh_CN": "CNY", "en": "USD", "de": "EUR"}[language],
            types=self.chance.choice(TYPES),
            status=self.chance.choices(("active", "dormant", "closed"), (88, 9, 3))[0],
            description=made["description"] or None,
            owner_id=self.owner,
            parent_id=self._parent(made, language),
        )
        self._remember(key, made, language)
        self._channels("account_id", key, {"landline": made["phone"], "email": made["email"]})
        self._add(Address, None, account_id=key, type="contact", line=made["address"], is_primary=True)
        self._tag("account_id", key, made["tags"])
        people = self._people(key, made, language)
        self._activities(key, people, language, age)

    def _parent(self, made: dict[str, Any], language: Language) -> int | None:
        """A branch of an earlier account, for one in eight; its name says so."""
        if not self.parents or self.chance.random() > 0.12:
            return None
        key, depth, core, spoken = self.parents[int(len(self.parents) * self.chance.random() ** 2)]
        if depth >= DEEPEST or spoken != language:
            return None
        city = made["city_name"]
        made["name"] = f"{core}（{city}）有限公司" if language == "zh_CN" else f"{core} {city}"
        made["depth"] = depth + 1
        return key

    def _remember(self, key: int, made: Mapping[str, Any], language: Language) -> None:
        """Let later accounts be branches of this one, more often of those that are branches themselves."""
        depth = made.get("depth", 0)
        if depth or self.chance.random() < 0.2:
            self.parents.append((key, depth, made["short_name"], language))
            self.parents = self.parents[-400:]

    def _private(self, language: Language) -> None:
        """A private customer: an account and its one contact."""
        person = self.believer.person(language)
        age = MONTHS * self.chance.random()
        key = self._add(Account, self.today - age, name=person["full_name"], kind=PERSON, owner_id=self.owner)
        contact = self._contact(person, self.today - age, person_account_id=key)
        self._add(Affiliation, None, account_id=key, contact_id=contact, is_primary=True)
        self._activities(key, [(contact, person["full_name"])], language, age)

    def _people(self, account: int, company: Mapping[str, Any], language: Language) -> list[tuple[int, str]]:
        """The contacts of an account with their places there; the first is the primary one, whom others report to."""
        people: list[tuple[int, str]] = []
        head: int | None = None
        wanted = self.chance.choice(HEADS) * self.amounts.contacts / 2.5
        for place in range(int(wanted + self.chance.random())):
            person = self.believer.person(language, company)
            contact = self._contact(person, self.today - MONTHS * self.chance.random())
            left = place > 0 and self.chance.random() < 0.05
            link = self._add(
                Affiliation,
                None,
                account_id=account,
                contact_id=contact,
                title=person["title"],
                department=person["department"],
                decision_role=person["decision_role"] or None,
                attitude=self.chance.choice(ATTITUDES),
                influence=self.chance.choice((None, None, 1, 2, 3, 4, 5)),
                is_primary=place == 0,
                status="departed" if left else "current",
                to_date=(self.today - timedelta(days=60)).date() if left else None,
                reports_to_id=head if self.chance.random() < 0.5 else None,
            )
            head = head or link
            people.append((contact, person["full_name"]))
            if self.parents and self.chance.random() < 0.03:
                board = self.parents[int(len(self.parents) * self.chance.random())][0]
                if board != account:
                    title = "董事" if language == "zh_CN" else "Board member"
                    self._add(Affiliation, None, account_id=board, contact_id=contact, title=title)
        return people

    def _contact(self, person: Mapping[str, Any], at: datetime, **given: Any) -> int:
        birthday = person["birthday"]
        key = self._add(
            Contact,
            at,
            full_name=person["full_name"],
            english_name=person["english_name"] or None,
            gender=person["gender"],
            hobby=person["hobby"] or None,
            birthday=Birthday.kept(BirthdayValue(birthday.year, birthday.month, birthday.day)) if birthday else None,
            owner_id=self.owner,
            **given,
        )
        self._channels("contact_id", key, {name: person[name] for name in ("mobile", "email", "wechat")})
        if self.chance.random() < 0.15:
            self._tag("contact_id", key, self.believer.tags()[:1])
        return key

    def _channels(self, owner: str, key: int, texts: Mapping[str, str]) -> None:
        for kind, text in texts.items():
            value = ChannelKind(kind).read_one(text).value if text else None
            if value:
                self._add(
                    Channel,
                    None,
                    kind=kind,
                    raw=value.raw,
                    norm=value.norm,
                    ext=value.ext,
                    country=value.country,
                    state=value.state,
                    is_primary=True,
                    **{owner: key},
                )

    def _tag(self, owner: str, key: int, names: Iterable[str]) -> None:
        for name in names:
            if fold(name) not in self.tags:
                self.tags[fold(name)] = self._add(Tag, None, name=name, name_key=fold(name))
            self._add(Tagging, None, tag_id=self.tags[fold(name)], **{owner: key})

    def _activities(self, account: int, people: Sequence[tuple[int, str]], language: Language, age: timedelta) -> None:
        """What was talked about since the account was made, more of it lately; some accounts are never called."""
        count = int(self.amounts.activities * 2 * self.chance.random() ** 2 * 1.5 + 0.5)
        for _each in range(count):
            kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
            contact, name = self.chance.choice(people) if people else (None, "")
            made = self.believer.activity(kind, language, person=name if self.chance.random() < 0.3 else "")
            at = self.today - age * self.chance.random() ** 1.5 - timedelta(minutes=5)
            direction = "none" if kind == "note" else OUT if kind == "visit" else made["direction"]
            missed = kind == CALL and direction != IN and self.chance.random() < 0.12
            key = self._add(
                Activity,
                at,
                kind=kind,
                direction=direction,
                at=at,
                minutes=made["minutes"] if kind in (CALL, "visit") and not missed else None,
                summary=made["subject"] if missed else made["summary"],
                outcome="no_answer" if missed else None,
                account_id=account,
                author_id=self.owner,
            )
            if contact and kind != "note":
                self._add(ActivityParty, at, activity_id=key, contact_id=contact)
            if made["next_step"] and self.chance.random() < 0.4:
                self._task(made["next_step"], at, account=account, contact=contact, activity=key)

    def _task(self, title: str, at: datetime, *, account: int, contact: int | None, activity: int) -> None:
        """The next step of an activity: most of what is past was done, some is overdue."""
        due = whole_day((at + timedelta(days=self.chance.randint(2, 21))).astimezone().date())
        done = due < self.today and self.chance.random() < 0.9
        self._add(
            Task,
            at,
            title=title,
            due_at=due,
            done_at=due if done else None,
            account_id=account,
            contact_id=contact,
            activity_id=activity,
            owner_id=self.owner,
        )

    def _add(self, entity: type[Entity], made_at: datetime | None, **values: Any) -> int:
        key = new_id()
        values["id"], values["source"] = key, SAMPLE
        if made_at is not None:
            values["created_at"] = made_at
        self.rows[entity].append(values)
        return key


DOCUMENTS: tuple[Mapping[str, str], ...] = (
    {
        "name": "ABC有限公司",
        "address": "上海市浦东新区",
        "region": "上海市浦东新区",
        "phone": "+86 123456789",
        "email": "info@abc.com",
    },
    {"name": "大商零售有限公司", "industry": "零售"},
    {
        "name": "北京某科技公司",
        "industry": "信息技术",
        "size_band": "200-500人",
        "region": "中国北京",
        "level": "VIP客户",
        "phone": "010-12345678",
    },
    {"name": "上海示例贸易有限公司", "industry": "零售", "region": "上海市"},
)
PEOPLE: tuple[Mapping[str, str], ...] = (
    {"full_name": "张三", "title": "销售经理", "email": "zhangsan@abc.com", "mobile": "+86 987654321"},
    {"full_name": "李四", "title": "技术支持", "email": "lisi@abc.com", "mobile": "+86 987654320"},
)
"""Two people of the first account. The numbers are not valid, and are kept as they are."""


def documents(workspace: Workspace) -> list[int]:
    """Make the four accounts that the user's documents use as examples, as one step to undo; gives their keys."""
    with workspace.write(_("Example accounts"), SAMPLE) as session:
        accounts = [make(session, Account, texts).id for texts in DOCUMENTS]
        for place, texts in enumerate(PEOPLE):
            own = {name: text for name, text in texts.items() if name != "title"}
            contact = make(session, Contact, own)
            session.add(
                Affiliation(account_id=accounts[0], contact_id=contact.id, title=texts["title"], is_primary=place == 0)
            )
        return accounts


def is_empty(workspace: Workspace) -> bool:
    """Whether nothing was put into the data folder yet."""
    with workspace.read() as session:
        return (
            session.scalar(select(Account.id).limit(1)) is None and session.scalar(select(Contact.id).limit(1)) is None
        )
