"""What a check has to say about a value: three severities, and where there is one, the cure."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(IntEnum):
    """How bad it is: `INFO` tells, `WARN` keeps and marks, `BLOCK` stands for an impossible record."""

    INFO = 1
    WARN = 2
    BLOCK = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a sentence in the user's language that says what is wrong and how to mend it."""

    severity: Severity
    text: str
    fix: str = ""
    """What one click would put in place of the text; empty when only a person can know."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What a text was understood to mean; `value` is None for a blank or for what cannot be understood."""

    value: T | None
    findings: tuple[Finding, ...] = ()

    @property
    def worst(self) -> Severity | None:
        """The worst severity found, or None when all is well."""
        return max((each.severity for each in self.findings), default=None)


def info(text: str) -> Finding:
    """Something worth knowing."""
    return Finding(Severity.INFO, text)


def warn(text: str, fix: str = "") -> Finding:
    """Something doubtful: the value is kept and marked."""
    return Finding(Severity.WARN, text, fix)


def block(text: str) -> Finding:
    """Something impossible: the value cannot be saved like this."""
    return Finding(Severity.BLOCK, text)
