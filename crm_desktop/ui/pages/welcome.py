"""The first page of an empty data folder: three questions, and the ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget
from typing_extensions import override

from crm_desktop.i18n import LANGUAGES, _, language
from crm_desktop.settings import Settings
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import link
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import Elide, Kbd, Picture, label
from crm_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

WIDTH, TILE_HEIGHT = 820, 68


class Tile(QFrame):
    """A large choice: icon, what it does, an example, and its key."""

    clicked = Signal()

    def __init__(self, icon: str, words: str, example: str, shortcut: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words)
        self.setAccessibleDescription(example)
        self.setMinimumHeight(theme.px(TILE_HEIGHT))
        texts = column(label(words, "strong"), Elide(example, "caption"), spacing=2)
        box = row(Picture(icon, "accentText", 24), 6, spacing=10, margins=(16, 10, 14, 10))
        box.addLayout(texts, 1)
        if shortcut:
            box.addWidget(Kbd(shortcut))
        self.setLayout(box)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class WelcomePage(QScrollArea):
    """What a new user sees: no login, no wizard; it goes away with the first record."""

    language_chosen = Signal(str)
    sample_asked = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._desk: Desk | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Welcome"))
        self.name = QLineEdit()
        self.languages = Segmented(_("Language"), [(code, "", word) for code, word in LANGUAGES.items()], language())
        themes = [("system", "", _("System")), ("light", "", _("Light")), ("dark", "", _("Dark"))]
        self.themes = Segmented(_("Theme"), themes, settings.theme if settings.theme != "contrast" else "system")
        self.setWidget(self._built())
        self.languages.changed.connect(self.language_chosen)
        self.themes.changed.connect(self._choose_theme)
        self.name.editingFinished.connect(self._keep_name)

    def attach(self, desk: Desk) -> None:
        """Begin to work with the data."""
        from crm_desktop.services import users

        self._desk = desk
        self.name.setText(users.local_name(desk.workspace))

    def refuse(self, reason: str) -> None:
        """Say why the data cannot be opened, instead of the ways to begin."""
        self.trouble.say(reason, "err")
        self.trouble.show()
        self.choices.hide()

    def _built(self) -> QWidget:
        picture = Picture("contact", "accentText", 64, soft="accent")
        heading = label(_("Begin with your first customer"), "hero")
        under = label(_("All data stays on this computer and works without a network."), "small")
        tiles = QGridLayout()
        tiles.setSpacing(theme.px(12))
        for place, tile in enumerate(self._tiles()):
            tiles.addWidget(tile, place // 2, place % 2)
            tiles.setColumnStretch(place % 2, 1)
        middle = QWidget()
        middle.setMaximumWidth(theme.px(WIDTH))
        box = column(spacing=12)
        for each in (picture, heading, under):
            box.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addSpacing(theme.px(8))
        restore = link(_("Restore a backup…"), "history", partial(self._ask, "restore"))
        ways = column(self._questions(), tiles, spacing=12)
        ways.addWidget(restore, 0, Qt.AlignmentFlag.AlignHCenter)
        self.choices = QWidget()
        self.choices.setLayout(ways)
        self.trouble = InfoBar()
        self.trouble.hide()
        box.addWidget(self.trouble)
        box.addWidget(self.choices)
        middle.setLayout(box)
        house = QWidget()
        house.setProperty("kind", "window")
        outer = column(None, spacing=0, margins=(16, 16, 16, 16))
        across = row(None, middle, None)
        across.setStretchFactor(middle, WIDTH)
        outer.addLayout(across)
        outer.addStretch(1)
        house.setLayout(outer)
        return house

    def _questions(self) -> QFrame:
        """Language, name and theme in one panel; every answer has a good guess already."""
        self.name.setPlaceholderText(_("Your name, for what you log"))
        self.name.setAccessibleName(_("Your name"))
        self.name.setMaximumWidth(theme.px(240))
        panel = QFrame()
        panel.setProperty("kind", "card")
        box = row(spacing=10, margins=(16, 10, 14, 10))
        for words, editor in ((_("Language"), self.languages), (_("Your name"), self.name), (_("Theme"), self.themes)):
            box.addWidget(label(words, "caption"))
            box.addWidget(editor)
            box.addSpacing(theme.px(6))
        box.addStretch(1)
        box.setStretchFactor(self.name, 4)
        panel.setLayout(box)
        return panel

    def _tiles(self) -> list[Tile]:
        choices: list[tuple[Tile, Callable[[], object]]] = [
            (
                Tile("quick_add", _("Type one line"), _("Anna Schneider, Buyer, ACME, +49 151 23456789"), "Ctrl+N"),
                partial(self._ask, "quick_add"),
            ),
            (
                Tile(
                    "import",
                    _("Import Excel or CSV"),
                    _("A fair's list, last year's CRM, a colleague's sheet"),
                    "Ctrl+Shift+I",
                ),
                partial(self._ask, "import_file"),
            ),
            (
                Tile("account", _("New account"), _("A company or a private customer"), "Ctrl+Shift+N"),
                partial(self._ask, "new_account"),
            ),
            (
                Tile("sample", _("Try the sample data"), _("In a folder of its own; leave it with one click")),
                self.sample_asked.emit,
            ),
        ]
        for tile, act in choices:
            tile.clicked.connect(act)
        return [tile for tile, _act in choices]

    def _ask(self, what: str) -> None:
        if self._desk is not None:
            self._desk.ask(what)

    def _choose_theme(self, code: str) -> None:
        self.settings.theme = code
        self._ask("look")

    def _keep_name(self) -> None:
        from crm_desktop.services import users

        name = self.name.text()
        if self._desk is not None and name.strip() != users.local_name(self._desk.workspace):
            desk = self._desk
            desk.save(lambda: users.set_local_name(desk.workspace, name))
