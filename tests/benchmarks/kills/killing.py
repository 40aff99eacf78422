"""Runs of the command, ended by SIGKILL with all their processes, and which step each was in."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orchestration.home.paths import HOME_VARIABLE

_COMMAND = Path(sys.executable).with_name("disclosures")
_STEP = re.compile(
    r"^(starting|landing documents|reading documents|staging frames|transforming|publishing)\b", re.M
)
_SECONDS_BETWEEN_LOOKS = 0.02


class Ended(NamedTuple):
    """How a run ended: the step it was in, and after how many seconds; whether it was killed."""

    step: str
    seconds: float
    was_killed: bool


def run_for(home: Path, source: Path, seconds: float | None, step: str | None = None) -> Ended:
    """Start a run; kill it so many seconds after it has come to ``step``, or after its start.

    Raises:
        RuntimeError: when the run ends by itself with another status than 0.
    """
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8") as said:
        run = subprocess.Popen(
            [_COMMAND, "run", "--source", str(source)],
            env={**os.environ, HOME_VARIABLE: str(home)},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        started = time.monotonic()
        counting_from = None if step else started
        while run.poll() is None:
            now = time.monotonic()
            if counting_from is None and step in _steps(Path(said.name)):
                counting_from = now
            if seconds is not None and counting_from is not None and now - counting_from >= seconds:
                _kill_all_of(run.pid)
                break
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        status = run.wait()
        taken = time.monotonic() - started
        steps = list(_steps(Path(said.name)))
        if status not in (0, -signal.SIGKILL):
            raise RuntimeError(Path(said.name).read_text(encoding="utf-8"))
    return Ended(steps[-1] if steps else "starting", taken, was_killed=status != 0)


def _steps(log: Path) -> Iterator[str]:
    return (found.group() for found in _STEP.finditer(log.read_text(encoding="utf-8", errors="replace")))


def _kill_all_of(session: int) -> None:
    """Kill every process of a session, also those that made a group of their own."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            belongs = int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session
        except (OSError, ValueError, IndexError):
            continue  # it ended just now
        if belongs:
            try:
                os.kill(int(process.name), signal.SIGKILL)
            except ProcessLookupError:
                continue
