"""The rows of the schema ``meta``, written when a file is published (``orchestration.publishing.meta``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl

from orchestration.building.catalogue import Relation
from orchestration.publishing.meta import COLUMNS, FOREIGN_KEYS, TABLES, VERSION
from orchestration.publishing.version import Version
from orchestration.texts.quoting import identifier


def write_meta(
    connection: duckdb.DuckDBPyConnection,
    version: Version,
    relations: Sequence[Relation],
    row_counts: Mapping[str, int],
) -> None:
    """Fill the empty tables of ``meta`` (:data:`RELATIONS`) about ``relations``."""
    origin = version.made_from
    facts = (
        version.name,
        version.published_at.replace(tzinfo=None),
        len(origin.document_ids),
        origin.documents_sha256,
        origin.dbt_project,
        origin.extractor_version,
        origin.duckdb_version,
    )
    _insert(connection, VERSION, [facts])
    _insert(connection, TABLES, [_table_row(relation, row_counts) for relation in relations])
    _insert(connection, COLUMNS, [row for relation in relations for row in _column_rows(relation)])
    _insert(connection, FOREIGN_KEYS, [row for relation in relations for row in _foreign_key_rows(relation)])


def _table_row(relation: Relation, row_counts: Mapping[str, int]) -> tuple[object, ...]:
    words = (relation.description.english, relation.description.name_zh, relation.description.chinese)
    return (
        relation.schema,
        relation.name,
        *words,
        list(relation.primary_key),
        row_counts[relation.full_name],
    )


def _column_rows(relation: Relation) -> list[tuple[object, ...]]:
    return [
        (
            relation.schema,
            relation.name,
            column.name,
            position,
            column.data_type,
            column.is_nullable,
            column.description.english,
            column.description.name_zh,
            column.description.chinese,
        )
        for position, column in enumerate(relation.columns, start=1)
    ]


def _foreign_key_rows(relation: Relation) -> list[tuple[object, ...]]:
    return [
        (
            relation.schema,
            relation.name,
            list(key.columns),
            key.schema,
            key.relation,
            list(key.referenced),
        )
        for key in relation.foreign_keys
    ]


def _insert(
    connection: duckdb.DuckDBPyConnection, relation: Relation, rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert rows at once: a statement for each, or one with a thousand parameters, would take seconds."""
    if rows:
        frame = pl.DataFrame(rows, schema=[column.name for column in relation.columns], orient="row")
        connection.register("rows_to_insert", frame)
        connection.execute(f"insert into {identifier(relation.schema, relation.name)} from rows_to_insert")
        connection.unregister("rows_to_insert")
