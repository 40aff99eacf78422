"""Asset checks on what ``extract`` gives. The judgements on its content are dbt's tests."""

from datetime import UTC, datetime

import dagster as dg
import polars as pl

from orchestration.collecting.visits import late_sources
from orchestration.defs.ingest import landed_documents, staged_frames
from orchestration.home.lake import UNDERSTOOD, Lake
from orchestration.publishing.new_causes import new_causes
from orchestration.resources.warehouse import Warehouse
from orchestration.texts.markdown import markdown_table

_MOST_SHOWN = 20
# By name: with the asset itself would come dbt's manifest, and parsing it.
_PUBLISHED = dg.AssetKey("published_warehouse")


@dg.asset_check(asset=landed_documents)
def every_file_found_was_landed(warehouse: Warehouse) -> dg.AssetCheckResult:
    """No file of the sources was unreadable."""
    listing = pl.read_parquet(warehouse.paths.listing)
    problems = listing.filter(pl.col("problem").is_not_null())
    return dg.AssetCheckResult(
        passed=problems.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "not_landed": problems.height,
            "files": problems.select("file_name", "problem").head(_MOST_SHOWN).to_dicts(),
        },
    )


@dg.asset_check(asset=landed_documents)
def every_source_was_visited_in_time(warehouse: Warehouse) -> dg.AssetCheckResult:
    """No source has been without a visit that succeeded for three times as long as it should be."""
    now = datetime.now(UTC)
    late = {source.id: since for source, since in late_sources(warehouse.paths, now)}
    return dg.AssetCheckResult(
        passed=not late,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"late": len(late), "last_success": dict(list(late.items())[:_MOST_SHOWN])},
    )


@dg.asset_check(asset=staged_frames)
def every_document_was_read(warehouse: Warehouse) -> dg.AssetCheckResult:
    """No document in the warehouse failed to be read."""
    failed = (
        warehouse.lake.staging.current_rows("documents")
        .filter(~pl.col("status").is_in(UNDERSTOOD))
        .select("file_name", "document_id", "failure_reason")
        .collect()
    )
    return dg.AssetCheckResult(
        passed=failed.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"failed": failed.height, "documents": failed.head(_MOST_SHOWN).to_dicts()},
    )


@dg.asset_check(asset=staged_frames)
def every_numeric_cell_is_accounted_for(warehouse: Warehouse) -> dg.AssetCheckResult:
    """Numeric cells that the reader counted = cells that ended somewhere, for each document."""
    unbalanced = unaccounted_documents(warehouse.lake)
    return dg.AssetCheckResult(
        passed=unbalanced.is_empty(),
        metadata={"unbalanced": unbalanced.height, "documents": unbalanced.head(_MOST_SHOWN).to_dicts()},
    )


@dg.asset_check(asset=_PUBLISHED)
def no_publisher_made_a_new_slip(warehouse: Warehouse) -> dg.AssetCheckResult:
    """Nothing that this version holds and the one before did not is contradicted by its own document.

    A warning about documents, not about the run: somebody may want to look, or to tell the publisher.
    """
    new, total = new_causes(warehouse.paths)
    names = ["document", "place", "printed", "meant", "what"]
    return dg.AssetCheckResult(
        passed=not new,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "new": len(new),
            "in_all": total,
            "causes": dg.MetadataValue.md(markdown_table(names, new, _MOST_SHOWN)),
        },
    )


def unaccounted_documents(lake: Lake) -> pl.DataFrame:
    """Documents whose counts differ: ``document_id``, ``file_name``, ``counted``, ``accounted``."""
    accounted = lake.staging.current_rows("numeric_cells").group_by("document_id").agg(accounted=pl.len())
    return (
        lake.staging.current_rows("documents")
        .filter(pl.col("status").is_in(UNDERSTOOD))
        .select("document_id", "file_name", counted=pl.col("numeric_cell_count").fill_null(0))
        .join(accounted, on="document_id", how="left")
        .with_columns(pl.col("accounted").fill_null(0))
        .filter(pl.col("counted") != pl.col("accounted"))
        .sort("file_name")
        .collect()
    )
