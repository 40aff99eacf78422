"""Content as a web page: paragraphs and tables with spans, in GBK as many offices still publish."""

from __future__ import annotations

from html import escape
from itertools import groupby

from tests.typesetting.content import Break, Content, Paragraph, Place, Table


def as_html(content: Content) -> bytes:
    """Typeset content as HTML inside a table that only lays out the page."""
    body = "\n".join(map(_item, content))
    page = (
        '<!DOCTYPE html><html><head><meta charset="gb18030"><title>公开</title></head>'
        f"<body><table><tr><td>\n{body}\n</td></tr></table></body></html>"
    )
    return page.encode("gb18030")


def _item(item: Paragraph | Table | Break) -> str:
    if isinstance(item, Break):
        return "<hr>"
    return f"<p>{escape(item.text)}</p>" if isinstance(item, Paragraph) else _table(item)


def _table(table: Table) -> str:
    rows = {row: list(places) for row, places in groupby(table.places, key=lambda place: place.row)}
    lines = ("".join(map(_cell, rows.get(row, []))) for row in range(table.height))
    return '<table border="1">' + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>"


def _cell(place: Place) -> str:
    spans = (f' rowspan="{place.row_span}"' if place.row_span > 1 else "") + (
        f' colspan="{place.column_span}"' if place.column_span > 1 else ""
    )
    return f"<td{spans}>{escape(place.text) or '&nbsp;'}</td>"
