"""A workbook that ends the library which reads it ends no process of ours: it is refused in words."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import pytest

from extract.readers import UnreadableDocumentError, read_blocks
from extract.readers import workbooks as readers
from extract.readers.workbooks import read_by_calamine
from tests.typesetting.content import Paragraph
from tests.typesetting.workbook import as_xls

WORKBOOK = as_xls((Paragraph("2024年部门预算"),) * 200)
SECTOR = 512


def with_number(at: int, number: int) -> bytes:
    return WORKBOOK[:at] + struct.pack("<I", number) + WORKBOOK[at + 4 :]


def table_at() -> int:
    """Where the table of chains begins."""
    (first,) = struct.unpack_from("<I", WORKBOOK, 76)
    return (first + 1) * SECTOR


def first_of_directory() -> int:
    (first,) = struct.unpack_from("<I", WORKBOOK, 48)
    return int(first)


def test_a_whole_workbook_is_read() -> None:
    (sheet,) = read_by_calamine(WORKBOOK)
    assert [cell.text for row in sheet.rows for cell in row.cells] == ["2024年部门预算"] * 200
    assert read_blocks(WORKBOOK, "application/vnd.ms-excel").blocks


def test_a_cell_for_which_no_memory_is_enough_ends_no_process_of_ours() -> None:
    label = struct.pack("<HHHH", 0xFD, 10, 5, 0)  # of its sixth row and first column
    assert WORKBOOK.count(label) == 1
    far = WORKBOOK.replace(label, struct.pack("<HHHH", 0xFD, 10, 60_000, 60_000))
    with pytest.raises(UnreadableDocumentError, match=r"damaged .* no memory is enough"):
        read_by_calamine(far)


@pytest.mark.parametrize("sector", [0, first_of_directory()], ids=["stream", "directory"])
def test_a_chain_that_leads_in_a_circle_is_refused(sector: int) -> None:
    damaged = with_number(table_at() + 4 * sector, sector)
    began = time.monotonic()
    with pytest.raises(UnreadableDocumentError, match="damaged"):
        read_blocks(damaged, "application/vnd.ms-excel")
    assert time.monotonic() - began < 20


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(readers, "_PROGRAM", endless)
    monkeypatch.setattr(readers, "_SECONDS", 0.2)
    with pytest.raises(UnreadableDocumentError, match="takes longer than"):
        read_by_calamine(WORKBOOK)
