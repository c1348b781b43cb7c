"""Photos of contacts, read apart from other fields because of their size."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from crm_desktop.model.picture import Photo, Picture

PAGE = 500


def photos(session: Session, contacts: Sequence[int], *, with_data: bool = True) -> dict[int, Photo]:
    """The newest photo of each contact that has one."""
    found: dict[int, Photo] = {}
    data = Picture.data if with_data else literal(b"")
    for start in range(0, len(contacts), PAGE):
        query = select(Picture.contact_id, Picture.mime, Picture.sha256, data).where(
            Picture.contact_id.in_(contacts[start : start + PAGE]), Picture.deleted_at.is_(None)
        )
        for key, mime, sha256, content in session.execute(query.order_by(Picture.id)):
            found[key] = Photo(mime, sha256, content)
    return found


def marks(session: Session) -> dict[int, str]:
    """The checksum of the newest photo of every contact that has one."""
    query = select(Picture.contact_id, Picture.sha256).where(Picture.deleted_at.is_(None)).order_by(Picture.id)
    return {key: mark for key, mark in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy
