"""When the warehouse refreshes itself: every morning, and when a file arrives."""

from datetime import UTC, datetime, timedelta

import dagster as dg

from orchestration.listing import MissingSourceError, fingerprint, list_sources
from orchestration.paths import configured

JOB = "refresh_warehouse"

# A file that is still being copied would land cut off.
_SETTLING = timedelta(seconds=10)

refresh_warehouse = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all(),
    description="Land what the sources have, read what is new, rebuild, reconcile, test and publish.",
    executor_def=dg.in_process_executor,
)

every_morning = dg.ScheduleDefinition(
    name="every_morning",
    job=refresh_warehouse,
    cron_schedule="0 6 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Refreshes the warehouse once a day, whether or not a file arrived.",
)


@dg.sensor(
    job=refresh_warehouse,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Refreshes the warehouse when a file is added to, edited in or removed from the sources.",
)
def source_changed(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Compare what the sources have with what they had; nothing is read."""
    try:
        found = list_sources(configured())
    except MissingSourceError as error:
        return dg.SkipReason(str(error))
    if not found:
        return dg.SkipReason("the sources are empty")
    current = fingerprint(found)
    if current == context.cursor:
        return dg.SkipReason(f"nothing has changed among {len(found)} files")
    now = datetime.now(UTC)
    # A file from the future was not written just now: the clock was put back, or came from another machine.
    if any(file.changed_at and now - _SETTLING < file.changed_at < now + _SETTLING for file in found):
        return dg.SkipReason("a file changed just now and may still be written; looking again soon")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=current)], cursor=current)
