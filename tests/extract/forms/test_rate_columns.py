"""A column under an unknown heading holds rates where the figures beside it say so, row after row."""

from __future__ import annotations

import pytest

from extract.forms.rate_columns import are_rates

BEFORE = ["100.00", "250.00", "80.00", "", "1,000.00"]
NOW = ["110.00", "200.00", "80.00", "5.00", "1,003.00"]


@pytest.mark.parametrize(
    ("what", "cells"),
    [
        ("changes", ["10.00", "-20.00", "0.00", "", "0.30"]),
        ("changes with their sign", ["10.00%", "-20.00%", "0.00%", "", "0.30%"]),
        ("shares of what was planned", ["110.00", "80.00", "100.00", "", "100.30"]),
        ("changes cut off", ["10.0", "-20.0", "0.0", "-", "0.3"]),
    ],
)
def test_rates_are_told_by_what_they_compare(what: str, cells: list[str]) -> None:
    assert are_rates(cells, [BEFORE, NOW, cells]), what


@pytest.mark.parametrize(
    ("what", "cells"),
    [
        ("differences", ["10.00", "-50.00", "0.00", "5.00", "3.00"]),
        ("one row that does not fit", ["10.00", "-20.00", "0.00", "", "0.90"]),
        ("two rows alone", ["10.00", "-20.00", "", "", ""]),
        ("nothing but zeros", ["0.00", "0.00", "0.00", "", "0.00"]),
        ("words", ["增加", "减少", "持平", "", "增加"]),
    ],
)
def test_what_compares_nothing_is_none(what: str, cells: list[str]) -> None:
    assert not are_rates(cells, [BEFORE, NOW, cells]), what


def test_a_whole_of_which_each_row_is_all_is_no_rate() -> None:
    """Of equal columns each is 100 % of the other: that says nothing of a third."""
    hundreds = ["100.00", "100.00", "100.00"]
    assert not are_rates(hundreds, [hundreds, ["5.00", "6.00", "7.00"], ["5.00", "6.00", "7.00"]])
