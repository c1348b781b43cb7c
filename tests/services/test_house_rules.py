"""Rules of the house: usual until somebody says otherwise, checked, undone."""

import pytest

from crm_desktop.errors import Invalid
from crm_desktop.services import house_rules
from crm_desktop.services.house_rules import DORMANT, RULES
from crm_desktop.store import undo


def days(workspace, rule=DORMANT):
    with workspace.read() as session:
        return house_rules.value(session, rule)


def test_a_rule_is_the_usual_one_until_it_is_changed_and_again_after_undo(workspace):
    assert days(workspace) == 90
    house_rules.change(workspace, DORMANT, 60)
    house_rules.change(workspace, DORMANT, 45)
    assert days(workspace) == 45
    undo.undo(workspace)
    undo.undo(workspace)
    assert days(workspace) == 90


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_days_out_of_bounds_are_refused_with_the_bounds(workspace, rule):
    for wrong in (rule.least - 1, rule.most + 1):
        with pytest.raises(Invalid, match=str(rule.most)):
            house_rules.change(workspace, rule, wrong)
    assert days(workspace, rule) == rule.usual
