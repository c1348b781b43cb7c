"""The bar at the top: menus, search in the middle, and Quick add."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QFrame, QMenuBar, QSizePolicy

from crm_desktop.i18n import _
from crm_desktop.overriding import override
from crm_desktop.ui import theme
from crm_desktop.ui.widgets.boxes import row
from crm_desktop.ui.widgets.buttons import Tool, primary
from crm_desktop.ui.widgets.count import Bell
from crm_desktop.ui.widgets.search_box import SearchButton

HEIGHT = 48
SEARCH_WIDTH = 520


class TopBar(QFrame):
    """Holds the menu bar (unless the system shows it), the way into search, reminders, undo and Quick add."""

    def __init__(self, menus: QMenuBar | None = None, *, search_key: str = "", quick_add_key: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "top")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.menus = menus
        self.search = SearchButton(_("Search names, initials, last 4 digits, or type a command"), search_key)
        self.search.setMaximumWidth(theme.px(SEARCH_WIDTH))
        self.reminders = Bell()
        self.undo = Tool("undo", _("Undo"))
        self.quick_add = primary(_("Quick add"), "quick_add").explain(_("Quick add"), quick_add_key)
        box = row(spacing=8, margins=(8, 0, 10, 0))
        if menus is not None:
            menus.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            box.addWidget(menus)
        box.addStretch(1)
        box.addWidget(self.search, 6)
        box.addStretch(1)
        for each in (self.reminders, self.undo, self.quick_add):
            box.addWidget(each)
        self.setLayout(box)
        self.fit_menus()

    def fit_menus(self) -> None:
        """Give the menu bar the room its menus need; to be called when they are filled."""
        if self.menus is not None:
            self.menus.setFixedSize(self.menus.sizeHint().width() + 4, theme.px(32))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme.px(HEIGHT))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.fit_menus()
            self.search.setMaximumWidth(theme.px(SEARCH_WIDTH))
