"""Work that is done page by page, by further processes of this same program where there is much of it.

Threads would share one interpreter, so that two of them take as long as one. A process costs half a second and some
80 MB, most of it for what it imports; it ends when the work is done, and when this one ends, however that comes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from crm_desktop.i18n import language, use

Page = TypeVar("Page")
Result = TypeVar("Result")
MOST = 3
"""So many processes at most: who waits for them, and has to take all that they make, is not quicker with more."""
AHEAD = 3
"""How many pages for each process are on their way or done at a time."""
LOWER = 5
"""By how much the processes stand back behind the window, as `nice` counts."""


def how_many() -> int:
    """How many processes beside this one the computer has use for."""
    return min(MOST, os.cpu_count() or 1)


class Pool(Generic[Page, Result]):
    """What `pool` gives: the processes, if any, and what works a page out in this one."""

    def __init__(
        self, here: Callable[[Page], Result], executor: ProcessPoolExecutor | None = None, ahead: int = 0
    ) -> None:
        self._here = here
        self._executor = executor
        self._ahead = ahead

    def map(self, pages: Iterable[Page]) -> Iterator[tuple[Page, Result]]:
        """Each page with what comes of it, in their order; pages are asked for a few ahead."""
        waiting: deque[tuple[Page, Future[Result] | None]] = deque()
        for page in pages:
            waiting.append((page, self._begun(page)))
            if len(waiting) > self._ahead:
                yield self._done(*waiting.popleft())
        while waiting:
            yield self._done(*waiting.popleft())

    def _begun(self, page: Page) -> Future[Result] | None:
        try:
            return self._executor.submit(_do, page) if self._executor else None
        except (BrokenExecutor, OSError):
            return None

    def _done(self, page: Page, future: Future[Result] | None) -> tuple[Page, Result]:
        if future is not None:
            try:
                return page, future.result()
            except BrokenExecutor:  # a process was ended, or could not start: the work goes on here
                self._executor = None
        return page, self._here(page)


@contextmanager
def pool(
    count: int, here: Callable[[Page], Result], begin: Callable[..., Callable[[Page], Result]], *arguments: Any
) -> Iterator[Pool[Page, Result]]:
    """So many processes, 0 for none, in each of which `begin(*arguments)` gives what works a page out.

    `here` does the same in this one, where there is no other. `begin` is a function of a module; what it takes, and
    what goes to and fro, can be pickled.
    """
    if not count:
        yield Pool(here)
        return
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(count, get_context("spawn"), _begin, (language(), begin, arguments))
    try:
        yield Pool(here, executor, AHEAD * count)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


_work: Callable[[Any], Any]


def _begin(spoken: str, begin: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...]) -> None:
    """Get ready in a process of the pool."""
    import gc
    import signal
    from threading import Thread

    global _work  # noqa: PLW0603 - a process of a pool does one thing
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked for the work ends it
    Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(LOWER)
    use(spoken)
    _work = begin(*arguments)
    gc.freeze()


def _end_with_parent() -> None:
    """End when the process that asked for the work ends, even by force."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do(page: Any) -> Any:
    return _work(page)
