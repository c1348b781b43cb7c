"""What the verbs have in common for who types them: help, options in any place, names, and days in words."""

from datetime import datetime, timedelta

import pytest

from crm_desktop import app, i18n
from crm_desktop.cli import VERBS
from crm_desktop.model import Account, Affiliation, Task
from crm_desktop.services import contacts, records
from crm_desktop.store.opening import open_workspace

TOMORROW = (datetime.now().astimezone() + timedelta(days=1)).date()


@pytest.fixture
def anna(workspace):
    acme = records.create(workspace, Account, {"name": "Acme"})
    key, _findings = contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)
    workspace.close()
    return key


def read_again(folder, entity, key):
    workspace = open_workspace(folder)
    try:
        with workspace.read() as session:
            return session.get(entity, key)
    finally:
        workspace.close()


def test_help_names_every_verb_and_what_it_is_for(capsys):
    with pytest.raises(SystemExit, match="0"):
        app.main(["--help", "--lang", "zh_CN"])
    told = capsys.readouterr().out
    assert app.main(["help", "--lang", "zh_CN"]) == 0
    assert capsys.readouterr().out.strip() in told
    lines = {line.split()[0]: line for line in told.splitlines() if line.startswith("  ") and line.split()}
    assert set(VERBS) <= set(lines)
    assert i18n.load("zh_CN").gettext("List tasks, the most pressing first.") in lines["tasks"]


def test_the_data_folder_may_be_named_before_the_verb(anna, folder, capsys):
    assert app.main([f"--data={folder.path}", "--lang", "en", "tasks"]) == 0
    assert capsys.readouterr().out == "No tasks.\n"


def test_what_is_left_out_is_told_in_the_language_spoken(anna, crm):
    code, _out, err = crm("task", lang="zh_CN")
    assert code == 2
    assert i18n.load("zh_CN").gettext("the following arguments are required: %s") % "action, WHAT" in err


def test_whom_a_task_is_about_may_be_named(anna, crm, ask, folder):
    key = ask("task", "add", "call", "--contact", "Anna Schneider", "--account", "Acme")["task"]
    assert read_again(folder, Task, key).contact_id == anna
    assert crm("task", "edit", key, "--contact", "Anna")[2].startswith("There is no “Anna”. Give the whole name")
    apply = ("templates", "apply", "After a quote", "--contact", "Anna Schneider")
    assert ask(*apply, "--dry-run")["made"] == 0
    assert ask(*apply)["made"] == 3


@pytest.mark.parametrize(("lang", "words"), [("en", "tomorrow"), ("zh_CN", "明天")])
def test_days_may_be_named_in_words(anna, crm, ask, folder, tmp_path, lang, words):
    assert ask("calendar", "--from", words, "--to", words)["from"] == TOMORROW.isoformat()
    assert crm("print", "day", "--date", words, "--to", tmp_path / "day.txt", lang=lang)[0] == 0
    assert crm("lifecycle", "set", "Acme", "lost", "--reason", "x", "--until", words, lang=lang)[0] == 0
    assert read_again(folder, Account, ask("find", "Acme")["hits"][0]["id"]).lifecycle_until == TOMORROW
    assert crm("leave", "Anna Schneider", "--on", words, lang=lang)[0] == 0
    [place] = ask("show", "contact", anna)["places"]
    assert read_again(folder, Affiliation, place["id"]).to_date == TOMORROW


@pytest.mark.parametrize("text", ["1.5.26", "45000", "2月30日", "someday"])
def test_a_day_that_is_not_certain_is_refused(anna, crm, text):
    refused = f"“{text}” was not understood as a date. Write it like “tomorrow 10:00” or “2026-11-24”.\n"
    for words in (["calendar", "--from"], ["tasks", "--day"], ["leave", "Anna Schneider", "--on"]):
        assert crm(*words, text) == (1, "", refused)


def test_what_may_be_said_is_offered_in_the_language_spoken(anna, crm):
    wrong = ("log", "hi", "--contact", "Anna Schneider", "--outcome", "zz")
    assert "reached, no_answer" in crm(*wrong)[2]
    assert i18n.load("zh_CN").gettext("No answer") in crm(*wrong, lang="zh_CN")[2]
