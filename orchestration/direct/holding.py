"""What every table of a plan must hold, asked in few queries: types, what is never NULL, keys, assertions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import duckdb

from orchestration.direct.plan import Assertion, Key, Plan, Table
from orchestration.texts.quoting import identifier, identifiers, literal


class Broken(NamedTuple):
    """Something that a table must hold and does not."""

    what: str  # "the column trust of reconciliation.amount_trust is never NULL"
    rows: int | None = None  # which break it; None where it is about no rows

    def __str__(self) -> str:
        if self.rows is None:
            return self.what
        return f"{self.what}: broken by {self.rows:,} {'row' if self.rows == 1 else 'rows'}"


class _Question(NamedTuple):
    """What a table must hold, and SQL that counts for each of it the rows that do not, as a list."""

    what: tuple[str, ...]
    counts: str


class ContractError(RuntimeError):
    """Tables are not what they must be, so no figure of them can be trusted; the message lists what broke."""

    def __init__(self, broken: list[Broken]) -> None:
        self.broken = broken
        super().__init__("\n".join(map(str, broken)))


def check_contracts(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Ask everything that the plan says of its tables. Raises :class:`ContractError`."""
    broken = [*_types(connection, plan)]
    if not broken:  # what has other columns cannot be asked the rest
        # Side by side: of a few documents, most of the time is planning, which takes one thread a query.
        with ThreadPoolExecutor() as threads:
            asked = [
                threads.submit(_counted, connection, [*_columns(plan)]),
                threads.submit(_counted, connection, [*_missing_references(plan)]),
                threads.submit(_assertions, connection, plan),
            ]
            broken = [each for answer in asked for each in answer.result()]
    if broken:
        raise ContractError(broken)


def _types(connection: duckdb.DuckDBPyConnection, plan: Plan) -> Iterator[Broken]:
    built: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for schema, table, column, data_type in connection.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() "
        "where database_name = current_database() order by schema_name, table_name, column_index"
    ).fetchall():
        built.setdefault((schema, table), []).append((column, data_type))
    for table in plan.tables:
        found = dict(built.get((table.schema, table.alias), []))
        for column, data_type in table.types:
            if found.get(column) != data_type:
                yield Broken(
                    f"the column {column} of {table.schema}.{table.alias} is {data_type}, "
                    f"not {found.get(column, 'absent')}"
                )
        for column in found.keys() - dict(table.types).keys():
            yield Broken(f"the column {column} of {table.schema}.{table.alias} is not declared")


def _columns(plan: Plan) -> Iterator[_Question]:
    """What a table must hold by itself, in one scan: what is never NULL, keys, and the codes of a column."""
    for table in plan.tables:
        name = f"{table.schema}.{table.alias}"
        asked = [
            *(
                (f"the column {column} of {name} is never NULL", f"count(*) - count({identifier(column)})")
                for column in table.never_null
            ),
            *(
                (f"{', '.join(key.columns)} of {name} is unique", _repeated(key.columns))
                for key in table.keys
                if key.references is None
            ),
            *(
                (f"{column} of {name} is one of its {len(codes)} codes", _unknown(column, codes))
                for column, codes in table.codes
            ),
        ]
        if asked:
            what, counts = zip(*asked, strict=True)
            yield _Question(what, f"(select [{', '.join(counts)}] from {table.relation})")


def _repeated(columns: Sequence[str]) -> str:
    """Rows beyond the first of each value; as dbt asks, of several columns NULL equals NULL, of one not."""
    if len(columns) == 1:
        return f"count({identifier(columns[0])}) - count(distinct {identifier(columns[0])})"
    return f"count(*) - count(distinct row({identifiers(columns)}))"


def _unknown(column: str, codes: Sequence[str]) -> str:
    listed = ", ".join(map(literal, codes))
    return f"count(*) filter ({identifier(column)} not in ({listed}))"


def _missing_references(plan: Plan) -> Iterator[_Question]:
    relations = {table.name: table.relation for table in plan.tables}
    relations |= {seed.name: seed.relation for seed in plan.seeds}
    for table, key in _keys(plan):
        if key.references in relations:
            (column,), (referenced,) = key.columns, key.referenced
            target = relations[key.references]
            yield _Question(
                (f"{column} of {table.schema}.{table.alias} is found in {key.references}",),
                f"[(select count(*) from {table.relation} where {identifier(column)} is not null "
                f"and {identifier(column)} not in (select {identifier(referenced)} from {target} "
                f"where {identifier(referenced)} is not null))]",
            )


def _keys(plan: Plan) -> Iterator[tuple[Table, Key]]:
    return ((table, key) for table in plan.tables for key in table.keys)


def _counted(connection: duckdb.DuckDBPyConnection, questions: list[_Question]) -> list[Broken]:
    """Those of many questions that count any row, in one query."""
    if not questions:
        return []
    asked = " union all ".join(
        f"select {number}, {question.counts}" for number, question in enumerate(questions)
    )
    with connection.cursor() as cursor:
        counted = cursor.execute(
            f"select number, rows from ({asked}) as asked (number, rows) "
            "where list_aggregate(rows, 'sum') > 0 order by number"
        ).fetchall()
    return [
        Broken(what, rows)
        for number, counts in counted
        for what, rows in zip(questions[number].what, counts, strict=True)
        if rows
    ]


def _assertions(connection: duckdb.DuckDBPyConnection, plan: Plan) -> list[Broken]:
    with connection.cursor() as cursor:
        return [
            Broken(f"{assertion.name} ({assertion.description.partition(' ｜ ')[0]})", rows)
            for assertion in plan.assertions
            if (rows := _rows_of(cursor, assertion))
        ]


def _rows_of(connection: duckdb.DuckDBPyConnection, assertion: Assertion) -> int:
    counted = connection.execute(f"select count(*) from (\n{assertion.sql}\n)").fetchall()
    return int(counted[0][0])
