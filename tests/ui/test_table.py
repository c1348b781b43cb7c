"""A table of records follows the data, holds what is chosen, and says what is doubtful."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from crm_desktop.model import Account, Contact
from crm_desktop.services import contacts, records
from crm_desktop.store import queries, search
from crm_desktop.store.queries import Listing
from crm_desktop.store.undo import undo
from crm_desktop.ui.models import table_reading
from crm_desktop.ui.models.table import DOUBT_ROLE, PAGE, TableModel

HEADS = {
    (
        "contact",
        "en",
    ): "Name, Account, Job title, Mobile, Last contact, Next follow-up, Tags, E-mail, Phone, LinkedIn, Office address,"
    " Birthday, Hobbies, Notes",
    (
        "contact",
        "zh_CN",
    ): "姓名, 客户, 职位, 手机, 最近联系, 下次跟进, 标签, 邮箱, 座机, 领英, 办公地址, 生日, 爱好, 备注",
    (
        "account",
        "en",
    ): "Account name, Account type, Industry, Company size, Annual revenue, Region, Address, Phone, E-mail,"
    " Website, Level, Status, Owner, Created",
    (
        "account",
        "zh_CN",
    ): "客户名称, 客户类型, 行业, 公司规模, 年营业额, 地区, 地址, 座机, 邮箱, 网址, 等级, 状态, 负责人, 创建日期",
}
MANY = 3 * PAGE


@pytest.fixture
def listed(qapp, qtbot, workspace, qtmodeltester):
    """listed(Contact) gives a model that follows the workspace, checked against Qt's rules for models."""
    made = []

    def listed(entity=Contact):
        model = TableModel(workspace, Listing(entity))
        workspace.listen(model.note)
        made.append(model)
        with qtbot.waitSignal(model.listed):
            model.show(model.listing)
        return model

    yield listed
    for each in made:
        qtmodeltester.check(each)
        workspace.forget(each.note)


@pytest.fixture
def shown(qtbot):
    """shown(model, text="zs") lists something else and waits for it."""

    def shown(model, **changes):
        with qtbot.waitSignal(model.listed):
            model.show(replace(model.listing, **changes))
        return names(model)

    return shown


@pytest.fixture
def person(workspace):
    def person(name, account=None, **texts):
        return contacts.create(workspace, {"full_name": name, **texts}, account)[0]

    return person


def names(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def cell(model, key, name):
    place = next(place for place, each in enumerate(model.fields) if each.name == name)
    return model.index(model.row_of(key), place)


@pytest.mark.parametrize("entity", [Contact, Account])
def test_view_04_the_columns_are_those_that_salespeople_asked_for(entity, language, listed):
    model = listed(entity)
    heads = [
        model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for place in range(model.columnCount())
    ]
    assert ", ".join(heads) == HEADS[entity.__tablename__, language]


def test_names_stand_in_the_order_of_their_pinyin(person, listed, shown):
    for name in ("赵六", "Anna Schneider", "张三", "李四"):
        person(name)
    model = listed()
    assert names(model) == ["Anna Schneider", "李四", "张三", "赵六"]
    assert shown(model, descending=True)[0] == "赵六"


@pytest.mark.parametrize("order", ["account", "title", "mobile", "email", "address", "birthday"])
def test_any_column_sorts_and_none_is_lost(order, workspace, person, listed, shown):
    firm = records.create(workspace, Account, {"name": "ABC"})
    person("张三", firm, title="Buyer", mobile="+86 13900000001", email="a@example.com", birthday="1990-03-08")
    person("李四", title="Zoologist", mobile="+86 13800000001", address="Main street 1")
    person("王五")
    model = listed()
    assert (
        sorted(shown(model, order=order)) == sorted(shown(model, order=order, descending=True)) == sorted(names(model))
    )
    assert len(names(model)) == 3


def test_values_are_read_as_far_as_somebody_looks(workspace, listed):
    with workspace.write("Many") as session:
        session.insert_rows(Contact, [{"full_name": f"Person {number:04}"} for number in range(MANY)])
    model = listed()
    assert model.rowCount() == MANY
    assert model.index(MANY - 1, 0).data() == f"Person {MANY - 1:04}"
    assert len(model._rows) <= PAGE


def test_a_doubtful_value_is_marked_and_says_why(person, listed):
    key = person("张三", mobile="+86 987654321", email="zhangsan@example.com")
    model = listed()
    mobile = cell(model, key, "mobile")
    assert mobile.data(DOUBT_ROLE)
    assert mobile.data(Qt.ItemDataRole.ToolTipRole).splitlines()[0] == mobile.data() == "+86 987654321"
    assert len(mobile.data(Qt.ItemDataRole.ToolTipRole).splitlines()) > 1
    assert not cell(model, key, "email").data(DOUBT_ROLE)


def test_an_edit_shows_at_once_and_moves_the_row(workspace, person, listed, qtbot):
    first, last = person("Anna Schneider"), person("张三")
    model = listed()
    records.change(workspace, Contact, last, "mobile", "+86 13900000001")
    assert cell(model, last, "mobile").data() == "+86 139 0000 0001"
    with qtbot.waitSignal(model.listed):
        records.change(workspace, Contact, last, "full_name", "Aaron")
    assert names(model) == ["Aaron", "Anna Schneider"]
    with qtbot.waitSignal(model.listed):
        records.remove(workspace, Contact, [first])
    assert names(model) == ["Aaron"]
    with qtbot.waitSignal(model.listed):
        undo(workspace)
    assert names(model) == ["Aaron", "Anna Schneider"]


def test_a_list_in_the_order_of_a_part_follows_that_part(workspace, person, listed, shown, qtbot):
    one, two = person("张三", mobile="+86 13900000001"), person("李四", mobile="+86 13900000002")
    model = listed()
    shown(model, order="mobile")
    with qtbot.waitSignal(model.listed):
        records.change(workspace, Contact, one, "mobile", "+86 13900000003")
    assert list(model.keys) == [two, one]


def test_a_filtered_list_follows_what_is_found(workspace, person, listed, shown, qtbot):
    key = person("张三")
    model = listed()
    assert shown(model, text="buyer") == []
    with qtbot.waitSignal(model.listed):
        records.change(workspace, Contact, key, "note", "buyer of pumps")
    assert names(model) == ["张三"]


def test_a_big_change_is_read_once(workspace, listed, qtbot):
    model = listed()
    heard = []
    model.listed.connect(lambda: heard.append(True))
    with qtbot.waitSignal(model.listed), workspace.write("Import") as session:
        session.insert_rows(Contact, [{"full_name": f"Person {number}"} for number in range(2500)])
    qtbot.wait(20)
    assert (model.rowCount(), heard) == (2500, [True])


def test_an_answer_that_nobody_waits_for_any_more_is_not_shown(person, listed, qtbot):
    person("张三")
    person("李四")
    model = listed()
    with qtbot.waitSignal(model.listed):
        model.show(replace(model.listing, text="zs"))
        model.show(replace(model.listing, text="ls"))
    qtbot.wait(50)
    assert names(model) == ["李四"]
    assert model.row_of(12345) is None


def test_the_first_rows_of_a_long_list_in_another_order_come_ahead_of_the_others(
    listed, person, workspace, qtbot, monkeypatch
):
    """By values of which a record may have several; who has none comes last, who is in the bin not at all."""
    monkeypatch.setattr(table_reading, "MANY", 3)
    monkeypatch.setattr(table_reading, "FIRST", 2)
    people = {name: person(name, mobile=mobile) for name, mobile in MOBILES.items()}
    model = listed()
    gone = person("Gone", mobile="13800000000")
    with qtbot.waitSignal(model.listed):
        records.remove(workspace, Contact, [gone])
    seen = []
    model.begun.connect(lambda: seen.append((names(model), model.total)))
    with qtbot.waitSignal(model.listed):
        model.show(replace(model.listing, order="mobile"))
    assert seen == [(["Dora", "Bert"], 5)]
    assert names(model) == ["Dora", "Bert", "Carl", "Emil", "Anna"]
    with qtbot.waitSignal(model.listed):
        model.show(replace(model.listing, descending=True))
    assert names(model) == ["Carl", "Dora", "Bert", "Emil", "Anna"]
    model.hold = lambda: table_reading.Held(current=people["Emil"])
    seen.clear()
    with qtbot.waitSignal(model.listed):
        model.show(replace(model.listing, order="title"))
    assert seen == [], "what is chosen is to be seen again, wherever it stands"


MOBILES = {
    "Emil": "",
    "Anna": "",
    "Bert": "13900000002",
    "Carl": "13900000004",
    "Dora": "13900000001; 13900000003",
}


@pytest.mark.parametrize("text", ["张", "三", "zs", "1390", "139000", "anna", "an", "acme", "上海 张", "!"])
def test_a_text_keeps_in_a_list_what_the_search_finds(workspace, person, text):
    """Also where the index alone is asked, because it is sure of what it finds."""
    for name, mobile in (("张三", "13900000001"), ("Anna Zs", ""), ("李上海张", "021-62341390"), ("Hanna", "")):
        person(name, mobile=mobile)
    with workspace.read() as session:
        found = search.find(session.connection(), "contact", text)
        assert set(queries.keys(session, Listing(Contact, text=text))) == set(found)


def test_a_list_that_cannot_be_read_stays_as_it_was_and_waits_for_nothing(workspace, person, listed, qtbot):
    person("张三")
    model = listed()
    with workspace.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("DROP TABLE search_contact")
    with qtbot.capture_exceptions() as told:
        model.show(replace(model.listing, text="张"))
        qtbot.waitUntil(lambda: not model.is_reading())
    assert len(told) == 1
    assert model.rowCount() == 1
