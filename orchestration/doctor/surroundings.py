"""What lies around the data: leftovers, Dagster's memory, the disk, the sources."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from extract.sources.registry import RegistryError
from orchestration.collecting.declared_sources import declared_sources
from orchestration.doctor.fault import RUN_AGAIN, Check, Fault
from orchestration.home.durable import TEMPORARY_PREFIX
from orchestration.home.paths import Paths

_LANDING_PREFIX = ".landing-"
_ROOM_BY_BUILD = 2  # a build that changes much, and the next version beside the current one
_LEAST_ROOM_MIB = 512


def leftovers(paths: Paths) -> Iterator[Fault]:
    """Unfinished files of runs that were killed."""
    folders = (
        paths.home,
        paths.landing / "objects",
        paths.lake,
        paths.lake / "printed",
        paths.lake / "staging",
    )
    for folder in (*folders, paths.published_folder, paths.build_folder):
        for prefix in (TEMPORARY_PREFIX, _LANDING_PREFIX):
            for path in sorted(folder.glob(f"{prefix}*")):
                what = "a run was killed while it wrote this"
                yield Fault(str(path), what, RUN_AGAIN, partial(_remove, path))


def endless_runs(paths: Paths) -> Iterator[Fault]:
    """Dagster runs that are not over although their process is."""
    if not (paths.dagster_home / "dagster.yaml").exists():
        return
    if not os.access(paths.dagster_home, os.W_OK):
        return  # Dagster writes even to look; where nothing can be written no run goes on
    # ruff: noqa: PLC0415 (importing Dagster takes seconds)
    from orchestration.home.instance import dead_runs, open_instance

    with open_instance(paths.dagster_home) as instance:
        for run in dead_runs(instance):
            what = f"run {run.run_id} is still {run.status.value.lower()}, and its process has ended"
            yield Fault(str(paths.dagster_home), what, "nothing to do: the next run closes it")


def little_room(paths: Paths) -> Iterator[Fault]:
    """A disk that the next build may fill."""
    if not paths.home.exists():
        return
    free = shutil.disk_usage(paths.home).free / 2**20
    built = paths.build_file.stat().st_size / 2**20 if paths.build_file.exists() else 0
    wanted = max(_LEAST_ROOM_MIB, _ROOM_BY_BUILD * built)
    if free < wanted:
        what = f"{free:,.0f} MiB are free, and a run may take {wanted:,.0f}"
        yield Fault(str(paths.home), what, "make room, or move the home to a larger disk")


def missing_sources(paths: Paths) -> Iterator[Fault]:
    """Folders among the sources that are not there, and a registry that cannot be read."""
    try:
        folders = declared_sources(paths).folders
    except RegistryError as error:
        for problem in error.problems:
            yield Fault(str(error.file), problem.lstrip(",: "), "mend this line of the file")
        return
    for source in folders:
        if not source.where.exists():
            what = f"the folder of source {source.id} is not there"
            remedy = "mount it, make it, or take it out of the sources; nothing is lost"
            yield Fault(str(source.where), what, remedy)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


CHECKS = (
    Check("home.leftovers", "no run left anything unfinished", leftovers),
    Check("dagster.runs", "every run of Dagster is going on or over", endless_runs),
    Check("home.room", "there is room for another build", little_room),
    Check("sources.there", "every source is there", missing_sources),
)
