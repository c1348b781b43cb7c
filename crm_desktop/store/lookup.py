"""Looking up many records at once by keys or texts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select


def among(values: Iterable[Any]) -> Select[Any]:
    """Values as rows to select from: there may be more of them than a statement can have parameters."""
    text = json.dumps(sorted(set(values)), ensure_ascii=False)
    return select(func.json_each(text).table_valued("value").c.value)
