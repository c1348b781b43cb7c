"""What rows change: values put together with those that are there, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from crm_desktop.i18n import _
from crm_desktop.model import Activity, Affiliation, Contact
from crm_desktop.model.fields import Field, field_named
from crm_desktop.model.kinds import YesNo, as_text
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.known import Known, core_of
from crm_desktop.services.importing.matching import Match
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.plan import Draft, Step
from crm_desktop.services.importing.reading import Given, Line
from crm_desktop.services.importing.several import additions, united
from crm_desktop.services.importing.targets import by_code, holds_several
from crm_desktop.text.bands import band_of
from crm_desktop.text.folding import clean, fold

NOTE_KIND, NO_DIRECTION = "note", "none"
NAMES = {"account": "name", "contact": "full_name"}
NOTES = {"account": "account.description", "contact": "contact.note"}


class Merger:
    """Gathers, in drafts, what all rows together make of each record."""

    def __init__(self, known: Known, options: Options, current: Mapping[tuple[str, int], dict[str, Any]]) -> None:
        self.drafts: dict[tuple[str, int], Draft] = {}
        self.parents: Mapping[int, int] = {}
        self.said: set[tuple[str, int, str]] = set()
        self._known = known
        self._options = options
        self._current = current
        self._roles: dict[tuple[int, int], int] = {}

    def merge(self, line: Line, match: Match) -> list[Step]:
        """What a row changes, noted in the drafts."""
        steps: list[Step] = []
        if match.activity is not None:
            self._fields(line, self._draft("activity", match.activity), steps, by_id=True)
            return steps
        if match.account is not None:
            self._account(line, match, match.account, steps)
        if match.contact is not None:
            draft = self._draft("contact", match.contact)
            self._fields(line, draft, steps, by_id="contact" in match.by_id)
            self._role(line, match, steps)
        self._tags(line, match, steps)
        self._activity(line, match, steps)
        self._unplaced(line, match, steps)
        return steps

    def _account(self, line: Line, match: Match, key: int, steps: list[Step]) -> None:
        if self._options.source and not line.value("account", "lead_source"):
            source = by_code()["account.lead_source"].field
            assert source is not None
            line.put("account", "lead_source", Given(source.kind.read(self._options.source).value))
        draft = self._draft("account", key)
        self._fields(line, draft, steps, by_id="account" in match.by_id)
        self._settle_size(draft, steps)
        if line.parent:
            self._parent(line, draft)

    def _settle_size(self, draft: Draft, steps: list[Step]) -> None:
        """A number of employees picks its band."""
        employees, field = draft.values.get("employees"), by_code()["account.size_band"].field
        assert field is not None
        if "employees" in draft.changed and employees and not draft.values.get(field.name):
            self._change(draft, field, band_of(employees), steps)

    def _draft(self, entity: str, key: int) -> Draft:
        if (entity, key) not in self.drafts:
            self.drafts[entity, key] = Draft(entity, key, dict(self._current.get((entity, key), {})))
        return self.drafts[entity, key]

    def _is_closed(self, draft: Draft) -> bool:
        """Whether nothing of a record may be changed, because only new ones are wanted."""
        return self._options.mode == choices.CREATE and not draft.is_new

    def _fields(self, line: Line, draft: Draft, steps: list[Step], *, by_id: bool) -> None:
        if self._is_closed(draft):
            return
        for name, given in line.parts.get(draft.entity, {}).items():
            target = by_code()[f"{draft.entity}.{name}"]
            assert target.field is not None
            if name != NAMES.get(draft.entity) or by_id or (draft.is_new and name not in draft.values):
                self._field(line, draft, target.field, given, steps)

    def _field(self, line: Line, draft: Draft, field: Field, given: Given, steps: list[Step]) -> None:
        old = draft.values.get(field.name)
        if field.origin is not None and field.origin.table != "affiliation":
            if old is not None and _is_exported(field, given.cell, old):
                return
            fresh = additions(field.kind, old, given.value)
            if fresh:
                draft.added.setdefault(field.name, []).extend(fresh)
                self._set(draft, field, (*(old or ()), *fresh), steps)
        elif _is_blank(field, old):
            if given.value != old:
                self._change(draft, field, given.value, steps)
        elif given.value != old and not _is_exported(field, given.cell, old):
            self._other(line, draft, field, given, steps)

    def _other(self, line: Line, draft: Draft, field: Field, given: Given, steps: list[Step]) -> None:
        """The file says something else than the record."""
        old = draft.values[field.name]
        several = holds_several(field.kind) and isinstance(old, tuple)
        if several:
            if fresh := additions(field.kind, old, given.value):
                self._change(draft, field, (*old, *fresh), steps)
        elif self._options.overwrite:
            self._change(draft, field, given.value, steps)
        elif not _says(old, given.value):
            message = _("“{field}” keeps “{old}”; the file says “{new}”.")
            shown = field.kind.show
            line.warnings.append(message.format(field=field.label, old=shown(old)[:80], new=shown(given.value)[:80]))

    def _change(self, draft: Draft, field: Field, value: Any, steps: list[Step]) -> None:
        draft.changed[field.name] = field
        self._set(draft, field, value, steps)

    def _set(self, draft: Draft, field: Field, value: Any, steps: list[Step]) -> None:
        steps.append(Step(draft.entity, draft.key, field, draft.values.get(field.name), value))
        draft.values[field.name] = value

    def _role(self, line: Line, match: Match, steps: list[Step]) -> None:
        """The contact at the account; without an account in the row, where the contact is first of all."""
        assert match.contact is not None
        account = match.account if match.account is not None else self._known.main_account(match.contact)
        if account is None:
            for name, given in line.parts.get("affiliation", {}).items():
                field = field_named(Affiliation, name)
                line.unplaced.append(f"{field.label}: {field.kind.show(given.value)}")
                message = _("There is no company in this row: “{field}” was kept in the notes.")
                line.warnings.append(message.format(field=field.label))
            return
        if self._is_closed(self._draft("contact", match.contact)):
            return
        draft = self._role_draft(match.contact, account, steps)
        self._fields(line, draft, steps, by_id=False)

    def _role_draft(self, contact: int, account: int, steps: list[Step]) -> Draft:
        key = self._known.roles.get(contact, {}).get(account, 0) or self._roles.get((contact, account), 0)
        if key:
            draft = self._draft("affiliation", key)
            draft.values = draft.values or dict(self._known.role_values.get(key, {}))
            return draft
        key = self._known.new()
        self._roles[contact, account] = key
        draft = self._draft("affiliation", key)
        draft.links = {"contact_id": contact, "account_id": account}
        place = field_named(Contact, "account")
        steps.append(Step("contact", contact, place, None, self._known.accounts[account]))
        return draft

    def _tags(self, line: Line, match: Match, steps: list[Step]) -> None:
        if not self._options.tags:
            return
        entity, key = ("contact", match.contact) if match.contact is not None else ("account", match.account)
        if key is None or self._is_closed(draft := self._draft(entity, key)):
            return
        field = by_code()[f"{entity}.tags"].field
        assert field is not None
        self._field(line, draft, field, Given(self._options.tags), steps)

    def _parent(self, line: Line, draft: Draft) -> None:
        """Put an account below another one, unless it has a parent or would come to stand below itself."""
        if self._is_closed(draft):
            return
        found = [key for key in self._known.by_core.get(core_of(line.parent), ()) if key != draft.key]
        exact = [key for key in found if fold(self._known.accounts[key]) == fold(line.parent)]
        parent = (exact or found or [0])[0]
        current = draft.links.get("parent_id") or self.parents.get(draft.key)
        if current in found or (current and not self._options.overwrite):
            return
        if not parent or self._is_below(parent, draft.key):
            label = by_code()["account.parent"].label
            line.unplaced.append(f"{label}: {line.parent}")
            message = (
                _("“{field}”: “{text}” was kept in the notes.")
                if not parent
                else _("“{text}” cannot be above itself; it was kept in the notes.")
            )
            line.warnings.append(message.format(field=label, text=line.parent))
            return
        draft.links["parent_id"] = parent

    def _is_below(self, account: int, other: int) -> bool:
        """Whether an account is another one or somewhere below it."""
        above: int | None = account
        seen: set[int] = set()
        while above and above not in seen:
            if above == other:
                return True
            seen.add(above)
            draft = self.drafts.get(("account", above))
            above = (draft.links.get("parent_id") if draft else None) or self.parents.get(above)
        return False

    def _activity(self, line: Line, match: Match, steps: list[Step]) -> None:
        """What was said becomes the first entry of the timeline, unless it is there already."""
        given = line.parts.get("activity")
        text = line.value("activity", "summary")
        if not given or not text:
            for name, each in (given or {}).items():
                field = field_named(Activity, name)
                line.unplaced.append(f"{field.label}: {field.kind.show(each.value)}")
            return
        owners = [("account", match.account), ("contact", match.contact)]
        said = [(entity, key, text) for entity, key in owners if key is not None]
        if not said or any(each in self.said for each in said):
            return
        if all(self._is_closed(self._draft(entity, key)) for entity, key, _text in said):
            return
        self.said.update(said)
        draft = self._draft("activity", self._known.new())
        draft.values = {"kind": NOTE_KIND, "direction": NO_DIRECTION} | {
            name: each.value for name, each in given.items()
        }
        draft.links = {"account_id": match.account, "contact_id": match.contact}
        steps.append(Step("activity", draft.key, field_named(Activity, "summary"), None, text))

    def _unplaced(self, line: Line, match: Match, steps: list[Step]) -> None:
        """Keep in the notes what has no other place; what is in them already is not repeated."""
        entity, key = ("contact", match.contact) if match.contact is not None else ("account", match.account)
        if key is None or not line.unplaced or self._is_closed(draft := self._draft(entity, key)):
            return
        field = by_code()[NOTES[entity]].field
        assert field is not None
        old = draft.values.get(field.name)
        new = old
        for text in line.unplaced:
            new = united(field.kind, new, clean(text))
        if new != old:
            self._change(draft, field, new, steps)


def _is_blank(field: Field, value: Any) -> bool:
    """Whether a field says nothing yet: a “no” that nobody chose counts as nothing, too."""
    return value is None or value == "" or (isinstance(field.kind, YesNo) and value is False)


def _is_exported(field: Field, cell: Any, value: Any) -> bool:
    """Whether a cell is just what an export writes for a value."""
    if cell is None:
        return False
    written = field.kind.cell(value)
    if isinstance(cell, date) and isinstance(written, date):
        return _moment(cell) == _moment(written)
    return cell == written or as_text(cell) in (field.kind.show(value), field.kind.edit(value))


def _moment(day: date) -> datetime:
    """A day as the moment it begins: a sheet does not tell midnight from no time at all."""
    return day.replace(tzinfo=None) if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001


def _says(old: Any, new: Any) -> bool:
    """Whether a text says another one already."""
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    return clean(old) == clean(new) or clean(new) in [clean(each) for each in old.split("\n")]
