"""Runs a plan on DuckDB: staged frames in, every table out, and what they must hold asked of them.

The tables are made by as many threads as the machine has processors, each as soon as what it reads is there:
for a few documents, most of the time is DuckDB's planning.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from extract.normalize.landing_names import with_said
from extract.records import RECORDS, schema
from extract.vocabulary import load_vocabulary
from orchestration.direct.plan import LAKE_SCHEMA, Plan, Seed, Table
from orchestration.texts.quoting import identifier, literal

_BATCH = "direct"  # all documents are of one batch
_THREADS = 2  # more gain nothing: the longest chain of tables that rest on each other takes half of the time
_MANIFEST = "manifest"
_LANDINGS = "landings"


class BuildError(RuntimeError):
    """A table could not be made; the message names it and holds what DuckDB says."""


def execute(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    frames: Mapping[str, pl.DataFrame],
    landings: pl.DataFrame | None = None,
) -> None:
    """Make every table of the plan from staged frames (see ``extract.records``), in ``connection``.

    A table that is not among ``frames`` has no rows. ``landings`` says where documents were found
    (:data:`orchestration.home.lake.LANDINGS_SCHEMA`); without it each is found once.
    Raises :class:`BuildError`.
    """
    prepare(connection, plan)
    execute_prepared(connection, plan, frames, landings)


def prepare(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Load what needs no document: the vocabulary and the decisions."""
    _load_seeds(connection, plan)
    _create_schemas(connection, plan.tables)


def replace_seed(connection: duckdb.DuckDBPyConnection, plan: Plan, name: str, rows: pl.DataFrame) -> None:
    """Put other rows in the place of those of a seed, by the names of its columns.

    Raises :class:`BuildError` for a seed that the plan has not, or rows that are not as it says.
    """
    seed = next((each for each in plan.seeds if each.alias == name), None)
    if seed is None:
        raise BuildError(f"no table asked for rests on {name}")
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        rows.write_parquet(file.name)
        try:
            connection.execute(f"delete from {seed.relation}")
            connection.execute(f"insert into {seed.relation} by name from read_parquet({literal(file.name)})")
        except duckdb.Error as error:
            raise BuildError(f"{name} was not understood: {error}") from error


def execute_prepared(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    frames: Mapping[str, pl.DataFrame],
    landings: pl.DataFrame | None = None,
) -> None:
    """The rest of :func:`execute`, where :func:`prepare` was called."""
    _load_lake(connection, frames, _as_found(frames["documents"]) if landings is None else landings)
    _make_tables(connection, plan)


def _load_lake(
    connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame], landings: pl.DataFrame
) -> None:
    """Through Parquet: to hand a frame over in memory, DuckDB would import pyarrow, ten times as slow."""
    documents = frames["documents"]
    staged = {record.table: frames.get(record.table, schema(record).to_frame()) for record in RECORDS}
    tables = {
        **{name: frame.with_columns(batch=pl.lit(_BATCH)) for name, frame in staged.items()},
        _MANIFEST: documents.select("document_id", "extractor_version", "status", batch=pl.lit(_BATCH)),
        _LANDINGS: landings,
    }
    connection.execute(f"create schema {LAKE_SCHEMA}")
    with tempfile.TemporaryDirectory(prefix="disclosures-") as folder:
        for name, frame in tables.items():
            file = Path(folder) / f"{name}.parquet"
            frame.write_parquet(file, compression="uncompressed")
            connection.execute(
                f"create table {identifier(LAKE_SCHEMA, name)} as from read_parquet({literal(str(file))})"
            )


def _as_found(documents: pl.DataFrame) -> pl.DataFrame:
    found = documents.select(
        "document_id",
        uri="document_id",  # two files of one name are two documents, not versions of one
        file_name="file_name",
        found_at=pl.lit(datetime(1970, 1, 1)),
        found_no=pl.lit(1, dtype=pl.Int64()),
        link_text=pl.lit(None, dtype=pl.String()),
        published_on=pl.lit(None, dtype=pl.Date()),
        published_as=pl.lit(None, dtype=pl.String()),
    )
    return with_said(found, load_vocabulary())


def _load_seeds(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    _create_schemas(connection, plan.seeds)
    for seed in plan.seeds:
        file = literal(str(plan.folder / "seeds" / seed.file))
        connection.execute(f"create table {seed.relation} as from read_parquet({file})")


def _create_schemas(connection: duckdb.DuckDBPyConnection, relations: Iterable[Table | Seed]) -> None:
    for name in sorted({relation.schema for relation in relations}):
        connection.execute(f"create schema if not exists {identifier(name)}")


def _make_tables(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    by_name = {table.name: table for table in plan.tables}
    order = plan.order()
    order.prepare()
    with ThreadPoolExecutor(_THREADS) as threads:
        running: dict[Future[None], str] = {}
        while order.is_active():
            for name in order.get_ready():
                running[threads.submit(_make, connection, by_name[name])] = name
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            _raise_the_first(done, running)
            for future in done:
                order.done(running.pop(future))


def _make(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"create table {table.relation} as\n{table.sql}")


def _raise_the_first(done: Iterable[Future[None]], names: Mapping[Future[None], str]) -> None:
    for future in done:
        if (error := future.exception()) is not None:
            raise BuildError(f"the table {names[future]} could not be made: {error}") from error
