"""Files wherever fsspec opens them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsspec
import pytest

from extract.landing import LandingStore
from extract.sources.declared import LocationSource
from extract.sources.found import FoundFile
from extract.sources.location import find_at_location


@pytest.fixture
def bucket() -> Iterator[fsspec.AbstractFileSystem]:
    memory = fsspec.filesystem("memory")
    memory.pipe({"/bucket/2024/budget.pdf": b"%PDF budget", "/bucket/notes.tmp": b"", "/bucket/a.txt": b"a"})
    yield memory
    memory.rm("/bucket", recursive=True)


def source(where: str, **changed: object) -> LocationSource:
    return LocationSource.model_validate({"id": "bucket", "kind": "location", "where": where, **changed})


def test_every_file_is_found_below_it_but_litter(bucket: fsspec.AbstractFileSystem) -> None:
    found = {file.uri: file for file in find_at_location(source("memory://bucket"))}
    assert found.keys() == {"memory:///bucket/2024/budget.pdf", "memory:///bucket/a.txt"}
    assert found["memory:///bucket/2024/budget.pdf"].read() == b"%PDF budget"
    assert {file.source_id for file in found.values()} == {"bucket"}


def test_only_the_names_it_takes_are_found(bucket: fsspec.AbstractFileSystem) -> None:
    (found,) = find_at_location(source("memory://bucket", files="*.PDF"))
    assert found.file_name == "budget.pdf"


def test_what_is_too_large_and_what_is_not_there_say_so(bucket: fsspec.AbstractFileSystem) -> None:
    bucket.pipe("/bucket/large.pdf", b"x" * 2_000_000)
    large, _, _ = sorted(find_at_location(source("memory://bucket", size_limit=1)), key=_stamp)
    (nothing,) = find_at_location(source("memory://nowhere"))
    for file, reason in ((large, "the size_limit of bucket is 1"), (nothing, "there is nothing at")):
        with pytest.raises(OSError, match=reason):
            file.read()


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("same.txt", "changed.txt"):
        (tmp_path / "in" / name).write_text("first")
        os.utime(tmp_path / "in" / name, (1_700_000_000, 1_700_000_000))
    store = LandingStore(tmp_path / "landing")
    declared = source(f"file://{tmp_path}/in")
    now = datetime.now(UTC) + timedelta(hours=1)
    store.land(find_at_location(declared), now)
    (tmp_path / "in" / "changed.txt").write_text("second")
    listing = store.land(find_at_location(declared), now + timedelta(days=1))
    assert dict(listing.select("file_name", "is_new").iter_rows()) == {"same.txt": False, "changed.txt": True}


def _stamp(file: FoundFile) -> str:
    return file.stamp or ""
