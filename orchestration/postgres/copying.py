"""The copy itself: loaded beside the old one, then swapped in by name.

Readers see the old copy or the new one, whole, and never wait: the new one is loaded and committed in schemas
of its own, then the names change hands in a transaction that touches no table, and the old tables are dropped
when their last reader has gone. Loaded and swapped in one transaction, readers whose transaction is
repeatable would find the new tables empty. One who opened such a transaction before the load ended, and looks
at a table for the first time after the swap, still would: so the swap waits a while for those to end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from time import monotonic, sleep

from orchestration.building.catalogue import Relation, parse_description
from orchestration.home.postgres_address import Address
from orchestration.home.progress import report
from orchestration.postgres import statements
from orchestration.postgres.connection import POSTGRES, PUBLISHED, Databases, PostgresError, connected
from orchestration.postgres.target import MARK, check_target
from orchestration.publishing import chinese_views, meta
from orchestration.texts.quoting import identifier, literal

STEP = "copying"
_NEW, _OLD = "_disclosures_new_", "_disclosures_old_"
_LOCK = 0x64_69_73_63  # one copy at a time; a number that nobody else is likely to have chosen
_PATIENCE = 10.0  # seconds, with readers of the old tables
SCHEMA_DESCRIPTIONS = {
    "staging": "What was read: every printed cell, figure and sentence. ｜ 原始层：读取的每个数字和语句。",
    "reconciliation": "What was compared, and which figures are trusted. ｜ 核对层：等式、差异与可信度。",
    "marts": "What to query: dimensions, facts and findings. ｜ 结果层：供查询的维度、事实和发现。",
    chinese_views.SCHEMA: "The marts under Chinese names. ｜ 中文视图：结果层的中文列名视图。",
    meta.SCHEMA: "What this copy is and what it holds. ｜ 元数据：版本、表和列。",
}


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy did."""

    version: str
    rows: dict[str, int]
    created_reader: bool
    """Whether the role of readers was new, so that it cannot log in yet."""
    left_behind: bool
    """Whether tables of the copy before are still being read, and stay until the next copy."""


def copy_to_postgres(
    published_file: Path, relations: Sequence[Relation], address: Address, reader: str
) -> Copied:
    """Replace what an earlier copy left in the database at ``address`` by the published file.

    ``relations`` is what the file holds. The role ``reader`` is created where there is none, and may read
    everything and change nothing. Raises :class:`PostgresError`, and then readers keep what they had.
    """
    schemas = [*dict.fromkeys(relation.schema for relation in relations), chinese_views.SCHEMA]
    with connected(published_file, address) as databases:
        exists = check_target(databases, schemas, reader)
        ((version,),) = databases.duckdb(f"select version from {PUBLISHED}.meta.version").fetchall()
        with databases.transaction():
            _take_turn(databases)
            databases.execute(_drops([_NEW + schema for schema in schemas]))  # of a copy that was killed
            if not exists:
                databases.execute([f"create role {identifier(reader)} nologin"])
            rows = _load(databases, relations, schemas, version)
            databases.execute(statements.grants([_NEW + schema for schema in schemas], reader))
            ((load,),) = databases.query("select txid_current()")
        _wait_for_older_readers(databases, int(str(load)))
        _swap(databases, schemas)
        left_behind = not _drop_old(databases)
    return Copied(version, rows, created_reader=not exists, left_behind=left_behind)


def _take_turn(databases: Databases) -> None:
    ((free,),) = databases.query(f"select pg_try_advisory_xact_lock({_LOCK})")
    if not free:
        raise PostgresError("Another copy into this database is under way. Try again when it has ended.")


def _load(
    databases: Databases, relations: Sequence[Relation], schemas: Sequence[str], version: str
) -> dict[str, int]:
    """Fill new schemas with tables, views, keys and words; give the rows of each table."""
    new = {schema: _NEW + schema for schema in schemas}
    for schema, name in new.items():
        text = f"{parse_description(SCHEMA_DESCRIPTIONS[schema]).text} ({MARK} {version})"
        databases.execute(
            [f"create schema {identifier(name)}", f"comment on schema {identifier(name)} is {literal(text)}"]
        )
    for relation in relations:
        databases.execute([statements.create_table(relation, new[relation.schema])])
    databases.duckdb("call pg_clear_cache()")  # else DuckDB does not see the new tables
    rows = {}
    for count, relation in enumerate(relations, start=1):
        target = identifier(POSTGRES, new[relation.schema], relation.name)
        ((copied,),) = databases.duckdb(
            f"insert into {target} {statements.select(relation, PUBLISHED)}"
        ).fetchall()
        rows[relation.full_name] = int(copied)
        databases.execute(statements.comments(relation, new[relation.schema]))
        report(STEP, count, len(relations))
    databases.execute(statements.primary_keys(relations, new))
    databases.execute(statements.foreign_keys(relations, new))
    marts = new[chinese_views.SHOWN_SCHEMA]
    for view in chinese_views.chinese_views(relations, new[chinese_views.SCHEMA], marts):
        databases.execute([view.create, *view.comments])
    databases.execute([f"analyze {identifier(new[each.schema], each.name)}" for each in relations])
    return rows


def _wait_for_older_readers(databases: Databases, load: int) -> None:
    """Wait until nobody reads by a snapshot from before the transaction ``load``, but not for ever.

    PostgreSQL shows the snapshots of other users to those alone who may read all statistics; else none is
    waited for.
    """
    older = f"""
        select count(*)::int from pg_stat_activity
        where datname = current_database() and pid != pg_backend_pid()
            and age(backend_xmin) >= age({literal(str(load % 2**32))}::xid)
    """
    _patiently(lambda: databases.query(older) == [(0,)])


def _patiently(is_done: Callable[[], bool]) -> bool:
    """Ask until it is done, but not for ever; give whether it is."""
    give_up = monotonic() + _PATIENCE
    while not (done := is_done()) and monotonic() < give_up:
        sleep(0.05)
    return done


def _swap(databases: Databases, schemas: Sequence[str]) -> None:
    """Let the new schemas take the names of the old ones. No table is locked, so no reader is waited for."""
    with databases.transaction():
        ((swap,),) = databases.query("select txid_current()")
        for schema in _existing(databases, schemas):
            databases.execute([_rename(schema, f"{_OLD}{swap}_{schema}")])
        databases.execute([_rename(_NEW + schema, schema) for schema in schemas])


def _existing(databases: Databases, schemas: Sequence[str]) -> list[str]:
    names = ", ".join(map(literal, schemas))
    found = databases.query(f"select nspname::text from pg_namespace where nspname in ({names})")
    return [str(schema) for (schema,) in found]


def _rename(schema: str, name: str) -> str:
    return f"alter schema {identifier(schema)} rename to {identifier(name)}"


def _drop_old(databases: Databases) -> bool:
    """Drop what was swapped out, but not what somebody goes on reading; give whether all is gone."""

    def is_gone() -> bool:
        for schemas in _swapped_out(databases):
            databases.execute([_drop_unless_read(schemas)])
        return not _swapped_out(databases)

    return _patiently(is_gone)


def _swapped_out(databases: Databases) -> list[list[str]]:
    """The old schemas of each swap that are still there."""
    found = databases.query(
        f"""
        select split_part(nspname, '_', 4)::text, nspname::text from pg_namespace
        where starts_with(nspname, '{_OLD}') and obj_description(oid, 'pg_namespace') like '%{MARK}%'
        order by 1, 2
        """
    )
    return [[str(schema) for _, schema in rows] for _, rows in groupby(found, key=lambda row: row[0])]


def _drop_unless_read(schemas: Sequence[str]) -> str:
    """The statement that drops some schemas if nobody has anything in them locked, and else does nothing.

    It has locked all of it before it drops any, and waits for no lock: whoever waits while having some may be
    waited for in turn, and PostgreSQL would end one of the two, which may be the reader.
    """
    names = ", ".join(map(literal, schemas))
    return f"""
        do $$
        declare relation regclass;
        begin
            if not pg_try_advisory_xact_lock({_LOCK}) then
                return; -- the copy that has the turn drops them
            end if;
            for relation in
                select pg_class.oid from pg_class join pg_namespace on pg_namespace.oid = relnamespace
                where nspname in ({names}) and relkind in ('r', 'v')
            loop
                execute format('lock table %s in access exclusive mode nowait', relation);
            end loop;
            {"; ".join(_drops(schemas))};
        exception when lock_not_available then
            return;
        end $$
    """


def _drops(schemas: Sequence[str]) -> list[str]:
    return [f"drop schema if exists {identifier(schema)} cascade" for schema in schemas]
