"""The life cycle: new, active, dormant, lost, by dates and limits or by hand, the same in SQL and in plain Python."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from crm_desktop.errors import Invalid, Missing
from crm_desktop.model import Account, Activity
from crm_desktop.model.filters import ALL, Group, Test
from crm_desktop.services import activities, house_rules, lifecycle
from crm_desktop.services.activities import Entry
from crm_desktop.store import lifecycles, queries
from crm_desktop.store.queries import Listing
from crm_desktop.store.undo import redo, undo
from crm_desktop.text.lifecycle import ACTIVE, DORMANT, LOST, NEW, STAGES, Facts, Limits, Override, standing

NOW = datetime.now().astimezone()
TODAY = NOW.date()


def ago(days):
    return NOW - timedelta(days=days)


@pytest.fixture
def acme(make):
    return make(Account, name="Acme", created_at=ago(500))


@pytest.fixture
def stage(workspace):
    """The stage of an account, which lists and the detail say alike."""

    def stage(key, today=TODAY):
        with workspace.read() as session:
            found = queries.keys(session, Listing(Account, filter=is_at(*STAGES), closed=True, today=today))
            assert key in found
            [code] = [each for each in STAGES if key in at(session, each, today)]
        assert lifecycle.of_account(workspace, key, today).code == code
        return code

    return stage


def is_at(*codes):
    return Group(ALL, (Test("lifecycle", "any_of", codes),))


def at(session, code, today=TODAY):
    return list(queries.keys(session, Listing(Account, filter=is_at(code), closed=True, today=today)))


def talk(workspace, key, days):
    return activities.log(workspace, Entry("call", "said", key, at=ago(days)))


class TestDates:
    def test_a_touch_a_hundred_days_ago_means_dormant_and_a_call_active_at_once(self, workspace, acme, stage):
        talk(workspace, acme, 100)
        assert stage(acme) == DORMANT
        why = "last touch 100 days ago, dormant after 90 days"
        assert lifecycle.of_account(workspace, acme).why == why
        with workspace.read() as session:
            [direct] = session.execute(
                text(
                    "SELECT count(*) FROM account WHERE deleted_at IS NULL"
                    " AND last_activity_at < datetime('now', '-90 days')"
                    " AND last_activity_at > datetime('now', '-365 days')"
                )
            ).one()
            assert queries.count(session, Listing(Account, filter=is_at(DORMANT))) == direct == 1
        talk(workspace, acme, 0)
        assert stage(acme) == ACTIVE
        undo(workspace)
        assert stage(acme) == DORMANT

    def test_what_was_entered_today_but_talked_with_long_ago_is_not_new(self, workspace, make, stage):
        key = make(Account, name="Acme")
        assert stage(key) == NEW
        talk(workspace, key, 100)
        assert stage(key) == DORMANT
        talk(workspace, key, 0)
        assert stage(key) == ACTIVE

    @pytest.mark.parametrize(
        ("created", "touched", "expected"),
        [
            (0, None, NEW), (30, None, NEW), (30, 2, NEW), (31, None, ACTIVE), (90, None, ACTIVE), (91, None, DORMANT),
            (365, None, DORMANT), (366, None, LOST), (500, 90, ACTIVE), (500, 91, DORMANT), (500, 365, DORMANT),
            (500, 366, LOST), (500, 0, ACTIVE),
        ],
    )  # fmt: skip
    def test_each_limit_is_the_last_day_of_what_is_before(self, workspace, make, stage, created, touched, expected):
        key = make(Account, name="Acme", created_at=ago(created))
        if touched is not None:
            talk(workspace, key, touched)
        assert stage(key) == expected
        if touched is None:
            assert "no touch yet" in lifecycle.of_account(workspace, key).why

    def test_other_limits_count_at_once_and_are_undone(self, workspace, acme, stage):
        talk(workspace, acme, 50)
        lifecycle.change_limit(workspace, house_rules.DORMANT, 40)
        assert stage(acme) == DORMANT
        lifecycle.change_limit(workspace, house_rules.LOST, 45)
        assert stage(acme) == LOST
        with workspace.read() as session:
            assert [house_rules.value(session, each) for each in lifecycle.RULES] == [30, 40, 45]
        undo(workspace)
        undo(workspace)
        assert stage(acme) == ACTIVE

    @pytest.mark.parametrize(("rule", "days"), [(house_rules.DORMANT, 365), (house_rules.LOST, 90)])
    def test_dormant_comes_before_lost(self, workspace, rule, days):
        with pytest.raises(Invalid, match="before"):
            lifecycle.change_limit(workspace, rule, days)


class TestByHand:
    def test_it_holds_up_to_its_last_day(self, workspace, acme, stage):
        lifecycle.put(workspace, acme, ACTIVE, "in talks with their owner", TODAY)
        assert stage(acme) == ACTIVE
        assert lifecycle.of_account(workspace, acme).why.startswith("set by hand · in talks with their owner · until ")
        assert stage(acme, TODAY + timedelta(days=1)) == LOST
        assert lifecycle.of_account(workspace, acme, TODAY + timedelta(days=1)).override.stage == ACTIVE

    def test_one_until_yesterday_no_longer_holds(self, make, stage):
        yesterday = TODAY - timedelta(days=1)
        key = make(Account, name="Acme", lifecycle_override=LOST, lifecycle_until=yesterday)
        assert stage(key) == NEW

    def test_it_is_set_cleared_and_undone(self, workspace, acme, stage):
        lifecycle.put(workspace, acme, NEW, "starts over")
        assert stage(acme, date(2999, 1, 1)) == NEW
        lifecycle.clear(workspace, acme)
        assert stage(acme) == LOST
        undo(workspace)
        assert stage(acme) == NEW
        undo(workspace)
        assert stage(acme) == LOST
        redo(workspace)
        assert stage(acme) == NEW

    @pytest.mark.parametrize(
        ("stage_", "reason", "until", "field"),
        [
            ("gone", "why", None, "stage"), (NEW, " ", None, "reason"), (NEW, "x" * 201, None, "reason"),
            (NEW, "why", TODAY - timedelta(days=1), "until"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_told_beside_its_field(self, workspace, acme, stage_, reason, until, field):
        with pytest.raises(Invalid) as error:
            lifecycle.put(workspace, acme, stage_, reason, until)
        assert list(error.value.problems) == [field]

    def test_nothing_to_clear_and_nobody_there_is_told(self, workspace, acme):
        with pytest.raises(Invalid, match="Acme"):
            lifecycle.clear(workspace, acme)
        for act in (lifecycle.of_account, lifecycle.clear):
            with pytest.raises(Missing):
                act(workspace, 1)


def test_lists_stand_in_the_order_of_the_stages(workspace, make):
    keys = [make(Account, name=str(days), created_at=ago(days)) for days in (400, 10, 100, 50)]
    with workspace.read() as session:
        assert list(queries.keys(session, Listing(Account, order="lifecycle"))) == [keys[each] for each in (1, 3, 2, 0)]


def test_a_first_deal_or_a_last_order_joins_by_one_name(workspace, make, stage, monkeypatch):
    """What later columns will say is tried with one that there is: an account that was verified is alive."""
    key = make(Account, name="Acme", created_at=ago(500), verified_at=ago(5))
    talk(workspace, key, 400)
    assert stage(key) == LOST
    monkeypatch.setattr(lifecycles, "TOUCHES", (Account.last_activity_at, Account.verified_at))
    assert stage(key) == ACTIVE


MOMENTS = st.integers(0, 420)


@settings(max_examples=25, deadline=None)
@given(
    accounts=st.lists(
        st.tuples(
            MOMENTS,
            st.lists(MOMENTS, max_size=3),
            st.sampled_from(("", *STAGES, "gone")),
            st.sampled_from((None, -1, 0, 1)),
        ),
        min_size=1,
        max_size=12,
    ),
    limits=st.tuples(st.integers(1, 100), st.integers(1, 200), st.integers(201, 400)),
    today=st.integers(-20, 40),
)
def test_sql_says_the_same_as_the_plain_rule(shared, accounts, limits, today):
    day = TODAY + timedelta(days=today)
    expected = {}
    with shared.write("Fill") as session:
        for created, talks, told, until in accounts:
            last = None if until is None else day + timedelta(days=until)
            row = Account(name="x", created_at=ago(created), lifecycle_override=told or None, lifecycle_until=last)
            session.add(row)
            session.flush()
            session.add_all(Activity(kind="call", at=ago(each), summary="x", account_id=row.id) for each in talks)
            known = TODAY - timedelta(days=max([created, *talks]))
            touched = TODAY - timedelta(days=min(talks)) if talks else None
            facts = Facts(known, touched, Override(told, "", last) if told else None)
            expected[row.id] = standing(facts, Limits(*limits), day).stage
    for rule, days in zip(lifecycle.RULES, limits, strict=True):
        house_rules.change(shared, rule, days)
    with shared.read() as session:
        found = {key: code for code in STAGES for key in at(session, code, day) if key in expected}
    assert found == expected
    assert {key: lifecycle.of_account(shared, key, day).code for key in expected} == expected


@pytest.fixture(scope="module")
def shared(empty_data, tmp_path_factory):
    """A workspace that all examples use."""
    import shutil

    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace

    folder = DataFolder(tmp_path_factory.mktemp("lives"))
    folder.prepare()
    shutil.copyfile(empty_data, folder.database)
    workspace = open_workspace(folder)
    yield workspace
    workspace.close()
