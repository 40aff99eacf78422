"""Staging → reconciliation → marts: every dbt model an asset, every dbt test an asset check.

Of most tables that is one check, of all its rules; when it fails, its metadata name those that broke.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.errors import DagsterDbtCliRuntimeError

from extract.child_processes import ending_with_this_process
from orchestration.broken_rules import MOST_SHOWN, RULES_METADATA, BrokenRule, broken_rules, rules_in_words
from orchestration.dbt_project import (
    BuildFileInUseError,
    Dbt,
    current_manifest,
    make_build_file_usable,
    run_target,
)
from orchestration.markdown import markdown_table
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
    failed: list[dg.AssetCheckResult] = []
    ended_badly: DagsterDbtCliRuntimeError | None = None
    try:
        building = dbt.cli(BUILD, context=context, target_path=run_target(warehouse.paths))
        with ending_with_this_process(building.process):
            for event in building.stream():
                if isinstance(event, dg.AssetCheckResult) and not event.passed:
                    failed.append(event)
                    continue
                if isinstance(event, dg.Output):
                    built += 1
                    report(STEP, built, total)
                yield event
    except DagsterDbtCliRuntimeError as error:
        ended_badly = error
    for check in failed:  # what broke can be asked now that dbt has left the file
        yield _with_broken_rules(check, warehouse)
    if ended_badly is not None:
        raise ended_badly
    build = last_build(warehouse.paths.build_file)
    context.log.info(f"{build.documents:,} documents, {build.in_words()}.")


def _with_broken_rules(check: dg.AssetCheckResult, warehouse: Warehouse) -> dg.AssetCheckResult:
    """The same check, with the rules of its table that broke and values that broke them."""
    broken = broken_rules(run_target(warehouse.paths), warehouse.paths.build_file, check.check_name or "")
    if not broken:
        return check
    table = markdown_table(BrokenRule._fields, broken, MOST_SHOWN)
    said: dict[str, dg.MetadataValue] = {
        RULES_METADATA: dg.MetadataValue.text(rules_in_words(broken)),
        "broken_by": dg.MetadataValue.md(table),
    }
    return check._replace(metadata={**check.metadata, **said})
