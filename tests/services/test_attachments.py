"""Files of records: attached in one step, listed where they matter, taken off and brought back."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.errors import Invalid, Missing
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Attachment, Contact, Task
from crm_desktop.services import activities, attachments, changes, contacts, records, tasks
from crm_desktop.services import bin as trash
from crm_desktop.services.activities import Entry
from crm_desktop.services.printing.hand_over import hand_over
from crm_desktop.services.printing.plain_text import as_text
from crm_desktop.store import dump, undo
from crm_desktop.store.check import check

MAIL = b"From: Anna Schneider <anna@example.org>\nSubject: Offer\nDate: Tue, 24 Nov 2026 10:15:00 +0000\n\nHello"


@pytest.fixture
def firm(workspace):
    return records.create(workspace, Account, {"name": "ABC有限公司"})


@pytest.fixture
def person(workspace, firm):
    return contacts.create_at(workspace, firm, {"full_name": "张三"})


@pytest.fixture
def stored(workspace, tmp_path):
    """stored("a.txt", "b.txt") keeps files with those names."""

    def stored(*names, data=b"minutes"):
        given = []
        for name in names:
            (tmp_path / name).write_bytes(data)
            given.append(attachments.of_disk(tmp_path / name))
        found = finish(attachments.storing(workspace, given))
        assert not found.refused
        return found.stored

    return stored


def names(workspace, entity, key, **options):
    return [each.name for each in attachments.listed(workspace, entity, key, **options)]


def test_several_files_are_one_step(workspace, firm, stored):
    before = dump.text(workspace)
    attachments.attach(workspace, "account", firm, stored("a.txt", "b.pdf"))
    assert workspace.undo_title == "Attach 2 files"
    assert names(workspace, "account", firm) == ["b.pdf", "a.txt"]
    undo.undo(workspace)
    assert dump.text(workspace) == before
    undo.redo(workspace)
    assert names(workspace, "account", firm) == ["b.pdf", "a.txt"]
    shown = attachments.listed(workspace, "account", firm)[1]
    assert attachments.content(workspace, shown) == b"minutes"


def test_the_same_file_comes_to_a_record_once(workspace, firm, stored):
    attachments.attach(workspace, "account", firm, stored("a.txt"))
    assert attachments.attach(workspace, "account", firm, stored("a.txt")) == []
    assert names(workspace, "account", firm) == ["a.txt"]


def test_an_account_lists_the_files_of_its_people_talks_and_tasks(workspace, firm, person, stored):
    talk = activities.log(workspace, Entry("call", "Asked for a quote", firm, files=stored("quote.pdf")))
    task = tasks.create(workspace, tasks.Draft("Send the offer", contact=person, account=firm))
    attachments.attach(workspace, "task", task, stored("offer.docx"))
    attachments.attach(workspace, "contact", person, stored("card.png"))
    attachments.attach(workspace, "account", firm, stored("map.png"))
    assert names(workspace, "account", firm) == ["map.png", "card.png", "offer.docx", "quote.pdf"]
    assert names(workspace, "account", firm, alone=True) == ["map.png"]
    assert names(workspace, "contact", person) == ["card.png", "offer.docx"]
    assert names(workspace, "task", task) == ["offer.docx"]
    found = {each.name: each for each in attachments.listed(workspace, "account", firm)}
    assert (found["quote.pdf"].owner, found["quote.pdf"].about) == (("activity", talk), "Asked for a quote")
    assert found["map.png"].about == ""


def test_an_entry_may_be_a_file_alone(workspace, firm, stored):
    before = dump.text(workspace)
    activities.log(workspace, Entry("note", "", firm, files=stored("photo.png")))
    [bubble] = activities.timeline(workspace, account=firm)
    assert [each.name for each in bubble.files] == ["photo.png"]
    undo.undo(workspace)
    assert dump.text(workspace) == before


def test_a_timeline_hears_of_files(workspace, firm, stored):
    talk = activities.log(workspace, Entry("note", "x", firm))
    heard = []
    workspace.listen(heard.append)
    [key] = attachments.attach(workspace, "activity", talk, stored("a.txt"))
    attachments.rename(workspace, key, "b")
    attachments.remove(workspace, [key])
    assert [activities.concerned(workspace, each) for each in heard] == [{talk}] * 3


def test_files_go_to_the_bin_and_come_back_with_their_record(workspace, firm, stored):
    attachments.attach(workspace, "account", firm, stored("a.txt"))
    talk = activities.log(workspace, Entry("note", "x", firm, files=stored("b.txt")))
    task = tasks.create(workspace, tasks.Draft("Send it", account=firm))
    attachments.attach(workspace, "task", task, stored("c.txt"))
    before = dump.text(workspace)
    activities.remove(workspace, talk)
    tasks.remove(workspace, task)
    assert names(workspace, "account", firm) == ["a.txt"]
    assert check(workspace) == []
    trash.restore(workspace, Task, [task])
    undo.undo(workspace)
    for _step in range(2):
        undo.undo(workspace)
    assert dump.text(workspace) == before
    records.remove(workspace, Account, [firm])
    assert check(workspace) == []


def test_names_are_shown_as_given_and_keep_their_ending(workspace, firm, stored):
    [key] = attachments.attach(workspace, "account", firm, stored("quote.pdf"))
    attachments.rename(workspace, key, "  CON: final  ")
    assert names(workspace, "account", firm) == ["CON: final.pdf"]
    undo.undo(workspace)
    assert names(workspace, "account", firm) == ["quote.pdf"]
    with pytest.raises(Invalid):
        attachments.rename(workspace, key, "  ")
    attachments.remove(workspace, [key])
    assert names(workspace, "account", firm) == []
    with pytest.raises(Missing):
        attachments.rename(workspace, key, "x")


def test_copies_get_names_that_every_system_takes(workspace, firm, tmp_path):
    store = attachments.files(workspace)
    names_given = ["CON.txt", "../../crm.db", "a.txt", "A.TXT", "x" * 300, "photo\u202egpj.exe", "a:b", "bad\udcffname"]
    kept = [attachments.Stored(name, store.keep(name.encode("utf-8", "surrogatepass"))) for name in names_given]
    attachments.attach(workspace, "account", firm, kept)
    shown = attachments.listed(workspace, "account", firm)
    assert sum(each.can_act for each in shown) == 1
    written = finish(attachments.save_all(workspace, shown, tmp_path / "out"))
    assert {each.parent for each in written} == {tmp_path / "out"}
    assert len({each.name.casefold() for each in written}) == len(names_given)
    assert len({each.read_bytes() for each in written}) == len(names_given)


@given(name=st.text(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_name_can_be_kept_and_a_copy_gets_one(workspace, firm, tmp_path, name):
    kept = attachments.Stored(name, attachments.files(workspace).keep(b"x"))
    for key in attachments.attach(workspace, "account", firm, [kept]):
        shown = attachments.load(workspace, key)
        [path] = finish(attachments.save_all(workspace, [shown], tmp_path / "out"))
        assert path.parent == tmp_path / "out"
        assert path.read_bytes() == b"x"
        path.unlink()


def test_a_mail_is_called_after_what_it_says(workspace, stored):
    [found] = stored("message.eml", data=MAIL)
    assert found.name == "2026-11-24 Anna Schneider Offer.eml"


def test_one_bad_file_keeps_no_other_from_being_attached(workspace, tmp_path):
    (tmp_path / "good.txt").write_bytes(b"x")
    (tmp_path / "big.txt").write_bytes(b"x" * 2000)
    given = [attachments.of_disk(tmp_path / each) for each in ("good.txt", "big.txt", "gone.txt")]
    given.append(attachments.Given("pasted.png", data=b"y" * 2000))
    found = finish(attachments.storing(workspace, given, 1000))
    assert [each.name for each in found.stored] == ["good.txt"]
    assert len(found.refused) == 3


def test_a_pasted_picture_says_when(workspace):
    given = attachments.of_picture(b"png", datetime(2026, 11, 24, 9, 5, 7).astimezone())
    assert given.name == "Picture 2026-11-24 09.05.07.png"


def test_the_history_of_a_record_tells_of_its_files(workspace, firm, stored):
    [key] = attachments.attach(workspace, "account", firm, stored("quote.pdf"))
    attachments.rename(workspace, key, "final.pdf")
    attachments.remove(workspace, [key])
    told = [line for entry in changes.history(workspace, Account, firm) for line in entry.lines if line.label == "File"]
    assert [(each.before, each.after) for each in told] == [
        ("final.pdf", ""),
        ("quote.pdf", "final.pdf"),
        ("", "quote.pdf"),
    ]


def test_a_hand_over_names_the_files_of_a_talk(workspace, firm, stored):
    activities.log(workspace, Entry("note", "", firm, files=stored("photo.png", "plan.pdf")))
    assert "Files: photo.png, plan.pdf" in as_text(hand_over(workspace, "account", firm))


def test_nothing_is_attached_to_what_is_gone(workspace, firm, stored):
    records.remove(workspace, Account, [firm])
    with pytest.raises(Missing):
        attachments.attach(workspace, "account", firm, stored("a.txt"))


def test_files_of_a_person_go_with_the_person(workspace, person, stored):
    attachments.attach(workspace, "contact", person, stored("card.png"))
    records.remove(workspace, Contact, [person])
    with workspace.read() as session:
        assert session.query(Attachment).one().deleted_at is not None
