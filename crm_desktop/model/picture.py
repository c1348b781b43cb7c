"""Photos of people, kept in the data file itself so that one backup holds everything."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model.base import Entity, link
from crm_desktop.model.fields import Origin
from crm_desktop.model.kinds import Cell, Kind
from crm_desktop.text.findings import Finding, Reading, warn

LARGEST = 5 * 2**20
"""The bytes that a photo may have."""
DATA_URI = re.compile(r"data:[^,;]*(?:;[^,;]+)*?(?P<base64>;base64)?,", re.IGNORECASE)
LONGEST_HEAD = 200
"""The characters before the comma of a data URI."""


class Picture(Entity):
    """A photo of one contact, as it came; the newest living one is shown."""

    __tablename__ = "picture"

    contact_id: Mapped[int] = link("contact.id", part_of=True)
    mime: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo by what tells it from others; its bytes are there only where they were asked for."""

    mime: str
    sha256: str
    data: bytes = field(default=b"", compare=False, repr=False)

    @property
    def uri(self) -> str:
        """The photo as a text that vCards, JSON files and browsers understand."""
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode('ascii')}"


class PhotoKind(Kind):
    """The photo of a person: an image in one of four formats; anything else is refused, because no text can keep it."""

    origin = Origin("picture", "photo")

    @override
    def read(self, raw: object) -> Reading[Photo]:
        if raw is None or isinstance(raw, Photo):
            return Reading(raw)
        data = raw if isinstance(raw, bytes) else _decoded(str(raw))
        if isinstance(data, Finding):
            return Reading(None, (data,))
        if not data:
            return Reading(None)
        if len(data) > LARGEST:
            return Reading(None, (too_large(),))
        mime = mime_of(data)
        if not mime:
            return Reading(None, (warn(_("This is no photo: choose a JPEG, PNG, WebP or GIF image.")),))
        return Reading(Photo(mime, hashlib.sha256(data).hexdigest(), data))

    @override
    def show(self, value: Photo | None) -> str:
        return _("Photo") if value else ""

    @override
    def cell(self, value: Photo | None) -> Cell:
        return None


def mime_of(data: bytes) -> str:
    """The format that an image's first bytes tell, nothing for one that we do not take."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    return "image/webp" if data.startswith(b"RIFF") and data[8:12] == b"WEBP" else ""


def too_large() -> Finding:
    """What is said of a photo with too many bytes."""
    message = _("The photo is larger than {limit} MB. Make it smaller and try again.")
    return warn(message.format(limit=LARGEST // 2**20))


def _decoded(text: str) -> bytes | Finding:
    """The bytes of a data URI."""
    if len(text) > LARGEST * 1.5 + LONGEST_HEAD:
        return too_large()
    joined = "".join(text.split())
    head = DATA_URI.match(joined[:LONGEST_HEAD])
    if not joined:
        return b""
    if head is None or not head["base64"]:
        return warn(_("This is no photo: choose a JPEG, PNG, WebP or GIF image."))
    try:
        return base64.b64decode(joined[head.end() :], validate=True)
    except binascii.Error:
        return warn(_("The photo is damaged and was left out."))
