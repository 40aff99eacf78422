"""A reader that never stops asking the published file, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOOP = """
import sys, time, duckdb
file, log = sys.argv[1:]
reads = errors = 0
while True:
    try:
        with duckdb.connect(file, read_only=True) as connection:
            connection.sql("select count(*), sum(amount_yuan) from marts.fct_spending_lines").fetchall()
        reads += 1
    except Exception as error:
        errors += 1
        print("ERROR", error, flush=True)
    with open(log, "w") as written:
        written.write(f"{reads} {errors}")
    time.sleep(0.05)
"""


class Reader:
    """How often the published file was read, and what went wrong."""

    def __init__(self, log: Path) -> None:
        self._log = log

    def counts(self) -> tuple[int, int]:
        """Reads that gave an answer, and errors."""
        reads, errors = self._log.read_text(encoding="utf-8").split()
        return int(reads), int(errors)


@contextmanager
def reading(published_file: Path, log: Path) -> Iterator[Reader]:
    """Read a published file over and over inside the block."""
    loop = subprocess.Popen([sys.executable, "-c", _LOOP, str(published_file), str(log)])
    try:
        yield Reader(log)
    finally:
        loop.kill()
        loop.wait()
