"""`override` for what is loaded before the first paint.

Python has it from 3.12 on; the package that brings it to 3.11 takes longer to import than any module of the window.
"""

from typing import TYPE_CHECKING, TypeVar

__all__ = ["override"]
T = TypeVar("T")

if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method: T) -> T:
        """Say that a method stands in for one of the class above; only the type checker looks."""
        return method
