"""What the user decides about an import, as plain values that can be kept in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model.fields import Field
from crm_desktop.model.kinds import Notes
from crm_desktop.services.importing.targets import MADE_UP, by_code, has_own_values, holds_several

RECORD_ID, MOBILE, EMAIL, WECHAT, NAME_COMPANY = "record_id", "mobile", "email", "wechat", "name_company"
QQ, CREDIT_CODE, LANDLINE = "qq", "credit_code", "landline"
MATCH_KEYS = (RECORD_ID, MOBILE, EMAIL, WECHAT, QQ, CREDIT_CODE, LANDLINE, NAME_COMPANY)
DEFAULT_MATCH = tuple(each for each in MATCH_KEYS if each != LANDLINE)
"""A landline is left out because colleagues share a switchboard."""
CREATE, UPDATE, BOTH = "create", "update", "both"
MODES = (CREATE, UPDATE, BOTH)
FILL, OVERWRITE, ADD = "fill", "overwrite", "add"
NEW = "new"
SAME = "same:"
SAME_ROW = "same:row:"
FILE, MINE = "file", "mine"
DATE_ORDERS = ("", "ymd", "dmy", "mdy")


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of an import; what is left out is found out or harmless."""

    columns: tuple[str | None, ...] = ()
    """The target of each column; nothing means what `layout` suggests, `new:account:text:Words` a field to be made."""
    header_row: int | None = None
    """The number of the header's row in the file; None to find it, 0 when there is none."""
    match: tuple[str, ...] = DEFAULT_MATCH
    mode: str = BOTH
    overwrite: bool = False
    """Whether the file wins over what is there; otherwise only blanks are filled."""
    decisions: Mapping[str, str] = field(default_factory=dict)
    """For doubtful people, by the key of their line: `new`, `same:<id>` or `same:row:<key>`.

    The key is the number of the row in the file; of its second and third person `<number>:2` and `<number>:3`.
    """
    tags: tuple[str, ...] = ()
    source: str = ""
    """Where the accounts come from, when their row does not say."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """How a field treats what is there, by target: `fill`, `overwrite` or `add`; else as `way_of` says."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Texts by target, for the rows whose cell is blank."""
    date_order: str = ""
    """The order of day, month and year in dates that are text; else it is found out."""
    conflicts: Mapping[str, str] = field(default_factory=dict)
    """For exported sheets that come back, `file` or `mine` by `<row number>:<target>`."""

    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What values mean that a field does not know, by target: one that it knows, nothing to leave the value out, or
    the value itself to keep it.
    """

    def to_json(self) -> dict[str, Any]:
        """The choices as JSON has them."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Options:
        """Choices that were kept as JSON; raises Invalid for what is none of ours."""
        unknown = set(kept) - set(cls.__dataclass_fields__)
        if unknown:
            message = _("“{name}” is no setting of an import.")
            raise Invalid({each: message.format(name=each) for each in sorted(unknown)})
        options = cls(**{name: _read(name, value) for name, value in kept.items()})
        options.check()
        return options

    def check(self) -> None:
        """Raise Invalid, with a sentence for each setting at fault, for a choice that does not exist."""
        _among("mode", [self.mode], MODES)
        _among("match", self.match, MATCH_KEYS)
        _among("date_order", [self.date_order], DATE_ORDERS)
        _among("conflicts", self.conflicts.values(), (FILE, MINE))
        for code, way in self.fields.items():
            _among("fields", [code], [code] if code.startswith(f"{NEW}:") else tuple(by_code()))
            _among("fields", [way], ways_of(code))
        for code in self.constants:
            if code in MADE_UP or code not in by_code():
                message = _("“{code}” cannot have one value for all rows.")
                raise Invalid({"constants": message.format(code=code)})
        for code in self.values:
            if not has_own_values(by_code().get(code)):
                message = _("“{code}” has no values of its own that others could mean.")
                raise Invalid({"values": message.format(code=code)})

    def way_of(self, found: Field) -> str:
        """How a field treats what is there."""
        chosen = self.fields.get(found.code)
        if chosen:
            return chosen
        if holds_several(found.kind) and not isinstance(found.kind, Notes):
            return ADD
        return OVERWRITE if self.overwrite else FILL

    @property
    def values_for_all(self) -> dict[str, str]:
        """The constants; the source is one of them."""
        return ({"account.lead_source": self.source} if self.source else {}) | dict(self.constants)


def ways_of(code: str) -> tuple[str, ...]:
    """The ways in which a target can treat what is there, the usual one first."""
    target = by_code().get(code)
    if target is None or target.field is None or not holds_several(target.field.kind):
        return (FILL, OVERWRITE)
    return (FILL, OVERWRITE, ADD) if isinstance(target.field.kind, Notes) else (ADD, FILL, OVERWRITE)


TEXTS = ("mode", "source", "date_order")
LISTS = ("columns", "match", "tags")
LINE = re.compile(r"[0-9]+(?::[23])?")
"""The key of a line."""
MAPPINGS = ("fields", "constants", "conflicts", "decisions")


def _read(name: str, value: Any) -> Any:
    """A setting as JSON keeps it; raises Invalid when it is of another sort."""
    if name in LISTS and isinstance(value, list | tuple) and all(isinstance(each, str | None) for each in value):
        return tuple(value)
    if name in MAPPINGS and isinstance(value, Mapping) and (name != "decisions" or all(map(LINE.fullmatch, value))):
        return {str(key): str(each) for key, each in value.items()}
    if name == "values" and isinstance(value, Mapping) and all(isinstance(each, Mapping) for each in value.values()):
        return {str(code): {str(word): str(each) for word, each in words.items()} for code, words in value.items()}
    if (
        (name in TEXTS and isinstance(value, str))
        or (name == "overwrite" and isinstance(value, bool))
        or (name == "header_row" and (value is None or (isinstance(value, int) and not isinstance(value, bool))))
    ):
        return value
    raise Invalid({name: _("“{name}” cannot be “{value}”.").format(name=name, value=str(value)[:80])})


def _among(name: str, chosen: Iterable[str], choices: Sequence[str]) -> None:
    for each in chosen:
        if each not in choices:
            message = _("“{name}” is not one of {keys}.")
            raise Invalid({name: message.format(name=each, keys=", ".join(filter(None, choices)))})
