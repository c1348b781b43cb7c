"""Values of which a field may hold several: what is new among them, and what they are together."""

from __future__ import annotations

from typing import Any

from crm_desktop.model.address import AddressKind
from crm_desktop.model.channel import ChannelKind
from crm_desktop.model.kinds import Kind, Notes
from crm_desktop.model.tag import TagsKind
from crm_desktop.text.folding import clean, fold


def united(kind: Kind, old: Any, new: Any) -> Any:
    """Both together, the old ones first; texts are put under one another."""
    if old is None or new is None:
        return new if old is None else old
    if isinstance(kind, Notes):
        return old if f"\n{new}\n" in f"\n{old}\n" else f"{old}\n{new}"
    return (*old, *additions(kind, old, new))


def additions(kind: Kind, old: tuple[Any, ...] | None, new: tuple[Any, ...]) -> tuple[Any, ...]:
    """The new ones that are not among the old ones."""
    old = old or ()
    if isinstance(kind, ChannelKind):
        return tuple(each for each in new if not any(each.same_as(other) for other in old))
    if isinstance(kind, TagsKind):
        there = {fold(each) for name in old for each in (name, *(kind.read(name).value or ()))}
        return tuple(each for each in new if fold(each) not in there)
    if isinstance(kind, AddressKind):
        there = {clean(line) for each in old for line in (each, *each.splitlines())}
        return tuple(each for each in new if each not in there)
    return tuple(each for each in new if each not in old)
