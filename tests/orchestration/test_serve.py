"""``disclosures serve`` answers, and ends with all that it started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.conftest import COMMAND
from tests.servers import free_port, wait_until_it_answers

pytestmark = pytest.mark.long

SECONDS_TO_START = 120
SECONDS_TO_END = 60


@pytest.mark.usefixtures("paths")
def test_a_sigterm_ends_it_and_all_that_it_started_also_where_sigint_is_ignored(tmp_path: Path) -> None:
    port = free_port()
    log = tmp_path / "log"
    # As what a script starts in the background does.
    with started(f"trap '' INT; exec {COMMAND} serve --port {port}", log) as server:
        wait_until_it_answers(f"http://127.0.0.1:{port}/server_info", server, log, SECONDS_TO_START)
        server.terminate()
        server.wait(timeout=SECONDS_TO_END)
        assert is_gone(group=server.pid), subprocess.check_output(
            ["ps", "-eo", "pgid,pid,stat,args"], text=True
        )


@contextmanager
def started(command: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that leads a group, of which nothing is left after the block."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["sh", "-c", command], stdout=output, stderr=subprocess.STDOUT, process_group=0
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def is_gone(group: int) -> bool:
    """Whether all processes of the group end within the time allowed."""
    until = time.monotonic() + SECONDS_TO_END
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
