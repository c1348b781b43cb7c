"""Fields that people add: there at once in every place, undone and done again with what they hold."""

from datetime import date
from decimal import Decimal

import pytest

from crm_desktop import i18n
from crm_desktop.errors import Invalid, Missing
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, Affiliation, Contact, Task, fields
from crm_desktop.model.fields import fields_of, generation, own_fields
from crm_desktop.services import changes, contacts, custom_fields, export, records
from crm_desktop.services.custom_fields import KINDS, add, listed, remove
from crm_desktop.services.finding import find
from crm_desktop.services.importing.targets import by_code, own_labels
from crm_desktop.store import queries
from crm_desktop.store.check import check
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.queries import Listing
from crm_desktop.store.undo import redo, undo


@pytest.fixture
def account(workspace):
    return records.create(workspace, Account, {"name": "ABC有限公司"})


@pytest.fixture
def wish(workspace):
    return add(workspace, "account", "text", "特殊要求", other_label="Special request", in_table=True)


def text(workspace, key, name, entity=Account):
    return records.load(workspace, entity, key).fields[name].text


def keys(workspace, **listing):
    with workspace.read() as session:
        return list(queries.keys(session, Listing(Account, **listing)))


def exported(workspace, code):
    [table] = finish(export.tables(workspace, "accounts", fields=[code]))
    return table.header[0], [row[0] for row in table.rows]


def test_a_new_field_is_in_all_five_places_at_once(workspace, account, wish):
    other = records.create(workspace, Account, {"name": "XYZ有限公司", wish.name: "A4"})
    records.change(workspace, Account, account, wish.name, "无尘包装")
    assert wish.code == "account.特殊要求"
    assert text(workspace, account, wish.name) == "无尘包装"  # the form
    assert wish in [each for each in fields_of(Account) if each.table]  # the list
    assert keys(workspace, order=wish.name, descending=True) == [account, other]  # sorted by it
    assert keys(workspace, equal=((wish.name, "A4"),)) == [other]  # narrowed by it
    assert keys(workspace, text="无尘") == [account]
    assert by_code()[wish.code].label == "Special request"  # an import target
    assert exported(workspace, wish.code) == ("Special request", ["无尘包装", "A4"])  # an export column


def test_undo_of_its_making_takes_it_away_everywhere_and_redo_brings_it_back_with_its_values(workspace, account):
    wish = add(workspace, "account", "text", "特殊要求")
    making = workspace.undo_target()
    records.change(workspace, Account, account, wish.name, "无尘包装")
    undo(workspace, making)
    assert wish not in fields_of(Account)
    assert wish.name not in records.load(workspace, Account, account).fields
    assert wish.code not in by_code()
    assert find(workspace, "无尘") == []
    assert check(workspace) == []
    redo(workspace)
    assert text(workspace, account, wish.name) == "无尘包装"
    assert [each.id for each in find(workspace, "无尘")] == [account]


def test_going_back_step_by_step_and_forward_again(workspace, account, wish):
    records.change(workspace, Account, account, wish.name, "A")
    records.change(workspace, Account, account, wish.name, "")
    for _step in range(3):
        undo(workspace)
    assert own_fields() == {}
    redo(workspace)
    redo(workspace)
    assert text(workspace, account, wish.name) == "A"
    redo(workspace)
    assert text(workspace, account, wish.name) == ""


def test_deleting_says_how_many_values_go_and_undo_brings_them_back(workspace, account, wish):
    records.change(workspace, Account, account, wish.name, "无尘包装")
    assert listed(workspace, "account")[0].values == 1
    assert remove(workspace, wish.own) == 1
    assert listed(workspace) == []
    assert find(workspace, "无尘") == []
    undo(workspace)
    assert text(workspace, account, wish.name) == "无尘包装"


def test_a_new_field_never_takes_the_name_of_one_in_the_bin(workspace, wish):
    remove(workspace, wish.own)
    again = add(workspace, "account", "text", "特殊要求")
    assert again.name == "特殊要求2"
    undo(workspace)
    undo(workspace)
    assert [each.field.name for each in listed(workspace)] == ["特殊要求"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("entity", [Account, Contact, Affiliation, Activity, Task])
def test_every_kind_on_every_record(workspace, entity, kind):
    options = ["大", "小"] if kind in ("pick", "picks") else []
    field = add(workspace, entity.__tablename__, kind, "新栏目", options=options)
    assert field in fields_of(entity)
    with workspace.read() as session:
        assert list(queries.keys(session, Listing(entity, order=field.name))) == []
        assert list(queries.keys(session, Listing(entity, equal=((field.name, "x"),)))) == []


SAMPLES = {
    "text": "无尘包装",
    "long_text": "一\n二",
    "number": "-1,234.5",
    "money": "12.50 CNY",
    "date": "2026-03-31",
    "yes_no": "no",
    "pick": "大",
    "picks": "大,小",
    "phone": "+86 138 0013 8000",
    "mail": "zhang@abc.com",
    "url": "https://abc.com",
}


@pytest.mark.parametrize(("kind", "written"), SAMPLES.items())
def test_every_kind_reads_back_what_it_shows(workspace, account, kind, written):
    field = add(
        workspace, "account", kind, "新栏目", options=["大", "小"] if kind in ("pick", "picks") else (), in_table=True
    )
    assert records.change(workspace, Account, account, field.name, written) == ()
    value = records.load(workspace, Account, account).fields[field.name].value
    assert value == field.kind.read(written).value
    [row] = exported(workspace, field.code)[1]
    assert field.kind.read(row).value == value


def test_numbers_days_and_picks_are_sorted_as_such(workspace):
    number = add(workspace, "account", "number", "人数")
    day = add(workspace, "account", "date", "到期")
    pick = add(workspace, "account", "pick", "意向", options=["高", "中", "低"])
    made = [
        records.create(workspace, Account, {"name": name, number.name: people, day.name: until, pick.name: wish})
        for name, people, until, wish in (("A", "9", "2026-10-01", "中"), ("B", "10", "2027-01-01", "高"))
    ]
    assert keys(workspace, order=number.name) == made
    assert keys(workspace, order=day.name) == made
    assert keys(workspace, order=pick.name) == made[::-1]
    found = records.load(workspace, Account, made[0]).fields
    assert (found[number.name].value, found[day.name].value) == (Decimal(9), date(2026, 10, 1))


def test_a_link_is_found_by_name_and_leads_there(workspace, account):
    other = records.create(workspace, Account, {"name": "XYZ有限公司"})
    link = add(workspace, "account", "link", "介绍人", target="account")
    records.change(workspace, Account, account, link.name, "xyz 有限公司")
    shown = records.load(workspace, Account, account).fields[link.name]
    assert (shown.value.key, shown.text, shown.findings) == (other, "XYZ有限公司", ())
    records.change(workspace, Account, other, "name", "XYZ集团")
    assert text(workspace, account, link.name) == "XYZ集团"
    assert keys(workspace, order=link.name)
    records.remove(workspace, Account, [other])
    [finding] = records.load(workspace, Account, account).fields[link.name].findings
    assert "deleted" in finding.text


def test_a_link_that_nothing_has_is_kept_and_marked(workspace, account):
    link = add(workspace, "account", "link", "介绍人", target="contact")
    records.change(workspace, Account, account, link.name, "张三")
    shown = records.load(workspace, Account, account).fields[link.name]
    assert shown.text == "张三"
    assert shown.findings


@pytest.mark.parametrize(
    ("kind", "doubtful"), [("mail", "zhang@"), ("pick", "绿"), ("picks", "红, 绿"), ("phone", "138")]
)
def test_what_is_doubtful_is_kept_and_marked(workspace, account, kind, doubtful):
    options = ["红"] if kind in ("pick", "picks") else ()
    field = add(workspace, "account", kind, "新栏目", options=options)
    assert records.change(workspace, Account, account, field.name, doubtful)
    shown = records.load(workspace, Account, account).fields[field.name]
    assert shown.text == doubtful
    assert shown.findings


def test_what_cannot_be_understood_is_refused_with_a_reason(workspace, account):
    field = add(workspace, "account", "date", "到期")
    with pytest.raises(Invalid, match="not a date"):
        records.change(workspace, Account, account, field.name, "spring")


def test_both_languages_have_their_name(workspace, wish, language):
    assert wish.label == {"zh_CN": "特殊要求", "en": "Special request"}[language]
    assert set(wish.spellings) == {"特殊要求", "Special request"}
    own = {each: code for each, code in own_labels("account").items() if code == wish.code}
    assert set(own) == {"特殊要求", "specialrequest"}


def test_hanzi_make_the_chinese_name_whatever_is_spoken(workspace):
    for first, second in (("特殊要求", "Special request"), ("Number plate", "车牌号")):
        add(workspace, "account", "text", first, other_label=second)
    assert [(each.zh, each.en) for each in listed(workspace)] == [
        ("特殊要求", "Special request"),
        ("车牌号", "Number plate"),
    ]
    assert add(workspace, "account", "text", "备注二").label == "备注二"


def test_another_name_changes_no_code(workspace, account, wish):
    records.change(workspace, Account, account, wish.name, "A")
    custom_fields.rename(workspace, wish.own, "要求", "")
    renamed = custom_fields.named(wish.code)
    assert renamed.label == "要求"
    assert text(workspace, account, wish.name) == "A"
    undo(workspace)
    assert custom_fields.named(wish.code).label == "Special request"


@pytest.mark.parametrize("label", ["", "  ", "Industry", "行业", "SPECIAL request", "x" * 101])
def test_a_name_that_is_blank_taken_or_endless_is_refused(workspace, wish, label):
    before = own_fields()
    with pytest.raises(Invalid) as refused:
        add(workspace, "account", "text", label)
    assert list(refused.value.problems) == ["label"]
    assert own_fields() == before


def test_the_same_name_may_stand_on_another_record(workspace, wish):
    assert add(workspace, "contact", "text", "特殊要求").code == "contact.特殊要求"
    assert add(workspace, "affiliation", "text", "特殊要求").code == "affiliation.特殊要求2"


@pytest.mark.parametrize("label", ["Owner", "Parent", "Id", "状态", "!!!"])
def test_a_code_is_never_that_of_something_else(workspace, label):
    made = add(workspace, "activity", "text", label)
    assert made.name not in {"owner", "parent", "id"}
    assert len({each.code for each in fields_of(Activity)}) == len(fields_of(Activity))


@pytest.mark.parametrize(
    ("entity", "kind", "more"),
    [
        ("user", "text", {}),
        ("account", "colour", {}),
        ("account", "link", {"target": "task"}),
        ("account", "text", {"options": ["a"]}),
        ("account", "pick", {"options": ["A", "a"]}),
        ("account", "picks", {"options": ["A/B"]}),
    ],
)
def test_what_no_field_can_be_is_refused(workspace, entity, kind, more):
    with pytest.raises(Invalid):
        add(workspace, entity, kind, "新栏目", **more)
    assert own_fields() == {}


def test_a_field_made_in_a_write_can_be_used_in_it(workspace, account):
    with workspace.write("Import") as session:
        made = custom_fields.make(session, "account", "pick", "意向", options=["高", "低"])
        field = fields.field_named(Account, made.name)
        assert field.kind.check(field.kind.read("高").value) == ()
        records.put(session, session.get_one(Account, account), field, "高")
    assert text(workspace, account, "意向") == "高"
    undo(workspace)
    assert own_fields() == {}
    redo(workspace)
    assert text(workspace, account, "意向") == "高"


def test_a_write_that_is_given_up_leaves_no_field_behind(workspace, wish):
    before = own_fields()

    def give_up():
        with workspace.write("Import") as session:
            custom_fields.make(session, "account", "text", "一")
            custom_fields.make(session, "contact", "text", "二")
            assert len(own_fields()["account"]) == 2
            raise Missing("given up")

    with pytest.raises(Missing):
        give_up()
    assert own_fields() == before
    with workspace.write("Preview") as session:
        custom_fields.make(session, "account", "text", "一")
        session.rollback()
    assert own_fields() == before


def test_another_process_is_followed(workspace, folder):
    heard = []
    workspace.listen(lambda _change: heard.append(len(own_fields().get("account", ()))))
    other = open_workspace(folder)
    try:
        add(other, "account", "text", "特殊要求")
        set_id = other.undo_target()
    finally:
        other.close()
    fields.use_own({})
    workspace.announce_set(set_id)
    assert heard == [1]


def test_nothing_is_built_anew_when_no_field_changes(workspace, account, wish):
    before, there = generation(), own_fields()["account"][0]
    records.change(workspace, Account, account, wish.name, "A")
    custom_fields.set_options(
        workspace, add(workspace, "contact", "pick", "意向", options=["高"]).own, [("高", "很高")]
    )
    assert generation() == before + 1
    assert own_fields()["account"][0] is there


def test_fields_keep_the_order_people_give_them(workspace):
    made = [add(workspace, "account", "text", each) for each in ("一", "二", "三")]
    custom_fields.move(workspace, made[2].own, 0)
    assert [each.name for each in own_fields()["account"]] == ["三", "一", "二"]
    undo(workspace)
    assert [each.name for each in own_fields()["account"]] == ["一", "二", "三"]


def test_options_are_renamed_ordered_and_retired(workspace, account):
    field = add(workspace, "account", "pick", "意向", options=["高", "中", "低"])
    records.change(workspace, Account, account, field.name, "中")
    custom_fields.set_options(workspace, field.own, [("低", "很低"), ("高", "高"), ("", "未定")])
    [own] = listed(workspace)
    assert [each.label for each in own.options if each.is_active] == ["很低", "高", "未定"]
    shown = records.load(workspace, Account, account).fields[field.name]
    assert (shown.text, shown.findings) == ("中", ())
    custom_fields.set_options(workspace, field.own, [("中", "中等"), ("高", "高")])
    assert text(workspace, account, field.name) == "中等"
    assert [each.label for each in listed(workspace)[0].options] == ["中等", "高"]


def test_the_history_of_a_record_tells_it(workspace, account, wish):
    records.change(workspace, Account, account, wish.name, "无尘包装")
    [line] = changes.history(workspace, Account, account)[0].lines
    assert line.text == "Special request: — → 无尘包装"


def test_what_is_written_at_a_role_finds_the_person(workspace, account):
    field = add(workspace, "affiliation", "text", "工号")
    contact = records.create(workspace, Contact, {"full_name": "张三"})
    role = contacts.link(workspace, contact, account)
    contacts.change_link(workspace, role, field.name, "无尘7788")
    assert text(workspace, role, field.name, Affiliation) == "无尘7788"
    assert [each.id for each in find(workspace, "无尘7788")] == [contact]


def test_phones_and_mails_are_found_by_their_parts(workspace, account):
    phone, mail = add(workspace, "account", "phone", "热线"), add(workspace, "account", "mail", "财务邮箱")
    records.change(workspace, Account, account, phone.name, "138 0013 8000")
    records.change(workspace, Account, account, mail.name, "finance@abc.example")
    assert [each.id for each in find(workspace, "8000")] == [account]
    assert [each.id for each in find(workspace, "finance@")] == [account]


def test_values_go_to_the_bin_and_come_back_with_their_record(workspace, account, wish):
    records.change(workspace, Account, account, wish.name, "A")
    records.remove(workspace, Account, [account])
    assert listed(workspace)[0].values == 0
    assert check(workspace) == []
    undo(workspace)
    assert text(workspace, account, wish.name) == "A"


def test_fields_are_there_after_a_restart(workspace, folder, account, wish):
    records.change(workspace, Account, account, wish.name, "A")
    fields.use_own({})
    again = open_workspace(folder)
    assert text(again, account, wish.name) == "A"
    again.close()


def test_an_unknown_code_is_told(workspace):
    with pytest.raises(Missing, match=r"account\.nothing"):
        custom_fields.named("account.nothing")
    i18n.use("en")
