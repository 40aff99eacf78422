"""Whether a run would find nothing to do, answered before Dagster, dbt or a reader is imported."""

from __future__ import annotations

from collections.abc import Sequence

from extract import extractor_version
from extract.landing import LandingStore
from extract.sources import FoundFile
from orchestration.home.lake import Lake
from orchestration.home.paths import Paths
from orchestration.publishing.currency import is_latest
from orchestration.texts.failures import last_listing


def known_if_nothing_is_new(paths: Paths, found: Sequence[FoundFile]) -> int | None:
    """How many documents are landed, if ``found`` is what the last run found, unchanged, read and published.

    None for any doubt (a file without a stamp, one that could not be landed, bytes that are gone, another
    extractor): the run then looks for itself. Raises
    :class:`~orchestration.shared_lake.connection.SharedLakeError`.
    """
    store, lake = LandingStore(paths.landing), Lake(paths.lake)
    stamp_of = store.stamps()
    if any(file.stamp is None or stamp_of(file.uri) != file.stamp for file in found):
        return None
    listing = last_listing(paths)
    if listing["problem"].count() or set(listing.select("uri", "file_name", "source_id").iter_rows()) != {
        (file.uri, file.file_name, file.source_id) for file in found
    }:
        return None
    landed = store.documents()
    if lake.to_read(landed, extractor_version()).is_empty() and not lake.to_stage() and is_latest(paths):
        return landed.height
    return None
