"""Data to look at: as much as asked for, believable, and the examples of the documents."""

from datetime import timedelta

from sqlalchemy import func, select

from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, Affiliation, Contact, Task
from crm_desktop.model.base import now
from crm_desktop.services import contacts, records, sample
from crm_desktop.store import dump, queries, undo
from crm_desktop.store.check import check


def count(workspace, query):
    with workspace.read() as session:
        return session.scalar(select(func.count()).select_from(query.subquery()))


def test_a_folder_is_filled_with_believable_data_in_both_languages(workspace):
    filled = finish(sample.fill(workspace, 300, seed=3))
    assert filled.accounts == count(workspace, select(Account.id)) == 300
    assert filled.contacts == count(workspace, select(Contact.id))
    assert 2.0 < filled.contacts / filled.accounts < 3.0
    with workspace.read() as session:
        names = session.scalars(select(Contact.full_name)).all()
        moments = session.scalars(select(Activity.at)).all()
        kinds = {tuple(row) for row in session.execute(select(Activity.kind, Activity.direction))}
    assert any(name.isascii() for name in names)
    assert sum(not name.isascii() for name in names) > len(names) / 2
    assert now() - timedelta(days=550) < min(moments)
    assert max(moments) < now(), "nothing was talked about in the future"
    assert {("call", "in"), ("call", "out"), ("note", "none")} < kinds
    assert {"chat", "visit", "mail"} < {kind for kind, _direction in kinds}
    assert check(workspace) == []


def test_there_are_branches_people_who_left_and_things_to_do(workspace):
    finish(sample.fill(workspace, 300, seed=3))
    assert count(workspace, select(Account.id).where(Account.parent_id.is_not(None))) > 10
    grandchildren = select(Account.id).where(
        Account.parent_id.in_(select(Account.id).where(Account.parent_id.is_not(None)))
    )
    assert count(workspace, grandchildren) > 0
    assert count(workspace, select(Affiliation.id).where(Affiliation.status == "departed")) > 0
    assert count(workspace, select(Affiliation.id).where(Affiliation.reports_to_id.is_not(None))) > 0
    assert count(workspace, select(Task.id).where(Task.done_at.is_(None))) > 0


def test_the_same_seed_gives_the_same_people(workspace):
    finish(sample.fill(workspace, 20, seed=5))
    with workspace.read() as session:
        first = session.scalars(select(Contact.full_name).order_by(Contact.id)).all()
    undo.undo(workspace)
    finish(sample.fill(workspace, 20, seed=5))
    with workspace.read() as session:
        living = select(Contact.full_name).where(Contact.deleted_at.is_(None))
        assert session.scalars(living.order_by(Contact.id)).all() == first


def test_filling_can_be_stopped_and_taken_back(workspace):
    empty = dump.text(workspace)
    job = sample.fill(workspace, 50)
    for _each in range(2):
        next(job)
    job.close()
    assert dump.text(workspace) == empty
    finish(sample.fill(workspace, 50))
    undo.undo(workspace)
    assert dump.text(workspace) == empty


def test_the_examples_of_the_documents_are_kept_as_they_are_written(workspace):
    abc, _dashang, beijing, _shanghai = sample.documents(workspace)
    shown = records.load(workspace, Account, abc).fields
    assert shown["phone"].text == "+86 123456789"
    assert shown["phone"].findings, "the number is not valid: it is kept, marked and explained"
    assert shown["email"].text == "info@abc.com"
    assert shown["address"].text == "上海市浦东新区"
    people = {each.contact: each for each in contacts.places(workspace, account=abc)}
    assert (people["张三"].title, people["李四"].title) == ("销售经理", "技术支持")
    assert people["张三"].is_primary
    li = records.load(workspace, Contact, people["李四"].contact_id).fields
    assert (li["mobile"].text, li["email"].text) == ("+86 987654320", "lisi@abc.com")
    assert li["mobile"].findings
    shown = records.load(workspace, Account, beijing).fields
    assert shown["size_band"].value == "200-500"
    assert (shown["level"].value, shown["industry"].value) == ("vip", "it")
    assert shown["phone"].text == "+86 10 1234 5678"


def test_the_examples_are_what_was_asked_for(workspace):
    with workspace.read() as session:
        names = queries.names(session, Account, sample.documents(workspace))
    assert {"ABC有限公司", "大商零售有限公司", "北京某科技公司"} < set(names.values())
