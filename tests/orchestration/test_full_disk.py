"""A full disk ends a run in words and harms nothing; with room again, the next run makes up for it.

What happens at every size of disk, from the first file on, is ``python -m tests.benchmarks.full_disk``.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.home.disk_space import everything_said, full_disk
from orchestration.home.paths import REPOSITORY
from tests.conftest import disclosures, run_disclosures

SAMPLE = REPOSITORY / "warehouse" / "samples" / "unit-budget-2024-xixiang.txt"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Give the disk a size, with all that is on it; give where it is."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def resize(size: str) -> Path:
        options = f"size={size}" if not folder.is_mount() else f"remount,size={size}"
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if mounted.returncode:
            pytest.skip(f"no disk of another size can be mounted here: {mounted.stderr.strip()}")
        return folder

    yield resize
    if folder.is_mount():
        subprocess.run(["umount", "-l", str(folder)], check=True)


def documents(home: Path) -> int:
    with duckdb.connect(home / "disclosures.duckdb", read_only=True) as connection:
        ((count,),) = connection.execute("select count(*) from marts.dim_document").fetchall()
    return int(count)


@pytest.mark.long
def test_a_run_on_a_full_disk_says_so_and_the_next_one_with_room_makes_up_for_it(
    sample_warehouse: Path, disk: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "new.txt").write_bytes(SAMPLE.read_bytes() + "\n注：新。\n".encode())
    monkeypatch.setenv("DISCLOSURES_SOURCES", str(source))
    home = disk("1g") / "home"
    shutil.copytree(sample_warehouse, home)
    before = documents(home)
    taken = shutil.disk_usage(home).used
    disk(str(taken + 2**20))
    failed = run_disclosures(home, "run")
    assert failed.returncode == 1
    assert f"The disk of {home} is full" in failed.stderr
    assert "run again: what was landed stays" in failed.stderr
    assert documents(home) == before
    disk("1g")
    disclosures(home, "run")
    assert documents(home) == before + 1


@pytest.mark.parametrize(
    "said",
    [
        OSError(28, os.strerror(28)),
        sqlite3.OperationalError("database or disk is full"),
        duckdb.IOException('Could not write to file "x": No space left on device'),
    ],
)
def test_a_full_disk_is_known_by_what_is_said_at_any_depth(tmp_path: Path, said: Exception) -> None:
    def fail() -> None:
        try:
            raise said
        except Exception as error:
            raise RuntimeError("the step failed") from error

    with pytest.raises(RuntimeError) as failed:
        fail()
    assert "is full" in str(full_disk(tmp_path, everything_said(failed.value)))


def test_another_error_is_not_taken_for_a_full_disk(tmp_path: Path) -> None:
    assert full_disk(tmp_path / "not" / "there", "no such file") is None
