"""Values that their field does not know: said once what they mean, for every row."""

from dataclasses import replace

import pytest

from crm_desktop.jobs import finish
from crm_desktop.model import Account, Contact
from crm_desktop.model.fields import field_named
from crm_desktop.services import custom_fields, records, tags
from crm_desktop.services.importing import Options, apply, layout, prepare, remember
from crm_desktop.services.importing.likely_value import likely_value
from crm_desktop.services.importing.vocabulary import offers
from crm_desktop.text.sheet import sheet_of

HEADER = ["公司", "客户级别", "行业", "负责人", "姓名", "标签", "勿扰"]
COLUMNS = (
    *("account.name", "account.level", "account.industry", "account.owner_id"),
    *("contact.full_name", "contact.tags", "contact.do_not_call"),
)
ROWS = [
    ("甲公司", "★★★★", "软件", "张经理", "张三", "展会、老朋友", "是"),
    ("乙公司", "★★★★", "飞天", None, "李四", "展会", "需要"),
    ("丙公司", "A", "飞天", "王五", "赵六", None, None),
    ("丁公司", "不明", None, None, None, None, "不明"),
]


def planned(workspace, *rows, **options):
    chosen = Options(columns=COLUMNS, **options)
    return finish(prepare(workspace, sheet_of("名单", [HEADER, *(rows or ROWS)]), chosen))


def unknown(plan, place):
    return {each.text: (each.count, each.meaning, each.guess) for each in plan.checks[place].unknown}


@pytest.fixture
def there(workspace):
    """A tag that is there already."""
    key = records.create(workspace, Contact, {"full_name": "孙七", "tags": "展会"})
    assert [each.name for each in tags.all_tags(workspace)] == ["展会"]
    return key


def test_unknown_values_are_counted_each_with_a_guess(workspace, there, language):
    plan = planned(workspace)
    assert unknown(plan, 1) == {"★★★★": (2, None, "vip"), "不明": (1, None, "")}
    assert unknown(plan, 2) == {"飞天": (2, None, "")}
    assert unknown(plan, 3) == {"张经理": (1, None, ""), "王五": (1, None, "")}
    assert unknown(plan, 5) == {"老朋友": (1, None, "")}
    assert unknown(plan, 6) == {"需要": (1, None, "yes"), "不明": (1, None, "no")}
    assert [plan.checks[place].undecided for place in range(7)] == [0, 2, 1, 2, 0, 1, 2]


def test_what_is_said_of_a_value_holds_for_every_row_and_is_told(workspace, there):
    said = {
        "account.level": {"★★★★": "vip", "不明": ""},
        "account.industry": {"飛天": "飛天"},
        "contact.tags": {"老朋友": "展会"},
        "contact.do_not_call": {"需要": "yes"},
    }
    plan = planned(workspace, values=said)
    rows = {each.number: each for each in plan.rows}
    assert any("★★★★" in each and "VIP" in each and "as you chose" in each for each in rows[2].warnings)
    assert any("“不明” is left out" in each for each in rows[5].warnings)
    assert plan.checks[1].undecided == plan.checks[1].doubtful == 0
    assert unknown(plan, 2) == {"飞天": (2, "飞天", "")}
    assert plan.checks[2].doubtful == 0, "somebody said that it stays as it is"
    assert plan.checks[6].undecided == 1
    finish(apply(workspace, plan))
    again = planned(workspace, values=said)
    assert (again.counts.create, again.counts.update) == (0, 0)
    held = [records.load(workspace, Account, each.account).fields for each in again.rows]
    assert [each["level"].text for each in held] == ["VIP", "VIP", "A", ""]
    assert held[1]["industry"].text == "飞天"
    assert "级别" not in held[3]["description"].text, "what is left out is kept nowhere"
    zhang = records.load(workspace, Contact, again.rows[0].contact)
    assert zhang.fields["tags"].text == "展会", "one tag, not twice"
    assert [each.name for each in tags.all_tags(workspace)] == ["展会"]


def test_a_meaning_that_is_no_value_either_is_doubtful_still(workspace):
    plan = planned(workspace, values={"account.level": {"★★★★": "fair"}})
    assert plan.checks[1].doubtful == 3
    assert any("not in the list" in each for each in plan.rows[0].warnings)


def test_what_was_said_is_remembered_with_the_mapping(workspace):
    sheet = sheet_of("名单", [HEADER, *ROWS])
    said = {"account.level": {"★★★★": "b"}, "account.gone": {"x": "y"}}
    remember(workspace, layout(workspace, sheet), replace(Options(columns=COLUMNS), values=said))
    found = layout(workspace, sheet)
    assert found.values == {"account.level": {"★★★★": "b"}}, "a field that is gone is forgotten"
    plan = finish(prepare(workspace, sheet, Options()))
    assert plan.options.values == found.values
    assert plan.checks[1].undecided == 1


def test_a_field_of_peoples_own_and_the_people_here_are_offered(workspace, language):
    colour = custom_fields.add(workspace, "account", "pick", "Colour", options=["Red", "Green"])
    assert [words for _code, words in offers(workspace, colour.code)] == ["Red", "Green"]
    assert offers(workspace, "contact.do_not_call")[0][0] == "yes"
    assert len(offers(workspace, "account.level")) == 5


GUESSES = [
    ("account.level", "重点", "vip"),
    ("account.level", "超级VIP", "vip"),
    ("account.level", "☆☆", "a"),
    ("account.level", "A-重要", "a"),
    ("account.level", "二", ""),
    ("account.industry", "Manufacturng", "manufacturing"),
    ("account.industry", "制造行业", "manufacturing"),
    ("account.lead_source", "2026年展会", "trade_show"),
    ("contact.do_not_call", "不要", "no"),
    ("contact.do_not_call", "已确认", "yes"),
    ("contact.do_not_call", "maybe", ""),
]


@pytest.mark.parametrize(("code", "word", "meaning"), GUESSES)
def test_what_a_word_may_mean(code, word, meaning):
    entity, name = code.split(".")
    kind = field_named({"account": Account, "contact": Contact}[entity], name).kind
    assert likely_value(kind, word, ()) == meaning


def test_people_and_tags_are_guessed_by_their_names():
    owner = field_named(Account, "owner_id").kind
    assert likely_value(owner, "张经理", ["张三", "李四"]) == "张三"
    assert likely_value(owner, "张经理", ["张三", "张伟"]) == ""
    labels = field_named(Contact, "tags").kind
    assert likely_value(labels, "Trade shows", ["Trade show", "Golf"]) == "Trade show"
    assert likely_value(labels, "展", ["展会"]) == ""
