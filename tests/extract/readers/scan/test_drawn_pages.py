"""A page is drawn, becomes a picture, and its cells are read back however the paper lay in the scanner."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extract.blocks import Cell, Grid, Text
from extract.folding import fold
from extract.readers.scan.page import picture_blocks
from extract.readers.scan.picture import Picture
from tests.extract.readers.scan.scanning import BAD, DOTS_AN_INCH, WORN, Wear, cells, worn
from tests.typesetting.pdf import FONT_FILE

TITLE, UNIT = "一般公共预算支出表", "单位：万元"
ROWS = [
    ["科目", "名称", "合计", "备注"],
    ["208", "社会保障", "99", ""],
    ["20805", "养老支出", "08", ""],
    ["221", "住房保障", "66", ""],
    ["22102", "改革支出", "80", "无"],
    ["合计", "", "1,689.06", ""],
]
COLUMNS, TOP, ROW_HEIGHT = (40, 120, 240, 340, 400), 110, 26  # points
WIDTH, HEIGHT = 440, 320


@cache
def page() -> Picture:
    scale = DOTS_AN_INCH / 72
    image = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT_FILE, round(11 * scale))

    def text(x: float, y: float, words: str) -> None:
        draw.text((x * scale, y * scale), words, font=font, fill=0, anchor="ls")

    def line(*ends: float) -> None:
        draw.line([round(end * scale) for end in ends], fill=0, width=2)

    text(160, 60, TITLE)
    text(330, 100, UNIT)
    bottom = TOP + ROW_HEIGHT * len(ROWS)
    for x in COLUMNS:
        line(x, TOP, x, bottom)
    for number in range(len(ROWS) + 1):
        line(COLUMNS[0], TOP + number * ROW_HEIGHT, COLUMNS[-1], TOP + number * ROW_HEIGHT)
    for number, row in enumerate(ROWS):
        for x, words in zip(COLUMNS, row, strict=False):
            text(x + 6, TOP + number * ROW_HEIGHT + 18, words)
    return np.array(image)


def read(picture: Picture) -> tuple[list[str], list[list[str]]]:
    """The lines outside the one grid, and the grid's rows."""
    blocks = picture_blocks(picture, DOTS_AN_INCH, 1)
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    lines = [fold(block.text) for block in blocks if isinstance(block, Text)]
    return lines, [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(page, id="straight"),
        pytest.param(lambda: worn(page(), WORN), id="worn"),
        pytest.param(lambda: worn(page(), Wear(skew=3.0)), id="askew"),
        pytest.param(lambda: np.rot90(page(), 1).copy(), id="on its left side"),
        pytest.param(lambda: np.rot90(page(), 2).copy(), id="upside down"),
        pytest.param(lambda: np.rot90(page(), 3).copy(), id="on its right side"),
    ],
)
def test_a_page_is_read_however_it_lies(picture: object) -> None:
    lines, rows = read(picture())  # type: ignore[operator]
    assert lines == [fold(TITLE), fold(UNIT)]
    assert rows == ROWS


def test_places_are_points_of_the_page_and_cells_say_how_sure_they_are() -> None:
    title, unit, grid = picture_blocks(page(), DOTS_AN_INCH, 7)
    assert isinstance(title, Text)
    assert isinstance(unit, Text)
    assert isinstance(grid, Grid)
    assert (title.page_no, title.line_no, unit.line_no, grid.rows[0][0].line_no) == (7, 1, 2, 3)
    assert grid.column_edges == pytest.approx(COLUMNS, abs=1)
    figure, blank = grid.rows[1][2], grid.rows[1][3]
    assert figure.box == pytest.approx((240, 136, 340, 162), abs=1)
    assert figure.confidence is not None
    assert 0.9 < figure.confidence <= 1
    assert blank == Cell("", 4, 3, 7, box=blank.box)


def test_noise_fills_no_cell() -> None:
    noisy = picture_blocks(worn(page(), BAD), DOTS_AN_INCH, 1)
    blank = {(row, column) for row, texts in enumerate(ROWS) for column, text in enumerate(texts) if not text}
    assert {(cell.line_no - 3, cell.field_no) for cell in cells(noisy) if not cell.text} == blank


def test_an_empty_or_tiny_picture_has_no_blocks() -> None:
    assert picture_blocks(np.full((800, 600), 255, np.uint8), DOTS_AN_INCH, 1) == ()
    assert picture_blocks(np.zeros((1, 5000), np.uint8), DOTS_AN_INCH, 1) == ()
