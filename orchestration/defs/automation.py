"""When the warehouse refreshes itself: when a source is due, a file arrives, or the lake has something new.

Collecting and building are jobs of their own, so that a visit that brings nothing leaves the results of all
checks of the last build to be seen.
"""

from datetime import UTC, datetime, timedelta

import dagster as dg

from extract.sources.registry import RegistryError
from orchestration.collecting.declared_sources import declared_sources
from orchestration.collecting.listing import MissingSourceError, fingerprint, list_folder_sources
from orchestration.collecting.visits import due_sources
from orchestration.home.build_lock import is_building
from orchestration.home.lake import Lake
from orchestration.home.paths import builds, configured
from orchestration.publishing.currency import latest_state, published_state
from orchestration.shared_lake.connection import SharedLakeError

COLLECT_JOB = "collect_documents"
BUILD_JOB = "build_warehouse"
REFRESH_JOB = "refresh_warehouse"
TRIGGER_TAG = "disclosures/trigger"
SOURCES_TAG = "disclosures/sources"
_MOST_IN_A_TAG = 10

# A file that is still being copied would land cut off.
_SETTLING = timedelta(seconds=10)

# What is not built for an unchanged lake may fail for a reason outside it, such as a full disk.
_TRIES_A_DAY = 4

_COLLECTED = dg.AssetSelection.assets("staged_frames").upstream()

collect_documents = dg.define_asset_job(
    COLLECT_JOB,
    selection=_COLLECTED,
    description="Land what the sources have, and read and stage what is new.",
    executor_def=dg.in_process_executor,
)
build_warehouse = dg.define_asset_job(
    BUILD_JOB,
    selection=dg.AssetSelection.all() - _COLLECTED,
    description="Rebuild, reconcile, test and publish what was staged.",
    executor_def=dg.in_process_executor,
)
refresh_warehouse = dg.define_asset_job(
    REFRESH_JOB,
    selection=dg.AssetSelection.all(),
    description="Both in one run: collect documents, then build the warehouse.",
    executor_def=dg.in_process_executor,
)
JOBS = (collect_documents, build_warehouse, refresh_warehouse)


@dg.schedule(
    name="visit_due_sources",
    job=collect_documents,
    cron_schedule="0 * * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Visits the sources that are due by their cadence and season.",
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
    job=collect_documents,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Looks at the sources when a file is added to, edited in or removed from a folder.",
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


@dg.sensor(
    job=build_warehouse,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Builds and publishes when the lake or the models are not what is published.",
)
def lake_changed(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Compare what was staged with what is published; a build that failed is tried again some hours later."""
    paths = configured()
    if not builds():
        return dg.SkipReason("another machine builds what this one adds to the shared lake")
    if not Lake(paths.lake).landings_file.exists():
        return dg.SkipReason("nothing was landed yet")
    if is_building(paths.build_lock):
        return dg.SkipReason("a run is going on")
    try:
        state = latest_state(paths)
    except SharedLakeError as error:
        return dg.SkipReason(str(error))
    if state == published_state(paths):
        return dg.SkipReason("what was staged is published")
    now = datetime.now(UTC)
    part_of_day = f"{now:%Y%m%d}-{now.hour * _TRIES_A_DAY // 24}"
    return dg.RunRequest(run_key=f"{state} {part_of_day}", tags={TRIGGER_TAG: "lake"})


def _only_folders() -> dict[str, object]:
    """Configuration of a run that asks no website for the sake of a file in a folder."""
    paths = configured()
    only = [source.id for source in declared_sources(paths).folders] if paths.registry else []
    return {"ops": {"landed_documents": {"config": {"only": only}}}}


def _few(ids: list[str]) -> str:
    """As many ids as a tag holds well."""
    more = len(ids) - _MOST_IN_A_TAG
    return ", ".join(ids[:_MOST_IN_A_TAG]) + (f" and {more} more" if more > 0 else "")
