"""What the search panel lists under which heading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from crm_desktop.i18n import _, ngettext
from crm_desktop.services import finding
from crm_desktop.services.evidence import Reason
from crm_desktop.services.finding import ACCOUNT, ACTIVITY, CONTACT, Hit
from crm_desktop.services.finding_files import FILE
from crm_desktop.text.folding import fold
from crm_desktop.text.spans import fits
from crm_desktop.ui.files.words import file_icon
from crm_desktop.ui.panels.offers import Offer
from crm_desktop.ui.panels.search_rows import COMMAND, HEAD, RECORD, Mark, Row

if TYPE_CHECKING:
    from crm_desktop.services.tagged import Tagged

MOST, MOST_OF_BEST, MOST_OF_OTHERS, MOST_COMMANDS = 6, 4, 2, 6
"""How many records there are when all are of one kind, of the kind with the best hit, of each other kind; how many
commands. With them, what can be done is in sight, too."""
WIDEST = 40
"""How wide a reason may be in a chip, a hanzi counting as two letters; a longer one stands behind the name."""
SUGGESTED = ("log_call", "quick_add", "import_file", "backup")
"""What is offered before anything is typed."""
ABOUT_RECORD = {"log_call", "log_visit", "log_mail", "log_chat", "log_note", "edit_value"}
"""Commands that are about the record on show: they are offered with its name."""
VIEW, SAVED_LIST = "page_", "saved_list"
"""What the ids of commands that turn to a page begin with, and the id of those that turn to a list people saved."""


def sections(hits: Sequence[Hit], most: int = MOST) -> Iterator[Row]:
    """Each kind under its heading: people, accounts, activities, but the kind with the best hit first; then files."""
    order = (CONTACT, ACCOUNT, ACTIVITY, FILE)
    groups = [(entity, list(members)) for entity, members in groupby(hits, lambda each: each.entity)]
    groups.sort(key=lambda each: (each[0] == FILE, min(hit.rank for hit in each[1]), order.index(each[0])))
    for place, (entity, members) in enumerate(groups):
        yield Row(HEAD, finding.noun_of_group(entity))
        room = most if len(groups) == 1 else MOST_OF_OTHERS if place else MOST_OF_BEST
        yield from map(row_of, members[:room])


def row_of(hit: Hit) -> Row:
    """The row of a record that was found."""
    subtitle, spans = hit.subtitle, hit.subtitle_spans
    marks: list[Mark] = []
    for each in hit.reasons:
        if _width(str(each)) <= WIDEST:
            marks.append(_mark(each))
        else:
            subtitle, spans = each.text, each.spans
            marks.append(Mark(each.label))
    icon = "history" if hit.entity == ACTIVITY else file_icon(hit.name) if hit.entity == FILE else ""
    return Row(
        RECORD,
        hit.name,
        subtitle,
        tuple(marks),
        icon=icon,
        entity=hit.entity,
        key=hit.id,
        spans=hit.name_spans,
        subtitle_spans=spans,
    )


def _mark(reason: Reason) -> Mark:
    before = len(reason.label) + 1
    return Mark(str(reason), [(start + before, end + before) for start, end in reason.spans])


def _width(text: str) -> int:
    return sum(2 if each > "\u2e80" else 1 for each in text)


def named(offers: Iterable[Offer], name: str) -> list[Offer]:
    """The commands, those about the record on show with its name; without a record they are left out."""
    found = []
    for each in offers:
        if each.id not in ABOUT_RECORD:
            found.append(each)
        elif name:
            words = _("{action}: {name}").format(action=each.words.rstrip("…"), name=name)
            found.append(replace(each, words=words, spellings=(words, *each.spellings)))
    return found


def commands(offers: Iterable[Offer], text: str, most: int | None = MOST_COMMANDS) -> list[Row]:
    """The commands that what is typed fits, by their words in any language, pinyin or initials; the nearest first."""
    found = [(each, spans) for each in offers if (spans := fits(text, each.spellings)) is not None]
    asked = fold(text)
    found.sort(key=lambda pair: not any(fold(each).startswith(asked) for each in pair[0].spellings))
    return [command(each, spans) for each, spans in found[:most]]


def command(offer: Offer, spans: Sequence[tuple[int, int]] = ()) -> Row:
    """The row of a command, which teaches its key."""
    icon = ICONS.get(offer.id, "forward")
    return Row(COMMAND, offer.words, offer.menu, key_words=offer.shortcut, icon=icon, run=offer.run, spans=spans)


def suggested(offers: Iterable[Offer]) -> list[Row]:
    """What is offered before anything is typed."""
    known = {each.id: each for each in offers}
    return [command(known[each]) for each in SUGGESTED if each in known]


def views(offers: Iterable[Offer], text: str) -> list[Row]:
    """The pages and saved lists that what is typed fits."""
    return commands((each for each in offers if each.id.startswith((VIEW, SAVED_LIST))), text, None)


def tags(found: Iterable[Tagged], choose: Callable[[Tagged], object]) -> Iterator[Row]:
    """Tags with what carries them; to choose one lists that."""
    for each in found:
        people = ngettext("{count} contact", "{count} contacts", each.contacts)
        firms = ngettext("{count} account", "{count} accounts", each.accounts)
        told = [words for words, count in ((people, each.contacts), (firms, each.accounts)) if count]
        yield Row(
            COMMAND,
            each.name,
            " · ".join(told) or _("on no record"),
            icon="tag",
            entity="tag",
            key=each.id,
            run=partial(choose, each),
            spans=each.spans,
        )


ICONS = {
    "quick_add": "quick_add",
    "new_account": "account",
    "new_contact": "person",
    "import_file": "import",
    "page_import": "import",
    "export": "export",
    "backup": "backup",
    "restore": "history",
    "undo": "undo",
    "redo": "redo",
    "filter": "filter",
    "delete": "delete",
    "page_accounts": "account",
    "page_contacts": "contact",
    "page_history": "history",
    "page_settings": "settings",
    "options": "settings",
    "options_general": "settings",
    "options_followup": "refresh",
    "options_templates": "schedule",
    "options_fields": "rules",
    "options_data": "data",
    "log": "history",
    "log_call": "call",
    "log_visit": "visit",
    "log_mail": "mail",
    "log_chat": "chat",
    "log_note": "note",
    "edit_value": "edit",
    "sample": "sample",
    "folder_open": "folder",
    "about": "info",
    "tree": "relations",
    "in_tree": "relations",
    "timeline": "activity",
    "back": "back",
    "open": "open",
    "preview": "file",
    "save_as": "download",
    "copy": "copy",
    SAVED_LIST: "list",
    "list_contact": "contact",
    "list_account": "account",
}
"""The icon of a command, by its id."""
