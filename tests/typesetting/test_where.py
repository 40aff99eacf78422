"""What is typeset stands where ``where`` says, as readers count pages, lines and fields."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extract.blocks import Cell, Grid
from extract.readers import read_blocks
from tests.typesetting import WIDE, as_pdf, as_text
from tests.typesetting.content import Break, Content, Paragraph, Place, Table
from tests.typesetting.web import as_html
from tests.typesetting.where import Where, places
from tests.typesetting.word import as_docx
from tests.typesetting.workbook import as_xlsx

TABLE = Table(
    4,
    3,
    (
        Place(0, 0, 2, 1, "项目"), Place(0, 1, 1, 2, "金额"),
        Place(1, 1, 1, 1, "上年"), Place(1, 2, 1, 1, "本年"),
        Place(2, 0, 2, 1, "支出"), Place(2, 1, 1, 1, "1.20"), Place(2, 2, 1, 1, ""),
        Place(3, 1, 1, 1, "3.40"), Place(3, 2, 1, 1, "5.60"),
    ),
)  # fmt: skip
NARROW = Table(
    2,
    3,
    (Place(0, 0, 1, 2, "201"), Place(0, 2, 1, 1, "7.80"), Place(1, 0, 1, 2, ""), Place(1, 2, 1, 1, "9.00")),
)
CONTENT: Content = (
    Paragraph("某局"), Break("一"), Paragraph("支出表"), TABLE,
    Break("二"), TABLE, Paragraph("单位：元"), TABLE, Paragraph("续"), NARROW,
)  # fmt: skip
PRINTERS = {
    "text": ("text/plain", as_text),
    "html": ("text/html", as_html),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
    "pdf": ("application/pdf", lambda content: as_pdf(content, WIDE)),
}


@pytest.mark.parametrize("name", PRINTERS)
def test_every_cell_is_read_where_it_was_typeset(name: str) -> None:
    media_type, printer = PRINTERS[name]
    read = [cell for cell in _cells(read_blocks(printer(CONTENT), media_type).blocks) if cell.text]
    where = places(CONTENT, name, WIDE if name == "pdf" else None)
    printed = 0
    for item_no, item in enumerate(CONTENT):
        if isinstance(item, Table):
            for place in item.places:
                if place.text:
                    at = where[item_no, place.row, place.column]
                    assert [cell.text for cell in read if _stands_at(cell, at)] == [place.text], at
                    printed += 1
    assert printed == len(read) == 3 * 8 + 3


def test_a_break_begins_a_sheet_and_a_page() -> None:
    where = {name: places(CONTENT, name, WIDE if name == "pdf" else None) for name in PRINTERS}
    for name in ("xlsx", "pdf"):
        assert [where[name][item, 0, 0].page for item in (3, 5, 7)] == [2, 3, 3]
    for name in ("text", "html", "docx"):
        assert {each.page for each in where[name].values()} == {None}


def _cells(blocks: tuple[object, ...]) -> Iterator[Cell]:
    for block in blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                yield from row


def _stands_at(cell: Cell, where: Where) -> bool:
    if where.box is None:
        return (cell.page_no, cell.line_no, cell.field_no) == where[:3]
    assert cell.box is not None
    left, top, right, bottom = where.box
    x, y = (cell.box.left + cell.box.right) / 2, (cell.box.top + cell.box.bottom) / 2
    return cell.page_no == where.page and left < x < right and top < y < bottom
