"""The asset checks wake: each sees the trouble it is there for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import dagster as dg
import duckdb
import pytest
from one_form import FORM

from extract.landing import LandingStore
from extract.sources import find_files
from orchestration.building.reading import read_pending
from orchestration.building.staging import stage_waiting
from orchestration.defs.checks import (
    every_document_was_read,
    every_file_found_was_landed,
    every_numeric_cell_is_accounted_for,
    no_publisher_made_a_new_slip,
)
from orchestration.home.durable import replace_parquet
from orchestration.home.lake import Lake
from orchestration.home.paths import Paths
from orchestration.resources.warehouse import Warehouse

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


def test_a_new_slip_of_a_publisher_is_shown_once(paths: Paths, warehouse: Warehouse) -> None:
    """In the version in which it is new; what strangers wrote is no markup there."""
    paths.published_folder.mkdir(parents=True)
    publish_causes(paths, "1", [("C-1", "12.00", "13.00")])
    first = checked(no_publisher_made_a_new_slip(warehouse))
    assert not first.passed
    assert first.severity == dg.AssetCheckSeverity.WARN
    assert "| a\\|b.txt | 7 | 12.00 | 13.00 | &lt;b&gt; |" in str(first.metadata["causes"].value)
    publish_causes(paths, "2", [("C-1", "12.00", "13.00")])
    assert checked(no_publisher_made_a_new_slip(warehouse)).passed
    publish_causes(paths, "3", [("C-1", "12.00", "13.00"), ("C-2", "1.00", "10.00")])
    third = checked(no_publisher_made_a_new_slip(warehouse))
    assert (third.metadata["new"].value, third.metadata["in_all"].value) == (1, 2)
    assert "12.00" not in str(third.metadata["causes"].value)


def publish_causes(paths: Paths, version: str, causes: list[tuple[str, str, str]]) -> None:
    file = paths.version_file(version)
    with duckdb.connect(file) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.dim_document as select 'd' as document_id, 'a|b.txt' as file_name;
            create table marts.fct_causes (
                cause_id varchar, document_id varchar, severity varchar, suspected_place bigint,
                printed_text varchar, suggested_text varchar, message_zh varchar, is_superseded boolean,
                is_acknowledged boolean
            );
            insert into marts.fct_causes values
                ('C-8', 'd', 'rounding', 7, '', '', '', false, false),
                ('C-9', 'd', 'discrepancy', 7, '', '', '', true, false);
            """
        )
        for cause, printed, meant in causes:
            connection.execute(
                "insert into marts.fct_causes values (?, 'd', 'discrepancy', 7, ?, ?, '<b>', false, false)",
                [cause, printed, meant],
            )
    paths.published_file.unlink(missing_ok=True)
    paths.published_file.hardlink_to(file)
