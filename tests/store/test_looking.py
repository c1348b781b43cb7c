"""Many reads for one look at the data see one moment of it."""

import pytest
from sqlalchemy import func, select

from crm_desktop.model import Account
from crm_desktop.services import records
from crm_desktop.store.workspace import Workspace


def count(workspace: Workspace) -> int:
    with workspace.read() as session:
        return session.scalar(select(func.count(Account.id)))


def test_what_another_process_writes_meanwhile_is_seen_afterwards(workspace):
    other = Workspace(workspace.path)
    with workspace.looking():
        before = count(workspace)
        records.create(other, Account, {"name": "Acme"})
        assert count(workspace) == before
        assert count(other) == before + 1
    other.close()
    assert count(workspace) == before + 1


def test_a_look_within_a_look_does_not_end_its_moment(workspace: Workspace) -> None:
    other = Workspace(workspace.path)
    with workspace.looking():
        before = count(workspace)
        with workspace.looking():
            assert count(workspace) == before
        records.create(other, Account, {"name": "Acme"})
        assert count(workspace) == before
    other.close()


def test_a_look_that_fails_ends_the_moment_too(workspace):
    with pytest.raises(KeyError), workspace.looking():
        raise KeyError
    before = count(workspace)
    records.create(workspace, Account, {"name": "Acme"})
    assert count(workspace) == before + 1
