"""Printed numerals to exact decimals, as polars expressions over whole columns."""

from __future__ import annotations

import polars as pl

NUMBER = pl.Decimal(38, 6)
_INVISIBLE = r"[\s\u{200b}-\u{200f}\u{2060}\u{feff}]+"
_DASHES = r"[\u{2212}\u{2010}\u{2013}\u{2014}\u{fe63}]"
_SUFFIX = r"(亿元|亿|万元|万|元|%|‰)$"


def folded(text: pl.Expr) -> pl.Expr:
    """Half width, no white space, every dash as ``-``: the polars twin of ``folding.fold_number``."""
    return text.str.normalize("NFKC").str.replace_all(_INVISIBLE, "").str.replace_all(_DASHES, "-")


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

    NULL too for more than six decimals and for more than eighteen digits before the point: no such sum exists.
    """
    plain = digits(text)
    fits = plain.str.contains(r"^-?(0*\d{1,18}(\.\d{1,6}0*)?|\.\d{1,6}0*)$")
    return pl.when(fits).then(plain).otherwise(None).cast(NUMBER)


def last_digit(text: pl.Expr) -> pl.Expr:
    """What one step of the last printed digit is worth, in the unit that the number is printed in."""
    steps = {n: f"{10**-n:.{n}f}" if n else "1" for n in range(7)}
    return printed_decimals(text).replace_strict(steps, default=None, return_dtype=pl.String).cast(NUMBER)


def printed_decimals(text: pl.Expr) -> pl.Expr:
    """How many decimals a number is printed with: the precision it claims."""
    return digits(text).str.extract(r"\.(\d*)$", 1).str.len_chars().fill_null(0).cast(pl.Int64)
