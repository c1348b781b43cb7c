"""The first step: a file is chosen, dropped or pasted, and its sheet and header row are found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHeaderView, QSpinBox, QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.text.sheet import column_letters
from crm_desktop.ui import theme
from crm_desktop.ui.pages.import_.draft import Draft
from crm_desktop.ui.pages.import_.facts import FileFacts
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import ElideButton, primary, secondary
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label
from crm_desktop.ui.widgets.progress import ProgressLine
from crm_desktop.ui.widgets.text_table import Line, Texts, framed, text_table

PREVIEW = 8
HEADER = 88
ABOVE = 2
"""Rows of the preview above the header."""
COLUMN = 132
LAST_ROW = 2_000_000
ENCODINGS = (
    ("", N_("Found out by itself")),
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030"),
    ("big5", "Big5"),
    ("utf-16", "UTF-16"),
    ("cp932", "Shift-JIS"),
    ("euc_jp", "EUC-JP"),
    ("cp1252", "Windows-1252"),
)
WITH_ENCODING = {".csv", ".tsv", ".txt", ".vcf"}


class FileStep(QWidget):
    """What there is before a file is chosen, and what the file looks like afterwards."""

    choose = Signal()
    template = Signal()
    opened = Signal(str)
    """A file is to be read."""
    sheet_chosen = Signal(str)
    header_chosen = Signal(int)
    encoding_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.bar = InfoBar(closable=True)
        self.busy = ProgressLine(_("Reading the file"))
        self.busy.setRange(0, 0)
        self.busy.hide()
        self.area = DropArea()
        self.area.choose.connect(self.choose)
        self.area.template.connect(self.template)
        self.recent = Card(_("Recent files"), "history")
        self.look = FileLook()
        self.look.sheet_chosen.connect(self.sheet_chosen)
        self.look.header_chosen.connect(self.header_chosen)
        self.look.encoding_chosen.connect(self.encoding_chosen)
        self.look.choose.connect(self.choose)
        beginning = QWidget()
        beginning.setLayout(column(self.area, self.recent, spacing=12))
        beginning.layout().setStretch(0, 1)  # type: ignore[union-attr] # just set
        self.stack = QStackedWidget()
        self.stack.addWidget(beginning)
        self.stack.addWidget(self.look)
        self.setLayout(column(self.bar, self.busy, self.stack, spacing=12))
        self.show_recent(())

    def show_recent(self, paths: Sequence[str]) -> None:
        """Offer files that were imported lately."""
        self.recent.clear()
        for each in paths:
            button = ElideButton(Path(each).name, "link", "table", partial(self.opened.emit, each))
            button.setToolTip(each)
            self.recent.add_row(row(button, Elide(str(Path(each).parent), "caption"), None))
        self.recent.setVisible(bool(paths))

    def offer_draft(self, name: str, go_on: Callable[[], object]) -> None:
        """Offer to go on with a file that was not imported yet."""
        self.bar.clear_actions()
        self.bar.say(_("“{name}” was not imported yet.").format(name=name))
        self.bar.add_action(_("Go on with it"), act=go_on)

    def show_file(self, draft: Draft, facts: FileFacts) -> None:
        """Show a file that was read."""
        self.bar.say("")
        self.look.show_file(draft, facts)
        self.stack.setCurrentWidget(self.look)

    def show_beginning(self) -> None:
        """Ask for a file again."""
        self.stack.setCurrentIndex(0)


class DropArea(QWidget):
    """Where files are dropped; a frame of dashes says so."""

    choose = Signal()
    template = Signal()

    def __init__(self) -> None:
        super().__init__()
        sentence = label(_("Drop a list here"), "heading")
        explanation = label(
            _("Excel, OpenDocument, CSV, vCard, a calendar or our own export. Nothing is changed before you say so."),
            "small",
            wrap=True,
        )
        explanation.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = primary(_("Choose a file…"), "folder", self.choose.emit)
        template = secondary(_("Download the template"), "download", self.template.emit)
        template.explain(_("An Excel workbook with the headers that are understood and one example"))
        pasted = row(None, label(_("or paste copied cells or a copied file:"), "caption"), Kbd("Ctrl+V"), None)
        self.setLayout(
            column(
                None,
                row(None, Picture("import_file", "accentText", 64, soft="accent"), None),
                4,
                row(None, sentence, None),
                explanation,
                4,
                row(None, self.button, template, None),
                pasted,
                None,
                margins=(24, 16, 24, 16),
            )
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tone("control"), 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(theme.tone("surface"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 10, 10)


class FileLook(QWidget):
    """Sheet, header row and encoding of the file, with its first rows."""

    choose = Signal()
    sheet_chosen = Signal(str)
    header_chosen = Signal(int)
    encoding_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.sheets, self.header, self.encoding = QComboBox(), QSpinBox(), QComboBox()
        self.sheets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sheets.setMinimumContentsLength(20)
        self.header.setRange(0, LAST_ROW)
        self.header.setSpecialValueText(_("None"))
        self.header.setKeyboardTracking(False)
        self.header.lineEdit().setProperty("kind", "bare")
        self.header.lineEdit().setTextMargins(theme.px(7), 0, 0, 0)
        self.header.setMinimumWidth(theme.px(HEADER))
        for code, words in ENCODINGS:
            self.encoding.addItem(_(words), code)
        self.note = InfoBar(kind="info")
        self.rows = Texts()
        self.table = text_table(self.rows, _("First rows of the file"), numbered=True)
        self._lay_out()
        self.sheets.activated.connect(self._choose_sheet)
        self.header.valueChanged.connect(self._choose_header)
        self.encoding.activated.connect(self._choose_encoding)

    def _lay_out(self) -> None:
        named = ((_("Sheet"), self.sheets), (_("Header row"), self.header), (_("Encoding"), self.encoding))
        self._choices: dict[QWidget, QWidget] = {editor: _named(words, editor) for words, editor in named}
        line = row(*self._choices.values(), None, spacing=20)
        line.addWidget(secondary(_("Choose another file…"), "folder", self.choose.emit))
        above = QWidget()
        above.setLayout(column(line, self.note, spacing=10, margins=(14, 12, 12, 12)))
        self.setLayout(column(framed(above, self.table)))

    def show_file(self, draft: Draft, facts: FileFacts) -> None:
        """Show a file that was read."""
        self._facts = facts
        with QSignalBlocker(self.sheets), QSignalBlocker(self.header), QSignalBlocker(self.encoding):
            self.sheets.clear()
            self.sheets.addItems(list(facts.sheets))
            self.sheets.setCurrentText(facts.sheet)
            self.header.setValue(facts.header_row)
            found = dict(ENCODINGS).get(facts.encoding, facts.encoding.upper())
            self.encoding.setItemText(0, _("Found out: {name}").format(name=found) if found else _(ENCODINGS[0][1]))
            self.encoding.setCurrentIndex(max(0, self.encoding.findData(draft.encoding)))
        has_encoding = draft.path is not None and draft.path.suffix.lower() in WITH_ENCODING
        self._choices[self.sheets].setVisible(len(facts.sheets) > 1)
        self._choices[self.encoding].setVisible(has_encoding)
        self.note.say("\n".join(facts.notes), "warn" if not facts.header_row else "info")
        self._preview(facts.header_row, facts.last_header_row)

    def _preview(self, header_row: int, last: int) -> None:
        """Show the rows around the header."""
        facts = self._facts
        at = next((n for n, (number, _cells) in enumerate(facts.first) if number >= header_row), 0)
        start = max(0, at - ABOVE)
        width = max((len(cells) for _number, cells in facts.first), default=0)
        lines = []
        for number, cells in facts.first[start : start + PREVIEW]:
            name = f"{number:,}"
            if header_row and header_row <= number <= last:
                lines.append(Line(cells, "accentText", bold=True, ground="accentSoft", name=name))
            elif number < header_row:
                lines.append(Line(cells, "text3", name=name, whole=None if any(cells[1:]) else 0))
            else:
                lines.append(Line(cells, name=name))
        self.rows.fill(lines, [column_letters(place) for place in range(width)])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setDefaultSectionSize(theme.px(COLUMN))

    def _choose_sheet(self) -> None:
        if self.sheets.currentText() != self._facts.sheet:
            self.sheet_chosen.emit(self.sheets.currentText())

    def _choose_header(self, value: int) -> None:
        self._preview(value, value)
        self.header_chosen.emit(value)

    def _choose_encoding(self) -> None:
        self.encoding_chosen.emit(self.encoding.currentData())


def _named(words: str, editor: QWidget) -> QWidget:
    """Something to be chosen, with its name before it."""
    name = label(words, "label")
    name.setBuddy(editor)
    editor.setAccessibleName(words)
    both = QWidget()
    both.setLayout(row(name, editor))
    return both
