"""Printed claims, counts and remarks to staging: exact yuan or percent, and the year a figure is of."""

from __future__ import annotations

import polars as pl

from extract.normalize.numbers import folded, last_digit, suffix, to_number
from extract.normalize.units import to_unit, yuan_per_unit
from extract.records import MONEY, QUANTITY, Claim, Count, Remark, schema
from extract.vocabulary import Vocabulary

_LAST_YEAR = ["上年", "去年"]
_BUDGETS = ["budget", "adjusted_budget"]
_TIMES = "倍"


def stage_claims(claims: pl.DataFrame, documents: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Read each claim's figure, and count its year from the document's.

    A change is compared with the year before unless the words say otherwise; "上年" is that year too.
    """
    years = documents.select("document_id", "fiscal_year")
    text = folded(pl.col("claim_text"))
    is_multiple = text.str.ends_with(_TIMES)
    number = to_number(text.str.strip_suffix(_TIMES))
    is_rate = text.str.contains("%$") | is_multiple
    year = pl.col("year_text").cast(pl.Int64, strict=False)
    is_last_year = (
        pl.col("year_text").is_in(_LAST_YEAR)
        | (pl.col("kind") == "change")
        | ((pl.col("kind") == "rate") & pl.col("direction").is_not_null())
    )
    return (
        claims.join(years, on="document_id", how="left")
        .with_columns(
            amount_text=pl.col("claim_text"),
            unit=pl.when(is_multiple)
            .then(pl.lit(_TIMES))
            .when(is_rate)
            .then(pl.lit("%"))
            .otherwise(to_unit(suffix(text), vocabulary)),
            compared_with=_compared_with(pl.col("compared_with"), vocabulary),
        )
        # nothing is nothing in any unit
        .with_columns(worth=yuan_per_unit(pl.col("unit"), vocabulary).fill_null(pl.when(text == "0").then(1)))
        .with_columns(
            amount_yuan=(number * pl.col("worth")).cast(MONEY, strict=False),
            # 0万元 beside figures with decimals is nothing at all, and not rounded
            last_digit_yuan=pl.when((number == 0) & ~text.str.contains(".", literal=True))
            .then(pl.lit("0.01").cast(MONEY))
            .otherwise((last_digit(text) * pl.col("worth")).cast(MONEY, strict=False)),
            rate_percent=pl.when(is_rate).then(
                (number * pl.when(is_multiple).then(100).otherwise(1)).cast(QUANTITY, strict=False)
            ),
            basis_year=pl.when(pl.col("compared_with").is_in(_BUDGETS))
            .then(pl.coalesce(year, "fiscal_year"))
            .when(is_last_year)
            .then(pl.coalesce(year, "fiscal_year") - 1)
            .otherwise(pl.coalesce(year, "fiscal_year")),
        )
        .select(list(schema(Claim)))
        .cast(schema(Claim))
    )


def stage_counts(counts: pl.DataFrame) -> pl.DataFrame:
    """Read the numbers of counts; 台（套） is counted in 台, 个团组 in 个."""
    return counts.with_columns(
        quantity=pl.col("count_text").str.replace_all(",", "").cast(pl.Int64),
        unit=pl.col("unit_text").str.extract(r"^([^（(/]+?)(?:团组)?(?:[（(/].*)?$"),
    ).select(list(schema(Count)))


def stage_remarks(remarks: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Read the years of remarks, and what they compare with, as claims do."""
    return remarks.with_columns(
        year=pl.col("year_text").cast(pl.Int64),
        compared_with=_compared_with(pl.col("compared_with"), vocabulary),
    ).select(list(schema(Remark)))


def _compared_with(printed: pl.Expr, vocabulary: Vocabulary) -> pl.Expr:
    is_budget = printed.str.contains(vocabulary.prose.basis_budget.pattern)
    is_adjusted = printed.str.contains(vocabulary.prose.adjusted.pattern)
    return (
        pl.when(printed.is_in(_LAST_YEAR))
        .then(pl.lit("last_year"))
        .when(is_budget & is_adjusted)
        .then(pl.lit("adjusted_budget"))
        .when(is_budget)
        .then(pl.lit("budget"))
        .otherwise(printed)
    )
