"""A doubtful row beside the record that it may mean, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from crm_desktop.i18n import _
from crm_desktop.ui import theme
from crm_desktop.ui.pages.import_.facts import SAME_ROW, CandidateFacts, ConflictFacts, DoubtFacts
from crm_desktop.ui.widgets.avatar import Avatar
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.labels import Elide
from crm_desktop.ui.widgets.text_table import PADDING, Line, Texts, text_table

if TYPE_CHECKING:
    from crm_desktop.services.importing.targets import Target
    from crm_desktop.store.workspace import Workspace

FULL_NAME = "contact.full_name"
SAME = "same:"
FIELD = 130


class Comparison(QFrame):
    """Left what the file says, right what is there; equal values are grey."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._faces = (Avatar(size=36), Avatar(size=36))
        self._titles = (Elide("", "listStrong"), Elide("", "listStrong"))
        self._where = (Elide("", "caption"), Elide("", "caption"))
        heads = [
            row(face, column(title, where, spacing=0), spacing=10)
            for face, title, where in zip(self._faces, self._titles, self._where, strict=True)
        ]
        head = row(spacing=0, margins=(theme.px(FIELD + PADDING), 12, 8, 8))
        for each in heads:
            head.addLayout(each, 1)
        self.lines = Texts([_("Field"), _("In the file"), _("Already there")])
        self.table = text_table(self.lines, _("Comparison"), widths=(FIELD,), stretched=(1, 2))
        self.setLayout(column(head, self.table, spacing=0, margins=(1, 1, 1, 1)))

    def show_pair(
        self,
        doubt: DoubtFacts,
        candidate: CandidateFacts,
        mine: Mapping[str, str],
        theirs: Mapping[str, str],
        targets: Mapping[str, Target],
    ) -> None:
        """Compare a row with somebody it may mean; values by target."""
        is_row = candidate.decision.startswith(SAME_ROW)
        titles = (doubt.title, candidate.title)
        there = _("Already there")
        if is_row:
            there = _("In the file, row {row}").format(row=candidate.decision.removeprefix(SAME_ROW))
        where = (_("In the file, row {row}").format(row=doubt.row), there)
        for n in range(2):
            self._faces[n].set_name(titles[n].partition(" · ")[0])
            self._titles[n].setText(titles[n])
            self._where[n].setText(where[n])
        lines = []
        for code in [each for each in targets if each in mine or each in theirs]:
            left, right = mine.get(code, ""), theirs.get(code, "")
            is_other = bool(left and right and "".join(left.split()) != "".join(right.split()))
            tone = "warn" if is_other else "text" if left != right else "text3"
            lines.append(Line((targets[code].label, left, right), tone))
        self.lines.fill(lines, [_("Field"), _("In the file"), there])

    def show_conflict(self, conflict: ConflictFacts) -> None:
        """Show a value that was changed in the file and here."""
        there = _("Now here")
        where = (_("In the file, row {row}").format(row=conflict.row), there)
        for n in range(2):
            self._faces[n].set_name(conflict.title.partition(" · ")[0])
            self._titles[n].setText(conflict.title)
            self._where[n].setText(where[n])
        self.lines.fill(
            [Line((conflict.label, conflict.file or "–", conflict.mine or "–"), "warn")],
            [_("Field"), _("In the file"), there],
        )


def values_of_row(cells: Sequence[str], columns: Sequence[str], targets: Mapping[str, Target]) -> dict[str, str]:
    """What a row of the file says, by target, as the field would show it."""
    found: dict[str, str] = {}
    for code, cell in zip(columns, cells, strict=False):
        if code in targets and cell:
            text = _shown(targets[code], cell)
            found[code] = f"{found[code]} · {text}" if code in found else text
    return found


def _shown(target: Target, cell: str) -> str:
    kind = target.field.kind if target.field else None
    value = kind.read(cell).value if kind else None
    return " · ".join(kind.show(value).splitlines()) if kind and value is not None else cell


def values_of_contact(workspace: Workspace, key: int, columns: Sequence[str]) -> dict[str, str]:
    """What a contact holds in the fields that the file has."""
    from crm_desktop.model import Contact
    from crm_desktop.model.fields import fields_of
    from crm_desktop.model.kinds import LinkTo
    from crm_desktop.services.importing.targets import code_of
    from crm_desktop.store import queries

    fields = [each for each in fields_of(Contact) if code_of(each) in columns]
    with workspace.read() as session:
        values = queries.values(session, Contact, fields, [key]).get(key, {})
        people = queries.users(session)
    shown = {
        code_of(each): people.get(values.get(each.name) or 0, "")
        if isinstance(each.kind, LinkTo)
        else each.kind.show(values.get(each.name))
        for each in fields
    }
    return {code: " · ".join(text.splitlines()) for code, text in shown.items() if text}
