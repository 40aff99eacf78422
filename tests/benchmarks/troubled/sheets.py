"""A page that is drawn piece by piece, so that troubles can be drawn between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.typesetting.pages import Design, Page, Piece
from tests.typesetting.pdf import FONT, registered

FIGURE = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d+|-?\d{5,}")


def width_of(text: str, size: float) -> float:
    """How wide a text is printed, in points."""
    registered()
    return float(pdfmetrics.stringWidth(text, FONT, size))


Trouble = Callable[["Sheet", Random], None]


class Sheet:
    """One page as it is drawn; lengths in points, y from the top."""

    def __init__(self, canvas: Canvas, page: Page, design: Design) -> None:
        """Begin a page."""
        self.canvas, self.page, self.design = canvas, page, design

    @property
    def figures(self) -> list[Piece]:
        """The pieces of text that are figures."""
        return [piece for piece in self.page.pieces if FIGURE.fullmatch(piece.text)]

    def y(self, y: float) -> float:
        """From the bottom, as the format counts."""
        return self.design.height - y

    def text(self, x: float, y: float, text: str, size: float | None = None) -> None:
        """Write a piece of text at a baseline."""
        self.canvas.setFont(FONT, size or self.design.size)
        self.canvas.drawString(x, self.y(y), text)

    def body(self) -> None:
        """Draw the page as it is without any trouble."""
        self.frame()
        for x, y, text in self.page.pieces:
            self.text(x, y, text)

    def frame(self) -> None:
        """Draw the rules and shades."""
        self.canvas.setLineWidth(0.5)
        self.canvas.setFillGray(0.85)
        for x0, y0, x1, y1 in self.page.shades:
            self.canvas.rect(x0, self.y(y1), x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillGray(0)
        for x0, y0, x1, y1 in self.page.rules:
            self.canvas.line(x0, self.y(y0), x1, self.y(y1))

    def room(self, piece: Piece) -> float:
        """How far the cell of a piece reaches to the right of where it begins."""
        size = self.design.size
        for box in self.page.boxes:
            if box.left <= piece.x < box.right and box.top <= piece.y - size / 3 < box.bottom:
                return box.right - piece.x
        return 0.0

    def width(self, text: str, size: float | None = None) -> float:
        """How wide a text is printed."""
        return width_of(text, size or self.design.size)

    def old(self, piece: Piece, random: Random) -> str:
        """An older figure than the one printed."""
        return re.sub(r"\d", lambda _: str(random.randint(1, 9)), piece.text)


def some(sheet: Sheet, random: Random) -> list[Piece]:
    """About half of the figures of a page."""
    return [piece for piece in sheet.figures if random.random() < 0.5]
