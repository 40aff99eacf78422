"""Workbooks: each visible sheet is a page; its tables are grids, everything else on it is text."""

from __future__ import annotations

from dataclasses import replace

from extract.blocks import Grid
from extract.readers.reading import ReadBlocks
from extract.readers.table_layout import split_rows
from extract.readers.workbook_rows import Sheet
from extract.readers.workbooks import doubt_of_ods, read_by_calamine
from extract.readers.xls import read_xls
from extract.readers.xlsx import read_xlsx
from extract.readers.zipped import check_zip


def read_xlsx_workbook(data: bytes) -> ReadBlocks:
    """Read .xlsx and .xlsm. Raises UnreadableDocumentError."""
    return _blocks(read_xlsx(data))


def read_xls_workbook(data: bytes) -> ReadBlocks:
    """Read .xls and .et. Raises UnreadableDocumentError."""
    return _blocks(read_xls(data))


def read_ods_workbook(data: bytes) -> ReadBlocks:
    """Read .ods. Raises UnreadableDocumentError."""
    check_zip(data)
    return _blocks(read_by_calamine(data, doubt_of_ods(data)))


def _blocks(sheets: tuple[Sheet, ...]) -> ReadBlocks:
    blocks = (
        replace(block, sheet_name=sheet.name) if isinstance(block, Grid) else block
        for sheet in sheets
        for block in split_rows(sheet.rows, sheet.number)
    )
    return ReadBlocks(tuple(blocks), page_count=len(sheets))
