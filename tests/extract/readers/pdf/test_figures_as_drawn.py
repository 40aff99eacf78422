"""What makes a figure of a page another one than the one that is drawn: edges, sizes, signs, fonts."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

import pytest

from extract.blocks import Grid
from extract.readers.pdf import read_pdf
from extract.readers.pdf.beside import streams_of
from extract.readers.scan import is_installed
from tests.benchmarks.troubled.hiding import saying
from tests.extract.readers.pdf.drawing import FONT, SIZE, Pen, pdf

COLUMNS, ROWS = (20, 80, 140, 200), (40, 60, 80, 100, 120)
DIGIT = 0.53 * SIZE  # how wide one is


def table(pen: Pen, columns: tuple[int, ...] = COLUMNS) -> None:
    pen.grid(columns, ROWS)
    for row, texts in enumerate((("项目", "合计", "基本"), ("甲", "", "444.46"), ("乙", "2,204.31", "1.00"))):
        for column, text in enumerate(texts):
            pen.text(COLUMNS[column] + 3, ROWS[row] + 14, text)


def small(pen: Pen, x: float, y: float, text: str, size: float = 0.6 * SIZE) -> None:
    pen.canvas.setFont(FONT, size)
    pen.canvas.drawString(x, 300 - y, text)


def turned(pen: Pen) -> None:
    pen.canvas.saveState()
    pen.canvas.translate(100, 300 - 78)
    pen.canvas.rotate(90)
    small(pen, 0, 300, "44.46", 5)
    pen.canvas.restoreState()


def framed(pen: Pen, x: float, y: float, width: float, height: float) -> None:
    pen.canvas.rect(x, 300 - y - height, width, height, stroke=1, fill=0)


def said(pen: Pen, text: str) -> None:
    pen.canvas.addLiteral(f"/Span <</ActualText ({text})>> BDC")


def grid_of(data: bytes) -> Grid:
    (found,) = [block for block in read_pdf(data).blocks if isinstance(block, Grid)]
    return found


def drawn(*more: Callable[[Pen], object]) -> list[tuple[str, str | None]]:
    """The cells of the second row, its second one blank until something is drawn there."""

    def page(pen: Pen) -> None:
        table(pen)
        for each in more:
            each(pen)

    return [(cell.text, cell.doubt) for cell in grid_of(pdf(page)).rows[1]]


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        # over the edge of its cell, each way
        (lambda pen: pen.text(140 - 4 * DIGIT, 74, "444,460"), [("甲", None), ("444,", "placed"), None]),
        (lambda pen: pen.text(80 - 1.2 * DIGIT, 74, "12.31"), [None, ("2.31", "placed"), ("444.46", None)]),
        # digits of two sizes
        (
            lambda pen: (pen.text(83, 74, "12.31"), small(pen, 83 + 4.6 * DIGIT, 74, "1")),
            [("甲", None), ("12.311", "glued"), ("444.46", None)],
        ),
        (
            lambda pen: (pen.text(83, 74, "12"), small(pen, 83 + 2 * DIGIT, 74, ".31", 0.7 * SIZE)),
            [("甲", None), ("12.31", None), ("444.46", None)],
        ),
        # raised digits: a note, or the decimals of a price
        (
            lambda pen: (pen.text(83, 74, "12.31"), small(pen, 83 + 4.6 * DIGIT, 70, "12")),
            [("甲", None), ("12.31", None), ("444.46", None)],
        ),
        (
            lambda pen: (pen.text(83, 74, "12"), small(pen, 83 + 2 * DIGIT, 70, "31")),
            [("甲", None), ("12", "unread"), ("444.46", None)],
        ),
        # a small figure at the head of its cell is no mark of what stands before it
        (
            lambda pen: (pen.text(69, 74, "甲"), small(pen, 81, 70, "12.31", 0.55 * SIZE)),
            [None, ("12.31", None), ("444.46", None)],
        ),
        # a frame around a figure
        (
            lambda pen: (pen.text(83, 74, "12.31"), framed(pen, 81.5, 64, 32, 13)),
            [("甲", None), ("12.31", None), ("444.46", None)],
        ),
        # another figure is said than is drawn
        (
            lambda pen: (said(pen, "99.31"), pen.text(83, 74, "12.31"), pen.canvas.addLiteral("EMC")),
            [("甲", None), ("12.31", None), ("444.46", None)],
        ),
        # a minus that is a stroke
        (
            lambda pen: (pen.line(84, 71, 88, 71), pen.text(90, 74, "12.31")),
            [("甲", None), ("-12.31", None), ("444.46", None)],
        ),
        # figures on their side
        (turned, [("甲", None), ("￼", "unread"), ("444.46", None)]),
    ],
)  # fmt: skip
def test_a_figure_is_what_is_drawn_or_in_doubt(
    draw: Callable[[Pen], object], expected: list[tuple[str, str | None] | None]
) -> None:
    found = drawn(draw)
    assert [cell if wanted else None for cell, wanted in zip(found, expected, strict=True)] == expected


def test_a_code_that_is_cut_leaves_its_row_in_doubt() -> None:
    def page(pen: Pen) -> None:
        pen.grid(COLUMNS, ROWS)
        for row, texts in enumerate(
            (("编码", "合计", "基本"), ("", "4.46", "4.46"), ("202", "2.31", "1.00"))
        ):
            for column, text in enumerate(texts):
                pen.text(COLUMNS[column] + 3, ROWS[row] + 14, text)
        pen.text(20 - 1.3 * DIGIT, 74, "2010101")

    rows = grid_of(pdf(page)).rows
    assert [cell.doubt for cell in rows[1]][1:] == ["placed", "placed"]
    assert [cell.doubt for cell in rows[2]] == [None, None, None]


def test_rules_that_part_rows_alone_leave_the_columns_to_alignment() -> None:
    def page(pen: Pen) -> None:
        for y in ROWS[:4]:
            pen.line(20, y, 380, y)
        pen.line(20, 40, 20, 100)
        pen.line(380, 40, 380, 100)
        rows = (
            ("编码", "名称", "合计", "基本"),
            ("201", "教育", "1,204.31", "204.31"),
            ("202", "农业", "2,204.31", "1.00"),
        )
        for row, texts in enumerate((*rows, ("203", "住房", "3,204.31", "2.00"))):
            for x, text in zip((25, 90, 200, 300), texts, strict=True):
                pen.text(x, 40 + 20 * row + 14, text)
        pen.line(20, 120, 380, 120)
        pen.line(20, 100, 20, 120)
        pen.line(380, 100, 380, 120)

    assert [[cell.text for cell in row] for row in grid_of(pdf(page)).rows][1] == [
        "201",
        "教育",
        "1,204.31",
        "204.31",
    ]


@pytest.mark.parametrize(
    ("instead", "expected"),
    [
        (lambda code: 0 if code == ord("-") else code, ("\ufffd12.31", None)),
        (lambda code: 32 if code == ord("-") else code, ("\ufffd12.31", None)),
        (lambda code: ord("3") if code == ord("2") else code, ("-13.31", "text_layer")),
    ],
)
def test_a_font_that_says_a_sign_wrongly_or_not_at_all(
    instead: Callable[[int], int], expected: tuple[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.readers.pdf.document.is_installed", lambda: False)
    with saying(instead):
        found = drawn(lambda pen: pen.text(83, 74, "-12.31"))
    assert found[1] == expected


def test_the_cells_of_a_table_drawn_cell_by_cell_are_no_frames() -> None:
    """Neither where they share their sides nor where a gap parts them."""

    def page(pen: Pen, gap: float = 0) -> None:
        for row in range(3):
            for column in range(3):
                framed(pen, 20 + 60 * column, 40 + 14 * row, 60 - gap, 14 - gap)
                pen.text(22 + 60 * column, 51 + 14 * row, f"{row}{column},204.31")

    for gap in (0, 1.5):
        rows = grid_of(pdf(lambda pen, gap=gap: page(pen, gap))).rows
        assert [cell.text for cell in rows[-1] if cell.text] == ["20,204.31", "21,204.31", "22,204.31"]


@pytest.mark.skipif(not is_installed(), reason="the ocr extra is not installed")
def test_a_page_whose_font_says_two_signs_as_one_digit_is_recognised() -> None:
    with saying(lambda code: ord("3") if code == ord("2") else code):
        data = pdf(lambda pen: (table(pen), pen.text(83, 74, "12.31")))
    read = read_pdf(data)
    (grid,) = [block for block in read.blocks if isinstance(block, Grid)]
    assert grid.rows[1][1].text == "12.31"
    assert grid.rows[1][1].confidence is not None
    assert read.caveat is not None
    assert "recognised as in a scan" in read.caveat


def test_a_stream_that_breaks_off_is_told_and_leaves_figures_in_doubt() -> None:
    data = pdf(table, pageCompression=1)
    assert streams_of(data).broken == 0
    whole = re.search(rb"/Filter \[ /ASCII85Decode /FlateDecode \]", data)
    assert whole is not None  # of what is packed twice it is not told
    plain = pdf(table, pageCompression=0)
    begin = plain.index(b"stream\n") + len(b"stream\n")
    end = plain.index(b"endstream", begin)
    packed = zlib.compress(plain[begin:end])
    cut = packed[: int(0.9 * len(packed))]
    head = plain[:begin].replace(b"/Length", b"/Filter /FlateDecode /Length", 1)
    read = read_pdf(head + cut + b"\n" + plain[end:])
    assert "was lost" in (read.caveat or "")
    figures = [cell for block in read.blocks if isinstance(block, Grid) for row in block.rows for cell in row]
    assert {cell.doubt for cell in figures if any(map(str.isdigit, cell.text))} <= {"placed"}


def test_the_same_figure_in_many_cells_is_no_watermark() -> None:
    def page(pen: Pen) -> None:
        columns, rows = tuple(range(20, 381, 60)), tuple(range(40, 201, 20))
        pen.grid(columns, rows)
        for x in columns[:-1]:
            for y in rows[:-1]:
                pen.canvas.setFillGray(0.7)
                pen.text(x + 4, y + 15, "444.46")
                pen.canvas.setFillGray(0)
                pen.text(x + 3, y + 14, "444.46")

    assert {cell.text for row in grid_of(pdf(page)).rows for cell in row} == {"444.46"}
