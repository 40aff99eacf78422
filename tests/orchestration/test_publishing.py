"""What readers open is whole at every moment, says what its columns mean, and is all that was built."""

from __future__ import annotations

import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration import publishing
from orchestration.paths import Paths
from orchestration.publishing import publish

BUILD = """
create schema staging; create schema marts; create schema seeds;
create table staging.amounts (amount_yuan decimal(20, 2), amount_text varchar);
insert into staging.amounts values (1.10, '1.10'), (null, '-');
comment on table staging.amounts is 'One row per printed amount''s cell.';
comment on column staging.amounts.amount_yuan is 'Exact, in 元.';
create view marts.dim_amount as select amount_yuan from "warehouse"."staging"."amounts";
comment on view marts.dim_amount is 'One row per amount.';
create table staging.of_a_model_that_is_gone as select 1 as x;
comment on table staging.of_a_model_that_is_gone is 'One row.';
create table seeds.units as select '元' as unit;
"""

RELATIONS = [("marts", "dim_amount"), ("staging", "amounts")]

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


@pytest.fixture
def built(paths: Paths) -> Paths:
    paths.build_folder.mkdir(parents=True)
    with duckdb.connect(paths.build_file) as connection:
        connection.execute(BUILD)
    return paths


def test_what_is_named_is_copied_and_nothing_else_that_was_built(built: Paths) -> None:
    rows = publish(built.build_file, built.published_file, RELATIONS)
    assert rows == {"marts.dim_amount": 2, "staging.amounts": 2}
    with duckdb.connect(built.published_file, read_only=True) as connection:
        assert connection.execute("select * from staging.amounts").fetchall() == [
            (Decimal("1.10"), "1.10"),
            (None, "-"),
        ]
        assert connection.execute("select count(*) from duckdb_tables()").fetchone() == (2,)


def test_descriptions_are_copied(built: Paths) -> None:
    publish(built.build_file, built.published_file, RELATIONS)
    with duckdb.connect(built.published_file, read_only=True) as connection:
        tables = connection.execute("select table_name, comment from duckdb_tables() order by all").fetchall()
        columns = connection.execute(
            "select column_name, comment from duckdb_columns() where table_name = 'amounts' order by all"
        ).fetchall()
    assert tables == [
        ("amounts", "One row per printed amount's cell."),
        ("dim_amount", "One row per amount."),
    ]
    assert columns == [("amount_text", None), ("amount_yuan", "Exact, in 元.")]


def test_nothing_is_left_beside_the_published_file(built: Paths) -> None:
    (built.home / ".unfinished-1-disclosures.duckdb.wal").write_bytes(b"of a killed publish")
    publish(built.build_file, built.published_file, RELATIONS)
    assert sorted(path.name for path in built.home.iterdir()) == ["build", "disclosures.duckdb"]


def test_a_publish_that_fails_leaves_the_old_file(built: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(built.build_file, built.published_file, RELATIONS)
    before = built.published_file.read_bytes()

    def fail(*_: object) -> None:
        raise duckdb.Error("disk full")

    monkeypatch.setattr(publishing, "_copy_comments", fail)
    with pytest.raises(duckdb.Error, match="disk full"):
        publish(built.build_file, built.published_file, RELATIONS)
    assert built.published_file.read_bytes() == before
    assert sorted(path.name for path in built.home.iterdir()) == ["build", "disclosures.duckdb"]


def test_publishing_before_anything_was_built_says_so(paths: Paths) -> None:
    with pytest.raises(FileNotFoundError, match="nothing to publish"):
        publish(paths.build_file, paths.published_file, RELATIONS)


def test_a_relation_that_was_not_built_is_an_error_and_nothing_is_published(built: Paths) -> None:
    with pytest.raises(duckdb.Error, match="fct_findings"):
        publish(built.build_file, built.published_file, [*RELATIONS, ("marts", "fct_findings")])
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


def publish_number(paths: Paths, number: int) -> None:
    with duckdb.connect(paths.build_file) as connection:
        connection.execute("create schema if not exists marts")
        connection.execute(
            f"create or replace table marts.fct as select {number} as number from range(1_000)"
        )
    publish(paths.build_file, paths.published_file, [("marts", "fct")])
