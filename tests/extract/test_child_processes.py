"""A program that was started ends with whoever started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract.child_processes import ending_with_this_process

STARTS_A_CHILD = """
import subprocess, sys, time
from extract.child_processes import ending_with_this_process
child = subprocess.Popen(["sleep", "600"], start_new_session={group})
with ending_with_this_process(child, group={group}):
    print(child.pid, flush=True)
    time.sleep(600)
"""
MOST_SECONDS = 5


def is_alive(process: int) -> bool:
    """A process that has ended and that nobody waited for is not."""
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("group", [False, True])
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes as Linux shows them")
def test_a_child_is_gone_soon_after_its_parent_was_killed(end: signal.Signals, group: bool) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTS_A_CHILD.format(group=group)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_alive(child)
    os.kill(parent.pid, end)
    parent.wait()
    killed = time.monotonic()
    while is_alive(child) and time.monotonic() - killed < 2 * MOST_SECONDS:
        time.sleep(0.05)
    assert time.monotonic() - killed < MOST_SECONDS
    parent.stdout.close()


def test_a_child_that_ended_takes_nobody_with_it() -> None:
    """The watcher ends too, and kills nothing that has the number of the child later."""
    with subprocess.Popen(["true"]) as child, ending_with_this_process(child):
        child.wait()
    with subprocess.Popen(["sleep", "600"]) as other:
        with ending_with_this_process(other):
            pass
        assert other.poll() is None
        other.kill()
