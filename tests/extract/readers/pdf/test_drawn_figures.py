"""Cells without text that hold print are told from blank ones, and pictures that touch are one."""

from __future__ import annotations

import time

import pypdfium2 as pdfium
import pytest

from extract.blocks import Box, Grid, Illegible
from extract.readers.pdf import document, read_pdf
from extract.readers.pdf.content import PageContent
from extract.readers.pdf.drawn_figures import are_inked
from extract.readers.pdf.pictured import pictures_of
from tests.extract.readers.pdf.drawing import Pen, pdf

CELLS = [Box(50 + 60 * x, 50 + 20 * y, 110 + 60 * x, 70 + 20 * y) for y in range(3) for x in range(3)]


def form(pen: Pen) -> None:
    pen.grid([50, 110, 170, 230], [50, 70, 90, 110])


def figures(pen: Pen) -> None:
    """Shapes in the middle of some cells."""
    form(pen)
    for y in (64, 84, 104):
        for x in range(180, 200, 5):
            pen.fill(x, y - 6, 3, 6, grey=0.0)


def sealed(pen: Pen) -> None:
    """A ring across all cells."""
    form(pen)
    pen.canvas.circle(140, 220, 35, stroke=1, fill=0)


def is_inked(data: bytes) -> bool:
    with pdfium.PdfDocument(data) as opened:
        return are_inked(opened[0], CELLS)


def test_shapes_within_cells_are_print_and_rules_and_seals_across_them_are_none() -> None:
    assert is_inked(pdf(figures))
    assert not is_inked(pdf(form))
    assert not is_inked(pdf(sealed))


def test_a_form_whose_figures_are_shapes_is_no_blank_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def page(pen: Pen) -> None:
        figures(pen)
        pen.text(60, 30, "2024年支出总表，单位：万元")

    monkeypatch.setattr(document, "is_installed", lambda: False)

    def blank(pen: Pen) -> None:
        form(pen)
        pen.text(60, 60, "项目")

    read = read_pdf(pdf(page, blank))
    assert [type(block) for block in read.blocks] == [Illegible, Grid]
    assert "page 1 there is print in cells that hold no text" in (read.caveat or "")


def stripes(count: int) -> PageContent:
    pictures = tuple(Box(10, 10 + 0.05 * n, 310, 10 + 0.05 * (n + 1)) for n in range(count))
    return PageContent(400, 300, (), (), 1.0, pictures=pictures)


def test_stripes_of_a_scan_are_one_picture() -> None:
    assert pictures_of(stripes(4_000)) == [Box(10, 10, 310, 210)]


def test_pictures_that_do_not_touch_are_several() -> None:
    apart = (Box(10, 10, 150, 60), Box(200, 10, 350, 60), Box(10, 100, 150, 160), Box(140, 58, 210, 62))
    content = PageContent(400, 300, (), (), 0.3, pictures=apart)
    # the last touches the first two, which are one with it
    assert pictures_of(content) == [Box(10, 10, 350, 62), Box(10, 100, 150, 160)]


def test_twice_as_many_stripes_take_no_four_times_as_long() -> None:
    def seconds(content: PageContent) -> float:
        began = time.process_time()
        pictures_of(content)
        return time.process_time() - began

    few, many = stripes(4_000), stripes(8_000)
    assert min(seconds(many) for _ in range(5)) < 3 * min(seconds(few) for _ in range(5))
