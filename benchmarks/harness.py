"""Fair figures: every step in a process of its own, with its peak memory and how busy the machine was meanwhile."""

import gc
import multiprocessing
import os
import platform
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

NOISY = 1.25
"""When the calibration kernel takes so many times its best, other work disturbed the measurement."""


@dataclass
class Figure:
    """What one step took."""

    seconds: float = 0.0
    cpu: float = 0.0
    noise: float = 1.0
    megabytes: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)
    """The seconds of its parts, in their order."""
    facts: dict = field(default_factory=dict)


def kernel():
    """The seconds of a fixed piece of work: how fast the machine is just now."""
    began = time.perf_counter()
    total = 0
    for each in range(400_000):
        total += each
    return time.perf_counter() - began


class Watch:
    """Takes the time of the parts of a step."""

    def __init__(self):
        self.figure = Figure()

    @contextmanager
    def part(self, name):
        """Measure what is done inside; parts of one name add up."""
        gc.collect()
        before = kernel()
        began, cpu = time.perf_counter(), cpu_seconds()
        yield
        seconds, spent = time.perf_counter() - began, cpu_seconds() - cpu
        figure = self.figure
        figure.seconds += seconds
        figure.cpu += spent
        figure.parts[name] = figure.parts.get(name, 0.0) + seconds
        figure.facts.setdefault("kernels", []).extend((before, kernel()))


def cpu_seconds():
    """The processor time of this process and of those it started and saw end."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def alone(step, *arguments):
    """Run `step(watch, *arguments)` in a fresh process; gives its figure."""
    return alone_with(_measured, step, arguments)


def alone_with(call, *arguments):
    """What a call gives that is made in a fresh process, which has the environment of the program's workers."""
    os.environ["MALLOC_ARENA_MAX"] = "1"
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(call, *arguments).result()


def _measured(step, arguments):
    best = min(kernel() for _each in range(5))
    watch = Watch()
    watch.figure.facts |= step(watch, *arguments) or {}
    kernels = watch.figure.facts.pop("kernels", [best])
    watch.figure.noise = sum(kernels) / len(kernels) / min(best, *kernels)
    watch.figure.megabytes = peak_megabytes()
    return watch.figure


def peak_megabytes():
    """The most memory that this process, or one that it started, held at any time; 0 where nobody counts."""
    if sys.platform == "win32":
        return 0.0
    import resource

    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(each).ru_maxrss for each in whose)
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def best_of(figures):
    """The figure that was disturbed least: the quickest."""
    return min(figures, key=lambda each: each.seconds)


def machine():
    """What the figures were taken on."""
    from PySide6.QtCore import qVersion

    from crm_desktop.store.driver import sqlite_version

    return {
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "qt": qVersion(),
        "sqlite": sqlite_version(),
        "processors": os.cpu_count(),
        "kernel_ms": round(1000 * min(kernel() for _each in range(5)), 2),
    }
