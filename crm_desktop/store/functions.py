"""What SQLite learns from us: one function, by which texts are compared as the search compares them."""

from __future__ import annotations

from typing import Any

from crm_desktop.text.folding import fold


def teach(connection: Any, _record: object = None) -> None:
    """Let statements of a connection call `folded(text)`."""
    connection.create_function("folded", 1, _folded, deterministic=True)


def _folded(text: object) -> str | None:
    return None if text is None else fold(str(text))
