"""What a rule of the grammar of `when` is: a pattern, and how the day that fits it is reckoned."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from crm_desktop.text.when_reckoning import Around
from crm_desktop.text.when_words import Groups, groups_of

Reckon = Callable[[Groups, Around], date]
DATE = "date"
"""The sort of rule for a written date, which may stand beside a weekday."""


class Rule(NamedTuple):
    """A pattern, how its day is reckoned, its sort, and what the words leave out."""

    written: str
    reckon: Reckon
    sort: str = ""
    also: Mapping[str, str] = MappingProxyType({})

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, made ready when it is first needed: all of them at once would keep the window waiting."""
        return _ready(self.written)

    def day(self, match: re.Match[str], around: Around) -> date:
        """The day that is meant by what fitted."""
        return self.reckon({**self.also, **groups_of(match)}, around)


@cache
def _ready(written: str) -> re.Pattern[str]:
    return re.compile(written)
