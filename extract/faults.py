"""What a library raises when it stops: an error, or a panic of Rust, which is no ``Exception`` of Python."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ERRORS = 2  # the descriptor of what is printed as errors
_changing = threading.Lock()
_inside = 0
_kept = -1


def is_of_code(error: BaseException) -> bool:
    """Whether an error is of the code that ran, as a panic is too, and no interrupt."""
    return isinstance(error, Exception) or is_panic(error)


def is_panic(error: BaseException) -> bool:
    """Whether a library in Rust gave up; the class is one of each library, and cannot be imported."""
    return type(error).__name__ == "PanicException"


@contextmanager
def panics_unsaid() -> Iterator[None]:
    """Keep what a panic prints from the terminal: the error that is raised says it.

    Nothing else can: it is printed before anybody may catch it. What other threads print is lost meanwhile.
    """
    global _inside, _kept  # noqa: PLW0603
    with _changing:
        if not _inside:
            _kept = _to_nowhere()
        _inside += 1
    try:
        yield
    finally:
        with _changing:
            _inside -= 1
            if not _inside and _kept >= 0:
                os.dup2(_kept, _ERRORS)
                os.close(_kept)


def _to_nowhere() -> int:
    """Lead errors nowhere; where they went, or -1 where they go nowhere already."""
    if sys.stderr is not None:
        sys.stderr.flush()
    try:
        kept = os.dup(_ERRORS)
    except OSError:
        return -1
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _ERRORS)
    os.close(nowhere)
    return kept
