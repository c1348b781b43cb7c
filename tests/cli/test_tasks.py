"""Tasks on the command line: listed, made, changed, finished, put off and deleted by the services of the window."""

import pytest

from crm_desktop.services import activities, contacts, tasks
from crm_desktop.store.opening import open_workspace


@pytest.fixture
def anna(workspace):
    key, _findings = contacts.create(workspace, {"full_name": "Anna Schneider"})
    workspace.close()
    return key


def kept(folder, key):
    workspace = open_workspace(folder)
    try:
        return tasks.load(workspace, key)
    finally:
        workspace.close()


def test_a_task_is_made_changed_and_listed(anna, crm, ask, folder):
    made = ask("task", "add", "send", "offer", "--due", "2030-01-05 10:00", "--priority", "high", "--contact", anna)
    key = made["task"]
    assert (kept(folder, key).title, kept(folder, key).priority, kept(folder, key).has_time) == (
        "send offer",
        "high",
        True,
    )
    code, out, _err = crm(
        "task", "edit", key, "--kind", "call", "--ends", "10:30", "--remind", 15, "--start", "2030-01-02"
    )
    assert (code, out.strip()) == (0, str(key))
    draft = kept(folder, key)
    assert (draft.kind, draft.remind_minutes, (draft.ends_at - draft.due_at).seconds) == ("call", 15, 1800)
    found = ask("tasks", "--priority", "high")
    assert found["counts"] == {"later": 1}
    assert [(each["title"], each["person"]) for each in found["tasks"]] == [("send offer", "Anna Schneider")]
    out = crm("tasks", "--filter", "schneider offer")[1].splitlines()
    assert out[0] == "Later 1"
    assert out[1].startswith(f"  {key}  send offer · Call · Anna Schneider")
    assert crm("tasks", "--kind", "visit")[1] == "No tasks.\n"


def test_done_with_a_result_is_logged_with_the_next_step(anna, crm, ask, folder):
    key = ask("task", "add", "call", "--contact", anna)["task"]
    assert crm("task", "done", key, "--said", "wants an offer", "--next", "send offer 2030-03-04")[0] == 0
    workspace = open_workspace(folder)
    [bubble] = activities.timeline(workspace, contact=anna)
    assert (bubble.summary, [each.title for each in bubble.next_steps]) == ("wants an offer", ["send offer"])
    workspace.close()
    assert ask("tasks")["counts"] == {"later": 1, "done": 1}


def test_a_task_is_put_off_and_deleted(anna, crm, ask, folder):
    key = ask("task", "add", "call", "--due", "2030-01-05", "--contact", anna)["task"]
    assert crm("task", "snooze", key, "--until", "2030-02-01")[0] == 0
    assert f"{kept(folder, key).due_at:%Y-%m-%d}" == "2030-02-01"
    assert crm("task", "delete", key)[0] == 0
    assert crm("task", "done", key)[0] != 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("task", "add", "x", "--due", "someday"), "“someday” was not understood as a date."),
        (("task", "add", "x", "--priority", "vast"), "“vast” is not known. There are: high, normal, low."),
        (("task", "edit", "abc"), "“abc” is not the number of a task. “tasks” prints the numbers."),
    ],
)
def test_what_is_not_understood_is_told(anna, crm, words, told):
    code, _out, err = crm(*words)
    assert code != 0
    assert told in err


def test_an_unknown_task_is_no_crash(anna, crm):
    assert crm("task", "done", 12345)[0] != 0


def test_a_task_that_is_opened_again_takes_the_next_one_back_unless_it_was_changed(anna, crm, ask):
    key = ask("task", "add", "call", "--due", "2030-01-05", "--repeat", "every day")["task"]
    crm("task", "done", key)
    assert ask("tasks")["counts"] == {"later": 1, "done": 1}
    assert crm("task", "reopen", key)[2] == ""
    assert ask("tasks")["counts"] == {"later": 1}
    crm("task", "done", key)
    [following] = [each["key"] for each in ask("tasks")["tasks"] if each["key"] != key]
    crm("task", "edit", following, "--note", "bring samples")
    assert "it is kept" in crm("task", "reopen", key)[2]
    assert ask("tasks")["counts"] == {"later": 2}
