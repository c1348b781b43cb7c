"""The editor for each kind of value; all of them take and give the text that `kind.edit` and `kind.read` speak."""

from crm_desktop.ui.editors.base import Editor, Offers, widget_of
from crm_desktop.ui.editors.by_kind import editor
from crm_desktop.ui.editors.lines import LineEditor, TextEditor
from crm_desktop.ui.editors.one import ChoiceEditor, LinkEditor, PlaceEditor, RecordEditor
from crm_desktop.ui.editors.several import ChoicesEditor, TagsEditor, YesNoEditor

__all__ = [
    "ChoiceEditor",
    "ChoicesEditor",
    "Editor",
    "LineEditor",
    "LinkEditor",
    "Offers",
    "PlaceEditor",
    "RecordEditor",
    "TagsEditor",
    "TextEditor",
    "YesNoEditor",
    "editor",
    "widget_of",
]
