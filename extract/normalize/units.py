"""Units of money: printed words to the unit of account, and what one of it is worth in yuan."""

from __future__ import annotations

import polars as pl

from extract.normalize.numbers import NUMBER, folded
from extract.vocabulary import Vocabulary


def to_unit(text: pl.Expr, vocabulary: Vocabulary) -> pl.Expr:
    """Unit of account of a printed unit text; NULL, never a default, where it is missing or unknown."""
    names = {printed: unit.name for printed, unit in vocabulary.units.items()}
    return folded(text).replace_strict(names, default=None, return_dtype=pl.String)


def yuan_per_unit(unit: pl.Expr, vocabulary: Vocabulary) -> pl.Expr:
    """How many yuan one of a unit of account is; exact, since it is read from text."""
    worth = {known.name: str(known.yuan) for known in vocabulary.units.values()}
    return unit.replace_strict(worth, default=None, return_dtype=pl.String).cast(NUMBER)
