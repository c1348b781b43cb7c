"""Whatever is written about tasks, talks, files, rhythms and people is one step: one Undo brings all data back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crm_desktop.jobs import finish
from crm_desktop.model import Account, Contact
from crm_desktop.services import (
    activities,
    activity_moves,
    attachments,
    birthdays,
    cadence,
    calendar,
    calendar_in,
    clock,
    contacts,
    finishing,
    house_rules,
    leaving,
    lifecycle,
    records,
    repeating,
    tags,
    tasks,
    template_tasks,
    templates,
    users,
    verification,
)
from crm_desktop.services.activities import Entry
from crm_desktop.services.cadence import LEVEL, TAG, Scope
from crm_desktop.services.finishing import Result
from crm_desktop.services.leaving import CLOSE, SUCCESSOR, Leaving
from crm_desktop.services.tasks import Draft
from crm_desktop.services.templates import Item
from crm_desktop.store import dump
from crm_desktop.store.undo import redo, undo
from crm_desktop.text.event import Event, Events, Guest

NOW = datetime.now(UTC).replace(microsecond=0)
SOON, TODAY = NOW + timedelta(days=3), NOW.astimezone().date()
MEETING = Draft("演示", "meeting", SOON, has_time=True, ends_at=SOON + timedelta(hours=1), repeat="FREQ=WEEKLY")


class Firm:
    """Acme, of which Bob takes care, with two people and one of everything that can be written about them; and Bolt."""

    def __init__(self, workspace, tmp_path):
        self.workspace, self.folder = workspace, tmp_path
        texts = {"name": "Acme", "level": "VIP", "tags": "fair"}
        self.acme = records.create(workspace, Account, texts, owner_id=users.add(workspace, "Bob"))
        self.bolt = records.create(workspace, Account, {"name": "Bolt"})
        texts = {"full_name": "张三", "title": "经理", "mobile": "13800138000", "email": "a@example.com"}
        self.zhang = contacts.create_at(workspace, self.acme, texts)
        self.li = contacts.create_at(workspace, self.acme, {"full_name": "李四", "title": "采购"})
        self.places = {each.contact_id: each.id for each in contacts.places(workspace, account=self.acme)}
        self.weekly = tasks.create(workspace, replace(MEETING, contact=self.zhang, people=(self.li,)))
        self.task = tasks.create(workspace, Draft("offer", due_at=SOON, contact=self.zhang))
        entry = Entry("call", "谈了价格", contacts=[self.zhang], next_step="demo", next_at=SOON)
        self.talk = activities.log(workspace, entry)
        activities.log(workspace, Entry("visit", "before", self.acme, at=NOW - timedelta(days=50)))
        self.attached, _second = attachments.attach(workspace, "account", self.acme, self.stored("a.txt", "b.txt"))
        items = [Item("mail", offset_days=1), Item("call", offset_days=2)]
        self.series = templates.make(workspace, "Fair", items=items)
        self.tag = Scope(TAG, str(tags.named(workspace, "fair")))
        cadence.put(workspace, self.tag, 20)
        lifecycle.put(workspace, self.bolt, "lost", "closed down")

    def stored(self, *names):
        for name in names:
            (self.folder / name).write_text(name)
        given = [attachments.of_disk(self.folder / name) for name in names]
        return finish(attachments.storing(self.workspace, given)).stored

    def template(self):
        return next(each for each in templates.everything(self.workspace) if each.key == self.series)

    def leave(self, **more):
        asked = Leaving(self.places[self.zhang], TODAY, self.places[self.li], **more)
        leaving.leave(self.workspace, asked)

    def apply(self):
        template = self.template()
        planned = template_tasks.planned(template, TODAY)
        template_tasks.apply(self.workspace, template, Contact, [self.zhang, self.li], planned)

    def finish(self):
        result = Result("call", "agreed", "reached", "contract", SOON)
        finishing.finish(self.workspace, self.weekly, result)

    def log(self, **more):
        entry = Entry("call", "all of it", self.acme, [self.zhang, self.li], next_step="demo", next_at=SOON, **more)
        activities.log(self.workspace, entry)

    def bring_in(self):
        coming = Event(
            "a@example.com", "review", SOON, SOON + timedelta(hours=1), guests=(Guest("张三", "a@example.com"),)
        )
        calendar_in.bring_in(self.workspace, Events((coming,)), clock.now())

    def correct(self):
        lines = [
            verification.Line("contact", self.zhang, "title", "", ""),
            verification.Line("contact", self.zhang, "mobile", "", ""),
        ]
        changes = [(lines[0], "总监"), (lines[1], "13900139000")]
        verification.correct(self.workspace, "contact", self.zhang, changes)


WRITES = {
    "task made": lambda firm: tasks.create(firm.workspace, replace(MEETING, people=(firm.zhang, firm.li))),
    "task planned": lambda firm: tasks.plan(firm.workspace, Account, firm.bolt, "Call", TODAY),
    "task changed": lambda firm: tasks.change(firm.workspace, firm.weekly, replace(MEETING, place="Halle 3")),
    "task moved": lambda firm: tasks.move(firm.workspace, firm.weekly, SOON + timedelta(days=1), has_time=True),
    "task without its time": lambda firm: tasks.move(firm.workspace, firm.weekly, SOON, has_time=False),
    "tasks put off": lambda firm: tasks.snooze(firm.workspace, [firm.weekly, firm.task], TODAY, clock.now()),
    "task ticked off": lambda firm: tasks.complete(firm.workspace, firm.task),
    "repeating task ticked off": lambda firm: tasks.complete(firm.workspace, firm.weekly),
    "task done with a result": Firm.finish,
    "task deleted": lambda firm: tasks.remove(firm.workspace, firm.weekly),
    "longer": lambda firm: calendar.set_end(firm.workspace, firm.weekly, SOON + timedelta(hours=3)),
    "repetition said": lambda firm: repeating.set_words(firm.workspace, firm.task, "every 2 weeks", TODAY),
    "one skipped": lambda firm: repeating.skip(firm.workspace, firm.weekly),
    "repetition ended": lambda firm: repeating.end(firm.workspace, firm.weekly),
    "series made": Firm.apply,
    "template made": lambda firm: templates.make(firm.workspace, "New", "supplier", [Item("a"), Item("b")]),
    "template changed": lambda firm: templates.change(firm.workspace, replace(firm.template(), items=(Item("y"),))),
    "template moved": lambda firm: templates.move(firm.workspace, firm.series, 0),
    "template deleted": lambda firm: templates.remove(firm.workspace, firm.series),
    "talk": Firm.log,
    "talk that confirms": lambda firm: firm.log(details_confirmed=True, files=firm.stored("c.txt")),
    "talk changed": lambda firm: activities.change(firm.workspace, firm.talk, Entry("visit", "x", firm.bolt)),
    "words changed": lambda firm: activities.edit(firm.workspace, firm.talk, "x"),
    "talk moved": lambda firm: activity_moves.move(firm.workspace, firm.talk, "account", firm.bolt),
    "talk deleted": lambda firm: activities.remove(firm.workspace, firm.talk),
    "attached": lambda firm: attachments.attach(firm.workspace, "task", firm.task, firm.stored("d.txt")),
    "renamed": lambda firm: attachments.rename(firm.workspace, firm.attached, "offer"),
    "taken off": lambda firm: attachments.remove(firm.workspace, [firm.attached]),
    "rhythm of a level": lambda firm: cadence.put(firm.workspace, Scope(LEVEL, "vip"), 5),
    "rhythm of a tag": lambda firm: cadence.put(firm.workspace, firm.tag, None),
    "rhythm cleared": lambda firm: cadence.clear(firm.workspace, firm.tag),
    "tag with a rhythm deleted": lambda firm: tags.remove(firm.workspace, int(firm.tag.code)),
    "stage set": lambda firm: lifecycle.put(firm.workspace, firm.acme, "dormant", "pause", TODAY + timedelta(days=9)),
    "stage cleared": lambda firm: lifecycle.clear(firm.workspace, firm.bolt),
    "days of the house": lambda firm: house_rules.change(firm.workspace, house_rules.DORMANT, 50),
    "verified": lambda firm: verification.confirm(firm.workspace, "contact", firm.zhang),
    "corrected": Firm.correct,
    "left": Firm.leave,
    "left for Bolt": lambda firm: firm.leave(
        tasks={firm.task: SUCCESSOR, firm.weekly: CLOSE}, new_account=firm.bolt, new_title="CEO"
    ),
    "left for somebody new": lambda firm: firm.leave(new_account_name="Neu GmbH"),
    "another role": lambda firm: leaving.change_role(firm.workspace, firm.places[firm.li], {"title": "CEO"}, TODAY),
    "another primary contact": lambda firm: contacts.make_primary(firm.workspace, firm.places[firm.li]),
    "greeting planned": lambda firm: birthdays.plan_greeting(firm.workspace, firm.zhang, TODAY, clock.now()),
    "calendar brought in": Firm.bring_in,
}  # fmt: skip


@pytest.fixture
def firm(workspace, tmp_path):
    return Firm(workspace, tmp_path)


def test_one_undo_brings_everything_back_and_redo_does_it_again(firm, workspace):
    for name, write in WRITES.items():
        before = dump.text(workspace)
        write(firm)
        after = dump.text(workspace)
        assert after != before, f"{name}: nothing was written"
        undo(workspace)
        assert dump.text(workspace) == before, f"{name}: undo"
        redo(workspace)
        assert dump.text(workspace) == after, f"{name}: redo"
        undo(workspace)
