"""Frees what the shared lake holds and no build needs any longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import duckdb

from extract.records import RECORDS
from orchestration.shared_lake.address import SharedLake
from orchestration.shared_lake.connection import NAME, connected
from orchestration.shared_lake.sharing import transaction
from orchestration.shared_lake.tables import MANIFEST, prepare, table_name
from orchestration.texts.quoting import literal

_SHARE_WORTH_REWRITING = 0.25
"""A file of which a larger share of the rows was deleted is written anew without them."""


class Tidied(NamedTuple):
    """What was freed."""

    documents: int
    """Older readings of documents whose rows were deleted."""
    snapshots: int
    files: int


def tidy(lake: SharedLake, keep: timedelta) -> Tidied:
    """Delete readings that are no longer in force, and what only snapshots older than ``keep`` still had.

    Small files become larger ones. Writers may go on meanwhile; a build that began longer ago than ``keep``
    may not. Raises :class:`~orchestration.shared_lake.connection.SharedLakeError`.
    """
    with connected(lake) as connection:
        prepare(connection)
        documents = _delete_superseded(connection)
        connection.execute(
            f"call ducklake_rewrite_data_files({literal(NAME)}, delete_threshold => {_SHARE_WORTH_REWRITING})"
        )
        connection.execute(f"call ducklake_merge_adjacent_files({literal(NAME)})")
        before = (datetime.now(UTC) - keep).isoformat()
        snapshots = connection.execute(
            f"call ducklake_expire_snapshots({literal(NAME)}, older_than => timestamptz {literal(before)})"
        ).fetchall()
        # What merging replaced is still part of younger snapshots.
        files = connection.execute(
            f"call ducklake_cleanup_old_files({literal(NAME)}, cleanup_all => true)"
        ).fetchall()
    return Tidied(documents, len(snapshots), len(files))


def _delete_superseded(connection: duckdb.DuckDBPyConnection) -> int:
    current = f"from {table_name('current_manifest')} as current"
    superseded = f"""
        where not exists (
            {current} where current.document_id = rows.document_id and current.batch = rows.batch
        )
    """
    ((documents,),) = connection.execute(
        f"select count(*) from {table_name(MANIFEST)} as rows {superseded}"
    ).fetchall()
    if documents:
        with transaction(connection):
            for table in (*(record.table for record in RECORDS), MANIFEST):
                connection.execute(f"delete from {table_name(table)} as rows {superseded}")
    return int(documents)
