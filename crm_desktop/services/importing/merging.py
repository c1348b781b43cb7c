"""What rows change: values put together with those that are there, field by field.

What the file says first holds for the whole file: when two of its rows contradict each other about one record, the
first one counts and the second is told, so that a second import of the same file changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.i18n import _
from crm_desktop.model import ENTITIES
from crm_desktop.model.base import default_of
from crm_desktop.model.fields import Field
from crm_desktop.model.kinds import LinkTo, Notes
from crm_desktop.services.importing import identity
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.book import Book
from crm_desktop.services.importing.draft import Draft
from crm_desktop.services.importing.drafts import Drafts
from crm_desktop.services.importing.held import Held
from crm_desktop.services.importing.known import Known, Names
from crm_desktop.services.importing.leaves import Leaves
from crm_desktop.services.importing.line import Line, Part
from crm_desktop.services.importing.matching import Match
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.parents import Parents
from crm_desktop.services.importing.parts import BY_ENTITY, Leaf
from crm_desktop.services.importing.plan import Step
from crm_desktop.services.importing.primaries import FLAG, Primaries
from crm_desktop.services.importing.returning import Returned, Returning
from crm_desktop.services.importing.sameness import is_blank, is_exported, says
from crm_desktop.services.importing.several import additions, united
from crm_desktop.services.importing.targets import holds_several
from crm_desktop.text.bands import band_of
from crm_desktop.text.folding import clean

PRIMARY = f"affiliation.{FLAG}"


class Merger:
    """Gathers, in drafts, what all rows together make of each record."""

    def __init__(
        self, known: Known, options: Options, book: Book, names: Names, current: Held, returning: Returning
    ) -> None:
        self.names = names
        self.drafts = Drafts(("user", *BY_ENTITY))
        self.known, self.options, self.book = known, options, book
        self.constants: Mapping[str, dict[str, Any]] = {}
        self.unions: dict[tuple[str, int, str], Any] = {}
        """What all rows together say for a field whose values are replaced."""
        self.spoken: set[tuple[str, int, str]] = set()
        """Fields for which some row has a value, where there is one for all rows, too."""
        self.returning = returning
        self.leaves = Leaves(self)
        self.parents = Parents(self)
        self.primaries = Primaries()
        self._superiors: list[tuple[int, int]] = []
        """The new places of people whom the file says to report to others."""
        self._current = current
        self._roles: dict[tuple[int, int], int] = {}
        self._links = {
            entity: [each for each in fields.values() if isinstance(each.kind, LinkTo)]
            for entity, fields in book.fields.items()
        }
        self._ways: dict[str, str] = {}
        self.made: list[Draft] = []
        self.steps: list[Step] = []

    def merge(self, line: Line, match: Match) -> tuple[tuple[int, ...], tuple[Step, ...]]:
        """The numbers of what a row makes, and what it changes; both are noted in the drafts."""
        self.made.clear()
        self.steps.clear()
        if match.leaf:
            self.leaves.known_by_id(line, match)
        if match.account is not None:
            self._account(line, match, match.account)
        if match.contact is not None:
            self._contact(line, match, match.contact)
        for each in match.others:
            self._person(each, match.account)
        if self.options.tags:
            self._tags(match)
        if not match.leaf:
            self.leaves.of_row(line, match)
        if line.unplaced:
            self._unplaced(line, match)
        return tuple([each.key for each in self.made]), tuple(self.steps)

    def gather(self, lines: Sequence[Line], matches: Sequence[Match]) -> None:
        """Note what all rows together say for fields whose several values are replaced."""
        wanted = [
            (entity, field)
            for entity in ("account", "contact")
            for field in self.book.fields[entity].values()
            if holds_several(field.kind) and self.way_of(field) == choices.OVERWRITE
        ]
        for line, match in zip(lines, matches, strict=True) if wanted else ():
            keys = {"account": match.account, "contact": match.contact}
            for entity, field in wanted:
                value, key = line.value(entity, field.name), keys[entity]
                if value is not None and key is not None and not isinstance(field.kind, Notes):
                    place = (entity, key, field.name)
                    self.unions[place] = united(field.kind, self.unions.get(place), value)
            line.rest()

    # Records

    def _account(self, line: Line, match: Match, key: int) -> None:
        if match.new_account:
            draft = self.new_draft("account", key, line)
        else:
            draft = self.draft("account", key)
            self.fields(line, draft, by_id=match.named("account") is not None)
        self._settle_size(draft)
        if line.parent or line.number in self.returning.rows:
            self.parents.of_row(line, draft)

    def _settle_size(self, draft: Draft) -> None:
        """A number of employees picks its band."""
        employees = draft.values.get("employees")
        if employees and not draft.values.get("size_band") and (draft.is_new or "employees" in draft.changed):
            self.change(draft, self.book.fields["account"]["size_band"], band_of(employees))

    def _contact(self, line: Line, match: Match, key: int) -> None:
        if match.new_contact:
            draft = self.new_draft("contact", key, line)
            if line.ids:
                self._private_customer(line, draft)
        else:
            self.fields(line, self.draft("contact", key), by_id=match.named("contact") is not None)
        self._role(line, match, key)

    def _private_customer(self, line: Line, draft: Draft) -> None:
        """The one contact of an account that is a person, as our own files tell."""
        account = self.known.foreign.key("account", line.ids.get(identity.PERSON_OF))
        if account is not None and account not in self.known.persons:
            self.known.persons.add(account)
            draft.link("person_account_id", account)

    def _person(self, key: int, account: int | None) -> None:
        """Somebody who is only named in an activity."""
        if key < 0 and self.drafts.get("contact", key) is None:
            self.begin("contact", key, {"full_name": self.known.contacts[key]})
        is_there = self.known.places(key).get(account or 0, 0) or (key, account) in self._roles
        if account is not None and not is_there and not self.is_closed(self.draft("contact", key)):
            self._new_role(key, account, {})

    def draft(self, entity: str, key: int) -> Draft:
        """The draft of a record that is there, or that an earlier row made."""
        draft = self.drafts.get(entity, key)
        if draft is None:
            values = self._current.get(entity, key) or self.known.role_values.get(entity, key) or {}
            draft = Draft(entity, key, values)
            self.drafts.add(draft)
        return draft

    def new_draft(self, entity: str, key: int, line: Line) -> Draft:
        """The draft of a record that this row makes, with all that the row says of it."""
        return self.begin(entity, key, self._values(line, entity))

    def _values(self, line: Line, entity: str) -> Mapping[str, Any]:
        """What a row says of a record that it makes."""
        values = line.part(entity)
        for field in self._links[entity]:
            if isinstance(name := values.get(field.name), str):
                values = {each: value for each, value in values.items() if each != field.name}
                self._nobody(line, field, name)
        return values

    def begin(self, entity: str, key: int, values: Mapping[str, Any]) -> Draft:
        """A draft of a record that is made here; what its row does not say and all rows are to have joins in."""
        if constants := self.constants.get(entity):
            missing = {each for each in constants if each not in values and (entity, key, each) not in self.spoken}
            values = {**values, **{each: constants[each] for each in constants if each in missing}}
        draft = Draft(entity, key, values)
        self.drafts.add(draft)
        self.made.append(draft)
        return draft

    def is_closed(self, draft: Draft) -> bool:
        """Whether nothing of a record may be changed, because only new ones are wanted."""
        return draft.key > 0 and self.options.mode == choices.CREATE

    # Fields

    def fields(self, line: Line, draft: Draft, *, by_id: bool) -> None:
        """What a row says of a record that is there or that an earlier row made."""
        if self.is_closed(draft):
            return
        entity = draft.entity
        fields, name_field = self.book.fields[entity], BY_ENTITY[entity].name
        returned = self.returning.rows.get(line.number) if draft.key > 0 else None
        part = line.part(entity)
        for name, value in part.differing(draft.values) if draft.is_new and isinstance(part, Part) else part.items():
            if name != name_field or by_id or (draft.is_new and name not in draft.values):
                if value != draft.values.get(name):
                    self._field(line, draft, fields[name], value, returned)
                self._say(draft, fields[name])
        if returned:
            self._cleared(line, draft, returned)
        if isinstance(BY_ENTITY[entity], Leaf):
            return  # what all rows are to have is said of those that rows make
        for name, value in self.constants.get(entity, {}).items():
            if name not in part and (entity, draft.key, name) not in self.spoken:
                self._constant(draft, fields[name], value)

    def _field(self, line: Line, draft: Draft, field: Field, new: Any, returned: Returned | None) -> None:
        """What a row says for a field that does not hold it so far."""
        old = draft.values.get(field.name)
        if isinstance(field.kind, LinkTo) and isinstance(new, str):
            self._nobody(line, field, new)
        elif returned and returned.tells(field):
            if self.returning.takes_file(line, draft, field, old, new):
                self._replace(draft, field, new, adds=not returned.is_whole(field))
        elif isinstance(new, tuple) and holds_several(field.kind):
            self._several(line, draft, field, new, old or ())
        elif is_blank(field, old) and (old is None or not self._is_said(draft, field)):
            self.change(draft, field, new)
        elif not is_exported(field, line.cell(draft.entity, field.name), old):
            self._other(line, draft, field, new, old)

    def _say(self, draft: Draft, field: Field) -> None:
        if draft.key > 0:
            draft.say(field.name)

    def _is_said(self, draft: Draft, field: Field) -> bool:
        """Whether the file said before what a field holds."""
        return draft.is_new or field.name in draft.said

    def _constant(self, draft: Draft, field: Field, value: Any) -> None:
        """A value for all rows, for a record of which no row has another one."""
        old, way = draft.values.get(field.name), self.way_of(field)
        if isinstance(value, tuple) and holds_several(field.kind):
            if way == choices.ADD or not old:
                if fresh := additions(field.kind, old, value):
                    self._extend(draft, field, fresh, old or ())
            elif way == choices.OVERWRITE:
                self._replace(draft, field, value, adds=False)
        elif value != old and (is_blank(field, old) or way == choices.OVERWRITE):
            self.change(draft, field, value)

    def _several(self, line: Line, draft: Draft, field: Field, new: tuple[Any, ...], old: tuple[Any, ...]) -> None:
        """More values for a field that has some."""
        way = choices.ADD if draft.is_new else self.way_of(field)
        if way == choices.OVERWRITE:
            self._replace(draft, field, self.unions.get((draft.entity, draft.key, field.name), new), adds=False)
        elif fresh := additions(field.kind, old, new):
            if old and is_exported(field, line.cell(draft.entity, field.name), old):
                return
            if way == choices.ADD or not old:
                self._extend(draft, field, fresh, old)
            else:
                self._keeps(line, field, old, new)

    def _extend(self, draft: Draft, field: Field, fresh: tuple[Any, ...], old: tuple[Any, ...]) -> None:
        if draft.key > 0 and field.origin is not None and field.own is None:
            draft.add(field, fresh)
            self.set(draft, field, (*old, *fresh))
        else:
            self.change(draft, field, (*old, *fresh))

    def _replace(self, draft: Draft, field: Field, new: Any, *, adds: bool) -> None:
        """Have a field hold what the file says, and nothing else unless it only `adds`."""
        old = draft.values.get(field.name)
        if not isinstance(old, tuple) or not isinstance(new, tuple):
            if new != old:
                self.change(draft, field, new)
            return
        fresh = additions(field.kind, old, new)
        if adds:
            if fresh:
                self._extend(draft, field, fresh, old)
        elif fresh or additions(field.kind, new, old):
            self.change(draft, field, new)

    def _other(self, line: Line, draft: Draft, field: Field, new: Any, old: Any) -> None:
        """The file says something else than the record, or than an earlier row."""
        if isinstance(field.kind, Notes) and says(old, new):
            return
        if isinstance(field.kind, Notes) and (self._is_said(draft, field) or self.way_of(field) == choices.ADD):
            if (together := united(field.kind, old, new)) != old:
                self.change(draft, field, together)
        elif self.way_of(field) == choices.OVERWRITE and not self._is_said(draft, field):
            self.change(draft, field, new)
        elif not says(old, new):
            self._keeps(line, field, old, new)

    def _keeps(self, line: Line, field: Field, old: Any, new: Any) -> None:
        message = _("“{field}” keeps “{old}”; the file says “{new}”.")
        shown = self.book.shown
        line.warn(message.format(field=field.label, old=shown(field, old)[:80], new=shown(field, new)[:80]))

    def way_of(self, field: Field) -> str:
        """How a field treats what is there."""
        way = self._ways.get(field.code)
        if way is None:
            way = self._ways[field.code] = self.options.way_of(field)
        return way

    def change(self, draft: Draft, field: Field, value: Any) -> None:
        """Have a field hold another value."""
        if value is True and field.code == PRIMARY and not self.primaries.may_be(draft):
            return
        if draft.key > 0:
            draft.mark_changed(field)
        self.set(draft, field, value)

    def set(self, draft: Draft, field: Field, value: Any) -> None:
        """Note in the row's steps, and for the rows that follow, what a field holds now."""
        self.steps.append(Step(draft.entity, draft.key, field, draft.values.get(field.name), value))
        draft.set(field.name, value)

    def _cleared(self, line: Line, draft: Draft, returned: Returned) -> None:
        """Empty the fields whose cells somebody emptied in an exported sheet."""
        for name in returned.cleared.get(draft.entity, ()):
            field = self.book.fields[draft.entity].get(name)
            if field is None or field.required or name == BY_ENTITY[draft.entity].name:
                continue
            old, blank = draft.values.get(name), _blank_of(field)
            if not is_blank(field, old) and old != blank and self.returning.takes_file(line, draft, field, old, None):
                self.change(draft, field, blank)

    def _nobody(self, line: Line, field: Field, name: str) -> None:
        """Keep the name of somebody who is no user in the notes."""
        line.keep(f"{field.label}: {name}")
        line.warn(_("“{field}”: “{text}” was kept in the notes.").format(field=field.label, text=name))

    # What belongs to the link of two records

    def _role(self, line: Line, match: Match, contact: int) -> None:
        """The contact at the account; without an account in the row, where the contact is first of all."""
        account = match.account if match.account is not None else self.known.main_account(contact)
        if account is None:
            for name, value in line.part("affiliation").items():
                field = self.book.fields["affiliation"][name]
                line.keep(f"{field.label}: {self.book.shown(field, value)}")
                message = _("There is no company in this row: “{field}” was kept in the notes.")
                line.warn(message.format(field=field.label))
            return
        if contact > 0 and self.is_closed(self.draft("contact", contact)):
            return
        key = self._role_key(line, contact, account)
        if key:
            self.fields(line, self.draft("affiliation", key), by_id=False)
        else:
            key = self._new_role(contact, account, self._values(line, "affiliation"))
            if superior := line.ids.get(identity.REPORTS_TO):
                self._superiors.append((key, superior))
        self.known.foreign.note("affiliation", line.ids.get("affiliation"), key)

    def _new_role(self, contact: int, account: int, values: Mapping[str, Any]) -> int:
        key = self.known.new()
        self._roles.setdefault((contact, account), key)
        draft = self.begin("affiliation", key, values)
        draft.contact, draft.account = contact, account
        if draft.values.get(FLAG) and not self.primaries.may_be(draft):
            draft.set(FLAG, value=False)
        return key

    def settle_superiors(self) -> int:
        """Have people report to whom the file says; gives how many of these are neither in it nor here."""
        missing = 0
        for key, named in self._superiors:
            superior = self.known.foreign.key("affiliation", named)
            if superior is None:
                missing += 1
            else:
                self.draft("affiliation", key).link("reports_to_id", superior)
        return missing

    def _role_key(self, line: Line, contact: int, account: int) -> int:
        """The affiliation of a contact at an account, 0 when it is to be made."""
        named = line.ids.get("affiliation", 0)
        if line.number in self.returning.rows and self.known.role_values.has("affiliation", named):
            return named
        there = self.known.places(contact).get(account, 0) or self._roles.get((contact, account), 0)
        if not named or self.known.foreign.possible("affiliation", named, [there]):
            return there
        return self.known.foreign.key("affiliation", named) or 0

    def _tags(self, match: Match) -> None:
        entity, key = match.about
        if key is None or self.is_closed(draft := self.draft(entity, key)):
            return
        field = self.book.fields[entity]["tags"]
        old = draft.values.get("tags") or ()
        if fresh := additions(field.kind, old, self.options.tags):
            if old and draft.key > 0:
                self._extend(draft, field, fresh, old)
            else:
                self.change(draft, field, (*old, *fresh))

    def _unplaced(self, line: Line, match: Match) -> None:
        """Keep in the notes what has no other place; what is in them already is not repeated."""
        entity, key = match.about
        if key is None or self.is_closed(draft := self.draft(entity, key)):
            return
        field = self.book.fields[entity][BY_ENTITY[entity].notes]
        old = draft.values.get(field.name)
        new = old
        for text in line.unplaced:
            new = united(field.kind, new, clean(text))
        self._say(draft, field)
        if new != old:
            self.change(draft, field, new)


def _blank_of(field: Field) -> Any:
    """What a field holds when it is emptied: its default, where it may not be blank."""
    column = ENTITIES[field.entity].__table__.columns.get(field.name)
    return None if column is None or column.nullable else default_of(column)
