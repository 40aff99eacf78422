"""Sets as files: the bytes of each format, and the place of every figure in it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.lottery.drawing import DrawnSet
from tests.typesetting.content import Content, Table
from tests.typesetting.pages import MARGIN, Design, least_width
from tests.typesetting.pdf import as_pdf
from tests.typesetting.plain import as_text
from tests.typesetting.web import as_html
from tests.typesetting.where import Where, places
from tests.typesetting.word import as_docx
from tests.typesetting.workbook import as_xlsx

_A3_WIDTH, _A3_HEIGHT, _SIZE = 842, 1191, 9
_PRINTERS = {"text": as_text, "html": as_html, "docx": as_docx, "xlsx": as_xlsx}
MEDIA_TYPES = {
    "text": "text/plain",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
SUFFIXES = {"text": "txt"}


@dataclass(frozen=True)
class PrintedSet:
    """A file: its bytes, name and media type, and where each figure stands, by cell."""

    data: bytes
    file_name: str
    media_type: str
    where: dict[int, Where]


def print_set(drawn: DrawnSet) -> PrintedSet:
    """Typeset a set in its format."""
    name = drawn.truth.format_name
    design = design_for(drawn.content) if name == "pdf" else None
    data = _PRINTERS[name](drawn.content) if design is None else as_pdf(drawn.content, design)
    at = places(drawn.content, name, design)
    where = {cell.cell_id: at[cell.item, cell.row, cell.column] for cell in drawn.truth.cells}
    file_name = f"lottery-{drawn.truth.set_no:04d}.{SUFFIXES.get(name, name)}"
    return PrintedSet(data, file_name, MEDIA_TYPES[name], where)


def design_for(content: Content) -> Design:
    """A page that is wide enough for the widest table."""
    widths = [least_width(item, _SIZE) for item in content if isinstance(item, Table)]
    return Design(width=max(_A3_WIDTH, max(widths, default=0) + 2 * MARGIN), height=_A3_HEIGHT, size=_SIZE)
