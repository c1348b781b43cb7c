"""Long work, written as a generator: each `yield` tells how far it is and lets it be cancelled there."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; `total` is 0 while nobody knows."""

    done: int
    total: int = 0
    note: str = ""


Job: TypeAlias = Generator[Progress, None, R]


def finish(job: "Job[R]") -> R:
    """Run a job to its end right here, as tests and scripts do, and give its result."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: R = end.value
            return result
