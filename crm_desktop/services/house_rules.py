"""Rules that a house sets for everybody who works with its data: after how many days what is to happen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid
from crm_desktop.i18n import N_, _
from crm_desktop.model import SharedSetting
from crm_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Rule:
    """A number of days by name: what it is when nobody said anything, and between what it has to be."""

    name: str
    text: str
    usual: int
    least: int = 1
    most: int = 3650

    @property
    def label(self) -> str:
        """The words beside it on the settings page."""
        return _(self.text)


NEW = Rule("lifecycle.new", N_("A customer is new for"), 30)
DORMANT = Rule("lifecycle.dormant", N_("Dormant after"), 90)
LOST = Rule("lifecycle.lost", N_("Lost after"), 365)
BIRTHDAY = Rule("birthday.before", N_("Remind of birthdays before"), 7, least=0, most=60)
VERIFY: Mapping[str, Rule] = {
    "vip": Rule("verify.vip", N_("Verify VIP records after"), 90),
    "a": Rule("verify.a", N_("Verify level A after"), 90),
    "b": Rule("verify.b", N_("Verify level B after"), 90),
    "c": Rule("verify.c", N_("Verify level C after"), 90),
    "normal": Rule("verify.normal", N_("Verify normal records after"), 90),
    "": Rule("verify.none", N_("Verify records without a level after"), 180),
}
"""After how many days the records of a level are to be verified again; the most important level comes first, and last
what has no level, or one that no rule names."""
RULES: Mapping[str, Rule] = {each.name: each for each in (NEW, DORMANT, LOST, BIRTHDAY, *VERIFY.values())}
_SAID = select(SharedSetting.name, SharedSetting.value).where(
    SharedSetting.name.in_(RULES), SharedSetting.deleted_at.is_(None)
)


def values(session: Session) -> dict[str, int]:
    """The days of every rule, by name."""
    said = {name: json.loads(value) for name, value in session.execute(_SAID)}
    return {name: int(said.get(name, rule.usual)) for name, rule in RULES.items()}


def value(session: Session, rule: Rule) -> int:
    """The days of one rule."""
    return values(session)[rule.name]


def bounds(rule: Rule) -> str:
    """The sentence that says between what the days of a rule have to be."""
    message = _("“{rule}” has to be between {least} and {most} days.")
    return message.format(rule=rule.label, least=rule.least, most=rule.most)


def change(workspace: Workspace, rule: Rule, days: int) -> None:
    """Set the days of a rule, as one step to undo; raises Invalid when that is too few or too many."""
    if not rule.least <= days <= rule.most:
        raise Invalid({rule.name: bounds(rule)})
    with workspace.write(_("Settings: {rule}").format(rule=rule.label)) as session:
        query = select(SharedSetting).where(SharedSetting.name == rule.name, SharedSetting.deleted_at.is_(None))
        if found := session.scalar(query):
            found.value = json.dumps(days)
        else:
            session.add(SharedSetting(name=rule.name, value=json.dumps(days)))
