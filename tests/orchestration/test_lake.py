"""The manifest says which batch counts; a crash anywhere leaves it telling the truth."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from extract.records import RECORDS, schema
from orchestration.home import lake as lake_module
from orchestration.home.lake import LANDINGS_SCHEMA, Lake, Layer
from orchestration.home.paths import Paths


def test_a_new_lake_has_an_empty_file_for_every_table(lake: Lake) -> None:
    for record in RECORDS:
        frame = lake.staging.read_table("empty", record.table)
        assert frame.is_empty()
        assert frame.schema == pl.Schema(schema(record))
    assert lake.staging.manifest().is_empty()


def test_dbt_can_read_an_empty_lake_and_a_filled_one(lake: Lake) -> None:
    files = f"read_parquet('{lake.root}/staging/batch=*/forms.parquet', hive_partitioning = true)"
    assert duckdb.sql(f"from {files}").fetchall() == []
    write(lake.staging, "b000001", "x")
    (row,) = duckdb.sql(f"select form_id, batch from {files}").fetchall()
    assert row == ("x-form", "b000001")


def test_of_each_document_and_address_is_kept_when_it_came_and_which_was_last(lake: Lake) -> None:
    """A place noted again with what was last there (the fifth line) makes nothing the last anew."""
    catalogue = [
        ("x", "u", "2026-01-05T06:00:00+08:00", None, None),
        ("y", "u", "2026-01-06T06:00:00+08:00", "2026-01-04", "list_page"),
        ("x", "v", "2026-01-06T06:00:01+08:00", "2026-01-03", "list_page"),
        ("x", "u", "2026-01-07T06:00:00+08:00", "2026-01-02", "page"),
        ("x", "u", "2026-01-08T06:00:00+08:00", "2026-01-05", "list_page"),
    ]
    assert pl.read_parquet(lake.landings_file).is_empty()
    lake.write_landings(
        pl.DataFrame(
            catalogue,
            schema=["document_id", "uri", "found_at", "published_on", "published_as"],
            orient="row",
        ).with_columns(
            file_name=pl.lit("2024年示例县水利局部门预算.txt"), link_text=pl.lit(None, dtype=pl.String)
        )
    )
    landed = pl.read_parquet(lake.landings_file).sort("document_id", "uri")
    assert landed.schema == pl.Schema(LANDINGS_SCHEMA)
    assert landed.select("document_id", "uri", "found_no").rows() == [
        ("x", "u", 3),
        ("x", "v", 2),
        ("y", "u", 1),
    ]
    assert landed["found_at"].item(0) == datetime(2026, 1, 4, 22)
    assert landed.select("published_on", "published_as").rows() == [
        (date(2026, 1, 2), "page"),
        (date(2026, 1, 3), "list_page"),
        (date(2026, 1, 4), "list_page"),
    ]
    assert landed.select("file_publisher", "file_year", "file_stage").unique().rows() == [
        ("示例县水利局", 2024, "budget")
    ]


def test_a_batch_makes_its_documents_current(lake: Lake) -> None:
    write(lake.staging, "b000001", "x", "y")
    assert lake.staging.manifest().rows() == [
        ("x", "b000001", "v1", "read"),
        ("y", "b000001", "v1", "read"),
    ]
    assert current(lake.staging) == ["x-form", "y-form"]


def test_a_document_read_again_is_current_once_and_the_others_stay(lake: Lake) -> None:
    write(lake.staging, "b000001", "x", "y")
    write(lake.staging, "b000002", "y", version="v2")
    assert lake.staging.manifest().rows() == [
        ("x", "b000001", "v1", "read"),
        ("y", "b000002", "v2", "read"),
    ]
    assert current(lake.staging) == ["x-form", "y-form"]


def test_a_crash_between_the_batch_and_the_manifest_leaves_the_old_manifest_valid(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(lake.staging, "b000001", "x")
    before = lake.staging.manifest_file.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(lake_module, "replace_parquet", crash)
        with pytest.raises(KeyboardInterrupt):
            write(lake.staging, "b000002", "y")
    assert "b000002" in lake.staging.batch_names(), "the crash came too early to show anything"
    assert lake.staging.manifest_file.read_bytes() == before
    assert current(lake.staging) == ["x-form"]


def test_what_a_crash_left_is_cleared_when_the_next_run_starts_and_nothing_else(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(lake.staging, "b000001", "x")
    with monkeypatch.context() as patched:
        patched.setattr(lake_module, "replace_parquet", crash)
        with pytest.raises(KeyboardInterrupt):
            write(lake.staging, "b000002", "y")
    (lake.staging.batches / ".unfinished-b000003").mkdir()
    (lake.root / ".unfinished-1-manifest.parquet").write_bytes(b"cut")
    Lake(lake.root).prepare()
    assert lake.staging.batch_names() == ["b000001", "empty"]
    assert not list(lake.root.rglob(".unfinished*"))
    assert current(lake.staging) == ["x-form"]


@pytest.mark.parametrize("writes", range(len(RECORDS)))
def test_a_crash_while_a_batch_is_written_leaves_no_batch(
    lake: Lake, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    written = 0

    def crash_after(path: Path) -> None:
        nonlocal written
        written += 1
        if written > writes:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(lake_module, "sync", crash_after)
        with pytest.raises(KeyboardInterrupt):
            write(lake.staging, "b000001", "x")
    assert lake.staging.batch_names() == ["empty"]
    assert current(lake.staging) == []


def test_a_batch_that_no_document_needs_any_more_is_removed(lake: Lake) -> None:
    write(lake.staging, "b000001", "x")
    write(lake.staging, "b000002", "x", version="v2")
    lake.sweep()
    assert lake.staging.batch_names() == ["b000002", "empty"]


def test_only_documents_that_this_version_has_not_read_are_to_be_read(lake: Lake) -> None:
    write(lake.printed, "b000001", "x", "y")
    landed = pl.DataFrame({"document_id": ["z", "y", "x"]})
    assert lake.to_read(landed, "v1")["document_id"].to_list() == ["z"]
    assert lake.to_read(landed, "v2")["document_id"].to_list() == ["z", "y", "x"]


def test_a_failed_document_is_not_read_again_but_an_unavailable_one_is(lake: Lake) -> None:
    write(lake.printed, "b000001", "x", status="failed")
    write(lake.printed, "b000002", "y", status="unavailable")
    landed = pl.DataFrame({"document_id": ["x", "y"]})
    assert lake.to_read(landed, "v1")["document_id"].to_list() == ["y"]


def test_what_was_read_before_a_crash_waits_to_be_staged(lake: Lake) -> None:
    write(lake.printed, "b000001", "x")
    write(lake.printed, "b000002", "y")
    write(lake.staging, "b000001", "x")
    Lake(lake.root).prepare()
    waiting = lake.to_stage()
    assert {batch: rows["document_id"].to_list() for batch, rows in waiting.items()} == {"b000002": ["y"]}


def test_batch_names_are_never_used_twice_while_they_count(lake: Lake) -> None:
    assert lake.next_batch() == "b000001"
    write(lake.staging, "b000007", "x")
    write(lake.printed, "b000003", "x")
    assert lake.next_batch() == "b000008"


def test_writing_a_batch_again_replaces_it(lake: Lake) -> None:
    write(lake.staging, "b000001", "x", "y")
    write(lake.staging, "b000001", "x", "y")
    assert current(lake.staging) == ["x-form", "y-form"]


def test_a_lake_without_anything_can_be_asked(paths: Paths) -> None:
    lake = Lake(paths.lake)
    assert lake.to_stage() == {}
    assert lake.staging.manifest().is_empty()


def write(layer: Layer, batch: str, *documents: str, version: str = "v1", status: str = "read") -> None:
    """Write a batch in which every document has one form."""
    forms = pl.DataFrame({"document_id": documents, "form_id": [f"{name}-form" for name in documents]})
    tables = {record.table: pl.DataFrame(schema=schema(record)) for record in RECORDS}
    tables["forms"] = pl.concat([tables["forms"], forms], how="diagonal")
    entries = forms.select("document_id", extractor_version=pl.lit(version), status=pl.lit(status))
    layer.write_batch(batch, tables, entries)


def current(layer: Layer) -> list[str]:
    return layer.current_rows("forms").sort("form_id").collect()["form_id"].to_list()


def crash(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_batch_that_was_changed_lost_or_cut_is_noticed_and_its_documents_are_read_again(lake: Lake) -> None:
    for layer in (lake.printed, lake.staging):
        write(layer, "b000001", "x")
        write(layer, "b000002", "y")
        write(layer, "b000003", "z")
    assert lake.prepare() == []
    form = "forms.parquet"
    changed = lake.staging.folder("b000001") / form
    data = bytearray(changed.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(bytes(data))
    (lake.printed.folder("b000002") / form).unlink()

    healed = lake.prepare()

    assert [str(changed) in words for words in healed] == [False, True]
    assert "is gone" in healed[0]
    for layer in (lake.printed, lake.staging):
        assert layer.manifest()["document_id"].to_list() == ["z"]
    assert lake.prepare() == []


def test_a_manifest_that_cannot_be_read_is_set_aside(lake: Lake) -> None:
    write(lake.staging, "b000001", "x")
    lake.staging.manifest_file.write_bytes(b"PAR1 cut off")
    (words,) = lake.prepare()
    assert "manifest.damaged" in words
    assert lake.staging.manifest().is_empty()


def test_files_that_were_only_copied_are_not_taken_for_damaged(lake: Lake) -> None:
    write(lake.staging, "b000001", "x")
    for path in lake.staging.folder("b000001").iterdir():
        os.utime(path, (1, 1))
    assert lake.prepare() == []
    assert current(lake.staging) == ["x-form"]
