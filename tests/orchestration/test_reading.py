"""Documents are read once, one by one, and fail one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl
import pytest
from one_form import AMOUNTS, FORM

from extract import (
    document,
    extractor_version,
    failed_document,
    printed_frames,
    read_document,
    stage,
)
from extract.landing import LandedFile, LandingStore
from extract.printed import PrintedDocument
from orchestration.building import reading, staging
from orchestration.building.reading import (
    Job,
    ReadDocument,
    ReadingLimits,
    ReadingSummary,
    read_job,
    read_with,
)
from orchestration.building.staging import stage_waiting
from orchestration.home.lake import Lake
from orchestration.home.processes import Done, Lost
from orchestration.home.progress import listening

Land = Callable[..., list[str]]


class InThisProcess:
    """Workers that are none: the function is called here, where a test can stand in for parts of it."""

    def map(
        self, function: Callable[[Job], ReadDocument], items: Sequence[Job], seconds: Callable[[Job], float]
    ) -> Iterator[Done[ReadDocument]]:
        for number, item in enumerate(items):
            yield Done(number, function(item))


class Losing(InThisProcess):
    """Workers that lose the documents of one name."""

    def __init__(self, file_name: str, lost: Lost) -> None:
        self.file_name, self.lost = file_name, lost

    def map(
        self, function: Callable[[Job], ReadDocument], items: Sequence[Job], seconds: Callable[[Job], float]
    ) -> Iterator[Done[ReadDocument]]:
        for number, result in super().map(function, items, seconds):
            yield Done(number, self.lost if items[number].file_name == self.file_name else result)


def read_pending(lake: Lake, store: LandingStore) -> ReadingSummary:
    return read_with(InThisProcess(), lake, store, ReadingLimits())


def test_every_landed_document_is_read_once(lake: Lake, store: LandingStore, land: Land) -> None:
    first, second = land(a=FORM.format(amount=1), b=FORM.format(amount=2))
    assert read_pending(lake, store) == (2, 2, 0)
    assert sorted(lake.printed.manifest()["document_id"]) == sorted([first, second])
    assert read_pending(lake, store) == (2, 0, 0)
    assert lake.printed.batch_names() == ["b000001"]


def test_one_new_document_is_one_document_to_read(lake: Lake, store: LandingStore, land: Land) -> None:
    land(a=FORM.format(amount=1))
    read_pending(lake, store)
    (new,) = land(b=FORM.format(amount=2))
    assert read_pending(lake, store) == (2, 1, 0)
    assert lake.printed.read_table("b000002", "documents")["document_id"].to_list() == [new]


def test_a_new_version_of_the_extractor_reads_everything_again(
    lake: Lake, store: LandingStore, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    land(a=FORM.format(amount=1), b=FORM.format(amount=2))
    read_pending(lake, store)
    monkeypatch.setattr(reading, "extractor_version", lambda: "next")
    assert read_pending(lake, store).read_now == 2


def test_a_home_of_an_older_release_is_read_again_as_the_documents_it_holds(
    lake: Lake, store: LandingStore, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tables lack columns of today; its documents keep their ids, and nothing of it is left twice."""
    ids = land(a=FORM.format(amount=1), b=FORM.format(amount=2))
    with monkeypatch.context() as older:
        older.setattr(reading, "printed_frames", _without_unit_marks)
        older.setattr(staging, "stage", _without_unit_source)
        read_pending(lake, store)
        stage_waiting(lake)
    assert "unit_source" not in lake.staging.read_table("b000001", "forms").columns
    landed = store.documents()

    for module in (reading, staging):
        monkeypatch.setattr(module, "extractor_version", lambda: "next")
    assert read_pending(lake, store) == (2, 2, 0)
    assert stage_waiting(lake).failed == 0

    assert store.documents().equals(landed)
    assert sorted(lake.staging.manifest()["document_id"]) == sorted(ids)
    assert lake.staging.batch_names() == ["b000002", "empty"]
    forms = lake.staging.current_rows("forms").collect()
    assert sorted(forms["document_id"]) == sorted(ids)
    assert "unit_source" in forms.columns


def _without_unit_marks(documents: Sequence[PrintedDocument]) -> dict[str, pl.DataFrame]:
    frames = printed_frames(documents)
    return {**frames, "forms": frames["forms"].drop("has_unit_mark")}


def _without_unit_source(printed: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    forms = printed["forms"].with_columns(has_unit_mark=pl.lit(True))
    staged = stage({**printed, "forms": forms})
    return {**staged, "forms": staged["forms"].drop("unit_source")}


def test_batches_are_bounded(
    lake: Lake, store: LandingStore, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_DOCUMENTS_IN_A_BATCH", 2)
    land(a="一", b="二", c="三", d="四", e="五")
    read_pending(lake, store)
    sizes = lake.printed.manifest().group_by("batch").len().sort("batch")
    assert sizes.rows() == [("b000001", 2), ("b000002", 2), ("b000003", 1)]


def test_what_was_read_before_a_crash_is_not_read_again(
    lake: Lake, store: LandingStore, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_DOCUMENTS_IN_A_BATCH", 1)
    land(a="一", b="二", c="三")
    with monkeypatch.context() as patched:
        patched.setattr(document, "read_document", crashing_at_call(3))
        with pytest.raises(KeyboardInterrupt):
            read_pending(lake, store)
    assert read_pending(lake, store).read_now == 1


def test_a_file_that_no_reader_handles_fails_with_the_reason(
    lake: Lake, store: LandingStore, land: Land
) -> None:
    land(empty="", budget=FORM.format(amount=1))
    assert read_pending(lake, store).failed_now == 1
    documents = lake.printed.read_table("b000001", "documents")
    assert documents.filter(pl.col("status") == "failed")["failure_reason"].to_list() == [
        "the file is empty (zero bytes)"
    ]


def test_a_defect_of_a_reader_fails_its_document_and_no_other(
    lake: Lake, store: LandingStore, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(file: LandedFile, data: bytes) -> PrintedDocument:
        if file.file_name == "odd.txt":
            raise IndexError("list index out of range")
        return read_document(file, data)

    monkeypatch.setattr(document, "read_document", read)
    land(odd="一", good=FORM.format(amount=1))
    assert read_pending(lake, store) == (2, 2, 1)
    documents = lake.printed.read_table("b000001", "documents").filter(file_name="odd.txt")
    assert documents["failure_reason"].item().startswith("the reader stopped with IndexError: list index")


def test_trouble_of_the_machine_is_no_fault_of_a_document(
    lake: Lake, store: LandingStore, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(file: LandedFile, data: bytes) -> PrintedDocument:
        raise OSError("no space left on device")

    monkeypatch.setattr(document, "read_document", read)
    land(a="一")
    with pytest.raises(OSError, match="no space left"):
        read_pending(lake, store)
    assert lake.printed.manifest().is_empty()


def test_a_document_whose_bytes_are_gone_fails_until_they_are_back(
    lake: Lake, store: LandingStore, land: Land
) -> None:
    document_id, _ = land(a=FORM.format(amount=1), b=FORM.format(amount=2))
    store.object_path(document_id).unlink()
    assert read_pending(lake, store) == (2, 2, 1)
    reason = lake.printed.read_table("b000001", "documents").filter(file_name="a.txt")["failure_reason"]
    assert "put the file back in a source" in reason.item()
    land(a=FORM.format(amount=1))
    assert read_pending(lake, store) == (2, 1, 0)


def test_documents_are_read_in_processes_with_the_same_result_in_the_same_order(
    lake: Lake, store: LandingStore, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_ids = land(**{f"d{number:02}": FORM.format(amount=number) for number in range(20)})
    reading.read_pending(lake, store)
    in_processes = lake.printed.read_batch("b000001")
    assert in_processes["documents"]["document_id"].to_list() == document_ids
    assert in_processes["amounts"].height == 20 * AMOUNTS
    monkeypatch.setattr(reading, "extractor_version", lambda: "next")
    read_pending(lake, store)
    for table, frame in lake.printed.read_batch("b000002").items():
        assert frame.equals(in_processes[table]), table


@pytest.mark.parametrize(("may_pass", "read_again"), [(True, 1), (False, 0)])
def test_a_lost_document_fails_with_the_reason_and_is_tried_again_if_that_may_pass(
    lake: Lake, store: LandingStore, land: Land, may_pass: bool, read_again: int
) -> None:
    land(heavy=FORM.format(amount=1), light=FORM.format(amount=2))
    workers = Losing("heavy.txt", Lost("it took too long", may_pass))
    assert read_with(workers, lake, store, ReadingLimits()) == (2, 2, 1)
    documents = lake.printed.read_table("b000001", "documents").select(
        "file_name", "status", "failure_reason"
    )
    assert documents.rows() == [("heavy.txt", "failed", "it took too long"), ("light.txt", "read", None)]
    assert read_pending(lake, store).read_now == read_again


def test_a_document_that_keeps_others_waiting_is_put_off_and_has_all_its_time_the_next_time(
    lake: Lake, store: LandingStore, land: Land
) -> None:
    land(heavy=FORM.format(amount=1), light=FORM.format(amount=2))
    slow = Lost("it took too long", may_pass=False, is_of_time=True)
    workers = Losing("heavy.txt", slow)
    limits = ReadingLimits(seconds=100, patience=30)
    assert read_with(workers, lake, store, limits) == (2, 1, 0)
    assert lake.printed.manifest().height == 1
    assert len(lake.put_off()) == 1
    assert read_with(workers, lake, store, limits) == (2, 1, 1), "the limit of every document is over too"
    assert lake.put_off() == frozenset()
    assert read_with(workers, lake, store, limits) == (2, 0, 0)


def test_a_document_alone_keeps_nobody_waiting(lake: Lake, store: LandingStore, land: Land) -> None:
    land(heavy=FORM.format(amount=1))
    slow = Lost("it took too long", may_pass=False, is_of_time=True)
    limits = ReadingLimits(seconds=100, patience=30)
    assert read_with(Losing("heavy.txt", slow), lake, store, limits) == (1, 1, 1)


def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(store: LandingStore) -> None:
    job = Job("0" * 64, "heavy.pdf", 3 * 1024 * 1024)
    (document,) = read_job(job, store.root, ReadingLimits(file_mib=2)).frames["documents"].to_dicts()
    assert (document["status"], document["failure_reason"]) == (
        "failed",
        "the file has 3 MiB; at most 2 MiB are read",
    )


def test_a_larger_document_may_take_longer() -> None:
    limits = ReadingLimits(seconds=100, seconds_per_mib=60)
    assert limits.seconds_for(Job("0" * 64, "a.pdf", 0)) == 100
    assert limits.seconds_for(Job("0" * 64, "a.pdf", 2 * 1024 * 1024)) == 220
    assert limits.seconds_for(Job("0" * 64, "a.pdf", 200 * 1024 * 1024)) == limits.most_seconds


def test_progress_counts_documents(lake: Lake, store: LandingStore, land: Land) -> None:
    land(a="一", b="二")
    told: list[tuple[str, int, int | None]] = []
    with listening(lambda *progress: told.append(progress)):
        read_pending(lake, store)
    assert told == [("reading documents", done, 2) for done in (0, 1, 2)]


def test_a_failed_document_names_the_version_that_failed() -> None:
    failed = failed_document(LandedFile("0" * 64, "a.txt", "text/plain", 1), "because")
    assert (failed.facts.status, failed.facts.extractor_version) == ("failed", extractor_version())


def crashing_at_call(number: int) -> Callable[[LandedFile, bytes], PrintedDocument]:
    calls = 0

    def read(file: LandedFile, data: bytes) -> PrintedDocument:
        nonlocal calls
        calls += 1
        if calls == number:
            raise KeyboardInterrupt
        return read_document(file, data)

    return read
