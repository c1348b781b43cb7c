"""The accounts above and below an account."""

from crm_desktop.model import Account
from crm_desktop.services import branches, records
from crm_desktop.services.branches import MOST, Branch


def test_an_account_and_those_below_it_are_lines_in_the_order_of_their_names(workspace, make):
    group = make(Account, name="Group", level="A")
    old = make(Account, name="Old", parent_id=group, status="closed")
    new = make(Account, name="New", parent_id=group)
    gone = make(Account, name="Gone", parent_id=group)
    records.remove(workspace, Account, [gone])
    assert branches.one(workspace, group) == Branch(group, "Group", "A", is_closed=False)
    shown = [Branch(new, "New", "", is_closed=False), Branch(old, "Old", "", is_closed=True)]
    assert branches.below(workspace, group) == (shown, 2)
    assert branches.one(workspace, group + 1) is None


def test_of_very_many_branches_the_first_ones_and_their_number_are_told(workspace, make):
    group = make(Account, name="Group")
    with workspace.write("Fill") as session:
        session.insert_rows(
            Account, [{"name": f"Branch {number:03}", "parent_id": group} for number in range(MOST + 5)]
        )
    found, count = branches.below(workspace, group)
    assert (len(found), count, found[0].name) == (MOST, MOST + 5, "Branch 000")
