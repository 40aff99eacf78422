"""Programs that end with the process that started them, however that ends."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_SHELL = "/bin/sh"
# It reads from a pipe that only the parent holds open. A line means that the child has ended by itself;
# the end of the pipe without one means that the parent is gone.
_WATCH = 'read -r said; [ "$said" = ended ] || kill -s KILL -- "$0"'


@contextmanager
def ending_with_this_process(
    child: subprocess.Popen[str] | subprocess.Popen[bytes], *, group: bool = False
) -> Iterator[None]:
    """Inside the block, let ``child`` be killed if this process ends, even if it is killed itself.

    With ``group`` also what it started, where it began a session of its own. Another process watches: one
    that is killed can tell nobody, and not every system lets a child ask for its parent's end.
    """
    target = f"-{child.pid}" if group else str(child.pid)
    watcher = subprocess.Popen(
        [_SHELL, "-c", _WATCH, target],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # what ends the parent's group must not end the watcher first
    )
    try:
        yield
    finally:
        if watcher.stdin is not None:
            with suppress(OSError):
                watcher.stdin.write(b"ended\n")
            with suppress(OSError):
                watcher.stdin.close()
        watcher.wait()
