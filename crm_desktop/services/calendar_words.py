"""What is said of the appointments that come from another calendar."""

from __future__ import annotations

from crm_desktop.i18n import ngettext
from crm_desktop.services.calendar_in import CANCELLED, CHANGED, NEW, SAME


def outcome_words(outcome: str, count: int) -> str:
    """What becomes of so many appointments."""
    if outcome == NEW:
        text = ngettext("{count} is new", "{count} are new", count)
    elif outcome == CHANGED:
        text = ngettext("{count} is changed", "{count} are changed", count)
    elif outcome == SAME:
        text = ngettext("{count} is here already", "{count} are here already", count)
    elif outcome == CANCELLED:
        text = ngettext("{count} is cancelled and deleted here", "{count} are cancelled and deleted here", count)
    else:
        text = ngettext(
            "{count} is left out: cancelled, or deleted here", "{count} are left out: cancelled, or deleted here", count
        )
    return text
