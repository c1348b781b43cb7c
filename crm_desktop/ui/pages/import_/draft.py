"""What was chosen for an import so far; it is kept while people look at other pages."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

NEW = "new"
BOTH = "both"
RECORD_ID = "record_id"
KEYS = ("mobile", "email", "wechat", "qq", "credit_code", "landline", "name_company")
"""By what somebody may be known again, besides our own identities; the pages offer them in this order."""
USUAL_KEYS = tuple(each for each in KEYS if each != "landline")
FILE, MINE = "file", "mine"
"""Whose value counts where both the file and the program have a new one."""


@dataclass(slots=True)
class Draft:
    """The file and every choice about it."""

    path: Path | None = None
    sheet: str = ""
    encoding: str = ""
    header_row: int | None = None
    columns: list[str] = field(default_factory=list)
    """The target of each column, empty for one that is not imported."""
    keys: list[str] = field(default_factory=lambda: list(USUAL_KEYS))
    """By what somebody is known again."""
    overwrite: bool = False
    ways: dict[str, str] = field(default_factory=dict)
    """How single fields treat what is there, where that differs from the rule: fill, overwrite or add, by target."""
    mode: str = BOTH
    tags: list[str] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    """What every row gets that says nothing itself, by target."""
    date_order: str = ""
    remember: bool = True
    decisions: dict[str, str] = field(default_factory=dict)
    """What was decided about doubtful people, by their keys."""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """What was said once of values that their field does not know, by target; an empty meaning leaves them out."""
    conflicts: dict[str, str] = field(default_factory=dict)
    """Whose value counts, for cells that were changed in the file and here, by their key."""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name if self.path else ""

    @property
    def choices(self) -> list[str]:
        """Which part of the file is read, as arguments of the command line."""
        return [
            *(["--sheet", self.sheet] if self.sheet else []),
            *(["--encoding", self.encoding] if self.encoding else []),
        ]

    def kept(self) -> dict[str, Any]:
        """The draft as the settings keep it."""
        return asdict(self) | {"path": str(self.path)}

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Draft | None:
        """A draft that the settings kept; None when its file is gone or it was kept by another version."""
        path = Path(kept.get("path") or "-")
        if set(kept) != set(cls.__dataclass_fields__) or not path.is_file():
            return None
        return cls(**{**kept, "path": path})

    def options(self) -> dict[str, Any]:
        """The choices as the import takes them."""
        return {
            "columns": [each or None for each in self.columns],
            "header_row": self.header_row,
            "match": [RECORD_ID, *self.keys],
            "mode": self.mode,
            "overwrite": self.overwrite,
            "fields": {code: way for code, way in self.ways.items() if code in self.columns},
            "decisions": self.decisions,
            "conflicts": self.conflicts,
            "values": {code: words for code, words in self.values.items() if words},
            "tags": self.tags,
            "constants": {code: text for code, text in self.constants.items() if text},
            "date_order": self.date_order,
        }

    def say(self, code: str, value: str, meaning: str | None) -> None:
        """Note what a value means in every row; None for nothing."""
        from crm_desktop.services.importing.vocabulary import folded

        words = self.values.setdefault(code, {})
        for each in [word for word in words if folded(word) == folded(value)]:
            del words[each]
        if meaning is not None:
            words[value] = meaning

    def recipe(self) -> dict[str, Any]:
        """The choices that fit other files of the same making, too, as the command line takes them."""
        chosen = self.options()
        return {"sheet": self.sheet, "encoding": self.encoding} | {
            name: chosen[name] for name in chosen if name not in ("decisions", "conflicts")
        }
