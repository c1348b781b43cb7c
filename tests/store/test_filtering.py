"""Filters find what people mean: each is judged a second time in plain Python, record by record."""

import shutil
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Activity, ActivityParty, Address, Affiliation, Contact, Entity, filters
from crm_desktop.model.fields import fields_of
from crm_desktop.services import cadence, lists, tags
from crm_desktop.services.lists import SavedView
from crm_desktop.store import queries
from crm_desktop.store.queries import Listing
from tests.store.people import TODAY, Facts, Judge, fill

DAYS = (TODAY, date(2026, 3, 1), date(2025, 12, 31))
SAMPLES = {
    "text": (
        "golf",
        "音樂",
        "a",
        "★",
        "经理",
        "abc",
        "138 0013",
        "13800138000",
        "info@ABC.com",
        "_",
        "%",
        "a'b",
        "张三",
    ),
    "number": ("0", "0.5", "12", "25", "26", "36"),
    "money": ("12.5", "12.50 USD", "300000 CNY", "1"),
    "date": ("today", "-30d", "+7d", "2026-02-21", "2000-02-29"),
    "tag": ("vip", "展会", "重点", "no such tag"),
    "user": ("me", "123"),
    "region": ("320000", "320500", "310000", "CN", "US", "510700"),
    "days": ("0", "7", "30", "365"),
    "whole": ("0", "1", "2", "3"),
    "optional_choice": ("", "call", "visit"),
}
OWN_CHOICES = ("it", "own", "active", "closed", "vip", "customer", "supplier", "female", "approver", "red", "blue")


@pytest.fixture(scope="module")
def facts(empty_data, tmp_path_factory):
    """A workspace with all sorts of records, and what there is to know of them."""
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace

    folder = DataFolder(tmp_path_factory.mktemp("people"))
    folder.prepare()
    shutil.copyfile(empty_data, folder.database)
    workspace = open_workspace(folder)
    fill(workspace)
    set_rhythms(workspace)
    found = Facts(workspace)
    found.workspace = workspace
    yield found
    workspace.close()


def set_rhythms(workspace):
    """Rhythms of all kinds, some of which take others away or overlap."""
    everyone = {"golf": Contact, "big": Account}
    paths = {
        "golf": filters.Test("hobby", "contains", ("golf",)),
        "big": filters.Test("activity.count", "at_least", ("2", "9999")),
    }
    saved = {
        name: lists.save(workspace, SavedView(0, name, entity, filters.Group("all", (paths[name],))))
        for name, entity in everyone.items()
    }
    tagged = {name: cadence.Scope("tag", str(tags.named(workspace, name))) for name in ("VIP", "展会", "trial")}
    for scope, days in (
        (cadence.Scope("level", "vip"), 30),
        (cadence.Scope("level", "a"), None),
        (tagged["VIP"], 7),
        (tagged["展会"], 90),
        (tagged["trial"], None),
        (cadence.Scope("list", str(saved["golf"])), 6),
        (cadence.Scope("list", str(saved["big"])), 29),
    ):
        cadence.put(workspace, scope, days)


@st.composite
def conditions_of(draw, entity):
    """Any condition that can be asked of a kind of record."""
    what = draw(st.sampled_from(filters.testable(entity)))
    how = draw(st.sampled_from(what.operators))
    takes = list(how.takes) * (draw(st.integers(1, 2)) if how.has_many else 1)
    values = [draw(st.sampled_from(OWN_CHOICES if each == "choice" else SAMPLES[each])) for each in takes]
    return filters.Test(what.path, how.code, tuple(values))


def groups_of(entity):
    parts = st.recursive(
        conditions_of(entity),
        lambda inner: st.builds(
            filters.Group, st.sampled_from(("all", "any", "none")), st.lists(inner, max_size=3).map(tuple)
        ),
        max_leaves=4,
    )
    return st.builds(filters.Group, st.sampled_from(("all", "any", "none")), st.lists(parts, max_size=3).map(tuple))


def through(facts, entity: type[Entity], group, today=TODAY):
    """The records that get through a filter."""
    listing = Listing(entity, closed=True, filter=group, today=today)
    with facts.workspace.read() as session:
        keys = set(queries.keys(session, listing))
        assert queries.count(session, listing) == len(keys)
    return keys


@pytest.mark.parametrize("entity", [Account, Contact])
def test_every_condition_finds_the_same_as_a_look_at_each_record(facts, entity):
    everyone = set(facts.values[entity.__tablename__])

    @settings(max_examples=60, deadline=None)
    @given(groups_of(entity), st.sampled_from(DAYS))
    def same(group, today):
        group = filters.checked(group, entity)
        judge = Judge(facts, today)
        found = through(facts, entity, group, today)
        assert found == {each for each in everyone if judge.group(entity, each, group)}, filters.say(group, entity)
        assert filters.from_json(filters.to_json(group)) == group
        if group:
            assert through(facts, entity, filters.Group("none", (group,)), today) == everyone - found

    same()


@pytest.mark.parametrize("entity", [Account, Contact])
def test_the_rhythms_of_a_page_are_those_that_are_asked_for(facts, entity):
    judge = Judge(facts, datetime.now().astimezone().date())
    everyone = list(facts.values[entity.__tablename__])
    found = cadence.beats(facts.workspace, entity, everyone)
    late = through(facts, entity, filters.Group("all", (filters.Test("rhythm", "late"),)), judge.today)
    for key in everyone:
        expected = [int(each) for [each] in judge.rhythm_of(entity, key)]
        days = [(judge.today - beat.last).days - beat.days for beat in (found[key],) if beat]
        assert days == expected, key
        assert (key in late) == any(each > 0 for each in days)


@pytest.mark.parametrize("entity", [Account, Contact])
def test_every_operator_of_every_field_can_be_asked_and_said(facts, entity):
    judge = Judge(facts)
    for what in filters.testable(entity):
        for how in what.operators[: 1 if what.relation else None]:
            values = tuple((OWN_CHOICES if each == "choice" else SAMPLES[each])[0] for each in how.takes)
            test = filters.checked(filters.Group("all", (filters.Test(what.path, how.code, values),)), entity)
            expected = {each for each in facts.values[entity.__tablename__] if judge.group(entity, each, test)}
            assert through(facts, entity, test) == expected, (what.path, how.code)
            assert what.label
            assert how.label
            assert filters.say(test, entity)


@pytest.mark.parametrize("entity", [Account, Contact])
def test_a_list_can_stand_in_the_order_of_any_field_with_blanks_at_the_end(facts, entity):
    everyone = set(facts.values[entity.__tablename__])
    with facts.workspace.read() as session:
        for field in fields_of(entity):
            up = queries.keys(session, Listing(entity, order=field.name, closed=True))
            down = queries.keys(session, Listing(entity, order=field.name, descending=True, closed=True))
            assert set(up) == set(down) == everyone, field.name
            kept = facts.values[entity.__tablename__]
            blank = [each for each in up if kept[each][field.name] in (None, ())]
            if field.name not in ("name", "full_name"):
                assert list(up[len(up) - len(blank) :]) == blank, field.name
                assert list(down[len(down) - len(blank) :]) == blank, field.name


def test_levels_are_sorted_as_the_list_has_them(facts):
    with facts.workspace.read() as session:
        keys = queries.keys(session, Listing(Account, order="level", closed=True))
    levels = [facts.values["account"][each]["level"] for each in keys]
    assert list(dict.fromkeys(levels)) == ["vip", "a", "normal", None]


def test_closed_accounts_are_found_when_they_are_asked_for(facts):
    closed = filters.Group("all", (filters.Test("status", "any_of", ("closed",)),))
    with facts.workspace.read() as session:
        assert queries.count(session, Listing(Account, filter=closed)) == queries.count(
            session, Listing(Account, filter=closed, closed=True)
        )
        without = queries.count(session, Listing(Account, filter=filters.Group("none", (closed,))))
        assert without == queries.count(session, Listing(Account))


def test_an_empty_filter_keeps_nothing_out(facts):
    empty = filters.Group("any", (filters.Group("none"), filters.NOTHING))
    assert not empty
    assert filters.say(empty, Account) == ""
    assert through(facts, Account, empty) == set(facts.values["account"])


@pytest.mark.parametrize(
    "kept",
    [
        "x",
        7,
        {"most": []},
        {"all": {}},
        {"all": [], "any": []},
        {"all": [{"path": "name"}]},
        {"path": "name", "operator": "is", "values": "x"},
        {"path": "name", "operator": "is", "values": [None]},
        {"path": "name", "operator": "is", "extra": 1},
        {"path": 1, "operator": "is"},
    ],
)
def test_what_is_no_filter_is_told(kept):
    with pytest.raises(Invalid, match="cannot be read"):
        filters.from_json(kept)


def test_a_filter_is_nested_as_deep_as_people_go_and_no_deeper():
    kept = {"path": "name", "operator": "not_empty"}
    for _ in range(15):
        kept = {"any": [kept]}
    assert list(filters.from_json(kept).tests())
    for _ in range(15):
        kept = {"any": [kept]}
    with pytest.raises(Invalid):
        filters.from_json(kept)


@pytest.mark.parametrize(
    ("path", "operator", "values", "kept"),
    [
        ("industry", "any_of", ("信息技术", "IT", "own"), ("it", "it", "own")),
        ("region", "within", ("苏州市", "CN"), ("320500", "CN")),
        ("budget", "at_least", ("30万",), ("300000",)),
        ("budget", "at_least", ("$500",), ("500.00 USD",)),
        ("created_at", "after", ("2026/1/5",), ("2026-01-05",)),
        ("created_at", "on", ("Month-1",), ("month-1",)),
        ("activity.count", "at_least", (" 3 ", "30", ""), ("3", "30")),
        ("name", "contains", ("  abc ",), ("abc",)),
    ],
)
def test_values_are_kept_as_the_data_keeps_them(path, operator, values, kept):
    [test] = filters.checked(filters.Group("all", (filters.Test(path, operator, values),)), Account).parts
    assert test.values == kept


@pytest.mark.parametrize(
    ("path", "operator", "values"),
    [
        ("shoe_size", "is", ("43",)),
        ("account.name", "is", ("x",)),
        ("name", "bigger", ("x",)),
        ("name", "contains", ()),
        ("name", "contains", ("",)),
        ("name", "contains", ("a", "b")),
        ("name", "empty", ("a",)),
        ("industry", "any_of", ()),
        ("employees", "between", ("1",)),
        ("employees", "equals", ("many",)),
        ("region", "within", ("nowhere",)),
        ("owner_id", "any_of", ("you",)),
        ("created_at", "last_days", ("-1",)),
        ("created_at", "last_days", ("100001",)),
        ("created_at", "before", ("soon",)),
    ],
)
def test_what_cannot_be_asked_is_told_by_its_path(path, operator, values):
    with pytest.raises(Invalid) as told:
        filters.checked(filters.Group("any", (filters.Test(path, operator, values),)), Account)
    assert list(told.value.problems) == [path]


def test_a_filter_is_said_in_words():
    said = {"all": [
        {"path": "owner_id", "operator": "any_of", "values": ["me", "5"]},
        {"any": [
            {"path": "tag", "operator": "all_of", "values": ["A", "B"]},
            {"path": "activity.last", "operator": "older", "values": ["30"]},
        ]},
        {"none": [{"path": "contact.title", "operator": "contains", "values": ["IT"]}]},
        {"path": "activity.count", "operator": "at_least", "values": ["3", "30", "call"]},
        {"path": "created_at", "operator": "between", "values": ["-1y", "today"]},
    ]}  # fmt: skip
    assert filters.say(filters.from_json(said), Account, {5: "王芳"}) == (
        "Owner is me, 王芳 and (Tags has all of A, B or Last activity: none for 30 days) and "
        "(none of: Contacts: Job title contains “IT”) and Call: at least 3 in 30 days and "
        "Created between 1 year ago and today"
    )


def test_segments_are_those_that_a_hand_count_gives(workspace):
    """VIEW-03, row 61: counts in a time window, an age and a place."""
    with workspace.write("People") as session:
        firm = Account(name="ABC")
        session.add(firm)
        session.flush()
        people = {}
        for name, gender, birthday, region, talks in (
            ("fits", "female", "1996-05-05", "510703", (1, 5, 29)),
            ("too old", "female", "1985-05-05", "510700", (1, 2, 40)),
            ("too young", "female", "2001-03-01", "510700", ()),
            ("no year", "female", "--05-05", "510700", (1, 2)),
            ("elsewhere", "female", "1996-05-05", "310000", (1, 1, 1, 1)),
            ("a man", "male", "1996-05-05", "510700", (31, 32, 33)),
        ):
            person = Contact(full_name=name, gender=gender, birthday=birthday)
            session.add(person)
            session.flush()
            people[person.id] = name
            session.add(Address(contact_id=person.id, line="x", region=region))
            session.add(Affiliation(contact_id=person.id, account_id=firm.id, title="IT经理"))
            for ago in talks:
                at = datetime(2026, 2, 28, 12).astimezone() - timedelta(days=ago)
                talk = Activity(at=at, summary="x", account_id=firm.id)
                session.add(talk)
                session.flush()
                session.add(ActivityParty(activity_id=talk.id, contact_id=person.id))

    def asked(*tests):
        group = filters.Group("all", tuple(filters.Test(*each) for each in tests))
        with workspace.read() as session:
            return [people[each] for each in queries.keys(session, Listing(Contact, filter=group, today=TODAY))]

    assert sorted(asked(("title", "is", ("it经理",)), ("activity.count", "at_least", ("3", "30")))) == [
        "elsewhere",
        "fits",
    ]
    third_tier = ("region", "within", ("绵阳市", "510700"))
    assert asked(("gender", "any_of", ("女",)), ("age", "between", ("25", "35")), third_tier) == ["fits"]
    assert sorted(asked(("activity.last", "older", ("30",)))) == ["a man", "too young"]
    with workspace.read() as session:
        busy = filters.Group("all", (filters.Test("activity.count", "at_least", ("9", "30")),))
        assert queries.count(session, Listing(Account, filter=busy, today=TODAY)) == 1
