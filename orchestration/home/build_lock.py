"""One builder at a time, across processes.

The lock is the operating system's, so it goes with the process that holds it, however that ends. Beside it
lies a note of who holds it, for whoever has to wait.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout


class BuildInProgressError(RuntimeError):
    """Another process is building this warehouse; the message names it."""


@contextmanager
def building(lock_file: Path, *, purpose: str, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the build lock of a warehouse. Within one process it may be held again.

    Raises :class:`BuildInProgressError` when another process still holds it after ``wait_seconds``.
    """
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(lock_file, is_singleton=True, thread_local=False)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise BuildInProgressError(_describe(_note(lock_file))) from None
    try:
        if lock.lock_counter == 1:
            _write_note(_note(lock_file), purpose)
        yield
    finally:
        if lock.lock_counter == 1:
            _note(lock_file).unlink(missing_ok=True)
        lock.release()


def _note(lock_file: Path) -> Path:
    return lock_file.with_name(f"{lock_file.name}.held-by.json")


def _write_note(note: Path, purpose: str) -> None:
    holder = {
        "process": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        "purpose": purpose,
    }
    note.write_text(json.dumps(holder), encoding="utf-8")


def _describe(note: Path) -> str:
    try:
        holder = json.loads(note.read_text(encoding="utf-8"))
        who = "{purpose} (process {process} on {host}, since {since})".format_map(holder)
    except (OSError, ValueError, KeyError):  # between taking the lock and saying so
        who = "another process"
    return f"{who} is building this warehouse; only one may at a time. Run again when it has finished."


def is_building(lock_file: Path) -> bool:
    """Whether somebody, in whatever process, holds the lock now."""
    if not lock_file.exists():
        return False
    try:
        with FileLock(lock_file, timeout=0, is_singleton=False):
            return False
    except Timeout:
        return True
