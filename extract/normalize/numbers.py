"""Printed numerals to exact decimals, as polars expressions over whole columns."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from extract.figures import plain_column

NUMBER = pl.Decimal(38, 6)
_MOST_DECIMALS = 6
_SCIENTIFIC = r"^(-?\d(?:\.\d{1,6}0*)?)[eE]([-+]\d{1,2})$"
_POWERS = range(-6, 13)  # of ten: what scientific notation of a sum of money can have
_SUFFIX = r"(亿元|亿|万元|万|元|%|‰)$"


def folded(text: pl.Expr) -> pl.Expr:
    """Numerals in one way of printing: the polars twin of ``folding.fold_number``."""
    return plain_column(text)


def suffix(text: pl.Expr) -> pl.Expr:
    """Give the unit printed behind a number in its own cell (``28 万`` → ``万``), else NULL."""
    return folded(text).str.extract(_SUFFIX, 1)


def digits(text: pl.Expr) -> pl.Expr:
    """Sign and digits of a number, without separators, parentheses (which mean minus) and suffix."""
    bare = folded(text).str.replace(_SUFFIX, "").str.replace_all(",", "")
    is_bracketed = bare.str.starts_with("(")
    plain = bare.str.strip_chars("()").str.strip_prefix("+")
    return pl.when(is_bracketed).then(pl.lit("-") + plain).otherwise(plain)


def to_number(text: pl.Expr) -> pl.Expr:
    """Exact value of a printed number, NULL where the text is none.

    NULL too for more than six decimals and for more than eighteen digits before the point.
    """
    plain = digits(text)
    fits = plain.str.contains(r"^-?(0*\d{1,18}(\.\d{1,6}0*)?|\.\d{1,6}0*)$")
    scientific = plain.str.extract_groups(_SCIENTIFIC)
    powers = {f"{power:+03d}": format(Decimal(10) ** power, "f") for power in _POWERS}
    power = scientific.struct.field("2").replace_strict(powers, default=None, return_dtype=pl.String)
    # 1.23E-06 has more than six decimals
    is_kept = printed_decimals(text) <= _MOST_DECIMALS
    scaled = scientific.struct.field("1").cast(NUMBER) * power.cast(NUMBER)
    return pl.coalesce(
        pl.when(fits).then(plain).otherwise(None).cast(NUMBER), pl.when(is_kept).then(scaled).cast(NUMBER)
    )


def last_digit(text: pl.Expr) -> pl.Expr:
    """What one step of the last printed digit is worth, in the unit that the number is printed in."""
    steps = {n: format(Decimal(10) ** -n, "f") for n in range(-_POWERS[-1], _MOST_DECIMALS + 1)}
    return _places(text).replace_strict(steps, default=None, return_dtype=pl.String).cast(NUMBER)


def printed_decimals(text: pl.Expr) -> pl.Expr:
    """How many decimals a number is printed with: the precision it claims."""
    return _places(text).clip(lower_bound=0)


def _places(text: pl.Expr) -> pl.Expr:
    """Decimals of the last printed digit: 2 of 1.23, -1 of 1.2E+02."""
    plain = digits(text)
    decimals = plain.str.extract(r"\.(\d*)(?:[eE].*)?$", 1).str.len_chars().fill_null(0).cast(pl.Int64)
    exponent = plain.str.extract(_SCIENTIFIC, 2).cast(pl.Int64, strict=False).fill_null(0)
    return decimals - exponent
