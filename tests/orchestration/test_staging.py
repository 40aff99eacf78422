"""Everything read gets staged once; one odd document costs no other its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl
import pytest
from one_form import AMOUNTS, FORM

from extract import stage
from extract.landing import LandingStore
from extract.records import RECORDS, schema
from orchestration.building import staging
from orchestration.building.reading import read_pending
from orchestration.building.staging import stage_waiting
from orchestration.home.lake import Lake

Land = Callable[..., list[str]]


def test_what_was_read_is_staged_once(lake: Lake, store: LandingStore, land: Land) -> None:
    land(a=FORM.format(amount=1), b=FORM.format(amount=2))
    read_pending(lake, store)
    summary = stage_waiting(lake)
    assert (summary.documents, summary.staged_now, summary.failed) == (2, 2, 0)
    assert lake.staging.manifest().select("batch", "status").rows() == [("b000001", "read")] * 2
    assert stage_waiting(lake).staged_now == 0


def test_a_staged_batch_has_every_table_in_its_declared_schema(
    lake: Lake, store: LandingStore, land: Land
) -> None:
    land(a=FORM.format(amount=1))
    read_pending(lake, store)
    stage_waiting(lake)
    batch = lake.staging.read_batch("b000001")
    assert {table: frame.schema for table, frame in batch.items()} == {
        record.table: pl.Schema(schema(record)) for record in RECORDS
    }


def test_staging_goes_on_where_a_crash_stopped_it(
    lake: Lake, store: LandingStore, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("一", "二"):
        land(**{text: FORM.format(amount=text)})
        read_pending(lake, store)
    with monkeypatch.context() as patched:
        patched.setattr(staging, "stage", crashing_at_call(2))
        with pytest.raises(KeyboardInterrupt):
            stage_waiting(lake)
    assert lake.staging.manifest()["batch"].to_list() == ["b000001"]
    lake.prepare()
    assert stage_waiting(lake).staged_now == 1
    assert sorted(lake.staging.manifest()["batch"]) == ["b000001", "b000002"]


def test_a_document_that_cannot_be_staged_fails_alone(
    lake: Lake, store: LandingStore, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stage_but_not_odd(printed: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        is_odd = printed["documents"].filter(file_name="odd.txt", status="read").height
        if is_odd:
            raise ArithmeticError("a number out of range")
        return stage(printed)

    monkeypatch.setattr(staging, "stage", stage_but_not_odd)
    land(a=FORM.format(amount=1), odd=FORM.format(amount=2), c=FORM.format(amount=3))
    read_pending(lake, store)
    assert stage_waiting(lake).failed == 1
    documents = lake.staging.current_rows("documents").sort("file_name").collect()
    assert documents.select("file_name", "status").rows() == [
        ("a.txt", "read"),
        ("c.txt", "read"),
        ("odd.txt", "failed"),
    ]
    reason = documents.filter(file_name="odd.txt")["failure_reason"].item()
    assert reason.startswith("staging stopped with ArithmeticError: a number out of range")
    assert lake.staging.current_rows("amounts").collect().height == 2 * AMOUNTS


def test_a_document_whose_bytes_were_gone_stays_to_be_read(
    lake: Lake, store: LandingStore, land: Land
) -> None:
    (document_id,) = land(a=FORM.format(amount=1))
    store.object_path(document_id).unlink()
    read_pending(lake, store)
    stage_waiting(lake)
    assert lake.staging.manifest()["status"].to_list() == ["unavailable"]
    assert lake.staging.current_rows("documents").collect()["status"].to_list() == ["failed"]


def test_superseded_batches_are_gone_after_staging(
    lake: Lake, store: LandingStore, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    land(a=FORM.format(amount=1))
    read_pending(lake, store)
    stage_waiting(lake)
    monkeypatch.setattr("orchestration.building.reading.extractor_version", lambda: "next")
    monkeypatch.setattr("orchestration.building.staging.extractor_version", lambda: "next")
    read_pending(lake, store)
    stage_waiting(lake)
    assert lake.staging.batch_names() == ["b000002", "empty"]


def crashing_at_call(number: int) -> Callable[[Mapping[str, pl.DataFrame]], dict[str, pl.DataFrame]]:
    calls = 0

    def stage_until(printed: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        nonlocal calls
        calls += 1
        if calls == number:
            raise KeyboardInterrupt
        return stage(printed)

    return stage_until
