"""The asset checks wake: each sees the trouble it is there for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import dagster as dg
import pytest
from one_form import FORM

from extract.landing import LandingStore
from extract.sources import find_files
from orchestration.defs.checks import (
    every_document_was_read,
    every_file_found_was_landed,
    every_numeric_cell_is_accounted_for,
)
from orchestration.durable import replace_parquet
from orchestration.lake import Lake
from orchestration.paths import Paths
from orchestration.reading import read_pending
from orchestration.staging import stage_waiting
from orchestration.warehouse import Warehouse

Land = Callable[..., list[str]]


@pytest.fixture
def warehouse(paths: Paths) -> Warehouse:
    return Warehouse(home=str(paths.home), sources=[str(source) for source in paths.sources])


def test_numeric_cells_are_accounted_for(
    warehouse: Warehouse, lake: Lake, store: LandingStore, land: Land
) -> None:
    read_and_stage(lake, store, land)
    result = checked(every_numeric_cell_is_accounted_for(warehouse))
    assert result.passed
    assert lake.staging.current_rows("numeric_cells").collect().height > 0, "nothing was counted"


def test_a_numeric_cell_that_ended_nowhere_is_noticed_and_its_document_named(
    warehouse: Warehouse, lake: Lake, store: LandingStore, land: Land
) -> None:
    read_and_stage(lake, store, land)
    frames = lake.staging.read_batch("b000001")
    frames["numeric_cells"] = frames["numeric_cells"].slice(1)
    lake.staging.write_batch("b000001", frames, lake.staging.manifest())
    result = checked(every_numeric_cell_is_accounted_for(warehouse))
    assert not result.passed
    assert result.severity == dg.AssetCheckSeverity.ERROR
    (document,) = result.metadata["documents"].value
    assert (document["file_name"], document["counted"] - document["accounted"]) == ("form.txt", 1)


def test_a_document_that_failed_is_noticed(
    warehouse: Warehouse, lake: Lake, store: LandingStore, land: Land
) -> None:
    read_and_stage(lake, store, land)
    assert checked(every_document_was_read(warehouse)).passed
    land(empty="")
    read_pending(lake, store)
    stage_waiting(lake)
    result = checked(every_document_was_read(warehouse))
    assert not result.passed
    (document,) = result.metadata["documents"].value
    assert document["file_name"] == "empty.txt"


def test_a_file_that_could_not_be_landed_is_noticed(
    warehouse: Warehouse, paths: Paths, store: LandingStore
) -> None:
    (paths.sources[0] / "dangling.txt").symlink_to(paths.sources[0] / "gone.txt")
    listing = store.land(find_files(paths.sources[0]), datetime.now(UTC))
    replace_parquet(listing, paths.listing)
    result = checked(every_file_found_was_landed(warehouse))
    assert not result.passed
    assert result.metadata["not_landed"].value == 1


def read_and_stage(lake: Lake, store: LandingStore, land: Land) -> None:
    land(form=FORM.format(amount=1))
    read_pending(lake, store)
    stage_waiting(lake)


def checked(result: object) -> dg.AssetCheckResult:
    assert isinstance(result, dg.AssetCheckResult)
    return result
