"""Taking steps back: at once, later, after a restart, in any order; and doing them again."""

import pytest

from crm_desktop.errors import Conflict, Missing
from crm_desktop.model import Account, Affiliation, Channel, Contact, Tag
from crm_desktop.services import contacts, records
from crm_desktop.services.records import change, create, load
from crm_desktop.store import dump
from crm_desktop.store.opening import open_workspace
from crm_desktop.store.undo import redo, undo


@pytest.fixture
def account(workspace):
    return create(workspace, Account, {"name": "ABC有限公司", "description": "old"})


def text(workspace, key, name):
    return load(workspace, Account, key).fields[name].text


def step(workspace):
    return workspace.undo_target()


def test_an_edit_is_taken_back_and_done_again(workspace, account):
    change(workspace, Account, account, "description", "new")
    assert workspace.undo_title == "Edit Description"
    assert undo(workspace).title == "Edit Description"
    assert text(workspace, account, "description") == "old"
    assert workspace.redo_title == "Edit Description"
    assert redo(workspace).title == "Edit Description"
    assert text(workspace, account, "description") == "new"
    assert redo(workspace) is None


def test_undo_goes_back_step_by_step_to_the_beginning(workspace):
    empty = dump.text(workspace)
    key = create(workspace, Account, {"name": "A", "phone": "+86 123456789", "tags": "VIP, 展会"})
    change(workspace, Account, key, "name", "B")
    records.remove(workspace, Account, [key])
    removed = dump.text(workspace)
    while undo(workspace):
        pass
    assert dump.text(workspace) == empty
    assert undo(workspace) is None
    while redo(workspace):
        pass
    assert dump.text(workspace) == removed


def test_steps_can_be_taken_back_after_a_restart(workspace, folder, account):
    before = dump.text(workspace)
    change(workspace, Account, account, "description", "new")
    after = dump.text(workspace)
    workspace.close()
    again = open_workspace(folder)
    undo(again)
    assert dump.text(again) == before
    again.close()
    once_more = open_workspace(folder)
    redo(once_more)
    assert dump.text(once_more) == after
    once_more.close()


def test_an_older_step_alone_is_taken_back(workspace, account):
    change(workspace, Account, account, "description", "new")
    older = step(workspace)
    change(workspace, Account, account, "name", "ABC集团")
    undo(workspace, older)
    assert text(workspace, account, "description") == "old"
    assert text(workspace, account, "name") == "ABC集团"


def test_what_was_edited_since_is_kept_and_said(workspace, account):
    with workspace.write("Two fields") as session:
        record = session.get(Account, account)
        record.description, record.short_name = "new", "ABC"
    both = step(workspace)
    change(workspace, Account, account, "description", "newer")
    outcome = undo(workspace, both)
    assert [each.column for each in outcome.kept] == ["description"]
    assert outcome.kept[0].reason
    assert text(workspace, account, "description") == "newer"
    assert text(workspace, account, "short_name") == ""


def test_a_step_of_which_nothing_is_left_is_refused_and_changes_nothing(workspace, account):
    change(workspace, Account, account, "description", "new")
    older = step(workspace)
    change(workspace, Account, account, "description", "newer")
    before = dump.text(workspace)
    with pytest.raises(Conflict):
        undo(workspace, older)
    assert dump.text(workspace) == before


def test_a_step_is_taken_back_once(workspace, account):
    change(workspace, Account, account, "description", "new")
    target = step(workspace)
    undo(workspace, target)
    with pytest.raises(Conflict):
        undo(workspace, target)
    with pytest.raises(Missing):
        undo(workspace, 12345)


def test_a_new_step_ends_redo(workspace, account):
    change(workspace, Account, account, "description", "new")
    undo(workspace)
    change(workspace, Account, account, "name", "ABC集团")
    assert workspace.redo_title is None
    assert redo(workspace) is None


def test_an_undoing_that_is_named_is_itself_taken_back(workspace, account):
    """As `crm-desktop undo NUMBER` does with a number that the history shows for an undoing."""
    change(workspace, Account, account, "description", "new")
    first = step(workspace)
    undone = undo(workspace).set_id
    undo(workspace, undone)
    assert text(workspace, account, "description") == "new"
    assert step(workspace) == first, "the step counts as done again"
    undo(workspace)
    assert text(workspace, account, "description") == "old"


def test_a_redoing_that_is_named_is_taken_back_like_the_step_itself(workspace, account):
    change(workspace, Account, account, "description", "new")
    undo(workspace)
    again = redo(workspace).set_id
    undo(workspace, again)
    assert text(workspace, account, "description") == "old"
    assert workspace.redo_title == "Edit Description"


def test_records_that_people_worked_on_stay_with_all_their_parts(workspace):
    with workspace.write("Import") as session:
        session.insert_rows(Account, [{"id": 1, "name": "Untouched"}, {"id": 2, "name": "Worked on"}])
        session.insert_rows(Contact, [{"id": 3, "full_name": "张三"}])
        session.insert_rows(Affiliation, [{"id": 4, "account_id": 2, "contact_id": 3}])
        session.insert_rows(Channel, [{"id": 5, "contact_id": 3, "kind": "email", "raw": "zhangsan@abc.com"}])
        session.insert_rows(Channel, [{"id": 6, "account_id": 1, "kind": "email", "raw": "info@abc.com"}])
    imported = step(workspace)
    change(workspace, Contact, 3, "note", "met at the fair")
    outcome = undo(workspace, imported)
    assert {(each.entity, each.row_id) for each in outcome.kept} >= {("contact", 3)}
    assert load(workspace, Contact, 3).fields["email"].text == "zhangsan@abc.com"
    assert load(workspace, Contact, 3).fields["account"].text == "Worked on", "what a kept record needs is kept"
    with workspace.read() as session:
        assert session.get(Account, 1).deleted_at is not None
        assert session.get(Channel, 6).deleted_at is not None


def test_a_name_that_was_taken_meanwhile_is_not_given_twice(workspace):
    with workspace.write("Tag") as session:
        session.add(Tag(id=1, name="VIP", name_key="vip"))
    with workspace.write("Delete tag") as session:
        session.remove(session.get(Tag, 1))
    gone = step(workspace)
    with workspace.write("Tag again") as session:
        session.add(Tag(id=2, name="VIP", name_key="vip"))
    with pytest.raises(Conflict):
        undo(workspace, gone)


def test_every_undo_is_announced(workspace, account):
    news = []
    workspace.listen(news.append)
    change(workspace, Account, account, "description", "new")
    undo(workspace)
    redo(workspace)
    workspace.forget(news.append)
    undo(workspace)
    assert [(each.kind, each.rows["account"]) for each in news] == [
        ("edit", frozenset({account})),
        ("undo", frozenset({account})),
        ("redo", frozenset({account})),
    ]
    assert all(each.moved("account", "description") for each in news)


def test_a_write_that_fails_leaves_nothing(workspace, account):
    before, news = dump.text(workspace), []
    workspace.listen(news.append)
    with pytest.raises(ZeroDivisionError):
        fail_half_way(workspace, account)
    assert dump.text(workspace) == before
    assert news == []


def fail_half_way(workspace, account):
    with workspace.write("Fails") as session:
        session.get(Account, account).name = "changed"
        session.add(Contact(full_name="张三"))
        session.flush()
        raise ZeroDivisionError


def test_a_write_that_changes_nothing_is_no_step(workspace, account):
    last = step(workspace)
    with workspace.write("Nothing") as session:
        session.get(Account, account).name = "ABC有限公司"
    assert step(workspace) == last


def test_a_step_that_came_to_nothing_does_not_stand_in_the_way(workspace, account):
    with workspace.write("There and back") as session:
        record = session.get(Account, account)
        record.name = "ABC集团"
        session.flush()
        record.name = "ABC有限公司"
    assert undo(workspace).title == "There and back"
    assert workspace.undo_title == "New Account"


@pytest.mark.parametrize(("first", "second"), [(4, 5), (5, 4)])
def test_the_primary_contact_comes_back_whichever_row_is_older(workspace, first, second):
    with workspace.write("Import") as session:
        session.insert_rows(Account, [{"id": 1, "name": "ABC有限公司"}])
        session.insert_rows(Contact, [{"id": 2, "full_name": "张三"}, {"id": 3, "full_name": "李四"}])
        session.insert_rows(Affiliation, [{"id": first, "account_id": 1, "contact_id": 2, "is_primary": True}])
        session.insert_rows(Affiliation, [{"id": second, "account_id": 1, "contact_id": 3}])
    before = dump.text(workspace)
    contacts.make_primary(workspace, second)
    assert undo(workspace).kept == []
    assert dump.text(workspace) == before
