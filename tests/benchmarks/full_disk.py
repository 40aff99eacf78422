"""Runs on a disk that is too small, then a little larger, and so on: do they end in what one run gives?

Run ``uv run python -m tests.benchmarks.full_disk`` as somebody who may mount a tmpfs. The warehouse begins on
a disk of a quarter of a MiB; after each run that fails, the disk gets half as much again, until one succeeds.
So the disk becomes full in every step. Exits with 1 when a failing run does not say that the disk is full, or
when the warehouse at the end differs from one that was built undisturbed.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from orchestration.command.terminal import output
from orchestration.home.paths import Paths
from tests.benchmarks.kills.__main__ import differences
from tests.conftest import COMMAND

_FIRST_KIB = 256
_GROWTH = 1.5
_STEP = re.compile(r"^([a-z ]+)(?::| …)", re.MULTILINE)


def main() -> None:
    """Fill the disk until it is large enough, then compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to mount the disk")
    with tempfile.TemporaryDirectory(dir=parser.parse_args().folder) as folder:
        home, undisturbed = Path(folder) / "disk", Path(folder) / "undisturbed"
        home.mkdir()
        size, failed, silent = _FIRST_KIB, 0, 0
        _mount(home, f"size={size}k")
        try:
            while (ran := _run(home)).returncode:
                failed += 1
                says_so = "is full" in ran.stderr
                silent += not says_so
                reached = (_STEP.findall(ran.stderr) or ["before it started"])[-1]
                words = "in words" if says_so else ran.stderr.strip().splitlines()[-1]
                print(f"{size / 1024:.1f} MiB: {reached}; {words}", file=sys.stderr)
                size = int(size * _GROWTH)
                _mount(home, f"remount,size={size}k")
            _run(undisturbed)
            found = differences(Paths(home, ()).published_file, Paths(undisturbed, ()).published_file)
        finally:
            subprocess.run(["umount", "-l", str(home)], check=True)
    console = output()
    console.print(f"{failed} runs failed, {silent} without saying why; {size / 1024:.0f} MiB were enough")
    for table, (rows, different) in found.items():
        console.print(f"{table}: {rows:,} rows, {different} differ")
    sys.exit(bool(silent or any(different for _, different in found.values())))


def _mount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)


def _run(home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DISCLOSURES_HOME": str(home)}
    return subprocess.run([COMMAND, "run"], env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main()
