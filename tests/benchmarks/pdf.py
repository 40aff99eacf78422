"""How fast PDF pages are read: this reader against plain pdfplumber, in turn, on the same files and one core.

Run ``uv run python -m tests.benchmarks.pdf --source FOLDER``. Each reading is a process of its own, so that
peak memory is that of one worker. Not a test: it asserts nothing about time.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pdfplumber

from extract.readers import read_blocks

PDF = "application/pdf"


class Measured(NamedTuple):
    """One reading of all files."""

    pages: int
    seconds: float  # of CPU
    peak_mib: float


def main() -> None:
    """Read all files with each reader in turn, and print pages a second, peak memory and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder of PDF disclosures")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    files = sorted(options.source.rglob("*.pdf"))
    ratios = []
    for number in range(1, options.rounds + 1):
        ours, plain = measured(read_ours, files), measured(read_plainly, files)
        ratios.append((ours.pages / ours.seconds) / (plain.pages / plain.seconds))
        for name, result in (("this reader", ours), ("plain pdfplumber", plain)):
            print(
                f"round {number}, {name}: {result.pages} pages, {result.seconds:.2f} s CPU, "
                f"{result.pages / result.seconds:.1f} pages/s, peak memory {result.peak_mib:.0f} MiB"
            )
    print(f"ratio: {', '.join(f'{ratio:.1f}' for ratio in ratios)}; median {statistics.median(ratios):.1f}")


def measured(read: Callable[[bytes], int], files: list[Path]) -> Measured:
    """Read files in a fresh process on one core."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (read, files))


def read_ours(data: bytes) -> int:
    """Read one document by this project's reader; give its pages."""
    return read_blocks(data, PDF).page_count or 0


def read_plainly(data: bytes) -> int:
    """Read one document by pdfplumber's own text and tables; give its pages."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


def _measure(read: Callable[[bytes], int], files: list[Path]) -> Measured:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    contents = [file.read_bytes() for file in files]
    began = time.process_time()
    pages = sum(read(data) for data in contents)
    seconds = time.process_time() - began
    return Measured(pages, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
