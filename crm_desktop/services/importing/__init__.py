"""Lists of companies and people from other programs: understood, compared with what is there, previewed, written."""

from crm_desktop.services.importing.applying import Report, apply, problem_rows
from crm_desktop.services.importing.column import ColumnCheck
from crm_desktop.services.importing.date_order import DateOrder
from crm_desktop.services.importing.findings import FindingLine
from crm_desktop.services.importing.options import DEFAULT_MATCH, MATCH_KEYS, MODES, Options, ways_of
from crm_desktop.services.importing.own_columns import NewField
from crm_desktop.services.importing.plan import (
    Candidate,
    Conflict,
    Counts,
    Doubt,
    FieldChange,
    LeftOut,
    Outcome,
    Pair,
    Plan,
    PlanRow,
)
from crm_desktop.services.importing.preparing import prepare
from crm_desktop.services.importing.sheet_layout import Column, Layout, layout, remember
from crm_desktop.services.importing.source import Source, source_of
from crm_desktop.services.importing.targets import Target, mapping_problems, targets
from crm_desktop.services.importing.trying import TriedOut, try_out

__all__ = [
    "DEFAULT_MATCH",
    "MATCH_KEYS",
    "MODES",
    "Candidate",
    "Column",
    "ColumnCheck",
    "Conflict",
    "Counts",
    "DateOrder",
    "Doubt",
    "FieldChange",
    "FindingLine",
    "Layout",
    "LeftOut",
    "NewField",
    "Options",
    "Outcome",
    "Pair",
    "Plan",
    "PlanRow",
    "Report",
    "Source",
    "Target",
    "TriedOut",
    "apply",
    "layout",
    "mapping_problems",
    "prepare",
    "problem_rows",
    "remember",
    "source_of",
    "targets",
    "try_out",
    "ways_of",
]
