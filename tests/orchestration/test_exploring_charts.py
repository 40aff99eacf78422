"""Bars as drawings without a script: as long as what they say, each a link to its figures."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from orchestration.exploring.charts import SERIES, Group, Mark, bars


def drawn(*values: str) -> list[tuple[float, float]]:
    """Where each bar begins and how long it is."""
    marks = [Mark(0, Decimal(value), value, f"/documents/{value}") for value in values]
    svg = str(bars("a title", ["yuan"], [Group("2024", marks)]))
    found = re.findall(r'<rect class="series-0" x="([\d.]+)" y="\d+" width="([\d.]+)"', svg)
    return [(float(left), float(width)) for left, width in found]


def test_a_bar_is_as_long_as_it_says() -> None:
    (_, whole), (_, half) = drawn("200", "100")
    assert whole == pytest.approx(2 * half, rel=0.01)


def test_what_is_below_zero_ends_where_the_rest_begins() -> None:
    (left, width), (right, _) = drawn("-50", "100")
    assert left + width == pytest.approx(right, abs=0.2)


def test_zero_and_nothing_else_can_be_drawn() -> None:
    assert drawn("0") == [(190.0, 1.0)]
    assert "<svg" in bars("a title", ["yuan"], [])


def test_every_mark_leads_to_its_figures_and_says_what_it_is() -> None:
    svg = bars("a title", ["yuan"], [Group("2024", [Mark(0, Decimal(1), "1.00", "/documents/a?b&c")])])
    assert '<a href="/documents/a?b&amp;c">' in svg
    assert "<title>1.00</title>" in svg
    # a picture hides the links within it from those who have pages read aloud
    assert 'role="img"' not in svg


def test_names_are_text() -> None:
    svg = bars("<a>", ["<b>", "<c>"], [Group("<script>", [Mark(1, Decimal(1), "<d>", None)])])
    assert not re.search("<(a|b|c|d|script)>", svg)


def test_there_are_no_more_series_than_colours() -> None:
    with pytest.raises(ValueError, match="have a colour"):
        bars("a title", ["x"] * (SERIES + 1), [])
