"""Attached files: kept once, whole or not at all, noticed when damaged, and part of every backup."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from crm_desktop.errors import FileProblem
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Attachment
from crm_desktop.paths import ROOT
from crm_desktop.store import attachments, backup
from crm_desktop.store.attachments import BESIDE, Files, Unused, files_of
from crm_desktop.store.check import check
from crm_desktop.store.opening import open_workspace

BYTES = b"minutes of the meeting"
MOST = 50_000_000
LATER = time.time() + 7200

KILLED = """
import sys
from pathlib import Path
from crm_desktop.store.attachments import Files
job = Files(Path(sys.argv[1])).keeping(Path(sys.argv[2]), "big", 50_000_000)
next(job)
print("halfway", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def store(folder):
    return files_of(folder)


@pytest.fixture
def attached(workspace, make, store):
    """A file of one account."""
    kept = store.keep(BYTES)
    account = make(Account, name="ABC有限公司")
    make(Attachment, sha256=kept.sha256, size=kept.size, file_name="minutes.txt", mime="text/plain", account_id=account)
    return kept


def found(store):
    return sorted(each.name for each in store.names())


def test_bytes_come_back_as_they_were(store, tmp_path):
    source = tmp_path / "报价.bin"
    source.write_bytes(os.urandom(3_000_000))
    kept = finish(store.keeping(source, source.name, MOST))
    assert store.read(kept.sha256, source.name) == source.read_bytes()
    target = tmp_path / "copy.bin"
    finish(store.copying(kept.sha256, target))
    assert target.read_bytes() == source.read_bytes()


def test_the_same_bytes_are_kept_once(store, tmp_path):
    (tmp_path / "a").write_bytes(BYTES)
    (tmp_path / "b").write_bytes(BYTES)
    first, second = (finish(store.keeping(tmp_path / each, each, MOST)) for each in "ab")
    assert first == second == store.keep(BYTES)
    assert found(store) == [first.sha256]


def test_an_empty_file_is_a_file(store):
    kept = store.keep(b"")
    assert store.read(kept.sha256, "x") == b""


@pytest.mark.parametrize("name", ["missing.txt", "folder"])
def test_what_cannot_be_attached_is_told_by_name(store, tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileProblem, match=name):
        finish(store.keeping(tmp_path / name, name, MOST))
    assert found(store) == []


def test_a_file_that_is_too_large_is_told_and_leaves_nothing(store, tmp_path):
    (tmp_path / "big").write_bytes(b"x" * 1_000_001)
    with pytest.raises(FileProblem, match="larger than 1 MB"):
        finish(store.keeping(tmp_path / "big", "big", 1_000_000))
    assert found(store) == []


def test_a_job_that_is_given_up_leaves_nothing(store, tmp_path):
    (tmp_path / "big").write_bytes(b"x" * 5_000_000)
    job = store.keeping(tmp_path / "big", "big", MOST)
    next(job)
    assert len(found(store)) == 1
    job.close()
    assert found(store) == []


def test_a_crash_in_the_middle_leaves_no_file_by_its_sum(folder, workspace, store, tmp_path):
    (tmp_path / "big").write_bytes(os.urandom(8_000_000))
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, store.path, tmp_path / "big"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout.readline() == b"halfway\n"
        process.kill()
    [half] = found(store)
    assert half.endswith(".part")
    assert check(workspace) == []
    assert attachments.sweep(folder, LATER).count == 1
    assert found(store) == []


@pytest.mark.parametrize("damage", ["missing", "changed", "cut"])
def test_damage_is_noticed_and_told_in_words(store, tmp_path, damage):
    kept = store.keep(BYTES)
    place = store.place(kept.sha256)
    if damage == "missing":
        place.unlink()
    else:
        place.write_bytes(BYTES[:-1] + (b"!" if damage == "changed" else b""))
    word = "missing" if damage == "missing" else "damaged"
    with pytest.raises(FileProblem, match=f"“minutes.txt” is {word}"):
        store.read(kept.sha256, "minutes.txt")
    with pytest.raises(FileProblem, match=f"“minutes.txt” is {word}"):
        finish(store.copying(kept.sha256, tmp_path / "out.txt", "minutes.txt"))
    assert not list(tmp_path.glob("*out*"))
    assert store.keep(BYTES) == kept, "attached again, it is whole again"
    assert store.read(kept.sha256, "minutes.txt") == BYTES


def test_a_sum_that_is_none_reaches_no_other_file(store, folder):
    for sha256 in ("../../crm.db", "", "A" * 64, "a" * 63):
        with pytest.raises(FileProblem):
            store.read(sha256, "x")
        assert not store.has(sha256, folder.database.stat().st_size)


def test_a_sweep_removes_only_what_no_row_names(folder, workspace, attached, store):
    stray = store.keep(b"of a draft that nobody saved")
    with workspace.write("Remove") as session:
        session.remove(session.query(Attachment).one())
    assert attachments.sweep(folder).count == 0, "somebody may be about to write its row"
    assert attachments.unused(folder, LATER) == Unused(1, stray.size)
    assert attachments.sweep(folder, LATER) == Unused(1, stray.size)
    assert found(store) == [attached.sha256], "what is in the bin can come back"
    assert not store.has(stray.sha256, stray.size)


def test_check_finds_damage_and_mends_it_from_a_backup(folder, workspace, attached, store):
    store.place(attached.sha256).write_bytes(b"x" * len(BYTES))
    assert [(each.code, each.count) for each in check(workspace)] == [("attachments", 1)]
    [left] = check(workspace, repair=True)
    assert not left.repaired, "there is no backup yet"
    store.keep(BYTES)
    backup.automatic(folder)
    store.place(attached.sha256).unlink()
    [mended] = check(workspace, repair=True)
    assert mended.repaired
    assert check(workspace) == []


def test_a_backup_brings_files_back(folder, workspace, attached, store, tmp_path):
    file = backup.backup(folder.database, tmp_path / "copies" / "mine.db")
    workspace.close()
    assert Files(file.parent / BESIDE).read(attached.sha256, "x") == BYTES
    shutil.rmtree(folder.path)
    backup.restore(folder, file)
    assert store.read(attached.sha256, "x") == BYTES
    again = open_workspace(folder)
    assert check(again) == []
    again.close()


def test_a_backup_without_its_files_is_restored_and_says_what_is_missing(folder, workspace, attached, tmp_path):
    file = backup.backup(folder.database, tmp_path / "mine.db")
    workspace.close()
    shutil.rmtree(folder.path)
    shutil.rmtree(tmp_path / BESIDE)
    backup.restore(folder, file)
    assert attachments.lacking(folder.database, files_of(folder)) == [attached.sha256]


def test_a_damaged_file_keeps_no_backup_from_being_made(folder, workspace, attached, store, tmp_path):
    store.place(attached.sha256).write_bytes(b"x" * len(BYTES))
    file = backup.backup(folder.database, tmp_path / "mine.db")
    assert attachments.lacking(file, Files(tmp_path / BESIDE)) == [attached.sha256]
    assert list((tmp_path / BESIDE).glob("*/*")) == []


def test_backups_share_their_files(folder, workspace, attached, store, tmp_path):
    backup.backup(folder.database, tmp_path / "one.db")
    [before] = (tmp_path / BESIDE).glob("*/*")
    written = before.stat().st_mtime_ns
    backup.backup(folder.database, tmp_path / "two.db")
    [after] = (tmp_path / BESIDE).glob("*/*")
    assert (after, after.stat().st_mtime_ns) == (before, written)


def test_what_no_backup_names_any_more_goes(folder, workspace, attached, store):
    backup.automatic(folder)
    beside = Files(folder.backups / BESIDE)
    stray = beside.keep(b"of a backup that is gone")
    for kept in (attached, stray):
        os.utime(beside.place(kept.sha256), (1, 1))
    attachments.thin(folder.backups)
    assert found(beside) == [attached.sha256]
    (folder.backups / "foreign.db").write_bytes(b"what is this?")
    os.utime(beside.place(beside.keep(b"another").sha256), (1, 1))
    attachments.thin(folder.backups)
    assert len(found(beside)) == 2, "while one cannot be read, nothing goes"
