"""Fields that people add themselves: made, renamed, ordered and deleted, each as a step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typing_extensions import TypedDict, Unpack

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import _, language
from crm_desktop.model import ENTITIES, CustomField, CustomValue, PickItem, own_kinds, picks
from crm_desktop.model.custom import OWNERS
from crm_desktop.model.fields import Field, declared_fields, field_named, fields_of, own_fields
from crm_desktop.model.kinds import ShortText
from crm_desktop.model.own_kinds import LINKED
from crm_desktop.model.picks import Pick
from crm_desktop.store import own_values
from crm_desktop.store.own_fields import know_within, list_code
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.findings import Severity
from crm_desktop.text.folding import clean, fold, is_ideographic, words

KINDS: dict[str, str] = {code: kind.text for code, kind in own_kinds.KINDS.items()}
"""The words for the kinds of field that can be added, by code; to be translated where they are shown."""
LONGEST_NAME = 18
PERSON = ("contact", "affiliation")
"""What stands in one sheet together, so that no two of their fields may have one name."""
TAKEN = ("account", "contact", "contacts", "field", "id", "owner", "parent", "record", "source", "version")
"""Names that sheets and the command line use for something else."""


class Details(TypedDict, total=False):
    """What may be said of a new field besides its kind and its name."""

    other_label: str
    """The name in the language that is not spoken now."""
    options: Sequence[str]
    in_table: bool
    card: str
    target: str
    """For a link: `account` or `contact`."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field that people added, with all that can be said of it."""

    field: Field
    kind: str
    zh: str
    en: str
    target: str
    values: int
    """How many records hold something in it."""
    options: tuple[Pick, ...]

    @property
    def key(self) -> int:
        """The key of its `CustomField`."""
        assert self.field.own is not None
        return self.field.own


def listed(workspace: Workspace, entity: str = "") -> list[OwnField]:
    """The fields that people added to a kind of record, or to any, in their order."""
    if entity and entity not in OWNERS:
        raise Invalid({"entity": _("“{name}” is not one of {choices}.").format(name=entity, choices=", ".join(OWNERS))})
    wanted = [entity] if entity else [each for each in OWNERS if each in own_fields()]
    fields = [field for each in wanted for field in own_fields().get(each, ())]
    keys = [each.own for each in fields if each.own is not None]
    with workspace.read() as session:
        rows = {each.id: each for each in session.scalars(select(CustomField).where(CustomField.id.in_(keys)))}
        values = own_values.count(session, keys)
    return [_listed(each, rows[each.own], values) for each in fields if each.own in rows]


def _listed(field: Field, row: CustomField, values: dict[int, int]) -> OwnField:
    options = picks.of(list_code(row.entity, row.name))
    return OwnField(field, row.kind, row.zh, row.en, row.target, values.get(row.id, 0), options)


def named(code: str) -> Field:
    """The field that people added with this code, such as `account.特殊要求`; raises Missing when there is none."""
    entity, _dot, name = code.partition(".")
    found = next((each for each in own_fields().get(entity, ()) if each.name == name), None)
    if found is None:
        raise Missing(_("There is no field “{code}”.").format(code=code))
    return found


def add(workspace: Workspace, entity: str, kind: str, label: str, **details: Unpack[Details]) -> Field:
    """A new field on a kind of record, there at once everywhere. Raises Invalid with a sentence for what is wrong."""
    with workspace.write(_("New field “{label}”").format(label=clean(label))) as session:
        made = make(session, entity, kind, label, **details)
    return field_named(ENTITIES[entity], made.name)


def make(session: Writing, entity: str, kind: str, label: str, **details: Unpack[Details]) -> CustomField:
    """A new field inside a write that does more; it can be used at once, and is gone if the write is given up."""
    label, other = clean(label), clean(details.get("other_label", ""))
    zh, en = _by_language(label, other)
    options, target = [clean(each) for each in details.get("options", ())], details.get("target") or LINKED[0]
    _check(entity, kind, target, options)
    _check_names(entity, (label, other))
    made = CustomField(entity=entity, kind=kind, zh=zh, en=en)
    made.name = _free_name(session, entity, label)
    made.target = target if kind == "link" else ""
    made.card, made.in_table = details.get("card", ""), details.get("in_table", False)
    last = session.scalar(select(func.max(CustomField.position)).where(*_living(entity)))
    made.position = 0 if last is None else last + 1
    session.add(made)
    _put_options(session, made, [("", each) for each in options if each])
    know_within(session)
    return made


def rename(workspace: Workspace, own: int, zh: str, en: str) -> None:
    """Give a field other names; one of the two may be blank."""
    zh, en = clean(zh), clean(en)
    with workspace.write(_("Rename field “{label}”").format(label=_label(own))) as session:
        row = _row(session, own)
        _check_names(row.entity, (zh, en), own)
        row.zh, row.en = zh, en


def change(workspace: Workspace, own: int, **to: Any) -> None:
    """Have a field be in the list or not (`in_table`), or stand on another card (`card`)."""
    with workspace.write(_("Change field “{label}”").format(label=_label(own))) as session:
        row = _row(session, own)
        for name, value in to.items():
            setattr(row, name, value)


def move(workspace: Workspace, own: int, place: int) -> None:
    """Put a field at another place, counted from 0, among those of its kind of record."""
    with workspace.write(_("Move field “{label}”").format(label=_label(own))) as session:
        row = _row(session, own)
        order = select(CustomField).where(*_living(row.entity)).order_by(CustomField.position, CustomField.id)
        rows = [each for each in session.scalars(order) if each is not row]
        rows.insert(min(max(place, 0), len(rows)), row)
        for position, each in enumerate(rows):
            each.position = position


def remove(workspace: Workspace, own: int) -> int:
    """Put a field in the bin with its options and all that records hold in it; gives how many values those are."""
    with workspace.write(_("Delete field “{label}”").format(label=_label(own))) as session:
        row = _row(session, own)
        values = select(CustomValue.id).where(CustomValue.field_id == own, CustomValue.deleted_at.is_(None))
        keys = session.scalars(values).all()
        session.remove_rows(CustomValue, keys)
        for each in (row, *_items(session, row)):
            session.remove(each)
    return len(keys)


def set_options(workspace: Workspace, own: int, options: Sequence[tuple[str, str]]) -> None:
    """Have a pick list hold these options in this order: (code, label), with an empty code for a new one.

    One that is left out while records hold it stays readable, but is offered no more.
    """
    with workspace.write(_("Options of “{label}”").format(label=_label(own))) as session:
        row = _row(session, own)
        tidy = [(code, clean(label)) for code, label in options if clean(label)]
        _check(row.entity, row.kind, row.target or LINKED[0], [label for _code, label in tidy])
        _put_options(session, row, tidy)


def _put_options(session: Writing, row: CustomField, options: Sequence[tuple[str, str]]) -> None:
    there = {each.code: each for each in _items(session, row)}
    kept: set[str] = set()
    for place, (known, label) in enumerate(options):
        code = known or own_kinds.option_code(label)
        kept.add(code)
        item = there.get(code)
        if item is None:
            code_of_list = list_code(row.entity, row.name)
            session.add(PickItem(list_code=code_of_list, code=code, zh=label, en=label, position=place))
        else:
            _rename(item, label)
            item.position, item.is_active = place, True
    for code, item in there.items():
        if code not in kept:
            _retire(session, row, item)


def _rename(item: PickItem, label: str) -> None:
    """Have an option say `label`, in both languages unless they differ."""
    before = item.zh if language() == "zh_CN" else item.en
    if before != label:
        if item.zh == item.en:
            item.zh = item.en = label
        elif language() == "zh_CN":
            item.zh = label
        else:
            item.en = label


def _retire(session: Writing, row: CustomField, item: PickItem) -> None:
    holds = own_values.holds(ENTITIES[row.entity], row.name, item.code)
    if session.scalar(select(select(ENTITIES[row.entity].id).where(holds).exists())):
        item.is_active = False
    else:
        session.remove(item)


def _items(session: Session, row: CustomField) -> Sequence[PickItem]:
    """The options of a field, retired ones too."""
    code = list_code(row.entity, row.name)
    return session.scalars(select(PickItem).where(PickItem.list_code == code, PickItem.deleted_at.is_(None))).all()


def _row(session: Session, own: int) -> CustomField:
    row = session.get(CustomField, own)
    if row is None or row.deleted_at is not None:
        raise Missing(_("This field has been deleted."))
    return row


def _label(own: int) -> str:
    return next((each.label for fields in own_fields().values() for each in fields if each.own == own), "")


def _by_language(label: str, other: str) -> tuple[str, str]:
    """The Chinese and the English name: hanzi tell which is which, else the first is in the language spoken now."""
    if _has_hanzi(label) == _has_hanzi(other) or not other:
        return (label, other) if language() == "zh_CN" or _has_hanzi(label) else (other, label)
    return (label, other) if _has_hanzi(label) else (other, label)


def _has_hanzi(text: str) -> bool:
    return any(is_ideographic(each) for each in words(text))


def _living(entity: str) -> tuple[Any, ...]:
    return (CustomField.entity == entity, CustomField.deleted_at.is_(None))


def _check(entity: str, kind: str, target: str, options: Sequence[str]) -> None:
    """Raise Invalid for what no field can be."""
    choices = {"entity": (entity, OWNERS), "kind": (kind, tuple(KINDS)), "target": (target, LINKED)}
    for name, (value, allowed) in choices.items():
        if value not in allowed:
            message = _("“{name}” is not one of {choices}.").format(name=value, choices=", ".join(allowed))
            raise Invalid({name: message})
    if options and not own_kinds.KINDS[kind].picks:
        raise Invalid({"options": _("Only a field to pick from a list has options.")})
    if found := own_kinds.bad_options(kind, options):
        raise Invalid({"options": found[0].text})


def _check_names(entity: str, labels: Sequence[str], own: int | None = None) -> None:
    """Raise Invalid when a field cannot be called so: no name, one too long, or one that is taken."""
    given = [each for each in labels if each]
    if not given:
        raise Invalid({"label": _("A field needs a name.")})
    taken = {
        fold(each): field.label
        for field in fields_of(ENTITIES[entity])
        if field.own is None or field.own != own
        for each in field.spellings
    }
    for each in given:
        if ShortText(100).read(each).worst == Severity.BLOCK:
            raise Invalid({"label": _("This name is too long: the limit is {limit}.").format(limit=100)})
        if fold(each) in taken:
            raise Invalid({"label": _("There is a field “{label}” already.").format(label=taken[fold(each)])})


def _free_name(session: Session, entity: str, label: str) -> str:
    """A name that no field of this kind of record has or had, made from its label."""
    begun = fold(label)[:LONGEST_NAME] or "field"
    taken = {*TAKEN, *(name for each in OWNERS for name in _names(each))}
    together = PERSON if entity in PERSON else (entity,)
    taken.update(session.scalars(select(CustomField.name).where(CustomField.entity.in_(together))))
    if begun not in taken:
        return begun
    return next(name for number in range(2, len(taken) + 3) if (name := f"{begun}{number}") not in taken)


def _names(entity: str) -> set[str]:
    declared = ENTITIES[entity]
    return {*declared.__table__.columns.keys(), *(each.name for each in declared_fields(declared))}
