"""What pickers and editors offer: colleagues, tags, and records found by what is typed."""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.model import Tag
from crm_desktop.services.finding import find
from crm_desktop.store import queries
from crm_desktop.store.queries import Listing
from crm_desktop.store.workspace import Workspace
from crm_desktop.ui.editors import Offers

Offer = tuple[str, str]
MOST_FOUND = 20
MOST_TAGS = 200


def offers(workspace: Workspace) -> Offers:
    """What the editors of fields offer."""

    def users() -> list[Offer]:
        with workspace.read() as session:
            return [(str(key), name) for key, name in queries.users(session).items()]

    def tags() -> list[str]:
        with workspace.read() as session:
            keys = queries.keys(session, Listing(Tag))[:MOST_TAGS]
            return sorted(queries.names(session, Tag, keys).values())

    def records_like(entity: str, typed: str) -> list[Offer]:
        return search(workspace, entity, set)(typed)

    return Offers(users, tags, records_like)


def search(workspace: Workspace, entity: str, but: Callable[[], set[int]]) -> Callable[[str], list[Offer]]:
    """What a picker of accounts or contacts offers for what is typed: 张三 for “zs”; without a text, nothing."""

    def offered(text: str) -> list[Offer]:
        left_out = but()
        hits = [each for each in find(workspace, text, MOST_FOUND, (entity,)) if each.id not in left_out]
        return [(str(each.id), " · ".join(filter(None, (each.name, each.subtitle)))) for each in hits]

    return offered
