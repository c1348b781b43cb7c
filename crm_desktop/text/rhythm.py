"""How often one is in touch with an account, by its level; what is longer ago is worth a reminder (ux.md 4)."""

from collections.abc import Mapping

DAYS: Mapping[str, int] = {"vip": 14, "a": 14, "b": 30, "c": 60}
"""After how many days without an activity an account of a level sleeps; the most important level comes first."""
USUAL = 60
"""The same for all others."""
