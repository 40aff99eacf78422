"""Whose turn it is to ask a host: one request at a time, whichever source it is of, with a pause between."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class EndedError(Exception):
    """Nothing is asked any more: whoever started the visits is gone or has given up."""


class Turns:
    """The hosts of several visits that go on side by side."""

    def __init__(self) -> None:
        self._locks: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._guard = threading.Lock()
        self._ended = threading.Event()

    def end(self) -> None:
        """Let every visit stop before its next request."""
        self._ended.set()

    def wait(self, seconds: float) -> None:
        """Sleep, unless the visits are ended. Raises :class:`EndedError`."""
        if self._ended.wait(seconds):
            raise EndedError("the visit was ended; the next one goes on")

    @contextmanager
    def at(self, host: str, distance: float, sleep: Callable[[float], None]) -> Iterator[None]:
        """Have a host to oneself inside the block, ``distance`` seconds after the last request began."""
        self.wait(0)
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            left = self._last.get(host, float("-inf")) + distance - time.monotonic()
            if left > 0:
                sleep(left)
            self._last[host] = time.monotonic()
            yield
