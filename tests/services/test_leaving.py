"""Somebody leaves: the place ends with a day, what hung on them is handed over, and one Undo takes all of it back."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Affiliation, ChangeSet, Contact, Task, TaskParty
from crm_desktop.services import activities, contacts, leaving, records, tasks, users
from crm_desktop.services.leaving import CLOSE, COLLEAGUE, KEEP, SUCCESSOR, Leaving
from crm_desktop.services.reporting import set_boss
from crm_desktop.store.dump import text
from crm_desktop.store.undo import redo, undo

LAST = date(2026, 10, 31)
DUE = datetime(2026, 11, 9, 9, tzinfo=UTC)


class Firm:
    """Acme with three people: 张三 is the primary contact, 李四 and Anna report to her."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.acme = records.create(workspace, Account, {"name": "Acme"})
        self.people = {
            name: contacts.create(workspace, {"full_name": name, "title": title}, self.acme)[0]
            for name, title in (("张三", "经理"), ("李四", "采购"), ("Anna", "Buyer"))
        }
        self.places = {each.contact: each.id for each in contacts.places(workspace, account=self.acme)}
        for name in ("李四", "Anna"):
            set_boss(workspace, self.places[name], self.places["张三"])

    def place(self, name):
        with self.workspace.read() as session:
            return session.get_one(Affiliation, self.places[name])

    def task(self, title, name="张三", **more):
        return tasks.create(self.workspace, tasks.Draft(title, due_at=DUE, contact=self.people[name], **more))

    def leave(self, **more):
        return leaving.leave(self.workspace, Leaving(self.places["张三"], LAST, **more))

    def told(self, **whose):
        return [each.summary for each in activities.timeline(self.workspace, **whose) if each.kind == "system"]


@pytest.fixture
def firm(workspace):
    return Firm(workspace)


@pytest.fixture
def task_of(workspace):
    def task_of(key):
        with workspace.read() as session:
            return session.get_one(Task, key)

    return task_of


def test_the_link_ends_with_a_day_and_stays(firm, workspace):
    assert firm.leave() is True, "somebody else works there, so a primary contact is asked for"
    left = firm.place("张三")
    assert (left.status, left.to_date, left.is_primary) == ("departed", LAST, False)
    assert records.load(workspace, Contact, firm.people["张三"]).deleted_at is None


def test_the_successor_becomes_the_primary_contact_only_of_a_primary_one(firm):
    assert firm.leave(successor=firm.places["李四"]) is False
    assert firm.place("李四").is_primary
    assert leaving.leave(firm.workspace, Leaving(firm.places["Anna"], LAST, firm.places["李四"])) is False
    assert firm.place("李四").is_primary


def test_open_tasks_are_listed_and_each_goes_its_way(firm, workspace, task_of):
    colleague = users.add(workspace, "李明")
    given, kept, closed, other = (firm.task(each) for each in ("offer", "visit", "sample", "call"))
    done = firm.task("done")
    tasks.complete(workspace, done)
    elsewhere = firm.task("elsewhere", account=records.create(workspace, Account, {"name": "Bolt"}))
    meeting = tasks.create(
        workspace, tasks.Draft("meeting", contact=firm.people["Anna"], people=(firm.people["张三"],), due_at=DUE)
    )
    found = leaving.prepare(workspace, firm.places["张三"])
    assert [each.title for each in found.tasks] == ["offer", "visit", "sample", "call", "meeting"]
    assert {key for key, _name in found.colleagues} == {firm.places["李四"], firm.places["Anna"]}
    chosen = {
        given: SUCCESSOR,
        kept: KEEP,
        closed: CLOSE,
        other: f"{COLLEAGUE}{colleague}",
        meeting: SUCCESSOR,
        elsewhere: CLOSE,
    }
    firm.leave(successor=firm.places["李四"], tasks=chosen)
    assert task_of(given).contact_id == firm.people["李四"]
    assert (task_of(kept).contact_id, task_of(kept).done_at) == (firm.people["张三"], None)
    assert task_of(closed).done_at is not None
    assert task_of(other).owner_id == colleague
    assert task_of(elsewhere).done_at is None, "only what was listed is touched"
    with workspace.read() as session:
        going = session.scalars(
            select(TaskParty.contact_id).where(TaskParty.task_id == meeting, TaskParty.deleted_at.is_(None))
        )
        assert list(going) == [firm.people["李四"]]
    assert "4 open tasks were settled." in firm.told(account=firm.acme)[0]


@pytest.mark.parametrize(("successor", "boss"), [("李四", "李四"), (None, None)])
def test_who_reported_to_them_is_hung_anew(firm, successor, boss):
    firm.leave(successor=firm.places.get(successor))
    assert firm.place("Anna").reports_to_id == firm.places.get(boss)
    assert firm.place("李四").reports_to_id is None


def test_without_a_successor_people_report_one_step_higher_and_never_in_a_circle(firm, workspace):
    chief, _found = contacts.create(workspace, {"full_name": "陈总"}, firm.acme)
    [top] = [each.id for each in contacts.places(workspace, account=firm.acme) if each.contact_id == chief]
    set_boss(workspace, firm.places["张三"], top)
    set_boss(workspace, firm.places["李四"], firm.places["Anna"])
    firm.leave(successor=firm.places["李四"])
    assert (firm.place("李四").reports_to_id, firm.place("Anna").reports_to_id) == (top, firm.places["李四"])
    undo(workspace)
    firm.leave()
    assert firm.place("Anna").reports_to_id == top
    assert "Now report to 陈总: Anna." in firm.told(account=firm.acme)[0]


def test_a_new_employer_gets_a_place_and_both_timelines_tell(firm, workspace):
    firm.leave(new_account_name="Bolt", new_title="CTO")
    now, before = contacts.places(workspace, contact=firm.people["张三"])
    assert (now.account, now.title, now.status, before.status) == ("Bolt", "CTO", "current", "departed")
    assert "张三 has left Acme, last day 31 Oct 2026." in firm.told(account=firm.acme)[0]
    assert "Works at Bolt · CTO now." in firm.told(account=firm.acme)[0]
    assert firm.told(account=now.account_id)[0] == "Came from Acme."
    assert len(firm.told(contact=firm.people["张三"])) == 2


def test_the_owner_of_the_account_gets_a_task_unless_it_is_me(firm, workspace, task_of):
    owner = users.add(workspace, "李明")
    records.change(workspace, Account, firm.acme, "owner_id", str(owner))
    assert leaving.prepare(workspace, firm.places["张三"]).owner == "李明"
    firm.leave()
    with workspace.read() as session:
        [told] = session.scalars(select(Task).where(Task.owner_id == owner))
    assert (told.title, told.account_id) == ("张三 has left Acme: who follows?", firm.acme)
    undo(workspace)
    workspace.author = owner
    firm.leave()
    with workspace.read() as session:
        assert session.scalar(select(func.count(Task.id)).where(Task.deleted_at.is_(None))) == 0


def test_all_of_it_is_one_step(firm, workspace):
    key = firm.task("offer")
    records.change(workspace, Account, firm.acme, "owner_id", str(users.add(workspace, "李明")))
    with workspace.read() as session:
        steps = session.scalar(select(func.count(ChangeSet.id)))
    before = text(workspace)
    firm.leave(successor=firm.places["李四"], tasks={key: SUCCESSOR}, new_account_name="Bolt")
    with workspace.read() as session:
        assert session.scalar(select(func.count(ChangeSet.id))) == steps + 1
    after = text(workspace)
    undo(workspace)
    assert text(workspace) == before
    redo(workspace)
    assert text(workspace) == after


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": date(2019, 1, 1)}, "to_date"),
        ({"tasks": {1: SUCCESSOR}}, "successor"),
        ({"new_account": "acme"}, "new_account"),
        ({"successor": "self"}, "successor"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(firm, workspace, more, field):
    contacts.change_link(workspace, firm.places["张三"], "from_date", "2020-01-01")
    given = {"acme": firm.acme, "self": firm.places["张三"]}
    asked = {name: given.get(each, each) if isinstance(each, str) else each for name, each in more.items()}
    with pytest.raises(Invalid) as refused:
        leaving.leave(workspace, Leaving(**{"affiliation": firm.places["张三"], "on": LAST} | asked))
    assert list(refused.value.problems) == [field]
    assert firm.place("张三").status == "current"


def test_another_role_keeps_the_old_one(firm, workspace):
    contacts.change_link(workspace, firm.places["张三"], "decision_role", "decision_maker")
    new = leaving.change_role(workspace, firm.places["张三"], {"title": "总监"}, date(2026, 11, 1))
    now, before = contacts.places(workspace, contact=firm.people["张三"])
    assert (now.id, now.title, now.is_primary, now.from_date) == (new, "总监", True, date(2026, 11, 1))
    assert (before.title, before.status, before.to_date) == ("经理", "changed", date(2026, 11, 1))
    assert firm.place("Anna").reports_to_id == new
    assert firm.told(contact=firm.people["张三"]) == ["张三: 总监 from 1 Nov 2026, before that 经理."]
    undo(workspace)
    [again] = contacts.places(workspace, contact=firm.people["张三"])
    assert (again.title, again.status, again.is_primary) == ("经理", "current", True)


def test_a_role_needs_words_and_a_place_that_lasts(firm, workspace):
    with pytest.raises(Invalid):
        leaving.change_role(workspace, firm.places["张三"], {"title": " "}, LAST)
    firm.leave()
    with pytest.raises(Invalid):
        leaving.change_role(workspace, firm.places["张三"], {"title": "总监"}, LAST)
