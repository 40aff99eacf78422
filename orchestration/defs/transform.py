"""Staging → reconciliation → marts: every dbt model an asset, every dbt test an asset check."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets

from orchestration.dbt_project import (
    BuildFileInUseError,
    Dbt,
    current_manifest,
    make_build_file_usable,
    run_target,
)
from orchestration.paths import configured
from orchestration.progress import report
from orchestration.publishing.currency import is_current
from orchestration.publishing.last_build import last_build
from orchestration.shared_lake.address import configured_shared_lake
from orchestration.shared_lake.connection import SharedLakeError
from orchestration.shared_lake.snapshot import choose_snapshot
from orchestration.warehouse import Warehouse

WRITER_POOL = "duckdb_writer"
STEP = "transforming"
BUILD = ["build", "--exclude-resource-type", "unit_test"]

MANIFEST: Mapping[str, Any] = json.loads(current_manifest(configured()).read_bytes())


class FolderIsGroup(DagsterDbtTranslator):
    """Asset groups named like the folders of the dbt project."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The folder below ``models/`` or ``seeds/``."""
        _, folder, *inner = dbt_resource_props["fqn"]
        return str(folder) if inner else None


@dbt_assets(
    manifest=MANIFEST,
    name="dbt_models",
    # Every table of the lake is written by one asset.
    dagster_dbt_translator=FolderIsGroup(
        DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True)
    ),
    pool=WRITER_POOL,
)
def dbt_models(context: dg.AssetExecutionContext, dbt: Dbt, warehouse: Warehouse) -> Iterator[Any]:
    """Build and test every model, unless the published file already says what they would say.

    What is built of a model is for dbt to decide: the documents that changed and those that are compared with
    them, or everything (see ``dbt_project/macros/incremental``).

    Not retried: what fails here fails again. dbt's unit tests are about the models' code, not about the
    documents; they run in the test suite.
    """
    if (shared := configured_shared_lake()) is not None:
        try:
            snapshot = choose_snapshot(warehouse.paths, shared)
        except SharedLakeError as error:
            raise dg.Failure(str(error)) from error
        context.log.info(f"The build is of the shared lake at its snapshot {snapshot:,}.")
    if is_current(warehouse.paths):
        context.log.info("No document and no model changed since the last publish: nothing to build.")
        return
    total = len(context.selected_asset_keys)
    report(STEP, 0, total)
    try:
        make_build_file_usable(warehouse.paths.build_file)
    except BuildFileInUseError as error:
        raise dg.Failure(str(error)) from error
    built = 0
    for event in dbt.cli(BUILD, context=context, target_path=run_target(warehouse.paths)).stream():
        if isinstance(event, dg.Output):
            built += 1
            report(STEP, built, total)
        yield event
    build = last_build(warehouse.paths.build_file)
    context.log.info(f"{build.documents:,} documents, {build.in_words()}.")
