"""The tree of a filter, and how JSON keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _

ALL, ANY, NONE = "all", "any", "none"
HOW = (ALL, ANY, NONE)
DEEPEST = 20
"""More levels than anybody makes; what is deeper is no filter of ours."""


@dataclass(frozen=True, slots=True)
class Test:
    """One condition: what is looked at, how, and with which values."""

    __test__: ClassVar[bool] = False  # pytest takes each class whose name begins so for one of its own

    path: str
    operator: str
    values: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The condition as JSON has it."""
        return {"path": self.path, "operator": self.operator, "values": list(self.values)}


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of which all, any or none must hold; one without parts keeps nothing out."""

    how: str = ALL
    parts: tuple[Test | Group, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The group as JSON has it."""
        return {self.how: [each.to_json() for each in self.parts]}

    def tests(self) -> Iterator[Test]:
        """Every condition in it, however deep."""
        for each in self.parts:
            if isinstance(each, Test):
                yield each
            else:
                yield from each.tests()

    def __bool__(self) -> bool:
        """Whether it keeps anything out."""
        return any(True for _each in self.tests())


NOTHING = Group()
"""The filter that keeps nothing out."""


def to_json(group: Group) -> dict[str, Any]:
    """A filter as JSON has it, such as `{"all": [{"path": "status", "operator": "any_of", "values": ["active"]}]}`."""
    return group.to_json()


def from_json(kept: object) -> Group:
    """The filter that was kept as JSON; raises Invalid for what cannot be read as one.

    Whether there are such fields and operators is not looked at: `checked` does that.
    """
    if kept in (None, "", {}, []):
        return NOTHING
    if isinstance(kept, list):
        kept = {ALL: kept}
    found = _part(kept, 0)
    return Group(ALL, (found,)) if isinstance(found, Test) else found


def _part(kept: object, depth: int) -> Test | Group:
    if not isinstance(kept, Mapping) or depth > DEEPEST:
        raise _unreadable(kept)
    if "path" in kept:
        return _test(kept)
    how = next(iter(kept), "")
    parts = kept.get(how)
    if len(kept) != 1 or how not in HOW or not isinstance(parts, list):
        raise _unreadable(kept)
    return Group(how, tuple(_part(each, depth + 1) for each in parts))


def _test(kept: Mapping[str, object]) -> Test:
    path, operator, values = kept["path"], kept.get("operator"), kept.get("values", [])
    if not isinstance(path, str) or not isinstance(operator, str) or not isinstance(values, list):
        raise _unreadable(kept)
    if set(kept) - {"path", "operator", "values"} or not all(_is_plain(each) for each in values):
        raise _unreadable(kept)
    return Test(path, operator, tuple(str(each) for each in values))


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _unreadable(kept: object) -> Invalid:
    message = _("This part of the filter cannot be read: {part}. Write it such as {example}.")
    example = '{"all": [{"path": "status", "operator": "any_of", "values": ["active"]}]}'
    return Invalid({"filter": message.format(part=str(kept)[:80], example=example)})
