"""Nothing is built when nothing changed; anything that changed is noticed."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from orchestration.home.lake import MANIFEST_SCHEMA, Lake
from orchestration.home.paths import Paths
from orchestration.publishing import currency, snapshot
from orchestration.publishing.currency import is_current, mark_current


@pytest.fixture
def published(tmp_path: Path) -> Paths:
    """A home whose published file was just made from its lake."""
    paths = Paths(tmp_path, ())
    Lake(paths.lake).prepare()
    paths.published_file.write_bytes(b"warehouse")
    mark_current(paths)
    return paths


def test_what_was_just_published_is_current(published: Paths) -> None:
    assert is_current(published)


def test_nothing_published_is_not_current(tmp_path: Path) -> None:
    paths = Paths(tmp_path, ())
    Lake(paths.lake).prepare()
    assert not is_current(paths)


@pytest.mark.parametrize("status", ["read", "failed"])
def test_another_document_is_noticed(published: Paths, status: str) -> None:
    row = {"document_id": ["d"], "batch": ["b000001"], "extractor_version": ["1"], "status": [status]}
    pl.DataFrame(row, schema=MANIFEST_SCHEMA).write_parquet(published.lake / "manifest.parquet")
    assert not is_current(published)


def test_a_changed_model_is_noticed(published: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(currency, "project_fingerprint", lambda: "another")
    assert not is_current(published)


def test_a_decision_of_the_home_is_noticed(published: Paths) -> None:
    published.decisions.mkdir()
    file = published.decisions / "corrections.csv"
    file.write_text("document_id\n", encoding="utf-8")
    assert not is_current(published)
    mark_current(published)
    assert is_current(published)
    file.write_text("document_id\nd\n", encoding="utf-8")
    assert not is_current(published)


def test_another_way_of_publishing_is_noticed(published: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "LAYOUT", 0)
    assert not is_current(published)


def test_a_published_file_that_is_gone_or_was_touched_is_noticed(published: Paths) -> None:
    published.published_file.write_bytes(b"something else")
    assert not is_current(published)
    published.published_file.unlink()
    assert not is_current(published)
