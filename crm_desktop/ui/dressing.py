"""Gets parts of a window ready to be seen while it stays awake: style and font of each widget, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

MOMENT = 0.008
"""Seconds of work between two looks at what else is to be done."""


def dressing(part: QWidget) -> Iterator[None]:
    """Apply the style sheet to a hidden part of a window, which Qt would else do in one go when it is shown."""
    until = perf_counter() + MOMENT
    for each in [part, *part.findChildren(QWidget)]:
        if isValid(each):
            each.ensurePolished()
        if perf_counter() > until:
            yield
            until = perf_counter() + MOMENT
