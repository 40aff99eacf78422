"""Units of money: printed words to the unit of account, and what one of it is worth in yuan."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from extract.normalize.numbers import NUMBER, folded
from extract.vocabulary import Vocabulary

YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


def to_unit(text: pl.Expr, vocabulary: Vocabulary) -> pl.Expr:
    """Unit of account of a printed unit text; NULL, never a default, where it is missing or unknown."""
    return folded(text).replace_strict(vocabulary.units, default=None, return_dtype=pl.String)


def yuan_per_unit(unit: pl.Expr) -> pl.Expr:
    """How many yuan one of the unit is."""
    worth = {unit_name: str(value) for unit_name, value in YUAN.items()}
    return unit.replace_strict(worth, default=None, return_dtype=pl.String).cast(NUMBER)
