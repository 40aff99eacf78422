"""What the sources have, and whether it has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.collecting import listing
from orchestration.collecting.listing import (
    MissingSourceError,
    fingerprint,
    list_folder_sources,
    list_folders,
)
from orchestration.home.paths import Paths


def test_the_configured_sources_are_searched(paths: Paths) -> None:
    (paths.sources[0] / "budget.txt").write_text("部门预算", encoding="utf-8")
    assert [file.file_name for file in list_folder_sources(paths)] == ["budget.txt"]


def test_a_named_source_is_searched_instead(paths: Paths, tmp_path: Path) -> None:
    (paths.sources[0] / "budget.txt").write_text("部门预算", encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    (other / "accounts.txt").write_text("部门决算", encoding="utf-8")
    assert [file.file_name for file in list_folders(paths, [other])] == ["accounts.txt"]


def test_a_missing_source_is_named(paths: Paths, tmp_path: Path) -> None:
    with pytest.raises(MissingSourceError, match="nowhere"):
        list_folders(paths, [tmp_path / "nowhere"])


def test_a_warehouse_inside_its_source_does_not_feed_on_itself(tmp_path: Path) -> None:
    paths = Paths(home=tmp_path / "warehouse", sources=(tmp_path,))
    for written in (paths.landing, paths.lake, paths.build_folder, paths.dagster_home, paths.logs):
        written.mkdir(parents=True)
        (written / "file").touch()
    paths.published_file.touch()
    (tmp_path / "budget.txt").touch()
    assert [file.file_name for file in list_folder_sources(paths)] == ["budget.txt"]


def test_the_fingerprint_stays_while_nothing_changes(paths: Paths) -> None:
    (paths.sources[0] / "budget.txt").touch()
    assert fingerprint(list_folder_sources(paths)) == fingerprint(list_folder_sources(paths))


def test_adding_editing_and_removing_a_file_change_the_fingerprint(paths: Paths) -> None:
    budget, accounts = paths.sources[0] / "budget.txt", paths.sources[0] / "accounts.txt"
    seen = [fingerprint(list_folder_sources(paths))]
    budget.write_bytes(b"1")
    seen.append(fingerprint(list_folder_sources(paths)))
    accounts.write_bytes(b"1")
    seen.append(fingerprint(list_folder_sources(paths)))
    budget.write_bytes(b"12")
    seen.append(fingerprint(list_folder_sources(paths)))
    accounts.unlink()
    seen.append(fingerprint(list_folder_sources(paths)))
    assert len(set(seen)) == len(seen)


def test_a_folder_that_vanished_is_said_to_be_gone_and_harms_no_other(paths: Paths, tmp_path: Path) -> None:
    (paths.sources[0] / "budget.txt").touch()
    both = replace(paths, sources=(*paths.sources, tmp_path / "vanished"))
    found = {file.file_name: file for file in list_folder_sources(both)}
    gone = found.pop(str(tmp_path / "vanished"))
    assert found.keys() == {"budget.txt"}
    with pytest.raises(OSError, match="the folder is not there; what was landed from it is kept"):
        gone.read()


def test_a_source_that_breaks_down_says_so_and_harms_no_other(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_down(*_: object, **__: object) -> list[object]:
        raise RuntimeError("out of order")

    monkeypatch.setattr(listing, "find_files", breaks_down)
    (found,) = list_folder_sources(paths)
    with pytest.raises(OSError, match="could not be listed to its end: RuntimeError: out of order"):
        found.read()


def test_files_of_a_declared_folder_name_it_and_only_what_it_takes_is_found(paths: Paths) -> None:
    for name in ("budget.pdf", "notes.docx"):
        (paths.sources[0] / name).touch()
    registry = paths.home / "sources.yaml"
    registry.parent.mkdir(exist_ok=True)
    registry.write_text(
        f"sources:\n- {{id: inbox, kind: folder, where: '{paths.sources[0]}', files: '*.pdf'}}\n",
        encoding="utf-8",
    )
    (found,) = list_folder_sources(replace(paths, registry=registry))
    assert (found.file_name, found.source_id) == ("budget.pdf", "inbox")
