"""Correcting an entry, moving it to another record, and timelines with branches, of one person, around a contact."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from crm_desktop.errors import Invalid, Missing
from crm_desktop.model import Account, Activity, ActivityColleague, ActivityParty, Contact, Task
from crm_desktop.services import accounts, activities, activity_moves, contacts, users
from crm_desktop.services.activities import Entry, Narrowed
from crm_desktop.store.undo import redo, undo

HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
GROUP = Narrowed(branches=True)


@pytest.fixture
def acme(make):
    return make(Account, name="Acme")


@pytest.fixture
def bolt(make):
    return make(Account, name="Bolt")


@pytest.fixture
def anna(workspace, acme):
    return contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)[0]


@pytest.fixture
def zhang(workspace, acme):
    return contacts.create(workspace, {"full_name": "张三"}, acme)[0]


@pytest.fixture
def colleague(workspace):
    return users.add(workspace, "李四")


def said(found):
    return [each.summary for each in found]


EVERYTHING = {
    "kind": "meeting",
    "summary": "Planned the trial",
    "direction": "in",
    "at": NOON - HOUR,
    "minutes": 90,
    "place": "Booth B2",
    "outcome": "interested",
    "details_confirmed": True,
}


def test_everything_of_an_entry_is_logged_and_told_again(workspace, acme, anna, zhang, colleague):
    key = activities.log(workspace, Entry(**EVERYTHING, contacts=(anna, zhang), colleagues=(colleague,)))
    [bubble] = activities.timeline(workspace, account=acme)
    assert {name: getattr(bubble, name) for name in EVERYTHING} == EVERYTHING
    assert [each.name for each in bubble.people] == ["Anna Schneider", "张三"]
    assert [each.name for each in bubble.colleagues] == ["李四"]
    assert bubble.account == "Acme"
    loaded = activity_moves.load(workspace, key)
    assert loaded == Entry(**EVERYTHING, account=acme, contacts=(anna, zhang), colleagues=(colleague,))


def test_everything_of_an_entry_can_be_changed_as_one_step(workspace, acme, bolt, anna, zhang, colleague):
    key = activities.log(workspace, Entry("call", "Hello", contacts=[anna], at=NOON, next_step="Send the offer"))
    before = activities.timeline(workspace, contact=anna)
    activities.change(workspace, key, Entry(**EVERYTHING, account=bolt, contacts=(zhang,), colleagues=(colleague,)))
    assert activities.timeline(workspace, contact=anna) == []
    [bubble] = activities.timeline(workspace, account=bolt)
    assert {name: getattr(bubble, name) for name in EVERYTHING} == EVERYTHING
    assert [each.id for each in bubble.people] == [zhang]
    assert [each.title for each in bubble.next_steps] == ["Send the offer"]
    assert workspace.undo_title == "Edit activity"
    undo(workspace)
    assert activities.timeline(workspace, contact=anna) == before
    redo(workspace)
    assert activities.timeline(workspace, account=bolt) == [bubble]


def test_a_correction_keeps_who_is_there_already(workspace, anna, zhang):
    key = activities.log(workspace, Entry("call", "Hello", contacts=[anna]))
    with workspace.read() as session:
        [kept] = session.query(ActivityParty.id).filter_by(activity_id=key).one()
    activities.change(workspace, key, Entry("call", "Hello again", contacts=[anna, zhang]))
    with workspace.read() as session:
        living = session.query(ActivityParty).filter_by(activity_id=key, deleted_at=None).all()
        assert {each.contact_id for each in living} == {anna, zhang}
        assert kept in {each.id for each in living}


def test_what_cannot_be_is_refused(workspace, acme, anna):
    key = activities.log(workspace, Entry("call", "Hello", contacts=[anna]))
    with pytest.raises(Invalid, match="Write what was said"):
        activities.change(workspace, key, Entry("call", " ", account=acme))
    with pytest.raises(Invalid, match="Choose an account"):
        activities.change(workspace, key, Entry("call", "Hello"))
    with pytest.raises(Missing):
        activities.change(workspace, key, Entry("call", "Hello", account=acme + 1))
    with pytest.raises(Missing):
        activities.change(workspace, key, Entry("call", "Hello", contacts=[anna + 1]))
    assert said(activities.timeline(workspace, contact=anna)) == ["Hello"]


def test_a_correction_gives_an_old_entry_no_account_that_its_people_came_to_later(workspace, bolt):
    solo = contacts.create(workspace, {"full_name": "Solo"})[0]
    key = activities.log(workspace, Entry("call", "Helo", contacts=[solo]))
    contacts.link(workspace, solo, bolt)
    activities.change(workspace, key, Entry("call", "Hello", contacts=[solo]))
    [bubble] = activities.timeline(workspace, contact=solo)
    assert (bubble.summary, bubble.account_id) == ("Hello", None)


def test_the_last_contact_follows_a_change_of_the_moment(workspace, acme, anna):
    key = activities.log(workspace, Entry("call", "Hello", contacts=[anna], at=NOON))
    activities.change(workspace, key, Entry("call", "Hello", account=acme, contacts=[anna], at=NOON - HOUR))
    with workspace.read() as session:
        assert session.get(Contact, anna).last_activity_at == NOON - HOUR
        assert session.get(Account, acme).last_activity_at == NOON - HOUR


def test_deleting_takes_everybody_with_it(workspace, anna, colleague):
    key = activities.log(workspace, Entry("call", "Hello", contacts=[anna], colleagues=[colleague]))
    activities.remove(workspace, key)
    with workspace.read() as session:
        for entity in (Activity, ActivityParty, ActivityColleague):
            assert [each.deleted_at is None for each in session.query(entity)] == [False]
    undo(workspace)
    assert [each.name for each in activities.timeline(workspace, contact=anna)[0].colleagues] == ["李四"]


def test_moved_to_an_account_its_people_stay_and_others_are_taken_off(workspace, acme, bolt, anna, zhang):
    contacts.link(workspace, anna, bolt)
    key = activities.log(workspace, Entry("call", "Hello", account=acme, contacts=[zhang, anna], next_step="Call"))
    moved = activity_moves.move(workspace, key, "account", bolt)
    assert (moved.to, moved.stayed, moved.left) == ("Bolt", ("Anna Schneider",), ("张三",))
    assert activities.timeline(workspace, account=acme) == []
    [bubble] = activities.timeline(workspace, account=bolt)
    assert [each.id for each in bubble.people] == [anna]
    with workspace.read() as session:
        task = session.get(Task, bubble.next_steps[0].id)
        assert (task.account_id, task.contact_id) == (bolt, anna)
    undo(workspace)
    [bubble] = activities.timeline(workspace, account=acme)
    assert [each.id for each in bubble.people] == [zhang, anna]


def test_moved_to_a_contact_it_is_at_the_account_of_that_one(workspace, acme, bolt, anna):
    other = contacts.create(workspace, {"full_name": "Bo"}, bolt)[0]
    key = activities.log(workspace, Entry("call", "Hello", contacts=[anna]))
    moved = activity_moves.move(workspace, key, "contact", other)
    assert (moved.to, moved.stayed, moved.left) == ("Bo", ("Bo",), ("Anna Schneider",))
    [bubble] = activities.timeline(workspace, contact=other)
    assert bubble.account_id == bolt
    assert workspace.undo_title == "Move activity"
    with pytest.raises(Missing):
        activity_moves.move(workspace, key, "contact", anna + 1)


@pytest.fixture
def group(workspace, make, acme):
    """Acme with a branch, and a branch of that."""
    keys = [acme, make(Account, name="Acme South"), make(Account, name="Acme South Lab")]
    for parent, child in itertools.pairwise(keys):
        accounts.set_parent(workspace, child, parent)
    return keys


def test_an_account_tells_what_its_branches_said_at_any_depth(workspace, group, bolt):
    for number in range(12):
        account = [*group, bolt][number % 4]
        activities.log(workspace, Entry("call", str(number), account=account, at=NOON + number * HOUR))
    whole = activities.timeline(workspace, account=group[0], narrowed=GROUP)
    assert said(whole) == ["10", "9", "8", "6", "5", "4", "2", "1", "0"]
    assert {each.account for each in whole} == {"Acme", "Acme South", "Acme South Lab"}
    assert activities.count(workspace, account=group[0], narrowed=GROUP) == 9
    assert said(activities.timeline(workspace, account=group[0])) == ["8", "4", "0"]
    assert said(activities.timeline(workspace, account=group[1], narrowed=GROUP)) == ["10", "9", "6", "5", "2", "1"]
    keys = [each.id for each in whole]
    assert len(activities.entries(workspace, keys, account=group[0], narrowed=GROUP)) == 9


@pytest.mark.parametrize("count", [1, 2, 3, 5, 40])
def test_pages_of_a_group_follow_one_another_without_gap_or_repeat(workspace, group, anna, count):
    moments = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4]
    for number, hours in enumerate(moments):
        account = group[number * number % 3]
        activities.log(workspace, Entry("note", str(number), account=account, at=NOON + hours * HOUR))
    key = activities.log(workspace, Entry("call", "loose", contacts=[anna], at=NOON + 5 * HOUR))
    with workspace.write("Loosen") as session:
        session.get(Activity, key).account_id = None
    paged, before = [], None
    while page := activities.timeline(workspace, account=group[0], before=before, narrowed=GROUP, count=count):
        paged += page
        before = page[-1].at, page[-1].id
    assert [(each.at, each.id) for each in paged] == sorted(((each.at, each.id) for each in paged), reverse=True)
    assert len(paged) == len(moments) + 1 == activities.count(workspace, account=group[0], narrowed=GROUP)


def test_a_group_can_be_narrowed(workspace, group, anna):
    for number, kind in enumerate(("call", "visit", "call", "note", "call")):
        entry = Entry(kind, f"said {number}", account=group[number % 3], contacts=[anna] if number > 2 else [])
        activities.log(workspace, entry)
    calls = Narrowed(("call",), branches=True)
    assert said(activities.timeline(workspace, account=group[0], narrowed=calls)) == ["said 4", "said 2", "said 0"]
    hers = Narrowed(person=anna, branches=True)
    assert said(activities.timeline(workspace, account=group[0], narrowed=hers)) == ["said 4", "said 3"]
    assert activities.count(workspace, account=group[0], narrowed=hers) == 2
    one = Narrowed(text="said 1", branches=True)
    assert said(activities.timeline(workspace, account=group[0], narrowed=one, count=1)) == ["said 1"]


def test_the_part_of_one_person_alone(workspace, acme, anna, zhang):
    activities.log(workspace, Entry("call", "with Anna", contacts=[anna]))
    activities.log(workspace, Entry("call", "with both", contacts=[zhang, anna]))
    activities.log(workspace, Entry("call", "with Zhang", contacts=[zhang]))
    narrowed = Narrowed(person=anna)
    assert said(activities.timeline(workspace, account=acme, narrowed=narrowed)) == ["with both", "with Anna"]
    assert activities.count(workspace, account=acme, narrowed=narrowed) == 2


def test_the_whole_story_around_a_contact(workspace, acme, bolt, anna, zhang):
    activities.log(workspace, Entry("call", "of the firm", account=acme, at=NOON))
    activities.log(workspace, Entry("call", "Zhang here", contacts=[zhang], at=NOON + HOUR))
    activities.log(workspace, Entry("call", "Anna here", contacts=[anna], at=NOON + 2 * HOUR))
    activities.log(workspace, Entry("call", "Anna there", account=bolt, contacts=[anna], at=NOON + 3 * HOUR))
    activities.log(workspace, Entry("call", "others", account=bolt, at=NOON + 4 * HOUR))
    story = activities.timeline(workspace, account=acme, contact=anna)
    assert said(story) == ["Anna there", "Anna here", "Zhang here", "of the firm"]
    assert activities.count(workspace, account=acme, contact=anna) == 4
    assert said(activities.timeline(workspace, contact=anna)) == ["Anna there", "Anna here"]


def test_accounts_that_go_in_a_circle_end(workspace, group):
    with workspace.write("Damage") as session:
        session.get(Account, group[0]).parent_id = group[2]
    activities.log(workspace, Entry("call", "once", account=group[1]))
    assert said(activities.timeline(workspace, account=group[0], narrowed=GROUP)) == ["once"]


def test_logged_with_the_wrong_colleague_it_goes_to_the_right_one(workspace, acme, zhang):
    li, _account = contacts.create(workspace, {"full_name": "李四"}, account=acme)
    key = activities.log(workspace, Entry("call", "Hello", contacts=[zhang], next_step="Call"))
    moved = activity_moves.move(workspace, key, "contact", li)
    assert (moved.to, moved.left) == ("李四", ("张三",))
    assert activities.timeline(workspace, contact=zhang) == []
    [bubble] = activities.timeline(workspace, contact=li)
    with workspace.read() as session:
        assert session.get(Task, bubble.next_steps[0].id).contact_id == li
