"""What readers open is whole at every moment, says what its columns mean, and is all that was built."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from declared import relation
from tiny_warehouse import AMOUNTS, DIM_DOCUMENT, FCT_AMOUNT, MADE_FROM, NOON, RELATIONS

from orchestration.building.catalogue import ForeignKey
from orchestration.home.paths import Paths
from orchestration.publishing import publish as publishing
from orchestration.publishing import snapshot
from orchestration.publishing.meta import read_meta
from orchestration.publishing.publish import Published, publish

# Opens the file again for each query, as a BI tool does; prints what it saw until told to stop.
READER = """
import sys, duckdb, pathlib
published, stop = sys.argv[1], pathlib.Path(sys.argv[2])
reads, seen = 0, set()
while not stop.exists():
    with duckdb.connect(published, read_only=True) as connection:
        number, rows = connection.execute("select max(number), count(*) from marts.fct").fetchone()
    assert rows == 1_000, rows
    reads += 1
    seen.add(number)
print(reads, len(seen))
"""
PUBLISHES = 20
READERS = 3


Ask = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def ask(built: Paths) -> Ask:
    """Publish, and give what answers queries."""
    publish(built, RELATIONS, MADE_FROM, NOON)

    def ask(query: str) -> list[tuple[object, ...]]:
        with duckdb.connect(built.published_file, read_only=True) as connection:
            return connection.execute(query).fetchall()

    return ask


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_named_is_copied_and_nothing_else_that_was_built(built: Paths) -> None:
    rows = publish(built, RELATIONS, MADE_FROM).rows
    assert rows == {
        "marts.dim_document": 2,
        "marts.fct_amount": 2,
        "staging.amounts": 2,
        "staging.documents": 2,
    }
    with duckdb.connect(built.published_file, read_only=True) as connection:
        copied = connection.execute("select amount_yuan::varchar, amount_text from staging.amounts")
        assert copied.fetchall() == [("1.10", "1.10"), (None, "-")]
        tables = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        assert {table for (table,) in tables if not table.startswith("meta.")} == set(rows)


def test_tables_and_columns_are_described_in_both_languages(ask: Ask) -> None:
    assert ask("select comment from duckdb_tables() where table_name = 'amounts'") == [
        ("One row per printed amount's cell.",)
    ]
    assert ask("select column_name, comment from duckdb_columns() where table_name = 'amounts'") == [
        ("amount_yuan", "Exact, in 元. ｜ 金额（元）：精确。"),
        ("amount_text", "As printed."),
        ("document_id", "Which document."),
    ]


def test_the_marts_carry_the_keys_that_hold(ask: Ask) -> None:
    keys = ask(
        "select constraint_text from duckdb_constraints() "
        "where schema_name = 'marts' and constraint_type <> 'NOT NULL' order by all"
    )
    assert keys == [
        ("FOREIGN KEY (document_id) REFERENCES marts.dim_document(document_id)",),
        ("PRIMARY KEY(amount_id)",),
        ("PRIMARY KEY(document_id)",),
    ]
    not_null = ask(
        "select column_name from duckdb_columns() where table_name = 'fct_amount' and not is_nullable"
    )
    assert not_null == [("amount_id",), ("document_id",)]


def test_a_key_that_does_not_hold_is_an_error_and_nothing_is_published(built: Paths) -> None:
    with duckdb.connect(built.build_file) as connection:
        connection.execute("delete from staging.documents where document_id = 'a'")
    with pytest.raises(duckdb.ConstraintException, match="document_id: a"):
        publish(built, RELATIONS, MADE_FROM)
    assert not built.published_file.exists()


def test_relations_that_refer_to_each_other_in_a_circle_are_an_error() -> None:
    there = replace(DIM_DOCUMENT, foreign_keys=(ForeignKey(("x",), "marts", "fct_amount", ("amount_id",)),))
    with pytest.raises(ValueError, match=r"circle among marts\.fct_amount, marts\.dim_document"):
        list(snapshot.referenced_first([AMOUNTS, FCT_AMOUNT, there]))


def test_a_relation_may_refer_to_itself_whatever_the_order_of_its_rows(built: Paths) -> None:
    with duckdb.connect(built.build_file) as connection:
        connection.execute("create table marts.dim_code (code varchar, parent varchar)")
        connection.execute("insert into marts.dim_code values ('20801', '208'), ('208', null)")
    codes = relation(
        "marts.dim_code",
        "One row per code.",
        ("code!", "The code."),
        ("parent", "The code above it."),
        primary_key=("code",),
        foreign_keys=(ForeignKey(("parent",), "marts", "dim_code", ("code",)),),
    )
    assert publish(built, [codes], MADE_FROM).rows == {"marts.dim_code": 2}
    with duckdb.connect(built.published_file, read_only=True) as connection:
        kept = connection.execute("select columns, referenced_table from meta.foreign_keys").fetchall()
    assert kept == [(["parent"], "dim_code")]


def test_a_mart_whose_every_column_is_named_in_chinese_has_a_view(ask: Ask) -> None:
    assert ask('select 金额编号, 文件编号, "金额（元）"::varchar from zh.金额 order by all') == [
        (1, "a", "1.10"),
        (2, "a", None),
    ]
    assert ask("select view_name, comment from duckdb_views() where schema_name = 'zh'") == [
        ("金额", "每个金额一行。（即 marts.fct_amount）")
    ]
    assert ask("select column_name, comment from duckdb_columns() where schema_name = 'zh'") == [
        ("金额编号", "（即 amount_id）"),
        ("文件编号", "文件的摘要。（即 document_id）"),
        ("金额（元）", "（即 amount_yuan）"),
    ]


def test_views_can_be_read_under_any_name_of_the_file(built: Paths, tmp_path: Path) -> None:
    publish(built, RELATIONS, MADE_FROM)
    moved = built.published_file.rename(tmp_path / "moved and-renamed.duckdb")
    with duckdb.connect(moved, read_only=True) as connection:
        assert connection.execute("select count(*) from zh.金额").fetchone() == (2,)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{moved}' as other (read_only)")
        assert connection.execute("select count(*) from other.zh.金额").fetchone() == (2,)


def test_the_file_says_which_version_it_is_and_what_it_was_made_from(ask: Ask) -> None:
    assert ask("select version, published_at::varchar, documents, documents_sha256 from meta.version") == [
        (f"20260301T120000Z_{MADE_FROM.digest[:8]}", "2026-03-01 12:00:00", 2, "d" * 64)
    ]


def test_the_file_holds_its_own_catalogue(built: Paths, ask: Ask) -> None:
    with duckdb.connect(built.published_file, read_only=True) as connection:
        found = read_meta(connection)
    types = {column.name: column.data_type for each in found for column in each.columns}
    assert types["amount_yuan"] == "DECIMAL(20,2)"
    without_types = [
        replace(each, columns=tuple(replace(column, data_type="") for column in each.columns))
        for each in found
    ]
    assert without_types == RELATIONS
    assert ask("select table_name, row_count from meta.tables order by all") == [
        ("amounts", 2),
        ("dim_document", 2),
        ("documents", 2),
        ("fct_amount", 2),
    ]


def test_a_manifest_lies_beside_each_version_and_beside_the_current_one(built: Paths) -> None:
    published = publish(built, RELATIONS, MADE_FROM, NOON)
    version = built.version_file(published.version.name)
    manifest = json.loads(built.published_manifest.read_bytes())
    assert manifest == json.loads(version.with_suffix(".json").read_bytes())
    assert manifest["version"] == published.version.name
    assert manifest["published_at"] == "2026-03-01T12:00:00+00:00"
    assert manifest["sha256"] == sha256(built.published_file.read_bytes()).hexdigest()
    assert manifest["rows"]["staging.amounts"] == 2
    assert manifest["made_from"]["document_ids"] == ["a", "b"]


def test_a_version_is_one_file_under_two_names_that_nobody_may_write(built: Paths) -> None:
    version = built.version_file(publish(built, RELATIONS, MADE_FROM).version.name)
    assert version.samefile(built.published_file)
    assert stat.S_IMODE(version.stat().st_mode) == 0o444


def test_where_files_have_one_name_only_the_version_is_copied(
    built: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links on this file system")

    monkeypatch.setattr(os, "link", refuse)
    version = built.version_file(publish(built, RELATIONS, MADE_FROM).version.name)
    assert not version.samefile(built.published_file)
    assert version.read_bytes() == built.published_file.read_bytes()


def test_the_last_versions_are_kept_and_the_current_one_whatever_the_clock_says(built: Paths) -> None:
    keeping_two = replace(built, versions_kept=2)

    def published_on(day: int) -> str:
        moment = NOON + timedelta(days=day)
        return publish(keeping_two, RELATIONS, MADE_FROM, moment).version.name

    versions = [published_on(day) for day in (0, 1, 2)]
    kept = {f"disclosures_{version}{suffix}" for version in versions[1:] for suffix in (".duckdb", ".json")}
    assert set(names(built.published_folder)) == kept
    with_wrong_clock = published_on(-9)
    assert built.version_file(with_wrong_clock).samefile(built.published_file)
    assert with_wrong_clock > versions[-1], "versions are no longer in the order in which they came"


def test_two_publishes_in_one_second_are_two_versions(built: Paths) -> None:
    first, second = (publish(built, RELATIONS, MADE_FROM, NOON).version for _ in range(2))
    assert second.published_at - first.published_at == timedelta(seconds=1)
    assert built.version_file(first.name).exists()


def test_what_a_killed_publish_left_is_removed(built: Paths) -> None:
    built.published_folder.mkdir()
    (built.home / ".unfinished-1-disclosures.duckdb").write_bytes(b"of a killed publish")
    (built.published_folder / ".unfinished-1-disclosures_x.duckdb.wal").write_bytes(b"of a killed publish")
    (built.published_folder / ".unfinished-1-disclosures_x.duckdb.tmp").mkdir()
    publish(built, RELATIONS, MADE_FROM)
    assert names(built.home) == ["build", "disclosures.duckdb", "disclosures.json", "published"]
    assert len(names(built.published_folder)) == 2


@pytest.mark.parametrize("step", ["write_snapshot", "_write_manifest", "_make_current"])
def test_a_publish_that_fails_at_any_step_leaves_the_old_file(
    built: Paths, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    publish(built, RELATIONS, MADE_FROM, NOON)
    before = built.published_file.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(publishing, step, fail)
    with pytest.raises(OSError, match="disk full"):
        publish(built, RELATIONS, MADE_FROM, NOON)
    assert built.published_file.read_bytes() == before
    assert not [name for name in names(built.published_folder) if name.startswith(".")]


def test_publishing_before_anything_was_built_says_so(paths: Paths) -> None:
    with pytest.raises(FileNotFoundError, match="nothing to publish"):
        publish(paths, RELATIONS, MADE_FROM)


def test_a_relation_that_was_not_built_is_an_error_and_nothing_is_published(built: Paths) -> None:
    with pytest.raises(duckdb.Error, match="fct_findings"):
        publish(built, [*RELATIONS, relation("marts.fct_findings", "One row.")], MADE_FROM)
    assert not built.published_file.exists()


def test_readers_see_no_error_through_twenty_publishes(paths: Paths, tmp_path: Path) -> None:
    paths.build_folder.mkdir(parents=True)
    stop = tmp_path / "stop"
    publish_number(paths, 0)
    command = [sys.executable, "-c", READER, str(paths.published_file), str(stop)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(READERS)]
    try:
        for number in range(1, PUBLISHES + 1):
            publish_number(paths, number)
            time.sleep(0.05)
    finally:
        stop.touch()
        outputs = [reader.communicate(timeout=60)[0] for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * READERS
    for output in outputs:
        reads, snapshots = (int(word) for word in output.split())
        assert reads > snapshots > 1, "a reader that saw one snapshot was not there for the swaps"


def publish_number(paths: Paths, number: int) -> Published:
    with duckdb.connect(paths.build_file) as connection:
        connection.execute("create schema if not exists marts")
        connection.execute(
            f"create or replace table marts.fct as select {number} as number from range(1_000)"
        )
    return publish(paths, [relation("marts.fct", "One row.", ("number", "Which publish."))], MADE_FROM)
