"""The rows of the direct path beside those that dbt built of the same lake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from extract.records import RECORDS
from orchestration.direct.plan import Plan
from orchestration.direct.warehouse import built
from orchestration.home.lake import Lake
from orchestration.texts.quoting import identifier, literal


def lake_of(home: Path) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """The staged frames that dbt built from, and where the documents were found."""
    lake = Lake(home / "lake")
    frames = {
        record.table: lake.staging.current_rows(record.table).drop("batch").collect() for record in RECORDS
    }
    return frames, pl.read_parquet(home / "lake" / "landings.parquet")


def differences(direct: duckdb.DuckDBPyConnection, by_dbt: Path, plan: Plan) -> dict[str, int]:
    """How many rows of each table only one of the two has."""
    direct.execute(f"attach {literal(str(by_dbt))} as by_dbt (read_only)")
    found = {}
    for relation in (*plan.tables, *plan.seeds):
        other = identifier("by_dbt", relation.schema, relation.alias)
        columns = ", ".join(
            identifier(name)
            for (name,) in direct.execute(
                "select column_name from duckdb_columns() where database_name = 'by_dbt' "
                "and schema_name = ? and table_name = ? order by column_index",
                [relation.schema, relation.alias],
            ).fetchall()
        )
        own = f"select {columns} from {relation.relation}"
        others = f"select {columns} from {other}"
        ((count,),) = direct.execute(
            f"select count(*) from (({own} except all {others}) union all ({others} except all {own}))"
        ).fetchall()
        if count:
            found[relation.name] = count
    direct.execute("detach by_dbt")
    return found


@contextmanager
def built_from(home: Path, *, backwards: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    frames, landings = lake_of(home)
    if backwards:
        frames = {table: frame.reverse() for table, frame in frames.items()}
    with built(frames, landings=landings, check=False) as connection:
        yield connection
