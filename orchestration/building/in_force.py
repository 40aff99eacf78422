"""The documents that a build is of: those of this machine's lake, or of the lake shared with others."""

from __future__ import annotations

import polars as pl

from orchestration.home.lake import Lake
from orchestration.home.paths import Paths
from orchestration.shared_lake.address import configured_shared_lake
from orchestration.shared_lake.snapshot import chosen_snapshot, read_view


def documents_in_force(paths: Paths, *, latest: bool = False) -> pl.DataFrame:
    """One row per document (``orchestration.home.lake.MANIFEST_SCHEMA``), by its id.

    Of a shared lake, as it was when the build chose its snapshot, or as it is now.
    """
    if (shared := configured_shared_lake()) is not None:
        return read_view(shared, "current_manifest", _moment(paths, latest))
    return Lake(paths.lake).staging.manifest().sort("document_id")


def landings_in_force(paths: Paths, *, latest: bool = False) -> pl.DataFrame:
    """One row per document and address (``LANDINGS_SCHEMA`` of the lake), as of the same moments."""
    if (shared := configured_shared_lake()) is not None:
        return read_view(shared, "current_landings", _moment(paths, latest))
    return pl.read_parquet(Lake(paths.lake).landings_file)


def _moment(paths: Paths, latest: bool) -> int | None:
    return None if latest else chosen_snapshot(paths)
