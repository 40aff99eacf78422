"""What is published, as statements of PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from orchestration.building.catalogue import Column, Description, Relation
from orchestration.texts.quoting import identifier, identifiers, literal

_TYPES = {
    "BOOLEAN": "boolean",
    "TINYINT": "smallint",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "HUGEINT": "numeric(38, 0)",
    "FLOAT": "real",
    "DOUBLE": "double precision",
    "VARCHAR": "text",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
    "JSON": "jsonb",
}
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
_JSON = "jsonb"


class UnsupportedTypeError(TypeError):
    """PostgreSQL has no type for a column; the message names both."""


def postgres_type(data_type: str) -> str:
    """The type that keeps every value of a DuckDB type.

    Lists of plain values are arrays; structures, and lists of them, are ``jsonb``. Raises
    :class:`UnsupportedTypeError`.
    """
    if data_type.endswith("[]"):
        element = postgres_type(data_type.removesuffix("[]"))
        return element if element.endswith("[]") or element == _JSON else f"{element}[]"
    if data_type.startswith(("STRUCT", "MAP")):
        return _JSON
    if decimal := _DECIMAL.fullmatch(data_type):
        return f"numeric({decimal[1]}, {decimal[2]})"
    if data_type not in _TYPES:
        raise UnsupportedTypeError(f"PostgreSQL has no type for {data_type}")
    return _TYPES[data_type]


def create_table(relation: Relation, schema: str) -> str:
    """An empty table; its keys come when its rows are there, which is faster."""
    columns = ", ".join(_declaration(relation, column) for column in relation.columns)
    return f"create table {identifier(schema, relation.name)} ({columns})"


def select(relation: Relation, catalogue: str) -> str:
    """DuckDB's query for the rows of a table, as the types of :func:`create_table` take them."""
    columns = ", ".join(
        f"to_json({identifier(column.name)})"
        if postgres_type(column.data_type) == _JSON
        else identifier(column.name)
        for column in relation.columns
    )
    return f"select {columns} from {identifier(catalogue, relation.schema, relation.name)}"


def primary_keys(relations: Iterable[Relation], schemas: dict[str, str]) -> list[str]:
    """Each primary key. ``schemas`` says which schema of PostgreSQL stands for one of the published file."""
    return [
        f"alter table {identifier(schemas[relation.schema], relation.name)} "
        f"add primary key ({identifiers(relation.primary_key)})"
        for relation in relations
        if relation.primary_key
    ]


def foreign_keys(relations: Iterable[Relation], schemas: dict[str, str]) -> list[str]:
    """Each foreign key, with an index for those who join the other way or filter by it."""
    statements = []
    for relation in relations:
        table = identifier(schemas[relation.schema], relation.name)
        for key in relation.foreign_keys:
            columns = identifiers(key.columns)
            statements.append(
                f"alter table {table} add foreign key ({columns}) references "
                f"{identifier(schemas[key.schema], key.relation)} ({identifiers(key.referenced)})"
            )
            if key.columns != relation.primary_key:
                statements.append(f"create index on {table} ({columns})")
    return statements


def comments(relation: Relation, schema: str) -> list[str]:
    """What the table and its columns mean."""
    table = identifier(schema, relation.name)
    described = [(f"table {table}", relation.description)]
    described += [
        (f"column {table}.{identifier(column.name)}", column.description) for column in relation.columns
    ]
    return [_comment(what, description) for what, description in described if description.text]


def grants(schemas: Sequence[str], reader: str) -> list[str]:
    """Let a role read what is in some schemas, and what will be, and nothing else."""
    role = identifier(reader)
    return [
        statement
        for schema in map(identifier, schemas)
        for statement in (
            f"grant usage on schema {schema} to {role}",
            f"grant select on all tables in schema {schema} to {role}",
            f"alter default privileges in schema {schema} grant select on tables to {role}",
        )
    ]


def _declaration(relation: Relation, column: Column) -> str:
    try:
        kind = postgres_type(column.data_type)
    except UnsupportedTypeError as error:
        raise UnsupportedTypeError(f"{relation.full_name}.{column.name}: {error}") from error
    return f"{identifier(column.name)} {kind}{'' if column.is_nullable else ' not null'}"


def _comment(what: str, description: Description) -> str:
    return f"comment on {what} is {literal(description.text)}"
