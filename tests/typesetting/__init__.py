"""One disclosure, typeset in every format: what the readers give back must be the same facts."""

from __future__ import annotations

from collections.abc import Callable

from tests.typesetting.content import Content
from tests.typesetting.ofd import as_ofd
from tests.typesetting.pages import Design
from tests.typesetting.pdf import as_pdf, as_scan
from tests.typesetting.plain import as_text
from tests.typesetting.web import as_html
from tests.typesetting.word import as_docx
from tests.typesetting.workbook import as_xls, as_xlsx

WIDE = Design(width=842, height=1191, size=9)
CUT = Design(width=842, height=500, size=8, is_turned=True)
"""Low landscape pages, turned: nearly every table is cut, without its header."""

UNRULED: dict[str, Design] = {
    "level_rules": Design(width=842, height=1191, size=9, rules="level"),
    "shaded_rows": Design(width=842, height=1191, size=8, rules="none", is_shaded=True),
    "no_rules": Design(width=1191, height=842, size=9, rules="none"),
}
"""Pages whose tables are not ruled, or not ruled apart."""

FORMATS: dict[str, tuple[str, Callable[[Content], bytes]]] = {
    "pdf": ("application/pdf", lambda content: as_pdf(content, WIDE)),
    "pdf_cut_and_turned": ("application/pdf", lambda content: as_pdf(content, CUT)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "xls": ("application/vnd.ms-excel", as_xls),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
    "html": ("text/html", as_html),
    "ofd": ("application/ofd", lambda content: as_ofd(content, WIDE)),
}
SCAN: tuple[str, Callable[[Content], bytes]] = ("application/pdf", lambda content: as_scan(content, WIDE))

__all__ = ["CUT", "FORMATS", "SCAN", "UNRULED", "WIDE", "Content", "as_pdf", "as_scan", "as_text"]
