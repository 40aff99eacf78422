"""The content of a published file: a copy of what was built, with words, keys and Chinese views.

Only the marts carry primary and foreign keys. DuckDB keeps an index for each, which made the file of a
thousand documents a fifth larger and its writing a quarter longer; for the larger layers below it would do
so again. It knows no foreign key into another schema, nor one of a table into itself when all rows come in
one statement. All keys are in ``meta``, see :mod:`orchestration.publishing.meta`.

Rows stay in the order in which they were built: sorted by document, the same file was a sixth larger. The
newest storage of DuckDB would save a fifth, but older clients could not open it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from orchestration.building.catalogue import Column, Description, ForeignKey, Relation
from orchestration.home.paths import build_memory
from orchestration.home.progress import report
from orchestration.publishing import chinese_views, meta
from orchestration.publishing.meta_rows import write_meta
from orchestration.publishing.version import Version
from orchestration.texts.quoting import identifier, identifiers, literal

STEP = "publishing"
LAYOUT = 2
"""Raised with what this module writes, so that every warehouse is published again."""
PUBLISHED_SCHEMAS = ("staging", "reconciliation", "marts")
KEYED_SCHEMAS = ("marts", meta.SCHEMA)
# A quarter of the usual: fourteen documents take 11 MB instead of 28, a thousand no more than they did.
_BLOCK_SIZE = 65_536


def write_snapshot(
    file: Path,
    build_file: Path,
    relations: Sequence[Relation],
    version: Version,
) -> dict[str, int]:
    """Copy ``relations`` of ``build_file`` into the new ``file``; give the rows of each.

    Views become tables, since what they read is not published. What else the build file holds, such as a
    table of a model that is gone, is not copied. Raises :class:`duckdb.Error` when a relation was not built,
    or when its rows are not what its keys say.
    """
    with beside_the_build(file, build_file) as connection:
        build = build_file.stem
        connection.execute("begin")  # one commit, not one per statement: half the time
        for schema in dict.fromkeys(relation.schema for relation in relations):
            connection.execute(f"create schema {identifier(schema)}")
        as_built = with_built_columns(connection, build, relations)
        rows = {}
        for count, relation in enumerate(referenced_first(as_built), start=1):
            create_table(connection, relation)
            rows[relation.full_name] = _copy(connection, build, relation)
            report(STEP, count, len(relations))
        _create_views(connection, as_built)
        connection.execute(f"create schema {identifier(meta.SCHEMA)}")
        for relation in meta.RELATIONS:
            create_table(connection, relation)
        write_meta(connection, version, as_built, rows)
        _comment(connection, [*as_built, *meta.RELATIONS])
        connection.execute("commit")
    return rows


@contextmanager
def beside_the_build(file: Path, build_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a file to be published, new or not, with what was built attached under the name of its file."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "default_block_size": _BLOCK_SIZE,
        # Without a limit, publishing ten thousand documents took 10 GiB and was no faster.
        "memory_limit": build_memory(),
    }
    with closing(duckdb.connect(file, config=settings)) as connection:
        # Under the name that it was built under, since views name it.
        name = identifier(build_file.stem)
        connection.execute(f"attach {literal(str(build_file))} as {name} (read_only)")
        yield connection


def referenced_first(relations: Sequence[Relation]) -> Iterator[Relation]:
    """The relations in an order in which each comes after those that its foreign keys refer to."""
    waiting = {(relation.schema, relation.name): relation for relation in relations}
    while waiting:
        ready = [
            relation
            for name, relation in waiting.items()
            if not any(
                (key.schema, key.relation) in waiting and (key.schema, key.relation) != name
                for key in relation.foreign_keys
            )
        ]
        if not ready:
            names = ", ".join(relation.full_name for relation in waiting.values())
            raise ValueError(f"foreign keys go round in a circle among {names}")
        yield from ready
        for relation in ready:
            del waiting[relation.schema, relation.name]


def kept_keys(relation: Relation) -> list[ForeignKey]:
    """The foreign keys that DuckDB keeps for us."""
    if relation.schema not in KEYED_SCHEMAS:
        return []
    return [
        key
        for key in relation.foreign_keys
        if key.schema == relation.schema and key.relation != relation.name
    ]


def create_table(connection: duckdb.DuckDBPyConnection, relation: Relation) -> None:
    """Create an empty table with what its columns must hold."""
    parts = [
        f"{identifier(column.name)} {column.data_type}{'' if column.is_nullable else ' not null'}"
        for column in relation.columns
    ]
    if relation.schema in KEYED_SCHEMAS:
        if relation.primary_key:
            parts.append(f"primary key ({identifiers(relation.primary_key)})")
        parts += [
            f"foreign key ({identifiers(key.columns)}) "
            f"references {identifier(key.schema, key.relation)} ({identifiers(key.referenced)})"
            for key in kept_keys(relation)
        ]
    connection.execute(f"create table {identifier(relation.schema, relation.name)} ({', '.join(parts)})")


def with_built_columns(
    connection: duckdb.DuckDBPyConnection, build: str, relations: Sequence[Relation]
) -> list[Relation]:
    """The relations with the columns that were built, in their order; what is not declared has no words."""
    return [_with_built_columns(connection, build, relation) for relation in relations]


def _with_built_columns(connection: duckdb.DuckDBPyConnection, build: str, relation: Relation) -> Relation:
    declared = {column.name: column for column in relation.columns}
    built = connection.execute(f"describe {identifier(build, relation.schema, relation.name)}").fetchall()
    columns = [
        replace(declared.get(name) or Column(name, "", Description("")), data_type=data_type)
        for name, data_type, *_ in built
    ]
    return replace(relation, columns=tuple(columns))


def _copy(connection: duckdb.DuckDBPyConnection, build: str, relation: Relation) -> int:
    name = identifier(relation.schema, relation.name)
    inserted = connection.execute(f"insert into {name} from {identifier(build)}.{name}").fetchone()
    return int(inserted[0]) if inserted else 0


def _create_views(connection: duckdb.DuckDBPyConnection, relations: Sequence[Relation]) -> None:
    connection.execute(f"create schema {identifier(chinese_views.SCHEMA)}")
    for view in chinese_views.chinese_views(relations):
        connection.execute(view.create)
        for comment in view.comments:
            connection.execute(comment)


def _comment(connection: duckdb.DuckDBPyConnection, relations: Sequence[Relation]) -> None:
    for relation in relations:
        table = identifier(relation.schema, relation.name)
        connection.execute(f"comment on table {table} is {literal(relation.description.text)}")
        for column in relation.columns:
            if column.description.text:
                name = f"{table}.{identifier(column.name)}"
                connection.execute(f"comment on column {name} is {literal(column.description.text)}")
