"""At which stage of its life a customer is: new, active, dormant or lost (features.md, ACC-16)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

NEW, ACTIVE, DORMANT, LOST = STAGES = ("new", "active", "dormant", "lost")


class Limits(NamedTuple):
    """For how many days a customer is new, and after how many without a touch it is dormant and lost."""

    new: int = 30
    dormant: int = 90
    lost: int = 365


class Override(NamedTuple):
    """A stage that somebody set by hand, why, and the last day on which it holds; None for ever."""

    stage: str
    reason: str = ""
    until: date | None = None

    def holds(self, today: date) -> bool:
        """Whether it counts on a day."""
        return self.stage in STAGES and (self.until is None or self.until >= today)


class Facts(NamedTuple):
    """What a stage is worked out from: the day a customer was first known, and the last day of any touch."""

    known: date
    touched: date | None = None
    override: Override | None = None


class Standing(NamedTuple):
    """A stage, and for how many days there was no touch, or, where there never was one, the customer is known."""

    stage: str
    days: int
    is_touched: bool = False
    override: Override | None = None
    """What was set by hand, where that is what counts."""


def standing(facts: Facts, limits: Limits, today: date) -> Standing:
    """Where a customer stands on a day."""
    since = facts.touched or facts.known
    days, is_touched = (today - since).days, facts.touched is not None
    if facts.override and facts.override.holds(today):
        return Standing(facts.override.stage, days, is_touched, facts.override)
    if (today - facts.known).days <= limits.new:
        return Standing(NEW, days, is_touched)
    stage = ACTIVE if days <= limits.dormant else DORMANT if days <= limits.lost else LOST
    return Standing(stage, days, is_touched)
