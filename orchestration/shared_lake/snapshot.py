"""The moment of the shared lake that a build is about.

Other machines go on adding documents while one builds. A build chooses a snapshot when it starts; all that
dbt reads, and what the published file says that it was made from, is the lake as it was then.
"""

from __future__ import annotations

import polars as pl

from orchestration.home.paths import Paths
from orchestration.shared_lake.address import SharedLake
from orchestration.shared_lake.connection import NAME, connected
from orchestration.shared_lake.tables import table_name


def choose_snapshot(paths: Paths, lake: SharedLake) -> int:
    """Let the next build be about the lake as it is now."""
    with connected(lake, read_only=True) as connection:
        ((snapshot,),) = connection.execute(f"select max(snapshot_id) from {NAME}.snapshots()").fetchall()
    paths.state.set_fact("shared_snapshot", str(snapshot))
    return int(snapshot)


def chosen_snapshot(paths: Paths) -> int | None:
    """The snapshot that was chosen last; ``None`` when none was."""
    snapshot = paths.state.fact("shared_snapshot")
    return int(snapshot) if snapshot and snapshot.isdecimal() else None


def read_view(lake: SharedLake, view: str, snapshot: int | None) -> pl.DataFrame:
    """A view of the shared lake at a snapshot, or as it is now."""
    with connected(lake, read_only=True, snapshot=snapshot) as connection:
        return connection.execute(f"from {table_name(view)} order by all").pl()
