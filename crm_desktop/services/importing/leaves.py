"""What hangs on the row's account and people, such as the first entry of a timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from weakref import proxy

from crm_desktop.i18n import _
from crm_desktop.model.fields import Field
from crm_desktop.model.kinds import Kind
from crm_desktop.services.importing.draft import Draft
from crm_desktop.services.importing.line import Line, Part
from crm_desktop.services.importing.matching import Match
from crm_desktop.services.importing.parts import BY_ENTITY, LEAVES, Leaf
from crm_desktop.services.importing.plan import Step
from crm_desktop.services.importing.targets import CONTACTS_LABEL

if TYPE_CHECKING:
    from crm_desktop.services.importing.merging import Merger

PEOPLE = Field("activity", "contacts", CONTACTS_LABEL, Kind())
"""The people who took part, told by their names."""
LONGEST_NAME = 200
A_MINUTE = timedelta(minutes=1)
"""Sheets keep moments as fractions of a day, so that they come back a little off."""


class Leaves:
    """Makes the leaves that rows tell, unless they are there already."""

    def __init__(self, merger: Merger) -> None:
        self._merger: Merger = proxy(merger)  # no circle: what a merger holds is let go as soon as it is done
        self._authors: dict[str, int] = {}

    def of_row(self, line: Line, match: Match) -> None:
        """What a row tells becomes an entry of each kind that it has the words for."""
        for leaf in LEAVES:
            part = line.part(leaf.entity)
            constants = self._merger.constants.get(leaf.entity, {})
            if isinstance(author := constants.get(leaf.author), str):
                constants[leaf.author] = self._author(author)
            text = part.get(leaf.needs) or constants.get(leaf.needs)
            if text:
                self._settle_author(leaf, part, line)
                self._one(leaf, line, match, text)
            elif part:
                for name, each in part.items():
                    field = self._merger.book.fields[leaf.entity][name]
                    line.keep(f"{field.label}: {self._merger.book.shown(field, each)}")

    def known_by_id(self, line: Line, match: Match) -> None:
        """Change the record that a row names by its identity."""
        assert match.leaf is not None
        entity, key = match.leaf
        leaf = BY_ENTITY[entity]
        assert isinstance(leaf, Leaf)
        self._settle_author(leaf, line.part(entity), line)
        draft = self._merger.draft(entity, key)
        self._merger.fields(line, draft, by_id=True)
        if line.people and not self._merger.is_closed(draft):
            self._more_people(line, draft)

    def _one(self, leaf: Leaf, line: Line, match: Match, text: str) -> None:
        merger, part = self._merger, line.part(leaf.entity)
        known = merger.known
        people = [each for each in dict.fromkeys((match.contact, *match.others)) if each is not None]
        owners = [("contact", each) for each in people]
        if not owners and match.account is not None:
            owners = [("account", match.account)]
        if not owners:
            return
        other = part.get(leaf.told_by)
        told = known.told[leaf.entity]
        foreign, named = known.foreign, line.ids.get(leaf.entity)
        found = foreign.key(leaf.entity, named)
        if found is None:
            found = next(iter(foreign.possible(leaf.entity, named, _found(told, owners, text, other))), None)
        if found is not None:
            draft = merger.draft(leaf.entity, found)
            agreed = (leaf.needs, leaf.told_by) if leaf.told_by in draft.values or not draft.is_new else (leaf.needs,)
            line.set_part(leaf.entity, {name: each for name, each in part.items() if name not in agreed})
            merger.fields(line, draft, by_id=False)
            if not merger.is_closed(draft):
                absent = [each for each in people if not _has(told, ("contact", each, text), found)]
                self._join(draft, absent)
        elif any(key < 0 or not merger.is_closed(merger.draft(entity, key)) for entity, key in owners):
            found = known.new()
            held = {**leaf.blank, **merger.constants.get(leaf.entity, {})}
            draft = merger.begin(
                leaf.entity, found, _with(part, {each: held[each] for each in held if each not in part})
            )
            draft.account, draft.parties = match.account, tuple(people)
        else:
            return
        foreign.note(leaf.entity, named, found)
        for each in owners:
            told[(*each, text)] = (*told.get((*each, text), ()), (found, other))

    def _join(self, draft: Draft, people: Iterable[int]) -> None:
        """Have people take part who did not so far."""
        there = self._merger.known.parties.get(draft.key, {})
        fresh = [each for each in people if each not in there and each not in draft.parties]
        names = self._merger.known.contacts
        if fresh and draft.key > 0:
            self._merger.steps.append(
                Step(
                    draft.entity, draft.key, PEOPLE, ", ".join(there.values()), ", ".join(names[each] for each in fresh)
                )
            )
        draft.parties = (*draft.parties, *fresh)

    def _more_people(self, line: Line, draft: Draft) -> None:
        known, fold = self._merger.known, self._merger.names.fold
        there = known.parties.get(draft.key, {})
        folded = {fold[each] for each in there.values()}
        people = []
        for name in line.people:
            found = known.by_name.of(fold[name])
            if fold[name] in folded:
                continue
            if len(found) == 1:
                people.append(found[0])
            else:
                message = _("Nobody was taken for “{name}”: {count} people are called so.")
                line.warn(message.format(name=name, count=len(found)))
        self._join(draft, people)

    def _settle_author(self, leaf: Leaf, part: Mapping[str, Any], line: Line) -> None:
        """Keep the author of what was written elsewhere, also somebody whom nobody here knows: never who imports it."""
        name = part.get(leaf.author)
        if not isinstance(name, str):
            return
        line.put(leaf.entity, leaf.author, self._author(name))
        line.warn(_("“{name}” is kept as the author.").format(name=name))

    def _author(self, name: str) -> int:
        """Somebody whom nobody here knows, as a user to be made."""
        folded = self._merger.names.fold[name] or name
        key = self._authors.get(folded)
        if key is None:
            key = self._authors[folded] = self._merger.known.new()
            self._merger.drafts.add(Draft("user", key, {"name": name[:LONGEST_NAME]}))
            self._merger.book.add_user(key, name)
        return key


def _with(part: Mapping[str, Any], more: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a row says, and values of other fields."""
    return part.with_more(more) if isinstance(part, Part) else {**part, **more}


def _found(
    told: Mapping[Any, tuple[tuple[int, Any], ...]], owners: Iterable[tuple[str, int]], text: str, other: Any
) -> Iterator[int]:
    """The leaves that a row may mean."""
    for each in owners:
        for key, there in told.get((*each, text), ()):
            if there is None or other is None or _agree(there, other):
                yield key


def _has(told: Mapping[Any, tuple[tuple[int, Any], ...]], owner: tuple[str, int, str], leaf: int) -> bool:
    return any(key == leaf for key, _other in told.get(owner, ()))


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) < A_MINUTE
    return bool(one == other)
