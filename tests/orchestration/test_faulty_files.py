"""Files made to break a reader end as read or as failed with a reason, and leave no process behind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from extract import printed_frames, read_document, stage
from extract.landing import LandedFile
from orchestration.building.reading import ReadingLimits
from orchestration.home.processes import WorkerProcesses
from tests.benchmarks.faults.damaging import mutated
from tests.benchmarks.faults.figures import Bytes, figures_of, judged
from tests.benchmarks.faults.reading import read_all, reason_of, running_workers

LIMITS = ReadingLimits(seconds=60, seconds_per_mib=60)
SAMPLES = Path(__file__).parents[2] / "warehouse" / "samples"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
SPREADSHEET = "xl/worksheets/sheet1.xml"


def sample(suffix: str) -> bytes:
    return next(iter(sorted(SAMPLES.glob(f"*{suffix}")))).read_bytes()


def bomb(inside: bytes, part: str) -> bytes:
    """The same office document with one part that unpacks to 300 MiB."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inside)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, bytes(300 * 1024 * 1024))
    return file.getvalue()


def million_cells() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(10_000):
        sheet.append([1] * 101)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def locked_pdf() -> bytes:
    """A PDF that says it is encrypted, by a key that nobody has."""
    return sample(".pdf").replace(b"/Root", b"/Encrypt << /Filter /Standard /V 1 /R 2 /P 0 >> /Root")


def _zip_of(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


ROW = "\t".join(["1.00"] * 100)
# A name, what makes the bytes, and words one of which is in the reason; None where it is to be read.
FAULTS: list[tuple[str, Callable[[], bytes], str | None]] = [
    ("empty.txt", lambda: b"", "empty"),
    ("encrypted.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    ("encrypted.pdf", locked_pdf, "password|damaged|locked"),
    ("truncated.pdf", lambda: sample(".pdf")[:3000], "damaged or cut short"),
    ("truncated.xlsx", lambda: sample(".xlsx")[:3000], "damaged"),
    ("truncated.docx", lambda: sample(".docx")[:3000], "damaged"),
    ("mislabelled.pdf", lambda: b"<html><body>404 Not Found</body></html>", "nothing of a budget"),
    ("workbook-called.pdf", lambda: sample(".xlsx"), None),
    ("page-called.doc", "<table><tr><td>甲</td><td>1.00</td></tr></table>".encode, "no disclosure"),
    ("nested.html", lambda: b"<div><table><tr><td>" * 100_000 + b"1.00", "nests"),
    ("nested-archive.docx", lambda: _zip_of({"inner.zip": _zip_of({"a.txt": b"1"})}), "damaged archive"),
    ("million-cells.txt", lambda: "\n".join([ROW] * 10_000).encode(), "1,000,000 cells"),
    ("many-cells.txt", lambda: "\n".join([ROW] * 1_000).encode(), "no disclosure"),
    ("million-cells.xlsx", million_cells, "cells"),
    ("million-cells.html", lambda: b"<table>" + (b"<tr>" + b"<td>1</td>" * 100) * 10_000, "cells"),
    ("bomb.xlsx", lambda: bomb(sample(".xlsx"), SPREADSHEET), "decompression bomb"),
    ("bomb.docx", lambda: bomb(sample(".docx"), "word/document.xml"), "decompression bomb"),
]


@pytest.fixture(scope="module")
def ends() -> dict[str, str | None]:
    """The reason for which each fault failed; None for one that was read."""
    results = read_all([(name, make()) for name, make, _ in FAULTS], LIMITS)
    return {FAULTS[place][0]: reason_of(result) for place, result in results}


@pytest.mark.parametrize(("name", "reason"), [(name, reason) for name, _, reason in FAULTS])
def test_a_fault_ends_with_its_reason(ends: dict[str, str | None], name: str, reason: str | None) -> None:
    found = ends[name]
    if reason is None:
        assert found is None
    else:
        assert found is not None
        assert any(word in found for word in reason.split("|")), found


def test_mutated_documents_are_read_or_fail_and_leave_no_process() -> None:
    others = running_workers()  # of other tests, such as a database server
    files = sorted(SAMPLES.iterdir())
    copies = list(mutated(files, 3 * len(files), seed=2))
    results = read_all([(copy.original.name, copy.data) for copy in copies], LIMITS)
    ends = {place: reason_of(result) for place, result in results}
    assert len(ends) == len(copies)
    assert not [reason for reason in ends.values() if reason is not None and "LOST" in reason]
    assert None in ends.values()
    assert set(ends.values()) != {None}
    assert running_workers() == others


PRINTED = """2024年部门预算
收入预算总表
单位：万元
项目\t预算数
合计\t{total}
{label}\t12.50
"""


@pytest.mark.parametrize(
    ("of_copy", "read", "what"),
    [
        ({}, {}, {"as before"}),
        ({"total": "112.51"}, {"total": "112.51"}, {"as before", "said by the copy"}),
        ({"label": "外交"}, {"label": "外交"}, {"as before", "moved"}),
        ({}, {"total": "212.50"}, {"as before", "invented"}),
    ],
)
def test_the_bench_tells_what_a_copy_says_from_what_nothing_says(
    of_copy: dict[str, str], read: dict[str, str], what: set[str]
) -> None:
    """What is read may be of other bytes than those that are searched, as a reader that errs gives it."""
    original, copy, seen = (
        PRINTED.format(**{"total": "112.50", "label": "国防", **changed}).encode()
        for changed in ({}, of_copy, read)
    )
    found = []
    for data in (original, seen):
        document = read_document(LandedFile("0" * 64, "a.txt", "text/plain", len(data)), data)
        found.append(figures_of(stage(printed_frames([document])))["0" * 64])
    told = judged(found[1], Bytes(copy), found[0], Bytes(original))
    assert {kind for kind, _ in told} == what


def test_a_process_that_stays_is_noticed() -> None:
    others = running_workers()
    with WorkerProcesses(LIMITS.memory_mib) as workers:
        assert [done.result for done in workers.map(abs, [-1], lambda _: 10.0)] == [1]
        assert set(running_workers()) > set(others)
    assert running_workers() == others
