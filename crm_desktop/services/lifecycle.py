"""The life cycle of a customer: at which stage it is and why, and the stage that somebody sets by hand instead.

It says what the dates say. The status of an account is another thing: what people decided about it by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import N_, _, language, ngettext
from crm_desktop.model import Account, picks
from crm_desktop.model.house import house
from crm_desktop.services import house_rules, records
from crm_desktop.services.house_rules import Rule
from crm_desktop.store import lifecycles
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.dates import show_date
from crm_desktop.text.folding import clean
from crm_desktop.text.lifecycle import (
    ACTIVE,
    DORMANT,
    LOST,
    NEW,
    STAGES,
    Facts,
    Override,
    Standing,
    standing,
)

RULES = (house_rules.NEW, house_rules.DORMANT, house_rules.LOST)
LONGEST_REASON = 200
_WHY: Mapping[str, str] = {
    NEW: N_("known for {limit} or less"),
    ACTIVE: N_("dormant after {limit}"),
    DORMANT: N_("dormant after {limit}"),
    LOST: N_("lost after {limit}"),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an account stands, with what is needed to say why."""

    standing: Standing
    override: Override | None = None
    """What was set by hand, whether it still holds or not."""

    @property
    def code(self) -> str:
        """The code of the stage."""
        return self.standing.stage

    @property
    def label(self) -> str:
        """The stage in words."""
        return picks.label("lifecycle", self.code)

    @property
    def why(self) -> str:
        """What it follows from, such as “last touch 100 days ago, dormant after 90 days”."""
        return explained(self.standing)


def of_account(workspace: Workspace, key: int, today: date | None = None) -> Stage:
    """Where an account stands on a day; raises Missing when there is none."""
    with workspace.read() as session:
        facts = _facts(session, key)
    return Stage(standing(facts, house().limits, today or _today()), facts.override)


def _facts(session: Session, key: int) -> Facts:
    columns = (Account.lifecycle_override, Account.lifecycle_reason, Account.lifecycle_until)
    query = select(lifecycles.known_since(), lifecycles.touched_at(), *columns).where(Account.id == key)
    row = session.execute(query).first()
    if row is None:
        raise Missing(_("This record has been deleted."))
    known, touched, stage, reason, until = row
    override = Override(stage, reason or "", until) if stage else None
    return Facts(known.astimezone().date(), touched and touched.astimezone().date(), override)


def explained(found: Standing) -> str:
    """Why a customer stands where it does, in a sentence."""
    if found.override is not None:
        return _said_by_hand(found.override)
    days = ngettext("{count} day", "{count} days", found.days)
    touched = _("last touch {days} ago") if found.is_touched else _("no touch yet, known for {days}")
    if found.days <= 0:
        touched = _("last touch today") if found.is_touched else _("no touch yet, known since today")
    limits = house().limits
    limit = {NEW: limits.new, LOST: limits.lost}.get(found.stage, limits.dormant)
    rule = _(_WHY[found.stage]).format(limit=ngettext("{count} day", "{count} days", limit))
    return _("{touched}, {rule}").format(touched=touched.format(days=days), rule=rule)


def _said_by_hand(override: Override) -> str:
    parts = [_("set by hand"), override.reason]
    if override.until is not None:
        parts.append(_("until {day}").format(day=show_date(override.until, language())))
    return " · ".join(filter(None, parts))


def put(workspace: Workspace, key: int, stage: str, reason: str = "", until: date | None = None) -> str:
    """Set the stage of an account by hand, up to and with a last day, as one step to undo; gives what was done.

    Raises Invalid when a part of it cannot be so.
    """
    reason, problems = clean(reason), {}
    if stage not in STAGES:
        message = _("“{text}” is no stage of the life cycle. There are: {stages}.")
        problems["stage"] = message.format(text=stage, stages=", ".join(STAGES))
    if not reason:
        problems["reason"] = _("Say why, so that others understand it.")
    elif len(reason) > LONGEST_REASON:
        problems["reason"] = _("This is too long: the limit is {limit}.").format(limit=LONGEST_REASON)
    if until is not None and until < _today():
        problems["until"] = _("This day is over. Choose today or a later one.")
    if problems:
        raise Invalid(problems)
    with workspace.read() as session:
        title = _title(records.living(session, Account, key).name, stage)
    with workspace.write(title) as session:
        account = records.living(session, Account, key)
        account.lifecycle_override, account.lifecycle_reason, account.lifecycle_until = stage, reason, until
    return title


def clear(workspace: Workspace, key: int) -> str:
    """Have the stage of an account worked out again, and give what was done; raises Invalid when none was set."""
    with workspace.read() as session:
        account = records.living(session, Account, key)
        if not account.lifecycle_override:
            raise Invalid({"stage": _("No stage was set by hand for “{name}”.").format(name=account.name)})
        name = account.name
    title = _("Life cycle of {name}: worked out again").format(name=name)
    with workspace.write(title) as session:
        account = records.living(session, Account, key)
        account.lifecycle_override = account.lifecycle_reason = account.lifecycle_until = None
    return title


def change_limit(workspace: Workspace, rule: Rule, days: int) -> None:
    """Change after how many days a stage begins or ends; raises Invalid when dormant would not come before lost."""
    with workspace.read() as session:
        limits = house_rules.values(session) | {rule.name: days}
    if limits[house_rules.DORMANT.name] >= limits[house_rules.LOST.name]:
        raise Invalid({rule.name: _("A customer has to be dormant before it is lost.")})
    house_rules.change(workspace, rule, days)


def _title(name: str, stage: str) -> str:
    return _("Life cycle of {name}: {stage}").format(name=name, stage=picks.label("lifecycle", stage))


def _today() -> date:
    return datetime.now().astimezone().date()
