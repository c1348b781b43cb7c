"""Templates of tasks: those that come with the program, one's own, and the tasks made from them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from crm_desktop import i18n
from crm_desktop.errors import Invalid, Missing
from crm_desktop.model import Account, Contact, Task
from crm_desktop.services import contacts, records, template_tasks, templates
from crm_desktop.services.templates import Item, Template
from crm_desktop.store import undo
from crm_desktop.text.whole_day import whole_day

FRIDAY = date(2026, 11, 20)
MINE = [Item("寄样品", "mail", 3, "10:00"), Item("打电话", "call", 1), Item("  ")]


@pytest.fixture
def zhang(workspace):
    account = records.create(workspace, Account, {"name": "ABC有限公司"})
    return contacts.create(workspace, {"full_name": "张三", "types": "prospect"}, account)[0]


def names(workspace):
    return [each.name for each in templates.everything(workspace)]


def count(workspace):
    with workspace.read() as session:
        return session.scalar(select(func.count()).select_from(Task).where(Task.deleted_at.is_(None)))


def test_a_new_data_file_has_templates_in_the_language_spoken(workspace):
    first = templates.everything(workspace)[0]
    assert (first.name, [each.offset_days for each in first.items]) == ("After a trade show", [1, 2, 14])
    i18n.use("zh_CN")
    try:
        spoken = names(workspace)
    finally:
        i18n.use("en")
    assert spoken != names(workspace)
    assert workspace.undo_target() is None


def test_one_is_made_changed_moved_and_deleted_each_as_one_step(workspace):
    key = templates.make(workspace, " 送样 ", "prospect", MINE)
    made = templates.named(workspace, "送样")
    assert [each.title for each in made.items] == ["打电话", "寄样品"]
    assert (made.contact_type, made.items[1].at_time) == ("prospect", "10:00")
    templates.change(workspace, replace(made, name="送样后", items=made.items[:1]))
    assert [each.title for each in templates.named(workspace, "送样后").items] == ["打电话"]
    templates.remove(workspace, key)
    assert "送样后" not in names(workspace)
    for _step in range(3):
        undo.undo(workspace)
    assert "送样" not in names(workspace)
    undo.redo(workspace)
    assert templates.named(workspace, "送样") == made


def test_a_built_in_one_can_be_changed_and_does_not_come_back(workspace):
    built_in = templates.everything(workspace)[0]
    key = templates.change(workspace, replace(built_in, name="展会后"))
    assert key > 0
    assert names(workspace).count("展会后") == 1
    assert built_in.name not in names(workspace)
    undo.undo(workspace)
    assert templates.everything(workspace)[0] == built_in


def test_a_built_in_one_that_is_deleted_stays_away(workspace):
    for each in templates.everything(workspace):
        templates.remove(workspace, each.key)
    assert names(workspace) == []
    undo.undo(workspace)
    assert names(workspace) == ["After delivery"]


def test_templates_are_put_in_order(workspace):
    before = names(workspace)
    key = templates.move(workspace, templates.everything(workspace)[2].key, 0)
    assert names(workspace) == [before[2], before[0], before[1]]
    assert templates.everything(workspace)[0].key == key
    templates.move(workspace, key, 2)
    assert names(workspace) == [before[0], before[1], before[2]]
    undo.undo(workspace)
    undo.undo(workspace)
    assert names(workspace) == before


@pytest.mark.parametrize(
    ("name", "items", "field"),
    [
        ("", MINE, "name"),
        ("x" * 101, MINE, "name"),
        ("after a TRADE show", MINE, "name"),
        ("送样", [], "items"),
        ("送样", [Item("打电话", "call", 5000)], "items"),
        ("送样", [Item("打电话", "nonsense")], "items"),
        ("送样", [Item("打电话", at_time="25:00")], "items"),
        ("送样", [Item("打电话")] * 51, "items"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(workspace, name, items, field):
    with pytest.raises(Invalid) as told:
        templates.make(workspace, name, items=items)
    assert told.value.problems[field].endswith(".")
    assert workspace.undo_target() is None


def test_a_template_that_is_gone_is_missing(workspace):
    with pytest.raises(Missing):
        templates.named(workspace, "送样")
    with pytest.raises(Missing):
        templates.change(workspace, Template(99, "送样", items=(Item("打电话"),)))


def test_days_are_reckoned_from_the_beginning_and_leave_weekends_out_when_asked(workspace):
    template = Template(1, "x", items=(Item("a", offset_days=1), Item("b", offset_days=0), Item("c", offset_days=14)))
    assert [each.day.day for each in template_tasks.planned(template, FRIDAY)] == [20, 21, 4]
    assert [each.day.day for each in template_tasks.planned(template, FRIDAY, weekends=False)] == [20, 23, 4]


def test_tasks_are_made_for_many_contacts_as_one_step(workspace, zhang):
    li = records.create(workspace, Contact, {"full_name": "李四"})
    templates.make(workspace, "送样", items=MINE)
    template = templates.named(workspace, "送样")
    planned = template_tasks.planned(template, FRIDAY)
    assert template_tasks.apply(workspace, template, Contact, [zhang, li, zhang, 5], planned) == 4
    assert workspace.undo_title == "Template “送样” for 2 contacts"
    with workspace.read() as session:
        first, second = session.scalars(select(Task).where(Task.contact_id == zhang).order_by(Task.due_at))
        [place] = contacts.places(workspace, contact=zhang)
        assert (first.title, first.kind, first.due_at) == ("打电话", "call", whole_day(date(2026, 11, 21)))
        assert (first.account_id, first.owner_id) == (place.account_id, workspace.author)
        assert (second.has_time, f"{second.due_at.astimezone():%m-%d %H:%M}") == (True, "11-23 10:00")
        assert second.template_item_id == template.items[1].key
    undo.undo(workspace)
    assert count(workspace) == 0
    undo.redo(workspace)
    assert count(workspace) == 4


def test_tasks_are_made_for_accounts(workspace, zhang):
    [place] = contacts.places(workspace, contact=zhang)
    template = templates.everything(workspace)[0]
    planned = template_tasks.planned(template, FRIDAY)
    assert template_tasks.apply(workspace, template, Account, [place.account_id], planned) == 3
    with workspace.read() as session:
        assert {(each.account_id, each.contact_id) for each in session.scalars(select(Task))} == {
            (place.account_id, None)
        }


def test_the_type_of_a_contact_says_what_is_offered_first(workspace, zhang):
    templates.make(workspace, "送样", items=MINE)
    types = template_tasks.contact_types(workspace, Contact, [zhang])
    assert types == ["prospect"]
    assert templates.offered(templates.everything(workspace), types)[0].name == "After a trade show"
    assert templates.offered(templates.everything(workspace), [""])[0].name == "送样"


def test_nothing_is_made_for_nobody_or_for_too_many(workspace):
    template = templates.everything(workspace)[0]
    planned = template_tasks.planned(template, FRIDAY)
    with pytest.raises(Missing):
        template_tasks.apply(workspace, template, Contact, [5], planned)
    with pytest.raises(Invalid):
        template_tasks.apply(workspace, template, Contact, range(1, template_tasks.MOST + 2), planned)
    with pytest.raises(Invalid):
        template_tasks.apply(workspace, template, Contact, [5], [])
