"""The dbt project as Dagster sees it: its parsed manifest, kept current."""

from __future__ import annotations

import shutil
from pathlib import Path
from time import monotonic, sleep

import duckdb
from filelock import FileLock

from orchestration.building.dbt_process import ask_dbt
from orchestration.building.parsed_project import CACHE, MANIFEST, take_over
from orchestration.building.project_files import project_fingerprint
from orchestration.home.durable import replacing
from orchestration.home.paths import DBT_PROJECT, Paths, environment_of_children

_IN_USE = "Could not set lock"
_OUTLIVING = 60  # seconds; the dbt of a run that was killed may work on for a while


class BuildFileInUseError(RuntimeError):
    """The build file cannot be written, because somebody reads it."""


class DbtProjectError(RuntimeError):
    """dbt cannot parse the project; the message holds what it says."""


def make_build_file_usable(build_file: Path, wait_seconds: float = _OUTLIVING) -> None:
    """Remove a build file that cannot be opened: everything in it can be built again.

    Raises :class:`BuildFileInUseError` when another program still has it open after ``wait_seconds``.
    """
    build_file.parent.mkdir(parents=True, exist_ok=True)
    give_up = monotonic() + wait_seconds
    while (trouble := _trouble_with(build_file)) is not None and _IN_USE in str(trouble):
        if monotonic() >= give_up:
            raise BuildFileInUseError(
                f"another program has {build_file} open; readers should open the published file. "
                f"DuckDB says: {trouble}"
            ) from trouble
        sleep(0.5)
    if trouble is not None:
        build_file.unlink()
        build_file.with_name(f"{build_file.name}.wal").unlink(missing_ok=True)


def _trouble_with(build_file: Path) -> duckdb.Error | None:
    try:
        duckdb.connect(build_file).close()
    except duckdb.Error as error:
        return error
    return None


def run_target(paths: Paths) -> Path:
    """Where dbt keeps the artefacts of a run."""
    return paths.dbt_target / "run"


def current_manifest(paths: Paths) -> Path:
    """The manifest of the dbt project, parsed again when any of its files has changed.

    It is kept in the warehouse's home and replaced in one step, so several processes may ask at once.
    Raises :class:`DbtProjectError`.
    """
    manifest = paths.dbt_target / "manifest.json"
    parsed = paths.dbt_target / "manifest.fingerprint"
    paths.dbt_target.mkdir(parents=True, exist_ok=True)
    with FileLock(paths.dbt_target / "parse.lock"):
        fingerprint = project_fingerprint()
        if not manifest.exists() or not parsed.exists() or parsed.read_text() != fingerprint:
            target = paths.dbt_target / "parse"
            if not take_over(target, paths.home, fingerprint):
                _parse(paths, target)
            with replacing(manifest) as unfinished:
                shutil.copyfile(target / MANIFEST, unfinished)
            parsed.write_text(fingerprint)
            _hand_over_parse_cache(target, run_target(paths))
    return manifest


def _parse(paths: Paths, target: Path) -> None:
    said = ask_dbt(["parse"], DBT_PROJECT, target, environment_of_children(paths))
    if said is not None:
        raise DbtProjectError(f"dbt cannot parse the project in dbt_project/:\n{said}")


def _hand_over_parse_cache(parse_target: Path, build_target: Path) -> None:
    """Let the next build start from this parse instead of parsing everything again."""
    cache = parse_target / CACHE
    if cache.exists():
        build_target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(cache, build_target / cache.name)
