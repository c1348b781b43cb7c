"""Addresses on a card: each with its kind, one of them primary, some the same as the head office's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.i18n import _
from crm_desktop.model import Account, Entity, picks
from crm_desktop.model.kinds import Notes
from crm_desktop.services import addresses
from crm_desktop.services.addresses import Location
from crm_desktop.text.findings import Finding, Reading, info
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.editors import LineEditor, TextEditor
from crm_desktop.ui.form import Live
from crm_desktop.ui.pages.accounts.detail_rows import TOOL, WithTools
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import tool
from crm_desktop.ui.widgets.field_row import FieldRow

TYPES = "address_type"


class AddressGroup(QWidget):
    """All the addresses of one record; an empty row takes another one."""

    def __init__(self, desk: Desk, entity: type[Entity]) -> None:
        super().__init__()
        self.desk, self.entity = desk, entity
        self.owner = 0
        self.grown: Callable[[], object] | None = None
        self.ask_heir: Callable[[Location, Sequence[Location]], object] | None = None
        """Asks which address is primary after the one that is to go."""
        self._rows: list[AddressRow] = []
        self._locations: Sequence[Location] = ()
        self._adding = False
        self._box = column(spacing=2)
        self.setLayout(self._box)
        self._grow(1)

    def show_locations(self, owner: int, locations: Sequence[Location]) -> None:
        """Show the addresses of a record."""
        if owner != self.owner or len(locations) > len(self._locations):
            self._adding = False
        self.owner, self._locations = owner, locations
        self._fill()

    def is_filled(self) -> bool:
        """Whether there is any."""
        return bool(self._locations) or self._adding

    def add_another(self) -> None:
        """Offer an empty row."""
        self._adding = True
        self._fill()
        self._rows[len(self._locations)].box.setFocus()

    def others(self, location: Location) -> list[Location]:
        """The other addresses of the record."""
        return [each for each in self._locations if each.id != location.id]

    def say_removed(self, successor: str) -> None:
        """Tell that an address is gone, and which one is primary now if that has changed."""
        if successor:
            self.desk.done(_("Address removed; primary is now “{line}”").format(line=successor))
        else:
            self.desk.done(_("Address removed"))

    def _fill(self) -> None:
        wanted = len(self._locations) + (self._adding or not self._locations)
        self._grow(wanted)
        for place, each in enumerate(self._rows):
            each.row.setVisible(place < wanted)
            each.postcode.show_of(self._locations[place] if place < len(self._locations) else None)
            if place < len(self._locations):
                each.show_location(self._locations[place], several=len(self._locations) > 1)
            elif place < wanted:
                each.show_blank(-self.owner)

    def _grow(self, wanted: int) -> None:
        before = len(self._rows)
        while len(self._rows) < wanted:
            made = AddressRow(self, "" if self._rows else _("Address"))
            self._rows.append(made)
            self._box.addWidget(made.row)
            self._box.addWidget(made.postcode.row)
        if before and len(self._rows) > before and self.grown is not None:
            self.grown()


class AddressRow(Live):
    """One address, or the empty row for the next one."""

    def __init__(self, group: AddressGroup, label: str) -> None:
        self.group = group
        self.location: Location | None = None
        text = TextEditor(_("Add"))
        tools = [
            tool("copy", _("Copy"), self.copy, side=TOOL),
            tool("add", _("Add another"), group.add_another, side=TOOL),
            tool("more", _("More"), self._pop_up, side=TOOL),
        ]
        self.box = WithTools(text, tools, self._fill_menu)
        self.box.setAccessibleName(_("Address"))
        super().__init__(group.desk, FieldRow(label, self.box), text, Notes().read, self._save)
        self.instead = self._asks_first
        self.postcode = PostcodeRow(group.desk)

    def show_location(self, location: Location, *, several: bool) -> None:
        """Show an address."""
        self.location = location
        plain = location.type in ("contact", "office") and not several
        words = [] if plain else [picks.label(TYPES, location.type)]
        words += [_("Primary")] if several and location.is_primary else []
        words += [_("Same as {account}").format(account=location.follows)] if location.follows else []
        self.show(location.id, location.text, (info(" · ".join(words)),) if words else (), subject=self.group.owner)

    def show_blank(self, key: int) -> None:
        """Wait for another one."""
        self.location = None
        self.show(key, "", subject=self.group.owner)

    def copy(self) -> None:
        """Put the address on the clipboard."""
        if self.location is not None:
            QGuiApplication.clipboard().setText(self.location.text)
            self.desk.say(_("Copied: {text}").format(text=self.location.text))

    def _save(self, key: int, text: str) -> None:
        workspace = self.desk.workspace
        if key < 0:
            if text.strip():
                addresses.add(workspace, self.group.entity, -key, text)
        elif text.strip():
            addresses.change(workspace, key, text)
        else:
            self.remove()

    def _pop_up(self) -> None:
        self.box.pop_up()

    def _fill_menu(self, menu: QMenu) -> None:
        if addresses.head_office(self.desk.workspace, self.group.entity, self.group.owner) is not None:
            same = _("Same as head office") if self.group.entity is Account else _("Same as the account")
            menu.addAction(same, self.follow)
        location = self.location
        if location is None:
            return
        menu.addAction(_("Copy"), self.copy)
        menu.addAction(_("Add another"), self.group.add_another)
        menu.addAction(_("Postal code"), self.postcode.begin)
        if not location.is_primary:
            menu.addAction(_("Make primary"), self.make_primary)
        types = menu.addMenu(_("Kind of address"))
        for each in picks.of(TYPES):
            action = types.addAction(each.label, partial(self.set_type, each.code))
            action.setCheckable(True)
            action.setChecked(each.code == location.type)
        menu.addSeparator()
        menu.addAction(_("Remove"), self.remove)

    def follow(self) -> None:
        """Have this address follow the head office's."""
        key = self.location.id if self.location else None
        workspace, group = self.desk.workspace, self.group
        self.desk.save(lambda: addresses.follow(workspace, group.entity, group.owner, key))

    def make_primary(self) -> None:
        """Have this be the address that letters use."""
        if self.location is not None:
            key = self.location.id
            self.desk.save(lambda: addresses.make_primary(self.desk.workspace, key))

    def set_type(self, kind: str) -> None:
        """Say what this address is."""
        if self.location is not None:
            key = self.location.id
            self.desk.save(lambda: addresses.set_type(self.desk.workspace, key, kind))

    def remove(self) -> None:
        """Take the address away; of the primary one among several, ask first which is primary then."""
        location, group = self.location, self.group
        if location is not None and not self._asks_first(""):
            self.desk.save(lambda: addresses.remove(self.desk.workspace, location.id), group.say_removed)

    def _asks_first(self, text: str) -> bool:
        """Ask for the next primary address where taking this one away leaves a choice."""
        location, group = self.location, self.group
        if text.strip() or location is None or not location.is_primary or group.ask_heir is None:
            return False
        others = group.others(location)
        if len(others) > 1:
            group.ask_heir(location, others)
        return len(others) > 1


class PostcodeRow(Live):
    """The postal code of an address, below it; seen when there is one or when somebody wants to add it."""

    def __init__(self, desk: Desk) -> None:
        self.line = LineEditor(_("such as 200120"))
        super().__init__(desk, FieldRow(_("Postal code"), self.line), self.line, self._read, self._save)
        self.marks_ok = True
        self.row.hide()
        self._wanted = 0

    def show_of(self, location: Location | None) -> None:
        """Show the postal code of an address, or nothing."""
        if location is not None:
            self.show(location.id, location.postcode, location.findings)
        self.row.setVisible(location is not None and (self.is_filled or self._wanted == location.id))

    def begin(self) -> None:
        """Offer to write one."""
        self._wanted = self.key
        self.row.show()
        self.line.setFocus()

    def _read(self, text: str) -> Reading[str]:
        return addresses.check_postcode(self.desk.workspace, self.key, text)

    def _save(self, key: int, text: str) -> Sequence[Finding]:
        return addresses.set_postcode(self.desk.workspace, key, text)
