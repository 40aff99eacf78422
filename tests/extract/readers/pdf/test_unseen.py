"""What nobody sees on a page is not read, and what a person sees over it is."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.blocks import Grid, Text
from extract.readers.pdf import read_pdf
from tests.extract.readers.pdf.drawing import Pen, pdf


def texts(data: bytes) -> list[str]:
    """All lines and cells that are not blank."""
    found: list[str] = []
    for block in read_pdf(data).blocks:
        if isinstance(block, Text):
            found.append(block.text)
        elif isinstance(block, Grid):
            found += [cell.text for row in block.rows for cell in row if cell.text]
    return found


def unpainted(pen: Pen) -> None:
    text = pen.canvas.beginText(60, 236)
    text.setTextRenderMode(3)
    text.textOut("9,999.99")
    pen.canvas.saveState()
    pen.canvas.drawText(text)
    pen.canvas.restoreState()


def white(pen: Pen) -> None:
    pen.canvas.setFillGray(1)
    pen.text(60, 64, "9,999.99", font="Helvetica")
    pen.canvas.setFillGray(0)


def covered(pen: Pen) -> None:
    pen.text(60, 64, "9,999.99", font="Helvetica")
    pen.fill(55, 52, 60, 16, grey=1.0)


def clipped(pen: Pen) -> None:
    pen.canvas.saveState()
    path = pen.canvas.beginPath()
    path.rect(1, 1, 5, 5)
    pen.canvas.clipPath(path, stroke=0, fill=0)
    pen.text(60, 64, "9,999.99", font="Helvetica")
    pen.canvas.restoreState()


def sheer(pen: Pen) -> None:
    pen.canvas.setFillAlpha(0)
    pen.text(60, 64, "9,999.99", font="Helvetica")
    pen.canvas.setFillAlpha(1)


@pytest.mark.parametrize("hides", [unpainted, white, covered, clipped, sheer])
def test_a_figure_that_nobody_sees_is_not_read(hides: Callable[[Pen], None]) -> None:
    def page(pen: Pen) -> None:
        pen.canvas.saveState()
        hides(pen)
        pen.canvas.restoreState()
        pen.text(60, 100, "1,836.42", font="Helvetica")

    assert texts(pdf(page)) == ["1,836.42"]


@pytest.mark.parametrize(
    ("left", "width", "expected"),
    [
        (55, 60, []),  # all of it
        (
            59,
            5,
            [("1,836.42", "hidden")],
        ),  # a digit, as the ring of a seal may
        (120, 20, [("1,836.42", None)]),
    ],
)
def test_a_figure_that_is_covered_in_part_is_kept_and_in_doubt(
    left: int, width: int, expected: list[tuple[str, str | None]]
) -> None:
    def page(pen: Pen) -> None:
        pen.grid((50, 150, 250), (50, 75, 100))
        pen.text(160, 64, "2.00", font="Helvetica")
        pen.text(60, 64, "1,836.42", font="Helvetica")
        pen.fill(left, 54, width, 12, grey=0.9)

    (grid,) = [block for block in read_pdf(pdf(page)).blocks if isinstance(block, Grid)]
    assert [(cell.text, cell.doubt) for cell in grid.rows[0][:1] if cell.text] == expected


def test_white_text_on_a_dark_header_is_seen() -> None:
    def page(pen: Pen) -> None:
        pen.fill(50, 50, 200, 20, grey=0.2)
        pen.canvas.setFillGray(1)
        pen.text(60, 64, "1,836.42", font="Helvetica")
        pen.canvas.setFillGray(0)
        pen.text(60, 100, "2.00", font="Helvetica")

    assert texts(pdf(page)) == ["1,836.42", "2.00"]


def test_a_fill_that_lets_the_text_through_hides_nothing() -> None:
    def page(pen: Pen) -> None:
        pen.text(60, 64, "1,836.42", font="Helvetica")
        pen.canvas.setFillAlpha(0.3)
        pen.fill(55, 52, 60, 16, grey=0.5)

    assert texts(pdf(page)) == ["1,836.42"]


def test_a_page_none_of_whose_text_is_painted_is_doubtful() -> None:
    def page(pen: Pen) -> None:
        pen.grid([50, 150, 250], [50, 70, 90])
        text = pen.canvas.beginText()
        text.setTextRenderMode(3)
        for x, y, cell in ((55, 64, "a"), (155, 64, "b"), (55, 84, "c"), (155, 84, "1.00")):
            text.setTextOrigin(x, 300 - y)
            text.textOut(cell)
        pen.canvas.drawText(text)

    (grid,) = read_pdf(pdf(page)).blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.doubt) for cell in grid.rows[1]] == [("c", "hidden"), ("1.00", "hidden")]


@pytest.mark.parametrize(("size", "grey"), [(40, 0.85), (40, 0.0)])
def test_a_large_watermark_across_a_table_is_no_text(size: int, grey: float) -> None:
    def page(pen: Pen) -> None:
        pen.canvas.setFillGray(grey)
        pen.canvas.setFont("Helvetica", size)
        pen.canvas.drawString(60, 210, "DRAFT 20240801")
        pen.canvas.setFillGray(0)
        for number in range(8):
            pen.text(60 + 40 * number, 84, f"{number}.25", font="Helvetica")
            pen.text(60 + 40 * number, 64, f"{number}.75", font="Helvetica")

    assert not any("2024" in text or "DRAFT" in text for text in texts(pdf(page)))
    assert "0.25" in " ".join(texts(pdf(page)))


def test_a_large_title_over_a_table_is_text() -> None:
    def page(pen: Pen) -> None:
        pen.canvas.setFont("Helvetica", 24)
        pen.canvas.drawString(100, 260, "Title 2024")
        for number in range(6):
            pen.text(60 + 40 * number, 84, f"{number}.25", font="Helvetica")

    assert texts(pdf(page))[0] == "Title 2024"


@pytest.mark.parametrize("mark", ["1", "[1]", "*"])
def test_a_small_raised_mark_behind_a_figure_is_no_digit(mark: str) -> None:
    def page(pen: Pen) -> None:
        pen.grid([50, 150, 250], [50, 70, 90])
        pen.text(55, 64, "444.46", font="Helvetica")
        pen.canvas.setFont("Helvetica", 5)
        pen.canvas.drawString(55 + pen.canvas.stringWidth("444.46", "Helvetica", 10), 300 - 60, mark)
        pen.text(55, 84, "2.00", font="Helvetica")

    assert texts(pdf(page)) == ["444.46", "2.00"]


def test_a_small_figure_on_the_line_is_no_mark() -> None:
    def page(pen: Pen) -> None:
        pen.text(55, 64, "444.46", font="Helvetica")
        pen.canvas.setFont("Helvetica", 5)
        pen.canvas.drawString(95, 300 - 64, "7.00")

    assert texts(pdf(page)) == ["444.46 7.00"]


def test_a_figure_that_is_struck_out_gives_way_to_the_one_beside_it() -> None:
    def page(pen: Pen) -> None:
        pen.grid([50, 150, 250], [50, 70, 90])
        pen.text(53, 64, "9.99", font="Helvetica")
        pen.line(52, 61, 74, 61)
        pen.text(80, 64, "1.00", font="Helvetica")
        pen.text(55, 84, "2.00", font="Helvetica")

    assert texts(pdf(page)) == ["1.00", "2.00"]


def test_rows_that_no_rule_parts_are_parted_where_their_cells_agree() -> None:
    def page(pen: Pen) -> None:
        pen.grid([50, 150, 250], [50, 70, 120])
        for row, (left, right) in enumerate((("201", "1.00"), ("208", "2.00"), ("210", "3.00"))):
            pen.text(55, 84 + 14 * row, left, font="Helvetica")
            pen.text(155, 84 + 14 * row, right, font="Helvetica")

    (grid,) = read_pdf(pdf(page)).blocks
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows[1:]] == [
        ["201", "1.00"],
        ["208", "2.00"],
        ["210", "3.00"],
    ]


def test_two_figures_that_may_be_one_wrapped_figure_are_glued_and_doubtful() -> None:
    def page(pen: Pen) -> None:
        pen.grid([50, 150, 183], [50, 70, 110])
        pen.text(55, 92, "Total", font="Helvetica")
        pen.text(153, 84, "12345", font="Helvetica")
        pen.text(153, 98, "67.00", font="Helvetica")

    (grid,) = read_pdf(pdf(page)).blocks
    assert isinstance(grid, Grid)
    assert (grid.rows[1][1].text, grid.rows[1][1].doubt) == ("1234567.00", "glued")


def test_a_figure_over_the_edge_of_its_cell_is_doubtful() -> None:
    def page(pen: Pen) -> None:
        pen.grid([50, 70, 120], [50, 70, 90])
        pen.text(52, 64, "1,836.42", font="Helvetica")
        pen.text(75, 84, "2.00", font="Helvetica")

    (grid,) = read_pdf(pdf(page)).blocks
    assert isinstance(grid, Grid)
    assert [cell.doubt for cell in grid.rows[0]] == ["placed", "placed"]


@pytest.mark.parametrize("has_appearance", [True, False])
def test_the_value_of_a_form_field_is_read(has_appearance: bool) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(400, 300), pageCompression=0)
    canvas.drawString(50, 250, "Total")
    canvas.acroForm.textfield(name="a", value="1,836.42", x=150, y=244, width=80, height=20)
    canvas.save()
    data = file.getvalue() if has_appearance else file.getvalue().replace(b"/AP", b"/XX")
    assert "1,836.42" in " ".join(texts(data))


def test_a_rule_right_above_a_figure_strikes_out_nothing() -> None:
    def page(pen: Pen) -> None:
        pen.grid([50, 150, 250], [50, 70, 90])
        pen.text(55, 58, "1,836.42", font="Helvetica")  # its top touches the rule
        pen.line(52, 50.5, 98, 50.5)
        pen.text(55, 84, "2.00", font="Helvetica")

    assert texts(pdf(page)) == ["1,836.42", "2.00"]
