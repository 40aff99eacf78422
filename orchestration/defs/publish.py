"""The build → the file that readers open."""

from contextlib import closing
from pathlib import Path
from time import monotonic

import dagster as dg
import duckdb

from orchestration.building.catalogue import of_schemas, read_catalogue
from orchestration.defs.transform import MANIFEST, WRITER_POOL, dbt_models
from orchestration.home.paths import publishes_all
from orchestration.publishing.currency import mark_current
from orchestration.publishing.provenance import provenance
from orchestration.publishing.publish import publish
from orchestration.publishing.snapshot import PUBLISHED_SCHEMAS
from orchestration.resources.warehouse import Warehouse

_SEVERITIES = ("discrepancy", "suspect", "rounding", "note")


@dg.asset(deps=[*dbt_models.keys], group_name="serving", kinds={"duckdb"}, pool=WRITER_POOL)
def published_warehouse(warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """The DuckDB file for readers: a version of staging, reconciliation and marts, swapped in whole."""
    started = monotonic()
    paths = warehouse.paths
    relations = of_schemas(read_catalogue(MANIFEST), PUBLISHED_SCHEMAS, internal=publishes_all())
    published = publish(paths, relations, provenance(paths))
    mark_current(paths)
    findings = _findings_by_severity(paths.published_file)
    return dg.MaterializeResult(
        metadata={
            "version": published.version.name,
            "tables": len(published.rows),
            "rows": sum(published.rows.values()),
            "rows_by_table": published.rows,
            "findings": sum(findings.values()),
            # each under a key of its own, so that Dagster draws it over time
            **{f"findings_{severity}": findings.get(severity, 0) for severity in _SEVERITIES},
            "bytes": published.bytes,
            "path": dg.MetadataValue.path(str(paths.published_file)),
            "seconds": round(monotonic() - started, 2),
        }
    )


def _findings_by_severity(published_file: Path) -> dict[str, int]:
    with closing(duckdb.connect(published_file, read_only=True)) as connection:
        counted = connection.execute(
            "select severity, count(*) from marts.fct_findings where not is_superseded "
            "group by all order by all"
        )
        return {str(severity): int(count) for severity, count in counted.fetchall()}
