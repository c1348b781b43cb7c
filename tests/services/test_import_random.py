"""Any file: what the preview says is what happens, a second time nothing happens, and undo leaves no trace."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, Affiliation, Contact
from crm_desktop.services import export
from crm_desktop.services.importing import DEFAULT_MATCH, MATCH_KEYS, Options, apply, layout, prepare, try_out
from crm_desktop.store import dump
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.undo import undo
from crm_desktop.text.sheet import sheet_of

CHOICES = {
    "公司名称": ["ABC有限公司", "ABC", "甲公司", "Müller GmbH", "=cmd()", "公司", None],
    "姓名": ["张三", "張三", "李四", "张总", "Anna Schneider", "Schneider, Anna", "@x", None],
    "职务": ["经理", "总监", "x" * 201, None],
    "手机": [13800138000, "13800138000/13900139000", "+86 123456789", "1380013800", "打不通", 13800138000.0, None],
    "电话": ["010-12345678转801", "(021) 6123 4567", "-1-2", None],
    "邮箱": ["a@abc.com", "A@ABC.com; b@abc.com", "info@abc", "没有", None],
    "微信": ["zhang_san", "13800138000", "?", None],
    "地址": ["上海市浦东新区", "第一行\n第二行", None],
    "级别": ["VIP", "A", "金牌", None],
    "规模": ["350人", "200-500", "很大", None],
    "年营业额": ["1.2亿", 500000, "-5", "未知", None],
    "标签": ["展会、VIP", "#展会,重点", None],
    "备注": ["第一行\n第二行", "=1+1", None],
    "跟进记录": ["想要报价", "再联系", None],
    "生日": ["1990-03-08", "3月8日", "2月30日", "春天", None],
    "客户类型": ["客户、供应商", "Partner", None],
    "上级公司": ["ABC", "没有的", None],
    "负责人": ["某人", None],
}
rows = st.lists(st.tuples(*(st.sampled_from(values) for values in CHOICES.values())), min_size=1, max_size=9)
options = st.builds(
    Options,
    mode=st.sampled_from(["both", "create", "update"]),
    overwrite=st.booleans(),
    tags=st.sampled_from([(), ("展会",)]),
    source=st.sampled_from(["", "展会"]),
    match=st.sampled_from([DEFAULT_MATCH, DEFAULT_MATCH, MATCH_KEYS, ("mobile",), ("name_company", "email"), ()]),
    fields=st.dictionaries(
        st.sampled_from(["contact.mobile", "contact.phone", "contact.tags", "account.address", "account.types"]),
        st.sampled_from(["fill", "overwrite", "add"]),
    )
    | st.dictionaries(
        st.sampled_from(["account.level", "affiliation.title", "contact.birthday", "account.parent"]),
        st.sampled_from(["fill", "overwrite"]),
    ),
    constants=st.dictionaries(
        st.sampled_from(["account.level", "contact.tags", "activity.summary", "affiliation.department"]),
        st.sampled_from(["A", "展会", "第一行"]),
    ),
    date_order=st.sampled_from(["", "dmy"]),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One data folder for all examples; each one cleans up after itself by undoing."""
    found = open_workspace(DataFolder(tmp_path_factory.mktemp("random") / "data"))
    yield found
    found.close()


def sheet(rows):
    return sheet_of("名单", [list(CHOICES), *rows])


def counted(workspace):
    with workspace.read() as session:
        return tuple(
            session.scalar(select(func.count(entity.id)).where(entity.deleted_at.is_(None)))
            for entity in (Account, Contact, Affiliation, Activity)
        )


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=rows, rows=rows, options=options, makes_field=st.booleans())
def test_the_preview_is_what_happens(shared, before, rows, options, makes_field):
    empty = dump.text(shared)
    base = finish(apply(shared, finish(prepare(shared, sheet(before), Options()))))
    start, there = dump.text(shared), counted(shared)
    if makes_field:
        columns = list(layout(shared, sheet(rows)).targets)
        columns[list(CHOICES).index("职务")] = "new:contact:text:头衔"
        options = replace(options, columns=tuple(columns))
    plan = finish(prepare(shared, sheet(rows), options))
    assert finish(try_out(shared, plan)) == plan.counts
    assert dump.text(shared) == start, "a preview writes nothing"
    report = finish(apply(shared, plan))
    assert report.counts == plan.counts
    assert not report.prepared_again
    made = (plan.counts.accounts, plan.counts.contacts, plan.counts.affiliations, plan.counts.activities)
    assert counted(shared) == tuple(old + new for old, new in zip(there, made, strict=True))
    assert (report.set_id is None) == (plan.counts.create == plan.counts.update == 0)
    assert plan.counts.rows == len([row for row in rows if any(row)])
    assert_nothing_happens_again(shared, rows, plan.options)
    exported_again_changes_nothing(shared)
    for done in (report, base):
        if done.set_id:
            undo(shared, done.set_id)
    assert dump.text(shared) == empty


def assert_nothing_happens_again(workspace, rows, options):
    if set(DEFAULT_MATCH) - set(options.match):
        return  # who is not known again is made again
    again = finish(prepare(workspace, sheet(rows), options))
    assert (again.counts.create, again.counts.update) == (0, 0), [
        (each.number, each.title, each.changes) for each in again.rows if each.steps
    ]


def exported_again_changes_nothing(workspace):
    for table in finish(export.tables(workspace, "everything")):
        if table.rows:
            again = finish(
                prepare(workspace, sheet_of(table.name, [table.header, *table.rows]), Options(overwrite=True))
            )
            assert again.counts.same == again.counts.rows == len(table.rows), [
                each for each in again.rows if each.steps
            ]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=rows)
def test_a_row_is_never_lost(shared, rows):
    """Every row is counted once, and whoever is refused or left out is told why."""
    plan = finish(prepare(shared, sheet(rows), Options()))
    assert len(plan.rows) == plan.counts.rows
    assert all(row.problems for row in plan.rows if row.outcome == "problem")
    assert all(row.steps for row in plan.rows if row.outcome in ("create", "update"))
