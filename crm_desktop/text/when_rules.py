"""What a rule of the grammar of `when` is: a pattern, and how the day that fits it is reckoned."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from crm_desktop.text.when_reckoning import Around
from crm_desktop.text.when_words import Groups

Reckon = Callable[[Groups, Around], date]
DATE = "date"
"""The sort of rule for a written date, which may stand beside a weekday."""


class Rule(NamedTuple):
    """A pattern, how its day is reckoned, and its sort."""

    written: str
    reckon: Reckon
    sort: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, made ready when it is first needed: all of them at once would keep the window waiting."""
        return _ready(self.written)


@cache
def _ready(written: str) -> re.Pattern[str]:
    return re.compile(written)
