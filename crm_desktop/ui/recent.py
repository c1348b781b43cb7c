"""The records opened last, kept in the settings of this computer."""

from __future__ import annotations

from crm_desktop.settings import Settings

MOST = 40
"""Places that are kept: enough for the ten people and the three accounts opened last, in most mixtures."""
NAME = "recent"


def opened(settings: Settings, entity: str, key: int) -> None:
    """Note that a record was opened just now."""
    place = (entity, key)
    others = [each for each in places(settings) if each != place]
    settings.layout[NAME] = [list(each) for each in (place, *others)][:MOST]


def places(settings: Settings) -> list[tuple[str, int]]:
    """Entity and key of each, the last one first; what a damaged settings file says otherwise is left out."""
    kept = settings.layout.get(NAME)
    found = [each for each in kept if isinstance(each, list) and len(each) == 2] if isinstance(kept, list) else []
    return [(entity, key) for entity, key in found if isinstance(entity, str) and isinstance(key, int)]
