"""A place for what may be higher than the window: as high as its content where there is room, else it scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from crm_desktop.ui import theme

WITHOUT_BAR = 160
"""What is no higher than that is never scrolled: every window has room for it."""


class FittingArea(QScrollArea):
    """Scrolls a sheet up and down, on the ground of what it stands in."""

    def __init__(self, sheet: QWidget) -> None:
        super().__init__()
        self.sheet = sheet
        self.setWidget(sheet)
        self.viewport().setAutoFillBackground(False)
        sheet.setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def sizeHint(self) -> QSize:
        return self.sheet.sizeHint()


class GrowingArea(FittingArea):
    """Follows its sheet when that becomes higher or lower; `least` keeps what stands below it in one place."""

    def __init__(self, sheet: QWidget, least: int = 0) -> None:
        super().__init__(sheet)
        self._least = least

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.sheet and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        layout = self.sheet.layout()
        if layout is not None and layout.hasHeightForWidth():  # else it would be as high as in the narrowest window
            self.sheet.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        wanted, layout = super().sizeHint(), self.sheet.layout()
        if self.isVisible() and layout is not None and layout.hasHeightForWidth():
            wanted.setHeight(layout.totalHeightForWidth(self.viewport().width()))
        return wanted.expandedTo(QSize(0, theme.px(self._least)))

    @override
    def minimumSizeHint(self) -> QSize:
        few = min(self.sizeHint().height(), theme.px(WITHOUT_BAR))
        return QSize(super().minimumSizeHint().width(), few)
