"""What belongs on the page of the day: how long is long, and the filters behind its sections."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.model.filters import ALL, Group, Test

LATE, TODAY, CAPTURED, BIRTHDAYS, DORMANT, OVERDUE, VERIFY, COMING = (
    "late",
    "today",
    "captured",
    "birthdays",
    "dormant",
    "overdue",
    "verify",
    "coming",
)
SECTIONS = (LATE, TODAY, CAPTURED, BIRTHDAYS, DORMANT, OVERDUE, VERIFY, COMING)
"""The sections, the most urgent first."""
OF_TASKS = (LATE, TODAY, COMING)
CAPTURED_DAYS = 14
"""For how many days somebody new is worth a reminder that nobody has followed up."""
COMING_DAYS = 7
VERIFIED_KINDS = ("mobile", "landline", "email")
"""The channels that go out of date, and that a call or a mail verifies."""
_NO_NEXT_STEP = Test("task.due", "empty")

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
    DORMANT: ("account", Group(ALL, (Test("rhythm", "late"), _NO_NEXT_STEP))),
    OVERDUE: ("contact", Group(ALL, (Test("rhythm", "own_late"), _NO_NEXT_STEP))),
}
"""The sections that are a list of one filter, by the kind of record; that of birthdays has the days of the house."""
LISTS = (CAPTURED, BIRTHDAYS, DORMANT, OVERDUE)
"""The sections that are a list."""


def birthdays_within(days: int) -> Group:
    """Whose birthday comes in so many days."""
    return Group(ALL, (Test("birthday", "next_days", (str(days),)),))
