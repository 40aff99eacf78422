"""Draw small PDFs: every call is in points from the top left corner of a page of 400 by 300."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.typesetting.pdf import FONT, FONT_FILE

WIDTH, HEIGHT, SIZE = 400, 300, 10

Drawing = Callable[["Pen"], None]


class Pen:
    """Draws on one page."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(self, x: float, y: float, text: str, font: str = FONT) -> None:
        self.canvas.setFont(font, SIZE)
        self.canvas.drawString(x, HEIGHT - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def fill(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, HEIGHT - y - height, width, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def grid(self, columns: Sequence[float], rows: Sequence[float]) -> None:
        for x in columns:
            self.line(x, rows[0], x, rows[-1])
        for y in rows:
            self.line(columns[0], y, columns[-1], y)


def pdf(*drawings: Drawing, rotation: int = 0, **options: object) -> bytes:
    """One page for each drawing."""
    pdfmetrics.registerFont(TTFont(FONT, FONT_FILE))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=True, **options)
    for drawing in drawings:
        canvas.setPageRotation(rotation)
        drawing(Pen(canvas))
        canvas.showPage()
    canvas.save()
    return file.getvalue()
