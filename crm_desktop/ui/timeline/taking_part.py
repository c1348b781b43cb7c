"""Who could have taken part in a talk: people of the account, those of us who are not the author, anybody found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.widgets.pick_list import Choice

MOST = 20
OURS = "u"
"""What the code of one of us begins with; that of a contact is its key."""
BESIDE = " · "
"""Parts the name from what else is told of somebody who was found."""


def contacts_of(codes: Sequence[str]) -> list[int]:
    """The contacts among those who took part."""
    return [int(each) for each in codes if not each.startswith(OURS)]


def colleagues_of(codes: Sequence[str]) -> list[int]:
    """Those of us among those who took part."""
    return [int(each.removeprefix(OURS)) for each in codes if each.startswith(OURS)]


def our(user: int) -> str:
    """The code of one of us."""
    return f"{OURS}{user}"


def people_near(workspace: Workspace, account: int | None, but: int | None = None) -> list[Choice]:
    """The people at an account now, but for the one with whom it is logged anyway."""
    from crm_desktop.services import contacts

    places = contacts.places(workspace, account=account) if account is not None else []
    return [
        (str(each.contact_id), each.contact) for each in places if each.status == "current" and each.contact_id != but
    ]


def those_of_us(workspace: Workspace) -> list[Choice]:
    """Those of us besides the one who works here, with the code that tells them from contacts."""
    from crm_desktop.services import users

    return [(our(key), name) for key, name in users.everybody(workspace) if key != workspace.author]


def people_found(workspace: Workspace, typed: str, but: int | None = None) -> list[Choice]:
    """The contacts that are found by what is typed, 张三 for “zs”."""
    from crm_desktop.services import finding

    hits = finding.find(workspace, typed, MOST, (finding.CONTACT,))
    return [(str(each.id), BESIDE.join(filter(None, (each.name, each.subtitle)))) for each in hits if each.id != but]


def name_in(words: str) -> str:
    """The name alone, of somebody who was found."""
    return words.split(BESIDE, maxsplit=1)[0]
