"""``disclosures serve`` answers, and ends with all that it started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.conftest import COMMAND

pytestmark = pytest.mark.long

SECONDS_TO_START = 120
SECONDS_TO_END = 60


@pytest.mark.usefixtures("paths")
def test_a_sigterm_ends_it_and_all_that_it_started_also_where_sigint_is_ignored(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    # As what a script starts in the background does.
    with started(f"trap '' INT; exec {COMMAND} serve --port {port}", log) as server:
        wait_for(f"http://127.0.0.1:{port}/server_info", server, log)
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


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"Dagster did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


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
