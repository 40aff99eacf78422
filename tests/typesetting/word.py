"""Content as a Word document: paragraphs and tables with merged cells."""

from __future__ import annotations

import io

from docx import Document

from tests.typesetting.content import Break, Content, Paragraph


def as_docx(content: Content) -> bytes:
    """Typeset content as .docx."""
    document = Document()
    for item in content:
        if isinstance(item, Break):
            document.add_page_break()
            continue
        if isinstance(item, Paragraph):
            document.add_paragraph(item.text)
            continue
        table = document.add_table(item.height, item.width)
        table.style = "Table Grid"
        grid = [list(row.cells) for row in table.rows]
        for place in item.places:
            cell = grid[place.row][place.column]
            if place.row_span > 1 or place.column_span > 1:
                last = grid[place.row + place.row_span - 1][place.column + place.column_span - 1]
                cell = cell.merge(last)
            cell.text = place.text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
