"""Texts that a spreadsheet program would take for a formula when it opens a text file.

The signs are those of OWASP, “CSV Injection”, with their full-width forms, which Excel reads as formulas in East Asia.
An apostrophe in front makes such a text harmless; reading takes it away again.
"""

from __future__ import annotations

import re

_SIGNS = r"[=+\-@\t\r\n＝＋－＠]"
RISKY = re.compile(rf"'*{_SIGNS}")
GUARDED = re.compile(rf"'+{_SIGNS}")
_NUMBER = r"[0-9][0-9 ()./-]*(?:(?:ext\.|转) ?[0-9]+)?"
PHONE = re.compile(rf"\+{_NUMBER}(?:; \+?{_NUMBER})*")
"""Telephone numbers stay as they are: they are no formula that could do harm, and people copy them."""


def with_guard(text: str) -> str:
    """The text as a file may hold it."""
    return f"'{text}" if RISKY.match(text) and not PHONE.fullmatch(text) else text


def without_guard(text: str) -> str:
    """The text that was meant."""
    return text[1:] if GUARDED.match(text) else text
