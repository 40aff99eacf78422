"""Dagster finds everything: each dbt model an asset, its rules a check, and what makes them run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from orchestration.building.dbt_assets import HOLDS
from orchestration.building.dbt_project import current_manifest
from orchestration.building.table_rules import stated_rules
from orchestration.defs.automation import BUILD_JOB, COLLECT_JOB, REFRESH_JOB
from orchestration.home.paths import HOME_VARIABLE, Paths

WRITER_POOL = "duckdb_writer"

OWN_ASSETS = {"landed_documents", "printed_cells", "staged_frames", "published_warehouse"}
OWN_CHECKS = {
    "every_file_found_was_landed",
    "every_source_was_visited_in_time",
    "every_document_was_read",
    "every_numeric_cell_is_accounted_for",
    "no_publisher_made_a_new_slip",
}
LISTS = {"vocabulary", "decisions"}  # the folders of seeds


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home for the parsed dbt project, shared by the test processes so that it is parsed once."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "definitions"


@pytest.fixture(scope="module")
def loaded(home: Path) -> Iterator[dg.Definitions]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(HOME_VARIABLE, str(home))
        # Here, since loading the definitions parses the dbt project into the home of that moment.
        from orchestration.definitions import definitions  # noqa: PLC0415

        yield definitions()


@pytest.fixture(scope="module")
def manifest(home: Path) -> Mapping[str, Any]:
    parsed: Mapping[str, Any] = json.loads(current_manifest(Paths(home, ())).read_bytes())
    return parsed


def test_each_dbt_model_and_folder_of_seeds_is_an_asset(
    loaded: dg.Definitions, manifest: Mapping[str, Any]
) -> None:
    expected = {
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["config"]["materialized"] != "ephemeral"
    }
    assert len(expected) > 20, "the manifest is empty, so this test shows nothing"
    assert {key.path[-1] for key in asset_keys(loaded)} == expected | LISTS | OWN_ASSETS


def test_each_table_that_states_rules_has_one_check_of_them(
    loaded: dg.Definitions, manifest: Mapping[str, Any]
) -> None:
    expected = {
        node["name"] if node["resource_type"] == "model" else node["fqn"][1]
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed") and any(stated_rules(node))
    }
    assert len(expected) > 70, "the manifest is empty, so this test shows nothing"
    checks = [key for key in loaded.resolve_asset_graph().asset_check_keys if key.name == HOLDS]
    assert {key.asset_key.path[-1] for key in checks} == expected
    assert len(checks) == len(expected)


def test_each_assertion_is_a_check(loaded: dg.Definitions, manifest: Mapping[str, Any]) -> None:
    macros = manifest["macros"].values()
    expected = {macro["name"] for macro in macros if macro["path"].startswith("macros/assertions/")}
    expected |= {
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and node["name"].startswith("assert_")
    }
    assert len(expected) > 15, "the manifest is empty, so this test shows nothing"
    checks = {key.name for key in loaded.resolve_asset_graph().asset_check_keys}
    assert checks == expected | OWN_CHECKS | {HOLDS}


def test_one_job_has_everything_and_two_have_its_halves(loaded: dg.Definitions) -> None:
    jobs = {job.name for job in loaded.resolve_all_job_defs() if not job.name.startswith("__")}
    assert jobs == {REFRESH_JOB, COLLECT_JOB, BUILD_JOB}
    whole, collected, built = (
        loaded.resolve_job_def(job).asset_layer.executable_asset_keys
        for job in (REFRESH_JOB, COLLECT_JOB, BUILD_JOB)
    )
    assert whole == asset_keys(loaded)
    assert {key.path[-1] for key in collected} == OWN_ASSETS - {"published_warehouse"}
    assert built == whole - collected


def test_documents_are_collected_when_due_and_built_when_the_lake_changed(loaded: dg.Definitions) -> None:
    (schedule,) = loaded.schedules or ()
    sensors = {sensor.name: sensor for sensor in loaded.sensors or ()}
    assert sensors.keys() == {
        "source_changed",
        "lake_changed",
        "alert_of_failed_runs",
        "alert_of_failed_checks",
        "alert_of_overdue_publications",
    }
    assert (schedule.name, schedule.job_name, schedule.cron_schedule) == (
        "visit_due_sources",
        COLLECT_JOB,
        "0 * * * *",
    )
    assert schedule.execution_timezone == "Asia/Shanghai"
    assert sensors["source_changed"].job_name == COLLECT_JOB
    assert sensors["lake_changed"].job_name == BUILD_JOB
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
    for name in ("source_changed", "lake_changed"):
        assert sensors[name].default_status == dg.DefaultSensorStatus.RUNNING


def test_sources_that_are_no_longer_visited_are_stale(loaded: dg.Definitions) -> None:
    landed = loaded.resolve_asset_graph().get(dg.AssetKey("landed_documents"))
    assert landed.freshness_policy_or_from_metadata is not None


def test_data_flows_from_landing_to_the_published_file(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    assert parents(graph, "printed_cells") == {"landed_documents"}
    assert parents(graph, "staged_frames") == {"printed_cells"}
    for key in asset_keys(loaded):
        if key.path[0] == "staging":
            came_from = {parent.path[-1] for parent in graph.get(key).parent_keys}
            assert came_from - ({"landed_documents"} if key.path[-1] == "stg_landings" else set()) == {
                "staged_frames"
            }, key
    built = {key.path[-1] for key in asset_keys(loaded)} - OWN_ASSETS
    assert parents(graph, "published_warehouse") == built


def test_every_asset_says_what_it_is_and_where_it_belongs(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    for key in asset_keys(loaded):
        node = graph.get(key)
        assert node.description, key
        assert node.group_name not in (None, "default"), key
        assert node.kinds, key


def test_groups_are_the_stages(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    groups = {graph.get(key).group_name for key in asset_keys(loaded)}
    assert {"landing", "cells", "staging", "reconciliation", "marts", "serving"} <= groups


def test_what_opens_the_build_file_takes_turns(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    pooled = {key for key in asset_keys(loaded) if graph.get(key).pools == {WRITER_POOL}}
    in_extract = {dg.AssetKey(name) for name in ("landed_documents", "printed_cells", "staged_frames")}
    assert pooled == asset_keys(loaded) - in_extract


def test_reading_is_tried_again_and_dbt_is_not(loaded: dg.Definitions) -> None:
    policies = {node.name: node.definition.retry_policy for node in loaded.resolve_job_def(REFRESH_JOB).nodes}
    for step in ("landed_documents", "printed_cells", "staged_frames"):
        policy = policies[step]
        assert policy is not None, step
        assert policy.backoff == dg.Backoff.EXPONENTIAL
    assert policies["dbt_models"] is None


def test_all_steps_share_one_process(loaded: dg.Definitions) -> None:
    assert loaded.resolve_job_def(REFRESH_JOB).executor_def == dg.in_process_executor


def asset_keys(loaded: dg.Definitions) -> set[dg.AssetKey]:
    return set(loaded.resolve_asset_graph().materializable_asset_keys)


def parents(graph: Any, name: str) -> set[str]:
    return {parent.path[-1] for parent in graph.get(dg.AssetKey(name)).parent_keys}
