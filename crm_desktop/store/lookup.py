"""Looking up many records at once by keys or texts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, bindparam, func, select

AMONG: Select[Any] = select(func.json_each(bindparam("keys")).table_valued("value").c.value)
"""The same for a statement that is made once: with `packed` values as its parameter `keys`."""


def among(values: Iterable[Any]) -> Select[Any]:
    """Values as rows to select from: there may be more of them than a statement can have parameters."""
    return select(func.json_each(packed(values)).table_valued("value").c.value)


def packed(values: Iterable[Any]) -> str:
    """Values as one parameter of a statement."""
    return json.dumps(sorted(set(values)), ensure_ascii=False)
