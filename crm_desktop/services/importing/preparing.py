"""Working out what an import is going to do, without writing anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_desktop.errors import FileProblem, Invalid
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress
from crm_desktop.model import Account, Activity, ChangeSet, Contact
from crm_desktop.model.fields import Field, fields_of
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.known import load, parents, said_before
from crm_desktop.services.importing.matching import Match, Matcher
from crm_desktop.services.importing.memory import all_stays
from crm_desktop.services.importing.merging import NOTES, Merger
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.plan import Counts, Outcome, Plan, PlanRow
from crm_desktop.services.importing.reading import Line, Reader
from crm_desktop.services.importing.sheet_layout import Layout, layout
from crm_desktop.services.importing.targets import mapping_problems
from crm_desktop.store import queries
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.sheet import Row, Sheet

EVERY = 500
STAGES = 3
"""Reading, matching and merging each go through all rows."""


def prepare(workspace: Workspace, sheet: Sheet, options: Options) -> Job[Plan]:
    """What an import would do. Raises FileProblem for a sheet without header or rows, Invalid for a bad mapping."""
    options.check()
    found, options = _mapped(workspace, sheet, options)
    rows = found.data(sheet)
    if not rows:
        message = _("“{name}” has a header but no rows below it. Choose another sheet or another file.")
        raise FileProblem(message.format(name=sheet.name))
    total = STAGES * len(rows)
    with all_stays(), workspace.read() as session:
        plan = Plan(sheet, found, options, newest(session), notes=(*sheet.notes, *found.notes))
        users = queries.users(session)
        reader = Reader(options.columns, found.headers, users)
        plan.checks = reader.checks
        lines = []
        for done, (number, row) in enumerate(rows):
            lines.append(_read(reader, number, row, found))
            if done % EVERY == 0:
                yield Progress(done, total, _("Reading"))
        known = load(session, lines)
        matcher = Matcher(known, options)
        matches = []
        for done, line in enumerate(lines, start=len(rows)):
            matches.append(Match() if line.problems else matcher.match(line))
            if done % EVERY == 0:
                yield Progress(done, total, _("Comparing"))
        merger = Merger(known, options, _current(session, lines, matches, options))
        _look_up(session, merger, lines, matches)
        for done, (line, match) in enumerate(zip(lines, matches, strict=True), start=2 * len(rows)):
            plan.rows.append(_planned(merger, line, match, options))
            plan.rows[-1].users = users
            if done % EVERY == 0:
                yield Progress(done, total, _("Putting together"))
    plan.doubts = [each.doubt for each in matches if each.doubt]
    plan.drafts = {key: each for key, each in merger.drafts.items() if each.is_written}
    plan.counts = _counted(plan)
    return plan


def newest(session: Session) -> int:
    """The newest change set: as long as it stays the newest, nothing was written."""
    return session.scalar(select(func.max(ChangeSet.id))) or 0


def _mapped(workspace: Workspace, sheet: Sheet, options: Options) -> tuple[Layout, Options]:
    found = layout(workspace, sheet, options.header_row)
    if not options.columns:
        if not found.header_row:
            message = _("No row of “{name}” looks like a header. Add one with words such as Company, Name and Mobile.")
            raise FileProblem(message.format(name=sheet.name))
        options = replace(options, columns=found.targets)
    problems = mapping_problems(options.columns, found.headers)
    if len(options.columns) > len(found.columns):
        problems.append(_("The mapping names more columns than “{name}” has.").format(name=sheet.name))
    if problems:
        raise Invalid({"columns": "\n".join(problems)})
    return found, replace(options, header_row=found.header_row)


def _read(reader: Reader, number: int, row: Row, found: Layout) -> Line:
    line = reader.line(number, row)
    words = [str(cell) for cell in row if cell is not None]
    if len(words) > 1 and words == [each.header for each in found.columns if each.header in words]:
        line.problems.append(_("This row repeats the header."))
    return line


def _current(
    session: Session, lines: Sequence[Line], matches: Sequence[Match], options: Options
) -> dict[tuple[str, int], dict[str, Any]]:
    """What the records that the rows are about hold now, in the fields that the file has."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    ids = {
        Account: {each.account for each in matches if each.account and each.account > 0},
        Contact: {each.contact for each in matches if each.contact and each.contact > 0},
        Activity: {each.activity for each in matches if each.activity},
    }
    codes = {*options.columns, *NOTES.values(), "account.employees", "account.size_band", "account.lead_source"}
    codes |= {f"{entity}.{name}" for line in lines for entity, part in line.parts.items() for name in part}
    codes |= {"account.tags", "contact.tags"} if options.tags else set()
    for entity, keys in ids.items():
        fields: list[Field] = [each for each in fields_of(entity) if each.code in codes and each.name != "account"]
        fields = [each for each in fields if each.origin is None or each.origin.table != "affiliation"]
        values = queries.values(session, entity, fields, sorted(keys))
        found.update(((entity.__tablename__, key), row) for key, row in values.items())
    return found


def _look_up(session: Session, merger: Merger, lines: Sequence[Line], matches: Sequence[Match]) -> None:
    """What merging has to know of other records: what was said already, who is above whom."""
    texts = {text for line in lines if (text := line.value("activity", "summary"))}
    accounts = {each.account for each in matches if each.account and each.account > 0}
    contacts = {each.contact for each in matches if each.contact and each.contact > 0}
    merger.said = said_before(session, accounts, contacts, texts)
    if any(line.parent for line in lines):
        merger.parents = parents(session)


def _planned(merger: Merger, line: Line, match: Match, options: Options) -> PlanRow:
    if line.problems:
        return PlanRow(
            line.number, Outcome.PROBLEM, line.title, problems=_once(line.problems), warnings=_once(line.warnings)
        )
    if match.left_out:
        return PlanRow(line.number, Outcome.LEFT_OUT, line.title, warnings=_once(line.warnings))
    steps = merger.merge(line, match)
    if match.makes:
        outcome = Outcome.CREATE
    elif steps:
        outcome = Outcome.UPDATE
    else:
        outcome = Outcome.LEFT_OUT if options.mode == choices.CREATE else Outcome.SAME
    return PlanRow(
        line.number, outcome, line.title, steps, (), _once(line.warnings), account=match.account, contact=match.contact
    )


def _once(sentences: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))


def _counted(plan: Plan) -> Counts:
    counts = Counts()
    for row in plan.rows:
        setattr(counts, row.outcome.value, getattr(counts, row.outcome.value) + 1)
    for entity, name in (("account", "accounts"), ("contact", "contacts"), ("affiliation", "affiliations")):
        setattr(counts, name, sum(1 for _each in plan.new(entity)))
    counts.activities = sum(1 for _each in plan.new("activity"))
    return counts
