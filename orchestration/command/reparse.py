"""``disclosures reparse``: read landed documents again, without looking at any source."""

from __future__ import annotations

import polars as pl
from packaging.version import InvalidVersion, Version

from extract.landing import LandingStore
from orchestration.command.refresh import refresh
from orchestration.command.run import OK, new_log_file, say_what_came_of_it
from orchestration.command.terminal import CommandError, UsageError, messages
from orchestration.home.build_lock import BuildInProgressError, building
from orchestration.home.lake import Lake
from orchestration.home.paths import Paths
from orchestration.texts.failures import failed_documents


def reparse(paths: Paths, document: str | None, older_than: str | None, *, everything: bool) -> int:
    """Read again the documents that are meant, then build and publish; give the exit status.

    What was read before stays in the warehouse until the new reading replaces it. ``document`` is part of a
    file name or the start of an id, ``older_than`` a release of the extractor.

    Raises :class:`UsageError` unless exactly one of the three says which are meant, or when none is found.
    """
    if [document is not None, older_than is not None, everything].count(True) != 1:
        raise UsageError("Say which: --document, --older-than-version or --all.")
    lake = Lake(paths.lake)
    log_file = new_log_file(paths)
    try:
        with building(paths.build_lock, purpose="`disclosures reparse`"):
            meant = _meant(paths, lake, document, older_than)
            if meant.is_empty():
                messages().print("No document is meant, so there is nothing to do.")
                return OK
            messages().print(f"{len(meant):,} documents are read again.")
            lake.printed.forget_documents(meant)
            outcome = refresh(paths, [], log_file, visit=False)
    except BuildInProgressError as error:
        raise CommandError(str(error)) from error
    return say_what_came_of_it(paths, outcome, failed_documents(paths), log_file)


def _meant(paths: Paths, lake: Lake, document: str | None, older_than: str | None) -> pl.Series:
    landed = LandingStore(paths.landing).documents()
    if document is not None:
        is_meant = pl.col("file_name").str.contains(document, literal=True)
        found = landed.filter(is_meant | pl.col("document_id").str.starts_with(document.lower()))
        if found.is_empty():
            raise UsageError(f"No landed document has “{document}” in its name or begins its id with it.")
        return found["document_id"]
    if older_than is None:
        return landed["document_id"]
    try:
        release = Version(older_than)
    except InvalidVersion:
        raise UsageError(f"“{older_than}” is no version; a release such as 0.2.0 is expected.") from None
    manifest = lake.printed.manifest()
    versions = manifest["extractor_version"].unique()
    older = [version for version in versions if Version(version.partition("+")[0]) < release]
    return manifest.filter(pl.col("extractor_version").is_in(older))["document_id"]
