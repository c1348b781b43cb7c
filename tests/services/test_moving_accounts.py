"""Accounts are put below others, several in one step, and never in a circle."""

import pytest

from crm_desktop.errors import Invalid, Missing
from crm_desktop.model import Account, ChangeSet
from crm_desktop.services import accounts, records
from crm_desktop.store.undo import undo


@pytest.fixture
def chain(make):
    """Three accounts, each below the one before."""
    keys = [make(Account, name="Top")]
    for name in ("Middle", "Bottom"):
        keys.append(make(Account, name=name, parent_id=keys[-1]))
    return keys


def parents(workspace, *keys):
    return [records.load(workspace, Account, key).links["parent_id"] for key in keys]


def test_several_move_in_one_step(workspace, make, chain):
    others = [make(Account, name=name) for name in ("A", "B")]
    assert accounts.move(workspace, [*others, chain[2]], chain[1]) == 2  # one stands there already
    assert parents(workspace, *others, chain[2]) == [chain[1]] * 3
    assert undo(workspace).title == "Move 3 accounts"
    assert parents(workspace, *others, chain[2]) == [None, None, chain[1]]
    assert accounts.move(workspace, [chain[1], chain[2]], None) == 1
    assert parents(workspace, *chain) == [None, None, chain[1]]  # what is below one of them goes with it


def test_where_they_are_already_nothing_is_written(workspace, chain):
    with workspace.read() as session:
        before = session.query(ChangeSet).count()
    assert accounts.move(workspace, [chain[1]], chain[0]) == 0
    with workspace.read() as session:
        assert session.query(ChangeSet).count() == before


def test_no_account_comes_to_stand_below_itself(workspace, make, chain):
    other = make(Account, name="Other")
    for below in chain:
        with pytest.raises(Invalid, match="“Top” cannot stand below itself"):
            accounts.move(workspace, [other, chain[0]], below)
    assert parents(workspace, other, *chain) == [None, None, *chain[:2]]


def test_what_is_gone_and_what_is_too_much_is_told(workspace, chain, monkeypatch):
    records.remove(workspace, Account, [chain[2]])
    with pytest.raises(Missing):
        accounts.move(workspace, [chain[0]], chain[2])
    with pytest.raises(Missing):
        accounts.move(workspace, [chain[2]], None)
    monkeypatch.setattr(accounts, "MOST_MOVED", 1)
    with pytest.raises(Invalid, match="At most 1 "):
        accounts.move(workspace, chain[:2], None)
