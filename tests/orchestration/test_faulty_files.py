"""Files made to break a reader end as read or as failed with a reason, and leave no process behind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from orchestration.processes import WorkerProcesses
from orchestration.reading import ReadingLimits
from tests.benchmarks.faults import mutated, read_all, running_workers

LIMITS = ReadingLimits(seconds=60, seconds_per_mib=60)
SAMPLES = Path(__file__).parents[2] / "warehouse" / "samples"
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


def faults() -> Iterator[tuple[str, bytes, str | None]]:
    """A name, the bytes, and a word of the reason; None where it is to be read."""
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    row = "\t".join(["1.00"] * 100)
    yield "empty.txt", b"", "empty"
    yield "encrypted.xlsx", ole + "EncryptedPackage".encode("utf-16-le"), "password"
    yield "encrypted.pdf", locked_pdf(), "password|damaged|locked"
    yield "truncated.pdf", sample(".pdf")[:3000], "damaged or cut short"
    yield "truncated.xlsx", sample(".xlsx")[:3000], "damaged"
    yield "truncated.docx", sample(".docx")[:3000], "damaged"
    yield "mislabelled.pdf", b"<html><body>404 Not Found</body></html>", "nothing of a budget"
    yield "workbook-called.pdf", sample(".xlsx"), None
    yield "page-called.doc", "<table><tr><td>甲</td><td>1.00</td></tr></table>".encode(), None
    yield "nested.html", b"<div><table><tr><td>" * 100_000 + b"1.00", "nests"
    yield "nested-archive.docx", _zip_of({"inner.zip": _zip_of({"a.txt": b"1"})}), "damaged archive"
    yield "million-cells.txt", "\n".join([row] * 10_000).encode(), "1,000,000 cells"
    yield "many-cells.txt", "\n".join([row] * 4_000).encode(), None
    yield "million-cells.xlsx", million_cells(), "cells"
    yield "million-cells.html", b"<table>" + (b"<tr>" + b"<td>1</td>" * 100) * 10_000, "cells"
    yield "bomb.xlsx", bomb(sample(".xlsx"), SPREADSHEET), "decompression bomb"
    yield "bomb.docx", bomb(sample(".docx"), "word/document.xml"), "decompression bomb"


def _zip_of(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.fixture(scope="module")
def ends() -> dict[str, str | None]:
    """The reason for which each fault failed; None for one that was read."""
    return dict(read_all([(name, data) for name, data, _ in faults()], LIMITS))


@pytest.mark.parametrize(("name", "reason"), [(name, reason) for name, _, reason in faults()])
def test_a_fault_ends_with_its_reason(ends: dict[str, str | None], name: str, reason: str | None) -> None:
    found = ends[name]
    if reason is None:
        assert found is None
    else:
        assert found is not None
        assert any(word in found for word in reason.split("|")), found


def test_mutated_documents_are_read_or_fail_and_leave_no_process() -> None:
    files = sorted(SAMPLES.iterdir())
    copies = list(mutated(files, 3 * len(files), seed=2))
    ends = dict(read_all(copies, LIMITS))
    assert len(ends) == len({name for name, _ in copies})
    assert not [reason for reason in ends.values() if reason is not None and "LOST" in reason]
    assert None in ends.values()
    assert set(ends.values()) != {None}
    assert running_workers() == []


def test_a_process_that_stays_is_noticed() -> None:
    with WorkerProcesses(LIMITS.memory_mib) as workers:
        assert [done.result for done in workers.map(abs, [-1], lambda _: 10.0)] == [1]
        assert running_workers() != []
    assert running_workers() == []
