"""Telling whether a row is about somebody who is there already."""

import pytest
from sqlalchemy import func, select

from crm_desktop.jobs import finish
from crm_desktop.model import Affiliation, Contact
from crm_desktop.services.importing import Options, apply, prepare
from crm_desktop.services.importing.matching import compatible
from crm_desktop.text.sheet import sheet_of

HEADER = ["公司名称", "姓名", "手机", "邮箱", "微信", "备注"]
ZHANG = ("ABC有限公司", "张三", "13800138000", "zhang@abc.com", "zhang_san", None)


def planned(workspace, *rows, **options):
    return finish(prepare(workspace, sheet_of("名单", [HEADER, *rows]), Options(**options)))


@pytest.fixture
def zhang(workspace):
    """张三 of ABC, who is there already; gives his key."""
    finish(apply(workspace, planned(workspace, ZHANG)))
    with workspace.read() as session:
        return session.scalar(select(Contact.id))


CERTAIN = {
    "the same mobile, written otherwise": (None, "张三", "+86 138-0013-8000", None, None, "x"),
    "the same mail": ("另一公司", "张三", None, "zhang@ABC.com", None, None),
    "the same WeChat": (None, "张三", None, None, "zhang_san", "x"),
    "the same mobile and no name": (None, None, "13800138000", None, None, "x"),
    "the same mobile and a form of address": (None, "张先生", "13800138000", None, None, "x"),
    "the same name and company": ("ABC", "张三", "13700137000", None, None, None),
    "traditional characters": ("ABC有限公司", "張三", None, None, None, "x"),
}


@pytest.mark.parametrize("row", CERTAIN.values(), ids=list(CERTAIN))
def test_a_row_that_is_surely_about_him(workspace, zhang, row):
    plan = planned(workspace, row)
    assert plan.rows[0].contact == zhang
    assert plan.counts.contacts == 0
    assert plan.doubts == []


DOUBTFUL = {
    "the same mobile, another name": (None, "李四", "13800138000", None, None, None),
    "the same mail, another name": ("ABC有限公司", "李四", None, "zhang@abc.com", None, None),
    "the same name and no company": (None, "张三", "13700137000", None, None, None),
}


@pytest.mark.parametrize("row", DOUBTFUL.values(), ids=list(DOUBTFUL))
def test_a_row_that_may_be_about_him_is_for_the_user_to_decide(workspace, zhang, row, language):
    plan = planned(workspace, row)
    [doubt] = plan.doubts
    [candidate] = doubt.candidates
    assert (doubt.row, doubt.decision, candidate.decision) == (2, "new", f"same:{zhang}")
    assert candidate.title == "张三 · ABC有限公司"
    assert candidate.reason
    assert plan.counts.contacts == 1, "until then it is somebody new"
    decided = planned(workspace, row, decisions={"2": candidate.decision})
    assert decided.counts.contacts == 0
    assert decided.rows[0].contact == zhang
    assert decided.doubts[0].decision == candidate.decision


def test_another_company_makes_another_person(workspace, zhang):
    plan = planned(workspace, ("大商零售有限公司", "张三", None, None, None, None))
    assert (plan.counts.contacts, plan.doubts) == (1, [])


def test_the_user_may_say_that_it_is_somebody_new(workspace, zhang):
    assert planned(workspace, ZHANG, decisions={"2": "new"}).counts.contacts == 1
    gone = planned(workspace, ZHANG, decisions={"2": "same:42"})
    assert gone.rows[0].contact == zhang
    assert gone.rows[0].warnings


def test_a_person_at_two_accounts_has_two_roles(workspace, zhang):
    report = finish(apply(workspace, planned(workspace, ("XYZ公司", "张三", "13800138000", None, None, None))))
    assert (report.counts.contacts, report.counts.affiliations) == (0, 1)
    with workspace.read() as session:
        assert session.scalar(select(func.count(Affiliation.id)).where(Affiliation.contact_id == zhang)) == 2


def test_rows_of_one_file_are_compared_with_one_another(workspace):
    plan = planned(
        workspace,
        ZHANG,
        ("ABC有限公司", "张三", "13700137000", None, None, None),
        (None, "李四", "13700137000", None, None, None),
    )
    assert [each.outcome for each in plan.rows] == ["create", "update", "create"]
    [doubt] = plan.doubts
    assert doubt.candidates[0].decision == "same:row:2"
    decided = planned(
        workspace,
        ZHANG,
        ("ABC有限公司", "张三", "13700137000", None, None, None),
        (None, "李四", "13700137000", None, None, None),
        decisions={"4": "same:row:2"},
    )
    assert decided.counts.contacts == 1


TWO = ("account.name", "contact.full_name", "contact.mobile", "person2.full_name", "person2.mobile")
PAIRS = [
    ("甲公司", "李四", "13800138000", "王五", "13800138000"),
    ("乙公司", "赵六", "13700137000", "孙七", "13700137000"),
    ("丙公司", "周八", "13600136000", "吴九", "13700137000"),
]


def test_each_person_of_a_row_is_decided_by_itself(workspace, zhang, language):
    def pairs(**decisions):
        sheet = sheet_of("名单", [["公司", "姓名", "手机", "姓名2", "手机2"], *PAIRS])
        return finish(prepare(workspace, sheet, Options(columns=TWO, decisions=decisions)))

    plan = pairs()
    assert [(each.key, each.row, each.title) for each in plan.doubts] == [
        ("2", 2, "李四 · 甲公司"),
        ("2:2", 2, "王五 · 甲公司"),
        ("3:2", 3, "孙七 · 乙公司"),
        ("4:2", 4, "吴九 · 丙公司"),
    ]
    found = [[each.decision for each in doubt.candidates] for doubt in plan.doubts]
    assert found == [
        [f"same:{zhang}"],
        [f"same:{zhang}", "same:row:2"],
        ["same:row:3"],
        ["same:row:3", "same:row:3:2"],
    ]
    assert [(each.ours, each.theirs) for each in plan.doubts[1].candidates[1].fields][:2] == [
        ("王五", "李四"),
        ("甲公司", "甲公司"),
    ]
    assert not any("·" in text for row in plan.rows for text in row.warnings), "what is decided is no warning"
    assert plan.counts.contacts == 6
    decided = pairs(**{"2": "new", "2:2": f"same:{zhang}", "3:2": "new", "4:2": "same:row:3:2"})
    assert [each.decision for each in decided.doubts] == ["new", f"same:{zhang}", "new", "same:row:3:2"]
    assert decided.counts.contacts == 4
    report = finish(apply(workspace, decided))
    with workspace.read() as session:
        there = dict(session.execute(select(Contact.full_name, Contact.id)).all())
        at = select(func.count(Affiliation.id)).where(Affiliation.contact_id == there["孙七"])
        assert session.scalar(at) == 2, "吴九 is 孙七"
    assert set(there) == {"张三", "李四", "赵六", "孙七", "周八"}
    assert report.counts.contacts == 4


def test_only_the_chosen_keys_count(workspace, zhang):
    by_mobile = (None, "张三", "13800138000", None, None, None)
    assert planned(workspace, by_mobile, match=("email", "wechat")).counts.contacts == 1
    assert planned(workspace, by_mobile, match=("mobile",)).counts.contacts == 0
    assert planned(workspace, (*ZHANG[:2], None, None, None, None), match=("mobile",)).counts.contacts == 1


def test_what_is_in_the_bin_is_not_found(workspace, zhang):
    from crm_desktop.services import records

    records.remove(workspace, Contact, [zhang])
    assert planned(workspace, ZHANG).counts.contacts == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("张三", "张三", True),
        ("张三", "張三", True),
        ("张总", "张三", True),
        ("张三", "张先生", True),
        ("", "张三", True),
        ("Schneider, Anna", "Anna Schneider", True),
        ("anna schneider", "Anna Schneider", True),
        ("张三", "李四", False),
        ("张三", "张四", False),
        ("李总", "张三", False),
        ("Anna Schneider", "Ben Schneider", False),
    ],
)
def test_names_that_may_be_those_of_one_person(one, other, same):
    assert compatible(one, other) is same
    assert compatible(other, one) is same
