"""Filters: conditions on own and related fields, joined by and, or and not; plain data that JSON can keep."""

from crm_desktop.model.filters.checking import checked
from crm_desktop.model.filters.operators import ME, Operator
from crm_desktop.model.filters.testables import Testable, path_of, testable, testable_at
from crm_desktop.model.filters.tree import ALL, ANY, NONE, NOTHING, Group, Test, from_json, to_json
from crm_desktop.model.filters.wording import NOBODY, say, say_test

__all__ = [
    "ALL", "ANY", "ME", "NOBODY", "NONE", "NOTHING", "Group", "Operator", "Test", "Testable", "checked", "from_json",
    "path_of", "say", "say_test", "testable", "testable_at", "to_json",
]  # fmt: skip
