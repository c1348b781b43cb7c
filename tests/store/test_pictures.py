"""Photos in the data file: found, dumped, checked, backed up and undone like everything else, bytes and all."""

import json

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.model import ChangeItem, Contact, Picture
from crm_desktop.model.picture import LARGEST, Photo, PhotoKind
from crm_desktop.services import bin as bins
from crm_desktop.services import changes, photos, records
from crm_desktop.store import backup, check, dump, undo
from crm_desktop.store.pictures import marks

ONE, TWO = b"\xff\xd8\xff one", b"\x89PNG\r\n\x1a\n two"


@pytest.fixture
def person(workspace):
    return records.create(workspace, Contact, {"full_name": "张三"})


def shown(workspace, person):
    found = photos.photo_of(workspace, person)
    return found.data if found else None


def test_a_photo_is_set_replaced_removed_and_every_step_undone(workspace, person):
    photos.set_photo(workspace, person, ONE)
    photos.set_photo(workspace, person, TWO)
    photos.remove_photo(workspace, person)
    assert shown(workspace, person) is None
    for before in (TWO, ONE, None):
        undo.undo(workspace)
        assert shown(workspace, person) == before
    for after in (ONE, TWO, None):
        undo.redo(workspace)
        assert shown(workspace, person) == after


def test_the_same_photo_again_changes_nothing(workspace, person):
    photos.set_photo(workspace, person, ONE)
    target = workspace.undo_target()
    photos.set_photo(workspace, person, ONE)
    assert workspace.undo_target() == target


def test_the_journal_never_holds_the_bytes(workspace, person):
    photos.set_photo(workspace, person, ONE)
    photos.remove_photo(workspace, person)
    with workspace.read() as session:
        items = session.query(ChangeItem).filter(ChangeItem.entity == "picture").all()
    assert [json.loads(each.after or "{}").keys() & {"data"} for each in items] == [set(), set()]


def test_a_photo_goes_to_the_bin_and_comes_back_with_its_contact(workspace, person):
    photos.set_photo(workspace, person, ONE)
    records.remove(workspace, Contact, [person])
    assert shown(workspace, person) is None
    bins.restore(workspace, Contact, [person])
    assert shown(workspace, person) == ONE


def test_the_history_tells_of_it_in_words(workspace, person):
    photos.set_photo(workspace, person, ONE)
    lines = [line.text for entry in changes.history(workspace, Contact, person) for line in entry.lines]
    assert "Photo: — → a photo" in lines


def test_a_dump_holds_the_checksum_and_a_check_finds_no_fault(workspace, person):
    photos.set_photo(workspace, person, ONE)
    [picture] = json.loads(dump.text(workspace))["picture"]
    assert picture["sha256"] == PhotoKind().read(ONE).value.sha256
    assert "data" not in picture
    assert check.check(workspace) == []


def test_a_backup_holds_the_bytes(workspace, folder, person, tmp_path):
    photos.set_photo(workspace, person, ONE)
    copy = backup.backup(folder.database, tmp_path / "copy.db")
    assert ONE in copy.read_bytes()


def test_a_list_reads_no_bytes(workspace, person):
    photos.set_photo(workspace, person, ONE)
    value = records.load(workspace, Contact, person).fields["photo"].value
    assert value == Photo("image/jpeg", value.sha256)
    assert value.data == b""
    with workspace.read() as session:
        assert marks(session) == {person: value.sha256}


def test_what_comes_as_text_is_read_as_well(workspace):
    photo = PhotoKind().read(ONE).value
    assert PhotoKind().read(photo.uri).value == photo
    assert PhotoKind().read(photo.uri.replace("base64,", "base64,\n ")).value.data == ONE
    assert PhotoKind().read(photo.uri.replace("jpeg", "png")).value.mime == "image/jpeg"
    assert PhotoKind().cell(photo) is None
    assert PhotoKind().read("").value is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"BM something", "no photo"),
        (b"<svg/>", "no photo"),
        (ONE + bytes(LARGEST), "larger than 5 MB"),
        ("photo.jpg", "no photo"),
        ("data:image/jpeg,abc", "no photo"),
        ("data:image/jpeg;base64,abc$", "damaged"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(workspace, person, given, said):
    reading = PhotoKind().read(given)
    assert reading.value is None
    assert said in reading.findings[0].text
    if isinstance(given, bytes):
        with pytest.raises(Invalid, match=said):
            photos.set_photo(workspace, person, given)
    with workspace.read() as session:
        assert session.query(Picture).count() == 0
