"""Cards: a title and rows on a white ground."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QWidget

from crm_desktop.overriding import override
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import column, empty, row
from crm_desktop.ui.widgets.buttons import LINK_EDGE, Act, Button, link
from crm_desktop.ui.widgets.field_row import FieldRow, align_labels
from crm_desktop.ui.widgets.labels import Elide, Picture


class Outset(QHBoxLayout):
    """Begins a little before the others, for what has an edge that is not seen: its words or icons stand in line."""

    @override
    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area.adjusted(-LINK_EDGE, 0, 0, 0))


class Card(QFrame):
    """A titled group of rows, with an icon before the title and perhaps an action after it."""

    def __init__(self, title: str = "", icon: str = "", action: str = "", act: Act | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self.title = Elide(title, "section")
        self._fields: list[FieldRow] = []
        self._head = row(spacing=6, margins=(0, 0, 0, 2))
        if icon:
            self._head.addWidget(Picture(icon, "text3", 16))
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self._rows = column(spacing=2)
        box = column(margins=(14, 8, 12, 10), spacing=2)
        if title:
            self._head.addStrut(theme.px(24))
            box.addLayout(self._head)
        box.addLayout(self._rows)
        box.addStretch(1)
        self.setLayout(box)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if action:
            self.add_action(action, act)

    def add_action(self, text: str, act: Act | None = None) -> Button:
        """Put a link at the right of the title."""
        made = link(text, act=act)
        made.setAccessibleName(f"{self.title.text()}: {text}")
        self._head.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    def add_head(self, widget: QWidget) -> None:
        """Put any small thing at the right of the title."""
        self._head.addWidget(widget)

    def add_row(self, item: QWidget | QLayout) -> None:
        """Add a row at the end; the labels of field rows share one width."""
        if isinstance(item, QWidget):
            self._rows.addWidget(item)
        else:
            self._rows.addLayout(item)
        if isinstance(item, FieldRow):
            self._fields.append(item)
            align_labels(self._fields)

    def add_link(self, made: Button) -> None:
        """Add a link as a row, whose words begin where those of the other rows do."""
        outset = Outset()
        outset.addWidget(made)
        outset.addStretch(1)
        self.add_row(outset)

    def add_rows(self, *items: QWidget | QLayout) -> None:
        """Add rows at the end."""
        for item in items:
            self.add_row(item)

    def clear(self) -> None:
        """Take all rows off."""
        self._fields = []
        empty(self._rows)
