"""A PDF that makes a point of each dot of a scan is read as the A4 page it shows."""

from __future__ import annotations

import pytest

from extract.blocks import Box, Cell, Grid, Text
from extract.readers.scan.paper import enlarged, enlargement


@pytest.mark.parametrize(
    ("size", "times"), [((595, 842), 1), ((1191, 842), 1), ((1654, 2339), 2339 / 842), ((0, 0), 1)]
)
def test_a_page_larger_than_a3_is_an_enlarged_a4(size: tuple[float, float], times: float) -> None:
    assert enlargement(*size) == times


def test_places_are_those_of_the_enlarged_page() -> None:
    text = Text("表", 1, 1, box=Box(1, 2, 3, 4))
    grid = Grid(((Cell("9", 2, 0, 1, box=Box(5, 6, 7, 8), confidence=0.9), Cell("", 2, 1, 1)),), (5, 7, 9))
    assert enlarged([text, grid], 2) == (
        Text("表", 1, 1, box=Box(2, 4, 6, 8)),
        Grid(
            ((Cell("9", 2, 0, 1, box=Box(10, 12, 14, 16), confidence=0.9), Cell("", 2, 1, 1)),), (10, 14, 18)
        ),
    )
