"""``disclosures run`` on generated documents, and what each run took."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb

from orchestration.home.paths import HOME_VARIABLE, Paths
from tests.benchmarks.generating import Generated

_COMMAND = Path(sys.executable).with_name("disclosures")
_PHASE = re.compile(r"(landing|reading|staging|dbt|publishing|starting and checks) (\d+\.\d)")
_WHOLE_TABLE = {"COLUMNS": "250", "NO_COLOR": "1"}
_SECONDS_BETWEEN_LOOKS = 0.2


class Run(NamedTuple):
    """One run: seconds are of the clock and, of all its processes, of CPU."""

    name: str
    touched: int  # documents that dbt made anew
    seconds: float
    cpu_seconds: float
    phases: dict[str, float]
    peak_mib: int  # resident, all processes of the run together, looked at five times a second


class RunError(RuntimeError):
    """A run ended with an error; the message is all that it printed."""


@dataclass(frozen=True)
class Warehouse:
    """A warehouse to grow: ``home`` as DISCLOSURES_HOME, ``source`` the folder that it is filled from."""

    home: Path
    source: Path

    @property
    def paths(self) -> Paths:
        """Where things are in it."""
        return Paths(self.home, (self.source,))

    def add(self, documents: Iterable[Generated]) -> None:
        """Put documents into the source, for the next run to find."""
        self.source.mkdir(parents=True, exist_ok=True)
        for document in documents:
            (self.source / document.file_name).write_bytes(document.data)

    def run(self, name: str) -> Run:
        """Let the command do the whole job.

        Raises:
            RunError: when its exit status is not 0.
        """
        started = time.monotonic()
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            run = subprocess.Popen(
                [_COMMAND, "run", "--source", str(self.source)],
                env={**os.environ, **_WHOLE_TABLE, HOME_VARIABLE: str(self.home)},
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            peak = 0
            while True:
                ended, status, usage = os.wait4(run.pid, os.WNOHANG)
                if ended:
                    break
                peak = max(peak, _resident_mib(run.pid))
                time.sleep(_SECONDS_BETWEEN_LOOKS)
            run.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.monotonic() - started
            said.seek(0)
            printed = said.read()
        if run.returncode != 0:
            raise RunError(printed)
        phases = {phase: float(took) for phase, took in _PHASE.findall(printed)}
        touched = self._touched() if phases.get("publishing") else 0
        done = Run(name, touched, seconds, usage.ru_utime + usage.ru_stime, phases, peak)
        print(done, file=sys.stderr)
        return done

    def mib(self) -> dict[str, float]:
        """What it takes on disk, by what it is."""
        paths = self.paths
        return {
            "source": _size(self.source),
            "landing": _size(paths.landing),
            "lake": _size(paths.lake),
            "build file": _size(paths.build_file),
            "published file": _size(paths.published_file),
            "Dagster": _size(paths.dagster_home),
        }

    def _touched(self) -> int:
        with duckdb.connect(self.paths.build_file, read_only=True) as connection:
            ((touched,),) = connection.sql("select touched_documents from build_state.builds").fetchall()
        return int(touched)


@contextmanager
def new_warehouse(folder: Path | None) -> Iterator[Warehouse]:
    """An empty warehouse in ``folder``, or in a temporary one."""
    if folder:
        yield Warehouse(folder / "home", folder / "source")
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield Warehouse(Path(temporary) / "home", Path(temporary) / "source")


def _size(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 2**20


def _resident_mib(session: int) -> int:
    """Memory of all processes of a session, what they share counted once for each."""
    pages = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # after the program's name in brackets: state, parent, group, session …
            if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                pages += int((process / "statm").read_text().split()[1])
        except (OSError, ValueError, IndexError):
            continue  # it ended just now
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20
