"""``disclosures reparse`` reads again what is meant, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from extract.landing import LandingStore
from orchestration.building.reading import read_pending
from orchestration.building.staging import stage_waiting
from orchestration.command import reparse as command
from orchestration.command.refresh import RefreshOutcome
from orchestration.home.lake import Lake
from orchestration.home.paths import Paths
from tests.conftest import run_disclosures


@pytest.fixture
def home(sample_warehouse: Path, tmp_path: Path) -> Paths:
    return Paths(Path(shutil.copytree(sample_warehouse, tmp_path / "home")), ())


def test_one_document_is_read_again_and_what_was_read_stays_meanwhile(
    home: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run that follows is the one of ``disclosures run``, but for the sources, which it leaves alone."""
    refreshed: list[tuple[list[Path], bool]] = []

    def refresh(paths: Paths, sources: list[Path], _: Path, *, visit: bool) -> RefreshOutcome:
        refreshed.append((sources, visit))
        lake = Lake(paths.lake)
        assert lake.staging.manifest().height == before.height, "readers would lose it meanwhile"
        read = read_pending(lake, LandingStore(paths.landing))
        assert (read.read_now, read.failed_now) == (1, 0)
        stage_waiting(lake)
        return RefreshOutcome(succeeded=False, seconds=1, seconds_by_step={}, facts={})

    monkeypatch.setattr(command, "refresh", refresh)
    before = Lake(home.lake).staging.manifest()

    command.reparse(home, "unit-budget-2024-baqiao", None, everything=False)

    assert refreshed == [([], False)]
    after = Lake(home.lake).staging.manifest()
    both = before.join(after, on="document_id", suffix="_after")
    moved = both.filter(pl.col("batch") != pl.col("batch_after"))
    assert (moved.height, after.height) == (1, before.height)


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
