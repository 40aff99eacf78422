"""A warehouse of many text documents, built up to its findings."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import NamedTuple

from extract import printed_frames, stage
from orchestration.lake import Lake
from tests.benchmarks.reading import read
from tests.warehouse.dbt_warehouse import Warehouse

_BATCH = 250  # documents


class Text(NamedTuple):
    """Bytes to read, and the name they came under."""

    file_name: str
    data: bytes


class Built(NamedTuple):
    """A warehouse with findings, and what it took."""

    build_file: Path
    staging_seconds: float
    dbt_seconds: float


class BuildError(RuntimeError):
    """Dbt ended with an error; the message is all that it printed."""


def document_id(data: bytes) -> str:
    """The id under which the warehouse knows these bytes."""
    return hashlib.sha256(data).hexdigest()


def build(home: Path, texts: list[Text]) -> Built:
    """Read and stage the texts into a lake under ``home``, then let dbt build everything up to the findings.

    Raises:
        BuildError: when a model fails.
    """
    began = time.perf_counter()
    lake = Lake(home / "lake")
    lake.prepare()
    for start in range(0, len(texts), _BATCH):
        frames = stage(
            printed_frames([read(text.data, text.file_name) for text in texts[start : start + _BATCH]])
        )
        lake.staging.write_batch(lake.next_batch(), frames, frames["documents"])
    staged = time.perf_counter()
    warehouse = Warehouse(home)
    no_tests = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
    ran = warehouse.dbt("build", *no_tests, "--select", "+fct_findings")
    if ran.returncode != 0:
        raise BuildError(ran.stdout + ran.stderr)
    return Built(warehouse.build_file, staged - began, time.perf_counter() - staged)
