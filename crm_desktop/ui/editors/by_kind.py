"""Which editor each kind of value has."""

from __future__ import annotations

from functools import partial, singledispatch

from crm_desktop.i18n import _
from crm_desktop.model import kinds, own_kinds
from crm_desktop.model.address import AddressKind
from crm_desktop.model.tag import TagsKind
from crm_desktop.ui.editors.base import Editor, Offers
from crm_desktop.ui.editors.lines import LineEditor, TextEditor
from crm_desktop.ui.editors.one import ChoiceEditor, LinkEditor, PlaceEditor, RecordEditor
from crm_desktop.ui.editors.several import ChoicesEditor, TagsEditor, YesNoEditor


@singledispatch
def editor(kind: object, offers: Offers) -> Editor:
    """The editor for a kind of value; one line of text unless the kind needs more."""
    raise TypeError(f"no kind of value: {kind!r}, {offers!r}")


@editor.register(kinds.Kind)
def _line(_kind: kinds.Kind, _offers: Offers) -> Editor:
    return LineEditor()


@editor.register(kinds.Notes)
@editor.register(AddressKind)
def _text(_kind: kinds.Kind, _offers: Offers) -> Editor:
    return TextEditor()


@editor.register(kinds.Amount)
def _amount(_kind: kinds.Amount, _offers: Offers) -> Editor:
    return LineEditor(_("such as 1.2m or 860,000 USD"))


@editor.register(kinds.Day)
def _day(_kind: kinds.Day, _offers: Offers) -> Editor:
    return LineEditor(_("such as 2026-03-31"))


@editor.register(kinds.Birthday)
def _birthday(_kind: kinds.Birthday, _offers: Offers) -> Editor:
    return LineEditor(_("such as 1990-03-08 or 03-08"))


@editor.register(kinds.Choice)
def _choice(kind: kinds.Choice, _offers: Offers) -> Editor:
    return ChoiceEditor(kind.list_code)


@editor.register(kinds.Choices)
def _choices(kind: kinds.Choices, _offers: Offers) -> Editor:
    return ChoicesEditor(kind.list_code)


@editor.register(kinds.Region)
def _place(_kind: kinds.Region, _offers: Offers) -> Editor:
    return PlaceEditor()


@editor.register(kinds.YesNo)
def _yes_no(_kind: kinds.YesNo, _offers: Offers) -> Editor:
    return YesNoEditor()


@editor.register(kinds.LinkTo)
def _link(_kind: kinds.LinkTo, offers: Offers) -> Editor:
    return LinkEditor(offers.users)


@editor.register(own_kinds.RecordLink)
def _record(kind: own_kinds.RecordLink, offers: Offers) -> Editor:
    return RecordEditor(partial(offers.records, kind.table))


@editor.register(TagsKind)
def _tags(_kind: TagsKind, offers: Offers) -> Editor:
    return TagsEditor(offers.tags)
