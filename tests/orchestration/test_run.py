"""``disclosures run`` from end to end, on a warehouse that already has the samples."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl
import pytest
from one_form import AMOUNTS, FORM

from orchestration.home.lake import Lake
from orchestration.home.paths import HOME_VARIABLE, REPOSITORY

pytestmark = pytest.mark.end_to_end

SAMPLES = REPOSITORY / "warehouse" / "samples"


@pytest.fixture
def home(sample_warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the warehouse of the samples, to do with as a test likes."""
    return Path(shutil.copytree(sample_warehouse, tmp_path / "home"))


def test_only_what_is_new_is_read_and_a_bad_file_is_named_until_it_is_taken_out(
    home: Path, tmp_path: Path
) -> None:
    known = len(rows(home, "select document_id from staging.documents"))
    source = Path(shutil.copytree(SAMPLES, tmp_path / "source"))
    text = FORM.format(amount=123)
    (source / "added.txt").write_text(text, encoding="utf-8")
    (source / "broken.pdf").write_bytes(b"%PDF-1.4 cut off")
    (source / "gone.txt").symlink_to(tmp_path / "nowhere.txt")

    with_bad_files = disclosures(home, "run", "--source", str(source))
    assert with_bad_files.returncode == 1, with_bad_files.stderr
    assert f"2 parsed now, {known} already known" in with_bad_files.stdout
    assert "failed broken.pdf: " in with_bad_files.stderr
    assert "failed gone.txt: the link points at" in with_bad_files.stderr
    document_id = hashlib.sha256(text.encode()).hexdigest()
    added = rows(home, f"select amount_id from staging.amounts where document_id = '{document_id}'")
    assert len(added) == AMOUNTS

    before = content(home)
    (source / "broken.pdf").unlink()
    (source / "gone.txt").unlink()
    without_them = disclosures(home, "run", "--source", str(source))
    assert without_them.returncode == 0, without_them.stderr
    assert f"0 parsed now, {known + 2} already known" in without_them.stdout
    assert content(home) == before, "a run with nothing new changed the warehouse"
    again = disclosures(home, "run", "--source", str(source))
    assert again.returncode == 0, again.stderr
    assert f"0 parsed now, {known + 2} already known; nothing changed" in again.stdout
    assert "log: " not in again.stderr, "Dagster was started to find nothing"


def test_a_quality_gate_that_fails_is_named_with_its_rows_and_readers_keep_what_they_have(
    home: Path, tmp_path: Path
) -> None:
    before = (home / "disclosures.duckdb").read_bytes()
    staging = Lake(home / "lake").staging
    frames = staging.read_batch("b000001")
    frames["amounts"] = pl.concat([frames["amounts"], frames["amounts"].head(1)])
    staging.write_batch("b000001", frames, staging.manifest().filter(pl.col("batch") == "b000001"))
    (home / "build" / "warehouse.duckdb").unlink()  # it was built before an amount was staged twice
    (tmp_path / "added.txt").write_text(FORM.format(amount=123), encoding="utf-8")

    failed = disclosures(home, "run", "--source", str(tmp_path / "added.txt"))
    assert failed.returncode == 1
    said = " ".join(failed.stderr.split())
    assert "The test holds of staging/stg_amounts failed: 1 row (amount_id unique)." in said, failed.stderr
    assert "The step dbt_models failed" not in failed.stderr, "the same is said twice"
    (version,) = (name for (name,) in rows(home, "select version from meta.version"))
    assert f"Nothing was published. Readers still have version {version} of 2" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert failed.stdout == "", "a table of an earlier warehouse looks like a result of this run"
    (log,) = (line.removeprefix("log: ") for line in failed.stderr.splitlines() if line.startswith("log: "))
    assert "rules_of_staging" in Path(log).read_text(encoding="utf-8")
    assert (home / "disclosures.duckdb").read_bytes() == before


def test_a_second_builder_is_turned_away_at_once(home: Path) -> None:
    take_lock = (
        "import pathlib; from orchestration.home.build_lock import building;"
        "held = building(pathlib.Path(sys.argv[1]), purpose='another run'); held.__enter__()"
    )
    with held(home, take_lock, "build/lock") as holder:
        turned_away = disclosures(home, "run")
    assert turned_away.returncode == 1
    assert f"another run (process {holder} on " in turned_away.stderr
    assert "only one may at a time" in turned_away.stderr


@contextmanager
def held(home: Path, take: str, file: str) -> Iterator[int]:
    """Let another process take hold of a file of the warehouse; give its number."""
    code = f"import sys; {take}; print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(home / file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder.pid
        finally:
            holder.communicate()


def disclosures(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("disclosures")), *arguments]
    environment = {**os.environ, HOME_VARIABLE: str(home)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(home / "disclosures.duckdb", read_only=True) as connection:
        return connection.execute(query).fetchall()


def content(home: Path) -> dict[str, object]:
    """Every published table as numbers that change with any of its cells, whatever the order of rows."""
    tables = rows(home, "select schema_name || '.' || table_name from duckdb_tables() order by all")
    return {
        str(table): rows(home, f"select count(*), bit_xor(hash(t)), sum(hash(t)) from {table} as t")
        for (table,) in tables
    }
