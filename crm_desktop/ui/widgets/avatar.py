"""A face for everyone without a photograph: round for people, square for companies."""

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.overriding import override
from crm_desktop.ui import theme

HANZI = re.compile("[\u3400-\u9fff]")
GIVEN_NAME = 2
LONGEST_NAME = 4
SMALLEST_LETTER = 8
PAST = 0.5
"""How much of a photo is seen of somebody who has left."""


def initials(name: str) -> str:
    """What stands for a person: the last two hanzi of a Chinese name, the first letters of any other."""
    hanzi = "".join(HANZI.findall(name))
    if hanzi:
        return hanzi[-GIVEN_NAME:] if len(hanzi) <= LONGEST_NAME else hanzi[0]
    words = [word for word in re.split(r"[\s.,_-]+", name) if word]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def letter(name: str) -> str:
    """What stands for a company: its first letter."""
    stripped = re.sub(r"^\W+", "", name)
    return stripped[:1].upper() or "?"


def paint_avatar(
    painter: QPainter,
    rect: QRectF,
    name: str,
    *,
    square: bool = False,
    dim: bool = False,
    photo: QPixmap | None = None,
) -> None:
    """Draw the photo, or else the avatar of a name, into `rect`; `dim` for who has left."""
    side = min(rect.width(), rect.height())
    if photo is not None:
        _paint_photo(painter, rect, photo, dim=dim)
        return
    shown = letter(name) if square else initials(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone("dim") if dim else theme.avatar(name))
    round_off = side * (0.26 if square else 0.5)
    painter.drawRoundedRect(rect, round_off, round_off)
    painter.setPen(theme.tone("onAvatar"))
    font = theme.font(14, 600)
    font.setPixelSize(max(SMALLEST_LETTER, round(side * (0.36 if len(shown) > 1 else 0.46))))
    painter.setFont(font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


def _paint_photo(painter: QPainter, rect: QRectF, photo: QPixmap, *, dim: bool) -> None:
    side = min(rect.width(), rect.height())
    outline = QPainterPath()
    outline.addEllipse(QRectF(rect.left(), rect.top(), side, side))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setOpacity(PAST if dim else 1.0)
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(QRectF(rect.left(), rect.top(), side, side), photo, QRectF(photo.rect()))
    painter.restore()


def face_size(side: int) -> QSize:
    """How large a widget is that shows a face of so many pixels at the usual text size."""
    return QSize(theme.px(side), theme.px(side))


def paint_face(
    widget: QWidget, name: str, *, square: bool = False, dim: bool = False, photo: QPixmap | None = None
) -> None:
    """Fill a widget with a face, in a ring while it has the focus."""
    painter = QPainter(widget)
    inset = 0.5 if widget.focusPolicy() == Qt.FocusPolicy.NoFocus else 1.5
    area = QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset)
    paint_avatar(painter, area, name, square=square, dim=dim, photo=photo)
    if widget.hasFocus():
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tone("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(area)


class Avatar(QWidget):
    """The avatar of a person or, square, of a company."""

    def __init__(self, name: str = "", size: int = 40, *, square: bool = False) -> None:
        super().__init__()
        self._size, self._square, self._dim = size, square, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str, *, dim: bool = False) -> None:
        """Show somebody else; `dim` for who has left."""
        self._name, self._dim = name, dim
        self.setAccessibleName(name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return face_size(self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_face(self, self._name, square=self._square, dim=self._dim)
