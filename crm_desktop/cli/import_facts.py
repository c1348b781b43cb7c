"""What a person wants to see of an import before and after it, for the window: samples, doubtful rows, checks."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from crm_desktop.services.importing.plan import Outcome

if TYPE_CHECKING:
    from crm_desktop.services.importing import Plan, PlanRow

LISTED = 500
"""So many of each sort are told in full: a window shows no more, and to take in more would hold it up."""


def facts(plan: Plan, most: int) -> dict[str, Any]:
    """Samples of each outcome, at most so many of it; how values fit their fields."""
    written = [*plan.of(Outcome.CREATE), *plan.of(Outcome.UPDATE)]
    return {
        "people": len({each.contact for each in written} - {None}),
        "companies": len({each.account for each in written} - {None}),
        "rows": [row_as_object(each) for outcome in Outcome for each in plan.of(outcome)[:most]],
        "checks": {place: asdict(each) for place, each in plan.checks.items()},
    }


def shortened(told: dict[str, Any]) -> dict[str, Any]:
    """What became of a file with its long lists cut; what was left off is counted, or told by what it comes to."""
    doubts, findings = told["doubts"], told["findings"]
    found = {kind: [each for each in findings if each["kind"] == kind] for kind in {each["kind"] for each in findings}}
    return told | {
        "problems": told["problems"][:LISTED],
        "warnings": told["warnings"][:LISTED],
        "warning_count": len(told["warnings"]),
        "left": told["left"][:LISTED],
        "doubts": doubts[:LISTED],
        "more_doubts": [(each.key, each.candidates[0].decision) for each in doubts[LISTED:]],
        "findings": [each for lines in found.values() for each in lines[:LISTED]],
        "finding_counts": Counter(each["kind"] for each in findings),
    }


def row_as_object(row: PlanRow) -> dict[str, Any]:
    """What becomes of one row, as JSON has it."""
    return {
        "number": row.number,
        "outcome": row.outcome,
        "title": row.title,
        "account": row.account,
        "contact": row.contact,
        "problems": row.problems,
        "warnings": row.warnings,
        "changes": row.changes,
    }
