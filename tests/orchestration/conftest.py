"""A warehouse of its own for each test, and frames small enough to read in one look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from postgres_server import database, server
from tiny_warehouse import BUILD

from extract.landing import LandingStore
from extract.sources import FoundFile
from orchestration.home.lake import Lake
from orchestration.home.paths import HOME_VARIABLE, SOURCES_VARIABLE, Paths

__all__ = ["database", "server"]  # fixtures, for every test that asks for them

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """An empty warehouse with an empty source, which the environment names too."""
    home, source = tmp_path / "home", tmp_path / "source"
    source.mkdir()
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    monkeypatch.setenv(SOURCES_VARIABLE, str(source))
    return Paths(home, (source,))


@pytest.fixture
def lake(paths: Paths) -> Lake:
    lake = Lake(paths.lake)
    lake.prepare()
    return lake


@pytest.fixture
def store(paths: Paths) -> LandingStore:
    return LandingStore(paths.landing)


@pytest.fixture
def land(store: LandingStore) -> Callable[..., list[str]]:
    """Land texts by file name; give their document ids."""

    def land(**texts: str) -> list[str]:
        files = [
            FoundFile(f"file:///{name}", f"{name}.txt", None, None, text.encode)
            for name, text in texts.items()
        ]
        return store.land(files, NOON)["document_id"].to_list()

    return land


@pytest.fixture
def built(paths: Paths) -> Paths:
    """A warehouse in which the tiny build waits to be published."""
    paths.build_folder.mkdir(parents=True)
    with duckdb.connect(paths.build_file) as connection:
        connection.execute(BUILD)
    return paths


@pytest.fixture
def published(paths: Paths) -> Paths:
    """A warehouse with a small published file: what the commands read, without what builds it."""
    paths.home.mkdir()
    with duckdb.connect(paths.published_file) as connection:
        connection.execute((Path(__file__).parent / "published.sql").read_text(encoding="utf-8"))
    return paths
