"""Printed numerals to exact decimals, as polars expressions over whole columns.

A numeral takes some thirty steps to read. They are carried out one after the other, once for each different
text of a column: as one expression, polars would carry them out again wherever a later step names an earlier.
"""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from extract.figures import plain_series

NUMBER = pl.Decimal(38, 6)
_MOST_DECIMALS = 6
_INVISIBLE = r"[\s\u{200b}-\u{200f}\u{2060}\u{feff}]+"
_DASHES = r"[\u{2212}\u{2010}\u{2013}\u{2014}\u{fe63}]"
_SUFFIX = r"(亿元|亿|万元|万|元|%|‰)$"
_FITS = r"^-?(0*\d{1,18}(\.\d{1,6}0*)?|\.\d{1,6}0*)$"
_SCIENTIFIC = r"^(-?\d(?:\.\d{1,6}0*)?)[eE]([-+]\d{1,2})$"
_POWERS = {power: format(Decimal(10) ** power, "f") for power in range(-6, 13)}
_STEPS = {places: format(Decimal(10) ** -places, "f") for places in range(-12, _MOST_DECIMALS + 1)}


def folded(text: pl.Expr) -> pl.Expr:
    """Words and quantities: half width, no white space, every dash as ``-``."""
    return text.str.normalize("NFKC").str.replace_all(_INVISIBLE, "").str.replace_all(_DASHES, "-")


def numeral(text: pl.Expr) -> pl.Expr:
    """Numerals in one way of printing: the polars twin of ``folding.fold_number``."""
    return _column(text, "folded", pl.String())


def suffix(text: pl.Expr) -> pl.Expr:
    """Give the unit printed behind a number in its own cell (``28 万`` → ``万``), else NULL."""
    return numeral(text).str.extract(_SUFFIX, 1)


def to_number(text: pl.Expr) -> pl.Expr:
    """Exact value of a printed number, NULL where the text is none.

    NULL too for more than six decimals and for more than eighteen digits before the point.
    """
    return _column(text, "number", NUMBER)


def last_digit(text: pl.Expr) -> pl.Expr:
    """What one step of the last printed digit is worth, in the unit that the number is printed in."""
    return _column(text, "last_digit", NUMBER)


def printed_decimals(text: pl.Expr) -> pl.Expr:
    """How many decimals a number is printed with: the precision it claims."""
    return _column(text, "places", pl.Int64()).clip(lower_bound=0)


def _column(text: pl.Expr, name: str, dtype: pl.DataType) -> pl.Expr:
    def of(texts: pl.Series) -> pl.Series:
        each = texts.cast(pl.String).to_frame("text")
        return each.join(_read(texts), on="text", how="left", maintain_order="left")[name]

    return text.map_batches(of, return_dtype=dtype)


def _read(texts: pl.Series) -> pl.DataFrame:
    """What each different text says: ``text``, ``folded``, ``places``, ``number``, ``last_digit``."""
    unique = texts.cast(pl.String).drop_nulls().unique().alias("text")
    read = unique.to_frame().with_columns(plain_series(unique).alias("folded"))
    read = read.with_columns(bare=pl.col("folded").str.replace(_SUFFIX, "").str.replace_all(",", ""))
    # sign and digits, without separators, parentheses (which mean minus) and suffix
    read = read.with_columns(plain=pl.col("bare").str.strip_chars("()").str.strip_prefix("+"))
    read = read.with_columns(
        digits=pl.when(pl.col("bare").str.starts_with("("))
        .then(pl.lit("-") + pl.col("plain"))
        .otherwise("plain")
    )
    read = read.with_columns(
        decimals=pl.col("digits").str.extract(r"\.(\d*)(?:[eE].*)?$", 1).str.len_chars().fill_null(0),
        mantissa=pl.col("digits").str.extract(_SCIENTIFIC, 1),
        exponent=pl.col("digits").str.extract(_SCIENTIFIC, 2).cast(pl.Int64),
    )
    # decimals of the last printed digit: 2 of 1.23, -1 of 1.2E+02
    places = pl.col("decimals").cast(pl.Int64) - pl.col("exponent").fill_null(0)
    read = read.with_columns(places=places)
    power = pl.col("exponent").replace_strict(_POWERS, default=None, return_dtype=pl.String)
    scaled = pl.when(pl.col("places") <= _MOST_DECIMALS).then("mantissa").cast(NUMBER) * power.cast(NUMBER)
    plain = pl.when(pl.col("digits").str.contains(_FITS)).then("digits").cast(NUMBER)
    return read.select(
        "text",
        "folded",
        "places",
        number=pl.coalesce(plain, scaled.cast(NUMBER)),
        last_digit=pl.col("places").replace_strict(_STEPS, default=None, return_dtype=pl.String).cast(NUMBER),
    )
