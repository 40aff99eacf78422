"""Printed numerals become exact decimals, and units are never guessed."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalize.numbers import printed_decimals, suffix, to_number
from extract.normalize.targets import parse_targets
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


@pytest.mark.parametrize(
    ("printed", "comparator", "value", "unit"),
    [
        ("≥95%", "≥", "95", "%"),
        ("》 90%", "≥", "90", "%"),
        ("85%以上", "≥", "85", "%"),
        ("不少于3次", "≥", "3", "次"),
        ("≤100%", "≤", "100", "%"),
        ("461.61平米", "=", "461.61", "平米"),
        ("1000", "=", "1000", None),
        ("340元/人.年", "=", "340", "元/人.年"),
        ("100%完成", "=", "100", "%"),
        ("知晓率90%以上", "≥", "90", "%"),
        ("全年至少2次", "≥", "2", "次"),
        ("6人。", "=", "6", "人"),
    ],
)
def test_a_target_that_is_one_quantity_is_read(
    printed: str, comparator: str, value: str, unit: str | None
) -> None:
    parsed = one(parse_targets(pl.col("text")), printed)
    assert parsed == {"comparator": comparator, "number": Decimal(value), "high": None, "unit": unit}


def test_a_range_has_two_ends() -> None:
    parsed = one(parse_targets(pl.col("text")), "7-8 个工作日")
    assert parsed == {"comparator": "range", "number": Decimal(7), "high": Decimal(8), "unit": "个工作日"}


@pytest.mark.parametrize(
    "printed", ["2024年底", "2022年1-12月", "良好", "6人；6人。", "大于2024年", "每10人中9人", None]
)
def test_dates_lists_and_words_are_no_quantities(printed: str | None) -> None:
    assert one(parse_targets(pl.col("text")), printed) == {
        "comparator": None,
        "number": None,
        "high": None,
        "unit": None,
    }
