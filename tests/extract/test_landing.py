"""The landing store keeps every file's bytes once, and loses none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from extract.landing import CatalogueError, LandedBytesError, LandingStore
from extract.sources import FoundFile

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> LandingStore:
    return LandingStore(tmp_path / "landing")


def test_a_document_is_named_by_the_sha_256_of_its_bytes(store: LandingStore) -> None:
    listing = store.land([found("a.txt", b"budget")], NOON)
    expected = hashlib.sha256(b"budget").hexdigest()
    assert listing.rows(named=True) == [
        {
            "uri": "file:///a.txt",
            "file_name": "a.txt",
            "document_id": expected,
            "is_new": True,
            "problem": None,
            "source_id": None,
        }
    ]
    assert store.object_path(expected).read_bytes() == b"budget"


def test_the_same_bytes_in_two_places_are_one_document_found_twice(store: LandingStore) -> None:
    listing = store.land([found("a.txt", b"budget"), found("copy of a.txt", b"budget")], NOON)
    assert listing["is_new"].to_list() == [True, False]
    assert store.documents()["file_name"].to_list() == ["a.txt"]
    assert store.catalogue()["uri"].to_list() == ["file:///a.txt", "file:///copy of a.txt"]


def test_landing_again_adds_nothing_and_reads_nothing(store: LandingStore) -> None:
    store.land([found("a.txt", b"budget", stamp="1")], NOON)
    catalogue = store.catalogue_file.read_bytes()
    again = store.land([found("a.txt", must_not_be_read, stamp="1")], NOON + timedelta(days=1))
    assert again["is_new"].to_list() == [False]
    assert again["document_id"].to_list() == [hashlib.sha256(b"budget").hexdigest()]
    assert store.catalogue_file.read_bytes() == catalogue


def test_a_file_that_changed_lands_as_another_document_and_the_first_stays(store: LandingStore) -> None:
    store.land([found("a.txt", b"first", stamp="1")], NOON)
    listing = store.land([found("a.txt", b"second", stamp="2")], NOON)
    assert listing["is_new"].to_list() == [True]
    assert store.documents().height == 2
    assert fetch(store, b"first") == b"first"
    assert fetch(store, b"second") == b"second"


def test_a_file_that_changed_back_is_the_first_document_again(store: LandingStore) -> None:
    for stamp, content in enumerate((b"first", b"second", b"first")):
        listing = store.land([found("a.txt", content, stamp=str(stamp))], NOON)
    assert listing["document_id"].to_list() == [hashlib.sha256(b"first").hexdigest()]
    assert store.documents().height == 2


def test_a_stamp_from_just_now_is_not_relied_on(store: LandingStore) -> None:
    moment = NOON - timedelta(seconds=1)
    store.land([found("a.txt", b"first", stamp="1", changed_at=moment)], NOON)
    listing = store.land([found("a.txt", b"other", stamp="1", changed_at=moment)], NOON)
    assert listing["is_new"].to_list() == [True]


def test_a_file_that_cannot_be_read_is_named_with_its_reason_and_stops_no_other(store: LandingStore) -> None:
    listing = store.land([found("bad.txt", unreadable), found("good.txt", b"budget")], NOON)
    assert listing.select("file_name", "problem").rows() == [
        ("bad.txt", "permission denied"),
        ("good.txt", None),
    ]
    assert listing["document_id"].is_null().to_list() == [True, False]
    assert store.documents()["file_name"].to_list() == ["good.txt"]


def test_an_empty_file_lands(store: LandingStore) -> None:
    store.land([found("empty.txt", b"")], NOON)
    file, data = store.fetch(hashlib.sha256(b"").hexdigest(), "empty.txt")
    assert (file.size_bytes, file.media_type, data) == (0, "application/x-empty", b"")


def test_when_and_where_are_recorded_as_given(store: LandingStore) -> None:
    store.land([found("预算.txt", b"budget")], NOON)
    entry = store.catalogue().row(0, named=True)
    assert (entry["file_name"], entry["uri"], entry["found_at"], entry["size_bytes"]) == (
        "预算.txt",
        "file:///预算.txt",
        "2026-03-01T12:00:00+00:00",
        6,
    )


def test_the_type_of_a_landed_file_is_that_of_its_bytes(store: LandingStore) -> None:
    store.land([found("budget.pdf", "部门预算".encode())], NOON)
    document_id = store.documents()["document_id"].item()
    assert store.fetch(document_id, "budget.pdf")[0].media_type == "text/plain"


def test_damaged_bytes_are_refused(store: LandingStore) -> None:
    store.land([found("a.txt", b"budget")], NOON)
    damage(store, b"budget", b"bUdget")
    with pytest.raises(LandedBytesError, match="damaged after landing"):
        fetch(store, b"budget")


def test_missing_bytes_are_refused_and_landed_afresh_from_the_source(store: LandingStore) -> None:
    store.land([found("a.txt", b"budget", stamp="1")], NOON)
    store.object_path(hashlib.sha256(b"budget").hexdigest()).unlink()
    with pytest.raises(LandedBytesError, match="put the file back"):
        fetch(store, b"budget")
    store.land([found("a.txt", b"budget", stamp="1")], NOON)
    assert fetch(store, b"budget") == b"budget"


def test_damaged_bytes_are_replaced_when_the_file_is_read_again(store: LandingStore) -> None:
    store.land([found("a.txt", b"budget", stamp="1")], NOON)
    damage(store, b"budget", b"cut")
    store.land([found("a.txt", b"budget", stamp="1")], NOON)
    assert fetch(store, b"budget") == b"budget"


def test_a_line_cut_off_by_a_crash_is_landed_again_and_harms_no_other(store: LandingStore) -> None:
    store.land([found("a.txt", b"one", stamp="1"), found("b.txt", b"two", stamp="1")], NOON)
    whole = store.catalogue_file.read_bytes()
    store.catalogue_file.write_bytes(whole[:-20])
    assert store.documents()["file_name"].to_list() == ["a.txt"]
    store.land([found("a.txt", must_not_be_read, stamp="1"), found("b.txt", b"two", stamp="1")], NOON)
    assert store.catalogue_file.read_bytes() == whole


def test_an_object_left_unfinished_by_a_crash_is_cleared(store: LandingStore) -> None:
    store.land([found("a.txt", b"one")], NOON)
    leftover = store.root / "objects" / ".landing-killed"
    leftover.write_bytes(b"tw")
    store.land([], NOON)
    assert not leftover.exists()


def test_a_crash_while_an_object_is_written_leaves_none_under_its_name(
    store: LandingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", crash)
        with pytest.raises(KeyboardInterrupt):
            store.land([found("a.txt", b"budget")], NOON)
    assert store.documents().is_empty()
    assert store.land([found("a.txt", b"budget")], NOON)["is_new"].to_list() == [True]


def test_the_catalogue_is_appended_to_not_rewritten(store: LandingStore) -> None:
    store.land([found("a.txt", b"one")], NOON)
    first = store.catalogue_file.read_bytes()
    inode = store.catalogue_file.stat().st_ino
    store.land([found("b.txt", b"two")], NOON)
    assert store.catalogue_file.read_bytes().startswith(first)
    assert store.catalogue_file.stat().st_ino == inode


def test_progress_is_told_file_by_file(store: LandingStore) -> None:
    told: list[int] = []
    store.land([found("a.txt", b"one"), found("b.txt", unreadable)], NOON, told.append)
    assert told == [1, 2]


def test_an_empty_store_has_no_documents(store: LandingStore) -> None:
    assert store.documents().is_empty()
    assert store.documents().schema == pl.Schema(
        {"document_id": pl.String, "file_name": pl.String, "size_bytes": pl.Int64}
    )


def found(
    name: str,
    content: bytes | Callable[[], bytes],
    stamp: str | None = None,
    changed_at: datetime | None = LONG_AGO,
) -> FoundFile:
    read = content if callable(content) else lambda: content
    return FoundFile(f"file:///{name}", name, stamp, changed_at, read)


def must_not_be_read() -> bytes:
    raise AssertionError("this file has not changed and should not be read")


def unreadable() -> bytes:
    raise OSError("permission denied")


def fetch(store: LandingStore, content: bytes) -> bytes:
    return store.fetch(hashlib.sha256(content).hexdigest(), "a.txt")[1]


def damage(store: LandingStore, content: bytes, replacement: bytes) -> None:
    path = store.object_path(hashlib.sha256(content).hexdigest())
    path.chmod(0o644)
    path.write_bytes(replacement)


def test_a_damaged_line_of_the_catalogue_is_named_with_what_to_do(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    lines = [b'{"document_id": "x", "uri": "u"}\n', b'{"document_id": "y", "u\n']
    store.catalogue_file.write_bytes(b"".join(lines))
    with pytest.raises(CatalogueError, match=r"line 2 of .*catalogue\.jsonl is damaged; take that line out"):
        store.catalogue()
