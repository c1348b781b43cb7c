"""Files and pictures that are dropped or pasted; bytes are made of them in a thread, not here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from crm_desktop.services.attachments import Given

Maker = Callable[[], "Given"]
"""Makes what is to be attached; called in a thread, because a picture is put into a PNG there."""


def holds_files(data: QMimeData | None) -> bool:
    """Whether there is anything that can be attached; a copied text that comes with its picture is a text."""
    return data is not None and (bool(_paths(data)) or (data.hasImage() and not data.hasText()))


def files_in(data: QMimeData | None) -> list[Maker]:
    """What can be attached of what was dropped or copied."""
    if data is None or not holds_files(data):
        return []
    if paths := _paths(data):
        return of_paths(paths)
    image = data.imageData()
    return [partial(_picture, image, datetime.now().astimezone())] if isinstance(image, QImage) else []


def of_paths(paths: list[Path]) -> list[Maker]:
    """Files of the disk."""
    return [partial(_file, each) for each in paths]


def _paths(data: QMimeData) -> list[Path]:
    return [Path(each.toLocalFile()) for each in data.urls() if each.isLocalFile()]


def _file(path: Path) -> Given:
    from crm_desktop.services import attachments

    return attachments.of_disk(path)


def _picture(image: QImage, at: datetime) -> Given:
    from crm_desktop.services import attachments

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs know it with bytes only
    return attachments.of_picture(bytes(buffer.data().data()), at)
