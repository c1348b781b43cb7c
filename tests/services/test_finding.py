"""Finding anything by any part of it, the best first, and saying why (SRCH-1)."""

import pytest

from crm_desktop.jobs import finish
from crm_desktop.model import Account
from crm_desktop.services import activities, contacts, records, sample
from crm_desktop.services.finding import find


@pytest.fixture
def people(workspace):
    """The examples of the documents among sixty invented accounts, and a talk with 张三."""
    finish(sample.fill(workspace, 60, seed=1))
    abc = sample.documents(workspace)[0]
    zhang = next(each.contact_id for each in contacts.places(workspace, account=abc) if each.contact == "张三")
    activities.log(workspace, activities.Entry("call", "谈到焊接机器人的交期\n下周再打", abc, [zhang]))
    return {"ABC有限公司": abc, "张三": zhang}


def named(hits, entity):
    return [each.name for each in hits if each.entity == entity]


@pytest.mark.parametrize(
    ("text", "matched", "why"),
    [
        ("张三", "name", ""),
        ("張三", "name", ""),
        ("zs", "pinyin", ""),
        ("zhangsan", "pinyin", ""),
        ("ZhangSan", "pinyin", ""),
        ("987654321", "phone", "86987654321"),
        ("4321", "phone", "86987654321"),
        ("zhangsan@abc.com", "mail", "zhangsan@abc.com"),
        ("张三 4321", "phone", "86987654321"),
        ("销售经理 张三", "text", "销售经理"),
    ],
)
def test_a_contact_is_found_and_the_reason_is_told(workspace, people, text, matched, why):
    hit = next(each for each in find(workspace, text, 50) if each.id == people["张三"])
    assert (hit.matched, hit.why) == (matched, why)
    assert hit.subtitle == "销售经理 · ABC有限公司"


@pytest.mark.parametrize("text", ["ABC有限公司", "abc", "ABC", "有限", "info@abc.com", "浦东", "6789"])
def test_an_account_is_found_by_name_mail_address_and_phone(workspace, people, text):
    assert people["ABC有限公司"] in [each.id for each in find(workspace, text, 200)]


def test_a_note_is_found_with_the_words_around(workspace, people):
    [hit] = [each for each in find(workspace, "机器人的交期") if each.entity == "activity"]
    assert hit.why == "谈到焊接机器人的交期 下周再打"
    assert "ABC有限公司" in hit.name
    assert hit.subtitle.endswith("谈到焊接机器人的交期 下周再打")


def test_exact_names_come_before_beginnings_and_those_before_the_rest(workspace):
    for name in ("大众汽车", "众汽", "众汽商贸", "上海众汽"):
        records.create(workspace, Account, {"name": name})
    assert named(find(workspace, "众汽"), "account") == ["众汽", "众汽商贸", "上海众汽", "大众汽车"]


def test_the_most_recently_touched_comes_first_among_equals(workspace):
    first, _second, third = (records.create(workspace, Account, {"name": f"Nord {each}"}) for each in "ABC")
    assert named(find(workspace, "nord"), "account")[0] == "Nord C"
    activities.log(workspace, activities.Entry("call", "said hello", first))
    assert [each.id for each in find(workspace, "nord")][:2] == [first, third]


def test_an_old_exact_name_is_found_among_many_newer_ones(workspace):
    old = records.create(workspace, Account, {"name": "星河"})
    with workspace.write("Many") as session:
        session.insert_rows(Account, [{"name": f"星河{each}号"} for each in range(600)])
    assert find(workspace, "星河")[0].id == old


def test_groups_are_limited_each_and_blank_texts_find_nothing(workspace, people):
    hits = find(workspace, "a", limit=3)
    assert max(len(named(hits, each)) for each in ("account", "contact", "activity")) == 3
    assert find(workspace, "  ") == find(workspace, "，。") == []


def test_what_is_in_the_bin_is_not_found(workspace, people):
    records.remove(workspace, Account, [people["ABC有限公司"]])
    assert people["ABC有限公司"] not in [each.id for each in find(workspace, "abc", 50)]
