"""Attached files by the command line."""

import hashlib
import json
import os
import shutil

import pytest

from crm_desktop.model import Account, Task
from crm_desktop.services import activities, contacts, records
from crm_desktop.services.activities import Entry
from crm_desktop.store.attachments import files_of
from crm_desktop.store.folder import DataFolder
from crm_desktop.store.opening import open_workspace


@pytest.fixture
def firm(workspace, make):
    key = records.create(workspace, Account, {"name": "精工自动化"})
    workspace.close()
    return key


@pytest.fixture
def quote(tmp_path):
    path = tmp_path / "报价.pdf"
    path.write_bytes(b"%PDF quote")
    return path


def test_attach_list_save_and_take_off(ask, firm, quote, tmp_path):
    [made] = ask("attach", quote, "--account", "精工自动化")["attached"]
    assert (made["name"], made["size"], made["of"], made["of_id"]) == ("报价.pdf", 10, "account", firm)
    told = ask("attachments", "--account", firm, "--save", tmp_path / "out")
    assert [each["id"] for each in told["attachments"]] == [made["id"]]
    assert (tmp_path / "out" / "报价.pdf").read_bytes() == b"%PDF quote"
    assert ask("detach", made["id"]) == {"removed": [made["id"]]}
    assert ask("attachments", "--account", firm)["attachments"] == []
    ask("undo")
    assert len(ask("attachments", "--account", firm)["attachments"]) == 1
    assert ask("clean-up") == {"removed": 0, "bytes": 0}


def test_what_nothing_names_is_counted_before_it_is_removed(ask, crm, firm, folder):
    stray = files_of(folder).keep(b"of a draft")
    place = files_of(folder).place(stray.sha256)
    os.utime(place, (0, 0))
    assert ask("clean-up", "--dry-run") == {"unused": 1, "bytes": 10}
    assert crm("clean-up", "--dry-run")[1] == "1 file that nothing names can be removed. (10 bytes)\n"
    assert place.exists()
    assert ask("clean-up") == {"removed": 1, "bytes": 10}
    assert not place.exists()


def test_a_file_is_found_by_its_name(ask, crm, firm, quote):
    ask("attach", quote, "--account", firm)
    [hit] = ask("find", "价", ".PDF")["hits"]
    assert (hit["entity"], hit["name"], hit["subtitle"]) == ("attachment", "报价.pdf", "精工自动化")
    assert "Files" in crm("find", "报价")[1]


def test_files_of_a_task(ask, workspace, make, quote):
    task = make(Task, title="Send the offer")
    ask("attach", quote, "--task", task)
    assert [each["name"] for each in ask("attachments", "--task", task)["attachments"]] == ["报价.pdf"]


def test_what_cannot_be_attached_is_told_and_the_rest_is_kept(crm, firm, quote, tmp_path):
    code, out, err = crm("attach", quote, tmp_path / "gone.txt", "--account", "精工自动化")
    assert code == 1
    assert "报价.pdf" in out
    assert err == "There is no file “gone.txt”. Check where it is.\n"


def test_a_program_is_kept_and_marked(crm, firm, tmp_path):
    (tmp_path / "quote.pdf.exe").write_bytes(b"MZ")
    code, out, _err = crm("attach", tmp_path / "quote.pdf.exe", "--account", "精工自动化")
    assert code == 0
    assert "can run programs" in out


@pytest.mark.parametrize("owner", [(), ("--account", "x", "--contact", "y"), ("--task", "5")])
def test_whose_file_it_is_must_be_said(crm, firm, quote, owner):
    code, _out, err = crm("attach", quote, *owner)
    assert code == 1
    assert err


def test_backup_and_restore_keep_files_and_say_when_they_cannot(crm, ask, folder, firm, quote, tmp_path):
    ask("attach", quote, "--account", "精工自动化")
    file = tmp_path / "safe" / "mine.db"
    assert crm("backup", file) == (0, f"{file}\n", "")
    shutil.rmtree(folder.path)
    assert crm("restore", file)[0] == 0
    ask("attachments", "--account", firm, "--save", tmp_path / "out")
    assert (tmp_path / "out" / "报价.pdf").read_bytes() == b"%PDF quote"
    shutil.rmtree(folder.attachments)
    assert crm("check")[0] == 1
    code, _out, err = crm("backup", tmp_path / "other" / "mine.db")
    assert (code, err) == (1, "1 attached file is missing or damaged and was left out.\n")


def test_everything_takes_files_along_and_brings_them_back(crm, ask, firm, quote, tmp_path):
    program = tmp_path / "CON.exe"
    program.write_bytes(b"MZ")
    ask("attach", quote, program, "--account", "精工自动化")
    out = tmp_path / "out" / "all.json"
    out.parent.mkdir()
    ask("export", "everything", out)
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["meta"]["counts"]["attachments"] == 2
    [entry] = [each for each in found["attachments"] if each["name"] == "报价.pdf"]
    assert (entry["size"], entry["account_id"], entry["file"]) == (10, firm, "报价.pdf")
    assert hashlib.sha256((tmp_path / "out" / "all-files" / "报价.pdf").read_bytes()).hexdigest() == entry["sha256"]
    assert (tmp_path / "out" / "all-files" / "_CON.exe").read_bytes() == b"MZ"

    other = tmp_path / "other"
    workspace = open_workspace(DataFolder(other))
    workspace.close()
    code, _out, err = crm("attach", "--from", out, data=other)
    assert code == 1
    assert "Import the records first" in err
    assert crm("import", out, "--dry-run", data=other)[1].splitlines()[-1] == "2 attached files come along."
    told = ask("import", out, data=other)
    assert told["files"] == {"attached": 2, "elsewhere": 0, "problems": []}
    assert crm("attach", "--from", out, data=other)[:2] == (0, "0 files attached\n")
    crm("attachments", "--account", "精工自动化", "--save", tmp_path / "back", data=other)
    assert (tmp_path / "back" / "报价.pdf").read_bytes() == b"%PDF quote"


@pytest.mark.parametrize(
    "entry",
    [
        {"file": "../crm.db", "account_id": 1},
        {"file": "a/b.txt", "account_id": 1},
        {"file": 5},
        "x",
    ],
)
def test_an_export_that_somebody_made_reaches_no_other_file(crm, firm, tmp_path, entry):
    path = tmp_path / "all.json"
    path.write_text(json.dumps({"attachments": [entry]}), encoding="utf-8")
    assert crm("attach", "--from", path)[:2] == (0, "0 files attached\n")


def test_a_file_that_was_changed_beside_an_export_is_left_out(crm, ask, firm, quote, tmp_path):
    ask("attach", quote, "--account", "精工自动化")
    ask("export", "everything", tmp_path / "all.json")
    ask("undo")
    (tmp_path / "all-files" / "报价.pdf").write_bytes(b"other")
    code, _out, err = crm("attach", "--from", tmp_path / "all.json")
    assert code == 1
    assert "is not the file that was exported" in err


def test_files_come_and_go_with_the_step_that_imports_their_records(crm, ask, workspace, make, quote, tmp_path):
    firm = records.create(workspace, Account, {"name": "精工自动化"})
    person, _account = contacts.create(workspace, {"full_name": "张三", "mobile": "13800138000"}, firm)
    minutes, photo = tmp_path / "minutes.txt", tmp_path / "photo.png"
    minutes.write_bytes(b"minutes")
    photo.write_bytes(b"png")
    talk = activities.log(workspace, Entry("call", "Offer", firm, [person]))
    workspace.close()
    for file, owner in ((quote, ("--account", firm)), (photo, ("--contact", person)), (minutes, ("--activity", talk))):
        ask("attach", file, *owner)
    out, other = tmp_path / "out" / "all.json", tmp_path / "other"
    out.parent.mkdir()
    ask("export", "everything", out)
    (out.parent / "all-files" / "photo.png").replace(out.parent / "photo.png")  # right beside the export
    open_workspace(DataFolder(other)).close()
    for sheet, name in (("Accounts", "报价.pdf"), ("Contacts", "photo.png"), ("Activities", "minutes.txt")):
        told = ask("import", out, "--sheet", sheet, data=other)
        assert told["files"] == {"attached": 1, "elsewhere": 2, "problems": []}
        assert [each["name"] for each in ask("find", name, data=other)["hits"]] == [name]
        ask("undo", told["set_id"], data=other)
        assert ask("find", name, data=other)["hits"] == []
        ask("redo", data=other)
        again = ask("import", out, "--sheet", sheet, data=other)
        assert (again["files"]["attached"], again["set_id"]) == (0, None), "what is there already stays as it is"


def test_files_follow_a_record_that_is_known_again_by_its_name(crm, ask, firm, quote, tmp_path):
    ask("attach", quote, "--account", "精工自动化")
    ask("export", "everything", tmp_path / "all.json")
    other = tmp_path / "other"
    workspace = open_workspace(DataFolder(other))
    mine = records.create(workspace, Account, {"name": "精工自动化"})
    workspace.close()
    told = ask("import", tmp_path / "all.json", data=other)
    assert (told["counts"]["create"], told["files"]["attached"]) == (0, 1)
    assert [each["of_id"] for each in ask("attachments", "--account", mine, data=other)["attachments"]] == [mine]


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_file_that_is_missing_or_changed_is_named_and_stops_no_import(crm, ask, firm, quote, tmp_path, damage):
    ask("attach", quote, "--account", "精工自动化")
    export = tmp_path / "out" / "all.json"
    export.parent.mkdir()
    ask("export", "everything", export)
    place = tmp_path / "out" / "all-files" / "报价.pdf"
    place.unlink() if damage == "missing" else place.write_bytes(b"%PDF other")
    other = tmp_path / "other"
    open_workspace(DataFolder(other)).close()
    code, out, err = crm("import", export, data=other)
    assert code == 0
    assert "1 row makes a new record" in out
    assert err.startswith("There is no file “报价.pdf”" if damage == "missing" else "“报价.pdf” is not the file")
    assert ask("attachments", "--account", "精工自动化", data=other)["attachments"] == []


def test_a_missing_file_is_told_in_an_export(crm, ask, folder, firm, quote, tmp_path):
    ask("attach", quote, "--account", "精工自动化")
    shutil.rmtree(folder.attachments)
    code, _out, err = crm("export", "everything", tmp_path / "all.json")
    assert code == 0
    assert "“报价.pdf” is missing" in err


def test_files_of_a_task_go_along_and_come_back_to_whom_it_was_about(crm, ask, workspace, make, quote, tmp_path):
    key = records.create(workspace, Account, {"name": "精工自动化"})
    ask("attach", quote, "--task", make(Task, title="Send the offer", account_id=key))
    ask("export", "everything", tmp_path / "all.json")
    other = tmp_path / "other"
    open_workspace(DataFolder(other)).close()
    assert ask("import", tmp_path / "all.json", data=other)["files"]["attached"] == 1
    assert "报价.pdf" in crm("attachments", "--account", "精工自动化", data=other)[1]
