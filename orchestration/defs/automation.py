"""When the warehouse refreshes itself: when a source is due, and when a file arrives in a folder."""

from datetime import UTC, datetime, timedelta

import dagster as dg

from extract.sources.registry import RegistryError
from orchestration.declared_sources import declared_sources
from orchestration.listing import MissingSourceError, fingerprint, list_folder_sources
from orchestration.paths import builds, configured
from orchestration.visits import due_sources

JOB = "refresh_warehouse"
TRIGGER_TAG = "disclosures/trigger"
SOURCES_TAG = "disclosures/sources"
_MOST_IN_A_TAG = 10

# A file that is still being copied would land cut off.
_SETTLING = timedelta(seconds=10)

refresh_warehouse = dg.define_asset_job(
    JOB,
    # A machine that only adds to a shared lake leaves the rest to another one.
    selection=dg.AssetSelection.all() if builds() else dg.AssetSelection.assets("staged_frames").upstream(),
    description="Land what the sources have, read what is new, rebuild, reconcile, test and publish.",
    executor_def=dg.in_process_executor,
)


@dg.schedule(
    name="visit_due_sources",
    job=refresh_warehouse,
    cron_schedule="0 * * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Visits the sources that are due by their cadence and season, and refreshes the warehouse.",
)
def visit_due_sources(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Look every hour which sources are due.

    Budgets appear from January to April and final accounts from August to October; in other months a source
    is swept more slowly, each as often as it says.
    """
    paths = configured()
    now = context.scheduled_execution_time
    try:
        due = due_sources(paths, now)
    except RegistryError as error:
        return dg.SkipReason(str(error))
    if not due:
        return dg.SkipReason("no source is due")
    ids = [source.id for source in due]
    return dg.RunRequest(
        run_key=f"due-{now:%Y%m%dT%H}",
        run_config={"ops": {"landed_documents": {"config": {"only": ids if paths.registry else []}}}},
        tags={TRIGGER_TAG: "due", SOURCES_TAG: _few(ids)},
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
        found = list_folder_sources(configured())
    except (MissingSourceError, RegistryError) as error:
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
    changed = dg.RunRequest(run_key=current, tags={TRIGGER_TAG: "folder"}, run_config=_only_folders())
    return dg.SensorResult(run_requests=[changed], cursor=current)


def _only_folders() -> dict[str, object]:
    """Configuration of a run that asks no website for the sake of a file in a folder."""
    paths = configured()
    only = [source.id for source in declared_sources(paths).folders] if paths.registry else []
    return {"ops": {"landed_documents": {"config": {"only": only}}}}


def _few(ids: list[str]) -> str:
    """As many ids as a tag holds well."""
    more = len(ids) - _MOST_IN_A_TAG
    return ", ".join(ids[:_MOST_IN_A_TAG]) + (f" and {more} more" if more > 0 else "")
