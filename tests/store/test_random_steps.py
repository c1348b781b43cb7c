"""UNDO-1: whatever 200 steps were taken, taking them all back leaves what was there, to the byte."""

import contextlib
import random

import pytest

from crm_desktop.errors import Conflict, Invalid
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, Affiliation, ChangeSet, Contact, Task
from crm_desktop.services import activities, contacts, records, sample, tasks
from crm_desktop.services import bin as trash
from crm_desktop.services.accounts import set_parent
from crm_desktop.services.changes import steps
from crm_desktop.store import dump, undo
from crm_desktop.store.check import check
from crm_desktop.store.undo import redo
from crm_desktop.store.workspace import REDO, UNDO

STEPS = 200
TEXTS = {
    "name": ("ABC有限公司", "大商零售有限公司", "Nordwind GmbH", "北京某科技公司"),
    "description": ("", "first line\nsecond line", "等内部评审"),
    "industry": ("", "it", "零售", "something new"),
    "employees": ("", "350", "12"),
    "annual_revenue": ("", "1.2亿", "500000 EUR"),
    "phone": ("", "010-12345678", "+86 123456789; 010-12345678 转 801"),
    "email": ("", "info@abc.com", "not a mail; info@abc.com"),
    "address": ("", "上海市浦东新区", "Hauptstr. 1\n上海市浦东新区"),
    "tags": ("", "VIP", "VIP, 展会, trial"),
    "website": ("", "www.abc.com"),
}
PERSON = {
    "full_name": ("张三", "李四", "Anna Schneider", "曾国"),
    "note": ("", "met at the fair"),
    "mobile": ("", "13800138000", "+86 987654321"),
    "title": ("", "销售经理", "董事"),
    "tags": ("", "trial"),
    "birthday": ("", "03-08", "1980-02-29"),
}


class Chaos:
    """Somebody who does this and that, and now and then changes their mind."""

    def __init__(self, workspace, seed, *, out_of_order):
        self.workspace = workspace
        self.chance = random.Random(seed)
        self.doings = [
            *[self.edit_account] * 4,
            *[self.edit_contact] * 4,
            *[self.add_account, self.add_contact, self.log] * 2,
            *[self.link, self.choose_primary, self.put_below, self.delete, self.delete_activity, self.add_many],
            *[self.restore, self.take_back_last, self.do_again, self.complete],
            *[self.take_back_any] * (3 if out_of_order else 0),
        ]

    def one(self, entity):
        with self.workspace.read() as session:
            keys = [key for (key,) in session.query(entity.id).where(entity.deleted_at.is_(None)).order_by(entity.id)]
        return self.chance.choice(keys) if keys else None

    def step(self):
        with contextlib.suppress(Invalid):
            self.chance.choice(self.doings)()

    def edit_account(self):
        name = self.chance.choice(list(TEXTS))
        if key := self.one(Account):
            records.change(self.workspace, Account, key, name, self.chance.choice(TEXTS[name]))

    def edit_contact(self):
        name = self.chance.choice(list(PERSON))
        key = self.one(Contact)
        if key and (name != "title" or contacts.places(self.workspace, contact=key)):
            records.change(self.workspace, Contact, key, name, self.chance.choice(PERSON[name]))

    def add_account(self):
        records.create(self.workspace, Account, {name: self.chance.choice(texts) for name, texts in TEXTS.items()})

    def add_contact(self):
        texts = {name: self.chance.choice(PERSON[name]) for name in ("full_name", "mobile", "title")}
        contacts.create(self.workspace, texts, account_name=self.chance.choice(TEXTS["name"]))

    def link(self):
        contact, account = self.one(Contact), self.one(Account)
        if contact and account:
            contacts.link(self.workspace, contact, account)

    def choose_primary(self):
        if place := self.one(Affiliation):
            contacts.make_primary(self.workspace, place)

    def put_below(self):
        below, above = self.one(Account), self.one(Account)
        with_parents = self.parents(above)
        if below and above and below not in with_parents:
            set_parent(self.workspace, below, above)

    def parents(self, key):
        found = []
        with self.workspace.read() as session:
            while key and key not in found:
                found.append(key)
                key = session.get(Account, key).parent_id
        return found

    def log(self):
        if account := self.one(Account):
            people = [each] if (each := self.one(Contact)) else []
            next_step = self.chance.choice(("", "发送资料"))
            activities.log(self.workspace, activities.Entry("call", "说了什么", account, people, next_step=next_step))

    def complete(self):
        if task := self.one(Task):
            tasks.complete(self.workspace, task, done=self.chance.random() < 0.7)

    def delete_activity(self):
        if key := self.one(Activity):
            activities.remove(self.workspace, key)

    def delete(self):
        entity = self.chance.choice((Account, Contact))
        if key := self.one(entity):
            records.remove(self.workspace, entity, {key, self.one(entity)})

    def add_many(self):
        finish(sample.fill(self.workspace, 4, self.chance.randrange(1000)))

    def restore(self):
        found = [each for each in trash.binned(self.workspace) if each.entity in ("account", "contact")]
        if found:
            chosen = self.chance.choice(found)
            trash.restore(self.workspace, {"account": Account, "contact": Contact}[chosen.entity], [chosen.id])

    def take_back_any(self):
        live = [each for each in steps(self.workspace) if each.kind not in (UNDO, REDO) and not each.is_undone]
        if live:
            with contextlib.suppress(Conflict):
                undo.undo(self.workspace, self.chance.choice(live[:15]).id)

    def take_back_last(self):
        undo.undo(self.workspace)

    def do_again(self):
        redo(self.workspace)


SOME = [0, 1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))]


@pytest.mark.parametrize("seed", SOME)
def test_taking_back_200_random_steps_leaves_what_was_there(workspace, seed):
    start = dump.text(workspace)
    sample.documents(workspace)
    chaos = Chaos(workspace, seed, out_of_order=False)
    for _each in range(STEPS):
        chaos.step()
    assert check(workspace) == []
    while undo.undo(workspace):
        pass
    assert dump.text(workspace) == start
    assert check(workspace) == []


@pytest.mark.parametrize("seed", SOME)
def test_steps_taken_back_out_of_order_can_be_unwound_too(workspace, seed):
    """Some of them only in part, because of what was done since; then taking back the undoing brings that back."""
    sample.documents(workspace)
    start, first = dump.text(workspace), workspace.undo_target()
    chaos = Chaos(workspace, seed, out_of_order=True)
    for _each in range(STEPS // 2):
        chaos.step()
    for each in steps(workspace, limit=1000):
        if each.id > first:
            take_back(workspace, each.id)
    if first not in {each.id for each in steps(workspace, limit=1000) if not each.is_undone}:
        redo(workspace)
    assert dump.text(workspace) == start
    assert check(workspace) == []


def take_back(workspace, set_id):
    """Reverse one step, whatever it was; an undoing that was itself taken back stands for the one in force."""
    with workspace.read() as session:
        step = session.get(ChangeSet, set_id)
        if step.kind == UNDO and step.undone_by:
            set_id = session.get(ChangeSet, step.undo_of).undone_by
    undo.undo(workspace, set_id)
