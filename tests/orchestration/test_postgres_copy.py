"""A PostgreSQL copy has all that is published, can only be read, and is replaced unnoticed by its readers."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from threading import Event
from time import sleep

import duckdb
import psycopg
import pytest
from declared import relation, with_types
from postgres_server import PASSWORD, READER, Server
from psycopg.types.json import set_json_loads
from tiny_warehouse import MADE_FROM, RELATIONS

from orchestration.building.catalogue import Relation
from orchestration.home.paths import Paths
from orchestration.home.postgres_address import parse_address
from orchestration.postgres import copying
from orchestration.postgres.connection import PostgresError
from orchestration.postgres.copying import Copied, copy_to_postgres
from orchestration.publishing.meta import RELATIONS as META
from orchestration.publishing.meta import read_meta
from orchestration.publishing.publish import publish
from tests.conftest import disclosures, run_disclosures

Ask = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def ask(server: Server, database: str) -> Ask:
    """Query the database as its owner."""

    def ask(query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(server.url(database)) as connection:
            return connection.execute(query).fetchall()

    return ask


def published_relations(paths: Paths) -> list[Relation]:
    with duckdb.connect(paths.published_file, read_only=True) as connection:
        return [*read_meta(connection), *META]


@pytest.fixture
def copy(server: Server, database: str, built: Paths) -> Callable[..., Copied]:
    """Publish the tiny build and copy it."""

    def copy(user: str = "postgres", reader: str = READER, relations: Sequence[Relation] = ()) -> Copied:
        publish(built, RELATIONS, MADE_FROM)
        address = parse_address(server.url(database, user))
        return copy_to_postgres(
            built.published_file, relations or published_relations(built), address, reader
        )

    return copy


Copy = Callable[..., Copied]


def test_every_published_row_is_in_the_copy(server: Server, database: str, sample_warehouse: Path) -> None:
    ran = disclosures(sample_warehouse, "export-postgres", server.url(database))
    assert "where the role disclosures_reader may read them" in ran.stdout
    with (
        duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as published,
        psycopg.connect(server.url(database)) as connection,
    ):
        set_json_loads(partial(json.loads, parse_float=Decimal), connection)
        relations = [*read_meta(published), *META]
        for each in relations:
            counted = f"select count(*) from {each.full_name}"
            assert connection.execute(counted).fetchone() == published.execute(counted).fetchone(), (
                each.full_name
            )
        marts = [each for each in relations if each.schema == "marts"]
        assert len(marts) > 10
        for each in marts:
            names = ", ".join(column.name for column in each.columns)
            rows = f"select {names} from {each.full_name}"
            assert as_set(connection.execute(rows)) == as_set(published.execute(rows)), each.full_name
        keys = connection.execute(
            "select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) from pg_constraint "
            "where contype in ('p', 'f') and connamespace <> 'pg_catalog'::regnamespace"
        ).fetchall()
    declared = sum(bool(each.primary_key) + len(each.foreign_keys) for each in relations)
    assert len(keys) == declared
    into_another_schema = "FOREIGN KEY (identity_id) REFERENCES reconciliation.identity_results(identity_id)"
    assert (f"marts.fct_findings {into_another_schema}",) in keys


def as_set(answered: psycopg.Cursor | duckdb.DuckDBPyConnection) -> set[tuple[object, ...]]:
    return {tuple(map(hashable, row)) for row in answered.fetchall()}


def hashable(value: object) -> object:
    """A value with its lists and records as tuples; numbers stay exact, and 1.50 is 1.5."""
    if isinstance(value, dict):
        return tuple((name, hashable(each)) for name, each in sorted(value.items()))
    return tuple(map(hashable, value)) if isinstance(value, list) else value


def test_words_keys_and_chinese_views_are_copied(copy: Copy, ask: Ask) -> None:
    copied = copy()
    assert copied.rows["marts.fct_amount"] == 2
    assert ask("select version from meta.version") == [(copied.version,)]
    assert ask("select obj_description('staging.amounts'::regclass)") == [
        ("One row per printed amount's cell.",)
    ]
    assert ask("select col_description('staging.amounts'::regclass, 1)") == [
        ("Exact, in 元. ｜ 金额（元）：精确。",)
    ]
    assert ask(
        "select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'marts.fct_amount'::regclass "
        "and contype in ('p', 'f') order by 1"
    ) == [
        ("FOREIGN KEY (document_id) REFERENCES marts.dim_document(document_id)",),
        ("PRIMARY KEY (amount_id)",),
    ]
    assert ask('select 文件编号, "金额（元）"::text from zh.金额 order by 金额编号') == [
        ("a", "1.10"),
        ("a", None),
    ]
    assert ask("select obj_description('zh.金额'::regclass)") == [("每个金额一行。（即 marts.fct_amount）",)]


def test_a_copy_replaces_the_one_before_and_leaves_nothing_else(copy: Copy, built: Paths, ask: Ask) -> None:
    copy()
    with duckdb.connect(built.build_file) as connection:
        connection.execute("insert into staging.amounts values (7, '7.00', 'b')")
    copy()
    assert ask("select sum(amount_yuan)::text from marts.fct_amount") == [("8.10",)]
    schemas = ask("select nspname::text from pg_namespace where nspname !~ '^pg_' order by 1")
    assert schemas == [(name,) for name in ("information_schema", "marts", "meta", "public", "staging", "zh")]


REFUSED = [
    "insert into marts.dim_document values ('x')",
    "update marts.dim_document set document_id = 'x'",
    "delete from marts.dim_document",
    "truncate marts.dim_document",
    "drop table marts.dim_document",
    "drop view zh.金额",
    "drop schema marts cascade",
    "alter table marts.dim_document add column x int",
    "comment on table marts.dim_document is 'x'",
    "create table marts.mine (x int)",
    "create table public.mine (x int)",
    "create schema mine",
    "create role mine",
    "select * from marts.dim_document for update",
    "copy marts.dim_document to '/tmp/stolen'",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_role_of_readers_can_change_nothing(
    copy: Copy, server: Server, database: str, statement: str
) -> None:
    copy()
    with psycopg.connect(server.url(database, "analyst"), autocommit=True) as connection:
        for read in ("marts.dim_document", "staging.documents", "meta.version", "zh.金额"):
            assert connection.execute(f"select count(*) from {read}").fetchone() != (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_the_role_of_readers_cannot_give_itself_more(copy: Copy, server: Server, database: str) -> None:
    copy()
    with psycopg.connect(server.url(database, "analyst"), autocommit=True) as connection:
        connection.execute("grant insert on marts.dim_document to analyst")  # grants nothing, with a warning
        granted = "select has_table_privilege('analyst', 'marts.dim_document', 'insert')"
        assert connection.execute(granted).fetchone() == (False,)


@pytest.mark.parametrize("statement", ["delete from marts.dim_document", "create table marts.mine (x int)"])
def test_psql_reads_as_the_role_and_can_change_nothing(
    copy: Copy, server: Server, database: str, statement: str
) -> None:
    copy()

    def psql(query: str) -> subprocess.CompletedProcess[str]:
        command = [server.psql, server.url(database, "analyst"), "-XAtc", query]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert psql("select 文件编号 from zh.金额 limit 1").stdout == "a\n"
    refused = psql(statement)
    assert refused.returncode == 1
    assert "permission denied" in refused.stderr


def test_tables_that_are_added_later_can_be_read_too(copy: Copy, server: Server, database: str) -> None:
    copy()
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        connection.execute("create table marts.later as select 1 as x")
    with psycopg.connect(server.url(database, "analyst")) as connection:
        assert connection.execute("select x from marts.later").fetchone() == (1,)


def test_a_new_role_is_created_without_login(copy: Copy, ask: Ask) -> None:
    assert not copy().created_reader
    assert copy(reader="another reader").created_reader
    assert ask("select rolcanlogin, rolsuper from pg_roles where rolname = 'another reader'") == [
        (False, False)
    ]
    assert ask("select has_schema_privilege('another reader', 'marts', 'usage')") == [(True,)]


def read_until(stop: Event, url: str, isolation: psycopg.IsolationLevel | None) -> tuple[int, set[str]]:
    """Read without a pause, in new connections or in transactions of ``isolation``; fail on an empty table.

    Gives how often, and which versions were seen.
    """
    reads, versions = 0, set()
    with psycopg.connect(url) as kept:
        kept.isolation_level = isolation
        while not stop.is_set():
            opened = psycopg.connect(url) if isolation is None else nullcontext(kept)
            with opened as connection, connection.transaction():
                for table in ("marts.dim_document", "zh.金额"):
                    assert connection.execute(f"select count(*) from {table}").fetchone() == (2,)
                ((version,),) = connection.execute("select version from meta.version").fetchall()
            versions.add(version)
            reads += 1
    return reads, versions


@pytest.mark.parametrize("isolation", [None, psycopg.IsolationLevel.REPEATABLE_READ])
def test_readers_see_no_error_and_no_empty_table_while_copies_go_on(
    copy: Copy, server: Server, database: str, isolation: psycopg.IsolationLevel | None
) -> None:
    copies = [copy().version]
    stop = Event()
    with ThreadPoolExecutor(2) as readers:
        url = server.url(database, "analyst")
        reading: list[Future[tuple[int, set[str]]]] = [
            readers.submit(read_until, stop, url, isolation) for _ in range(2)
        ]
        try:
            copies += [copy().version for _ in range(3)]
        finally:
            stop.set()
        for each in reading:
            reads, versions = each.result(timeout=60)
            assert reads > len(copies)
            assert len(versions) > 1, "a reader that saw one version was not there for the swaps"
            assert versions <= set(copies)


def test_a_reader_who_stays_keeps_the_old_tables_and_holds_nobody_up(
    copy: Copy, server: Server, database: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_PATIENCE", 0.1)
    first = copy()
    with psycopg.connect(server.url(database, "analyst")) as staying:
        staying.execute("select * from meta.version")
        for _ in range(2):
            later = copy()
            assert later.left_behind
            assert ask("select version from meta.version") == [(later.version,)]
        assert later.version != first.version
        kept = ask("select count(*) from pg_namespace where nspname like '%old%meta'")
        assert kept == [(1,)], "what nobody reads is dropped"
    assert not copy().left_behind
    assert ask("select nspname from pg_namespace where nspname like '%old%'") == []


def test_a_reader_of_an_old_view_is_never_caught_in_a_deadlock(
    copy: Copy, server: Server, database: str, ask: Ask
) -> None:
    """A query locks a view first and then the tables under it, and the old ones may be dropped between."""
    copy()
    with ThreadPoolExecutor(1) as other, psycopg.connect(server.url(database)) as reader:
        reader.execute("comment on view zh.金额 is 'locked without its table'")
        copied = other.submit(copy)
        old = "select nspname::text from pg_namespace where nspname like '%old%marts'"
        while not ask(old):
            sleep(0.02)
        sleep(0.5)  # now it is being dropped
        ((marts,),) = ask(old)
        assert reader.execute(f"select count(*) from {marts}.fct_amount").fetchone() == (2,)
        reader.commit()
        assert not copied.result(timeout=60).left_behind


def test_a_copy_that_fails_leaves_what_readers_have(copy: Copy, built: Paths, ask: Ask) -> None:
    version = copy().version
    wrong = [
        replace(each, primary_key=("amount_text",)) if each.full_name == "staging.amounts" else each
        for each in published_relations(built)
    ]
    with duckdb.connect(built.build_file) as connection:
        connection.execute("insert into staging.amounts values (1, '-', 'a')")
    with pytest.raises(PostgresError, match=r"could not create unique index (.|\n)*amount_text"):
        copy(relations=wrong)
    assert ask("select version from meta.version") == [(version,)]
    assert ask("select nspname from pg_namespace where nspname like '%disclosures%'") == []


def test_somebody_elses_schema_is_never_replaced(copy: Copy, server: Server, database: str, ask: Ask) -> None:
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        connection.execute("create schema staging; create table staging.theirs as select 1 as x")
    with pytest.raises(PostgresError, match=r"schema staging .* holds something else .* Rename it"):
        copy()
    assert ask("select x from staging.theirs") == [(1,)]


def test_a_view_that_others_made_of_the_copy_is_named_and_not_dropped(
    copy: Copy, server: Server, database: str, ask: Ask
) -> None:
    copy()
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        connection.execute("create view public.report as select count(*) as n from marts.fct_amount")
    with pytest.raises(PostgresError, match=r"public\.report .* Drop them"):
        copy()
    assert ask("select n from public.report") == [(2,)]


def test_one_copy_at_a_time(copy: Copy, server: Server, database: str) -> None:
    with psycopg.connect(server.url(database)) as other:
        other.execute(f"select pg_advisory_xact_lock({copying._LOCK})")
        with pytest.raises(PostgresError, match=r"Another copy .* under way"):
            copy()


def test_who_may_not_create_schemas_is_told_what_to_ask_for(copy: Copy, database: str) -> None:
    with pytest.raises(
        PostgresError, match=f'may not create schemas .* grant create on database "{database}"'
    ):
        copy(user="analyst")


def test_who_may_not_create_roles_is_told_what_to_ask_for(copy: Copy, server: Server, database: str) -> None:
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        connection.execute(f"grant create on database {database} to analyst")
    with pytest.raises(PostgresError, match=r'may not create roles.* create role "nobody" nologin'):
        copy(user="analyst", reader="nobody")


def test_somebody_without_privileges_but_this_one_can_make_a_copy(
    copy: Copy, server: Server, database: str, ask: Ask
) -> None:
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        connection.execute(f"grant create on database {database} to analyst")
    assert copy(user="analyst").rows["marts.fct_amount"] == 2
    copy(user="analyst")
    assert ask("select pg_get_userbyid(nspowner)::text from pg_namespace where nspname = 'marts'") == [
        ("analyst",)
    ]


def test_a_role_that_can_do_more_than_read_is_no_reader(copy: Copy) -> None:
    with pytest.raises(PostgresError, match="postgres can do more than read"):
        copy(reader="postgres")


@pytest.mark.parametrize("debug", [[], ["--debug"]])
def test_a_wrong_password_is_said_and_never_shown(
    server: Server, database: str, sample_warehouse: Path, debug: list[str]
) -> None:
    url = server.url(database, "locked", "wr0ng&secret")
    ran = run_disclosures(sample_warehouse, *debug, "export-postgres", url)
    assert ran.returncode == 1
    assert "password authentication failed" in ran.stderr
    assert "locked@" in ran.stderr
    assert "wr0ng" not in ran.stdout + ran.stderr


def test_the_right_password_opens_also_with_characters_that_need_quotation(
    server: Server, database: str, sample_warehouse: Path
) -> None:
    """It gets as far as the question what it may do."""
    ran = run_disclosures(sample_warehouse, "export-postgres", server.url(database, "locked", PASSWORD))
    assert "The user locked may not create schemas" in ran.stderr
    assert PASSWORD not in ran.stderr


def test_no_server_is_said_with_its_address(sample_warehouse: Path) -> None:
    ran = run_disclosures(sample_warehouse, "export-postgres", "postgresql://me:s3cret@127.0.0.1:1/budgets")
    assert ran.returncode == 1
    assert "Cannot connect to me@127.0.0.1:1/budgets" in ran.stderr
    assert "Connection refused" in ran.stderr
    assert "s3cret" not in ran.stderr


def test_values_of_every_kind_arrive_as_they_are(server: Server, database: str, built: Paths) -> None:
    with duckdb.connect(built.build_file) as connection:
        connection.execute(
            """
            create table marts.fct_all as select
                12345678901234567.89::decimal(20, 2) as money, true as yes, 9007199254740993::bigint as big,
                ['a"b', null, '，{}\\\\'] as words, [1, 2]::bigint[] as numbers, []::varchar[] as none,
                [{'金额': 0.10::decimal(20, 2)}] as terms, '甲' || chr(0) || '乙' as with_nul, '' as empty
            """
        )
        types = {name: kind for name, kind, *_ in connection.execute("describe marts.fct_all").fetchall()}
    declared = with_types(relation("marts.fct_all", "One row.", *((name, "") for name in types)), types)
    publish(built, [declared], MADE_FROM)
    copy_to_postgres(
        built.published_file, published_relations(built), parse_address(server.url(database)), READER
    )
    with psycopg.connect(server.url(database)) as connection:
        row = connection.execute("select *, terms::text from marts.fct_all").fetchone()
    assert row is not None
    money, yes, big, words, numbers, none, _, with_nul, empty, terms = row
    assert (str(money), yes, big) == ("12345678901234567.89", True, 9007199254740993)
    assert (words, numbers, none) == (['a"b', None, "，{}\\\\"], [1, 2], [])
    assert terms == '[{"金额": 0.10}]'
    assert (with_nul, empty) == ("甲\ufffd乙", "")
