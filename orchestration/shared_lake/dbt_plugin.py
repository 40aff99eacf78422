"""What dbt loads (``dbt_project/profiles.yml``) to read staged frames from the shared lake."""

from __future__ import annotations

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from orchestration.home.paths import configured
from orchestration.shared_lake.address import configured_shared_lake
from orchestration.shared_lake.connection import attach
from orchestration.shared_lake.snapshot import chosen_snapshot


class Plugin(BasePlugin):
    """Attaches the shared lake, read-only and at the snapshot that was chosen for the build."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Called by dbt once, before it attaches anything of its own."""
        if (lake := configured_shared_lake()) is not None:
            attach(conn, lake, read_only=True, snapshot=chosen_snapshot(configured()))
