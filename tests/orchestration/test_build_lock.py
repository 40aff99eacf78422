"""One builder at a time; who has to wait is told for whom."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from orchestration.home.build_lock import BuildInProgressError, building
from orchestration.home.paths import Paths

HOLDER = """
import signal, sys, time, pathlib
signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whatever the process that runs the tests does about it
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
from orchestration.home.build_lock import building
with building(pathlib.Path(sys.argv[1]), purpose="a nightly run"):
    print("holding", flush=True)
    time.sleep(60)
"""


def test_a_second_process_is_told_who_builds(paths: Paths) -> None:
    with (
        held_by_another_process(paths) as holder,
        pytest.raises(BuildInProgressError, match=rf"a nightly run \(process {holder.pid} on .*, since 20"),
        building(paths.build_lock, purpose="another run"),
    ):
        pass


def test_waiting_is_rewarded(paths: Paths) -> None:
    with held_by_another_process(paths) as holder:
        holder.terminate()
        holder.wait(30)
        with building(paths.build_lock, purpose="another run", wait_seconds=30):
            pass


def test_a_killed_holder_holds_nothing(paths: Paths) -> None:
    with held_by_another_process(paths) as holder:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        with building(paths.build_lock, purpose="the next run"):
            pass


def test_the_same_process_may_hold_it_twice(paths: Paths) -> None:
    with building(paths.build_lock, purpose="the command"):
        with building(paths.build_lock, purpose="its Dagster run"):
            pass
        assert is_locked(paths), "the inner block gave up the outer one's lock"
    assert not is_locked(paths)


def test_the_lock_is_given_up_when_the_build_fails(paths: Paths) -> None:
    with pytest.raises(ZeroDivisionError), building(paths.build_lock, purpose="a run"):
        raise ZeroDivisionError
    assert not is_locked(paths)


def is_locked(paths: Paths) -> bool:
    """Ask another process, since this one could take its own lock again."""
    code = "import sys, filelock; filelock.FileLock(sys.argv[1]).acquire(timeout=0)"
    asked = subprocess.run(
        [sys.executable, "-c", code, str(paths.build_lock)], capture_output=True, check=False
    )
    return asked.returncode != 0


@contextmanager
def held_by_another_process(paths: Paths) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, str(paths.build_lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        try:
            yield holder
        finally:
            holder.kill()
