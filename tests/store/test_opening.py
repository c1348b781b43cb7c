"""Opening a data folder: a good one, and all that may be wrong with one."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from crm_desktop.errors import Busy, FolderProblem
from crm_desktop.model import Account, PickItem, User, picks
from crm_desktop.store import dump
from crm_desktop.store.folder import DataFolder, default_folder, unsafe
from crm_desktop.store.opening import open_workspace, recall, remember
from crm_desktop.store.own_fields import load_picks
from crm_desktop.store.schema import SCHEMA


def sql(folder, statement):
    connection = dbapi2.connect(str(folder.database), isolation_level=None)
    found = connection.execute(statement).fetchall()
    connection.close()
    return found


def test_a_new_folder_is_made_ready(tmp_path):
    folder = DataFolder(tmp_path / "新建 data" / "deep")
    workspace = open_workspace(folder)
    workspace.close()
    assert {each.name for each in folder.path.iterdir()} >= {"crm.db", "backups", "logs"}
    assert sql(folder, "PRAGMA user_version") == [(SCHEMA,)]
    assert sql(folder, "PRAGMA journal_mode") == [("wal",)]


def test_every_connection_has_the_settings_that_keep_data_safe(workspace):
    with workspace.read() as session:
        connection = session.connection()
        asked = ("synchronous", "foreign_keys", "trusted_schema", "cell_size_check")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == [2, 1, 0, 1]


def test_the_device_number_stays_and_picks_and_author_are_known(folder):
    workspace = open_workspace(folder)
    with workspace.write("Settings") as session:
        session.add(User(id=7, name="王芳", is_local=True))
        session.add(PickItem(list_code="level", code="gold", zh="金牌", en="Gold"))
    with workspace.read() as session:
        device = recall(session, "device")
    workspace.close()
    again = open_workspace(folder)
    assert again.author == 7
    assert picks.label("level", "gold") == "Gold"
    with again.read() as session:
        assert recall(session, "device") == device
        assert recall(session, "nothing of this name") is None
    remember(again, "mapping", {"手机": "contact.mobile"})
    with again.read() as session:
        assert recall(session, "mapping") == {"手机": "contact.mobile"}
    with again.write("Remove") as session:
        session.remove(session.query(PickItem).one())
    with again.read() as session:
        load_picks(session)
    again.close()


def refused(folder, *words):
    """It is refused in one sentence with these words, in both languages, and what is there stays as it was."""
    before = folder.database.read_bytes() if folder.database.is_file() else None
    with pytest.raises(FolderProblem) as problem:
        open_workspace(folder)
    for word in words:
        assert word in str(problem.value)
    assert "Error" not in str(problem.value)
    assert (folder.database.read_bytes() if folder.database.is_file() else None) == before


def test_a_newer_file_is_refused_politely(folder, language):
    sql(folder, f"PRAGMA user_version = {SCHEMA + 5}")
    refused(folder, str(SCHEMA + 5))


@pytest.mark.parametrize("content", [b"x" * 20_000, "客户名单".encode() * 900])
def test_a_file_that_is_no_database_is_refused(folder, content, language):
    folder.database.write_bytes(content)
    refused(folder)


def test_a_file_that_lost_its_end_is_refused_when_it_is_read(folder):
    folder.database.write_bytes(folder.database.read_bytes()[:6000])
    with pytest.raises(FolderProblem):
        open_workspace(folder)


def test_a_file_in_the_place_of_the_folder(tmp_path, language):
    (tmp_path / "data").write_text("a letter")
    refused(DataFolder(tmp_path / "data"), "data")


@pytest.mark.parametrize("place", ["OneDrive", "Dropbox", "坚果云", "iCloud Drive"])
def test_a_folder_that_a_cloud_copies_is_refused(tmp_path, place, language):
    refused(DataFolder(tmp_path / place / "crm"), place)
    assert not (tmp_path / place).exists()


def test_a_network_folder_is_refused(language):
    assert "server" in unsafe(Path("//server/share/crm"))


def test_the_folder_may_be_named_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("CRM_DATA", str(tmp_path / "mine"))
    assert default_folder().path == tmp_path / "mine"
    monkeypatch.delenv("CRM_DATA")
    assert "crm_desktop" in str(default_folder().path)


@pytest.fixture
def read_only(folder, tmp_path):
    """A data folder that may be read but not written to; root may write everywhere but on a disk that is read-only."""
    if is_root():
        place = tmp_path / "disk"
        assert mounts(place, 9_000_000)
        shutil.copytree(folder.path, place / "data")
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        yield DataFolder(place / "data")
        subprocess.run(["umount", str(place)], check=True)
    else:
        paths = [folder.database, folder.backups, folder.logs, folder.path]
        for each in paths:
            each.chmod(0o444 if each.is_file() else 0o555)
        yield folder
        for each in reversed(paths):
            each.chmod(0o755)


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def test_a_read_only_folder_is_refused_in_words(read_only, language):
    refused(read_only, "data")


def test_two_programs_write_one_after_the_other(workspace, folder):
    impatient = open_workspace(folder, patience=50)
    with workspace.write("Slow") as session:
        session.add(Account(name="A"))
        session.flush()
        with pytest.raises(Busy), impatient.write("At the same time"):
            pass
        with impatient.read() as looking:
            assert looking.query(Account).all() == [], "reading goes on, and sees what was saved"
    with impatient.write("Afterwards") as session:
        session.add(Account(name="B"))
    with workspace.read() as session:
        assert {each.name for each in session.query(Account)} == {"A", "B"}
    impatient.close()


def test_what_another_program_did_can_be_announced_here(workspace, folder):
    other = open_workspace(folder)
    with other.write("From outside") as session:
        record = Account(name="A")
        session.add(record)
    news = []
    workspace.listen(news.append)
    workspace.announce_set(other.undo_target())
    other.close()
    assert news[0].rows == {"account": frozenset({record.id})}
    assert news[0].moved("account")


def test_a_full_disk_is_told_and_loses_nothing(workspace, folder, make, language):
    """The file may grow no further, which is what SQLite reports for a full disk."""
    make(Account, name="ABC有限公司")
    before = dump.text(workspace)
    with workspace.read() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
    limit_pages(workspace, pages + 2)
    with pytest.raises(FolderProblem), workspace.write("Too much") as session:
        session.insert_rows(Account, [{"name": f"Account {each}", "description": "x" * 2000} for each in range(500)])
    assert dump.text(workspace) == before
    limit_pages(workspace, 1_000_000)
    make(Account, name="there is room again")


def limit_pages(workspace, count):
    connection = workspace.engine.raw_connection()
    connection.execute(f"PRAGMA max_page_count = {count}")
    connection.close()


def test_too_little_room_is_told_before_anything_is_done(folder, language):
    with pytest.raises(FolderProblem, match="MB"):
        folder.need(10**18)


def mounts(place, size):
    """A disk of `size` bytes at `place`, or False where that is not allowed."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def test_a_small_disk_fills_up_while_writing(tmp_path):
    """On a real small disk where one may be mounted; else the size limit above has to do."""
    place = tmp_path / "disk"
    if not mounts(place, 3_000_000):
        return
    try:
        workspace = open_workspace(DataFolder(place / "data"))
        with workspace.write("Fits") as session:
            session.add(Account(name="ABC有限公司"))
        before = dump.text(workspace)
        with pytest.raises(FolderProblem), workspace.write("Too much") as session:
            session.insert_rows(Account, [{"name": f"Account {n}", "description": "x" * 2000} for n in range(3000)])
        assert dump.text(workspace) == before
        workspace.close()
        again = open_workspace(DataFolder(place / "data"))
        assert dump.text(again) == before
        again.close()
    finally:
        subprocess.run(["umount", str(place)], check=True)
