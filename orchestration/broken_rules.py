"""Which rules of a table broke in a build, and by what: the rows of the test of dbt that asks them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import duckdb

MOST_SHOWN = 20
RULES_METADATA = "broken_rules"  # of a check of Dagster


class BrokenRule(NamedTuple):
    """A rule of a table as its test names it, and a value that breaks it; None where that is a NULL."""

    rule: str
    value: str | None


def broken_rules(target: Path, build_file: Path, test: str) -> list[BrokenRule]:
    """What broke of the rules that a failed ``test`` asks, at most :data:`MOST_SHOWN` values.

    ``target`` is where dbt left the SQL that it compiled. Empty for a test that names no rules, or where the
    file can no longer be asked: that a test failed is known without it.
    """
    for compiled in target.glob(f"compiled/**/{test}.sql"):
        try:
            with duckdb.connect(build_file, read_only=True) as connection:
                asked = connection.sql(compiled.read_text(encoding="utf-8"))
                if asked.columns == list(BrokenRule._fields):
                    return [BrokenRule(*row) for row in asked.fetchmany(MOST_SHOWN)]
        except duckdb.Error:
            return []
    return []


def rules_in_words(broken: Iterable[BrokenRule]) -> str:
    """Each rule once."""
    return "; ".join(dict.fromkeys(each.rule for each in broken))
