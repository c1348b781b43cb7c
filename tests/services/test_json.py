"""Everything as one JSON file: it comes back through the import as it was, and changes nothing where it came from."""

import base64
import json
from datetime import UTC, date, datetime

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.exchange import json_file
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Activity, ActivityParty, Affiliation, Contact
from crm_desktop.services import export_json, photos, records
from crm_desktop.services.importing import Options, apply, prepare
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace
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
    group = records.create(workspace, Account, {"name": "精工集团"})
    abc = records.create(
        workspace,
        Account,
        {
            "name": "ABC有限公司",
            "types": "客户、供应商",
            "industry": "信息技术",
            "employees": "350",
            "annual_revenue": "1.2亿 USD",
            "budget": "50万",
            "region": "江苏省苏州市昆山市",
            "address": "上海市浦东新区\n北京市朝阳区",
            "phone": "010-12345678转801",
            "email": "info@example.com; info@abc",
            "website": "www.example.com",
            "level": "VIP",
            "tags": "展会、=重点、a@b",
            "description": "第一行\n=第二行\n“引号”\\😀",
        },
        parent_id=group,
    )
    records.create(workspace, Account, {"name": "=XYZ", "industry": "@unknown", "status": "关闭"})
    zhang = records.create(
        workspace,
        Contact,
        {
            "full_name": "张三",
            "mobile": "138 0013 8000; 13900139000",
            "email": "zhangsan@example.com",
            "wechat": "zhang_san",
            "linkedin": "https://www.linkedin.com/in/zhang",
            "birthday": "3月8日",
            "note": "喜欢\n高尔夫",
            "do_not_call": "是",
            "gender": "男",
            "types": "现有客户、售后",
        },
    )
    li = records.create(workspace, Contact, {"full_name": "-李四", "birthday": "农历1990年八月十五", "hobby": "+1"})
    make(Affiliation, contact_id=zhang, account_id=abc, title="销售经理", from_date=date(2020, 1, 31))
    make(Affiliation, contact_id=zhang, account_id=group, title="顾问", decision_role="influencer", influence=3)
    make(Affiliation, contact_id=li, account_id=abc, title="@old", status="departed")
    at = datetime(2025, 3, 31, 14, 30, 15, 123456, tzinfo=UTC)
    call = make(Activity, summary="=想要\n报价", account_id=abc, kind="call", at=at, minutes=12, outcome="interested")
    for each in (zhang, li):
        make(ActivityParty, activity_id=call, contact_id=each)
    make(Activity, summary="拜访", account_id=group, kind="visit", direction="none", at=at.replace(year=2024))
    photos.set_photo(workspace, zhang, PNG)


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
    assert zhang["contact.mobile"] == ["138 0013 8000", "13900139000"]
    assert zhang["contact.photo"].startswith("data:image/png;base64,")
    assert [each["contact.account"] for each in zhang["affiliations"]] == ["ABC有限公司", "精工集团"]
    call = next(each for each in found["activities"] if each["activity.kind"] == "call")
    assert call["activity.at"] == "2025-03-31T14:30:15.123456+00:00"
    assert (call["activity.contacts"], len(call["contact_ids"])) == (["张三", "-李四"], 2)


@pytest.mark.usefixtures("filled")
def test_a_filter_narrows_it(workspace, tmp_path):
    found = json.loads(written(workspace, tmp_path / "all.json", what="contacts", text="张三").read_text("utf-8"))
    assert [each["contact.full_name"] for each in found["contacts"]] == ["张三"]
    assert found["meta"]["filter"] == "张三"
    assert "accounts" not in found


def test_an_unknown_part_is_refused(workspace):
    with pytest.raises(Invalid, match="accounts, contacts, activities, everything"):
        export_json.everything(workspace, what="tasks")
