"""Every record knows when it was verified last; what is older than its level allows waits in one queue."""

from datetime import UTC, datetime, timedelta

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Channel, Contact
from crm_desktop.services import accounts, activities, channels, contacts, house_rules, tasks, today, verification
from crm_desktop.services.activities import Entry
from crm_desktop.services.house_rules import VERIFY
from crm_desktop.services.today import Now
from crm_desktop.services.today_rules import VERIFY as SECTION
from crm_desktop.store.undo import undo

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
AT = Now(NOON, UTC)


def ago(days):
    return NOON - timedelta(days=days)


@pytest.fixture
def queue(workspace):
    def queue(at=AT):
        with workspace.read() as session:
            return [(each.entity, each.key) for each in verification.queue(session, at)]

    return queue


@pytest.fixture
def cards(workspace):
    def cards():
        with workspace.read() as session:
            return verification.cards(session, verification.queue(session, AT), AT)

    return cards


@pytest.fixture
def anna(make, workspace):
    """Anna at Acme (level A), of whom a mobile and a mail were entered long ago; everything else is new."""
    acme = make(Account, name="Acme", level="a")
    key, _account = contacts.create(workspace, {"full_name": "Anna", "title": "Buyer", "mobile": "13800138000"}, acme)
    channels.add(workspace, Contact, key, "email", "anna@example.com")
    with workspace.write("Long ago") as session:
        for each in session.query(Channel).filter_by(contact_id=key):
            each.created_at = ago(200)
    return key


def test_dq_04_a_record_181_days_old_is_in_the_half_year_queue_and_confirming_removes_it(make, workspace, queue):
    house_rules.change(workspace, VERIFY["b"], 180)
    old = make(Account, name="Old", level="b", created_at=ago(181))
    make(Account, name="Younger", level="b", created_at=ago(179))
    assert queue() == [("account", old)]
    verification.confirm(workspace, "account", old)
    assert queue() == []
    assert workspace.undo_title == "Verify Old"
    undo(workspace)
    assert queue() == [("account", old)]


def test_each_level_has_its_days_and_the_most_important_comes_first(make, workspace, queue):
    keys = {}
    for days, (level, rule) in zip((500, 400, 300, 200, 100, 50), reversed(VERIFY.items()), strict=True):
        house_rules.change(workspace, rule, days)
        keys[level] = make(Account, name=f"old {level}", level=level, created_at=ago(days + 1))
        make(Account, name=f"fresh {level}", level=level, created_at=ago(days - 1))
    assert queue() == [("account", keys[level]) for level in VERIFY]


def test_what_has_no_level_comes_last_after_its_own_days_people_without_an_account_too(make, workspace, queue):
    assert house_rules.RULES["verify.none"].usual == 180
    firm = make(Account, name="No level", created_at=ago(181))
    own = make(Account, name="A level of ours", level="z", created_at=ago(181))
    worker, _account = contacts.create(workspace, {"full_name": "Bo"}, firm)
    alone = make(Contact, full_name="Alone", created_at=ago(181))
    make(Account, name="Younger", created_at=ago(179))
    make(Account, name="Closed", status="closed", created_at=ago(181))
    normal = make(Account, name="Normal", level="normal", created_at=ago(91))
    with workspace.write("Long ago") as session:
        session.get_one(Contact, worker).created_at = ago(181)
    wanted = [("account", normal), ("account", firm), ("account", own), ("contact", worker), ("contact", alone)]
    assert queue() == wanted
    with workspace.read() as session:
        assert today.read(session, SECTION, AT).count == len(wanted)
        last = verification.freshness(session, AT)[-1]
    assert (last.level, last.days, last.fresh, last.total) == ("", 180, 1, 5)
    house_rules.change(workspace, VERIFY[""], 365)
    assert queue() == wanted[:1]


def test_an_account_that_exists_no_longer_is_closed_in_one_step_and_its_timeline_says_why(make, workspace, queue):
    key = make(Account, name="Gone", level="c", created_at=ago(200))
    verification.gone(workspace, key)
    assert queue() == []
    [said] = activities.timeline(workspace, account=key)
    assert (said.kind, said.summary.split(":")[0]) == ("system", "Account closed")
    undo(workspace)
    assert (queue(), activities.timeline(workspace, account=key)) == ([("account", key)], [])


def test_one_old_number_is_enough_and_the_count_on_today_is_that_of_the_queue(anna, workspace, queue):
    assert queue() == [("contact", anna)]
    with workspace.read() as session:
        section = today.read(session, SECTION, AT)
    assert (section.count, section.items[0].title) == (1, "Anna")


def test_confirming_a_record_verifies_all_its_channels_in_one_step(anna, workspace, queue, cards):
    [card] = cards()
    assert [(each.label, each.is_stale) for each in card.lines] == [
        ("Mobile", True),
        ("E-mail", True),
        ("Job title", False),
        ("Department", False),
    ]
    assert (card.name, card.job, card.account, card.verified_at) == ("Anna", "Buyer", "Acme", None)
    verification.confirm(workspace, "contact", anna)
    assert queue() == []
    assert all(each.checked_at for each in channels.of_record(workspace, Contact, anna))
    assert queue(Now(NOON + timedelta(days=100), UTC))[-1] == ("contact", anna)


def test_what_has_changed_is_corrected_and_counts_as_verified(anna, workspace, queue, cards):
    [card] = cards()
    mobile, mail, title, _department = card.lines
    verification.correct(workspace, "contact", anna, [(mobile, "13900139000"), (mail, ""), (title, "CTO")])
    assert queue() == []
    [left] = channels.of_record(workspace, Contact, anna)
    assert left.text.endswith("139 0013 9000")
    assert left.checked_at is not None
    assert contacts.places(workspace, contact=anna)[0].title == "CTO"
    undo(workspace)
    assert queue() == [("contact", anna)]
    assert len(channels.of_record(workspace, Contact, anna)) == 2


def test_a_correction_that_cannot_be_writes_nothing(anna, workspace, queue, cards):
    [card] = cards()
    with pytest.raises(Invalid) as refused:
        verification.correct(workspace, "contact", anna, [(card.lines[2], "CTO"), (card.lines[0], ";")])
    assert list(refused.value.problems) == ["Mobile"]
    assert queue() == [("contact", anna)]
    assert contacts.places(workspace, contact=anna)[0].title == "Buyer"


def test_who_has_a_next_step_or_is_closed_is_left_alone(make, workspace, queue):
    busy = make(Account, name="Busy", level="a", created_at=ago(400))
    make(Account, name="Closed", level="a", status="closed", created_at=ago(400))
    assert queue() == [("account", busy)]
    tasks.plan(workspace, Account, busy, "Call", AT.day)
    assert queue() == []


def test_a_private_customer_is_verified_once(workspace, queue):
    account, contact = accounts.create_person(
        workspace, {"full_name": "张三", "mobile": "13800138000"}, {"level": "vip"}
    )
    with workspace.write("Long ago") as session:
        for entity, key in ((Account, account), (Contact, contact)):
            session.get_one(entity, key).created_at = ago(400)
    assert queue() == [("contact", contact)]
    verification.confirm(workspace, "account", account)
    assert queue() == []


def test_how_many_of_each_level_are_fresh(make, workspace):
    for number, level in enumerate(("vip", "vip", "a")):
        make(Account, name=f"fresh {number}", level=level, created_at=ago(3))
    make(Account, name="old", level="vip", created_at=ago(400))
    with workspace.read() as session:
        found = [(each.level, each.fresh, each.total, each.days) for each in verification.freshness(session, AT)]
    assert found == [("vip", 2, 3, 90), ("a", 1, 1, 90)]


def test_act_09_a_talk_that_confirms_the_details_verifies_them_in_the_same_step(anna, workspace, queue):
    activities.log(workspace, Entry("call", "All the same", contacts=[anna]))
    assert queue() == [("contact", anna)]
    undo(workspace)
    activities.log(workspace, Entry("call", "All the same", contacts=[anna], details_confirmed=True))
    assert queue() == []
    assert all(each.checked_at for each in channels.of_record(workspace, Contact, anna))
    undo(workspace)
    assert queue() == [("contact", anna)]


def test_act_09_without_people_it_is_the_account(make, workspace, queue):
    key = make(Account, name="Acme", level="a", created_at=ago(400))
    activities.log(workspace, Entry("call", "All the same", key, details_confirmed=True))
    assert queue() == []
