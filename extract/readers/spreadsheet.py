"""Workbooks: each visible sheet is a page; its tables are grids, everything else on it is text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.blocks import Block, Grid, Illegible
from extract.readers.ods import read_ods
from extract.readers.pictures import blocks_of_picture, last_line
from extract.readers.reading import ReadBlocks
from extract.readers.table_layout import split_rows
from extract.readers.workbook_rows import Sheet
from extract.readers.xls import read_xls
from extract.readers.xlsx import read_xlsx


def read_xlsx_workbook(data: bytes) -> ReadBlocks:
    """Read .xlsx and .xlsm. Raises UnreadableDocumentError."""
    return _blocks(read_xlsx(data))


def read_xls_workbook(data: bytes) -> ReadBlocks:
    """Read .xls and .et. Raises UnreadableDocumentError."""
    return _blocks(read_xls(data))


def read_ods_workbook(data: bytes) -> ReadBlocks:
    """Read .ods. Raises UnreadableDocumentError."""
    return _blocks(read_ods(data))


def _blocks(sheets: tuple[Sheet, ...]) -> ReadBlocks:
    blocks = (
        replace(block, sheet_name=sheet.name) if isinstance(block, Grid) else block
        for sheet in sheets
        for block in _of_sheet(sheet)
    )
    return ReadBlocks(tuple(blocks), page_count=len(sheets))


def _of_sheet(sheet: Sheet) -> Iterator[Block]:
    """The blocks of a sheet from top to bottom; the lines of pictures are numbered after its last row."""
    blocks = list(split_rows(sheet.rows, sheet.number))
    line_no = max((row.line_no for row in sheet.rows), default=0)
    pictures: list[tuple[int, tuple[Block, ...]]] = []
    for picture in sheet.pictures:
        of_picture = blocks_of_picture(picture.data, line_no, sheet.number)
        line_no = last_line(of_picture, line_no)
        pictures.append((picture.row, of_picture))
    for block in blocks:
        while pictures and pictures[0][0] <= _first_line(block):
            yield from pictures.pop(0)[1]
        yield block
    for _, of_picture in pictures:
        yield from of_picture
    if sheet.is_unread:
        yield Illegible(line_no + 1, sheet.number)


def _first_line(block: Block) -> int:
    return block.rows[0][0].line_no if isinstance(block, Grid) else block.line_no
