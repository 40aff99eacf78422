"""The tables of the shared lake, and the views that say what is in force.

- ``staged.<table>``: the staged frames of every table of ``extract.records.RECORDS``, with their batch.
- ``staged.manifest``: one row per document and batch that holds it, with the time it was shared.
- ``staged.landings``: one row per document, address and time it was found there.
- ``staged.current_manifest``: one row per document, with the batch that was shared last
  (``orchestration.home.lake.MANIFEST_SCHEMA``).
- ``staged.current_landings``: one row per document and address
  (``orchestration.home.lake.LANDINGS_SCHEMA``).
"""

from __future__ import annotations

import duckdb
import polars as pl
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random

from extract.landing import SAID_SCHEMA
from extract.records import RECORDS, schema
from orchestration.home.lake import LANDINGS_SCHEMA, MANIFEST_SCHEMA
from orchestration.shared_lake.connection import NAME
from orchestration.texts.quoting import identifier

SCHEMA = "staged"
MANIFEST = "manifest"
LANDINGS = "landings"
_OF_THE_LAST = ",\n".join(
    f"max_by({name}, (found_no, file_name)) as {name}"
    for name in ("link_text", "published_on", "published_as", *SAID_SCHEMA)
)
_VIEWS = {
    # Of what two machines shared at once, each reader takes the same.
    "current_manifest": f"""
        select {", ".join(MANIFEST_SCHEMA)}
        from {NAME}.{SCHEMA}.{MANIFEST}
        qualify row_number() over (partition by document_id order by shared_at desc, batch desc) = 1
    """,
    "current_landings": f"""
        select
            document_id,
            uri,
            max_by(file_name, (found_no, file_name)) as file_name,
            min(found_at) as found_at,
            max(found_no) as found_no,
            {_OF_THE_LAST}
        from {NAME}.{SCHEMA}.{LANDINGS}
        group by document_id, uri
    """,
}


_COLUMNS_OF_VIEWS = {"current_manifest": MANIFEST_SCHEMA, "current_landings": LANDINGS_SCHEMA}


def table_name(name: str) -> str:
    """A table or view of the shared lake, as SQL names it."""
    return identifier(NAME, SCHEMA, name)


@retry(
    # Of machines that prepare the same new lake at once, one is first and the others look again.
    retry=retry_if_exception_type((duckdb.TransactionException, duckdb.CatalogException)),
    wait=wait_random(0.05, 0.5),
    stop=stop_after_attempt(20),
    reraise=True,
)
def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make whatever table, column or view is not there yet. Harmless to repeat, and at once elsewhere."""
    connection.execute(f"create schema if not exists {identifier(NAME, SCHEMA)}")
    known = _known_columns(connection)
    for name, columns in _tables().items():
        if name not in known:
            connection.register("no_rows", pl.DataFrame(schema=columns))
            connection.execute(f"create table if not exists {table_name(name)} as from no_rows")
            connection.unregister("no_rows")
            continue
        for column in columns.keys() - known[name]:  # of a newer version of the extractor
            connection.register("no_rows", pl.DataFrame(schema={column: columns[column]}))
            ((_, data_type, *_),) = connection.execute("describe no_rows").fetchall()
            connection.unregister("no_rows")
            connection.execute(
                f"alter table {table_name(name)} add column if not exists {identifier(column)} {data_type}"
            )
    for name, query in _VIEWS.items():
        if name not in known:
            connection.execute(f"create view if not exists {table_name(name)} as {query}")
        elif _COLUMNS_OF_VIEWS[name].keys() - known[name]:  # of an older version of the extractor
            connection.execute(f"create or replace view {table_name(name)} as {query}")


def is_prepared(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether any machine has shared or prepared to share."""
    return "current_manifest" in _known_columns(connection)


def _tables() -> dict[str, dict[str, pl.DataType]]:
    batch = {"batch": pl.String()}
    staged = {record.table: {**schema(record), **batch} for record in RECORDS}
    return {
        **staged,
        MANIFEST: {**MANIFEST_SCHEMA, "shared_at": pl.Datetime("us")},
        LANDINGS: LANDINGS_SCHEMA,
    }


def _known_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "select table_name, column_name from duckdb_columns() "
        "where database_name = $name and schema_name = $schema",
        {"name": NAME, "schema": SCHEMA},
    ).fetchall():
        known.setdefault(table, set()).add(column)
    return known
