"""Where each cell of typeset content stands in a format, in the terms in which readers name places.

A page, line and field for formats that have lines; for PDF a page and a box, since how a reader counts lines
of a page is its own affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.typesetting.content import Break, Content, Paragraph, Table
from tests.typesetting.pages import Design, laid_out
from tests.typesetting.plain import lines_of
from tests.typesetting.workbook import rows_of_sheets

CellAt = tuple[int, int, int]
"""Item of the content, row and column in it."""


class Where(NamedTuple):
    """The place of a cell; what the format does not have is None."""

    page: int | None
    line: int | None
    field: int | None
    box: tuple[float, float, float, float] | None = None


def places(content: Content, format_name: str, design: Design | None = None) -> dict[CellAt, Where]:
    """Give the place of each cell of the tables, in one of: text, html, docx, xlsx, pdf (with its design)."""
    if format_name == "pdf":
        assert design is not None
        return dict(_on_pages(content, design))
    numbered = {"text": _in_text, "xlsx": _on_sheets}.get(format_name, _in_running_order)(content)
    has_columns = format_name in ("text", "xlsx")
    found = {}
    for item_no, page, first in numbered:
        table = content[item_no]
        assert isinstance(table, Table)
        # where only cells make columns, one in which none begins is no column
        begins = range(table.width) if has_columns else sorted({place.column for place in table.places})
        field = {column: number for number, column in enumerate(begins)}
        for place in table.places:
            at = item_no, place.row, place.column
            found[at] = Where(page, first + place.row, field[place.column])
    return found


def _in_text(content: Content) -> Iterator[tuple[int, int | None, int]]:
    for line_no, (_, row) in enumerate(lines_of(content), start=1):
        if row is not None and row[1] == 0:
            yield row[0], None, line_no


def _in_running_order(content: Content) -> Iterator[tuple[int, int | None, int]]:
    line_no = 1
    for number, item in enumerate(content):
        if isinstance(item, Paragraph):
            line_no += 1
        elif not isinstance(item, Break):
            yield number, None, line_no
            line_no += item.height


def _on_sheets(content: Content) -> Iterator[tuple[int, int | None, int]]:
    sheet = 1
    for number, (row, item) in enumerate(rows_of_sheets(content)):
        if isinstance(item, Break):
            sheet += number > 0
        elif not isinstance(item, Paragraph):
            yield number, sheet, row


def _on_pages(content: Content, design: Design) -> Iterator[tuple[CellAt, Where]]:
    for page_no, page in enumerate(laid_out(content, design), start=1):
        for box in page.boxes:
            edges = box.left, box.top, box.right, box.bottom
            yield (box.item, box.row, box.column), Where(page_no, None, None, edges)
