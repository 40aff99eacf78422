"""The roster of an inspection: who ought to publish, and whether a document of it is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from orchestration.direct.warehouse import rows_of

SEED, MART = "publication_roster", "mart_publication_status"
_AS_READ: dict[str, pl.DataType] = {
    "region_code": pl.String(),
    "publisher_name": pl.String(),
    "document_level": pl.String(),
    "fiscal_year": pl.Int64(),
    "stage": pl.String(),
    "approved_on": pl.Date(),
    "is_exempt": pl.String(),  # 是, true, 1
    "reason": pl.String(),
}
_NEEDED = ("region_code", "publisher_name", "document_level", "fiscal_year", "stage")
_STATUS = f"""
    select
        publications.publisher_name, publications.fiscal_year, publications.stage,
        publications.document_level, publications.publication_status, names.name_zh as status_zh,
        publications.approved_on::varchar as approved_on,
        publications.due_on::varchar as due_on, publications.reason
    from marts.{MART} as publications
    inner join seeds.value_names as names
        on names.column_name = 'publication_status' and publications.publication_status = names.value
    order by all
"""


@dataclass(frozen=True, slots=True)
class Publication:
    """One disclosure of the roster."""

    publisher_name: str
    fiscal_year: int
    stage: str  # budget | final_accounts
    document_level: str  # department | unit
    publication_status: str  # exempt | not_published | published_…
    status_zh: str
    approved_on: str | None
    due_on: str | None
    reason: str | None


def read_roster(file: Path) -> pl.DataFrame:
    """Read a roster with the columns of ``seeds.publication_roster``; what is not said is not exempt.

    Raises :class:`OSError` where it cannot be opened, :class:`ValueError` where it is no roster, in words for
    people.
    """
    try:
        read = pl.read_csv(file, schema_overrides=_AS_READ)
        missing = [name for name in _NEEDED if name not in read.columns]
        if missing:
            raise ValueError(f"it has no column {', '.join(missing)}")
        roster = read.select(name for name in _AS_READ if name in read.columns)
    except pl.exceptions.PolarsError as error:
        raise ValueError(str(error).splitlines()[0]) from error
    if empty := [name for name in _NEEDED if roster[name].null_count()]:
        raise ValueError(f"a row of it says nothing under {', '.join(empty)}")
    is_exempt = _said_true(roster["is_exempt"]) if "is_exempt" in roster.columns else pl.lit(False)
    return roster.with_columns(is_exempt=is_exempt)


def publications_of(connection: duckdb.DuckDBPyConnection) -> tuple[Publication, ...]:
    """What became of each row of the roster that the tables were built with."""
    return tuple(Publication(**row) for row in rows_of(connection, _STATUS))


def days_overdue(publication: Publication, today: date) -> int | None:
    """How many days it is overdue; None where it is there, exempt, in time, or nobody knows since when."""
    if publication.publication_status != "not_published" or publication.due_on is None:
        return None
    days = (today - date.fromisoformat(publication.due_on)).days
    return days if days > 0 else None


def _said_true(said: pl.Series) -> pl.Series:
    return said.fill_null("").str.to_lowercase().is_in(["true", "1", "是", "yes"]).alias(said.name)
