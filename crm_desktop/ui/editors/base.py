"""What every editor can do, and where editors find what they offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from crm_desktop.ui.widgets.pick_list import Choice as Offer


class Editor(Protocol):
    """What every editor can do."""

    entered: SignalInstance
    """A text was meant to be saved."""
    typed: SignalInstance
    """A text is being typed."""

    def show_text(self, text: str, shown: str = "") -> None:
        """Have it say what is saved: `text` while editing, `shown` (when that differs) while looking."""

    def hold(self, saved: str, typed: str) -> None:
        """Keep `typed` on show although it could not be saved; Esc brings `saved` back."""


def _nobody() -> Sequence[Offer]:
    return ()


def _no_words() -> Sequence[str]:
    return ()


def _nothing_found(_entity: str, _typed: str) -> Sequence[Offer]:
    return ()


@dataclass(frozen=True, slots=True)
class Offers:
    """Where editors find what they offer."""

    users: Callable[[], Sequence[Offer]] = _nobody
    tags: Callable[[], Sequence[str]] = _no_words
    records: Callable[[str, str], Sequence[Offer]] = _nothing_found
    """What is found among the records of a kind for what is typed."""


def widget_of(made: Editor) -> QWidget:
    """An editor as the thing to be laid out."""
    assert isinstance(made, QWidget)
    return made
