"""What can be asked of a kind of record: its own fields, what is counted of it, and the fields of related records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from crm_desktop.i18n import N_, _
from crm_desktop.model import Account, Affiliation, Contact, Entity, picks
from crm_desktop.model.account import CLOSED
from crm_desktop.model.fields import Field, fields_of, until_fields_change
from crm_desktop.model.filters import operators as sorts
from crm_desktop.model.filters.operators import OPERATORS, Operator
from crm_desktop.model.kinds import (
    Amount,
    Birthday,
    Choice,
    Choices,
    Day,
    Kind,
    LinkTo,
    Moment,
    Region,
    Whole,
    YesNo,
)
from crm_desktop.model.own_kinds import Figure
from crm_desktop.model.picture import PhotoKind
from crm_desktop.model.tag import TagsKind

__all__ = ["CLOSED", "RELATED", "Relation", "Testable", "path_of", "testable", "testable_at"]
SORTS: tuple[tuple[type[Kind], str], ...] = (
    (Choice, sorts.CHOICE),
    (Choices, sorts.CHOICES),
    (Amount, sorts.MONEY),
    (Whole, sorts.NUMBER),
    (Figure, sorts.NUMBER),
    (YesNo, sorts.YES_NO),
    (Day, sorts.DATE),
    (Moment, sorts.DATE),
    (Birthday, sorts.BIRTHDAY),
    (Region, sorts.REGION),
    (LinkTo, sorts.USER),
    (TagsKind, sorts.TAG),
    (PhotoKind, sorts.PRESENCE),
)
"""The sort of value by the kind of field; everything else is text."""
TALKS_LIST = "activity_kind"
FURTHER_FIELDS = N_("Further fields")


@dataclass(frozen=True, slots=True)
class Testable:
    """One thing that can be asked of a kind of record."""

    __test__ = False  # as in `tree.Test`

    path: str
    text: str
    sort: str
    card: str = ""
    """The card of the form that it stands on."""
    field: Field | None = None
    list_code: str = ""
    """The pick list of its values, for choices."""
    relation: str = ""
    """The word for the related record that it belongs to; empty for the record's own."""

    @property
    def label(self) -> str:
        """What it is called."""
        return self.field.label if self.field else _(self.text)

    @property
    def full_label(self) -> str:
        """What it is called where it stands alone: with the related record that it belongs to."""
        if not self.relation:
            return self.label
        return _("{record}: {field}").format(record=_(self.relation), field=self.label)

    @property
    def group(self) -> str:
        """The heading under which it is offered."""
        heading = self.relation or self.card or FURTHER_FIELDS
        return _(heading)

    @property
    def operators(self) -> tuple[Operator, ...]:
        """How it can be asked, the most usual first."""
        return OPERATORS[self.sort]

    def choices(self) -> tuple[tuple[str, str], ...]:
        """The codes and words to choose from, for choices; those that are offered no more are left out."""
        return tuple((each.code, each.label) for each in picks.of(self.list_code) if each.is_active)


@dataclass(frozen=True, slots=True)
class Relation:
    """Records that belong together; filters of the one may ask for fields of the other."""

    name: str
    entity: type[Entity]
    text: str


RELATED: Mapping[str, tuple[Relation, ...]] = {
    "account": (Relation("contact", Contact, N_("Contacts")), Relation("affiliation", Affiliation, N_("Position"))),
    "contact": (Relation("account", Account, N_("Account")), Relation("affiliation", Affiliation, N_("Position"))),
}
"""For a contact, `account` is its main place of work; the others are any that is not in the bin."""
_RHYTHM = Testable("rhythm", N_("Rhythm"), sorts.RHYTHM, N_("Activities"))
_MOMENTS = (
    Testable("activity.last", N_("Last activity"), sorts.DATE, N_("Activities")),
    Testable("activity.count", N_("Activities"), sorts.TALKS, N_("Activities"), list_code=TALKS_LIST),
    Testable("task.due", N_("Next step"), sorts.DUE, N_("Activities")),
)
FURTHER: Mapping[str, tuple[Testable, ...]] = {
    "account": (
        *_MOMENTS,
        _RHYTHM,
        Testable("lifecycle", N_("Life cycle"), sorts.CHOICE, "Business", list_code="lifecycle"),
    ),
    "contact": (
        Testable("age", N_("Age"), sorts.NUMBER, "Person"),
        Testable("region", N_("City or region"), sorts.REGION, "Reach"),
        *_MOMENTS,
        _RHYTHM,
        Testable("created_at", N_("Created"), sorts.DATE, "Role"),
    ),
}
"""What can be asked besides fields, by kind of record."""


def testable(entity: type[Entity]) -> tuple[Testable, ...]:
    """Everything that can be asked of a kind of record, in the order in which it is offered."""
    return tuple(_by_path(entity).values())


def testable_at(entity: type[Entity], path: str) -> Testable | None:
    """What a path names, or None."""
    return _by_path(entity).get(path)


def path_of(field: Field) -> str:
    """The path by which a field of the record itself is asked for: its name, `tag` for its tags."""
    return "tag" if isinstance(field.kind, TagsKind) else field.name


@until_fields_change
@cache
def _by_path(entity: type[Entity]) -> Mapping[str, Testable]:
    found = {each.path: each for each in _own(entity)}
    for relation in RELATED.get(entity.__tablename__, ()):
        for each in _own(relation.entity):
            if not _says_the_same(relation, each):
                path = f"{relation.name}.{each.path}"
                found[path] = replace(each, path=path, relation=relation.text)
    return MappingProxyType(found)


def _own(entity: type[Entity]) -> list[Testable]:
    found = [_of_field(each) for each in fields_of(entity)]
    return [*found, *FURTHER.get(entity.__tablename__, ())]


def _of_field(field: Field) -> Testable:
    sort = next((sort for kind, sort in SORTS if isinstance(field.kind, kind)), sorts.TEXT)
    list_code = field.kind.list_code if isinstance(field.kind, Choice | Choices) else ""
    return Testable(path_of(field), field.text, sort, field.group, field, list_code)


def _says_the_same(relation: Relation, each: Testable) -> bool:
    """Whether the record itself has the same field: a contact its account's name, its title and its department."""
    return f"{relation.name}.{each.path}" in ("account.name", "contact.account") or (
        relation.name == "affiliation" and each.path in ("title", "department")
    )
