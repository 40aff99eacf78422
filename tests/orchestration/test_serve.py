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
from tests.extract.test_child_processes import is_alive
from tests.servers import free_port, wait_until_it_answers

pytestmark = pytest.mark.long

SECONDS_TO_START = 120
SECONDS_TO_END = {signal.SIGTERM: 60, signal.SIGKILL: 5}


@pytest.mark.usefixtures("paths")
@pytest.mark.parametrize("end", SECONDS_TO_END, ids=lambda end: end.name)
def test_when_it_ends_all_that_it_started_has_ended_also_where_sigint_is_ignored(
    end: signal.Signals, tmp_path: Path
) -> None:
    """SIGINT is ignored as in what a script starts in the background."""
    port = free_port()
    log = tmp_path / "log"
    with started(f"trap '' INT; exec {COMMAND} serve --port {port}", log) as server:
        wait_until_it_answers(f"http://127.0.0.1:{port}/server_info", server, log, SECONDS_TO_START)
        processes = started_by(server.pid)
        assert len(processes) > 3, "Dagster, its pages, its daemon, its code"
        server.send_signal(end)
        until = time.monotonic() + SECONDS_TO_END[end]
        server.wait(timeout=SECONDS_TO_END[end])
        while (left := [each for each in processes if is_alive(each)]) and time.monotonic() < until:
            time.sleep(0.1)
        for process in left:
            os.kill(process, signal.SIGKILL)
        assert not left


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


def started_by(process: int) -> list[int]:
    """The processes that a process started, and those that these did."""
    children = [
        int(child)
        for listed in Path(f"/proc/{process}/task").glob("*/children")
        for child in listed.read_text().split()
    ]
    return [each for child in children for each in (child, *started_by(child))]
