"""Everything as one JSON file: it comes back through the import as it was, and changes nothing where it came from."""

import base64
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from crm_desktop.errors import Invalid
from crm_desktop.exchange import json_file
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, ActivityParty, Affiliation, Contact
from crm_desktop.services import accounts, contacts, export, export_json, photos, records
from crm_desktop.services.importing import Options, apply, prepare
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace
from crm_desktop.text.sheet import Sheet
from tests.services.hard_to_write import one_of_everything
from tests.services.likeness import likeness

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TABLES = (
    "account",
    "contact",
    "channel",
    "affiliation",
    "address",
    "tag",
    "tagging",
    "picture",
    "activity",
    "activity_party",
)


@pytest.fixture
def filled(workspace, make):
    """A data folder with one of everything that is hard to write down."""
    keys = one_of_everything(workspace, make)
    group = records.create(workspace, Account, {"name": "精工集团", "description": "“引号”\\😀"})
    accounts.set_parent(workspace, keys["abc"], group)
    records.change(workspace, Contact, keys["zhang"], "linkedin", "https://www.linkedin.com/in/zhang")
    records.change(workspace, Contact, keys["zhang"], "types", "现有客户、售后")
    at = datetime(2025, 3, 31, 14, 30, 15, 123456, tzinfo=UTC)
    talk = make(Activity, summary="拜访", account_id=keys["abc"], kind="visit", at=at, minutes=12, outcome="interested")
    for each in (keys["zhang"], keys["li"]):
        make(ActivityParty, activity_id=talk, contact_id=each)
    photos.set_photo(workspace, keys["zhang"], PNG)


@pytest.fixture
def other(tmp_path):
    """Another, empty data folder."""
    folder = DataFolder(tmp_path / "other")
    folder.prepare()
    found = open_workspace(folder)
    yield found
    found.close()


def written(workspace, path, **narrowed):
    finish(json_file.write(path, export_json.everything(workspace, **narrowed)))
    return path


def bring_in(workspace, path):
    reports = []
    for name in json_file.sheet_names(path):
        plan = finish(prepare(workspace, json_file.read(path, name), Options()))
        reports.append(finish(apply(workspace, plan)))
    return reports


@pytest.mark.usefixtures("language", "filled")
def test_everything_comes_back_in_an_empty_data_folder(workspace, other, tmp_path):
    bring_in(other, written(workspace, tmp_path / "all.json"))
    assert likeness(other, *TABLES) == likeness(workspace, *TABLES)


@pytest.mark.usefixtures("filled")
def test_it_changes_nothing_where_it_came_from(workspace, tmp_path):
    before = likeness(workspace, *TABLES)
    reports = bring_in(workspace, written(workspace, tmp_path / "all.json"))
    assert [each.set_id for each in reports] == [None, None, None]
    assert likeness(workspace, *TABLES) == before


@pytest.mark.usefixtures("filled")
def test_the_file_is_plain_json_with_codes_ids_and_counts(workspace, tmp_path):
    found = json.loads(written(workspace, tmp_path / "all.json").read_text(encoding="utf-8"))
    assert found["crm_desktop"] == 1
    assert found["meta"]["counts"] == {"accounts": 3, "contacts": 2, "activities": 2}
    assert found["columns"]["accounts"]["account.phone"] == {"label": "Phone", "between": "; "}
    abc = next(each for each in found["accounts"] if each["account.name"] == "ABC有限公司")
    group = next(each for each in found["accounts"] if each["account.name"] == "精工集团")
    assert (abc["account.industry"], abc["account.types"]) == ("it", ["customer", "supplier"])
    assert (abc["account.employees"], abc["account.annual_revenue"]) == (350, "120000000.00 USD")
    assert (abc["parent_id"], abc["account.parent"]) == (group["id"], "精工集团")
    zhang = next(each for each in found["contacts"] if each["contact.full_name"] == "张三")
    assert zhang["contact.mobile"] == ["+86 987654321", "13800138000"]
    assert zhang["contact.photo"].startswith("data:image/png;base64,")
    assert [each["contact.account"] for each in zhang["affiliations"]] == ["ABC有限公司", "=XYZ"]
    talk = next(each for each in found["activities"] if each["activity.kind"] == "visit")
    assert talk["activity.at"] == "2025-03-31T14:30:15.123456+00:00"
    assert (talk["activity.contacts"], len(talk["contact_ids"])) == (["张三", "-李四"], 2)


@pytest.mark.usefixtures("filled")
def test_a_filter_narrows_it(workspace, tmp_path):
    found = json.loads(written(workspace, tmp_path / "all.json", what="contacts", text="张三").read_text("utf-8"))
    assert [each["contact.full_name"] for each in found["contacts"]] == ["张三"]
    assert found["meta"]["filter"] == "张三"
    assert "accounts" not in found


def test_an_unknown_part_is_refused(workspace):
    with pytest.raises(Invalid, match="accounts, contacts, activities, everything"):
        export_json.everything(workspace, what="tasks")


@pytest.mark.usefixtures("filled")
def test_records_of_one_name_stay_apart(workspace, other, make, tmp_path):
    one, two = (records.create(workspace, Account, {"name": "同名有限公司"}) for _each in range(2))
    branch = records.create(workspace, Account, {"name": "分公司"}, parent_id=two)
    people = []
    for account in (one, one, two, branch):
        person = records.create(workspace, Contact, {"full_name": "张伟"})
        people.append(make(Affiliation, contact_id=person, account_id=account))
        make(ActivityParty, activity_id=make(Activity, summary="来电", kind="call"), contact_id=person)
    path = written(workspace, tmp_path / "all.json")
    bring_in(other, path)
    assert likeness(other, *TABLES) == likeness(workspace, *TABLES)
    assert [each.set_id for each in bring_in(other, path)] == [None, None, None]


def test_an_exported_workbook_keeps_records_of_one_name_apart_in_an_empty_data_folder(workspace, other, make):
    one, two = (records.create(workspace, Account, {"name": "同名有限公司"}) for _each in range(2))
    for account in (one, two, two):
        person = records.create(workspace, Contact, {"full_name": "张伟"})
        make(Affiliation, contact_id=person, account_id=account)
    for _again in range(2):
        for table in (each for what in ("accounts", "contacts") for each in finish(export.tables(workspace, what))):
            sheet = Sheet(table.name, [table.header, *table.rows], list(range(1, len(table.rows) + 2)))
            finish(apply(other, finish(prepare(other, sheet, Options()))))
        assert likeness(other, "account", "contact", "affiliation") == likeness(
            workspace, "account", "contact", "affiliation"
        )


def test_one_contact_of_an_account_is_its_primary_one(workspace):
    rows = [("Account", "Name", "Primary contact"), ("ABC", "张三", "yes"), ("ABC", "李四", "yes"), ("ABC", "王五", "")]
    columns = ("account.name", "contact.full_name", "affiliation.is_primary")
    for _again in range(2):
        sheet = Sheet("list", rows, [1, 2, 3, 4])
        finish(apply(workspace, finish(prepare(workspace, sheet, Options(columns=columns)))))
        with workspace.read() as session:
            account = session.scalar(select(Account.id))
        places = contacts.places(workspace, account=account)
        assert [each.contact for each in places if each.is_primary] == ["张三"]


@pytest.mark.usefixtures("filled")
def test_an_empty_data_folder_is_made_the_same_and_exports_the_same(workspace, other, make, tmp_path):
    accounts.create_person(workspace, {"full_name": "王小明", "mobile": "13912345678"})
    boss = contacts.create(workspace, {"full_name": "老板"}, account_name="精工集团")[0]
    clerk = contacts.create(workspace, {"full_name": "文员"}, account_name="精工集团")[0]
    [above], [below] = contacts.places(workspace, contact=boss), contacts.places(workspace, contact=clerk)
    with workspace.write("reports to") as session:
        session.get_one(Affiliation, below.id).reports_to_id = above.id
    bring_in(other, written(workspace, tmp_path / "all.json"))
    again = written(other, tmp_path / "again.json")
    assert _without_times(again) == _without_times(tmp_path / "all.json")
    assert [each.is_primary for each in contacts.places(other, contact=boss)] == [True]


def _without_times(path):
    found = json.loads(path.read_text("utf-8"))
    for record in found["accounts"]:
        del record["account.created_at"]
    return {name: found[name] for name in ("accounts", "contacts", "activities")}
