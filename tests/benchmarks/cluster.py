"""How fast dask's workers read, one against several, and against the processes of this machine.

Run ``uv run python -m tests.benchmarks.cluster --documents 1000 --workers 1 2``. Starting the workers is told
apart from reading. Not a test: it asserts nothing about time.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rich.table import Table

from extract.landing import LandingStore
from extract.sources import FoundFile
from orchestration.building.cluster import cluster_workers
from orchestration.building.reading import ReadingLimits, Workers, read_with
from orchestration.command.terminal import output
from orchestration.home.lake import Lake
from orchestration.home.processes import WorkerProcesses
from tests.benchmarks.generating import generated, originals_in

_SAMPLES = Path(__file__).parents[2] / "warehouse" / "samples"
_LIMITS = ReadingLimits()


def main() -> None:
    """Read the same documents by each, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, action="append", help="folder of text disclosures; repeatable")
    parser.add_argument(
        "--also", type=Path, action="append", default=[], help="folder of PDFs, read once each"
    )
    parser.add_argument("--documents", type=int, default=1000, help="generated documents")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    table = Table(title_justify="left")
    for heading in ("read by", "started in s", "read in s", "documents/s", "against the first"):
        table.add_column(heading, justify="left" if heading == "read by" else "right")
    with tempfile.TemporaryDirectory() as folder:
        store = LandingStore(Path(folder) / "landing")
        store.land(_files(options), datetime.now(UTC))
        documents = store.documents().height
        first = None
        for count in options.workers:
            began = time.perf_counter()
            with cluster_workers(str(count), _LIMITS.memory_mib) as workers:
                started = time.perf_counter() - began
                seconds = _read(workers, store, Path(folder) / f"lake-{count}")
            first = first or seconds
            _add(table, f"{count} dask workers", started, seconds, documents, first)
        with WorkerProcesses(_LIMITS.memory_mib) as here:
            seconds = _read(here, store, Path(folder) / "lake")
        _add(table, "the processes of this machine", 0, seconds, documents, first or seconds)
        table.title = f"{documents:,} documents"
    output().print(table)


def _files(options: argparse.Namespace) -> list[FoundFile]:
    copies = generated(originals_in(options.source or [_SAMPLES]), range(options.documents))
    named = [(copy.file_name, copy.data) for copy in copies]
    named += [
        (path.name, path.read_bytes()) for folder in options.also for path in sorted(folder.glob("*.pdf"))
    ]
    return [FoundFile(f"memory:{name}", name, None, None, partial(bytes, data)) for name, data in named]


def _read(workers: Workers, store: LandingStore, folder: Path) -> float:
    lake = Lake(folder)
    lake.prepare()
    began = time.perf_counter()
    read_with(workers, lake, store, _LIMITS)
    return time.perf_counter() - began


def _add(table: Table, who: str, started: float, seconds: float, documents: int, first: float) -> None:
    figures = (f"{started:.1f}", f"{seconds:.1f}", f"{documents / seconds:.1f}", f"{first / seconds:.2f}")
    table.add_row(who, *figures)


if __name__ == "__main__":
    main()
