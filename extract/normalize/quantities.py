"""Printed targets and results as quantities: comparator, number, unit, and the value in a comparable measure.

A text is read where it is one quantity or one range; a list, a date or a sentence with two numbers is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import polars as pl

from extract.normalize.numbers import NUMBER, folded
from extract.quantity_words import QuantityWords
from extract.records import QUANTITY
from extract.vocabulary import Vocabulary

RANGE = "range"
ABOUT = "≈"
_DATE = r"20\d\d年|\d月|\d[日号点年][前底末初]"  # a deadline, not a quantity
_RANK = r"[第前]$"  # 前3名 counts nothing
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"%|‰|m2|km2|m3|[^\d\s%‰；;，,。、~≥≤<>=》《-]{0,8}?"
_MULTIPLIERS = {"万": "10000", "亿": "100000000"}
_MULTIPLIED = r"^(万|亿)(.*)$"
_MONEY = "元"


@cache
def _pattern(words: QuantityWords) -> str:
    before, behind, fillers = (_any(each) for each in (words.before, words.behind, words.fillers))
    return (
        rf"^(?P<words>[^\d；;，,。、]{{0,20}}?)(?P<sign>{before})?(?P<number>{_NUMBER})(?P<more>[余多])?"
        rf"(?P<unit>{_UNIT})(?:(?:-+|~|至|到)(?:{before})?(?P<high>{_NUMBER})(?P<high_unit>{_UNIT}))?"
        rf"(?:{fillers})?(?P<behind>{behind})?(?:{fillers})?[。;；]?$"
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def with_quantity(frame: pl.DataFrame, text: str, prefix: str, vocabulary: Vocabulary) -> pl.DataFrame:
    """Add what a text column says, each column NULL where it is not one quantity or range.

    ``<prefix>_comparator`` (= for a bare quantity), ``_number`` and ``_number_high`` with ``_unit`` as
    printed, and ``_value``, ``_value_high`` in ``_measure``: 1.5万元 is 15000 元, 28万 is 280000 of
    what is not said.
    """
    words = vocabulary.quantities
    plain = folded(pl.col(text)).str.replace_all(r"\(含\)", "含")
    read = frame.with_columns(__plain=plain).with_columns(
        __parts=pl.when(~pl.col("__plain").str.contains(_DATE))
        .then("__plain")
        .str.extract_groups(_pattern(words))
    )
    part = pl.col("__parts").struct
    high_unit = part.field("high_unit").fill_null("")
    unit = pl.when(high_unit != "").then(high_unit).otherwise(part.field("unit"))
    # both ends of a range are printed in one unit: 10-20万元, 10万元-20万元
    is_read = (
        part.field("number").is_not_null()
        & ~part.field("words").fill_null("").str.contains(_RANK)
        & (part.field("high").is_null() | part.field("unit").is_in(["", None]) | (part.field("unit") == unit))
    )
    sign = part.field("sign").replace_strict(words.before, default=None, return_dtype=pl.String)
    behind = part.field("behind").replace_strict(words.behind, default=None, return_dtype=pl.String)
    read = read.with_columns(
        pl.when(is_read & (unit != "")).then(unit).alias("__unit"),
        pl.when(is_read).then(_decimal(part.field("number"))).alias("__number"),
        pl.when(is_read).then(_decimal(part.field("high"))).alias("__high"),
        pl.when(part.field("more").is_not_null())
        .then(pl.lit(ABOUT))
        .otherwise(pl.coalesce(pl.when(sign != "=").then(sign), behind, pl.lit("=")))
        .alias("__sign"),
    )
    measure, factor = _measure(pl.col("__unit"), vocabulary)
    read = read.with_columns(measure.alias("__measure"), factor.alias("__factor"))
    value = pl.col("__number") * pl.col("__factor")
    value_high = pl.col("__high") * pl.col("__factor")
    return read.with_columns(
        pl.when(pl.col("__high").is_not_null())
        .then(pl.lit(RANGE))
        .when(pl.col("__number").is_not_null())
        .then("__sign")
        .alias(f"{prefix}_comparator"),
        pl.col("__number").cast(QUANTITY, strict=False).alias(f"{prefix}_number"),
        pl.col("__high").cast(QUANTITY, strict=False).alias(f"{prefix}_number_high"),
        pl.col("__unit").alias(f"{prefix}_unit"),
        value.cast(QUANTITY, strict=False).alias(f"{prefix}_value"),
        value_high.cast(QUANTITY, strict=False).alias(f"{prefix}_value_high"),
        pl.col("__measure").alias(f"{prefix}_measure"),
    ).drop("__plain", "__parts", "__unit", "__number", "__high", "__sign", "__measure", "__factor")


def are_comparable(unit: pl.Expr, measure: pl.Expr, other_unit: pl.Expr, other_measure: pl.Expr) -> pl.Expr:
    """Whether two quantities are in one measure; 200万 beside 210.66万元 is money too, 200 is not."""

    def is_bare_money(bare: pl.Expr, money: pl.Expr, money_measure: pl.Expr) -> pl.Expr:
        is_multiplied = bare.is_in(list(_MULTIPLIERS))
        return is_multiplied & (money_measure == _MONEY) & money.str.starts_with(bare)

    return (
        measure.eq_missing(other_measure)
        | is_bare_money(unit, other_unit, other_measure)
        | is_bare_money(other_unit, unit, measure)
    ).fill_null(False)


def _measure(unit: pl.Expr, vocabulary: Vocabulary) -> tuple[pl.Expr, pl.Expr]:
    """What a printed unit counts, and by what the number is multiplied for it."""
    known = vocabulary.quantities.units
    names = {word: counted.measure for word, counted in known.items()}
    factors = {word: str(counted.factor) for word, counted in known.items()}
    multiplier = pl.when(~unit.is_in(list(known))).then(unit.str.extract(_MULTIPLIED, 1))
    bare = pl.coalesce(pl.when(multiplier.is_not_null()).then(unit.str.extract(_MULTIPLIED, 2)), unit)
    factor = pl.coalesce(
        multiplier.replace_strict(_MULTIPLIERS, default=None, return_dtype=pl.String),
        unit.replace_strict(factors, default=None, return_dtype=pl.String),
        pl.lit("1"),
    )
    named = pl.coalesce(bare.replace_strict(names, default=None, return_dtype=pl.String), bare)
    return pl.when(named != "").then(named), factor.cast(NUMBER)


def _decimal(digits: pl.Expr) -> pl.Expr:
    return digits.str.replace_all(",", "").cast(NUMBER, strict=False)
