"""A warehouse of altered copies, built up to its findings, and what each model took."""

from __future__ import annotations

import json
import resource
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from orchestration.home.lake import Lake
from tests.benchmarks.reconciliation.copies import batches
from tests.warehouse.dbt_warehouse import Warehouse

LAYERS = ("staging", "reconciliation", "marts")
_MOST_IN_A_BATCH = 1_000  # documents
_COUNTS = {
    "amounts": "select count(*) from staging.amounts",
    "terms": "select count(*) from reconciliation.int_identity_terms",
    "identities": "select count(*) from reconciliation.identity_results",
    "of which break": "select count(*) from reconciliation.identity_results where outcome = 'breaks'",
    "repairs": "select count(distinct correctable_id) from reconciliation.int_repairs",
    "findings": "select count(*) from marts.fct_findings",
}


class Build(NamedTuple):
    """One build of ``documents`` copies."""

    documents: int
    models: pl.DataFrame  # model, layer, seconds: one row per model
    counts: dict[str, int]  # what was reconciled
    dbt_cpu_seconds: float
    peak_mib: int  # resident memory of the largest dbt process so far
    file_mib: int


class BuildError(RuntimeError):
    """Dbt ended with an error; the message is all that it printed."""


def build(home: Path, originals: Mapping[str, pl.DataFrame], documents: int) -> Build:
    """Write ``documents`` copies into a lake under ``home`` and let dbt build everything up to the findings.

    Models run one after the other, so that the seconds of each are its own.

    Raises:
        BuildError: when a model fails.
    """
    lake = Lake(home / "lake")
    lake.prepare()
    for frames in batches(originals, documents, _MOST_IN_A_BATCH):
        lake.staging.write_batch(lake.next_batch(), frames, frames["documents"])
    warehouse = Warehouse(home)
    before = _children()
    ran = warehouse.dbt("run", "--select", "+fct_findings")
    if ran.returncode != 0:
        raise BuildError(ran.stdout + ran.stderr)
    after = _children()
    return Build(
        documents,
        _models(home),
        _counted(warehouse.build_file),
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        after.ru_maxrss // 1024,
        warehouse.build_file.stat().st_size // 2**20,
    )


def clear(home: Path) -> None:
    """Give back the disk that a build took: at 10,000 documents several GB."""
    shutil.rmtree(home)


def _models(home: Path) -> pl.DataFrame:
    results = json.loads((home / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    nodes = json.loads((home / "target" / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    return pl.DataFrame(
        [
            {
                "model": nodes[result["unique_id"]]["name"],
                "layer": nodes[result["unique_id"]]["fqn"][1],
                "seconds": result["execution_time"],
            }
            for result in results
            if result["unique_id"].startswith("model.")
        ]
    )


def _counted(build_file: Path) -> dict[str, int]:
    with duckdb.connect(build_file, read_only=True) as connection:
        return {name: int(connection.sql(query).fetchall()[0][0]) for name, query in _COUNTS.items()}


def _children() -> resource.struct_rusage:
    return resource.getrusage(resource.RUSAGE_CHILDREN)
