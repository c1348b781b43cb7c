"""What was chosen for an import so far; it is kept while people look at other pages."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

NEW = "new"
BOTH = "both"
SAME_NUMBER = ("record_id", "mobile", "email", "wechat", "name_company")
SAME_NAME = ("record_id", "name_company")


@dataclass(slots=True)
class Draft:
    """The file and every choice about it."""

    path: Path | None = None
    sheet: str = ""
    encoding: str = ""
    header_row: int | None = None
    columns: list[str] = field(default_factory=list)
    """The target of each column, empty for one that is not imported."""
    by_number: bool = True
    """Whether the same mobile or mail address makes the same person."""
    overwrite: bool = False
    mode: str = BOTH
    tags: list[str] = field(default_factory=list)
    remember: bool = True
    decisions: dict[int, str] = field(default_factory=dict)
    """What was decided about doubtful rows, by their number in the file."""

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
        return asdict(self) | {"path": str(self.path), "decisions": {str(row): d for row, d in self.decisions.items()}}

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Draft | None:
        """A draft that the settings kept; None when its file is gone or it was kept by another version."""
        path = Path(kept.get("path") or "-")
        if set(kept) != set(cls.__dataclass_fields__) or not path.is_file():
            return None
        decisions = {int(row): str(each) for row, each in kept["decisions"].items()}
        return cls(**{**kept, "path": path, "decisions": decisions})

    def options(self) -> dict[str, Any]:
        """The choices as the import takes them."""
        return {
            "columns": [each or None for each in self.columns],
            "header_row": self.header_row,
            "match": list(SAME_NUMBER if self.by_number else SAME_NAME),
            "mode": self.mode,
            "overwrite": self.overwrite,
            "decisions": {str(row): each for row, each in self.decisions.items()},
            "tags": self.tags,
        }
