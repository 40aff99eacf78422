"""Targets and results of indicators: comparator, number and unit, where a text is one quantity or a range."""

from __future__ import annotations

import polars as pl

from extract.normalize.numbers import NUMBER, folded
from extract.records import QUANTITY

RANGE = "range"
_BEFORE = {
    "≥": "≥",
    "≤": "≤",
    ">": ">",
    "<": "<",
    "=": "=",
    "》": "≥",  # typed for ≥ where the keyboard has no other
    "《": "≤",
    "不少于": "≥",
    "不低于": "≥",
    "至少": "≥",
    "不超过": "≤",
    "不高于": "≤",
    "大于": ">",
    "小于": "<",
}
_AFTER = {"以上": "≥", "以下": "≤", "以内": "≤"}
_DATE = r"20\d\d年|\d月"  # a deadline, not a quantity
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"%|‰|[^\d\s%‰；;，,。、~≥≤<>=》《-]{0,8}?"
_QUANTITY = (
    rf"^(?P<words>[^\d；;，,。、]{{0,12}}?)(?P<sign>{'|'.join(_BEFORE)})?(?P<number>{_NUMBER})"
    rf"(?:[-~至](?P<high>{_NUMBER}))?(?P<unit>{_UNIT})(?:完成)?(?P<after>{'|'.join(_AFTER)})?[。;；]?$"
)


def parse_targets(text: pl.Expr) -> pl.Expr:
    """Struct of comparator, number, high and unit; all NULL where the text is not one quantity or range.

    A bare quantity is a target to be met exactly (``=``). Words may stand before the number (知晓率90%以上),
    but no second number.
    """
    plain = folded(text)
    parts = pl.when(~plain.str.contains(_DATE)).then(plain).str.extract_groups(_QUANTITY)
    number = _decimal(parts.struct.field("number"))
    high = _decimal(parts.struct.field("high"))
    sign = parts.struct.field("sign").replace_strict(_BEFORE, default=None, return_dtype=pl.String)
    after = parts.struct.field("after").replace_strict(_AFTER, default=None, return_dtype=pl.String)
    unit = parts.struct.field("unit")
    return pl.struct(
        comparator=pl.when(high.is_not_null())
        .then(pl.lit(RANGE))
        .when(number.is_not_null())
        .then(pl.coalesce(sign, after, pl.lit("="))),
        number=number,
        high=high,
        unit=pl.when(unit != "").then(unit),
    )


def is_achieved(
    comparator: pl.Expr, target: pl.Expr, high: pl.Expr, actual: pl.Expr, same_unit: pl.Expr
) -> pl.Expr:
    """Whether a result meets its target; NULL where the two cannot be compared.

    A result that differs from a bare quantity is not comparable: nobody says whether more is better.
    """
    return pl.when(same_unit).then(
        pl.when(comparator == "≥")
        .then(actual >= target)
        .when(comparator == "≤")
        .then(actual <= target)
        .when(comparator == ">")
        .then(actual > target)
        .when(comparator == "<")
        .then(actual < target)
        .when(comparator == RANGE)
        .then(actual.is_between(target, high))
        .when(actual == target)
        .then(pl.lit(True))
    )


def _decimal(digits: pl.Expr) -> pl.Expr:
    return digits.str.replace_all(",", "").cast(NUMBER, strict=False).cast(QUANTITY, strict=False)
