"""What was promised is kept (features.md 1.5): row by row, on the command line and against a real data file."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from time import tzset
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from crm_desktop.model import Account, Contact, Tag
from crm_desktop.model.filters import ALL, Group, Test
from crm_desktop.services import (
    activities,
    cadence,
    contacts,
    depth,
    lists,
    records,
    reminders,
    repeating,
    task_list,
    tasks,
    today,
    users,
    verification,
)
from crm_desktop.services.activities import Entry, Narrowed
from crm_desktop.services.cadence import LIST, TAG, Scope
from crm_desktop.services.clock import Now
from crm_desktop.services.lists import SavedView
from crm_desktop.services.tasks import Draft
from crm_desktop.services.today_rules import COMING, DORMANT, LATE, LISTS, TODAY, VERIFY
from crm_desktop.store import queries
from crm_desktop.store.opening import open_workspace
from crm_desktop.text.whole_day import whole_day
from tests.cli import conftest as command_line

crm, ask, english_again = command_line.crm, command_line.ask, command_line.english_again

NOW = datetime.now().astimezone()
DAY = timedelta(days=1)
BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")


@pytest.fixture
def firm(workspace):
    """Acme with Anna and Bo."""
    acme = records.create(workspace, Account, {"name": "Acme"})
    people = [contacts.create_at(workspace, acme, {"full_name": name}) for name in ("Anna Schneider", "Bo Bolt")]
    return acme, *people


def test_act_01_a_talk_is_on_every_record_it_was_with(firm, workspace, ask):
    workspace.close()
    made = ask(
        "log", "Wants ten", "--account", "Acme", "--with", "Anna Schneider", "--with", "Bo Bolt", "--minutes", "1h30"
    )
    for whose in (("--account", "Acme"), ("--contact", "Anna Schneider"), ("--contact", "Bo Bolt")):
        [found] = ask("activities", *whose)["activities"]
        assert (found["id"], found["summary"], found["minutes"]) == (made["id"], "Wants ten", 90)


@pytest.fixture
def in_berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    tzset()
    yield
    monkeypatch.undo()
    tzset()


class Laptop:
    """A computer whose lid, clock and zone a test moves; it says what it tells."""

    def __init__(self, workspace):
        self.workspace, self.zone = workspace, BERLIN

    def at(self, text):
        clock = Now(datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC), self.zone, time(9))
        fresh = reminders.look(self.workspace, clock).fresh
        reminders.tell(self.workspace, fresh)
        return [f"{each.title}{' late' if each.is_late else ''}" for each in fresh]


def test_act_05_one_weekly_promise_through_sleep_closing_zones_and_the_clock_change(in_berlin, workspace, folder):
    """The clocks of Berlin go forward on 29 March 2026, while the program is closed."""
    starts = datetime(2026, 3, 24, 9, 5, tzinfo=BERLIN)
    draft = Draft(
        "Call Anna", "call", starts, has_time=True, repeat="FREQ=WEEKLY", remind_minutes=10, start_at=starts - DAY
    )
    key = tasks.create(workspace, draft)
    laptop = Laptop(workspace)
    assert laptop.at("2026-03-24 08:54") == []
    assert laptop.at("2026-03-24 08:55") == ["Call Anna"]
    tasks.snooze(workspace, [key], date(2026, 3, 25), Now(starts, BERLIN))
    assert laptop.at("2026-03-24 20:00") == [], "put off to tomorrow"
    assert laptop.at("2026-03-25 13:00") == ["Call Anna late"], "the lid was closed in the morning"
    again = repeating.skip(workspace, key, datetime(2026, 3, 25, 13, tzinfo=BERLIN), BERLIN)
    assert again == datetime(2026, 4, 1, 9, 5, tzinfo=BERLIN), "the same time on the wall, an hour less in between"
    workspace.close()
    laptop = Laptop(open_workspace(folder))
    try:
        assert laptop.at("2026-04-01 08:54:59") == []
        laptop.zone = SHANGHAI
        assert laptop.at("2026-04-01 14:54:59") == [], "it is the same moment in another zone"
        assert laptop.at("2026-04-01 14:55") == ["Call Anna"]
        laptop.zone = BERLIN
        assert laptop.at("2026-04-01 08:55") == [], "flown back: told already"
        tasks.complete(laptop.workspace, key)
        assert laptop.at("2026-04-02 09:00") == []
    finally:
        laptop.workspace.close()


def test_act_07_the_counts_are_those_of_the_timeline(firm, workspace):
    acme, anna, bo = firm
    branch = records.create(workspace, Account, {"name": "Acme Süd"}, parent_id=acme)
    for number in range(24):
        kind = ("call", "mail", "visit", "chat")[number % 4]
        people = [(anna, bo)[number % 2]] if number % 3 else []
        activities.log(workspace, Entry(kind, "said", (acme, branch)[number % 2], people, at=NOW - 5 * number * DAY))
    for entity, key in (("account", acme), ("contact", anna)):
        found = depth.of_record(workspace, entity, key)
        for days, counted in ((depth.SHORT, found.short), (depth.LONG, found.long)):
            first = NOW.date() - days * DAY
            listed = Counter()
            for kind in ("call", "mail", "visit", "chat"):
                shown = activities.timeline(workspace, **{entity: key}, narrowed=Narrowed((kind,)), count=100)
                listed[kind] = sum(each.at.astimezone().date() >= first for each in shown)
            assert dict(counted) == {kind: count for kind, count in listed.items() if count}, (entity, days)


def test_act_09_details_confirmed_in_the_log_sets_verified_on(firm, workspace, ask, folder):
    workspace.close()
    ask("log", "All as it was", "--contact", "Anna Schneider", "--confirmed")
    with_it = open_workspace(folder)
    try:
        with with_it.read() as session:
            anna, bo = (session.get_one(Contact, key).verified_at for key in firm[1:])
    finally:
        with_it.close()
    assert anna.astimezone().date() == NOW.date()
    assert bo is None


@pytest.mark.parametrize(
    ("zone", "when", "utc"),
    [
        ("Asia/Shanghai", "2027-01-12 10:00", "2027-01-12 02:00"),
        ("Europe/Berlin", "2027-01-12 10:00", "2027-01-12 09:00"),
        ("Europe/Berlin", "2027-07-12 10:00", "2027-07-12 08:00"),
    ],
)
def test_act_10_another_calendar_opens_the_meeting_at_its_local_time(workspace, folder, crm, tmp_path, zone, when, utc):
    starts = datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(zone))
    tasks.create(
        workspace, Draft("演示", "meeting", starts, has_time=True, ends_at=starts + timedelta(hours=1), place="Halle 3")
    )
    workspace.close()
    target = tmp_path / "demo.ics"
    assert crm("export-ics", target, "--zone", zone)[0] == 0
    [event] = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    other = vobject.readOne(target.read_text("utf-8")).vevent
    for begin in (event["DTSTART"].dt, other.dtstart.value):
        assert f"{begin:%Y-%m-%d %H:%M}" == when
        assert f"{begin.astimezone(UTC):%Y-%m-%d %H:%M}" == utc
    assert (other.summary.value, other.location.value) == ("演示", "Halle 3")
    assert other.dtend.value - other.dtstart.value == timedelta(hours=1)


def test_act_11_every_count_of_today_is_that_of_what_it_opens(workspace, ask):
    ago = NOW.astimezone(UTC) - 500 * DAY
    with workspace.write("Fill") as session:
        firms = [Account(name=f"Firm {number}", created_at=ago, level=("a", None)[number % 2]) for number in range(12)]
        session.add_all(firms)
        session.add_all(Contact(full_name=f"New {number}") for number in range(9))
        soon = NOW.date() + 3 * DAY
        session.add_all(
            Contact(full_name=f"Born {number}", birthday=f"--{soon:%m-%d}", created_at=ago) for number in range(8)
        )
        session.add(Tag(name="fair", name_key="fair"))
        session.flush()
        keys = [each.id for each in firms]
    for number, key in enumerate(keys):
        activities.log(workspace, Entry("call", "said", key, at=NOW - 20 * DAY))
        if number < 4:
            records.change(workspace, Account, key, "tags", "fair")
    for days in (-40, -2, -1, 0, 0, 1, 3, 6, 7, 8, 30):
        tasks.create(workspace, Draft(f"in {days}", due_at=whole_day(NOW.date() + days * DAY)))
    saved = lists.save(workspace, SavedView(0, "1", Account, Group(ALL, (Test("name", "contains", ("1",)),))))
    [tag] = [scope for scope, _name in cadence.scopes(workspace) if scope.kind == TAG]
    cadence.put(workspace, tag, 10)
    cadence.put(workspace, Scope(LIST, str(saved)), 15)
    at = today.now()
    with workspace.read() as session:
        sections = {each.code: each.count for each in today.read_all(session, at)}
        listed = {code: queries.count(session, today.listing(session, code, at)) for code in LISTS}
        due = set(queries.keys(session, today.listing(session, DORMANT, at)))
        counted = task_list.counts(session, task_list.Asked(), at, workspace.author)
        waiting = len(verification.queue(session, at))
    assert {code: sections[code] for code in LISTS} == listed
    assert due == {keys[number] for number in (*range(0, 12, 2), 1, 3, 11)}, "by level, tag and list"
    assert (sections[LATE], sections[TODAY], sections[COMING]) == (3, 2, 4)
    assert (counted["late"], counted["today"], counted["week"]) == (3, 2, 4)
    assert sections[VERIFY] == waiting
    workspace.close()
    told = {each["code"]: each["count"] for each in ask("today")["sections"]}
    assert told == sections


def test_act_12_after_a_trade_show_there_are_three_tasks(firm, workspace, ask):
    workspace.close()
    ask("templates", "apply", "After a trade show", "--contact", firm[1], "--on", "2027-02-25")
    found = ask("calendar", "--from", "2027-02-25", "--to", "2027-03-20")
    days = {entry["title"]: entry["first"] for entry in found["entries"]}
    assert list(days.values()) == ["2027-02-26", "2027-02-27", "2027-03-11"]


def test_dq_07_the_owner_gets_a_task_and_today_says_whose_it_is(firm, workspace, ask, crm):
    acme, _anna, _bo = firm
    bob = users.add(workspace, "Bob")
    records.change(workspace, Account, acme, "owner_id", str(bob))
    workspace.close()
    assert ask("leave", "Anna Schneider", "--on", f"{NOW:%Y-%m-%d}")["needs_primary"]
    sections = {each["code"]: each["items"] for each in ask("today")["sections"]}
    [task] = sections[TODAY]
    assert (task["title"], task["owner"]) == ("Anna Schneider has left Acme: who follows?", "Bob")
    assert "Acme · Bob · today" in crm("today")[1]
    assert ask("tasks", "--mine")["tasks"] == [], "it is not mine"
    assert ask("remind")["due"] == [], "and I am not reminded of it"
    [listed] = ask("tasks")["tasks"]
    assert listed["owner_id"] == bob
