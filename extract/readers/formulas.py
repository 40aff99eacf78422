"""Formulas of which a workbook stores no value, as other programs than Excel write them: worked out.

formualizer computes them where it is installed; it knows some four hundred functions of Excel.
"""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
import re

_VOLATILE = re.compile(r"\b(?:NOW|TODAY|RAND|RANDBETWEEN|CELL|INFO|INDIRECT|OFFSET)\(", re.IGNORECASE)
_NO_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # what depends on the clock is not taken over
_ARITHMETIC = re.compile(
    r"(?:[-+*/=(),:.$\d\s']|(?:SUM|ROUND|ABS|SUBTOTAL)(?=\()|\$?[A-Z]{1,3}\$?\d+|[^\W\d_]+!)+"
)


def is_installed() -> bool:
    """Whether formulas can be computed."""
    return importlib.util.find_spec("formualizer") is not None


def is_arithmetic(formula: str) -> bool:
    """Whether a formula only adds, multiplies, sums and rounds: then its value is nobody's judgement."""
    return _ARITHMETIC.fullmatch(formula.upper()) is not None


def is_volatile(formula: str) -> bool:
    """Whether the value of a formula depends on when and where it is asked."""
    return _VOLATILE.search(formula) is not None


def computed(data: bytes) -> bytes | None:
    """Give an .xlsx with the value of each formula stored; None where that cannot be done."""
    if not is_installed():
        return None
    formualizer = importlib.import_module("formualizer")
    try:
        return bytes(formualizer.recalculate_xlsx_bytes(data, deterministic_timestamp_utc=_NO_TIME)["bytes"])
    except (RuntimeError, ValueError, OSError):
        return None
