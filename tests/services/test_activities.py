"""Logging, and what a timeline tells back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Activity, ActivityParty, Affiliation, Contact, Task
from crm_desktop.services import activities, contacts, leaving, tasks, touches
from crm_desktop.services.activities import Entry, Narrowed
from crm_desktop.store.undo import redo, undo

DAY = timedelta(days=1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def acme(make):
    return make(Account, name="Acme")


@pytest.fixture
def anna(workspace, acme):
    return contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)[0]


def last_talk(workspace, entity, key):
    with workspace.read() as session:
        return session.get(entity, key).last_activity_at


def summaries(found):
    return [each.summary for each in found]


def test_a_call_is_on_the_contact_and_on_the_account(workspace, acme, anna):
    activities.log(workspace, Entry("call", "Confirmed the budget", contacts=[anna], minutes=8))
    for whose in ({"contact": anna}, {"account": acme}):
        [bubble] = activities.timeline(workspace, **whose)
        assert (bubble.summary, bubble.minutes, [each.name for each in bubble.people]) == (
            "Confirmed the budget",
            8,
            ["Anna Schneider"],
        )
        assert activities.count(workspace, **whose) == 1


def test_deleting_the_last_call_falls_back_to_the_one_before(workspace, acme, anna):
    activities.log(workspace, Entry("call", "first", contacts=[anna], at=NOON))
    last = activities.log(workspace, Entry("call", "second", contacts=[anna], at=NOON + DAY))
    assert [last_talk(workspace, Contact, anna), last_talk(workspace, Account, acme)] == [NOON + DAY] * 2
    activities.remove(workspace, last)
    assert [last_talk(workspace, Contact, anna), last_talk(workspace, Account, acme)] == [NOON] * 2
    undo(workspace)
    assert [last_talk(workspace, Contact, anna), last_talk(workspace, Account, acme)] == [NOON + DAY] * 2


def test_undo_takes_back_the_entry_and_its_next_step_at_once(workspace, anna):
    activities.log(workspace, Entry("call", "Hello", contacts=[anna], next_step="Send the offer", next_at=NOON))
    undo(workspace)
    assert activities.timeline(workspace, contact=anna) == []
    with workspace.read() as session:
        for entity in (Activity, ActivityParty, Task):
            assert [each.deleted_at is None for each in session.query(entity)] == [False]
    redo(workspace)
    [bubble] = activities.timeline(workspace, contact=anna)
    assert [each.title for each in bubble.next_steps] == ["Send the offer"]
    assert [each.id for each in bubble.people] == [anna]


def test_the_talks_with_somebody_who_left_stay_with_the_account(workspace, acme, anna):
    activities.log(workspace, Entry("visit", "Saw the factory", contacts=[anna]))
    activities.log(workspace, Entry("call", "Before the account was noted", contacts=[anna]))
    with workspace.write("Loosen") as session:
        loose = session.query(Activity).order_by(Activity.id.desc()).first()
        loose.account_id = None
        link = session.query(Affiliation).filter_by(contact_id=anna).one().id
    leaving.leave(workspace, leaving.Leaving(link, NOON.date()))
    assert len(activities.timeline(workspace, account=acme)) == 3, "both talks, and that she has left"
    contacts.unlink(workspace, link)
    assert summaries(activities.timeline(workspace, account=acme))[1:] == ["Saw the factory"]


def test_an_entry_needs_words_and_somebody(workspace, anna):
    with pytest.raises(Invalid, match="Write what was said"):
        activities.log(workspace, Entry("call", "  ", contacts=[anna]))
    with pytest.raises(Invalid, match="Choose an account"):
        activities.log(workspace, Entry("call", "Hello"))
    with pytest.raises(Invalid, match="negative"):
        activities.log(workspace, Entry("call", "Hello", contacts=[anna], minutes=-1))
    activities.log(workspace, Entry("call", "", contacts=[anna], outcome="no_answer"))
    assert activities.count(workspace, contact=anna) == 1


def test_a_next_step_without_words_is_a_follow_up(workspace, anna):
    activities.log(workspace, Entry("call", "Hello", contacts=[anna], next_at=NOON, next_has_time=True))
    [step] = activities.timeline(workspace, contact=anna)[0].next_steps
    assert (step.title, step.due_at, step.has_time, step.is_done) == ("Follow up", NOON, True, False)
    tasks.complete(workspace, step.id)
    assert activities.timeline(workspace, contact=anna)[0].next_steps[0].is_done
    tasks.complete(workspace, step.id, done=False)
    assert touches.touch(workspace, contact=anna).next_step.id == step.id


def test_pages_follow_one_another_without_gap_or_repeat(workspace, acme, anna):
    same = [NOON, NOON, NOON + DAY, NOON + DAY, NOON - DAY, NOON, NOON + DAY]
    for number, at in enumerate(same):
        activities.log(
            workspace, Entry("note", str(number), account=acme if number % 2 else None, contacts=[anna], at=at)
        )
    whole = activities.timeline(workspace, account=acme)
    paged, before = [], None
    while page := activities.timeline(workspace, account=acme, before=before, count=2):
        paged += page
        before = page[-1].at, page[-1].id
    assert paged == whole
    assert len(whole) == len(same) == activities.count(workspace, account=acme)
    assert [(each.at, each.id) for each in whole] == sorted(((each.at, each.id) for each in whole), reverse=True)


SAID = {
    "Budget 100% approved": ["budget", "BUDGET approved", "100%", "0% app"],
    "Grüße aus Zürich": ["grü", "ZÜRICH", "zürich"],
    "确认预算_90万": ["预算", "算_9"],
}


@pytest.mark.parametrize(("said", "word"), [(said, word) for said, words in SAID.items() for word in words])
def test_a_search_finds_what_was_said_and_nothing_else(workspace, anna, said, word):
    for each in SAID:
        activities.log(workspace, Entry("call", each, contacts=[anna]))
    narrowed = Narrowed(text=word)
    assert summaries(activities.timeline(workspace, contact=anna, narrowed=narrowed)) == [said]
    assert activities.count(workspace, contact=anna, narrowed=narrowed) == 1


@pytest.mark.parametrize("word", ["schneider", "Booth", "offer"])
def test_a_search_looks_at_people_places_and_next_steps(workspace, acme, anna, word):
    activities.log(workspace, Entry("call", "other", account=acme))
    activities.log(
        workspace, Entry("visit", "this", account=acme, contacts=[anna], place="Booth B2", next_step="Send the offer")
    )
    assert summaries(activities.timeline(workspace, account=acme, narrowed=Narrowed(text=word))) == ["this"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=st.lists(st.sampled_from(["call", "visit", "note"]), max_size=6),
    shown=st.sets(st.sampled_from(["call", "note"])),
)
def test_the_count_is_the_number_of_rows(workspace, make, kinds, shown):
    account = make(Account, name="Bolt")
    for kind in kinds:
        activities.log(workspace, Entry(kind, kind, account=account))
    narrowed = Narrowed(tuple(sorted(shown)))
    wanted = [each for each in kinds if each in shown or not shown]
    found = activities.timeline(workspace, account=account, narrowed=narrowed)
    assert sorted(summaries(found)) == sorted(wanted)
    assert activities.count(workspace, account=account, narrowed=narrowed) == len(wanted)


def test_touch_counts_people_but_not_remarks_of_the_program(workspace, acme, anna):
    now = datetime.now(UTC)
    activities.log(workspace, Entry("call", "old", contacts=[anna], at=now - 100 * DAY))
    activities.log(workspace, Entry("mail", "new", contacts=[anna], at=now - DAY))
    activities.log(workspace, Entry("system", "Imported", account=acme, direction="none"))
    touched = touches.touch(workspace, account=acme)
    assert (touched.recent, touched.last_at) == (1, now - DAY)
    assert touches.warmth(touched) == 3


def test_touches_are_counted_as_far_as_anybody_wants_to_know(workspace, acme):
    now = datetime.now(UTC)
    with workspace.write("Fill") as session:
        row = {"kind": "call", "at": now - DAY, "summary": "Hello", "account_id": acme}
        session.insert_rows(Activity, [dict(row) for _each in range(touches.MOST_RECENT + 20)])
    assert touches.touch(workspace, account=acme).recent == touches.MOST_RECENT + 1


def test_an_entry_cannot_be_emptied(workspace, anna):
    key = activities.log(workspace, Entry("call", "Hello", contacts=[anna]))
    with pytest.raises(Invalid, match="delete the entry"):
        activities.edit(workspace, key, " ")
    activities.edit(workspace, key, " Hello again ")
    assert summaries(activities.timeline(workspace, contact=anna)) == ["Hello again"]


def test_a_change_names_the_entries_it_concerns(workspace, acme, anna):
    key = activities.log(workspace, Entry("call", "Hello", contacts=[anna], next_step="Send the offer"))
    heard = []
    workspace.listen(heard.append)
    tasks.complete(workspace, activities.timeline(workspace, contact=anna)[0].next_steps[0].id)
    assert activities.concerned(workspace, heard[-1]) == {key}
    [bubble] = activities.entries(workspace, [key], account=acme)
    assert bubble.next_steps[0].is_done
    assert activities.entries(workspace, [key], account=acme + 1) == []
