"""Goldens are folders: a document, what it says as a table, and why it is here. Adding one needs no code.

``expected.csv`` holds every amount of the document in printed order. To add a case: write ``document.txt``
and ``why.md``, run this test, read the table it prints against the document by eye, and save it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pytest

from extract import printed_frames, read_document, stage
from extract.landing import LandedFile

CASES = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if path.is_dir())
COLUMNS = [
    "form_key", "line_no", "field_no", "row_kind", "code", "economic_code_government", "row_label",
    "measure", "fund", "amount_text", "unit", "amount_yuan",
]  # fmt: skip


def test_there_are_goldens() -> None:
    assert CASES


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_golden(case: Path) -> None:
    data = (case / "document.txt").read_bytes()
    file = LandedFile(hashlib.sha256(data).hexdigest(), "document.txt", "text/plain", len(data))
    tables = stage(printed_frames([read_document(file, data)]))
    amounts = tables["amounts"].sort("line_no", "field_no").select(COLUMNS).cast(pl.String)
    printed = amounts.write_csv()
    assert (case / "why.md").read_text(encoding="utf-8").strip(), "say why the case is here"
    assert printed == (case / "expected.csv").read_text(encoding="utf-8"), printed
