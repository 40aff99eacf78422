"""Alerts of failed steps, failed checks and runs that never came to their end."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime

import dagster as dg
import duckdb

from orchestration.collecting.overdue import overdue
from orchestration.collecting.visits import CHINA
from orchestration.defs.automation import JOBS
from orchestration.home.alerts import Alert, raise_alert
from orchestration.home.paths import configured

_MOST_IN_ONE_ALERT = 10


@dg.run_failure_sensor(
    name="alert_of_failed_runs",
    monitored_jobs=list(JOBS),
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells of a run that failed, was killed, or never began: a line in alerts/, and the webhook.",
)
def alert_of_failed_runs(context: dg.RunFailureSensorContext) -> None:
    """One alert per failed run."""
    run = context.dagster_run
    steps = {event.step_key: _reason(event) for event in context.get_step_failure_events()}
    text = "; ".join(f"{step}: {reason}" for step, reason in steps.items()) or context.failure_event.message
    raise_alert(
        configured(), Alert("run_failed", text or "it failed", run.run_id, ", ".join(map(str, steps)) or None)
    )


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    name="alert_of_failed_checks",
    monitored_jobs=list(JOBS),
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells of checks that failed in a run that came to its end, warnings among them.",
)
def alert_of_failed_checks(context: dg.RunStatusSensorContext) -> None:
    """One alert per run with failed checks."""
    run_id = context.dagster_run.run_id
    failed = list(_failed_checks(context.instance, run_id))
    if failed:
        checks = "check" if len(failed) == 1 else "checks"
        text = f"{len(failed)} {checks} failed: {_the_first(failed)}"
        raise_alert(configured(), Alert("checks_failed", text, run_id))


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    name="alert_of_overdue_publications",
    monitored_jobs=list(JOBS),
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells of what the roster says ought to have been published by now, and was not found.",
)
def alert_of_overdue_publications(context: dg.RunStatusSensorContext) -> None:
    """One alert per run after which something is overdue."""
    paths = configured()
    if not paths.published_file.exists():  # what collects publishes nothing
        return
    with closing(duckdb.connect(paths.published_file, read_only=True)) as connection:
        late = overdue(connection, datetime.now(CHINA).date())
    if late:
        told = [f"{each.publisher_name} {each.fiscal_year} {each.stage} ({each.days} days)" for each in late]
        text = f"{len(late)} overdue: {_the_first(told)}"
        raise_alert(paths, Alert("publications_overdue", text, context.dagster_run.run_id))


def _the_first(told: Sequence[str]) -> str:
    more = f" and {len(told) - _MOST_IN_ONE_ALERT} more" if len(told) > _MOST_IN_ONE_ALERT else ""
    return ", ".join(told[:_MOST_IN_ONE_ALERT]) + more


def _failed_checks(instance: dg.DagsterInstance, run_id: str) -> Iterator[str]:
    of_checks = dg.DagsterEventType.ASSET_CHECK_EVALUATION
    for record in instance.all_logs(run_id, of_type=of_checks):
        if record.dagster_event is None:
            continue
        check = record.dagster_event.asset_check_evaluation_data
        if not check.passed:
            yield f"{check.check_name} of {check.asset_key.to_user_string()}"


def _reason(event: dg.DagsterEvent) -> str:
    error = event.step_failure_data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip() if error is not None else "it failed"
