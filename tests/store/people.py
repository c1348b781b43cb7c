"""A workspace full of records with all sorts of values, and a second opinion on filters: plain Python, no SQL.

`Facts` reads what lists show (`queries.values`) and who belongs to whom; `Judge` says whether a record gets through.
"""

import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from crm_desktop.model import (
    Account,
    Activity,
    ActivityParty,
    Address,
    Affiliation,
    Channel,
    Contact,
    CustomValue,
    Picture,
    Tag,
    Tagging,
    Task,
    User,
)
from crm_desktop.model.fields import fields_of
from crm_desktop.model.filters import NONE, Test, testable_at
from crm_desktop.model.house import house
from crm_desktop.model.kinds import Birthday
from crm_desktop.services import custom_fields
from crm_desktop.services.values import own_value_row
from crm_desktop.store import queries
from crm_desktop.text import dates, lifecycle, regions
from crm_desktop.text.folding import fold
from crm_desktop.text.lifecycle import Override
from crm_desktop.text.money import Money

TODAY = date(2026, 2, 28)
NAMES = ("张三", "張 三丰", "Anna Schneider", "李四", "Ökonom-Haus GmbH", "ＡＢＣ公司", "★★", "abc", "上海某某有限公司")
TEXTS = (None, "", "golf", "Golf, 音樂", "音乐", "50% off_x", "★★", "钓鱼", "é-tude", "a'b")
TITLES = (None, "销售经理", "銷售經理", "IT经理", "Head of IT", "董事")
BIRTHDAYS = (None, "1990-03-08", "2000-02-29", "--03-08", "L1990-01-12", "L--02-01", "1996-02-28", "2001-03-01", "soon")
REGIONS = (None, "320500", "320583", "310000", "310115", "CN", "US", "nowhere", "510700")
TAGS = ("VIP", "展会", "trial", "重点")
DAYS_AGO = (0, 1, 6, 7, 29, 30, 31, 90, 364, 400, -3)
OWN = (
    ("account", "number", "Score"), ("account", "money", "Deposit"), ("account", "date", "Renewal"),
    ("account", "yes_no", "Strategic"), ("account", "pick", "Tier"), ("account", "picks", "Lines"),
    ("contact", "text", "Nickname"), ("contact", "link", "Mentor"), ("affiliation", "text", "Desk"),
)  # fmt: skip


def fill(workspace, seed=7, accounts=24, contacts=36):
    """Fill a workspace with records."""
    chance = random.Random(seed)
    for entity, kind, label in OWN:
        options = ("red", "green", "blue") if kind in ("pick", "picks") else ()
        custom_fields.add(workspace, entity, kind, label, options=options)
    Filling(workspace, chance).all(accounts, contacts)


class Filling:
    def __init__(self, workspace, chance):
        self.workspace, self.chance = workspace, chance
        self.pick = chance.choice

    def all(self, accounts, contacts):
        with self.workspace.write("Fill") as session:
            self.session = session
            users = self.add(User, name="Me", is_local=True), self.add(User, name="Colleague")
            tags = [self.add(Tag, name=each, name_key=fold(each)) for each in TAGS]
            firms = [self.account(users) for _ in range(accounts)]
            people = [self.contact(users, firms) for _ in range(contacts)]
            for owner, keys in (("account_id", firms), ("contact_id", people)):
                private = self.private_ones() if owner == "account_id" else ()
                for key in keys:
                    self.parts(owner, key, tags, reached=key not in private)
            for _ in range(150):
                self.activity(firms, people)
        with self.workspace.write("Bin") as session:
            for table in (Channel, Address, Tagging, Activity, Task, ActivityParty, CustomValue):
                for row in session.scalars(select(table)):
                    if chance_of(self.chance, 0.1):
                        session.remove(row)
            session.remove(session.get_one(Tag, tags[-1]))

    def add(self, entity, **values):
        record = entity(**values)
        self.session.add(record)
        self.session.flush()
        return record.id

    def when(self):
        day = TODAY - timedelta(days=self.pick(DAYS_AGO))
        return datetime(day.year, day.month, day.day, self.pick((0, 8, 23)), self.pick((0, 59))).astimezone()

    def account(self, users):
        p = self.pick
        key = self.add(
            Account,
            name=p(NAMES), kind=p(("organisation", "organisation", "person")), industry=p((None, "it", "food", "own")),
            types=p((None, ("customer",), ("customer", "supplier"), ("partner",))), region=p(REGIONS),
            status=p(("active", "active", "dormant", "closed")), level=p((None, "vip", "a", "normal")),
            lifecycle_override=p((None, None, "lost", "active", "gone")),
            lifecycle_until=p((None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))),
            employees=p((None, 0, 12, 350)), annual_revenue=p((None, Decimal("12.50"), Decimal(300000))),
            annual_revenue_currency=p((None, "CNY", "USD")), description=p(TEXTS), territory=p(TEXTS),
            owner_id=p((None, *users)), created_at=self.when(),
        )  # fmt: skip
        self.own(Account, key)
        return key

    def contact(self, users, firms):
        p = self.pick
        key = self.add(
            Contact,
            full_name=p(NAMES), birthday=p(BIRTHDAYS), gender=p((None, "male", "female")), hobby=p(TEXTS),
            note=p(TEXTS), do_not_call=p((True, False)), owner_id=p((None, *users)), created_at=self.when(),
            types=p((None, ("decision_maker",))), person_account_id=self.private(firms),
        )  # fmt: skip
        for _ in range(p((0, 1, 1, 2))):
            link = self.add(
                Affiliation, contact_id=key, account_id=p(firms), title=p(TITLES), department=p((None, "Sales")),
                status=p(("current", "former")), decision_role=p((None, "approver", "user")),
                influence=p((None, 1, 5)), from_date=p((None, TODAY - timedelta(days=30), date(2020, 1, 1))),
            )  # fmt: skip
            self.own(Affiliation, link)
        self.own(Contact, key, firms)
        if chance_of(self.chance, 0.2):
            self.add(Picture, contact_id=key, mime="image/png", sha256="0", data=b"0")
        return key

    def private(self, firms):
        """An account that is this person, now and then, each at most once."""
        free = [each for each in firms if self.session.get(Account, each).kind == "person"]
        taken = self.private_ones()
        free = [each for each in free if each not in taken]
        return self.pick(free) if free and chance_of(self.chance, 0.3) else None

    def private_ones(self):
        """The accounts that are persons with a contact, at whom they are reached."""
        return set(self.session.scalars(select(Contact.person_account_id)))

    def own(self, entity, key, firms=()):
        samples = {
            "number": Decimal("0.5"), "money": Money(Decimal("12.50"), "USD"), "date": TODAY - timedelta(days=7),
            "yes_no": chance_of(self.chance, 0.5), "pick": "red", "picks": ("red", "blue"), "text": self.pick(NAMES),
        }  # fmt: skip
        for field in fields_of(entity):
            if field.own is None or chance_of(self.chance, 0.5):
                continue
            kind = next(kind for of, kind, label in OWN if (of, label) == (field.entity, field.text))
            if kind == "link":
                text = str(self.pick(firms)) if chance_of(self.chance, 0.5) else "abc"
                self.add(CustomValue, field_id=field.own, contact_id=key, text=text)
            else:
                self.add(CustomValue, **own_value_row(field, key, samples[kind]))

    def parts(self, owner, key, tags, *, reached):
        for kind in ("landline", "mobile", "email"):
            for text in {
                "landline": ("010-12345678", "ask"),
                "mobile": ("138 0013 8000",),
                "email": ("Info@abc.com", "x@"),
            }[kind]:
                if chance_of(self.chance, 0.3) and reached:
                    norm = {"138 0013 8000": "+8613800138000", "Info@abc.com": "info@abc.com"}.get(text, "")
                    self.add(Channel, kind=kind, raw=text, norm=norm, **{owner: key})
        first = None
        for line in ("上海市浦东新区", "Hauptstr. 1"):
            if chance_of(self.chance, 0.3) and reached:
                follows = first if chance_of(self.chance, 0.3) else None
                first = self.add(Address, line=line, region=self.pick(REGIONS), inherits_id=follows, **{owner: key})
        for tag in tags:
            if chance_of(self.chance, 0.3):
                self.add(Tagging, tag_id=tag, **{owner: key})
        if chance_of(self.chance, 0.3):
            done = self.when() if chance_of(self.chance, 0.3) else None
            due = self.pick((None, self.when()))
            self.add(Task, title="Call", due_at=due, done_at=done, **{owner: key})

    def activity(self, firms, people):
        kind = self.pick(("call", "visit", "system"))
        key = self.add(
            Activity, kind=kind, at=self.when(), summary="x", account_id=self.pick((None, *firms[:10], *firms[:10]))
        )
        for person in self.chance.sample(people[:15], self.pick((0, 1, 2))):
            self.add(ActivityParty, activity_id=key, contact_id=person)


def chance_of(chance, share):
    return chance.random() < share


class Facts:
    """Everything about the records of a workspace, read without a filter."""

    def __init__(self, workspace):
        self.values = {}
        with workspace.read() as session:
            self.rows = {
                entity.__tablename__: {each.id: each for each in session.scalars(select(entity))}
                for entity in (Account, Contact, Affiliation)
            }
            for entity in (Account, Contact, Affiliation):
                keys = list(self.rows[entity.__tablename__])
                self.values[entity.__tablename__] = queries.values(session, entity, fields_of(entity), keys)
            self.me = set(session.scalars(select(User.id).where(User.is_local)))
            self.tasks = [each for each in living(session, Task) if each.done_at is None]
            self.addresses = living(session, Address)
            self.activities = [each for each in living(session, Activity) if each.kind != "system"]
            self.parties = living(session, ActivityParty)
            kept = [each.id for each in living(session, Tag)]
            self.taggings = [
                (each.tag_id, each.account_id or each.contact_id)
                for each in living(session, Tagging)
                if each.tag_id in kept
            ]
        self.links = [each for each in self.rows["affiliation"].values() if each.deleted_at is None]
        self._talks = defaultdict(list)
        for each in self.activities:
            self._talks[each.account_id].append(each)
            for key in {party.contact_id for party in self.parties if party.activity_id == each.id}:
                self._talks[key].append(each)

    def talks(self, key):
        """The activities of a record."""
        return self._talks[key]

    def main_account(self, contact):
        links = sorted((each.status != "current", each.id) for each in self.links if each.contact_id == contact)
        return self.rows["affiliation"][links[0][1]].account_id if links else None


def living(session, entity):
    return [each for each in session.scalars(select(entity)) if each.deleted_at is None]


NEGATIVE = {
    "contains_not": "contains", "is_not": "is", "none_of": "any_of", "outside": "within", "empty": "not_empty",
    "older": "since",
}  # fmt: skip


class Judge:
    """Says of one record after the other whether it gets through a filter on a day."""

    def __init__(self, facts, today=TODAY):
        self.facts, self.today = facts, today

    def group(self, entity, key, group):
        found = [
            self.test(entity, key, each) if isinstance(each, Test) else self.group(entity, key, each)
            for each in group.parts
            if isinstance(each, Test) or any(True for _ in each.tests())
        ]
        if not found:
            return True
        return {"all": all, "any": any, NONE: lambda each: not any(each)}[group.how](found)

    def test(self, entity, key, test):
        what = testable_at(entity, test.path)
        if test.operator == "at_most" and what.sort == "talks":
            return self.count(entity, key, what.path, test.values) <= int(test.values[0])
        if test.operator in NEGATIVE:
            return not self.holds(entity, key, what, NEGATIVE[test.operator], test.values)
        if test.operator == "all_of":
            return all(self.holds(entity, key, what, "any_of", (each,)) for each in test.values)
        return self.holds(entity, key, what, test.operator, test.values)

    def count(self, entity, key, path, values):
        owners = self.related(entity, key, path)[1] if path != "activity.count" else [(entity, key)]
        return max((self.talks(*each, values) for each in owners), default=0)

    def talks(self, entity, key, values):
        first = self.today - timedelta(days=int(values[1]))
        kinds = [each for each in values[2:] if each]
        return sum(
            1
            for each in self.facts.talks(key)
            if first <= local(each.at) <= self.today and (not kinds or each.kind in kinds)
        )

    def related(self, entity, key, path):
        """The rest of a path, and the records that it is about."""
        name, _dot, rest = path.partition(".")
        links = [each for each in self.facts.links if getattr(each, f"{entity.__tablename__}_id") == key]
        if name == "affiliation":
            return rest, [(Affiliation, each.id) for each in links]
        if name == "account":
            main = self.facts.main_account(key)
            return rest, [(Account, main)] if main else []
        if rest in ("title", "department"):
            return rest, [(Affiliation, each.id) for each in links]
        persons = [key_ for key_, each in self.facts.rows["contact"].items() if each.person_account_id == key]
        return rest, [(Contact, each) for each in {*(link.contact_id for link in links), *persons}]

    def holds(self, entity, key, what, operator, values):
        if what.relation:
            rest, owners = self.related(entity, key, what.path)
            own = [(one, each, testable_at(one, rest) or what) for one, each in owners]
            return any(self.value(one, each, asked, rest, operator, values) for one, each, asked in own)
        return self.value(entity, key, what, what.path, operator, values)

    def value(self, entity, key, what, path, operator, values):
        if what.sort == "talks":
            return self.talks(entity, key, values) >= int(values[0])
        found = self.kept(entity, key, path)
        if operator == "not_empty":
            return bool(found)
        return any(getattr(self, what.sort)(each, operator, values) for each in found)

    def kept(self, entity, key, path):
        """What a record holds, as a list of single values."""
        row = self.facts.rows[entity.__tablename__][key]
        if path == "activity.last":
            return [max(each.at for each in talks)] if (talks := self.facts.talks(key)) else []
        if path == "created_at":
            return [row.created_at]
        if path == "task.due":
            owner = f"{entity.__tablename__}_id"
            return [each.due_at for each in self.facts.tasks if getattr(each, owner) == key]
        if path == "rhythm":
            return self.rhythm_of(entity, key)
        if path == "lifecycle":
            return [self.lifecycle(key, row)]
        if path == "age":
            return [years] if (years := self.age(row.birthday)) is not None else []
        if entity is Contact and path == "region":
            mine = [each.region for each in self.facts.addresses if each.contact_id == key]
            main = self.facts.main_account(key)
            return [each for each in (*mine, main and self.facts.rows["account"][main].region) if each]
        if entity is Account and path == "annual_revenue" and row.annual_revenue is None:
            return []
        value = self.facts.values[entity.__tablename__][key]["tags" if path == "tag" else path]
        if isinstance(value, tuple) and not hasattr(value, "_fields") and path != "types" and path[:5] != "lines":
            return list(value)
        return [] if value in (None, "", ()) else [value]

    def age(self, birthday):
        """By counting the birthdays that have come."""
        day = Birthday.day(birthday) if birthday else None
        if day is None or day.year is None:
            return None
        coming = dates.next_birthday(day, self.today)
        if day.lunar:
            return sum(
                1 for year in range(day.year + 1, self.today.year + 1) if dates._lunar_in_year(day, year) <= self.today
            )
        years = coming.year - day.year - (coming > self.today)
        return years if years >= 0 else None

    def lifecycle(self, key, row):
        """By the rule for one account, from the days of its talks."""
        days = [local(each.at) for each in self.facts.talks(key)]
        override = Override(row.lifecycle_override or "", "", row.lifecycle_until)
        facts = lifecycle.Facts(min([local(row.created_at), *days]), max(days, default=None), override)
        return lifecycle.standing(facts, house().limits, self.today).stage

    def rhythm_of(self, entity, key):
        """The days by which a record is overdue, if it has a rhythm at all."""
        row = self.facts.rows[entity.__tablename__][key]
        if entity is Account and row.status == "closed":
            return []
        mine = [each for each in house().rhythms if self.is_for(each, entity, key, row)]
        if not mine or any(each.days is None for each in mine):
            return []
        last = max((local(each.at) for each in self.facts.talks(key)), default=local(row.created_at))
        return [(str((self.today - last).days - min(each.days for each in mine)),)]

    def is_for(self, rhythm, entity, key, row):
        if rhythm.level:
            return rhythm.level in self.levels(entity, key, row)
        if rhythm.tag is not None:
            return any(each == (rhythm.tag, key) for each in self.facts.taggings)
        return rhythm.entity == entity.__tablename__ and self.group(entity, key, rhythm.filter)

    def levels(self, entity, key, row):
        """The level of an account, or of those where a contact is first of all, and that it is itself."""
        accounts = [key] if entity is Account else [self.facts.main_account(key), row.person_account_id]
        return [self.facts.rows["account"][each].level for each in accounts if each]

    def rhythm(self, value, _operator, _values):
        return int(value[0]) > 0

    def text(self, value, operator, values):
        texts = [value]
        if hasattr(value, "norm"):
            texts = [value.raw, value.norm]
            if (
                operator == "is"
                and value.norm
                and value.norm in ("+86" + "".join(values[0].split()), values[0].lower())
            ):
                return True
        elif hasattr(value, "key"):
            texts = [value.name]
        wanted = fold(values[0])
        texts = [fold(each) for each in texts] if wanted else texts
        wanted = wanted or values[0]
        check = {"contains": lambda each: wanted in each, "is": lambda each: wanted == each}
        return any(check.get(operator, lambda each: each.startswith(wanted))(each) for each in texts)

    def number(self, value, operator, values):
        low, high = float(values[0]), float(values[-1])
        value = float(value)
        return {
            "equals": value == low, "at_least": value >= low, "at_most": value <= low, "more": value > low,
            "less": value < low, "between": low <= value <= high,
        }[operator]  # fmt: skip

    def money(self, value, operator, values):
        currencies = {each.split()[1] for each in values if " " in each}
        plain = [each.split()[0] for each in values]
        return self.number(value.amount, operator, plain) and all(each == value.currency for each in currencies)

    def date(self, value, operator, values):
        if value is None:
            return False
        return self.day(local(value) if isinstance(value, datetime) else value, operator, values)

    def due(self, value, operator, values):
        if operator == "late":
            return value is not None and local(value) < self.today
        return self.date(value, operator, values)

    def day(self, day, operator, values):
        today = self.today
        if operator in ("last_days", "next_days", "since"):
            away = timedelta(days=int(values[0]))
            ranges = {"last_days": (today - away, today), "next_days": (today, today + away)}
            first, last = ranges.get(operator, (today - away, date.max))
            return first <= day <= last
        if operator == "this_week":
            return day.isocalendar()[:2] == today.isocalendar()[:2]
        if operator in ("this_month", "this_year"):
            return day.year == today.year and (operator == "this_year" or day.month == today.month)
        ends = [named_day(each, today) for each in values]
        if operator == "before":
            return day < ends[0]
        return day > ends[0] if operator == "after" else ends[0] <= day <= ends[-1]

    def birthday(self, value, operator, values):
        day = Birthday.day(value)
        if day is None:
            return False
        if operator in ("next_days", "this_month"):
            first = self.today if operator == "next_days" else self.today.replace(day=1)
            coming = dates.next_birthday(day, first)
            return self.day(coming, operator, values)
        return bool(day.year and not day.lunar) and self.day(date(day.year, day.month, day.day), operator, values)

    def choice(self, value, _operator, values):
        return value in values

    def choices(self, value, _operator, values):
        return any(each in values for each in value)

    def tag(self, value, _operator, values):
        return fold(value) in {fold(each) for each in values}

    def yes_no(self, value, operator, _values):
        return value is (operator == "yes")

    def user(self, value, _operator, values):
        return str(value) in values or ("me" in values and value in self.facts.me)

    def region(self, value, _operator, values):
        if not regions.is_known(value):
            return False
        place = regions.place_of(value)
        return bool({value, place.country, place.province, place.city, place.district} & set(values))


def local(moment):
    return moment.astimezone().date()


def named_day(text, today):
    if text == "today":
        return today
    if text.endswith("d"):
        return today + timedelta(days=int(text[:-1]))
    return date.fromisoformat(text)
