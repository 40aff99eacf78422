"""Dagster's state survives killed runs, and does not grow for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import dagster as dg
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from orchestration.home.instance import (
    PROCESS_TAG,
    clear_dead_runs,
    forget_old_runs,
    open_instance,
    prepare_dagster_home,
    quick_event_log,
    run_tags,
)
from orchestration.home.paths import Paths

POOL = "duckdb_writer"


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def test_the_settings_of_the_project_are_in_force_and_runs_are_kept(paths: Paths) -> None:
    with quick_event_log(), open_instance(paths.dagster_home) as instance:
        pools = instance.get_concurrency_config().pool_config
        assert (pools.pool_granularity.value, pools.default_pool_limit) == ("op", 1)
        assert instance.run_monitoring_enabled
        assert not instance.telemetry_enabled
        run_id = started_run(instance, {})
    with open_instance(paths.dagster_home) as instance:
        assert status(instance, run_id) == dg.DagsterRunStatus.STARTED


def test_events_are_written_without_opening_their_files_each_time(paths: Paths) -> None:
    opened: list[object] = []

    def count(connection: object, _: object) -> None:
        opened.append(connection)

    event.listen(Engine, "connect", count)
    try:
        with quick_event_log(), open_instance(paths.dagster_home) as instance:
            run_id = started_run(instance, {})
            before = len(opened)
            for number in range(20):
                instance.report_engine_event(f"event {number}", run_id=run_id, job_name="job")
            written = instance.all_logs(run_id)
    finally:
        event.remove(Engine, "connect", count)
    assert len(written) >= 20
    assert len(opened) - before <= 2, "Dagster makes its engines elsewhere now; see quick_event_log"


def test_settings_that_an_operator_edited_are_kept(paths: Paths) -> None:
    prepare_dagster_home(paths.dagster_home)
    settings = paths.dagster_home / "dagster.yaml"
    settings.write_text("telemetry: {enabled: false}\n", encoding="utf-8")
    prepare_dagster_home(paths.dagster_home)
    assert settings.read_text(encoding="utf-8") == "telemetry: {enabled: false}\n"


def test_a_run_whose_process_was_killed_is_closed_and_gives_up_its_place(
    instance: dg.DagsterInstance,
) -> None:
    instance.event_log_storage.initialize_concurrency_limit_to_default(POOL)
    instance.event_log_storage.set_concurrency_slots(POOL, 1)
    killed = started_run(instance, tags_of_an_ended_process())
    claim = instance.event_log_storage.claim_concurrency_slot(POOL, killed, "dbt_models")
    assert claim.is_claimed
    waiting = instance.event_log_storage.claim_concurrency_slot(POOL, "next", "dbt_models")
    assert not waiting.is_claimed, "the pool does not keep a second step out, so this test shows nothing"
    assert clear_dead_runs(instance, own_run_id="next") == [killed]
    assert status(instance, killed) == dg.DagsterRunStatus.FAILURE
    assert instance.event_log_storage.claim_concurrency_slot(POOL, "next", "dbt_models").is_claimed


def test_a_run_that_is_alive_is_left_alone(instance: dg.DagsterInstance) -> None:
    alive = started_run(instance, run_tags())
    assert clear_dead_runs(instance, own_run_id="next") == []
    assert status(instance, alive) == dg.DagsterRunStatus.STARTED


def test_a_run_is_never_closed_by_itself(instance: dg.DagsterInstance) -> None:
    own = started_run(instance, tags_of_an_ended_process())
    assert clear_dead_runs(instance, own_run_id=own) == []


def test_another_process_with_the_same_number_is_another_process(instance: dg.DagsterInstance) -> None:
    host, _, process = run_tags()[PROCESS_TAG].partition("/")
    number, _, _ = process.partition("@")
    reused = started_run(instance, {PROCESS_TAG: f"{host}/{number}@1"})
    assert clear_dead_runs(instance, own_run_id="next") == [reused]


def test_a_run_of_another_host_held_the_lock_that_is_now_ours(instance: dg.DagsterInstance) -> None:
    elsewhere = started_run(instance, {PROCESS_TAG: f"another-container/{os.getpid()}@1"})
    assert clear_dead_runs(instance, own_run_id="next") == [elsewhere]


def test_only_the_last_runs_are_remembered(instance: dg.DagsterInstance) -> None:
    runs = [started_run(instance, {}) for _ in range(3)]
    for run_id in runs[:2]:
        instance.report_run_failed(instance.get_run_by_id(run_id))
    forget_old_runs(instance, keep=1)
    assert {run.run_id for run in instance.get_runs()} == {runs[1], runs[2]}


def started_run(instance: dg.DagsterInstance, tags: dict[str, str]) -> str:
    """A run that began and has not said that it ended."""

    @dg.job
    def nothing() -> None:
        """Do nothing."""

    run = instance.create_run_for_job(nothing, tags=tags, status=dg.DagsterRunStatus.STARTED)
    return run.run_id


def status(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def tags_of_an_ended_process() -> dict[str, str]:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as process:
        pass
    host = run_tags()[PROCESS_TAG].partition("/")[0]
    return {PROCESS_TAG: f"{host}/{process.pid}@12345"}
