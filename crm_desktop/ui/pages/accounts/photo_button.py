"""The face at the head of a contact: a button that takes a photo from a file, from the clipboard or by dropping it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMenu, QSizePolicy
from typing_extensions import override

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model.picture import LARGEST, Photo, mime_of
from crm_desktop.services import photos
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.faces import decoded
from crm_desktop.ui.widgets.avatar import face_size, paint_face

SMALLER = 1024
"""The side, in pixels, to which a photo is brought that is too large to keep."""
LARGEST_FILE = 50 * 2**20
ENDINGS = "*.jpg *.jpeg *.png *.webp *.gif"


class PhotoButton(QAbstractButton):
    """The photo of a contact, or the initials; Enter or a click opens the menu, Ctrl+V takes an image."""

    def __init__(self, desk: Desk, size: int) -> None:
        super().__init__()
        self._desk, self._size = desk, size
        self._name, self._dim, self._key = "", False, 0
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.pop_up)

    def show_contact(self, key: int, name: str, *, dim: bool = False) -> None:
        """Show the face of a contact; `dim` for who has left."""
        self._key, self._name, self._dim = key, name, dim
        has_photo = self._desk.faces.of(key) is not None
        words = _("Photo of {name}") if has_photo else _("{name} has no photo. Choose one.")
        self.setAccessibleName(words.format(name=name))
        self.setToolTip(_("Choose, paste or drop a photo"))
        self.update()

    def fill_menu(self, menu: QMenu) -> None:
        """Offer what can be done with the photo."""
        menu.addAction(_("Choose a photo…"), self.choose)
        menu.addAction(_("Paste photo"), self.paste).setEnabled(bool(_image_in(QGuiApplication.clipboard().mimeData())))
        if self._desk.faces.has(self._key):
            menu.addAction(_("Remove photo"), self.remove)

    def pop_up(self) -> None:
        """Open the menu below the face."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def choose(self) -> None:
        """Take a photo from a file."""
        kinds = _("Photos ({endings})").format(endings=ENDINGS)
        chosen, _kind = QFileDialog.getOpenFileName(self.window(), _("Choose a photo"), "", kinds)
        if chosen:
            self.take_file(Path(chosen))

    def paste(self) -> None:
        """Take the image, or the image file, that is on the clipboard."""
        self._take(_image_in(QGuiApplication.clipboard().mimeData()))

    def remove(self) -> None:
        """Take the photo away."""
        key = self._key
        self._desk.save(lambda: photos.remove_photo(self._desk.workspace, key))
        self._desk.done(_("Photo removed"))

    def take_file(self, path: Path) -> None:
        """Have an image file be the photo."""
        self._take(path)

    def _take(self, given: Path | QImage | None) -> None:
        if given is None:
            self._desk.say(_("There is no image on the clipboard."), "info")
            return
        key = self._key
        try:
            came = _bytes_of(given) if isinstance(given, QImage) else _bytes_in(given)
            data = _checked(came)
            self._desk.save(lambda: photos.set_photo(self._desk.workspace, key, data))
        except Invalid as error:
            self._desk.say(str(error), "warn")
            return
        self._desk.done(_("Photo set") if data is came else _("Photo set; it was made smaller to fit"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pop_up()
        elif event.key() == Qt.Key.Key_Delete and self._desk.faces.has(self._key):
            self.remove()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _image_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._take(_image_in(event.mimeData()))
        event.acceptProposedAction()

    @override
    def sizeHint(self) -> QSize:
        return face_size(self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_face(self, self._name, dim=self._dim, photo=self._desk.faces.of(self._key))


def _image_in(data: QMimeData | None) -> Path | QImage | None:
    """The image, or the path of an image file, that was copied or is being dragged."""
    if data is None:
        return None
    files = [Path(each.toLocalFile()) for each in data.urls() if each.isLocalFile()]
    found = next((each for each in files if f"*{each.suffix.lower()}" in ENDINGS.split()), None)
    if found is not None:
        return found
    image = data.imageData() if data.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None


def _bytes_in(path: Path) -> bytes:
    """The bytes of a file, none for one that is far too large or cannot be read."""
    try:
        return path.read_bytes() if path.stat().st_size <= LARGEST_FILE else b""
    except OSError:
        return b""


def _bytes_of(image: QImage, kind: str = "PNG") -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)  # type: ignore[call-overload] # the stubs know it with bytes only
    return bytes(buffer.data().data())


def _checked(data: bytes) -> bytes:
    """A photo that can be shown and is small enough to be kept; raises Invalid for any other."""
    if not data:
        raise Invalid({photos.FIELD: _("The image cannot be read. Choose another one.")})
    mime = mime_of(data)
    image = decoded(Photo(mime, "", data), SMALLER) if mime else None
    if mime and image is None:
        raise Invalid({photos.FIELD: _("The image is damaged and cannot be shown. Choose another one.")})
    return data if len(data) <= LARGEST or image is None else _bytes_of(image, "JPEG")
