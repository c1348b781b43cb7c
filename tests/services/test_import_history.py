"""Timelines from other programs: when it was, who wrote it and who took part are kept."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, ActivityParty, Contact, User
from crm_desktop.services.importing import Options, apply, prepare
from crm_desktop.store import dump, queries
from crm_desktop.store.undo import undo
from crm_desktop.text.sheet import sheet_of

HEADER = ["公司", "参与人", "时间", "记录人", "方式", "内容"]
COLUMNS = (
    "account.name",
    "activity.contacts",
    "activity.at",
    "activity.author_id",
    "activity.kind",
    "activity.summary",
)
ONE_DAY, LATER = datetime.fromisoformat("2024-03-08 14:30"), datetime.fromisoformat("2024-04-01 09:00")
CALL = ["甲公司", "张三、李四", ONE_DAY, "王经理", "电话", "聊了报价"]
VISIT = ["甲公司", "张三", LATER, "王经理", "拜访", "看样品"]


def planned(workspace, *rows, columns=COLUMNS, header=HEADER, **options):
    return finish(prepare(workspace, sheet_of("跟进记录", [header, *rows]), Options(columns=columns, **options)))


def imported(workspace, *rows, **options):
    return finish(apply(workspace, planned(workspace, *rows, **options)))


@pytest.fixture
def me(workspace):
    """Whoever uses this computer."""
    with workspace.write("Me") as session:
        user = User(name="我", is_local=True)
        session.add(user)
        session.flush()
        workspace.author = user.id
        return user.id


def entries(workspace):
    with workspace.read() as session:
        people = queries.users(session)
        found = []
        for each in session.scalars(select(Activity).where(Activity.deleted_at.is_(None)).order_by(Activity.at)):
            parties = select(Contact.full_name).join(ActivityParty, ActivityParty.contact_id == Contact.id)
            parties = parties.where(ActivityParty.activity_id == each.id, ActivityParty.deleted_at.is_(None))
            names = set(session.scalars(parties))
            at = each.at.astimezone().replace(tzinfo=None)
            found.append((each.summary, at, people.get(each.author_id or 0), each.kind, names))
        return found


def test_author_date_and_people_are_kept(workspace, me):
    before = dump.text(workspace)
    report = imported(workspace, CALL, VISIT)
    assert entries(workspace) == [
        ("聊了报价", ONE_DAY, "王经理", "call", {"张三", "李四"}),
        ("看样品", LATER, "王经理", "visit", {"张三"}),
    ]
    assert (report.counts.activities, report.counts.contacts, report.counts.accounts) == (2, 2, 1)
    with workspace.read() as session:
        users = dict(session.execute(select(User.name, User.is_local)).all())
    assert users == {"我": True, "王经理": False}
    undo(workspace, report.set_id)
    assert dump.text(workspace) == before


def test_a_second_time_nothing_happens(workspace, me):
    imported(workspace, CALL, VISIT)
    again = planned(workspace, CALL, VISIT)
    assert (again.counts.same, again.counts.activities, again.counts.contacts) == (2, 0, 0)


def test_who_is_known_here_is_the_author(workspace, me):
    imported(workspace, [*CALL[:3], "我", *CALL[4:]])
    assert entries(workspace)[0][2] == "我"
    with workspace.read() as session:
        assert session.scalar(select(func.count(User.id))) == 1


def test_without_an_author_in_the_file_it_is_whoever_imports_but_a_blank_cell_is_nobody(workspace, me):
    imported(workspace, [*CALL[:3], None, *CALL[4:]])
    assert entries(workspace)[0][2] is None
    imported(workspace, ["乙公司", "新的"], columns=("account.name", "activity.summary"), header=["公司", "内容"])
    assert entries(workspace)[-1][2] == "我"


def test_the_same_words_on_another_day_are_another_entry(workspace, me):
    other_day = [*CALL[:2], ONE_DAY + timedelta(days=60), *CALL[3:]]
    assert imported(workspace, CALL, other_day).counts.activities == 2
    assert imported(workspace, CALL, other_day).counts.activities == 0


def test_the_same_words_to_two_people_are_two_entries(workspace):
    header, columns = ["公司", "姓名", "内容"], ("account.name", "contact.full_name", "activity.summary")
    rows = (["甲公司", "张三", "要报价"], ["甲公司", "李四", "要报价"])
    assert imported(workspace, *rows, header=header, columns=columns).counts.activities == 2
    assert planned(workspace, *rows, header=header, columns=columns).counts.same == 2


def test_people_are_looked_for_at_the_company(workspace):
    header, columns = ["公司", "姓名"], ("account.name", "contact.full_name")
    imported(workspace, ["甲公司", "张三"], ["乙公司", "张三"], header=header, columns=columns)
    report = imported(workspace, CALL)
    assert report.counts.contacts == 1, "李四 alone is new"
    with workspace.read() as session:
        assert session.scalar(select(func.count(Contact.id))) == 3
        assert session.scalar(select(func.count(Account.id))) == 2


def test_more_people_may_join_an_entry_later(workspace, me):
    imported(workspace, VISIT)
    report = imported(workspace, [VISIT[0], "张三、李四", *VISIT[2:]])
    assert report.counts.update == 1
    assert entries(workspace)[0][4] == {"张三", "李四"}


def test_a_row_without_people_belongs_to_the_company(workspace, me):
    imported(workspace, [CALL[0], None, *CALL[2:]])
    assert entries(workspace)[0][4] == set()
    assert planned(workspace, [CALL[0], None, *CALL[2:]]).counts.same == 1


def test_one_author_for_all_rows_may_be_unknown_here(workspace, me):
    header, columns = ["公司", "内容"], ("account.name", "activity.summary")
    constants = {"activity.author_id": "王经理", "activity.kind": "拜访"}
    imported(workspace, ["甲公司", "一"], ["乙公司", "二"], header=header, columns=columns, constants=constants)
    assert {(author, kind) for _text, _at, author, kind, _names in entries(workspace)} == {("王经理", "visit")}


def test_only_updating_still_keeps_the_author(workspace, me):
    imported(workspace, ["甲公司", "张三"], header=["公司", "姓名"], columns=("account.name", "contact.full_name"))
    imported(workspace, VISIT, mode="update")
    assert entries(workspace)[0][2:] == ("王经理", "visit", {"张三"})
