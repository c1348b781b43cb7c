"""What becomes of the rows of a list: records, kept values, warnings, one step to undo."""

import pytest
from sqlalchemy import func, select

from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, ActivityParty, Affiliation, ChangeSet, Contact, Tag, Tagging
from crm_desktop.model.fields import fields_of
from crm_desktop.services import records
from crm_desktop.services.importing import Options, Outcome, apply, prepare, problem_rows, try_out
from crm_desktop.store import dump, queries, search
from crm_desktop.store.undo import undo
from crm_desktop.text.believable import Believer
from crm_desktop.text.sheet import sheet_of

HEADER = [
    "公司名称",
    "姓名",
    "职务",
    "手机",
    "邮箱",
    "微信",
    "地址",
    "级别",
    "行业",
    "标签",
    "联系人备注",
    "跟进记录",
    "生日",
]
ZHANG = [
    "ABC有限公司",
    "张三",
    "销售经理",
    "+86 987654321",
    "zhangsan@abc.com",
    "zhang_san",
    "上海市浦东新区",
    "VIP",
    "信息技术",
    "展会、重点",
    "喜欢高尔夫",
    "想要报价",
    "1990-03-08",
]


def sheet(*rows, header=HEADER):
    return sheet_of("名单", [header, *rows])


def row(**values):
    """A row by the words of the header."""
    return [values.get(word) for word in HEADER]


def planned(workspace, *rows, header=HEADER, **options):
    return finish(prepare(workspace, sheet(*rows, header=header), Options(**options)))


def imported(workspace, *rows, header=HEADER, **options):
    return finish(apply(workspace, planned(workspace, *rows, header=header, **options)))


def held(workspace, entity, order=None):
    """What all records of a kind show, by field, without what is blank."""
    with workspace.read() as session:
        keys = session.scalars(select(entity.id).where(entity.deleted_at.is_(None)).order_by(order or entity.id)).all()
        values = queries.values(session, entity, fields_of(entity), keys)
    shown = ({each.name: each.kind.show(values[key][each.name]) for each in fields_of(entity)} for key in keys)
    return [{name: text for name, text in each.items() if text} for each in shown]


def count(workspace, entity):
    with workspace.read() as session:
        return session.scalar(select(func.count(entity.id)).where(entity.deleted_at.is_(None)))


def test_a_row_becomes_an_account_a_contact_and_what_belongs_to_them(workspace):
    report = imported(workspace, ZHANG)
    [account], [contact], [activity] = held(workspace, Account), held(workspace, Contact), held(workspace, Activity)
    assert (account["name"], account["address"], account["level"]) == ("ABC有限公司", "上海市浦东新区", "VIP")
    assert account["industry"] == "Information technology"
    assert (contact["full_name"], contact["account"], contact["title"]) == ("张三", "ABC有限公司", "销售经理")
    assert contact["mobile"] == "+86 987654321", "a number that is not valid is kept as it was written"
    assert (contact["email"], contact["wechat"], contact["tags"]) == ("zhangsan@abc.com", "zhang_san", "展会, 重点")
    assert (contact["note"], contact["birthday"]) == ("喜欢高尔夫", "8 Mar 1990")
    assert (activity["summary"], activity["kind"]) == ("想要报价", "Note")
    assert count(workspace, ActivityParty) == 1
    counts = report.counts
    assert (counts.create, counts.accounts, counts.contacts, counts.affiliations, counts.activities) == (1, 1, 1, 1, 1)
    [row] = report.plan.rows
    assert row.title == "张三 · ABC有限公司"
    assert any("手机" in each for each in row.warnings)


def test_what_was_imported_can_be_found(workspace):
    imported(workspace, ZHANG)
    with workspace.read() as session:
        for words in ("张三", "zhangsan", "4321", "高尔夫"):
            assert len(list(search.find(session.connection(), "contact", words, 9))) == 1, words
        assert len(list(search.find(session.connection(), "account", "ABC", 9))) == 1


def test_importing_is_one_step_and_undoing_it_leaves_nothing(workspace):
    records.create(workspace, Account, {"name": "ABC"})
    before = dump.text(workspace)
    report = imported(workspace, ZHANG, row(公司名称="ABC", 级别="A"), row(姓名="李四", 手机="13800138000"))
    with workspace.read() as session:
        step = session.get(ChangeSet, report.set_id)
        assert step.kind == "import"
        assert session.scalar(select(func.count(ChangeSet.id))) == 2
    assert dump.text(workspace) != before
    undo(workspace, report.set_id)
    assert dump.text(workspace) == before


def test_the_same_file_twice_changes_nothing(workspace):
    rows = (
        ZHANG,
        row(公司名称="大商零售"),
        row(姓名="王五", 手机="13800138000", 职务="经理"),
        row(公司名称="甲", 生日="瞎写", 姓名="丙"),
    )
    imported(workspace, *rows)
    before = dump.text(workspace)
    report = imported(workspace, *rows)
    assert (report.counts.same, report.counts.rows) == (4, 4)
    assert report.set_id is None
    assert dump.text(workspace) == before


def test_a_row_with_a_company_only_and_one_with_a_person_only(workspace):
    rows = row(公司名称="大商零售有限公司"), row(姓名="王五", 手机="13800138000"), row(联系人备注="x")
    report = imported(workspace, *rows)
    assert [each.outcome for each in report.plan.rows] == ["create", "create", "problem"]
    assert (count(workspace, Account), count(workspace, Contact), count(workspace, Affiliation)) == (1, 1, 0)


def test_companies_of_one_file_are_the_same_by_their_core(workspace):
    report = imported(workspace, row(公司名称="ABC有限公司", 姓名="张三"), row(公司名称="ABC", 姓名="李四", 级别="A"))
    assert report.counts.accounts == 1
    [account] = held(workspace, Account)
    assert (account["name"], account["level"]) == ("ABC有限公司", "A")


def test_several_numbers_in_a_cell_and_in_columns_are_united(workspace):
    header = ["姓名", "手机1", "手机2", "电话"]
    imported(workspace, ["张三", "13800138000/13900139000", 13700137000, "010-12345678转801"], header=header)
    imported(workspace, ["张三", "139 0013 9000", "13600136000", None], header=header)
    [contact] = held(workspace, Contact)
    numbers = ("138 0013 8000", "139 0013 9000", "137 0013 7000", "136 0013 6000")
    assert contact["mobile"] == "; ".join(f"+86 {each}" for each in numbers)
    assert contact["phone"] == "+86 10 1234 5678 ext. 801"


def test_blanks_are_filled_and_nothing_is_overwritten(workspace):
    imported(workspace, row(公司名称="ABC有限公司", 姓名="张三", 职务="经理", 手机="13800138000"))
    person = {"公司名称": "ABC有限公司", "姓名": "张三", "手机": "13800138000"}
    changed = row(**person, 职务="总监", 级别="A", 微信="zhang_san", 联系人备注="新的")
    plan = planned(workspace, changed)
    [told] = plan.rows
    assert told.outcome == Outcome.UPDATE
    assert {(each.code, each.old, each.new) for each in told.changes} == {
        ("account.level", "", "A"),
        ("contact.wechat", "", "zhang_san"),
        ("contact.note", "", "新的"),
    }
    assert any("经理" in each and "总监" in each for each in told.warnings), "what is not taken over is told"
    finish(apply(workspace, plan))
    [contact] = held(workspace, Contact)
    assert (contact["title"], contact["wechat"]) == ("经理", "zhang_san")


def test_the_file_may_win_but_several_values_are_united(workspace):
    imported(workspace, row(公司名称="ABC有限公司", 姓名="张三", 职务="经理", 手机="13800138000", 级别="B", 标签="甲"))
    changed = row(公司名称="ABC有限公司", 姓名="张三", 职务="总监", 手机="13900139000", 级别="A", 标签="乙")
    report = imported(workspace, changed, overwrite=True)
    [contact], [account] = held(workspace, Contact), held(workspace, Account)
    assert (contact["title"], account["level"]) == ("总监", "A")
    assert contact["mobile"] == "+86 138 0013 8000; +86 139 0013 9000"
    assert contact["tags"] == "甲, 乙"
    assert account["name"] == "ABC有限公司"
    undo(workspace, report.set_id)
    assert held(workspace, Contact)[0]["title"] == "经理"


def test_a_blank_cell_erases_nothing(workspace):
    imported(workspace, ZHANG)
    report = imported(workspace, row(公司名称="ABC有限公司", 姓名="张三"), overwrite=True)
    assert report.counts.same == 1


@pytest.mark.parametrize(
    ("word", "text"), [("生日", "不知道"), ("职务", "经理"), ("手机", "打不通"), ("级别", "金牌"), ("邮箱", "没有")]
)
def test_no_value_is_lost(workspace, word, text):
    imported(workspace, row(姓名="张三", **{word: text}), row(公司名称="甲公司", 姓名="李四", **{word: text}))
    first, second = held(workspace, Contact)
    everything = [
        *first.values(),
        *second.values(),
        *(value for each in held(workspace, Account) for value in each.values()),
    ]
    assert sum(text in each for each in everything) >= (2 if word != "级别" else 1)


def test_what_has_no_place_goes_to_the_notes_and_is_told(workspace):
    plan = planned(workspace, row(公司名称="甲公司", 姓名="张三", 生日="春天", 联系人备注="高"))
    [told] = plan.rows
    assert any("春天" in each for each in told.warnings)
    finish(apply(workspace, plan))
    assert held(workspace, Contact)[0]["note"] == "高\n生日: 春天"
    check = plan.checks[HEADER.index("生日")]
    assert (check.filled, check.doubtful, check.example) == (1, 1, "春天")


def test_a_row_without_a_person_gives_its_numbers_to_the_company(workspace):
    plan = planned(workspace, row(公司名称="甲公司", 手机="13800138000", 邮箱="info@jia.com", 微信="jia_company"))
    finish(apply(workspace, plan))
    [account] = held(workspace, Account)
    assert (account["mobile"], account["email"]) == ("+86 138 0013 8000", "info@jia.com")
    assert "jia_company" in account["description"]
    assert len(plan.rows[0].warnings) == 3


def test_impossible_values_make_a_problem_row(workspace):
    plan = planned(workspace, row(公司名称="x" * 201), row(姓名="张三", 生日="2月30日"), ZHANG)
    assert [each.outcome for each in plan.rows] == ["problem", "problem", "create"]
    table = problem_rows(plan.sheet, plan)
    assert len(table.header) == len(HEADER) + 1
    assert [len(each) for each in table.rows] == [len(HEADER) + 1] * 2
    assert table.rows[1][:-1] == plan.sheet.rows[2]
    assert all("“" in str(each[-1]) for each in table.rows)


def test_modes_make_or_change_only(workspace):
    imported(workspace, row(公司名称="ABC有限公司", 姓名="张三"))
    known, fresh = row(公司名称="ABC有限公司", 姓名="张三", 联系人备注="新"), row(公司名称="大商零售", 姓名="李四")
    only_new = imported(workspace, known, fresh, mode="create")
    assert [each.outcome for each in only_new.plan.rows] == ["left_out", "create"]
    assert "note" not in held(workspace, Contact)[0]
    only_known = imported(workspace, known, row(公司名称="丙公司", 姓名="王五"), mode="update")
    assert [each.outcome for each in only_known.plan.rows] == ["update", "left_out"]
    assert held(workspace, Contact)[0]["note"] == "新"
    assert count(workspace, Account) == 2


def test_tags_and_source_for_all_rows(workspace):
    report = imported(workspace, ZHANG, row(公司名称="大商零售"), tags=("2025展会", "展会"), source="展会")
    assert [each["tags"] for each in held(workspace, Contact)] == ["展会, 重点, 2025展会"]
    assert [each.get("tags") for each in held(workspace, Account)] == [None, "2025展会, 展会"]
    assert {each["lead_source"] for each in held(workspace, Account)} == {"Trade show"}
    assert (count(workspace, Tag), count(workspace, Tagging)) == (3, 5)
    again = imported(workspace, ZHANG, row(公司名称="大商零售"), tags=("2025展会", "展会"), source="展会")
    assert (report.counts.create, again.counts.same) == (2, 2)


def test_an_entry_of_the_timeline_is_not_repeated(workspace):
    imported(workspace, ZHANG)
    report = imported(workspace, ZHANG, row(公司名称="ABC有限公司", 姓名="张三", 跟进记录="再次联系"))
    assert [each.outcome for each in report.plan.rows] == ["same", "update"]
    assert [each["summary"] for each in held(workspace, Activity)] == ["想要报价", "再次联系"]


def test_an_exact_number_of_employees_is_kept_beside_its_band(workspace):
    imported(workspace, ["甲公司", "350人"], ["乙公司", "200-500人"], header=["公司名称", "公司规模"])
    first, second = held(workspace, Account)
    assert (first["employees"], first["size_band"]) == ("350", "200–500")
    assert second["size_band"] == "200–500"
    assert "employees" not in second


def test_parents_are_found_by_name(workspace):
    header = ["公司名称", "上级公司"]
    imported(
        workspace,
        ["甲上海分公司", "甲集团"],
        ["甲集团", None],
        ["乙公司", "没有的公司"],
        ["丙公司", "丙公司"],
        header=header,
    )
    with workspace.read() as session:
        above = dict(session.execute(select(Account.name, Account.parent_id)).all())
        names = dict(session.execute(select(Account.id, Account.name)).all())
    assert names[above["甲上海分公司"]] == "甲集团"
    assert above["乙公司"] is above["丙公司"] is None
    assert any("没有的公司" in each.get("description", "") for each in held(workspace, Account))
    again = planned(workspace, ["甲集团", "甲上海分公司"], header=header)
    assert any("itself" in each for each in again.rows[0].warnings)


def test_cancelling_writes_nothing(workspace):
    before = dump.text(workspace)
    plan = planned(workspace, *[row(公司名称=f"公司{at}", 姓名=f"张{at}") for at in range(1500)])
    for steps in (1, 2, 3):
        job = apply(workspace, plan)
        for _step in range(steps):
            next(job)
        job.close()
        assert dump.text(workspace) == before
    assert finish(apply(workspace, plan)).counts.create == 1500


def test_when_the_data_changed_after_the_preview_the_plan_is_made_again(workspace):
    plan = planned(workspace, ZHANG)
    assert plan.counts.accounts == 1
    records.create(workspace, Account, {"name": "ABC有限公司"})
    report = finish(apply(workspace, plan))
    assert report.prepared_again
    assert report.counts.accounts == 0
    assert count(workspace, Account) == 1


def test_progress_is_told(workspace):
    job = prepare(workspace, sheet(*[row(公司名称=f"公司{at}") for at in range(1200)]), Options())
    told = [each.done / each.total for each in job]
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1


def test_ten_thousand_rows_come_in_and_leave_without_a_trace(workspace):
    people = Believer(7)
    rows = []
    for _company in range(3334):
        company = people.company("zh_CN")
        for _person in range(3):
            person = people.person("zh_CN", company)
            rows.append(row(公司名称=company["name"], 姓名=person["full_name"], 手机=person["mobile"]))
    imported(workspace, ZHANG)
    before = dump.text(workspace)
    report = imported(workspace, *rows[:10_000])
    assert report.counts.rows == 10_000
    undo(workspace, report.set_id)
    assert dump.text(workspace) == before


OWN = ["公司", "渠道"]
IDENTITIES = ["记录", "公司", "姓名", "职务"]


def bring(workspace, header, columns, *rows, **options):
    plan = finish(prepare(workspace, sheet_of("名单", [header, *rows]), Options(columns=columns, **options)))
    finish(try_out(workspace, plan))
    return finish(apply(workspace, plan))


def test_choices_join_those_that_a_record_has_in_a_field_of_ones_own(workspace):
    columns = ("account.name", "new:account:picks:渠道")
    bring(workspace, OWN, columns, ("甲公司", "展会、网站"), ("乙公司", None))
    field = next(each for each in fields_of(Account) if each.own)
    done = bring(workspace, OWN, columns, ("甲公司", "电话"), ("乙公司", "网站"), fields={field.code: "add"})
    assert done.counts.update == 2
    shown = [field.kind.show(each[field.name]) for each in values_of(workspace, Account, [field])]
    assert shown == ["展会, 网站, 电话", "网站"]
    undo(workspace)
    assert [field.kind.show(each[field.name]) for each in values_of(workspace, Account, [field])] == ["展会, 网站", ""]


def values_of(workspace, entity, fields):
    with workspace.read() as session:
        keys = session.scalars(select(entity.id).order_by(entity.id)).all()
        return list(queries.values(session, entity, fields, keys).values())


def test_one_identity_is_that_of_one_record_however_often_the_file_has_it(workspace):
    rows = [(f"contact:70{at}/affiliation:900/account:80{at}", f"公司{at}", f"张三{at}", "经理") for at in range(3)]
    columns = ("record.id", "account.name", "contact.full_name", "affiliation.title")
    done = bring(workspace, IDENTITIES, columns, *rows)
    assert (done.counts.create, done.counts.affiliations) == (3, 3)
