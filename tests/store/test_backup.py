"""Backups that can be trusted, and putting one back."""

import random
import shutil
from datetime import datetime, timedelta

import pytest
from sqlcipher3 import dbapi2

from crm_desktop.errors import Busy, FileProblem
from crm_desktop.model import Account
from crm_desktop.store import dump
from crm_desktop.store.backup import automatic, backup, backups, restore, surplus
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.schema import SCHEMA

NOW = datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001 - names of backups tell local time


@pytest.fixture
def filled(workspace, make):
    """A data folder with one account, closed; and what it holds."""
    make(Account, name="ABC有限公司")
    held = dump.text(workspace)
    workspace.close()
    return held


def held(folder):
    workspace = open_workspace(folder)
    try:
        return dump.text(workspace)
    finally:
        workspace.close()


def add(folder, name):
    workspace = open_workspace(folder)
    with workspace.write("Add") as session:
        session.add(Account(name=name))
    workspace.close()


def sql(file, statement):
    connection = dbapi2.connect(str(file), isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_a_backup_made_while_the_program_works_holds_all_that_was_saved(workspace, make, folder, tmp_path):
    make(Account, name="ABC有限公司")
    saved = dump.text(workspace)
    with workspace.write("Not yet saved") as session:
        session.add(Account(name="later"))
        session.flush()
        file = backup(folder.database, tmp_path / "copies" / "mine.db")
    workspace.close()
    assert [each.name for each in file.parent.iterdir()] == ["mine.db"], "one file, nothing beside it"
    restore(folder, file)
    assert held(folder) == saved


def test_a_restored_backup_takes_the_place_of_the_data_which_is_kept(filled, folder, tmp_path):
    file = backup(folder.database, tmp_path / "mine.db")
    add(folder, "made after the backup")
    later = held(folder)
    kept = restore(folder, file)
    assert held(folder) == filled
    assert kept.parent == folder.backups
    restore(folder, kept)
    assert held(folder) == later


def test_an_empty_folder_takes_a_backup(filled, folder, tmp_path):
    file = backup(folder.database, tmp_path / "mine.db")
    shutil.rmtree(folder.path)
    assert restore(folder, file) is None
    assert held(folder) == filled


def test_a_backup_of_the_files_of_a_running_program_is_taken_with_its_wal(workspace, make, folder, tmp_path):
    make(Account, name="ABC有限公司")
    saved = dump.text(workspace)
    for side in ("", "-wal"):
        shutil.copyfile(f"{folder.database}{side}", tmp_path / f"copied.db{side}")
    workspace.close()
    add(folder, "later")
    restore(folder, tmp_path / "copied.db")
    assert held(folder) == saved


def not_ours(file):
    sql(file, "CREATE TABLE pictures (id INTEGER)")


def text(file):
    file.write_text("客户名单", encoding="utf-8")


def empty(file):
    file.write_bytes(b"")


def newer(file):
    sql(file, f"PRAGMA user_version = {SCHEMA + 7}")


def with_a_trigger(file):
    sql(file, "CREATE TRIGGER spy AFTER INSERT ON account BEGIN DELETE FROM contact; END")


def cut_short(file):
    file.write_bytes(file.read_bytes()[:9000])


def with_a_blank_page(file):
    content = bytearray(file.read_bytes())
    content[8192:12288] = bytes(4096)
    file.write_bytes(content)


@pytest.mark.parametrize("spoil", [newer, with_a_trigger, cut_short, with_a_blank_page, not_ours, text, empty])
def test_what_cannot_be_restored_is_refused_and_changes_nothing(spoil, filled, folder, tmp_path, language):
    file = tmp_path / "spoilt.db"
    if spoil not in (not_ours, text, empty):
        backup(folder.database, file)
    spoil(file)
    left = file.read_bytes()
    with pytest.raises(FileProblem) as problem:
        restore(folder, file)
    assert "spoilt.db" in str(problem.value)
    assert held(folder) == filled
    assert file.read_bytes() == left
    assert sorted(each.name for each in folder.path.iterdir()) == ["backups", "crm.db", "logs"]


def test_a_file_that_is_not_there_is_named(folder, tmp_path):
    with pytest.raises(FileProblem, match=r"gone\.db"):
        restore(folder, tmp_path / "gone.db")


def test_nothing_is_restored_under_an_open_program(workspace, make, folder, tmp_path):
    make(Account, name="ABC有限公司")
    file = backup(folder.database, tmp_path / "mine.db")
    make(Account, name="later")
    saved = dump.text(workspace)
    with pytest.raises(Busy):
        restore(folder, file)
    assert dump.text(workspace) == saved


def test_damaged_data_is_kept_aside_when_a_backup_takes_its_place(filled, folder, tmp_path):
    file = backup(folder.database, tmp_path / "mine.db")
    folder.database.write_bytes(b"\xff" * 20_000)
    kept = restore(folder, file)
    assert kept.read_bytes() == b"\xff" * 20_000
    assert held(folder) == filled


def test_no_backup_is_made_of_damaged_data_and_older_ones_stay(filled, folder):
    good = automatic(folder, NOW)
    with_a_blank_page(folder.database)
    with pytest.raises(FileProblem):
        automatic(folder, NOW + timedelta(days=400))
    assert [each.path for each in backups(folder)] == [good]


@pytest.mark.parametrize("taken", ["a letter.docx", "folder"])
def test_a_backup_never_replaces_something_else(taken, filled, folder, tmp_path):
    target = tmp_path / taken
    target.mkdir() if taken == "folder" else target.write_text("Dear Anna")
    with pytest.raises(FileProblem):
        backup(folder.database, target)
    with pytest.raises(FileProblem):
        backup(folder.database, folder.database)
    assert target.is_dir() or target.read_text() == "Dear Anna"


def test_a_backup_replaces_an_older_backup(filled, folder, tmp_path):
    file = backup(folder.database, tmp_path / "mine.db")
    add(folder, "later")
    now = held(folder)
    backup(folder.database, file)
    restore(folder, file)
    assert held(folder) == now


def test_there_must_be_something_to_back_up(folder, tmp_path):
    folder.database.unlink()
    with pytest.raises(FileProblem):
        backup(folder.database, tmp_path / "mine.db")
    assert not (tmp_path / "mine.db").exists()


# Thinning


def survivors(moments):
    """What is left of backups that were thinned after each one, as `automatic` does it."""
    left = []
    for each in moments:
        left.append(each)
        gone = surplus(left, each)
        left = [one for one in left if one not in gone]
    return left


def test_a_year_of_backups_every_half_hour_is_thinned():
    left = survivors(NOW - timedelta(minutes=30) * each for each in reversed(range(365 * 48)))
    today_and_yesterday = [each for each in left if each.date() > NOW.date() - timedelta(days=2)]
    older = [each for each in left if each not in today_and_yesterday]
    assert len(today_and_yesterday) == 48 + 20, "all of yesterday and of today until 9:30"
    assert {(NOW.date() - each.date()).days for each in older} >= set(range(2, 14)), "one for each of twelve days"
    assert 27 <= len(older) <= 12 + 10 + 9
    assert NOW - min(left) > timedelta(days=300), "months are covered"


def test_the_newest_backup_is_never_removed():
    old = [NOW - timedelta(days=900), NOW - timedelta(days=800)]
    assert old[1] not in surplus(old, NOW)
    assert surplus([NOW + timedelta(days=30)], NOW) == set(), "not even when the clock was set back"


@pytest.mark.parametrize("seed", range(5))
def test_thinning_twice_removes_nothing_more(seed):
    chance = random.Random(seed)
    moments = {NOW - timedelta(hours=chance.randrange(24 * 500)) for _each in range(300)}
    left = moments - surplus(moments, NOW)
    assert surplus(left, NOW) == set()


def test_automatic_backups_are_named_by_their_moment_and_thinned(filled, folder):
    for day in range(40):
        automatic(folder, NOW + timedelta(days=day))
    names = [each.path.name for each in backups(folder)]
    assert names[0] == "crm-2027-01-02-093000.db"
    assert 14 <= len(names) < 24
