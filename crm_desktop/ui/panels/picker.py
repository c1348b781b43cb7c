"""Choosing one account or contact by typing: whom a talk was with, or where an entry belongs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.services import finding, recent
from crm_desktop.services.finding import ACCOUNT, CONTACT, Hit
from crm_desktop.ui import recent as opened
from crm_desktop.ui import theme
from crm_desktop.ui.icons import icon
from crm_desktop.ui.panels.panel import ENTER, Panel, is_press, key_words
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.buttons import Button, primary, secondary
from crm_desktop.ui.widgets.labels import Kbd, Picture, label
from crm_desktop.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from crm_desktop.ui.desk import Desk

MOST, ROWS, ROW = 20, 8, 32
ICONS = {ACCOUNT: "account", CONTACT: "person"}


class RecordPicker(Panel):
    """Type, choose with the arrows, Enter: the records opened last come first."""

    title: ClassVar[str] = ""
    icon_name: ClassVar[str] = "search"
    act_words: ClassVar[str] = ""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk, _(self.title), width=560)
        self.box = SearchBox(_("Name, company or number"), big=True)
        self.model = QStandardItemModel(self)
        self.view = _Rows(self.model)
        self.remark = label("", "caption", wrap=True)
        self.hits: list[Hit] = []
        self.go: Button = primary(_(self.act_words), "", self._choose)
        self.add_head(Picture(self.icon_name, "accentText", 20), label(_(self.title), "heading"), None, _escape())
        self.body.addLayout(column(self.box, self.remark, self.view, spacing=6, margins=(16, 12, 16, 12)))
        self.add_foot(None, secondary(_("Cancel"), "", self.dismiss), self.go)
        self.box.searched.connect(self.fill)
        self.box.stepped.connect(self._step)
        self.view.clicked.connect(self._click)
        for each in (self.box, self.view):
            each.installEventFilter(self)

    @override
    def show_up(self) -> None:
        self.box.clear()
        self.fill("")
        self.open(self.box)

    def fill(self, typed: str) -> None:
        """Show what fits, or what was opened last."""
        workspace = self.desk.workspace
        if typed.strip():
            self.hits = finding.find(workspace, typed, MOST, (ACCOUNT, CONTACT))
        else:
            self.hits = recent.living(workspace, opened.places(self.desk.settings))[:MOST]
        self.model.clear()
        for each in self.hits:
            words = " · ".join(filter(None, (each.name, each.subtitle)))
            item = QStandardItem(icon(ICONS[each.entity], "text3", 16), words)
            item.setToolTip(words)
            self.model.appendRow(item)
        self.view.setCurrentIndex(self.model.index(0, 0))
        self.go.setEnabled(bool(self.hits))
        said = "" if self.hits else _("Nothing found") if typed.strip() else _("Type a name to find somebody.")
        self.remark.setText(said or self.explanation())
        self.remark.setVisible(bool(self.remark.text()))

    def explanation(self) -> str:
        """What is said above the rows."""
        return ""

    def take(self, hit: Hit) -> None:
        """Do what the panel is for with the record that was chosen."""
        raise NotImplementedError

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in (self.box, self.view) and is_press(event, ENTER):
            self._choose()
            return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        last = self.model.rowCount() - 1
        self.view.setCurrentIndex(self.model.index(max(0, min(last, self.view.currentIndex().row() + by)), 0))

    def _click(self, _index: QModelIndex) -> None:
        self._choose()

    def _choose(self) -> None:
        row = self.view.currentIndex().row()
        if 0 <= row < len(self.hits):
            self.take(self.hits[row])


class LogWithWhom(RecordPicker):
    """Whom a talk was with, where the page on screen shows nobody."""

    title, icon_name, act_words = N_("Log with whom?"), "activity", N_("Log")
    kind = ""

    def begin(self, kind: str) -> None:
        """Ask, for a kind of activity or the one used last."""
        self.kind = kind
        self.show_up()

    @override
    def take(self, hit: Hit) -> None:
        self.dismiss()
        self.desk.open(hit.entity, hit.id)
        self.desk.ask(f"log_{self.kind}" if self.kind else "log")


class MoveEntry(RecordPicker):
    """Where an entry of a timeline belongs."""

    title, icon_name, act_words = N_("Move the entry to…"), "forward", N_("Move")
    key = 0

    def begin(self, key: int) -> None:
        """Ask for an entry."""
        self.key = key
        self.show_up()

    @override
    def explanation(self) -> str:
        return _("People who work there stay with the entry, others are taken off. Its next steps go with it.")

    @override
    def take(self, hit: Hit) -> None:
        from crm_desktop.services import activity_moves

        self.dismiss()
        write = partial(activity_moves.move, self.desk.workspace, self.key, hit.entity, hit.id)
        self.desk.save(write, self._tell)

    def _tell(self, moved: object) -> None:
        from crm_desktop.services.activity_moves import Moved

        assert isinstance(moved, Moved)
        said = [_("Moved to {name}").format(name=moved.to)]
        if moved.left:
            said.append(_("without {names}").format(names=_(", ").join(moved.left)))
        self.desk.done(" · ".join(said))


class _Rows(QListView):
    """The records to choose from."""

    def __init__(self, model: QStandardItemModel) -> None:
        super().__init__()
        self.setProperty("kind", "pick")
        self.setModel(model)
        self.setAccessibleName(_("Records to choose from"))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.setFixedHeight(ROWS * theme.px(ROW))


def _escape() -> Kbd:
    return Kbd(key_words("Esc"))
