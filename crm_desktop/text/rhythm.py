"""How often one is in touch with an account of a level, where a house has said nothing else (ux.md 4)."""

from collections.abc import Mapping

DAYS: Mapping[str, int] = {"vip": 14, "a": 14, "b": 30, "c": 60}
"""After how many days without an activity an account of a level sleeps; the most important level comes first."""
