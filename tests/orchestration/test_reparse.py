"""``disclosures reparse`` reads again what is meant, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from orchestration.lake import Lake
from orchestration.paths import Paths
from tests.conftest import run_disclosures


@pytest.fixture
def home(sample_warehouse: Path, tmp_path: Path) -> Paths:
    return Paths(Path(shutil.copytree(sample_warehouse, tmp_path / "home")), ())


@pytest.mark.end_to_end
def test_one_document_is_read_again_and_gives_the_same(home: Paths) -> None:
    before = Lake(home.lake).staging.manifest()

    ran = run_disclosures(home.home, "reparse", "--document", "unit-budget-2024-baqiao")

    assert ran.returncode == 0, ran.stderr
    assert "1 documents are read again." in ran.stderr
    assert "1 parsed now" in ran.stdout
    after = Lake(home.lake).staging.manifest()
    both = before.join(after, on="document_id", suffix="_after")
    moved = both.filter(pl.col("batch") != pl.col("batch_after"))
    assert (moved.height, after.height) == (1, before.height)
    assert Lake(home.lake).staging.current_rows("amounts").collect().height > 2000


def test_a_release_says_what_is_older(home: Paths) -> None:
    ran = run_disclosures(home.home, "reparse", "--older-than-version", "0.0.1")
    assert (ran.returncode, "nothing to do" in ran.stderr) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "Say which"),
        (("--all", "--document", "x"), "Say which"),
        (("--document", "no such thing"), "No landed document has"),
        (("--older-than-version", "new"), "is no version"),
    ],
)
def test_what_is_not_clearly_meant_is_refused(home: Paths, arguments: tuple[str, ...], reason: str) -> None:
    ran = run_disclosures(home.home, "reparse", *arguments)
    assert ran.returncode == 2
    assert reason in ran.stderr
