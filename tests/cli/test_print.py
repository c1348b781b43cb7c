"""The verb that writes papers to files, as text by itself and as PDF by the whole program."""

import json
from datetime import datetime

import pytest

from crm_desktop import app, i18n
from crm_desktop.cli import run
from crm_desktop.model import Account, Task
from crm_desktop.services import records


@pytest.fixture
def firm(workspace, make):
    key = records.create(workspace, Account, {"name": "精工自动化"})
    make(Task, title="上门演示", due_at=datetime(2031, 5, 6, 10).astimezone(), has_time=True, account_id=key)
    return key


@pytest.mark.parametrize("what", ["visit", "hand-over"])
def test_a_paper_about_a_record_as_text(crm, firm, tmp_path, what):
    target = tmp_path / "out.txt"
    assert crm("print", what, "--account", "精工自动化", "--to", target) == (0, f"Written to {target}\n", "")
    assert "上门演示" in target.read_text(encoding="utf-8")


def test_the_tasks_of_a_day(ask, firm, tmp_path):
    target = tmp_path / "out.TXT"
    told = ask("print", "day", "--date", "2031-05-06", "--to", target)
    assert told == {"file": str(target), "title": "Day list", "subject": "Tue May 6 2031"}
    assert "☐ 10:00 · 上门演示 · 精工自动化" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("visit", "--to", "x.txt"), "one --account or one --contact"),
        (("visit", "--account", "精工自动化", "--to", "x.docx"), ".pdf or .txt"),
        (("visit", "--account", "Nobody", "--to", "x.txt"), "There is no “Nobody”"),
        (("day", "--date", "nonsense", "--to", "x.txt"), "“nonsense” was not understood as a date."),
        (("visit", "--account", "精工自动化", "--to", "missing/x.txt"), "The folder for “x.txt” is not there."),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(crm, firm, tmp_path, monkeypatch, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    code, _out, told = crm("print", *arguments)
    assert code == 1
    assert sentence in told
    assert not list(tmp_path.glob("*.txt")) + list(tmp_path.glob("*.docx"))


def test_a_verb_alone_makes_no_pdf(firm, folder, tmp_path, capsys):
    target = tmp_path / "out.pdf"
    arguments = ["print", "visit", "--account", "精工自动化", "--to", str(target), "--data", str(folder.path)]
    assert run([*arguments, "--lang", "en"]) == 1
    assert ".pdf or .txt" in capsys.readouterr().err


def test_the_program_writes_a_pdf(qapp, firm, folder, tmp_path, capsys):
    target = tmp_path / "out.pdf"
    arguments = ["print", "visit", "--account", str(firm), "--to", str(target), "--data", str(folder.path)]
    assert app.main([*arguments, "--lang", "zh_CN", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == i18n.load("zh_CN").gettext("Visit sheet")
    assert target.read_bytes().startswith(b"%PDF-")
    assert b"/FontFile" in target.read_bytes(), "the fonts are in the file"
