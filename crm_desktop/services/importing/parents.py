"""Accounts below other accounts, which a sheet tells by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from weakref import proxy

from crm_desktop.i18n import _
from crm_desktop.services.importing import identity
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.book import PARENT
from crm_desktop.services.importing.draft import Draft
from crm_desktop.services.importing.line import Line
from crm_desktop.services.importing.plan import Step

if TYPE_CHECKING:
    from crm_desktop.services.importing.merging import Merger

LINK = "parent_id"


class Parents:
    """Finds the account above another one and sees to it that none comes to stand below itself."""

    def __init__(self, merger: Merger) -> None:
        self.there: Mapping[int, int] = {}
        """The parent of every account of the data file that has one."""
        self.names: Mapping[int, str] = {}
        """What those parents are called that the file does not name."""
        self._merger: Merger = proxy(merger)  # no circle: what a merger holds is let go as soon as it is done

    def of_row(self, line: Line, draft: Draft) -> None:
        """Put the account of a row below the one that the row names, unless it has a parent already."""
        merger = self._merger
        if merger.is_closed(draft):
            return
        current = self._above(draft)
        returned = merger.returning.rows.get(line.number) if not draft.is_new else None
        if not line.parent:
            is_cleared = returned is not None and PARENT.name in returned.cleared.get("account", ())
            if is_cleared and current and self._takes_file(line, draft, current, None):
                self._put(draft, current, None)
            return
        by_id = merger.known.foreign.key("account", line.ids.get(identity.PARENT))
        found = [by_id] if by_id is not None else self._named(line.parent, draft.key)
        is_said = draft.is_new or PARENT.name in draft.said
        draft.say(PARENT.name)
        if current in found:
            return
        parent = found[0] if found else None
        if parent is None or self._is_below(parent, draft.key):
            self._keep_as_text(line, is_known=parent is not None)
        elif returned:
            if self._takes_file(line, draft, current, parent):
                self._put(draft, current, parent)
        elif not current or (merger.way_of(PARENT) == choices.OVERWRITE and not is_said):
            self._put(draft, current, parent)
        else:
            told = _("“{field}” keeps “{old}”; the file says “{new}”.")
            line.warn(told.format(field=PARENT.label, old=self._name(current), new=line.parent))

    def _above(self, draft: Draft) -> int | None:
        found: int | None = draft.links[LINK] if LINK in draft.links else self.there.get(draft.key)
        return found

    def _named(self, name: str, other_than: int) -> list[int]:
        """The accounts that a name may mean, those of exactly this name first."""
        known, names = self._merger.known, self._merger.names
        found = [key for key in known.by_core.of(names.core[name]) if key != other_than]
        folded = names.fold[name]
        return sorted(found, key=lambda key: names.fold[known.accounts[key]] != folded)

    def _takes_file(self, line: Line, draft: Draft, old: int | None, new: int | None) -> bool:
        return self._merger.returning.takes_file(line, draft, PARENT, self._name(old), self._name(new))

    def _name(self, account: int | None) -> str | None:
        key = account or 0
        return self._merger.known.accounts.get(key) or self.names.get(key)

    def _put(self, draft: Draft, old: int | None, new: int | None) -> None:
        draft.link(LINK, new)
        self._merger.steps.append(Step("account", draft.key, PARENT, self._name(old), self._name(new)))

    def _keep_as_text(self, line: Line, *, is_known: bool) -> None:
        line.keep(f"{PARENT.label}: {line.parent}")
        message = (
            _("“{text}” cannot be above itself; it was kept in the notes.")
            if is_known
            else _("“{field}”: “{text}” was kept in the notes.")
        )
        line.warn(message.format(field=PARENT.label, text=line.parent))

    def _is_below(self, account: int, other: int) -> bool:
        """Whether an account is another one or somewhere below it."""
        above: int | None = account
        seen: set[int] = set()
        while above and above not in seen:
            if above == other:
                return True
            seen.add(above)
            draft = self._merger.drafts.get("account", above)
            above = self._above(draft) if draft else self.there.get(above)
        return False
