"""``disclosures export``: every published table as a Parquet file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb

from orchestration.command.published import published
from orchestration.command.terminal import UsageError, output
from orchestration.durable import replacing
from orchestration.paths import Paths


def export_tables(paths: Paths, folder: Path, *, overwrite: bool) -> None:
    """Write ``schema.table.parquet`` for every published table, each whole or not at all.

    Raises :class:`UsageError` when ``folder`` is a file, or holds something and may not be overwritten.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder to export to.")
    if folder.is_dir() and any(folder.iterdir()) and not overwrite:
        raise UsageError(
            f"{folder} is not empty. Name another folder, or add --force to overwrite its tables."
        )
    with published(paths) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where not internal order by all"
        ).fetchall()
    # A second connection, since the first one may not touch files.
    with closing(duckdb.connect(paths.published_file, read_only=True)) as connection:
        for schema, table in tables:
            with replacing(folder / f"{schema}.{table}.parquet") as unfinished:
                connection.sql(f'from "{schema}"."{table}"').write_parquet(str(unfinished))
    output().print(f"{len(tables)} tables exported to {folder}")
