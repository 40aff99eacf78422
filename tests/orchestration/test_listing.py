"""What the sources have, and whether it has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.listing import MissingSourceError, fingerprint, list_sources
from orchestration.paths import Paths


def test_the_configured_sources_are_searched(paths: Paths) -> None:
    (paths.sources[0] / "budget.txt").write_text("部门预算", encoding="utf-8")
    assert [file.file_name for file in list_sources(paths)] == ["budget.txt"]


def test_a_named_source_is_searched_instead(paths: Paths, tmp_path: Path) -> None:
    (paths.sources[0] / "budget.txt").write_text("部门预算", encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    (other / "accounts.txt").write_text("部门决算", encoding="utf-8")
    assert [file.file_name for file in list_sources(paths, [other])] == ["accounts.txt"]


def test_a_missing_source_is_named(paths: Paths, tmp_path: Path) -> None:
    with pytest.raises(MissingSourceError, match="nowhere"):
        list_sources(paths, [tmp_path / "nowhere"])


def test_a_warehouse_inside_its_source_does_not_feed_on_itself(tmp_path: Path) -> None:
    paths = Paths(home=tmp_path / "warehouse", sources=(tmp_path,))
    for written in (paths.landing, paths.lake, paths.build_folder, paths.dagster_home, paths.logs):
        written.mkdir(parents=True)
        (written / "file").touch()
    paths.published_file.touch()
    (tmp_path / "budget.txt").touch()
    assert [file.file_name for file in list_sources(paths)] == ["budget.txt"]


def test_the_fingerprint_stays_while_nothing_changes(paths: Paths) -> None:
    (paths.sources[0] / "budget.txt").touch()
    assert fingerprint(list_sources(paths)) == fingerprint(list_sources(paths))


def test_adding_editing_and_removing_a_file_change_the_fingerprint(paths: Paths) -> None:
    budget, accounts = paths.sources[0] / "budget.txt", paths.sources[0] / "accounts.txt"
    seen = [fingerprint(list_sources(paths))]
    budget.write_bytes(b"1")
    seen.append(fingerprint(list_sources(paths)))
    accounts.write_bytes(b"1")
    seen.append(fingerprint(list_sources(paths)))
    budget.write_bytes(b"12")
    seen.append(fingerprint(list_sources(paths)))
    accounts.unlink()
    seen.append(fingerprint(list_sources(paths)))
    assert len(set(seen)) == len(seen)
