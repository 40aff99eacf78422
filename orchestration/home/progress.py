"""How far long work has got, told to whoever listens: the command's progress bar, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int | None], None]
"""Takes the step, how much of it is done, and how much there is (``None`` when not known)."""

_listener: ContextVar[Listener | None] = ContextVar("progress_listener", default=None)


def report(step: str, done: int, total: int | None = None) -> None:
    """Tell the listener, if any."""
    listener = _listener.get()
    if listener is not None:
        listener(step, done, total)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let ``listener`` hear what is reported inside the block."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
