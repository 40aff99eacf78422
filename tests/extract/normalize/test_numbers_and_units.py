"""Printed numerals become exact decimals, and units are never guessed."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalize.numbers import printed_decimals, suffix, to_number
from extract.normalize.units import to_unit, yuan_per_unit
from extract.numerals import is_amount
from tests.extract.drawing import VOCABULARY


def one(expression: pl.Expr, text: str | None):
    return pl.select(text=pl.lit(text, dtype=pl.String)).select(value=expression).item()


def number(text: str) -> Decimal | None:
    return one(to_number(pl.col("text")), text)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2,429,867.00", "2429867"),
        ("０．４", "0.4"),
        ("-5.38", "-5.38"),
        ("－5.38", "-5.38"),
        ("(5.38)", "-5.38"),
        (" 28 万 ", "28"),
        (".5", "0.5"),
        ("0.00", "0"),
        ("99999999999999999.99", "99999999999999999.99"),
    ],
)
def test_a_number_is_exact(printed: str, value: str) -> None:
    assert number(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["", "-", "—", "1.2.3", "abc", "1e5", "0.1234567"])
def test_what_is_no_number_is_null_not_zero(printed: str) -> None:
    assert number(printed) is None


@given(st.decimals(min_value=0, max_value=10**12, places=2), st.booleans(), st.booleans())
def test_separators_and_width_do_not_change_a_number(value: Decimal, grouped: bool, wide: bool) -> None:
    printed = f"{value:,.2f}" if grouped else f"{value:.2f}"
    if wide:
        printed = "".join(chr(ord(char) + 0xFEE0) for char in printed)
    assert is_amount(printed)
    assert number(printed) == value


@pytest.mark.parametrize(
    ("printed", "places"), [("140", 0), ("222.5", 1), ("449.431", 3), ("1,0.00", 2), ("28 万", 0)]
)
def test_the_printed_precision_is_counted(printed: str, places: int) -> None:
    assert one(printed_decimals(pl.col("text")), printed) == places


def test_a_unit_in_the_cell_is_seen() -> None:
    assert one(suffix(pl.col("text")), "27.78 万") == "万"
    assert one(suffix(pl.col("text")), "27.78") is None


@pytest.mark.parametrize(
    ("printed", "unit"),
    [("元", "元"), ("万 元", "万元"), ("万", "万元"), ("亿元", "亿元"), ("美元", None), (None, None)],
)
def test_a_unit_is_known_or_null(printed: str | None, unit: str | None) -> None:
    assert one(to_unit(pl.col("text"), VOCABULARY), printed) == unit


@pytest.mark.parametrize(("unit", "yuan"), [("元", 1), ("万元", 10_000), ("亿元", 100_000_000), ("吨", None)])
def test_a_unit_is_worth_what_the_vocabulary_says(unit: str, yuan: int | None) -> None:
    assert one(yuan_per_unit(pl.col("text"), VOCABULARY), unit) == yuan


def test_one_unit_of_account_has_one_worth() -> None:
    worth = {(unit.name, unit.yuan) for unit in VOCABULARY.units.values()}
    assert len(worth) == len({name for name, _ in worth})
