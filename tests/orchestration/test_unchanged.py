"""A run that would find nothing new says so at once; any doubt is a reason to look."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from extract import extractor_version
from extract.landing import LISTING_SCHEMA, LandingStore
from extract.sources import find_files
from orchestration.command.unchanged import known_if_nothing_is_new
from orchestration.home.lake import Lake
from orchestration.home.paths import Paths
from orchestration.publishing.currency import mark_current

LATER = timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A source with two files."""
    source = tmp_path / "source"
    source.mkdir()
    for name in ("a.txt", "b.txt"):
        (source / name).write_text(name, encoding="utf-8")
    return source


@pytest.fixture
def paths(tmp_path: Path, folder: Path) -> Paths:
    """A home in which both were landed, read, staged and published."""
    paths = Paths(tmp_path / "home", ())
    paths.home.mkdir()
    store, lake = LandingStore(paths.landing), Lake(paths.lake)
    listing = store.land(find_files(folder), datetime.now(UTC) + LATER)
    paths.listing.parent.mkdir(parents=True, exist_ok=True)
    listing.write_parquet(paths.listing)
    lake.prepare()
    read = store.documents().select(
        "document_id",
        batch=pl.lit("b000001"),
        extractor_version=pl.lit(extractor_version()),
        status=pl.lit("read"),
    )
    for layer in (lake.printed, lake.staging):
        layer.manifest_file.parent.mkdir(parents=True, exist_ok=True)
        read.write_parquet(layer.manifest_file)
    paths.published_file.write_bytes(b"warehouse")
    mark_current(paths)
    return paths


def test_the_same_files_are_nothing_new(paths: Paths, folder: Path) -> None:
    assert known_if_nothing_is_new(paths, [*find_files(folder)]) == 2


def an_edited_file(paths: Paths, folder: Path) -> None:
    (folder / "a.txt").write_text("another text", encoding="utf-8")


def a_file_touched(paths: Paths, folder: Path) -> None:
    os.utime(folder / "a.txt", (1, 1))


def a_new_file(paths: Paths, folder: Path) -> None:
    (folder / "c.txt").write_text("c", encoding="utf-8")


def a_file_that_is_gone(paths: Paths, folder: Path) -> None:
    (folder / "a.txt").unlink()


def landed_bytes_that_are_gone(paths: Paths, folder: Path) -> None:
    store = LandingStore(paths.landing)
    store.object_path(store.documents()["document_id"][0]).unlink()


def a_file_that_could_not_be_landed(paths: Paths, folder: Path) -> None:
    listing = pl.read_parquet(paths.listing)
    unreadable = listing.with_columns(problem=pl.lit("it cannot be read")).cast(LISTING_SCHEMA)
    unreadable.write_parquet(paths.listing)


def another_extractor(paths: Paths, folder: Path) -> None:
    manifest = Lake(paths.lake).printed.manifest_file
    pl.read_parquet(manifest).with_columns(extractor_version=pl.lit("an older one")).write_parquet(manifest)


def a_batch_that_is_not_staged(paths: Paths, folder: Path) -> None:
    manifest = Lake(paths.lake).staging.manifest_file
    pl.read_parquet(manifest).clear().write_parquet(manifest)


def a_published_file_that_is_gone(paths: Paths, folder: Path) -> None:
    paths.published_file.unlink()


@pytest.mark.parametrize(
    "change",
    [
        an_edited_file,
        a_file_touched,
        a_new_file,
        a_file_that_is_gone,
        landed_bytes_that_are_gone,
        a_file_that_could_not_be_landed,
        another_extractor,
        a_batch_that_is_not_staged,
        a_published_file_that_is_gone,
    ],
)
def test_whatever_changed_is_looked_at(
    paths: Paths, folder: Path, change: Callable[[Paths, Path], None]
) -> None:
    change(paths, folder)
    assert known_if_nothing_is_new(paths, [*find_files(folder)]) is None
