"""A compound file whose chains lead in a circle, or whose cells lie nowhere, is refused unread."""

from __future__ import annotations

import struct
import time

import pytest

from extract.readers import UnreadableDocumentError, read_blocks
from extract.readers.compound import has_endless_chain, has_far_cell
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


def test_a_whole_workbook_has_none() -> None:
    assert not has_endless_chain(WORKBOOK)
    assert read_blocks(WORKBOOK, "application/vnd.ms-excel").blocks


def test_a_cell_beyond_the_last_column_is_refused_before_a_sheet_is_laid_out_to_it() -> None:
    label = struct.pack("<HHHH", 0xFD, 10, 5, 0)  # of its sixth row and first column
    assert not has_far_cell(WORKBOOK)
    assert WORKBOOK.count(label) == 1
    far = WORKBOOK.replace(label, struct.pack("<HHHH", 0xFD, 10, 60_000, 60_000))
    assert has_far_cell(far)
    with pytest.raises(UnreadableDocumentError, match="beyond the last column"):
        read_by_calamine(far)


def test_what_is_no_compound_file_has_none() -> None:
    assert not has_far_cell(b"PK\x03\x04" + bytes(1000))
    assert not has_endless_chain(b"")
    assert not has_endless_chain(b"PK\x03\x04" + bytes(1000))
    assert not has_endless_chain(WORKBOOK[:500])


@pytest.mark.parametrize("sector", [0, first_of_directory()], ids=["stream", "directory"])
def test_a_chain_that_leads_in_a_circle_is_refused_at_once(sector: int) -> None:
    damaged = with_number(table_at() + 4 * sector, sector)
    assert has_endless_chain(damaged)
    began = time.monotonic()
    with pytest.raises(UnreadableDocumentError, match="damaged"):
        read_blocks(damaged, "application/vnd.ms-excel")
    assert time.monotonic() - began < 5
