"""Which rules and assertions broke in a build, and by what: the rows that dbt kept of failed tests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import duckdb

from orchestration.texts.quoting import identifier

MOST_SHOWN = 20
RULES_METADATA = "broken_rules"  # of a check of Dagster
ROWS_METADATA = "failed_rows"
_KEPT_IN = "broken"  # the schema, see dbt_project.yml


class BrokenRule(NamedTuple):
    """A rule or an assertion, how many rows break it and some values; of a rule, the table too."""

    table: str | None  # dbt's name of a model or seed
    rule: str
    rows: int
    values: tuple[str | None, ...]  # at most MOST_SHOWN; None is a NULL


def broken_rules(build_file: Path, tests: Iterable[str]) -> list[BrokenRule]:
    """What broke of all that the failed ``tests`` of dbt ask, in their order.

    A test that asks one thing gives rows of its own shape, which it says nothing of: its name is the rule.
    """
    with closing(duckdb.connect(build_file, read_only=True)) as connection:
        return [broken for test in tests for broken in _kept(connection, test)]


def _kept(connection: duckdb.DuckDBPyConnection, test: str) -> list[BrokenRule]:
    kept = connection.sql(f"from {identifier(_KEPT_IN, test)}")
    if "rule" not in kept.columns:
        return [BrokenRule(None, test, len(kept), ())] if len(kept) else []
    table = "table_name" if "table_name" in kept.columns else "null"
    rows = connection.sql(
        f"select {table}, rule, count(*), list(value)[:{MOST_SHOWN}] from kept group by all order by all"
    ).fetchall()
    return [BrokenRule(name, rule, count, tuple(values)) for name, rule, count, values in rows]


def resting_on(broken: Collection[str], rests_on: Mapping[str, Collection[str]]) -> set[str]:
    """Tables that rest on some broken ones, also by way of others: what is wrong in them says nothing new.

    ``rests_on`` has for each table those that it reads.
    """
    return {name for name in rests_on if not _all_below(name, rests_on).isdisjoint(broken)}


def _all_below(name: str, rests_on: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(rests_on.get(name, ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += rests_on.get(each, ())
    return found - {name}


def rules_in_words(broken: Iterable[BrokenRule]) -> str:
    """Each rule once."""
    return "; ".join(dict.fromkeys(each.rule for each in broken))
