"""Staging → reconciliation → marts: every dbt model an asset, all rules of a table one check of it.

When a check fails, its metadata name the rules that broke and values that broke them.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg

from orchestration.building.broken_rules import broken_rules
from orchestration.building.dbt_assets import DbtAssets
from orchestration.building.dbt_process import DbtError, NodeResult, built_nodes
from orchestration.building.dbt_project import (
    BuildFileInUseError,
    current_manifest,
    make_build_file_usable,
    run_target,
)
from orchestration.home.paths import DBT_PROJECT, configured, environment_of_children
from orchestration.home.progress import report
from orchestration.publishing.currency import is_current
from orchestration.publishing.last_build import last_build
from orchestration.resources.warehouse import Warehouse
from orchestration.shared_lake.address import configured_shared_lake
from orchestration.shared_lake.connection import SharedLakeError
from orchestration.shared_lake.snapshot import choose_snapshot

WRITER_POOL = "duckdb_writer"
STEP = "transforming"
# Seeds are loaded before anything is built (macros/load_seeds.sql); unit tests are about code, not documents.
BUILD = ["build", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "seed"]

# Of what was built before, where checks alone are wanted.
ASK = ["test", "--exclude-resource-type", "unit_test"]

MANIFEST: Mapping[str, Any] = json.loads(current_manifest(configured()).read_bytes())
ASSETS = DbtAssets(MANIFEST)


@dg.multi_asset(
    name="dbt_models",
    specs=ASSETS.specs(),
    check_specs=ASSETS.check_specs(),
    can_subset=True,
    pool=WRITER_POOL,
)
def dbt_models(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[Any]:
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
    try:
        make_build_file_usable(warehouse.paths.build_file)
    except BuildFileInUseError as error:
        raise dg.Failure(str(error)) from error
    yield from _built(context, warehouse)
    build = last_build(warehouse.paths.build_file)
    context.log.info(f"{build.documents:,} documents, {build.in_words()}.")


def _built(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[Any]:
    """What dbt made, as it makes it, and what its tests say when it has ended."""
    paths, selected = warehouse.paths, context.selected_asset_keys
    total = len(selected)
    report(STEP, 0, total)
    arguments = [*BUILD, *_selection(selected)] if selected else ASK
    results: list[NodeResult] = []
    made: set[dg.AssetKey] = set()
    ended_badly: DbtError | None = None
    try:
        for result in built_nodes(arguments, DBT_PROJECT, run_target(paths), environment_of_children(paths)):
            results.append(result)
            kind, _, name = result.unique_id.split(".")[:3]
            if kind == "model" and result.status == "success":
                new = [*(ASSETS.seeds if not made else []), ASSETS.keys[name]]
                for key in filter(selected.__contains__, new):  # Dagster wants what others rest on first
                    yield dg.MaterializeResult(asset_key=key, metadata={"seconds": result.seconds})
                made.update(new)
                report(STEP, len(made), total)
    except DbtError as error:
        ended_badly = error
    tests = {
        result.unique_id.split(".")[2]: result.status
        for result in results
        if result.unique_id.startswith("test.")
    }
    answered = [name for name, status in tests.items() if status in ("pass", "warn", "fail")]
    failed = [name for name in answered if tests[name] != "pass"]
    broken = broken_rules(paths.build_file, failed) if failed else []
    for check, result_of_it in ASSETS.check_results(answered, broken).items():
        if check in context.selected_asset_check_keys:
            yield result_of_it
    if ended_badly is not None:
        raise dg.Failure(str(ended_badly)) from ended_badly


def _selection(selected: set[dg.AssetKey]) -> list[str]:
    """What dbt is told where not everything is wanted; the lists are always loaded."""
    wanted = {name for name, key in ASSETS.keys.items() if key in selected and key not in ASSETS.seeds}
    everything = {name for name, key in ASSETS.keys.items() if key not in ASSETS.seeds}
    return [] if wanted == everything else ["--select", *sorted(wanted)]
