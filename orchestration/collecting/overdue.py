"""What ought to have been published by now and was not, of the roster."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import duckdb

_IS_THERE = "select 1 from duckdb_tables() where table_name = 'mart_publication_status'"
_OVERDUE = """
    select publisher_name, fiscal_year, stage, due_on
    from marts.mart_publication_status
    where publication_status = 'not_published' and due_on < $today
    order by due_on, publisher_name, fiscal_year, stage
"""


class Overdue(NamedTuple):
    """One disclosure that is not there, the last day on which it was in time, and the days since."""

    publisher_name: str
    fiscal_year: int
    stage: str
    due_on: date
    days: int


def overdue(connection: duckdb.DuckDBPyConnection, today: date) -> list[Overdue]:
    """What of the roster was due before ``today`` and was not found, the longest overdue first."""
    if not connection.execute(_IS_THERE).fetchall():  # published by a version that had no roster
        return []
    rows = connection.execute(_OVERDUE, {"today": today}).fetchall()
    return [
        Overdue(publisher, year, stage, due_on, (today - due_on).days)
        for publisher, year, stage, due_on in rows
    ]
