"""The windows: everything that knows Qt."""

import builtins

_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401 - the line before must come first

# PySide puts a function of its own here, for `from __feature__ import`: it reads the source of each module that is
# imported later, which costs the start a third of its time, and memory for the text of all of them.
builtins.__import__ = _import
