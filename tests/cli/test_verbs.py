"""The command line as scripts use it: what it prints, how it ends, and what it loads."""

import json
import subprocess
import sys

import pytest

from crm_desktop.cli import VERBS, run
from crm_desktop.services import sample
from crm_desktop.store import dump
from dev import ROOT


@pytest.fixture
def filled(workspace):
    """A data folder with the examples of the documents, closed; gives the dump."""
    sample.documents(workspace)
    text = dump.text(workspace)
    workspace.close()
    return text


def read_dump(crm, tmp_path):
    file = tmp_path / "now.json"
    assert crm("dump", file)[0] == 0
    return file.read_text(encoding="utf-8")


def test_every_verb_explains_itself_in_both_languages(capsys):
    for verb in VERBS:
        for language in ("en", "zh_CN"):
            assert run([verb, "--help", "--lang", language]) == 0
            out = capsys.readouterr().out
            assert "--data" in out
            assert verb in out


def test_find_prints_what_show_takes(filled, crm, ask):
    [hit] = ask("find", "zhangsan@abc.com")["hits"]
    assert (hit["entity"], hit["name"]) == ("contact", "张三")
    assert [(each["field"], each["text"]) for each in hit["reasons"]] == [("email", "zhangsan@abc.com")]
    record = ask("show", "contact", hit["id"])
    assert record["fields"]["mobile"]["text"] == "+86 987654321"
    assert record["fields"]["mobile"]["findings"], "what is doubtful is said"
    assert [each["account"] for each in record["places"]] == ["ABC有限公司"]
    code, out, err = crm("show", "contact", hit["id"], lang="zh_CN")
    assert (code, err) == (0, "")
    assert "+86 987654321" in out


def test_find_says_that_something_is_not_searchable_yet(workspace, crm, ask, monkeypatch):
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO search_later VALUES ('contact', 1), ('contact', 2)")
    workspace.close()
    monkeypatch.setenv("CRM_SEARCH_LATER", "1")
    assert crm("find", "zs")[2] == "2 new records are not searchable yet\n"
    monkeypatch.delenv("CRM_SEARCH_LATER")
    assert crm("find", "zs")[2] == ""


def test_nothing_found_is_no_error(filled, crm, ask):
    assert ask("find", "nobody of this name")["hits"] == []
    assert crm("find", "nobody of this name")[0] == 0


def test_undo_and_history(filled, crm, ask, tmp_path):
    [step] = ask("history")["steps"]
    assert (step["kind"], step["is_undone"]) == ("sample", False)
    code, out, _err = crm("undo", step["id"])
    assert (code, "Example accounts" in out) == (0, True)
    assert json.loads(read_dump(crm, tmp_path))["account"] == []
    code, _out, err = crm("undo")
    assert (code, err.strip()) == (1, "There is nothing to undo.")
    code, _out, err = crm("undo", 12345)
    assert code == 1
    assert err.count("\n") == 1


def test_undoing_the_undoing_brings_everything_back(filled, crm, ask, tmp_path):
    crm("undo")
    crm("undo", ask("history")["steps"][0]["id"])
    assert read_dump(crm, tmp_path) == filled


def test_redo_does_again_what_was_undone(filled, crm, tmp_path):
    code, _out, err = crm("redo")
    assert (code, err.strip()) == (1, "There is nothing to redo.")
    crm("undo")
    code, out, err = crm("redo", "--json", "--progress")
    told = [json.loads(line) for line in err.splitlines()]
    assert (code, json.loads(out)["undone"]["kept"]) == (0, [])
    assert told[0]["total"] > 0
    assert read_dump(crm, tmp_path) == filled


def test_what_was_kept_is_told_as_json_too(filled, crm, ask, folder):
    from crm_desktop.model import Contact
    from crm_desktop.services import records
    from crm_desktop.store.opening import open_workspace

    [hit] = ask("find", "zhangsan@abc.com")["hits"]
    [step] = ask("history")["steps"]
    workspace = open_workspace(folder)
    records.change(workspace, Contact, hit["id"], "note", "met at the fair")
    workspace.close()
    code, out, err = crm("undo", step["id"], "--json")
    assert (code, err) == (1, "")
    assert hit["id"] in {each["row_id"] for each in json.loads(out)["undone"]["kept"]}


def test_the_history_of_one_record(filled, crm, ask):
    key = ask("find", "张三")["hits"][0]["id"]
    [entry] = ask("history", "--of", "contact", key)["entries"]
    assert {"Mobile", "Job title"} <= {line["label"] for line in entry["lines"]}
    assert crm("history", "--of", "contact", "张三")[0] == 1


def test_backup_damage_and_restore(filled, crm, folder, tmp_path):
    file = tmp_path / "mine.db"
    assert crm("backup", file)[:2] == (0, f"{file}\n")
    crm("undo")
    code, out, _err = crm("restore", file)
    assert code == 0
    assert "before-restore" in out
    assert read_dump(crm, tmp_path) == filled
    file.write_bytes(b"no database")
    code, _out, err = crm("restore", file)
    assert code == 1
    assert "mine.db" in err
    assert read_dump(crm, tmp_path) == filled
    assert crm("restore", tmp_path / "gone.db")[0] == 1


def test_a_backup_without_a_name_goes_to_the_folder_of_backups(filled, crm, folder):
    code, out, _err = crm("backup")
    assert code == 0
    assert out.startswith(str(folder.backups))


def test_check_tells_and_repairs(filled, crm, ask, folder):
    from sqlcipher3 import dbapi2

    assert ask("check")["faults"] == []
    connection = dbapi2.connect(str(folder.database), isolation_level=None)
    connection.execute("UPDATE account SET child_count = 9")
    connection.close()
    assert crm("check")[0] == 1
    assert crm("check", "--repair")[0] == 0
    assert crm("check")[0] == 0


def test_sample_fills_only_an_empty_folder(crm, ask, folder):
    code, out, _err = crm("sample", "--accounts", 5, "--seed", 2)
    assert (code, "5 accounts" in out) == (0, True)
    assert ask("stats")["records"]["account"] == 5
    code, _out, err = crm("sample")
    assert code == 1
    assert "empty" in err


def test_what_is_no_verb_and_what_is_wrong_use(crm, capsys):
    assert run(["frobnicate"]) == 2
    assert "frobnicate" in capsys.readouterr().err
    assert run([]) == 2
    assert crm("show", "account")[0] == 2
    assert crm("show", "planet", 1)[0] == 2
    assert crm("find", "x", "--limit", "many")[0] == 2


def test_a_record_that_is_not_there(filled, crm):
    code, out, err = crm("show", "account", 1, "--json")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "verb", [["find", "x"], ["stats"], ["history"], ["undo"], ["redo"], ["check"], ["backup"], ["dump", "x"]]
)
def test_a_mistyped_folder_is_told_and_not_made(verb, crm, tmp_path):
    code, out, err = crm(*verb, data=tmp_path / "typo")
    assert (code, out) == (3, "")
    assert "typo" in err
    assert not (tmp_path / "typo").exists()


def test_a_newer_folder_is_refused_and_not_touched(filled, crm, folder):
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(folder.database), isolation_level=None)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = folder.database.read_bytes()
    code, _out, err = crm("find", "x")
    assert (code, "99" in err) == (3, True)
    assert folder.database.read_bytes() == before


def loaded_by(folder, *argv):
    script = "import sys; from crm_desktop.cli import run; print(run(sys.argv[1:]), *sys.modules)"
    command = [sys.executable, "-c", script, *argv, "--data", str(folder.path), "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("argv", "not_needed"),
    [
        (["backup"], {"PySide6", "sqlalchemy", "alembic", "openpyxl", "phonenumbers", "pypinyin"}),
        (["history"], {"PySide6", "alembic", "openpyxl", "python_calamine", "xlsxwriter", "pypinyin"}),
        (["find", "abc"], {"PySide6", "alembic", "openpyxl", "python_calamine", "xlsxwriter"}),
        (["stats"], {"PySide6", "alembic", "openpyxl", "python_calamine", "xlsxwriter", "pypinyin"}),
    ],
)
def test_a_verb_loads_only_what_it_needs(filled, folder, argv, not_needed):
    assert not not_needed & loaded_by(folder, *argv)


def test_whoever_reads_along_may_stop_reading(workspace, folder):
    verb = [sys.executable, "-m", "crm_desktop", "stats", "--data", str(folder.path)]
    printing = subprocess.Popen(verb, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    printing.stdout.close()
    assert (printing.wait(60), printing.stderr.read()) == (0, "")
    printing.stderr.close()
