"""A place for what may be higher than the window: as high as its content where there is room, else it scrolls."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override


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
