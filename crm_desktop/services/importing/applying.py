"""Writing a plan as one change set, and what is left for the user to mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from crm_desktop.i18n import _
from crm_desktop.jobs import Job, all_stays
from crm_desktop.services.importing import files_beside, trace
from crm_desktop.services.importing.files_beside import Beside
from crm_desktop.services.importing.findings import FindingLine, findings
from crm_desktop.services.importing.plan import Counts, Outcome, Plan
from crm_desktop.services.importing.preparing import newest, prepare
from crm_desktop.services.importing.writing import Writer
from crm_desktop.store.cache import little_cache
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.sheet import Sheet, Table

KIND = "import"


@dataclass
class Report:
    """The outcome of an import; `set_id` is the step to undo, None when there was nothing to write."""

    counts: Counts
    plan: Plan
    set_id: int | None = None
    prepared_again: bool = False
    """Whether the data changed after the preview, so that the plan had to be made anew."""
    job: int | None = None
    """The trace of the import."""
    ids: Mapping[int, int] = field(default_factory=dict)
    """The identities of the records that were made, by their numbers in the plan."""

    @property
    def warnings(self) -> list[tuple[int, str]]:
        """Everything doubtful, with the number of its row in the file."""
        return self.plan.warnings

    @cached_property
    def findings(self) -> tuple[FindingLine, ...]:
        """What is worth a look, each with its record."""
        return tuple(findings(self.plan, self.ids))


def apply(
    workspace: Workspace, plan: Plan, title: str = "", *, details: int | None = None, beside: Beside | None = None
) -> Job[Report]:
    """Write a plan, all of it or nothing; when the data changed since, it is prepared again first.

    The files that came along belong to its records in the same step. Afterwards the plan tells no more what becomes of
    each field, but for `details` rows of each outcome.
    """
    title = title or _("Import “{name}”").format(name=plan.sheet.name)
    prepared_again = False
    while True:
        with all_stays(), workspace.write(title, KIND) as session, little_cache(session.connection()):
            if newest(session) == plan.basis:
                writer = Writer(plan, session.author)
                yield from writer.write(session)
                if beside is not None:
                    files_beside.attach(session, beside, plan.foreign, writer.ids)
                is_written = bool(session.items or session.dirty or session.new)
                job = trace.record(session, plan, writer.ids) if is_written else None
                set_id = session.set_id if is_written else None
                if details is not None:
                    plan.forget(details)
                yield from session.finishing()
                break
        plan = yield from prepare(workspace, plan.sheet, plan.options, plan.source)
        prepared_again = True
    return Report(plan.counts, plan, set_id, prepared_again, job, writer.ids)


def problem_rows(sheet: Sheet, plan: Plan) -> Table:
    """The rows that could not be imported, just as they came, with the reason behind them."""
    reasons = {row.number: " ".join(row.problems) for row in plan.of(Outcome.PROBLEM)}
    width = len(plan.headers)
    rows = [
        (*row, *[None] * (width - len(row)), reasons[number])
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
        if number in reasons
    ]
    return Table(_("Problems"), (*plan.headers, _("Reason")), rows)
