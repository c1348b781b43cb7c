"""What a person wants to see of an import before and after it, for the window: samples, doubtful rows, checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from crm_desktop.services.importing.options import SAME_ROW
from crm_desktop.services.importing.plan import Outcome

if TYPE_CHECKING:
    from crm_desktop.services.importing import Plan, PlanRow
    from crm_desktop.text.sheet import Row


def facts(plan: Plan, most: int) -> dict[str, Any]:
    """Samples of each outcome, at most so many of it; the cells of doubtful rows; how values fit their fields."""
    written = [*plan.of(Outcome.CREATE), *plan.of(Outcome.UPDATE)]
    return {
        "people": len({each.contact for each in written} - {None}),
        "companies": len({each.account for each in written} - {None}),
        "rows": [row_as_object(each) for outcome in Outcome for each in plan.of(outcome)[:most]],
        "cells": dict(_cells(plan)),
        "checks": {place: asdict(each) for place, each in plan.checks.items()},
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


def _cells(plan: Plan) -> Iterator[tuple[int, Row]]:
    """The rows that are to be compared with one another or with records, by their numbers in the file."""
    wanted = {each.row for each in plan.doubts}
    for candidate in (each for doubt in plan.doubts for each in doubt.candidates):
        if candidate.decision.startswith(SAME_ROW):
            wanted.add(int(candidate.decision.removeprefix(SAME_ROW)))
    rows = zip(plan.sheet.numbers, plan.sheet.rows, strict=True)
    return ((number, row) for number, row in rows if number in wanted)
