"""The tiles of quick add: one for each thing a line can say, each to be put right with a click."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.i18n import N_, _
from crm_desktop.services.accounts import LookAlike
from crm_desktop.services.capture import is_person, name_of, phone_kind
from crm_desktop.text import mails, phones
from crm_desktop.text.findings import Finding
from crm_desktop.text.quick_line import QuickLine
from crm_desktop.ui.panels.draft import NOTE, WORDS, Draft, parts_of
from crm_desktop.ui.panels.tile import CornerTile, Tile
from crm_desktop.ui.widgets.buttons import tool
from crm_desktop.ui.widgets.pick_list import PickList

SIDE = 28
OFFERS = {
    "name": N_("“{part}” is the name"),
    "title": N_("“{part}” is the job title"),
    "company": N_("“{part}” is the company"),
    NOTE: N_("Put “{part}” into the note"),
}
KINDS = {
    "mobile": N_("Mobile"),
    "landline": N_("Landline"),
    "tollfree": N_("Toll-free"),
    "short": N_("Short number"),
    "unknown": N_("Number"),
}


class Tiles(QWidget):
    """What a line was understood to say, two tiles in a row; what was not understood is the note below."""

    changed = Signal()
    nothing_to_move = Signal()

    def __init__(self, draft: Draft, tag_names: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._draft, self._tag_names = draft, tag_names
        self.pin = tool("pin", _("Keep these tags for the next one"), tone="text3", side=SIDE)
        self.pin.setCheckable(True)
        self.tiles: dict[str, Tile] = {
            "name": Tile("person", _("Name")),
            "title": Tile("position", _("Job title")),
            "company": Tile("account", _("Account")),
            "phones": Tile("device-mobile", _("Mobile")),
            "mails": Tile("mail", _("E-mail")),
            "tags": CornerTile("tag", _("Tags"), self.pin),
            NOTE: Tile("note", _("Note")),
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for place, (role, each) in enumerate(self.tiles.items()):
            grid.addWidget(each, place // 2, place % 2, 1, 2 if role == NOTE else 1)
            each.clicked.connect(partial(self._ask_tags if role == "tags" else self._ask, role))
        self.setLayout(grid)

    def show_values(self, values: QuickLine, account: LookAlike | None) -> None:
        """Show what a line says; `account` is the one that is there already."""
        self._show_name(values)
        self.tiles["title"].say(values.title)
        self._show_company(values, account)
        self._show_phones(values)
        self._show_mails(values)
        self.tiles["tags"].say(" ".join(f"#{each}" for each in values.tags))
        site = values.url if not values.company and is_person(values) else ""
        self.tiles[NOTE].say(", ".join(filter(None, (values.note, site))))
        self.tiles[NOTE].setVisible(bool(values.note or site))

    def _show_name(self, values: QuickLine) -> None:
        called = name_of(values) if is_person(values) else ""
        if called and not values.name.strip():
            tip = _("No name was understood; the record is called by what is known.")
            self.tiles["name"].say(called, _("No name yet"), "warn", "doubt", tip)
        else:
            self.tiles["name"].say(values.name)

    def _show_company(self, values: QuickLine, account: LookAlike | None) -> None:
        tile = self.tiles["company"]
        named = values.company or ("" if is_person(values) else name_of(values))
        shown = " · ".join(filter(None, (account.name if account else named, values.url if named else "")))
        if account is not None:
            tile.say(shown, _("Exists"), "ok", "check", _("The contact is linked to this account."))
        elif named:
            tile.say(shown, _("New"), "accent", "add", _("A new account is made."))
        else:
            tile.say("")

    def _show_phones(self, values: QuickLine) -> None:
        tile = self.tiles["phones"]
        first = next(iter(values.phones), "")
        tile.rename(_("Phone") if first and phone_kind(first) == "landline" else _("Mobile"))
        found = phones.read(first).value
        kind = _(KINDS[found.kind]) if found and found.kind in KINDS else ""
        self._show_reach("phones", [_shown(each) for each in values.phones], kind, _phone_findings(values))

    def _show_mails(self, values: QuickLine) -> None:
        self._show_reach("mails", list(values.mails), _("Valid"), _mail_findings(values))

    def _show_reach(self, role: str, shown: list[str], mark: str, findings: list[Finding]) -> None:
        text = "; ".join(shown)
        if findings:
            self.tiles[role].say(text, _("Check"), "warn", "doubt", "\n".join(each.text for each in findings))
        elif text:
            self.tiles[role].say(text, mark, "ok", "check")
        else:
            self.tiles[role].say("")

    def _ask(self, role: str) -> None:
        """Ask what else the parts of a tile may be."""
        values = self._draft.reading()
        targets = [*WORDS, NOTE] if role in (*WORDS, NOTE) else [NOTE]
        offers = {
            f"{place}:{target}": (part, target)
            for place, part in enumerate(parts_of(values, role))
            for target in targets
            if target != role
        }
        if not offers:
            self.nothing_to_move.emit()
            return
        choices = [(code, _(OFFERS[target]).format(part=part)) for code, (part, target) in offers.items()]
        picker = PickList(self.tiles[role], choices)
        picker.chosen.connect(lambda code: self._move(*offers[code]))
        picker.open()

    def _move(self, part: str, role: str) -> None:
        self._draft.move(part, role)
        self.changed.emit()

    def _ask_tags(self, _role: str) -> None:
        tags = list(self._draft.reading().tags)
        names = list(dict.fromkeys((*tags, *self._tag_names())))
        picker = PickList(self.tiles["tags"], [(each, each) for each in names], tags, many=True, creates=True)
        picker.chosen.connect(lambda _code: self._set_tags(picker.picked))
        picker.created.connect(lambda name: self._set_tags([*picker.picked, name]))
        picker.open()

    def _set_tags(self, tags: list[str]) -> None:
        self._draft.set_tags(tags)
        self.changed.emit()


def remark_on(values: QuickLine) -> str:
    """The first thing that is doubtful about numbers and addresses, or nothing."""
    return next((each.text for each in (*_phone_findings(values), *_mail_findings(values))), "")


def fix_of(values: QuickLine, mail: str = "") -> str:
    """What one click would put in place of an address, of the first doubtful one when none is named."""
    return next((each.fix for each in _mail_findings(values, mail) if each.fix), "")


def _phone_findings(values: QuickLine) -> list[Finding]:
    return [finding for each in values.phones for finding in phones.read(each).findings]


def _mail_findings(values: QuickLine, only: str = "") -> list[Finding]:
    return list(_findings(each for each in values.mails if only in ("", each)))


def _findings(texts: Iterator[str]) -> Iterator[Finding]:
    for each in texts:
        yield from mails.read(each).findings


def _shown(number: str) -> str:
    """A number as people read it; a doubtful one as it was typed."""
    found = phones.read(number).value
    return phones.show(number, found.e164 if found.valid else "", found.ext) if found else number
