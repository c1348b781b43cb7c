"""Which sections of the day a change concerns, so that only those are read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from crm_desktop.model import house
from crm_desktop.services.today_rules import BIRTHDAYS, CAPTURED, DORMANT, OF_TASKS, OVERDUE, VERIFY

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change

TALKS = ("activity", "activity_party")
RHYTHMS = ("cadence", "tagging", "tag", "saved_list", "shared_setting")
NEIGHBOURS = ("account", "contact", "affiliation", "channel", "address", "custom_value")
"""What the filter of a list with a rhythm may look at besides."""
CONCERNS: dict[str, Callable[[Change], bool]] = {
    **dict.fromkeys(OF_TASKS, lambda change: change.touches("task") or _is_renamed(change)),
    CAPTURED: lambda change: _has_next_step(change) or change.touches("affiliation", *TALKS) or _is_renamed(change),
    BIRTHDAYS: lambda change: (
        change.touches("task", "affiliation", "shared_setting")
        or change.moved("contact", "birthday")
        or _is_renamed(change)
    ),
    DORMANT: lambda change: (
        _has_next_step(change)
        or change.touches(*TALKS, *RHYTHMS)
        or change.moved("account", "level", "status", "name")
        or (house.has_lists() and change.touches(*NEIGHBOURS))
    ),
    OVERDUE: lambda change: (
        change.touches(*RHYTHMS)
        or (house.has_own("contact") and (_has_next_step(change) or change.touches(*TALKS, *NEIGHBOURS)))
    ),
    VERIFY: lambda change: (
        _has_next_step(change)
        or change.touches("channel", "affiliation", "shared_setting")
        or change.moved("account", "level", "status", "verified_at")
        or change.moved("contact", "verified_at")
        or _is_renamed(change)
    ),
}
"""Which sections a change concerns."""


def _has_next_step(change: Change) -> bool:
    """Whether somebody may have got a next step, or lost it."""
    return change.moved("task", "done_at", "account_id", "contact_id")


def _is_renamed(change: Change) -> bool:
    return change.moved("contact", "full_name") or change.moved("account", "name")
