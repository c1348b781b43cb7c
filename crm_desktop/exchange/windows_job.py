"""A Windows job object: the process in it gets so much memory and ends when the handle of the job is closed.

Not tested, for want of a Windows; after Microsoft's reference of SetInformationJobObject.
"""

from __future__ import annotations

import ctypes
from typing import Any

EXTENDED_LIMITS = 9
PROCESS_MEMORY = 0x0100
KILL_ON_CLOSE = 0x2000


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def holding(process: int, most: int) -> Any:
    """A job with a process in it, given by its handle; the job ends with the object that is given back."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore] # Windows only
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = _ExtendedLimits()
    limits.basic.flags = PROCESS_MEMORY | KILL_ON_CLOSE
    limits.process_memory = most
    kernel.SetInformationJobObject(job, EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, ctypes.c_void_p(process))
    return _Job(kernel, job)


class _Job:
    """Closes the job when it is no longer needed, which ends what is still in it."""

    def __init__(self, kernel: Any, job: ctypes.c_void_p) -> None:
        self._kernel, self._job = kernel, job

    def __del__(self) -> None:
        self._kernel.CloseHandle(self._job)
