"""What a house has set in its data file and lists ask for: rhythms, and the limits of the life cycle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crm_desktop.model.filters.tree import Group
from crm_desktop.text import rhythm
from crm_desktop.text.lifecycle import Limits


@dataclass(frozen=True, slots=True)
class Rhythm:
    """In touch at least every so many days with the accounts of a level, with whom has a tag, or is in a list."""

    days: int | None
    """Nothing for no rhythm at all, whatever else would apply."""
    level: str = ""
    tag: int | None = None
    entity: str = ""
    """What the list shows, where it is one."""
    filter: Group | None = None

    def is_for(self, entity: str) -> bool:
        """Whether it may apply to records of an entity: a list is one of accounts or of contacts."""
        return self.filter is None or self.entity == entity


@dataclass(frozen=True, slots=True)
class House:
    """All that is set."""

    rhythms: tuple[Rhythm, ...] = ()
    limits: Limits = field(default_factory=Limits)


def rhythms_of(levels: Iterable[tuple[str, int | None]], others: Iterable[Rhythm] = ()) -> tuple[Rhythm, ...]:
    """The rhythms of levels, as usual where nothing was said, and others; a level without days has none."""
    found = {**rhythm.DAYS, **dict(levels)}
    return (*(Rhythm(days, level) for level, days in found.items() if days is not None), *others)


_known = House(rhythms_of(()))


def use(house: House) -> None:
    """Have the program know what the open data file says."""
    global _known  # noqa: PLW0603 - like pick lists: one data file is open in a process
    _known = house


def has_lists() -> bool:
    """Whether any list has a rhythm, so that rhythms depend on whatever its filter asks for."""
    return any(each.filter is not None for each in _known.rhythms)


def has_own(entity: str) -> bool:
    """Whether a rhythm may apply to records of an entity that is not that of a level."""
    return any(each.is_for(entity) for each in _known.rhythms if not each.level)


def house() -> House:
    """What the open data file says, the usual where it says nothing."""
    return _known
