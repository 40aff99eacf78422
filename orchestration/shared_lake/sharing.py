"""What this machine staged → the shared lake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

import duckdb
import polars as pl

from extract.normalize.landing_names import with_said
from extract.vocabulary import load_vocabulary
from orchestration.home.lake import LANDINGS_SCHEMA, UNAVAILABLE, Lake
from orchestration.home.progress import report
from orchestration.shared_lake.address import SharedLake
from orchestration.shared_lake.connection import connected
from orchestration.shared_lake.tables import LANDINGS, MANIFEST, is_prepared, prepare, table_name

STEP = "sharing frames"


class SharedSummary(NamedTuple):
    """What one sharing did, and what is in the shared lake now."""

    documents: int
    shared_now: int


def share(lake: Lake, catalogue: pl.DataFrame, shared_lake: SharedLake) -> SharedSummary:
    """Append every staged document that the shared lake has not in this version, and where all were found.

    ``catalogue`` is that of landing. A batch comes with its manifest rows or not at all. Raises
    :class:`~orchestration.shared_lake.connection.SharedLakeError`.
    """
    with connected(shared_lake) as connection:
        prepare(connection)
        waiting = _waiting(lake.staging.manifest(), _current_manifest(connection))
        batches = waiting.sort("batch").group_by("batch", maintain_order=True)
        report(STEP, 0, count := waiting["batch"].n_unique())
        for number, ((batch,), entries) in enumerate(batches, start=1):
            _append_batch(connection, lake, str(batch), entries)
            report(STEP, number, count)
        _append_landings(connection, catalogue, lake.staging.manifest()["document_id"])
        shared_now = connection.sql(f"from {table_name('current_manifest')}").shape[0]
        return SharedSummary(shared_now, waiting.height)


def not_shared_yet(own: pl.DataFrame, shared_lake: SharedLake) -> pl.DataFrame:
    """The rows of a staging manifest whose documents wait to be shared. Nothing is changed, nothing prepared.

    Raises :class:`~orchestration.shared_lake.connection.SharedLakeError`, also when there is no lake yet.
    """
    with connected(shared_lake, read_only=True) as connection:
        return _waiting(own, _current_manifest(connection)) if is_prepared(connection) else own


def _current_manifest(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    return connection.execute(f"from {table_name('current_manifest')}").pl()


def _waiting(own: pl.DataFrame, shared: pl.DataFrame) -> pl.DataFrame:
    """The documents to share: not those that are there in this version, unless they could not be had then."""
    known = shared.select("document_id", "extractor_version", shared_status="status")
    there = own.join(known, on=["document_id", "extractor_version"], how="left")
    is_better = (pl.col("shared_status") == UNAVAILABLE) & (pl.col("status") != UNAVAILABLE)
    return there.filter(pl.col("shared_status").is_null() | is_better).drop("shared_status")


def _append_batch(
    connection: duckdb.DuckDBPyConnection, lake: Lake, batch: str, entries: pl.DataFrame
) -> None:
    documents = entries["document_id"].to_list()
    shared_as = uuid4().hex  # no other machine's, and not that of a try of ours that failed
    with transaction(connection):
        for table, frame in lake.staging.read_batch(batch).items():
            rows = frame.filter(pl.col("document_id").is_in(documents))
            _append(connection, table, rows.with_columns(batch=pl.lit(shared_as)))
        now = datetime.now(UTC).replace(tzinfo=None)
        _append(connection, MANIFEST, entries.with_columns(batch=pl.lit(shared_as), shared_at=pl.lit(now)))


def _append_landings(
    connection: duckdb.DuckDBPyConnection, catalogue: pl.DataFrame, staged: pl.Series
) -> None:
    """Append the places that are not known yet, each with a number that other machines' compare with.

    It is the time in µs at which a document was found, or the next number after that of the one before it, so
    that a clock that was put back does not change the order in which one machine found its documents.
    """
    found_at = pl.col("found_at").str.to_datetime("%+", time_unit="us", time_zone="UTC")
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    landings = (
        catalogue.with_columns(
            found_at=found_at.dt.replace_time_zone(None), published_on=pl.col("published_on").str.to_date()
        )
        .with_columns(found_no=(pl.col("found_at").dt.epoch("us") - place).cum_max() + place)
        .filter(pl.col("document_id").is_in(staged.to_list()))
        .pipe(with_said, load_vocabulary())
        .select(list(LANDINGS_SCHEMA))
    )
    known = connection.execute(f"select document_id, uri, found_no from {table_name(LANDINGS)}").pl()
    new = landings.join(known, on=["document_id", "uri", "found_no"], how="anti")
    if not new.is_empty():
        with transaction(connection):
            _append(connection, LANDINGS, new)


def _append(connection: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> None:
    connection.register("rows_to_share", rows)
    connection.execute(f"insert into {table_name(table)} by name from rows_to_share")
    connection.unregister("rows_to_share")


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All that is done in the block, or nothing of it."""
    connection.execute("begin")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
