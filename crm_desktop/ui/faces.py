"""Photos of contacts on the screen: which contact has one, and small pictures of them, made once for each photo."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap

from crm_desktop.ui import theme

if TYPE_CHECKING:
    from crm_desktop.model.picture import Photo
    from crm_desktop.store.journal import Change
    from crm_desktop.store.workspace import Workspace

SIDE = 112
"""The largest avatar at twice its size, in pixels."""
MOST = 400
"""Small pictures that are kept, of 50 kB each."""
MOST_PIXELS = 100_000_000
MEGABYTES = 128
"""What decoding one picture may take."""
READERS = {"image/jpeg": b"jpeg", "image/png": b"png", "image/webp": b"webp", "image/gif": b"gif"}


class Faces(QObject):
    """The photos of a data file as avatars."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._marks: dict[int, str] | None = None
        self._made: OrderedDict[str, QPixmap | None] = OrderedDict()

    def of(self, contact: int | None) -> QPixmap | None:
        """The face of a contact, None for one without a photo or with one that cannot be shown."""
        mark = self._known().get(contact or 0)
        if mark is None or contact is None:
            return None
        if mark not in self._made:
            self._made[mark] = self._make(contact)
            if len(self._made) > MOST:
                self._made.popitem(last=False)
        self._made.move_to_end(mark)
        return self._made[mark]

    def has(self, contact: int) -> bool:
        """Whether a contact has a photo, be it one that can be shown or not."""
        return contact in self._known()

    def refresh(self, change: Change) -> None:
        """Look again who has a photo, when that may be different now."""
        if change.touches("picture"):
            self._marks = None

    def _known(self) -> dict[int, str]:
        """The checksum of the photo of each contact that has one."""
        if self._marks is None:
            from crm_desktop.store.pictures import marks

            with self._workspace.read() as session:
                self._marks = marks(session)
        return self._marks

    def _make(self, contact: int) -> QPixmap | None:
        from crm_desktop.services.photos import photo_of

        photo = photo_of(self._workspace, contact)
        image = None if photo is None else decoded(photo, theme.px(SIDE))
        return None if image is None else QPixmap.fromImage(_middle(image))


def decoded(photo: Photo, side: int) -> QImage | None:
    """A photo, its shorter side brought down to `side` pixels; None for one that is damaged or far too large."""
    from crm_desktop.model.picture import mime_of

    if photo.mime not in READERS or mime_of(photo.data) != photo.mime:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(photo.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, READERS[photo.mime])
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    QImageReader.setAllocationLimit(MEGABYTES)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return None
    if min(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else image


def _middle(image: QImage) -> QImage:
    """The largest square in the middle of an image."""
    side = min(image.width(), image.height())
    return image.copy(QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side))
