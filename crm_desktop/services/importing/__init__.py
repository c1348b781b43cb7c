"""Lists of companies and people from other programs: understood, compared with what is there, previewed, written."""

from crm_desktop.services.importing.applying import Report, apply, problem_rows
from crm_desktop.services.importing.options import MATCH_KEYS, MODES, Options
from crm_desktop.services.importing.plan import Candidate, Counts, Doubt, FieldChange, Outcome, Plan, PlanRow
from crm_desktop.services.importing.preparing import prepare
from crm_desktop.services.importing.reading import ColumnCheck
from crm_desktop.services.importing.sheet_layout import Column, Layout, layout, remember
from crm_desktop.services.importing.targets import Target, mapping_problems, targets

__all__ = [
    "MATCH_KEYS",
    "MODES",
    "Candidate",
    "Column",
    "ColumnCheck",
    "Counts",
    "Doubt",
    "FieldChange",
    "Layout",
    "Options",
    "Outcome",
    "Plan",
    "PlanRow",
    "Report",
    "Target",
    "apply",
    "layout",
    "mapping_problems",
    "prepare",
    "problem_rows",
    "remember",
    "targets",
]
