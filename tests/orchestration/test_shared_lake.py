"""What several machines share is what one would have staged, whoever was first and whatever failed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import boto3
import duckdb
import polars as pl
import psycopg
import pytest
from moto.server import ThreadedMotoServer
from postgres_server import PASSWORD, Server

from extract import extractor_version, printed_frames, read_document, stage
from extract.landing import LandedFile, LandingStore
from extract.media_type import media_type
from extract.records import RECORDS, Document, schema
from extract.sources import FoundFile
from orchestration.building.in_force import documents_in_force, landings_in_force
from orchestration.doctor import examine
from orchestration.home.lake import UNAVAILABLE, Lake
from orchestration.home.paths import REPOSITORY, SHARED_LAKE_VARIABLE, Paths, SettingError, builds
from orchestration.home.postgres_address import parse_address
from orchestration.shared_lake import sharing, tables
from orchestration.shared_lake.address import SharedLake, configured_shared_lake
from orchestration.shared_lake.connection import NAME, SharedLakeError, connected
from orchestration.shared_lake.sharing import share
from orchestration.shared_lake.snapshot import choose_snapshot, read_view
from orchestration.shared_lake.tidying import tidy
from tests.conftest import disclosures

SAMPLES = REPOSITORY / "warehouse" / "samples"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXTS = sorted(path.name for path in SAMPLES.glob("*-*-*.txt"))


@pytest.fixture
def shared_lake(server: Server, database: str, tmp_path: Path) -> SharedLake:
    return SharedLake(parse_address(server.url(database)), str(tmp_path / "data"))


@pytest.fixture
def configured(
    shared_lake: SharedLake, server: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment names the shared lake."""
    monkeypatch.setenv(SHARED_LAKE_VARIABLE, server.url(database))
    monkeypatch.setenv(f"{SHARED_LAKE_VARIABLE}_DATA", shared_lake.data)


@dataclass(frozen=True)
class Machine:
    """A home in which documents are landed and staged, as a run would."""

    paths: Paths

    @property
    def lake(self) -> Lake:
        return Lake(self.paths.lake)

    @property
    def catalogue(self) -> pl.DataFrame:
        return LandingStore(self.paths.landing).catalogue()

    def stage(self, *names: str, now: datetime = NOON, version: str | None = None) -> None:
        """Land some samples and stage them as one batch."""
        store, parts = LandingStore(self.paths.landing), []
        store.land([found(name, (SAMPLES / name).read_bytes()) for name in names], now)
        for name in names:
            data = (SAMPLES / name).read_bytes()
            file = LandedFile(hashlib.sha256(data).hexdigest(), name, media_type(data), len(data))
            parts.append(read_document(file, data))
        frames = stage(printed_frames(parts))
        entries = frames["documents"].select(
            "document_id", "status", extractor_version=pl.lit(version or extractor_version())
        )
        self.lake.staging.write_batch(self.lake.next_batch(), frames, entries)

    def share(self, shared_lake: SharedLake) -> int:
        return share(self.lake, self.catalogue, shared_lake).shared_now


def found(name: str, data: bytes) -> FoundFile:
    return FoundFile(f"https://example.gov.cn/{name}", name, None, None, lambda: data)


@pytest.fixture
def machine(tmp_path: Path) -> Callable[[str], Machine]:
    def machine(name: str) -> Machine:
        home = Machine(Paths(tmp_path / name, ()))
        home.lake.prepare()
        return home

    return machine


def rows_in_force(shared_lake: SharedLake) -> dict[str, list[tuple[object, ...]]]:
    """All rows but the batch names, which are nobody's business, by table."""
    with connected(shared_lake, read_only=True) as connection:
        return {
            record.table: connection.execute(
                f"select {', '.join(schema(record))} from {NAME}.staged.{record.table} "
                f"semi join {NAME}.staged.current_manifest using (document_id, batch) order by all"
            ).fetchall()
            for record in RECORDS
        }


def ask(shared_lake: SharedLake, query: str) -> list[tuple[object, ...]]:
    with connected(shared_lake, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_three_writers_at_once_leave_the_rows_of_one(
    machine: Callable[[str], Machine], server: Server, shared_lake: SharedLake, tmp_path: Path
) -> None:
    """Into a lake that none of them has prepared, and with documents that two of them have."""
    writers = [machine(f"writer-{number}") for number in range(3)]
    for number, writer in enumerate(writers):
        for name in [*TEXTS[number::3], TEXTS[0]]:
            writer.stage(name)  # each its own batch, so that there is more to commit at once
    together = Barrier(len(writers))

    def share_at_once(writer: Machine) -> int:
        together.wait(timeout=60)
        return writer.share(shared_lake)

    with ThreadPoolExecutor(len(writers)) as pool:
        shared = list(pool.map(share_at_once, writers))
    assert sum(shared) >= len(TEXTS)
    one = machine("one")
    one.stage(*TEXTS)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("create database of_one")
    alone = SharedLake(parse_address(server.url("of_one")), str(tmp_path / "data-of-one"))
    assert one.share(alone) == len(TEXTS)
    of_three, of_one = rows_in_force(shared_lake), rows_in_force(alone)
    assert {table: len(rows) for table, rows in of_three.items()} == {
        table: len(rows) for table, rows in of_one.items()
    }
    assert of_three == of_one
    assert len(of_one["amounts"]) > 1000


@pytest.mark.long
def test_what_is_there_is_not_shared_again(
    machine: Callable[[str], Machine], shared_lake: SharedLake
) -> None:
    first, second = machine("first"), machine("second")
    first.stage(*TEXTS[:2])
    second.stage(*TEXTS[1:3])
    assert [first.share(shared_lake), second.share(shared_lake), first.share(shared_lake)] == [2, 1, 0]


def test_a_batch_comes_whole_or_not_at_all(
    machine: Callable[[str], Machine], shared_lake: SharedLake, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = machine("writer")
    writer.stage(TEXTS[0])
    append = sharing._append

    def fail_at_the_end(connection: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> None:
        append(connection, table, rows)
        if table == "manifest":
            raise OSError("the machine went away")

    with monkeypatch.context() as patched:
        patched.setattr(sharing, "_append", fail_at_the_end)
        with pytest.raises(OSError, match="went away"):
            writer.share(shared_lake)
    assert ask(shared_lake, f"select count(*) from {NAME}.staged.amounts") == [(0,)]
    assert writer.share(shared_lake) == 1
    assert ask(shared_lake, f"select count(distinct batch) from {NAME}.staged.amounts") == [(1,)]


def test_of_a_document_that_was_read_again_the_last_batch_is_in_force(
    machine: Callable[[str], Machine], shared_lake: SharedLake
) -> None:
    writer = machine("writer")
    writer.stage(TEXTS[0], version="older")
    writer.share(shared_lake)
    once = rows_in_force(shared_lake)
    writer.stage(TEXTS[0])
    assert writer.share(shared_lake) == 1
    assert rows_in_force(shared_lake) == once
    in_force = ask(shared_lake, f"select extractor_version from {NAME}.staged.current_manifest")
    assert in_force == [(extractor_version(),)]


def test_tidying_deletes_what_is_no_longer_in_force_and_nothing_else(
    machine: Callable[[str], Machine], shared_lake: SharedLake
) -> None:
    writer = machine("writer")
    writer.stage(*TEXTS[:2], version="older")
    writer.share(shared_lake)
    writer.stage(TEXTS[0])
    writer.share(shared_lake)
    in_force, stored = rows_in_force(shared_lake), files(shared_lake)
    tidied = tidy(shared_lake, timedelta(0))
    assert tidied.documents == 1
    assert tidied.snapshots > 2
    assert rows_in_force(shared_lake) == in_force
    assert ask(shared_lake, f"select count(*) from {NAME}.staged.manifest") == [(2,)]
    rows = ask(shared_lake, f"select count(*) from {NAME}.staged.amounts")
    assert rows == [(len(in_force["amounts"]),)]
    assert files(shared_lake) < stored
    assert tidy(shared_lake, timedelta(0)).documents == 0


@pytest.mark.long
def test_tidying_leaves_what_a_build_may_still_read(
    machine: Callable[[str], Machine], shared_lake: SharedLake
) -> None:
    writer = machine("writer")
    writer.stage(TEXTS[0], version="older")
    writer.share(shared_lake)
    chosen = choose_snapshot(writer.paths, shared_lake)
    before = read_view(shared_lake, "current_manifest", chosen)
    writer.stage(TEXTS[0])
    writer.share(shared_lake)
    assert tidy(shared_lake, timedelta(days=1)).documents == 1
    assert read_view(shared_lake, "current_manifest", chosen).equals(before)
    with connected(shared_lake, read_only=True, snapshot=chosen) as connection:
        rows = connection.execute(f"select count(*) from {NAME}.staged.amounts").fetchone()
    assert rows == (writer.lake.staging.read_table("b000001", "amounts").height,)


def files(shared_lake: SharedLake) -> int:
    return sum(1 for path in Path(shared_lake.data).rglob("*.parquet"))


@pytest.mark.long
def test_what_one_machine_could_not_have_another_may_bring(
    machine: Callable[[str], Machine], shared_lake: SharedLake
) -> None:
    without, with_it = machine("without"), machine("with")
    for each in (without, with_it):
        each.stage(TEXTS[0])
    manifest = without.lake.staging.manifest()
    manifest.with_columns(status=pl.lit(UNAVAILABLE)).write_parquet(without.lake.staging.manifest_file)
    shared = [each.share(shared_lake) for each in (without, with_it, without)]
    assert shared == [1, 1, 0]
    assert ask(shared_lake, f"select status from {NAME}.staged.current_manifest") == [("read",)]


def test_a_column_of_a_newer_extractor_is_added(
    machine: Callable[[str], Machine], shared_lake: SharedLake, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, all_tables = machine("writer"), tables._tables()
    older = {**all_tables, "documents": {**all_tables["documents"]}}
    newest = list(schema(Document))[-1]
    del older["documents"][newest]
    monkeypatch.setattr(tables, "_tables", lambda: older)
    assert writer.share(shared_lake) == 0
    monkeypatch.undo()
    writer.stage(TEXTS[0])
    assert writer.share(shared_lake) == 1
    assert len(ask(shared_lake, f"select {newest} from {NAME}.staged.documents")) == 1


@pytest.mark.long
@pytest.mark.usefixtures("configured")
def test_a_build_is_of_one_moment_while_others_go_on(
    machine: Callable[[str], Machine], shared_lake: SharedLake
) -> None:
    builder, other = machine("builder"), machine("other")
    builder.stage(TEXTS[0])
    builder.share(shared_lake)
    choose_snapshot(builder.paths, shared_lake)
    other.stage(TEXTS[1])
    other.share(shared_lake)
    assert documents_in_force(builder.paths).height == landings_in_force(builder.paths).height == 1
    choose_snapshot(builder.paths, shared_lake)
    assert documents_in_force(builder.paths).height == landings_in_force(builder.paths).height == 2


@pytest.mark.long
def test_which_of_two_documents_at_one_address_was_found_later_holds_across_machines(
    machine: Callable[[str], Machine], shared_lake: SharedLake
) -> None:
    first, second = machine("first"), machine("second")
    sample = (SAMPLES / TEXTS[0]).read_bytes()

    def find(home: Machine, data: bytes, now: datetime) -> str:
        store = LandingStore(home.paths.landing)
        (document_id,) = store.land([found("same.txt", data)], now)["document_id"]
        home.lake.staging.write_batch(
            home.lake.next_batch(),
            {},
            pl.DataFrame([{"document_id": document_id, "extractor_version": "1", "status": "read"}]),
        )
        home.share(shared_lake)
        return str(document_id)

    expected = [
        find(first, sample, NOON),
        find(second, sample + b"\nsecond", NOON + timedelta(days=1)),
        find(first, sample + b"\nthird", NOON + timedelta(days=2)),
        find(first, sample + b"\nfourth, the clock put back", NOON - timedelta(days=9)),
    ]
    order = ask(shared_lake, f"select document_id from {NAME}.staged.current_landings order by found_no")
    assert [document_id for (document_id,) in order] == expected


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An object store of the tests' own, as the environment names one."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    settings = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "a secret of the bucket",
        "AWS_REGION": "us-east-1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="disclosures")
    yield "disclosures"
    server.stop()


@pytest.mark.long
def test_the_files_may_be_in_an_object_store(
    machine: Callable[[str], Machine], shared_lake: SharedLake, bucket: str, tmp_path: Path
) -> None:
    writer = machine("writer")
    writer.stage(TEXTS[0])
    in_bucket = replace(shared_lake, data=f"s3://{bucket}/lake")
    assert writer.share(in_bucket) == 1
    stored = boto3.client("s3", region_name="us-east-1").list_objects_v2(Bucket=bucket)
    assert any("lake/staged/amounts/" in entry["Key"] for entry in stored["Contents"])
    assert not (tmp_path / "data").exists()
    rows = rows_in_force(in_bucket)
    frames = writer.lake.staging.read_batch("b000001")
    assert {table: len(rows[table]) for table in rows} == {table: frames[table].height for table in rows}


def test_a_bucket_that_is_not_there_is_named_without_its_secret(
    machine: Callable[[str], Machine], shared_lake: SharedLake, bucket: str
) -> None:
    writer = machine("writer")
    writer.stage(TEXTS[0])
    elsewhere = replace(shared_lake, data=f"s3://not-{bucket}/lake")
    with pytest.raises(SharedLakeError, match=f"with its files in s3://not-{bucket}/lake: ") as refused:
        writer.share(elsewhere)
    assert "a secret of the bucket" not in str(refused.value)


def test_a_password_gets_in_and_is_in_no_message(
    machine: Callable[[str], Machine], server: Server, shared_lake: SharedLake, database: str
) -> None:
    right = parse_address(server.url(database, "locked", PASSWORD))
    with pytest.raises(SharedLakeError, match="permission denied for schema public"):
        # It got in, and PostgreSQL lets no new role make tables there.
        machine("right").share(replace(shared_lake, catalogue=right))
    wrong = parse_address(server.url(database, "locked", "n0t the password"))
    with pytest.raises(SharedLakeError, match="password authentication failed") as refused:
        machine("wrong").share(replace(shared_lake, catalogue=wrong))
    assert "n0t" not in str(refused.value)
    assert refused.value.__context__ is None


def test_a_lake_that_does_not_answer_is_named_with_its_reason(
    machine: Callable[[str], Machine], tmp_path: Path
) -> None:
    nowhere = SharedLake(parse_address("postgresql://someone@127.0.0.1:1/lake"), str(tmp_path))
    with pytest.raises(SharedLakeError, match=r"someone@127\.0\.0\.1:1/lake .*[Cc]onnection refused"):
        machine("writer").share(nowhere)


@pytest.mark.parametrize(
    ("catalogue", "data", "reason"),
    [
        ("mysql://x/y", "/mnt/lake", "does not begin with postgresql://"),
        ("postgresql://x/y", "", "says where the Parquet files go"),
        ("postgresql://x/y", "lake", "has to be absolute"),
    ],
)
def test_settings_that_mean_nothing_are_refused(
    monkeypatch: pytest.MonkeyPatch, catalogue: str, data: str, reason: str
) -> None:
    monkeypatch.setenv(SHARED_LAKE_VARIABLE, catalogue)
    monkeypatch.setenv(f"{SHARED_LAKE_VARIABLE}_DATA", data)
    with pytest.raises(SettingError, match=reason):
        configured_shared_lake()


def test_nobody_collects_for_a_lake_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURES_BUILDS", "no")
    with pytest.raises(SettingError, match="names no lake"):
        builds()
    monkeypatch.setenv("DISCLOSURES_BUILDS", "never")
    with pytest.raises(SettingError, match="yes or no"):
        builds()


@pytest.mark.long
@pytest.mark.usefixtures("configured")
def test_the_doctor_says_what_is_not_shared_and_what_does_not_answer(
    machine: Callable[[str], Machine], shared_lake: SharedLake, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = machine("writer")
    writer.stage(*TEXTS[:2])

    def faults() -> list[str]:
        return [
            fault.what
            for check, found in examine(writer.paths)
            if check.name == "shared.lake"
            for fault in found
        ]

    for _ in range(2):  # an examination makes no lake
        (fault,) = faults()
        assert "there is no lake yet; the first run" in fault
    writer.share(shared_lake)
    assert faults() == []
    writer.stage(*TEXTS[:4])
    assert faults() == ["2 documents of this machine are not in it"]
    monkeypatch.setenv(SHARED_LAKE_VARIABLE, "postgresql://someone@127.0.0.1:1/lake")
    (fault,) = faults()
    assert "onnection refused" in fault


@pytest.mark.long
@pytest.mark.usefixtures("configured")
def test_a_run_over_a_shared_lake_publishes_what_a_run_over_all_documents_does(
    sample_warehouse: Path,
    tmp_path: Path,
    monkeypatch,
) -> None:
    """One machine only collects; the other brings the rest, and builds of all of them."""
    collecting, building = tmp_path / "collecting", tmp_path / "building"
    for source in (collecting, building):
        source.mkdir()
    for path in SAMPLES.iterdir():
        ((collecting if path.name in TEXTS[:-2] else building) / path.name).symlink_to(path)
    with monkeypatch.context() as environment:
        environment.setenv("DISCLOSURES_BUILDS", "no")
        environment.setenv("DISCLOSURES_SOURCES", str(collecting))
        collected = disclosures(tmp_path / "collector", "run")
    added = len(TEXTS[:-2])
    assert f"{added} added to the shared lake, which has {added};" in collected.stdout
    assert not (tmp_path / "collector" / "disclosures.duckdb").exists()
    monkeypatch.setenv("DISCLOSURES_SOURCES", str(building))
    home = tmp_path / "home"
    disclosures(home, "run")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{home / 'disclosures.duckdb'}' as shared (read_only)")
        connection.execute(f"attach '{sample_warehouse / 'disclosures.duckdb'}' as alone (read_only)")
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'alone' "
            "and schema_name in ('staging', 'reconciliation', 'marts')"
        ).fetchall()
        # where and when a document was found differs between two machines
        apart_from_places = {
            "staging.landings": "select document_id from {}",
            "marts.dim_document": "select * exclude (uri, found_at) from {}",
            "reconciliation.int_document_links": "from {} where name not like '%://%'",
        }
        differing = {}
        for (table,) in names:
            query = apart_from_places.get(table, "from {}")
            of_shared, of_alone = query.format(f"shared.{table}"), query.format(f"alone.{table}")
            differing[table] = connection.execute(
                f"select count(*) from ({of_shared} except all {of_alone})"
            ).fetchall()
        counts = [
            connection.execute(f"select count(*) from {name}.marts.dim_document").fetchall()
            for name in ("shared", "alone")
        ]
    assert {table: rows for table, rows in differing.items() if rows != [(0,)]} == {}
    assert counts[0] == counts[1]
