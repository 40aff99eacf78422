"""Whether the published file already says what lake and dbt project say, so that nothing is to build."""

from __future__ import annotations

import hashlib

from orchestration.building.in_force import documents_in_force, landings_in_force
from orchestration.building.project_files import project_fingerprint
from orchestration.home.paths import Paths, publishes_all
from orchestration.publishing import snapshot


def is_current(paths: Paths) -> bool:
    """Whether the published file was made from the lake and project of this build, and is there unchanged."""
    return published_state(paths) == _state(paths, latest=False)


def is_latest(paths: Paths) -> bool:
    """Whether a build that began now would have nothing to do.

    Raises :class:`~orchestration.shared_lake.connection.SharedLakeError`.
    """
    return published_state(paths) == latest_state(paths)


def published_state(paths: Paths) -> str | None:
    """What the published file was made from, as a digest; ``None`` when none was published."""
    return paths.state.fact("published_from")


def latest_state(paths: Paths) -> str:
    """What a build that began now would be made from, as a digest."""
    return _state(paths, latest=True)


def mark_current(paths: Paths) -> None:
    """Remember what the published file was made from. Called when it has taken its name, never before."""
    paths.state.set_fact("published_from", _state(paths, latest=False))


def _state(paths: Paths, *, latest: bool) -> str:
    """Digest of documents in force, project, decisions, way of publishing, and the file as it stands."""
    digest = hashlib.sha256(f"{project_fingerprint()} {snapshot.LAYOUT} {publishes_all()}".encode())
    for file in sorted(paths.decisions.glob("*.csv")):
        digest.update(f"{file.name}\0".encode() + file.read_bytes())
    digest.update(documents_in_force(paths, latest=latest).write_csv().encode())
    digest.update(landings_in_force(paths, latest=latest).write_csv().encode())
    if paths.published_file.exists():
        status = paths.published_file.stat()
        digest.update(f"{status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()
