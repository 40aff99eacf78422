"""``disclosures export``: the published tables as Parquet or CSV with a description, or as workbooks."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import duckdb

from orchestration.building.catalogue import Relation
from orchestration.command.options import ExportFormat
from orchestration.command.published import catalogue, published
from orchestration.command.terminal import CommandError, UsageError, output
from orchestration.exporting.data_package import FILE_NAME, data_package
from orchestration.exporting.tables import TableFormat, write_table
from orchestration.exporting.workbooks import TooManyRowsError, shown_tables, write_workbooks
from orchestration.home.durable import replacing
from orchestration.home.paths import Paths
from orchestration.publishing.meta import RELATIONS as META


def export(paths: Paths, folder: Path, export_format: ExportFormat, *, overwrite: bool) -> None:
    """Write every published table, or a workbook for every publisher, into ``folder``.

    Each file is written whole or not at all. Raises :class:`UsageError` when ``folder`` is a file, or holds
    something and may not be overwritten.
    """
    _check_folder(folder, overwrite=overwrite)
    with published(paths) as connection:
        relations = catalogue(connection)
    # A second connection, since the first one may not touch files.
    with closing(duckdb.connect(paths.published_file, read_only=True)) as connection:
        if export_format is ExportFormat.XLSX:
            said = _export_workbooks(connection, relations, folder)
        else:
            tables = [*relations, *META]
            said = _export_tables(connection, tables, folder, TableFormat(export_format))
    output().print(f"{said} exported to {folder}")


def _check_folder(folder: Path, *, overwrite: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder to export to.")
    if folder.is_dir() and any(folder.iterdir()) and not overwrite:
        raise UsageError(
            f"{folder} is not empty. Name another folder, or add --force to overwrite an earlier export."
        )


def _export_tables(
    connection: duckdb.DuckDBPyConnection, relations: list[Relation], folder: Path, file_format: TableFormat
) -> str:
    files = {each.full_name: write_table(connection, each, folder, file_format) for each in relations}
    ((version, published_at),) = connection.execute(
        "select version, strftime(published_at, '%Y-%m-%dT%H:%M:%SZ') from meta.version"
    ).fetchall()
    described = data_package(version, published_at, relations, files)
    with replacing(folder / FILE_NAME) as unfinished:
        unfinished.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return f"{len(files)} tables with {FILE_NAME}"


def _export_workbooks(connection: duckdb.DuckDBPyConnection, relations: list[Relation], folder: Path) -> str:
    try:
        written = sum(1 for _ in write_workbooks(connection, shown_tables(relations), folder))
    except TooManyRowsError as error:
        raise CommandError(str(error)) from error
    return f"{written} {'workbook' if written == 1 else 'workbooks'}"
