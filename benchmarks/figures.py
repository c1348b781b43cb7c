"""What a benchmark finds: our times beside those of a plain limit that was measured in turn with them."""

from __future__ import annotations

import gc
import time
from dataclasses import asdict, dataclass, field
from importlib import import_module
from statistics import median

from benchmarks import bases
from benchmarks.harness import NOISY, kernel

ROUNDS = 5
HEAD = ("", "p50", "p95", "worst", "times", "cpu", "limit", "ratio", "of cpu", "goal", "")
LINE = "{:38} {:>9} {:>9} {:>9} {:>5} {:>9} {:>9} {:>6} {:>6}  {:24} {}"


@dataclass(frozen=True)
class Goal:
    """What is to be reached; whatever is None is not asked for."""

    ratio: float | None = None
    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    worst: float | None = None
    more: float | None = None
    """How much above the limit."""

    def missed(self, result, *, by_cpu=False):
        """The parts of the goal that were not reached, on the clock or by processor time."""
        ours, plain = (result.cpu, result.limit_cpu) if by_cpu else (result.ours, result.limit)
        found = {
            "p50": percentile(ours, 50),
            "p95": percentile(ours, 95),
            "p99": percentile(ours, 99),
            "worst": max(ours),
            "ratio": result.ratio_of_cpu if by_cpu else result.ratio,
            "more": percentile(ours, 50) - median(plain) if plain else None,
        }
        asked = {name: most for name, most in asdict(self).items() if most is not None}
        return [name for name, most in asked.items() if found[name] is not None and found[name] > most]

    def verdict(self, result):
        """Whether the goal was reached; on a busy machine, processor time tells more than the clock."""
        if self == NO_GOAL:
            return ""
        if not self.missed(result):
            return "✓"
        return "missed, but ✓ by cpu" if result.cpu and not self.missed(result, by_cpu=True) else "missed"

    def say(self, unit):
        """The goal in a few signs."""
        words = {"p50": "p50 ≤ ", "p95": "p95 ≤ ", "p99": "p99 ≤ ", "worst": "worst ≤ ", "more": "+ ≤ "}
        said = [f"≤ {self.ratio:g}×"] if self.ratio else []
        said += [f"{word}{most:g} {unit}" for name, word in words.items() if (most := getattr(self, name)) is not None]
        return ", ".join(said)


NO_GOAL = Goal()


@dataclass
class Result:
    """One thing that was measured."""

    name: str
    ours: list[float]
    cpu: list[float] = field(default_factory=list)
    """Processor time of the same runs: on a busy machine it tells more."""
    limit: list[float] = field(default_factory=list)
    limit_cpu: list[float] = field(default_factory=list)
    against: str = ""
    """What the limit is."""
    goal: Goal = NO_GOAL
    unit: str = "ms"
    noise: float = 1.0
    facts: dict = field(default_factory=dict)

    p50 = property(lambda self: percentile(self.ours, 50))
    p95 = property(lambda self: percentile(self.ours, 95))
    p99 = property(lambda self: percentile(self.ours, 99))
    worst = property(lambda self: max(self.ours))
    plain = property(lambda self: median(self.limit) if self.limit else None)

    @property
    def ratio(self):
        """How many times the limit."""
        return self.p50 / self.plain if self.plain else None

    @property
    def ratio_of_cpu(self):
        """How many times the limit, by processor time; tells nothing where a clock is too coarse."""
        plain = median(self.limit_cpu) if self.limit_cpu else 0
        return median(self.cpu) / plain if self.cpu and plain > 0.05 else None

    @property
    def spread(self):
        """Between which times half of the runs lay, as a share of the median."""
        return (percentile(self.ours, 75) - percentile(self.ours, 25)) / self.p50 if self.p50 else 0.0

    def line(self):
        """The result as a line of a table."""
        return LINE.format(
            self.name,
            *(number(each) for each in (self.p50, self.p95, self.worst)),
            len(self.ours),
            number(median(self.cpu)) if self.cpu else "",
            number(self.plain) if self.limit else "",
            f"{self.ratio:.2f}" if self.ratio else "",
            f"{self.ratio_of_cpu:.2f}" if self.ratio_of_cpu else "",
            self.goal.say(self.unit),
            " ".join([self.goal.verdict(self), *self._remarks()]).strip(),
        ).rstrip()

    def _remarks(self):
        said = [f"{name} {value}" for name, value in self.facts.items()]
        if self.noise > NOISY:
            said.append(f"(busy machine ×{self.noise:.2f})")
        return said

    def as_json(self):
        """The result for a file."""
        return asdict(self)

    @classmethod
    def from_json(cls, told):
        """The result out of a file."""
        return cls(**told | {"goal": Goal(**told["goal"])})


def percentile(values, percent):
    """The value that so many percent of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def number(value):
    """A figure with as many digits as say something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


@dataclass(frozen=True)
class Took:
    """The milliseconds of one run, on the clock and of the processor."""

    wall: float
    cpu: float


def took(call):
    """Run something; gives how long that took."""
    cpu, began = time.process_time(), time.perf_counter()
    call()
    return Took(1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu))


class Bench:
    """What a benchmark is given: the copy of a base, and the means to take times."""

    def __init__(self, folder, size, *, rounds=ROUNDS, seed=1, rows=None):
        self.folder, self.size, self.rounds, self.seed, self.rows = folder, size, rounds, seed, rows
        self.facts = bases.facts(folder)
        self.results = []
        self._best = min(kernel() for _each in range(5))

    @property
    def is_small(self):
        """Whether the base is only there to see that everything runs."""
        return self.size == "XS"

    def few(self, count):
        """So many, or very few where nobody reads the figures."""
        return min(count, 3) if self.is_small else count

    def compare(self, name, ours, limit=None, *, rounds=None, **told):
        """Run `ours` and the plain `limit` in turn; each is timed as a whole unless it gives `Took`s of its own."""
        found, plain, kernels = [], [], []
        for _round in range(self.few(rounds or self.rounds)):
            gc.collect()
            kernels.append(kernel())
            if limit:
                plain += _times(limit)
            found += _times(ours)
        kernels.append(kernel())
        return self.note(name, found, plain, kernels=kernels, **told)

    def note(self, name, ours, limit=(), *, kernels=(), **told):
        """Keep times that were taken, each a `Took`."""
        best = min(self._best, *kernels) if kernels else self._best
        result = Result(
            name,
            [each.wall for each in ours],
            [each.cpu for each in ours],
            [each.wall for each in limit],
            [each.cpu for each in limit],
            noise=sum(kernels) / len(kernels) / best if kernels else 1.0,
            **told,
        )
        self.results.append(result)
        return result

    def amount(self, name, ours, limit=(), **told):
        """Keep amounts that are no times."""
        self.results.append(Result(name, list(ours), limit=list(limit), **told))


def _times(call):
    own = []
    whole = took(lambda: own.extend(call() or ()))
    return own or [whole]


def measured(module, folder, size, options):
    """What a benchmark finds over the copy of a base."""
    bench = Bench(folder, size, **options)
    import_module(module).run(bench)
    return bench.results
