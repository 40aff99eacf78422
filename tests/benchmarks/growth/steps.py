"""A warehouse that grows, and what each step took."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from orchestration.catalogue import of_schemas, read_catalogue
from orchestration.lake import Lake
from orchestration.paths import Paths
from orchestration.provenance import provenance
from orchestration.publishing import publish
from orchestration.snapshot import PUBLISHED_SCHEMAS
from tests.benchmarks.reconciliation.copies import batches, numbered
from tests.warehouse.dbt_warehouse import Warehouse

_MOST_IN_A_BATCH = 500  # as reading does
_NO_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
_NO_TESTS = (*_NO_UNIT_TESTS, "--exclude-resource-type", "test")


class Step(NamedTuple):
    """One run of dbt, or one publish."""

    name: str
    touched: int  # documents made anew
    seconds: float
    cpu_seconds: float
    peak_mib: int  # resident memory


class Growth(NamedTuple):
    """What became of a warehouse that started with ``documents``."""

    documents: int
    steps: list[Step]
    rows: int  # of the published file
    build_mib: float
    published_mib: float


class BuildError(RuntimeError):
    """Dbt ended with an error; the message is all that it printed."""


def grow(home: Path, originals: Mapping[str, pl.DataFrame], documents: int) -> Growth:
    """Build a warehouse of ``documents`` copies under ``home``, add one and a hundred to it, and publish it.

    Raises:
        BuildError: when a model or a test fails.
    """
    lake = Lake(home / "lake")
    lake.prepare()
    for frames in batches(originals, documents, _MOST_IN_A_BATCH):
        _write(lake, frames)
    steps = [
        _built(home, "everything", *_NO_TESTS),
        _built(home, "everything, with tests", *_NO_UNIT_TESTS, "--full-refresh"),
    ]
    there = documents
    for more in (1, 100):
        for name, without in ((f"{more} more", _NO_TESTS), (f"{more} more, with tests", _NO_UNIT_TESTS)):
            _write(lake, numbered(originals, range(there, there + more)))
            there += more
            steps.append(_built(home, name, *without))
    steps.append(_built(home, "nothing new", *_NO_TESTS))
    paths = Paths(home, ())
    published, rows = _published(paths, Warehouse(home).manifest)
    return Growth(
        documents,
        [*steps, published],
        rows,
        paths.build_file.stat().st_size / 2**20,
        paths.published_file.stat().st_size / 2**20,
    )


def _write(lake: Lake, frames: Mapping[str, pl.DataFrame]) -> None:
    lake.staging.write_batch(lake.next_batch(), frames, frames["documents"])


def _built(home: Path, name: str, *arguments: str) -> Step:
    started = time.monotonic()
    warehouse = Warehouse(home)
    with warehouse.started("build", *arguments) as dbt:
        assert dbt.stdout is not None
        said = dbt.stdout.read()
        _, status, usage = os.wait4(dbt.pid, 0)
        dbt.returncode = os.waitstatus_to_exitcode(status)
    if dbt.returncode != 0:
        raise BuildError(said)
    seconds = time.monotonic() - started
    with duckdb.connect(warehouse.build_file, read_only=True) as connection:
        ((touched,),) = connection.sql("select touched_documents from build_state.builds").fetchall()
    step = Step(name, touched, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)
    print(step, file=sys.stderr)
    return step


def _published(paths: Paths, manifest: Mapping[str, Any]) -> tuple[Step, int]:
    relations = of_schemas(read_catalogue(manifest), PUBLISHED_SCHEMAS)
    started, cpu = time.monotonic(), time.process_time()
    published = publish(paths, relations, provenance(paths))
    # of this process, which has done nothing else: its memory is not told apart
    step = Step("publish", 0, time.monotonic() - started, time.process_time() - cpu, 0)
    return step, sum(published.rows.values())
