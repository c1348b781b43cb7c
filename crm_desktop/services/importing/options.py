"""What the user decides about an import, as plain values that can be kept in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _

RECORD_ID, MOBILE, EMAIL, WECHAT, NAME_COMPANY = "record_id", "mobile", "email", "wechat", "name_company"
MATCH_KEYS = (RECORD_ID, MOBILE, EMAIL, WECHAT, NAME_COMPANY)
CREATE, UPDATE, BOTH = "create", "update", "both"
MODES = (CREATE, UPDATE, BOTH)
NEW = "new"
SAME = "same:"
SAME_ROW = "same:row:"


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of an import; what is left out is found out or harmless."""

    columns: tuple[str | None, ...] = ()
    """The target of each column; nothing means what `layout` suggests."""
    header_row: int | None = None
    """The number of the header's row in the file; None to find it, 0 when there is none."""
    match: tuple[str, ...] = MATCH_KEYS
    mode: str = BOTH
    overwrite: bool = False
    """Whether the file wins over what is there; otherwise only blanks are filled."""
    decisions: Mapping[int, str] = field(default_factory=dict)
    """For doubtful rows, by their number in the file: `new`, `same:<id>` or `same:row:<number>`."""
    tags: tuple[str, ...] = ()
    source: str = ""
    """Where the accounts come from, when their row does not say."""

    def to_json(self) -> dict[str, Any]:
        """The choices as JSON has them."""
        return asdict(self) | {"decisions": {str(row): each for row, each in self.decisions.items()}}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Options:
        """Choices that were kept as JSON; raises Invalid for what is none of ours."""
        unknown = set(kept) - set(cls.__dataclass_fields__)
        if unknown:
            message = _("“{name}” is no setting of an import.")
            raise Invalid({each: message.format(name=each) for each in sorted(unknown)})
        values = dict(kept)
        for name in ("columns", "match", "tags"):
            if name in values:
                values[name] = tuple(values[name])
        if "decisions" in values:
            values["decisions"] = {int(row): str(each) for row, each in values["decisions"].items()}
        options = cls(**values)
        options.check()
        return options

    def check(self) -> None:
        """Raise Invalid for a mode or a key that does not exist."""
        if self.mode not in MODES:
            raise Invalid({"mode": _("“{name}” is not create, update or both.").format(name=self.mode)})
        for each in self.match:
            if each not in MATCH_KEYS:
                keys = ", ".join(MATCH_KEYS)
                raise Invalid({"match": _("“{name}” is not one of {keys}.").format(name=each, keys=keys)})
