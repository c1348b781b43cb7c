"""Wrong words at every verb of the day: a sentence and the exit code of its kind, never a trace, nothing written."""

import json

import pytest

from crm_desktop.cli import VERBS
from crm_desktop.cli.common import MISUSE, PROBLEMS
from crm_desktop.model import Account
from crm_desktop.services import activities, contacts, records, tasks
from crm_desktop.services.activities import Entry
from crm_desktop.services.tasks import Draft
from crm_desktop.store import dump
from crm_desktop.store.opening import open_workspace
from crm_desktop.ui.pictures import draw

HUGE, ENDLESS = "9" * 23, "9" * 5000
WRONG = {
    "task": [
        *([PROBLEMS, does, key] for does in ("edit", "done", "snooze", "delete") for key in ("999", "", HUGE, ENDLESS)),
        *([MISUSE, *words] for words in ((), ("fly", "1"), ("add",), ("add", "A", "--remind", "x"))),
        *(
            [PROBLEMS, "add", *words]
            for words in (
                ("",),
                ("A", "--kind", "zzz"),
                ("A", "--priority", "zzz"),
                ("A", "--due", "31 Feb"),
                ("A", "--due", "9999-12-31"),
                ("A", "--ends", "11:30"),
                ("A", "--start", "nope"),
                ("A", "--repeat", "nope"),
                ("A", "--repeat", "every day"),
                ("A", "--due", "2026-11-24 10:00", "--ends", "9:00"),
                ("A", "--due", "2026-11-24 10:00", "--remind", "9223372036854774807"),
                ("A", "--account", "999"),
            )
        ),
        [PROBLEMS, "add", "A", "--contact", HUGE],
        [PROBLEMS, "done", "{task}", "--outcome", "zzz"],
        [PROBLEMS, "snooze", "{task}", "--until", "nope"],
        [PROBLEMS, "snooze", "{task}", "--until", "2020-01-01"],
        [PROBLEMS, "edit", "{task}", "--title", " "],
    ],
    "tasks": [
        [PROBLEMS, "--day", "nope"],
        [PROBLEMS, "--kind", "zz"],
        [PROBLEMS, "--priority", "zz"],
        [MISUSE, "--limit", HUGE],
    ],
    "repeat": [
        [MISUSE],
        [MISUSE, "x"],
        [MISUSE, HUGE],
        [PROBLEMS, "999", "every", "day"],
        [PROBLEMS, "{task}", "nope"],
        [PROBLEMS, "{task}", "--skip"],
        [MISUSE, "{task}", "--skip", "--end"],
    ],
    "templates": [
        [MISUSE, "fly"],
        [MISUSE, "apply", ""],
        [MISUSE, "apply", "After a trade show"],
        [PROBLEMS, "apply", "No such", "--contact", "{anna}"],
        [PROBLEMS, "apply", "After a trade show", "--contact", "999"],
        [PROBLEMS, "apply", "After a trade show", "--contact", "{anna}", "--on", "nope"],
        [MISUSE, "apply", "After a trade show", "--contact", "{anna}", "--account", "{acme}"],
    ],
    "calendar": [
        [PROBLEMS, "--from", "nope"],
        [PROBLEMS, "--from", "2026-11-24", "--to", "2026-11-20"],
        [PROBLEMS, "--week", "--from", "0001-01-01"],
        [PROBLEMS, "--from", "9999-12-31"],
    ],
    "export-ics": [
        [MISUSE],
        [PROBLEMS, ""],
        [PROBLEMS, "{dir}/x.txt"],
        [PROBLEMS, "{dir}/folder.ics"],
        [PROBLEMS, "{dir}/none/x.ics"],
        [PROBLEMS, "{dir}/x.ics", "--zone", "Mars/North"],
        [PROBLEMS, "{dir}/x.ics", "--task", "999"],
        [PROBLEMS, "{dir}/x.ics", "--from", "0001-01-01", "--to", "9999-12-31"],
    ],
    "import-ics": [[MISUSE], *([PROBLEMS, name] for name in ("", "{dir}/none.ics", "{dir}/folder.ics", "{dir}/a.txt"))],
    "cadence": [
        [MISUSE, "set", "level", "A"],
        [PROBLEMS, "set", "level", "Z", "14"],
        [PROBLEMS, "set", "level", "A", "0"],
        [PROBLEMS, "set", "tag", "", "14"],
        [PROBLEMS, "set", "list", "nope", HUGE],
        [PROBLEMS, "set", "level", "A", ENDLESS],
        [PROBLEMS, "clear", "level", "Z"],
    ],
    "lifecycle": [
        [MISUSE, "fly"],
        [PROBLEMS, "show", "nobody"],
        [PROBLEMS, "set", "{acme}", "nope", "--reason", "x"],
        [PROBLEMS, "set", "{acme}", "lost"],
        [PROBLEMS, "set", "{acme}", "lost", "--reason", "x", "--until", "nope"],
        [PROBLEMS, "set", "{acme}", "lost", "--reason", "x", "--until", "2000-01-01"],
        [PROBLEMS, "clear", HUGE],
    ],
    "attach": [
        [PROBLEMS],
        [PROBLEMS, "{dir}/a.txt"],
        [PROBLEMS, "{dir}/none.txt", "--account", "{acme}"],
        [PROBLEMS, "{dir}", "--account", "{acme}"],
        [PROBLEMS, "a\0b", "--account", "{acme}"],
        [PROBLEMS, "{dir}/a.txt", "--task", "999"],
        [MISUSE, "{dir}/a.txt", "--activity", HUGE],
    ],
    "attachments": [
        [PROBLEMS],
        [PROBLEMS, "--account", "nobody"],
        [PROBLEMS, "--task", "999"],
        [PROBLEMS, "--account", "{acme}", "--save", "{dir}/a.txt"],
    ],
    "detach": [[MISUSE], [MISUSE, "x"], [MISUSE, HUGE], [PROBLEMS, "999"]],
    "clean-up": [[MISUSE, "x"]],
    "leave": [
        [MISUSE],
        [PROBLEMS, "nobody"],
        [PROBLEMS, ENDLESS],
        [PROBLEMS, ""],
        [PROBLEMS, "{anna}", "--on", "nope"],
        [PROBLEMS, "{anna}", "--account", "nowhere"],
        [PROBLEMS, "{anna}", "--successor", "nobody"],
        [PROBLEMS, "{anna}", "--new-account", "Acme"],
        [MISUSE, "{anna}", "--tasks", "burn"],
    ],
    "change-role": [
        [MISUSE],
        [PROBLEMS, HUGE, "--title", "CEO"],
        [PROBLEMS, "{anna}"],
        [PROBLEMS, "{anna}", "--title", "CEO", "--on", "nope"],
    ],
    "verify": [
        [MISUSE, "x"],
        [MISUSE, "--limit", "x"],
        [PROBLEMS, "--confirm", "contact", "999"],
        [PROBLEMS, "--confirm", "contact", HUGE],
        [PROBLEMS, "--confirm", "zz", "{anna}"],
    ],
    "log": [
        [PROBLEMS, "hi"],
        [PROBLEMS, "", "--account", "{acme}"],
        [PROBLEMS, "hi", "--account", HUGE],
        [PROBLEMS, "hi", "--account", "{acme}", "--contact", "{anna}"],
        *(
            [PROBLEMS, "hi", "--account", "{acme}", name, "zz"]
            for name in ("--kind", "--at", "--minutes", "--with", "--colleague", "--direction", "--outcome")
        ),
    ],
    "activities": [
        [PROBLEMS],
        [PROBLEMS, "--contact", "nobody"],
        [PROBLEMS, "--account", "{acme}", "--kind", "zz"],
        [PROBLEMS, "--account", "{acme}", "--to", "{dir}/x.doc"],
        [PROBLEMS, "--account", "{acme}", "--to", "{dir}/folder.txt"],
        [MISUSE, "--account", "{acme}", "--limit", HUGE],
    ],
    "activity": [
        [MISUSE, "fly", "1"],
        [MISUSE, "delete", HUGE],
        [PROBLEMS, "delete", "999"],
        [PROBLEMS, "move", "{talk}"],
        [PROBLEMS, "edit", "{talk}", "--summary", ""],
        [PROBLEMS, "edit", "{talk}", "--at", "nope"],
    ],
    "remind": [[MISUSE, "x"]],
    "today": [[MISUSE, "--limit", HUGE], [MISUSE, "--limit", "-1"]],
    "print": [
        [MISUSE, "week"],
        [MISUSE, "fly", "--to", "{dir}/x.txt"],
        *([PROBLEMS, "week", "--to", name] for name in ("", "{dir}/x.doc", "{dir}/folder.txt", "{dir}/none/x.txt")),
        *([PROBLEMS, "week", "--to", "{dir}/x.txt", "--date", day] for day in ("nope", "0001-01-01", "9999-12-31")),
        [PROBLEMS, "visit", "--to", "{dir}/x.txt"],
    ],
}  # fmt: skip
"""What each verb is told, after the code with which it is to end."""


@pytest.fixture
def known(workspace, tmp_path, make):
    """The names that stand for records and files in what the verbs are told."""
    acme = records.create(workspace, Account, {"name": "Acme", "level": "A"})
    anna, _account = contacts.create(workspace, {"full_name": "Anna Schneider"}, acme)
    task = tasks.create(workspace, Draft("Call", contact=anna))
    talk = activities.log(workspace, Entry("call", "hello", acme, (anna,)))
    (tmp_path / "a.txt").write_text("a")
    for name in ("folder.ics", "folder.txt"):
        (tmp_path / name).mkdir()
    kept = dump.text(workspace)
    workspace.close()
    return {"acme": acme, "anna": anna, "task": task, "talk": talk, "dir": tmp_path}, kept


@pytest.mark.parametrize("words", [("--page", "nowhere"), ("--size", "big"), ("--size", "0x900")])
def test_a_picture_of_what_there_is_not_is_refused_with_a_sentence(words, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        draw(["shots", str(tmp_path / "pictures"), *words])
    assert ended.value.code == MISUSE
    assert "“" in capsys.readouterr().err
    assert not (tmp_path / "pictures").exists()


@pytest.mark.parametrize("verb", WRONG)
def test_wrong_words_end_with_a_sentence_and_change_nothing(verb, known, crm, folder):
    names, kept = known
    assert verb in VERBS
    for expected, *words in WRONG[verb]:
        told = [word.format(**names) for word in words]
        code, out, err = crm(verb, *told, "--json")
        assert code == expected, (told, out, err)
        sentence = err.strip().splitlines()[-1]
        assert " " in sentence, (told, err)
        assert not out or json.loads(out), told
    again = open_workspace(folder)
    try:
        assert dump.text(again) == kept
    finally:
        again.close()
