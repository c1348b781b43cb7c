"""Identity: numbers made by the program itself, unique across laptops and ordered by creation.

A 63-bit integer: 42 bits of milliseconds, 8 bits of counter, 13 bits of device (the Snowflake scheme); the first
fifty are a hybrid logical clock, `max(last + 1, now)`, so that a clock set back never repeats a number
(Kulkarni et al., "Logical Physical Clocks", 2014).
"""

import threading
import time

COUNTER_BITS, DEVICE_BITS = 8, 13
DEVICES = 1 << DEVICE_BITS


class Clock:
    """Hands out identities for one device."""

    def __init__(self, device: int = 0) -> None:
        self.device = device
        self._last = 0
        self._lock = threading.Lock()

    def resume(self, device: int, newest: int) -> None:
        """Go on after `newest`, the largest identity a data file holds."""
        with self._lock:
            self.device = device
            self._last = max(self._last, newest >> DEVICE_BITS)

    def block(self, count: int) -> range:
        """`count` fresh identities in ascending order, as a range."""
        with self._lock:
            first = max(self._last + 1, time.time_ns() // 1_000_000 << COUNTER_BITS)
            self._last = first + count - 1
        step = 1 << DEVICE_BITS
        start = first << DEVICE_BITS | self.device
        return range(start, start + count * step, step)

    def next(self) -> int:
        """One fresh identity."""
        return self.block(1)[0]


clock = Clock()


def new_id() -> int:
    """A fresh identity from this process's clock."""
    return clock.next()


def is_past(identity: int) -> bool:
    """Whether an identity may have been handed out already, so that no clock will come to it again."""
    return identity > 0 and made_at(identity) < time.time()


def made_at(identity: int) -> float:
    """When an identity was made, in seconds since 1970 by the clock of the laptop that made it."""
    return (identity >> DEVICE_BITS + COUNTER_BITS) / 1000
