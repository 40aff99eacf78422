"""Whether the result of an indicator meets its target."""

from __future__ import annotations

import polars as pl

from extract.normalize.quantities import RANGE

_NOT_LESS = ["=", "≥", ">", RANGE]
_NOT_MORE = ["=", "≤", "<", RANGE]


def is_achieved(
    *,
    comparator: pl.Expr,
    target: pl.Expr,
    high: pl.Expr,
    actual: pl.Expr,
    actual_high: pl.Expr,
    actual_comparator: pl.Expr,
    same_unit: pl.Expr,
) -> pl.Expr:
    """Whether a result meets its target; NULL where the two cannot be compared.

    A result that differs from a bare quantity is not comparable: nobody says whether more is better. Nor is
    one that is open to the wrong side (≤100% for at least 90%), or said to be about so much.
    """
    most = pl.coalesce(actual_high, actual)
    from_below = actual_comparator.is_in(_NOT_LESS)
    from_above = actual_comparator.is_in(_NOT_MORE)
    return pl.when(same_unit).then(
        pl.when((comparator == "≥") & from_below)
        .then(actual >= target)
        .when((comparator == ">") & from_below)
        .then(actual > target)
        .when((comparator == "≤") & from_above)
        .then(most <= target)
        .when((comparator == "<") & from_above)
        .then(most < target)
        .when((comparator == RANGE) & actual_comparator.is_in(["=", RANGE]))
        .then((actual >= target) & (most <= high))
        .when((comparator == "=") & (actual_comparator == "=") & (actual == target))
        .then(pl.lit(True))
    )
