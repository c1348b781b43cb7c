"""Loads Qt for Python without what it would do anew at every start, and at the import of every module after it."""

import builtins
import marshal
import sys
from contextlib import suppress
from importlib.util import cache_from_source, source_hash
from pathlib import Path
from types import CodeType
from typing import Any, TypeAlias

Codes: TypeAlias = dict[tuple[str, bytes], CodeType]
KEPT = Path(cache_from_source(__file__)).with_suffix(".codes")


def load() -> None:
    """Import PySide6.

    It carries some of its Python as source, not as bytecode, and compiles that at each start, which takes longer than
    all modules of ours together; here the code is kept beside our own bytecode. And it puts a function of its own in
    the place of `__import__`, for `from __feature__ import`, which reads the source of each module that is imported
    later: that costs the start a third of its time, and memory for the text of all of them.
    """
    plain_import, plain_compile = builtins.__import__, builtins.compile
    known, used = _known(), Codes()

    def compile_once(source: str | bytes, filename: str, mode: str, *more: Any, **options: Any) -> Any:
        if mode != "exec" or more or options or not isinstance(source, str | bytes):
            return plain_compile(source, filename, mode, *more, **options)
        key = filename, source_hash(source.encode() if isinstance(source, str) else source)
        used[key] = known.get(key) or plain_compile(source, filename, mode)
        return used[key]

    vars(builtins)["compile"] = compile_once
    try:
        import PySide6.QtCore  # noqa: F401 - for what its import does
    finally:
        vars(builtins)["compile"] = plain_compile
        builtins.__import__ = plain_import
    if not used.keys() <= known.keys() and not sys.dont_write_bytecode:
        _keep(used)


def _known() -> Codes:
    """What was compiled at an earlier start; nothing if that was never kept, or cannot be read."""
    try:
        found = marshal.loads(KEPT.read_bytes())  # noqa: S302 - written by this module, like any bytecode
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _keep(codes: Codes) -> None:
    """Write the code for the next start, whole or not at all; a program that may not write here does without."""
    with suppress(OSError):
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        half = KEPT.with_suffix(".new")
        half.write_bytes(marshal.dumps(codes))
        half.replace(KEPT)
