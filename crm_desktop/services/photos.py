"""The photo of a contact: setting, removing and reading it."""

from __future__ import annotations

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Contact
from crm_desktop.model.fields import field_named
from crm_desktop.model.picture import Photo
from crm_desktop.services.records import living
from crm_desktop.services.values import put
from crm_desktop.store import pictures
from crm_desktop.store.workspace import Workspace

FIELD = "photo"


def set_photo(workspace: Workspace, contact: int, data: bytes) -> None:
    """Have an image be the photo of a contact, as one step to undo; raises Invalid for what is no photo."""
    field = field_named(Contact, FIELD)
    found = field.kind.read(data)
    if found.value is None:
        raise Invalid({FIELD: "\n".join(each.text for each in found.findings) or _("The image is empty.")})
    with workspace.write(_("Set photo")) as session:
        put(session, living(session, Contact, contact), field, found.value)


def remove_photo(workspace: Workspace, contact: int) -> None:
    """Take the photo of a contact away, as one step to undo."""
    with workspace.write(_("Remove photo")) as session:
        put(session, living(session, Contact, contact), field_named(Contact, FIELD), None)


def photo_of(workspace: Workspace, contact: int) -> Photo | None:
    """The photo of a contact with its bytes."""
    with workspace.read() as session:
        return pictures.photos(session, [contact]).get(contact)
