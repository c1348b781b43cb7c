"""The canonical dump: the same data, the same bytes."""

import json

from crm_desktop.model import Account, Channel, Contact
from crm_desktop.services import records
from crm_desktop.store import dump, undo


def test_a_dump_reads_as_json_and_holds_what_people_wrote(workspace, make):
    make(Account, name="ABC有限公司", industry="it")
    text = dump.text(workspace)
    [account] = json.loads(text)["account"]
    assert (account["name"], account["industry"]) == ("ABC有限公司", "it")
    assert "ABC有限公司" in text, "Chinese is written as it is, not as \\u escapes"
    assert len([line for line in text.splitlines() if "ABC" in line]) == 1, "one row stands on one line"


def test_the_bin_the_history_and_what_is_worked_out_stay_outside(workspace, make):
    before = dump.text(workspace)
    key = make(Account, name="ABC有限公司")
    held = json.loads(dump.text(workspace))
    assert not {"change_set", "change_item", "remembered"} & set(held)
    assert not {"updated_at", "version", "deleted_at", "name_key", "child_count"} & set(held["account"][0])
    records.remove(workspace, Account, [key])
    assert dump.text(workspace) == before


def test_editing_and_taking_it_back_gives_the_same_bytes(workspace, make):
    key = make(Contact, full_name="张三")
    make(Channel, contact_id=key, kind="mobile", raw="+86 123456789")
    before = dump.text(workspace)
    records.change(workspace, Contact, key, "mobile", "13800138000; 13900139000")
    assert dump.text(workspace) != before
    undo.undo(workspace)
    assert dump.text(workspace) == before


def test_a_dump_is_written_whole_to_a_file(workspace, make, tmp_path):
    make(Account, name="大商零售有限公司")
    file = tmp_path / "all.json"
    dump.write(workspace, file)
    assert file.read_text(encoding="utf-8") == dump.text(workspace)
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []
