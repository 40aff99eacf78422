"""A table that a page break cut goes on, also where the next sheet lay elsewhere in the scanner."""

from __future__ import annotations

import pytest

from extract.blocks import Cell, Grid
from extract.readers.continued import continue_grids

COLUMNS = (50.0, 150.0, 250.0, 350.0)


def grid(page_no: int, edges: tuple[float, ...], confidence: float | None) -> Grid:
    texts = "甲乙丙丁"[: len(edges) - 1]
    row = tuple(Cell(text, 1, at, page_no, confidence=confidence) for at, text in enumerate(texts))
    return Grid((row,), edges)


def fields(edges: tuple[float, ...], confidence: float | None) -> list[str]:
    """The texts of the second page's row, once it is known whether it goes on the first page's table."""
    pages = [(grid(1, COLUMNS, confidence),), (grid(2, edges, confidence),)]
    (_, second) = continue_grids(pages, lambda _: False)
    assert isinstance(second, Grid)
    return [cell.text for cell in second.rows[0]]


# the last row, 合计, is merged over two columns
@pytest.mark.parametrize("aside", [0, 10, -18])
def test_a_recognised_page_may_lie_aside(aside: float) -> None:
    assert fields((50.0 + aside, 253.0 + aside, 348.0 + aside), confidence=0.9) == ["甲", "", "乙"]


@pytest.mark.parametrize(
    ("edges", "confidence"),
    [((60.0, 260.0, 360.0), None), ((75.0, 275.0, 375.0), 0.9), ((50.0, 240.0, 350.0), 0.9)],
    ids=["digital pages do not", "nor does any page by 25 points", "nor with other columns"],
)
def test_other_edges_are_another_table(edges: tuple[float, ...], confidence: float | None) -> None:
    assert fields(edges, confidence) == ["甲", "乙"]
