"""A warehouse that dbt built from a small disclosure, once for all tests that look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from tests.warehouse.dbt_warehouse import Warehouse
from tests.warehouse.small_disclosure import write_small_lake


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Warehouse:
    """The warehouse of the small disclosure, built and tested by ``dbt build``. Read-only by agreement."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    warehouse = Warehouse(shared / "small-warehouse")
    with FileLock(shared / "small-warehouse.lock"):
        if not warehouse.home.exists():
            warehouse.home.mkdir()
            write_small_lake(warehouse.home)
            built = warehouse.dbt("build", "--exclude-resource-type", "seed")
            (warehouse.home / "exit_status").write_text(str(built.returncode), encoding="utf-8")
            (warehouse.home / "output").write_text(built.stdout, encoding="utf-8")
    output = (warehouse.home / "output").read_text(encoding="utf-8")
    assert (warehouse.home / "exit_status").read_text(encoding="utf-8") == "0", output
    return warehouse


@pytest.fixture
def connection(small_warehouse: Warehouse, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the small warehouse that a test may spoil."""
    # The name of the file is the name of the catalogue that compiled SQL refers to.
    copy = tmp_path / small_warehouse.build_file.name
    copy.write_bytes(small_warehouse.build_file.read_bytes())
    with duckdb.connect(copy) as opened:
        yield opened
