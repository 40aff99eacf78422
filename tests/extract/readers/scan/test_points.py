"""Points and commas that recognition took for each other are found by the figures around."""

from __future__ import annotations

import pytest

from extract.readers.assembly import Words
from extract.readers.scan.points import with_doubtful_points


def sure(*texts: str) -> list[bool]:
    read = with_doubtful_points({number: Words(text, 0.99) for number, text in enumerate(texts)})
    return [(words.confidence or 0.0) > 0.9 for words in read.values()]


@pytest.mark.parametrize("odd", ["4,212.300", "1.836.42", "18,36.42", "1,8364"])
def test_a_figure_that_is_not_printed_like_the_rest_is_unsure(odd: str) -> None:
    assert sure("1,836.42", odd, "444.46", "187.65") == [True, False, True, True]


def test_figures_that_all_have_three_decimals_are_sure() -> None:
    assert sure("1,836.420", "444.460", "187.650") == [True, True, True]


def test_words_and_codes_are_left_alone() -> None:
    assert sure("合计", "2130104", "444.46") == [True, True, True]
