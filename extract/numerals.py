"""What counts as a numeric cell, a number and a dash. The reader counts with it, the forms file with it."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.folding import fold_number

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_NUMERIC_CELL = re.compile(r"\(?[-+]?[\d,.]*\d[\d,.]*\)?(?:%|‰|亿元|亿|万元|万|元)?")
_AMOUNT = re.compile(rf"(?:[-+]?(?:{_DIGITS})|\((?:{_DIGITS})\))(?P<unit>亿元|亿|万元|万|元)?")
_MONEY_SHAPED = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2})")
_DASH = re.compile(r"-{1,3}")
_ORDINAL = re.compile(r"\d{1,4}")
_RATE = re.compile(rf"[-+]?(?:{_DIGITS})[%‰]")


@lru_cache(1 << 16)
def is_numeric_cell(text: str) -> bool:
    """Whether a grid cell consists of one numeral: ``1,234.50``, ``28 万``, ``99.21%``, ``301``, ``1.2.3``.

    Malformed numerals (``1.2.3``) count too: conservation must notice what cannot be read.
    """
    return _NUMERIC_CELL.fullmatch(fold_number(text)) is not None


def is_amount(text: str) -> bool:
    """Whether a cell is one well-formed number, possibly negative and with its own unit of money."""
    return _AMOUNT.fullmatch(fold_number(text)) is not None


def is_dash(text: str) -> bool:
    """Whether a cell holds a dash, the printed sign for "nothing"."""
    return _DASH.fullmatch(fold_number(text)) is not None


def is_money_shaped(text: str) -> bool:
    """Whether a number is printed the way money is: with thousands separators or two decimals."""
    return _MONEY_SHAPED.fullmatch(fold_number(text)) is not None


def is_ordinal(text: str) -> bool:
    """Whether a cell is a bare small integer, as serial numbers and column numbers are."""
    return _ORDINAL.fullmatch(fold_number(text)) is not None


def is_rate(text: str) -> bool:
    """Whether a cell is one percentage."""
    return _RATE.fullmatch(fold_number(text)) is not None
