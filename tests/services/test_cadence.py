"""Rhythms by level, tag and list: who is overdue, on Today, in lists and in words, and who no longer is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crm_desktop.errors import Invalid, Missing
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Affiliation, Contact, Tag, Tagging, Task
from crm_desktop.model.filters import ALL, Group, Test
from crm_desktop.model.worked_out import RHYTHM, Beat, say_beat, shown_field
from crm_desktop.services import activities, cadence, export, lists, tags, today
from crm_desktop.services.activities import Entry
from crm_desktop.services.cadence import LEVEL, LIST, TAG, Scope
from crm_desktop.services.lists import SavedView
from crm_desktop.services.today import Now
from crm_desktop.services.today_rules import DORMANT
from crm_desktop.store import queries
from crm_desktop.store.queries import Listing
from crm_desktop.store.undo import redo, undo

NOW = datetime.now().astimezone()
TODAY = NOW.date()
LONG_AGO = NOW - timedelta(days=900)
LATE = Group(ALL, (Test("rhythm", "late"),))


def ago(days):
    return NOW - timedelta(days=days)


@pytest.fixture
def firm(make, workspace):
    """An account with one talk so many days ago."""

    def firm(name, days=None, level=None, **more):
        key = make(Account, name=name, level=level, created_at=LONG_AGO, **more)
        if days is not None:
            activities.log(workspace, Entry("call", "said", key, at=ago(days)))
        return key

    return firm


@pytest.fixture
def overdue(workspace):
    """The names of who is overdue on a day."""

    def overdue(entity=Account, today=TODAY):
        with workspace.read() as session:
            listing = Listing(entity, filter=LATE, today=today)
            keys = queries.keys(session, listing)
            assert queries.count(session, listing) == len(keys)
            return sorted(queries.names(session, entity, keys).values())

    return overdue


@pytest.fixture
def beat(workspace):
    def beat(entity, key):
        found = cadence.beats(workspace, entity, [key])[key]
        return found and say_beat(found, TODAY)

    return beat


def tagged(make, name, **owner):
    key = make(Tag, name=name, name_key=name)
    make(Tagging, tag_id=key, **owner)
    return Scope(TAG, str(key))


class TestLevels:
    def test_what_nobody_said_is_the_usual_rhythm_of_each_level(self, firm, overdue, workspace):
        for level, days in (("vip", 14), ("a", 14), ("b", 30), ("c", 60)):
            firm(f"{level} in time", days, level)
            firm(f"{level} late", days + 1, level)
        firm("normal", 400, "normal")
        firm("none", 400)
        assert overdue() == ["a late", "b late", "c late", "vip late"]
        said = {each.scope.code: each.days for each in cadence.rows(workspace)}
        assert said == {"vip": 14, "a": 14, "b": 30, "c": 60, "normal": None}

    def test_another_rhythm_counts_at_once_and_undo_takes_it_back(self, firm, overdue, beat, workspace):
        key = firm("Acme", 17, "b")
        assert (overdue(), beat(Account, key)) == ([], "30 d")
        cadence.put(workspace, Scope(LEVEL, "b"), 14)
        assert (overdue(), beat(Account, key)) == (["Acme"], "14 d · 3 d late")
        undo(workspace)
        assert overdue() == []
        redo(workspace)
        assert overdue() == ["Acme"]
        cadence.put(workspace, Scope(LEVEL, "b"), 15)
        cadence.clear(workspace, Scope(LEVEL, "b"))
        assert (overdue(), beat(Account, key)) == ([], "30 d")

    def test_a_level_without_days_has_no_rhythm(self, firm, overdue, beat, workspace):
        key = firm("Acme", 100, "vip")
        cadence.put(workspace, Scope(LEVEL, "vip"), None)
        assert (overdue(), beat(Account, key)) == ([], None)

    def test_every_fifteenth_day_a_contact_of_a_vip_appears_and_logging_removes_it(
        self, firm, make, overdue, workspace
    ):
        acme = firm("Acme", 1, "vip")
        anna = make(Contact, full_name="Anna Schneider", created_at=LONG_AGO)
        make(Affiliation, contact_id=anna, account_id=acme)
        entry = activities.log(workspace, Entry("call", "said", contacts=[anna], at=ago(15)))
        assert overdue(Contact) == ["Anna Schneider"]
        assert overdue(Contact, TODAY - timedelta(days=1)) == []
        activities.log(workspace, Entry("call", "again", contacts=[anna]))
        assert overdue(Contact) == []
        undo(workspace)
        activities.remove(workspace, entry)
        assert overdue(Contact) == ["Anna Schneider"]

    def test_who_is_new_has_the_time_of_the_rhythm_and_who_is_closed_has_none(self, make, overdue):
        make(Account, name="old", level="vip", created_at=ago(15))
        make(Account, name="new", level="vip", created_at=ago(14))
        make(Account, name="closed", level="vip", status="closed", created_at=ago(15))
        assert overdue() == ["old"]


class TestTagsAndLists:
    def test_the_shortest_of_several_counts(self, firm, make, overdue, beat, workspace):
        key = firm("Acme", 8, "b")
        scope = tagged(make, "fair", account_id=key)
        cadence.put(workspace, scope, 7)
        assert (overdue(), beat(Account, key)) == (["Acme"], "7 d · 1 d late")
        cadence.put(workspace, scope, 300)
        assert (overdue(), beat(Account, key)) == ([], "30 d")

    def test_a_tag_without_days_takes_its_records_out(self, firm, make, overdue, beat, workspace):
        key = firm("Acme", 100, "vip")
        firm("Other", 100, "vip")
        cadence.put(workspace, tagged(make, "leave alone", account_id=key), None)
        assert (overdue(), beat(Account, key)) == (["Other"], None)

    def test_a_tag_and_a_list_of_contacts(self, make, overdue, workspace):
        anna, zhang, _li = (
            make(Contact, full_name=name, hobby=hobby, created_at=ago(40))
            for name, hobby in (("Anna Schneider", ""), ("张三", "golf"), ("李四", ""))
        )
        cadence.put(workspace, tagged(make, "press", contact_id=anna), 30)
        golf = Group(ALL, (Test("hobby", "contains", ("golf",)),))
        saved = lists.save(workspace, SavedView(0, "Golf", Contact, golf))
        assert overdue(Contact) == ["Anna Schneider"]
        cadence.put(workspace, Scope(LIST, str(saved)), 39)
        assert overdue(Contact) == ["Anna Schneider", "张三"]
        assert overdue(Account) == []
        lists.save(workspace, SavedView(saved, "Golf", Contact, Group(ALL, (Test("hobby", "contains", ("chess",)),))))
        assert overdue(Contact) == ["Anna Schneider"]
        assert zhang

    def test_a_list_or_tag_that_is_deleted_has_no_rhythm_until_it_comes_back(self, firm, make, overdue, workspace):
        key = firm("Acme", 10)
        scope = tagged(make, "fair", account_id=key)
        saved = lists.save(workspace, SavedView(0, "All", Account, Group(ALL, (Test("name", "not_empty"),))))
        cadence.put(workspace, Scope(LIST, str(saved)), 5)
        lists.remove(workspace, saved)
        assert overdue() == []
        assert [each.problem for each in cadence.rows(workspace) if each.scope.kind == LIST] == [
            "This list was removed."
        ]
        undo(workspace)
        assert overdue() == ["Acme"]
        cadence.clear(workspace, Scope(LIST, str(saved)))
        cadence.put(workspace, scope, 5)
        tags.remove(workspace, int(scope.code))
        assert overdue() == []
        undo(workspace)
        assert overdue() == ["Acme"]

    def test_merged_tags_keep_one_rhythm(self, firm, make, overdue, workspace):
        fair, show = (tagged(make, name, account_id=firm(name, 10)) for name in ("fair", "show"))
        cadence.put(workspace, fair, 5)
        tags.merge(workspace, [int(fair.code)], int(show.code))
        assert overdue() == ["fair", "show"]
        assert [each.scope for each in cadence.rows(workspace) if each.scope.kind == TAG] == [show]
        undo(workspace)
        assert overdue() == ["fair"]

    @pytest.mark.parametrize(
        ("entity", "test", "text"),
        [
            (Account, Test("rhythm", "late"), ""),
            (Contact, Test("account.rhythm", "late"), ""),
            (Account, Test("name", "not_empty"), "acme"),
        ],
    )
    def test_a_list_that_asks_for_the_rhythm_or_for_words_is_refused(self, workspace, overdue, entity, test, text):
        saved = lists.save(workspace, SavedView(0, "Odd", entity, Group(ALL, (test,)), text))
        with pytest.raises(Invalid, match="list"):
            cadence.put(workspace, Scope(LIST, str(saved)), 5)
        assert overdue() == []

    def test_a_list_that_comes_to_ask_for_the_rhythm_has_none_any_more(self, firm, workspace, overdue):
        firm("Acme", 10)
        plain = Group(ALL, (Test("name", "not_empty"),))
        saved = lists.save(workspace, SavedView(0, "Mine", Account, plain))
        cadence.put(workspace, Scope(LIST, str(saved)), 5)
        assert overdue() == ["Acme"]
        lists.save(workspace, SavedView(saved, "Mine", Account, LATE))
        assert overdue() == []
        assert [each.problem for each in cadence.rows(workspace) if each.problem]


class TestToday:
    def test_today_and_the_list_that_it_opens_show_the_same(self, firm, make, workspace):
        keys = [firm(f"Firm {number}", 3 + number, "normal") for number in range(6)]
        make(Task, title="call", account_id=keys[5])
        saved = lists.save(workspace, SavedView(0, "All", Account, Group(ALL, (Test("name", "not_empty"),))))
        cadence.put(workspace, Scope(LIST, str(saved)), 5)
        at = today.now()
        with workspace.read() as session:
            section, listing = today.read(session, DORMANT, at), today.listing(session, DORMANT, at)
            assert section.count == queries.count(session, listing) == 2
            assert {each.key for each in section.items} == set(queries.keys(session, listing)) == set(keys[3:5])

    def test_days_are_those_of_the_day_that_is_asked_for(self, firm, workspace):
        firm("Acme", 10, "vip")
        for days, count in ((4, 0), (5, 1)):
            at = Now((NOW + timedelta(days=days)).astimezone(UTC))
            with workspace.read() as session:
                assert today.read(session, DORMANT, at).count == count


def test_lists_can_be_sorted_by_who_is_due_first(firm, workspace):
    keys = [firm(name, days, level) for name, days, level in (("a", 5, "vip"), ("b", 40, "b"), ("c", 400, None))]
    with workspace.read() as session:
        up = list(queries.keys(session, Listing(Account, order=RHYTHM)))
        down = list(queries.keys(session, Listing(Account, order=RHYTHM, descending=True)))
    assert up == [keys[1], keys[0], keys[2]]
    assert down == [keys[0], keys[1], keys[2]]


@pytest.mark.parametrize("days", [0, 731])
def test_days_out_of_bounds_are_refused_with_the_bounds(workspace, days):
    with pytest.raises(Invalid, match="730"):
        cadence.put(workspace, Scope(LEVEL, "vip"), days)


def test_what_is_not_there_is_told(workspace):
    for scope in (Scope(LEVEL, "platinum"), Scope(TAG, "1")):
        with pytest.raises(Missing):
            cadence.put(workspace, scope, 5)
    with pytest.raises(Invalid):
        cadence.put(workspace, Scope(LIST, "1"), 5)
    with pytest.raises(Missing):
        cadence.clear(workspace, Scope(LEVEL, "vip"))


def test_a_rhythm_is_said_in_a_sentence():
    found = Beat(14, date(2026, 3, 1))
    assert (
        cadence.explained(found, date(2026, 3, 18)) == "In touch every 14 days · 17 days without a touch · 3 days late"
    )
    assert cadence.explained(found, date(2026, 3, 2)) == "In touch every 14 days · 1 day without a touch"
    assert shown_field(Account, RHYTHM).kind.show(None) == "—"


def test_both_worked_out_columns_are_exported_when_they_are_chosen(firm, workspace):
    firm("Acme", 17, "vip")
    [table] = finish(
        export.tables(workspace, "accounts", fields=("account.name", "account.rhythm", "account.lifecycle"))
    )
    assert table.header[:3] == ("Account name", "Rhythm", "Life cycle")
    assert [row[:3] for row in table.rows] == [("Acme", "14 d · 3 d late", "Active")]
    assert not {"account.rhythm", "account.lifecycle"} & set(export.usual("accounts"))
    assert {"account.rhythm", "account.lifecycle"} <= {code for code, _word in export.columns("accounts")}
