"""How long it takes from a document to its findings: whole commands, beside importing polars and DuckDB.

Run ``python -m tests.benchmarks.checking --pdf FILE --text FILE --four FOLDER``, alone on the machine. Each
command is run as often as asked, and its median is given. Not a test: it asserts nothing about time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.reading import altered

_COMMAND = str(Path(sys.executable).with_name("disclosures"))
_BASELINE = (sys.executable, "-c", "import polars, duckdb")
_HUNDRED = 100


def main() -> None:
    """Time each command and print seconds and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    samples = Path(__file__).parents[2] / "warehouse" / "samples"
    parser.add_argument("--pdf", type=Path, default=samples / "shanghai-department-budget-2025-example.pdf")
    parser.add_argument("--text", type=Path, default=samples / "final-accounts-2020-gaoling.txt")
    parser.add_argument(
        "--four", type=Path, default=samples, help="folder whose first four texts are checked"
    )
    parser.add_argument("--home", type=Path, help="a home that was run, for status and findings")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    texts = sorted(options.four.glob("*.txt"))[:4]
    with tempfile.TemporaryDirectory() as folder:
        hundred = _written(Path(folder), [path.read_bytes() for path in texts])
        commands: dict[str, Sequence[str]] = {
            "import polars, duckdb": _BASELINE,
            "--help": (_COMMAND, "--help"),
            "check one PDF": (_COMMAND, "check", str(options.pdf)),
            "check one text": (_COMMAND, "check", str(options.text)),
            "check four documents": (_COMMAND, "check", *map(str, texts)),
            "check a hundred documents": (_COMMAND, "check", *map(str, hundred)),
        }
        if options.home:
            commands |= {"status": (_COMMAND, "status"), "findings": (_COMMAND, "findings")}
        for name, command in commands.items():
            runs = 1 if len(command) > _HUNDRED else options.runs
            seconds, cpu, peak = _timed(command, runs, options.home)
            print(f"{name:27} {seconds:6.2f} s  CPU {cpu:6.2f} s  peak {peak:5} MiB  ({runs} runs)")


def _written(folder: Path, texts: list[bytes]) -> list[Path]:
    paths = []
    for number, data in enumerate(altered(texts, _HUNDRED)):
        path = folder / f"{number}.txt"
        path.write_bytes(data)
        paths.append(path)
    return paths


def _timed(command: Sequence[str], runs: int, home: Path | None) -> tuple[float, float, int]:
    """Median seconds and CPU seconds, and the largest resident memory in MiB; a first run is not counted."""
    environment = {**os.environ, **({"DISCLOSURES_HOME": str(home)} if home else {})}
    measured = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, _, used = os.wait4(process.pid, 0)
        measured.append((time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024))
    counted = measured[1:]
    return (
        statistics.median(each[0] for each in counted),
        statistics.median(each[1] for each in counted),
        max(each[2] for each in counted),
    )


if __name__ == "__main__":
    main()
