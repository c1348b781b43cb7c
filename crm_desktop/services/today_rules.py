"""What belongs on the page of the day: how long is long, and the filters behind its sections."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.model.filters import ALL, ANY, Group, Test
from crm_desktop.text import rhythm

LATE, TODAY, CAPTURED, BIRTHDAYS, DORMANT, VERIFY, COMING = (
    "late",
    "today",
    "captured",
    "birthdays",
    "dormant",
    "verify",
    "coming",
)
SECTIONS = (LATE, TODAY, CAPTURED, BIRTHDAYS, DORMANT, VERIFY, COMING)
"""The sections, the most urgent first."""
OF_TASKS = (LATE, TODAY, COMING)
CAPTURED_DAYS = 14
"""For how many days somebody new is worth a reminder that nobody has followed up."""
BIRTHDAY_DAYS = 14
COMING_DAYS = 7
STALE_DAYS = 90
"""For how many days a number or an address is trusted after it was entered or verified."""
VERIFIED_KINDS = ("mobile", "landline", "email")
"""The channels that go out of date, and that a call or a mail verifies."""
_NO_NEXT_STEP = Test("task.due", "empty")


def _sleeps(level: str, days: int) -> Group:
    """No activity for so long; an account that is younger than that has not had the time."""
    older = tuple(Test(path, "older", (str(days),)) for path in ("activity.last", "created_at"))
    return Group(ALL, (Test("level", "any_of", (level,)), *older))


FILTERS: Mapping[str, tuple[str, Group]] = {
    CAPTURED: (
        "contact",
        Group(
            ALL,
            (
                Test("created_at", "last_days", (str(CAPTURED_DAYS),)),
                Test("activity.last", "empty"),
                _NO_NEXT_STEP,
            ),
        ),
    ),
    BIRTHDAYS: ("contact", Group(ALL, (Test("birthday", "next_days", (str(BIRTHDAY_DAYS),)),))),
    DORMANT: (
        "account",
        Group(ALL, (Group(ANY, tuple(_sleeps(*each) for each in rhythm.DAYS.items())), _NO_NEXT_STEP)),
    ),
}
"""The sections that are a list, by the kind of record and the filter that shows just the same."""
