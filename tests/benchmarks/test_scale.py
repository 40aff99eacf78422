"""The page about a province and the country is what its tables give."""

from __future__ import annotations

import pytest

from tests.benchmarks import scale


def test_the_page_is_worked_out_from_the_tables_of_today() -> None:
    assert scale.PAGE.read_text(encoding="utf-8") == scale.page(), "run python -m tests.benchmarks.scale"


def test_twice_the_counties_take_more_of_everything_but_not_of_what_one_document_takes() -> None:
    costs = {row["name"]: float(row["value"]) for row in scale._table("measured.csv")}
    place = {row["name"]: float(row["province"]) for row in scale._table("assumed.csv")}
    once = scale._needs(costs, place)
    twice = scale._needs(costs, {**place, "governments of counties": 2 * place["governments of counties"]})
    counties = place["governments of counties"] * place["departments of a county"]
    more = counties * (1 + place["units of a department"])
    assert twice["publishers"][0] - once["publishers"][0] == pytest.approx(more)
    for name, (amount, _) in once.items():
        assert twice[name][0] / amount == pytest.approx(twice["documents"][0] / once["documents"][0]), name


def test_every_cost_says_what_measured_it() -> None:
    rows = scale._table("measured.csv")
    assert all(float(row["value"]) > 0 and row["measured_by"] and row["unit"] for row in rows)
