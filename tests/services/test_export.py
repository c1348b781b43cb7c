"""Lists for others: words, real dates, identities, and a file that changes nothing when it comes back."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from crm_desktop import i18n
from crm_desktop.errors import Invalid
from crm_desktop.exchange import formats
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Contact
from crm_desktop.services import custom_fields, export, records, users
from crm_desktop.services.export import Counts, Wanted
from crm_desktop.services.importing import Options, apply, layout, prepare
from crm_desktop.store import dump
from crm_desktop.store.queries import Listing
from tests.naughty import TEXTS
from tests.services.hard_to_write import one_of_everything


@pytest.fixture
def filled(workspace, make):
    """A data folder with one of everything that is hard to write down."""
    return one_of_everything(workspace, make)


def tables(workspace, what="everything", **options):
    return finish(export.tables(workspace, what, **options))


def as_records(table):
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def test_words_instead_of_codes(workspace, filled):
    [accounts] = tables(workspace, "accounts")
    abc = next(each for each in as_records(accounts) if each["Account name"] == "ABC有限公司")
    assert abc["Industry"] == "Information technology"
    assert abc["Account type"] == "Customer, Supplier"
    assert (abc["Phone"], abc["Phone 2"]) == ("+86 123456789", "+86 10 1234 5678 ext. 801")
    assert (abc["Annual revenue"], abc["Annual revenue (currency)"]) == (120_000_000.0, "USD")
    assert abc["Created"].tzinfo is None
    assert accounts.header[0] == "Account name"
    assert accounts.hidden == {len(accounts.header) - 2, len(accounts.header) - 1}
    assert accounts.amounts == {accounts.header.index("Annual revenue"), accounts.header.index("Budget")}
    assert {name for name, _text in accounts.facts} == {"Filter", "Rows", "Written"}


def test_a_person_at_two_accounts_has_two_rows(workspace, filled):
    [contacts] = tables(workspace, "contacts")
    zhang = [each for each in as_records(contacts) if each["Name"] == "张三"]
    assert [(each["Account"], each["Job title"]) for each in zhang] == [("ABC有限公司", "销售经理"), ("=XYZ", "顾问")]
    assert [each["Buying role"] for each in zhang] == [None, "Influencer"]
    assert zhang[0]["From"] == date(2020, 1, 31)
    [li] = [each for each in as_records(contacts) if each["Name"] == "-李四"]
    assert (li["Account"], li["Employment"]) == ("ABC有限公司", "Has left")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("what", ["accounts", "contacts", "activities"])
def test_what_comes_back_changes_nothing(workspace, filled, tmp_path, language, suffix, overwrite, what):
    before = dump.text(workspace)
    path = tmp_path / f"list{suffix}"
    made = tables(workspace, what)
    finish(formats.write(path, made))
    i18n.use("zh_CN" if language == "en" else "en")  # read by somebody who speaks the other language
    plan = finish(prepare(workspace, formats.read(path), Options(overwrite=overwrite)))
    assert {each.origin for each in plan.layout.columns} == {"own"}
    assert plan.counts.same == plan.counts.rows == len(made[0].rows), [each.changes for each in plan.rows]
    assert finish(apply(workspace, plan)).set_id is None
    assert dump.text(workspace) == before


def test_a_workbook_of_everything_comes_back_sheet_by_sheet(workspace, filled, tmp_path):
    finish(formats.write(tmp_path / "all.xlsx", tables(workspace)))
    names = formats.sheet_names(tmp_path / "all.xlsx")
    assert len(names) == 4
    for name in names[:3]:
        plan = finish(prepare(workspace, formats.read(tmp_path / "all.xlsx", name), Options()))
        assert plan.counts.same == plan.counts.rows > 0


def test_what_was_edited_in_the_file_is_taken_over(workspace, filled, tmp_path):
    [contacts] = tables(
        workspace, "contacts", fields=["contact.full_name", "contact.hobby", "contact.title", "contact.account"]
    )
    rows = [("李四光", *row[1:]) if row[0] == "-李四" else row for row in contacts.rows]
    rows = [(row[0], row[1], "总监", *row[3:]) if row[2] == "顾问" else row for row in rows]
    finish(formats.write(tmp_path / "list.xlsx", [replace(contacts, rows=rows)]))
    plan = finish(prepare(workspace, formats.read(tmp_path / "list.xlsx"), Options(overwrite=True)))
    assert {(each.code, each.old, each.new) for row in plan.rows for each in row.changes} == {
        ("contact.full_name", "-李四", "李四光"),
        ("affiliation.title", "顾问", "总监"),
    }
    assert plan.counts.update == 2


def test_without_identities_our_own_header_is_still_understood(workspace, filled, tmp_path):
    [contacts] = tables(workspace, "contacts")
    rows = [row[:-2] for row in contacts.rows]
    finish(formats.write(tmp_path / "list.xlsx", [replace(contacts, header=contacts.header[:-2], rows=rows)]))
    found = layout(workspace, formats.read(tmp_path / "list.xlsx"))
    by_header = {each.header: each.target for each in found.columns}
    assert (by_header["Phone"], by_header["E-mail"], by_header["Notes"]) == (
        "contact.phone",
        "contact.email",
        "contact.note",
    )
    assert (by_header["Account"], by_header["Job title"]) == ("account.name", "affiliation.title")
    assert {each.origin for each in found.columns} == {"own"}


def test_chosen_columns_and_the_visible_list(workspace, filled):
    visible = Listing(Account, order="name", descending=True)
    [accounts] = tables(workspace, "accounts", fields=["account.level", "account.name"], listing=visible)
    assert accounts.header == ("Level", "Account name", "Record id", "Version|account.level|account.name")
    assert [row[:2] for row in accounts.rows] == [("VIP", "ABC有限公司")], "closed accounts are not in the visible list"
    [everything] = tables(workspace, "accounts")
    assert len(everything.rows) == 2
    [found] = tables(workspace, "accounts", text="XYZ")
    assert [row[0] for row in found.rows] == ["=XYZ"]
    assert ("Filter", "“XYZ”") in found.facts
    assert ("contact.mobile", "Mobile") in export.columns("contacts")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"what": "shoes"}, "“shoes” is not one of accounts, contacts"),
        ({"what": "accounts", "columns": ["account.shoes"]}, "no column “account.shoes”"),
        ({"what": "accounts", "order": "shoes"}, "cannot be sorted by “shoes”"),
        ({"what": "everything", "columns": ["account.name"]}, "one kind of record only"),
        ({"what": "everything", "ids": [1]}, "one kind of record only"),
        ({"what": "accounts", "ids": ["one"]}, "“ids” cannot be"),
        ({"what": "accounts", "colour": "red"}, "“colour” is no setting"),
        (["accounts"], "an object such as"),
    ],
)
def test_what_is_not_there_cannot_be_exported(workspace, wrong, said):
    with pytest.raises(Invalid, match=said), export.reading(workspace, Wanted.from_json(wrong)):
        pass


def test_what_is_wanted_can_be_kept_in_a_file():
    wanted = Wanted("contacts", ("contact.mobile",), "张", "full_name", True, (("gender", "male"),), False, (1, 2))
    assert Wanted.from_json(json.loads(json.dumps(wanted.to_json()))) == wanted
    assert Wanted.from_json({}) == Wanted("everything")


def test_the_count_is_exact_and_says_of_how_many(workspace, filled):
    assert export.counts(workspace, Wanted("accounts")) == Counts(2, 2)
    assert export.counts(workspace, Wanted.seen(Listing(Account))) == Counts(1, 2)
    assert export.counts(workspace, Wanted("contacts", text="李")) == Counts(1, 2)
    assert export.counts(workspace, Wanted("contacts", ids=(filled["li"], 5))) == Counts(1, 2)
    assert export.counts(workspace, Wanted("everything")) == Counts(5, 5)


def test_a_selection_keeps_the_order_of_the_list(workspace, filled):
    wanted = Wanted("contacts", ("contact.full_name",), order="full_name", ids=(filled["zhang"], filled["li"]))
    with export.reading(workspace, wanted) as [table]:
        assert [row[0] for row in table.rows] == ["-李四", "张三"]
        assert ("Filter", "2 selected records") in table.facts


def test_without_columns_of_the_role_a_person_has_one_row(workspace, filled):
    with export.reading(workspace, Wanted("contacts", ("contact.full_name", "contact.mobile"))) as [table]:
        assert len(table.rows) == len(list(table.rows)) == 2
    with export.reading(workspace, Wanted("contacts")) as [table]:
        assert len(table.rows) == len(list(table.rows)) == 3
        assert ("Records", "2") in table.facts


def test_a_private_customer_shows_the_numbers_of_its_person(workspace, make):
    person = make(Account, name="Anna Schneider", kind="person")
    anna = records.create(workspace, Contact, {"full_name": "Anna Schneider", "mobile": "13800138000; 13900139000"})
    with workspace.write("Private") as session:
        session.get(Contact, anna).person_account_id = person
    with export.reading(workspace, Wanted("accounts", ("account.name", "account.mobile"))) as [table]:
        assert table.header[:3] == ("Account name", "Mobile", "Mobile 2")
        assert next(iter(table.rows))[:3] == ("Anna Schneider", "+86 138 0013 8000", "+86 139 0013 9000")


def test_the_file_says_who_wrote_it(workspace, filled):
    users.set_local_name(workspace, "王芳")
    with export.reading(workspace, Wanted("accounts", equal=(("level", "VIP"),), closed=False)) as [table]:
        assert ("Written by", "王芳") in table.facts
        assert ("Filter", "Level: VIP · without closed accounts") in table.facts


def test_the_data_of_one_moment_is_written(workspace, filled):
    with export.reading(workspace, Wanted("accounts", ("account.name",))) as [table]:
        records.create(workspace, Account, {"name": "Zuletzt GmbH"})
        records.remove(workspace, Account, [filled["xyz"]])
        assert {row[0] for row in table.rows} == {"=XYZ", "ABC有限公司"}


def test_an_own_field_is_a_column_and_a_photo_is_none(workspace, filled):
    field = custom_fields.add(workspace, "contact", "date", "Fair")
    records.change(workspace, Contact, filled["zhang"], field.name, "2025-03-08")
    names = dict(export.columns("contacts"))
    assert names[field.code] == "Fair"
    assert "contact.photo" not in names
    with export.reading(workspace, Wanted("contacts", ("contact.full_name", field.code))) as [table]:
        assert ("张三", date(2025, 3, 8)) in [row[:2] for row in table.rows]


def test_an_amount_with_more_digits_than_a_spreadsheet_has_stays_exact(workspace, tmp_path):
    records.create(workspace, Account, {"name": "ABC", "budget": "123456789012345.67 USD"})
    with export.reading(workspace, Wanted("accounts", ("account.name", "account.budget"))) as made:
        finish(formats.write(tmp_path / "list.xlsx", made))
    assert formats.read(tmp_path / "list.xlsx").rows[1][1:3] == ("123456789012345.67", "USD")


def test_money_is_exact(workspace, filled):
    with workspace.read() as session:
        assert session.get(Account, filled["abc"]).annual_revenue == Decimal("120000000.00")


def test_an_empty_list_has_its_header(workspace, tmp_path):
    made = tables(workspace)
    assert [len(each.rows) for each in made] == [0, 0, 0]
    finish(formats.write(tmp_path / "all.xlsx", made))
    assert formats.read(tmp_path / "all.xlsx").rows[0][0] == "Account name"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_naughty_texts_come_back_unchanged(workspace, tmp_path, suffix):
    texts = [each for each in TEXTS if not re.search("[\ud800-\udfff\\x00]", each)]
    assert len(texts) > 300
    with workspace.write("Naughty") as session:
        people = [{"full_name": f"张三{at}", "note": each, "hobby": each[:200]} for at, each in enumerate(texts)]
        session.insert_rows(Contact, people)
    before = dump.text(workspace)
    with export.reading(workspace, Wanted("contacts")) as made:
        finish(formats.write(tmp_path / f"list{suffix}", made))
    plan = finish(prepare(workspace, formats.read(tmp_path / f"list{suffix}"), Options(overwrite=True)))
    assert plan.counts.same == plan.counts.rows == len(texts), [each.changes for each in plan.rows if each.changes][:3]
    finish(apply(workspace, plan))
    assert dump.text(workspace) == before


def test_an_owner_is_told_by_name(workspace):
    key = users.add(workspace, "王芳")
    records.create(workspace, Account, {"name": "ABC有限公司", "owner_id": str(key)})
    [table] = finish(export.tables(workspace, "accounts"))
    [row] = table.rows
    assert row[table.header.index("Owner")] == "王芳"
