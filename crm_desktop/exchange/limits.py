"""Limits for a process that reads a file of somebody else's: how much memory and time an honest file may need.

They grow with the content of the file, so that they end nonsense and not work. Measured on honest files: 100,000 rows
by 15 columns need 160 MB and 3 seconds as a workbook of 71 MB of content.
"""

from __future__ import annotations

import os
from pathlib import Path
from subprocess import Popen
from typing import Any

from crm_desktop.exchange.zip_check import honest_size

MEGABYTE = 2**20
LEAST_MEMORY, MOST_MEMORY = 320 * MEGABYTE, 4096 * MEGABYTE
MEMORY_PER_BYTE = 4
LEAST_SECONDS, MOST_SECONDS = 10.0, 1800.0
BYTES_PER_SECOND = MEGABYTE // 2
"""Slower than any computer that our users have."""


def memory(path: Path) -> int:
    """The bytes that reading a file may need."""
    return min(MOST_MEMORY, LEAST_MEMORY + MEMORY_PER_BYTE * _size(path))


def seconds(path: Path) -> float:
    """How long reading a file may take."""
    return min(MOST_SECONDS, LEAST_SECONDS + _size(path) / BYTES_PER_SECOND)


def _size(path: Path) -> int:
    try:
        return honest_size(path)
    except OSError:
        return 0


def limit_own_memory(most: int) -> None:
    """Let this process have no more than so many bytes; on Windows the one that starts it does that.

    Linux counts all private memory under RLIMIT_DATA since 4.7 (setrlimit(2)). macOS takes the limit and may not
    enforce it.
    """
    if os.name != "nt":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def limit_memory_of(process: Popen[bytes], most: int) -> Any:
    """On Windows, put a process into a job that limits its memory and ends it with us; gives the job, to be kept.

    Written after Microsoft's reference of JOBOBJECT_EXTENDED_LIMIT_INFORMATION; not tested, for want of a Windows.
    """
    if os.name != "nt":
        return None
    from crm_desktop.exchange import windows_job

    return windows_job.holding(int(vars(process)["_handle"]), most)
