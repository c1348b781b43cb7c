"""What hangs on the row's account and people, such as the first entry of a timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from crm_desktop.i18n import _
from crm_desktop.model.fields import Field
from crm_desktop.model.kinds import Kind
from crm_desktop.services.importing.matching import Match
from crm_desktop.services.importing.parts import BY_ENTITY, LEAVES, Leaf
from crm_desktop.services.importing.plan import Draft, Step
from crm_desktop.services.importing.reading import Given, Line
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
        self._merger = merger
        self._authors: dict[str, int] = {}

    def of_row(self, line: Line, match: Match) -> None:
        """What a row tells becomes an entry of each kind that it has the words for."""
        for leaf in LEAVES:
            part = line.parts.get(leaf.entity)
            constants = self._merger.constants.get(leaf.entity, {})
            if isinstance(author := constants.get(leaf.author), str):
                constants[leaf.author] = self._author(author)
            given = part.get(leaf.needs) if part else None
            text = given.value if given else constants.get(leaf.needs)
            if text:
                self._settle_author(leaf, part or {}, line)
                self._one(leaf, line, match, text)
            elif part:
                for name, each in part.items():
                    field = self._merger.book.fields[leaf.entity][name]
                    line.unplaced.append(f"{field.label}: {self._merger.book.shown(field, each.value)}")

    def known_by_id(self, line: Line, match: Match) -> None:
        """Change the record that a row names by its identity."""
        assert match.leaf is not None
        entity, key = match.leaf
        leaf = BY_ENTITY[entity]
        assert isinstance(leaf, Leaf)
        self._settle_author(leaf, line.parts.get(entity, {}), line)
        draft = self._merger.draft(entity, key)
        self._merger.fields(line, draft, by_id=True)
        if line.people and not self._merger.is_closed(draft):
            self._more_people(line, draft)

    def _one(self, leaf: Leaf, line: Line, match: Match, text: str) -> None:
        merger, part = self._merger, line.parts.get(leaf.entity, {})
        people = [each for each in dict.fromkeys((match.contact, *match.others)) if each is not None]
        owners = [("contact", each) for each in people]
        if not owners and match.account is not None:
            owners = [("account", match.account)]
        if not owners:
            return
        other = part[leaf.told_by].value if leaf.told_by in part else None
        told = merger.known.told[leaf.entity]
        found = _found(told, owners, text, other)
        if found:
            draft = merger.draft(leaf.entity, found)
            agreed = (leaf.needs, leaf.told_by) if leaf.told_by in draft.values or not draft.is_new else (leaf.needs,)
            line.parts[leaf.entity] = {name: each for name, each in part.items() if name not in agreed}
            merger.fields(line, draft, by_id=False)
            if not merger.is_closed(draft):
                absent = [each for each in people if not _has(told, ("contact", each, text), found)]
                self._join(draft, absent)
        elif any(not merger.is_closed(merger.draft(*each)) for each in owners):
            found = merger.known.new()
            constants = merger.constants.get(leaf.entity, {})
            values = {**leaf.blank, **constants, **{name: each.value for name, each in part.items()}}
            column = leaf.owners["account"]
            links = {column: match.account} if match.account is not None else {}
            merger.begin(leaf.entity, found, values, links).parties = tuple(people)
        else:
            return
        for each in owners:
            told.setdefault((*each, text), []).append((found, other))

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
            found = known.by_name.get(fold[name], ())
            if fold[name] in folded:
                continue
            if len(found) == 1:
                people.append(found[0])
            else:
                message = _("Nobody was taken for “{name}”: {count} people are called so.")
                line.warnings.append(message.format(name=name, count=len(found)))
        self._join(draft, people)

    def _settle_author(self, leaf: Leaf, part: Mapping[str, Given], line: Line) -> None:
        """Keep the author of what was written elsewhere, also somebody whom nobody here knows: never who imports it."""
        given = part.get(leaf.author)
        if given is None or not isinstance(given.value, str):
            return
        key = self._author(given.value)
        line.put(leaf.entity, leaf.author, Given(key))
        line.warnings.append(_("“{name}” is kept as the author.").format(name=given.value))

    def _author(self, name: str) -> int:
        """Somebody whom nobody here knows, as a user to be made."""
        folded = self._merger.names.fold[name] or name
        key = self._authors.get(folded)
        if key is None:
            key = self._authors[folded] = self._merger.known.new()
            self._merger.drafts["user"][key] = Draft("user", key, {"name": name[:LONGEST_NAME]})
            self._merger.book.add_user(key, name)
        return key


def _found(told: Mapping[Any, list[tuple[int, Any]]], owners: Iterable[tuple[str, int]], text: str, other: Any) -> int:
    """The leaf that a row means, 0 when it is a new one."""
    for each in owners:
        for key, there in told.get((*each, text), ()):
            if there is None or other is None or _agree(there, other):
                return key
    return 0


def _has(told: Mapping[Any, list[tuple[int, Any]]], owner: tuple[str, int, str], leaf: int) -> bool:
    return any(key == leaf for key, _other in told.get(owner, ()))


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) < A_MINUTE
    return bool(one == other)
