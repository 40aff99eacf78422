"""``disclosures tidy``: free what the shared lake no longer needs."""

from __future__ import annotations

from datetime import timedelta

from orchestration.command.terminal import CommandError, UsageError, output
from orchestration.shared_lake.address import configured_shared_lake
from orchestration.shared_lake.connection import SharedLakeError
from orchestration.shared_lake.tidying import tidy


def tidy_shared_lake(keep_days: int) -> None:
    """Tidy the lake that the environment names, and say what was freed.

    Raises :class:`UsageError` where none is named, :class:`CommandError` when it cannot be tidied now.
    """
    lake = configured_shared_lake()
    if lake is None:
        raise UsageError("DISCLOSURES_SHARED_LAKE names no shared lake; this machine's own needs no tidying.")
    try:
        tidied = tidy(lake, timedelta(days=keep_days))
    except SharedLakeError as error:
        raise CommandError(str(error)) from error
    output().print(
        f"{tidied.documents:,} older readings of documents deleted, {tidied.snapshots:,} snapshots "
        f"forgotten, {tidied.files:,} files removed."
    )
