"""Contacts as vCards, through the whole program: what goes out comes back the same."""

import base64
from datetime import date

import pytest

from crm_desktop.exchange import vcard_file, vcard_write
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Affiliation, Contact
from crm_desktop.services import export_cards, photos, records
from crm_desktop.services.importing import Options, apply, prepare
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace
from tests.services.likeness import likeness

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TABLES = ("contact", "channel", "affiliation", "address", "tagging", "picture")


@pytest.fixture
def people(workspace, make):
    """Contacts with everything that is hard to put on a card."""
    abc = records.create(workspace, Account, {"name": "ABC, Müller; Söhne 有限公司"})
    xyz = records.create(workspace, Account, {"name": "XYZ"})
    zhang = records.create(
        workspace,
        Contact,
        {
            "full_name": "张三",
            "mobile": "138 0013 8000; 139-0013-9000",
            "phone": "010-12345678转801; 13700137000",
            "email": "zhangsan@example.com; wrong@",
            "wechat": "zhang_san",
            "qq": "12345678",
            "linkedin": "https://www.linkedin.com/in/zhang-san",
            "address": "上海市浦东新区人民路1号\nHauptstr. 5, 10115 Berlin",
            "birthday": "3月8日",
            "note": "喜欢; 高尔夫, 和\\n茶\n第二行：“引号”😀",
            "tags": "展会、a@b",
            "do_not_call": "是",
            "gender": "男",
            "types": "现有客户、售后",
            "english_name": "Sam Zhang",
            "preferred_channel": "微信",
            "hobby": "茶, 棋; 书",
        },
    )
    li = records.create(workspace, Contact, {"full_name": "李四", "birthday": "农历1990年八月十五"})
    anna = records.create(
        workspace, Contact, {"full_name": "Dr. Anna van der Schneider", "birthday": "1990-03-08", "gender": "女"}
    )
    make(
        Affiliation,
        contact_id=zhang,
        account_id=abc,
        title="销售经理",
        department="华东, 一部",
        from_date=date(2020, 1, 31),
        responsibility="采购\n和仓库",
    )
    make(Affiliation, contact_id=zhang, account_id=xyz, title="顾问", decision_role="influencer", influence=3)
    make(Affiliation, contact_id=li, account_id=abc, title="前经理", status="departed", to_date=date(2024, 5, 1))
    make(Affiliation, contact_id=anna, account_id=xyz, title="CEO")
    photos.set_photo(workspace, zhang, PNG)
    return {"zhang": zhang, "li": li, "anna": anna}


@pytest.fixture
def other(tmp_path):
    """Another, empty data folder."""
    folder = DataFolder(tmp_path / "other")
    folder.prepare()
    found = open_workspace(folder)
    yield found
    found.close()


def written(workspace, path, version="3.0"):
    cards = export_cards.cards(workspace)
    finish(vcard_write.write(path, cards, cards.total, version))
    return path


def bring_in(workspace, path):
    sheet = vcard_file.read(path)
    return finish(apply(workspace, finish(prepare(workspace, sheet, Options()))))


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.usefixtures("language")
def test_cards_come_back_equal_in_an_empty_data_folder(workspace, people, other, tmp_path, version):
    bring_in(other, written(workspace, tmp_path / "people.vcf", version))
    assert likeness(other, *TABLES) == likeness(workspace, *TABLES)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_cards_change_nothing_where_they_came_from(workspace, people, tmp_path, version):
    before = likeness(workspace, *TABLES)
    report = bring_in(workspace, written(workspace, tmp_path / "people.vcf", version))
    assert likeness(workspace, *TABLES) == before
    assert report.set_id is None
