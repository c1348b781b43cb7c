"""A filter as people say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from crm_desktop.i18n import _, language
from crm_desktop.model import Entity, picks
from crm_desktop.model.filters import operators as sorts
from crm_desktop.model.filters.operators import operator
from crm_desktop.model.filters.testables import Testable, testable_at
from crm_desktop.model.filters.tree import ANY, NONE, Group, Test
from crm_desktop.text import day_spans, regions

NOBODY: Mapping[int, str] = MappingProxyType({})


def say(group: Group, entity: type[Entity], people: Mapping[int, str] = NOBODY) -> str:
    """A filter as a sentence; empty when it keeps nothing out. `people` are the names of users by their keys."""
    said = [
        say_test(each, entity, people) if isinstance(each, Test) else _in_brackets(each, entity, people)
        for each in group.parts
        if each
    ]
    if not said:
        return ""
    if group.how == NONE:
        return _("none of: {parts}").format(parts=_joined(said, _("{one} or {other}")))
    return _joined(said, _("{one} or {other}") if group.how == ANY else _("{one} and {other}"))


def say_test(test: Test, entity: type[Entity], people: Mapping[int, str] = NOBODY) -> str:
    """One condition as a sentence; one that can no longer be asked is told as it is kept."""
    asked = testable_at(entity, test.path)
    how = operator(asked.sort, test.operator) if asked else None
    if asked is None or how is None:
        return " ".join((test.path, test.operator, *test.values))
    takes = list(how.takes) * len(test.values) if how.has_many else how.takes
    values = [_value(asked, sort, text, people) for sort, text in zip(takes, test.values, strict=False)]
    label = asked.full_label
    if asked.sort == sorts.TALKS and len(values) == len(how.takes) and values[-1]:
        label = values[-1]
    first, second = [*values, "", ""][:2]
    return _(how.sentence).format(label=label, first=first, second=second, values=_list(values))


def _in_brackets(group: Group, entity: type[Entity], people: Mapping[int, str]) -> str:
    said = say(group, entity, people)
    return _("({parts})").format(parts=said) if len(group.parts) > 1 or group.how == NONE else said


def _joined(said: Sequence[str], join: str) -> str:
    joined = said[0]
    for each in said[1:]:
        joined = join.format(one=joined, other=each)
    return joined


def _list(values: Sequence[str]) -> str:
    return ("、" if language() == "zh_CN" else ", ").join(values)


def _value(asked: Testable, sort: str, text: str, people: Mapping[int, str]) -> str:
    if sort in (sorts.CHOICE, sorts.OPTIONAL_CHOICE):
        return picks.label(asked.list_code, text) if text else ""
    if sort == sorts.DATE:
        return day_spans.show(text)
    if sort == sorts.REGION:
        return regions.name(text, language(), short=True)
    if sort == sorts.USER:
        return _("me") if text == sorts.ME else people.get(int(text), text) if text.isdecimal() else text
    return text
