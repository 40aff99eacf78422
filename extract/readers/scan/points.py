"""Points and commas that were taken for each other: figures of a picture not printed like the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from extract.folding import fold_number
from extract.readers.assembly import Words

_FIGURE = re.compile(r"[-(]?\d[\d,.]*\d\)?")
_GROUPED = re.compile(r"[-(]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\)?")
_PLAIN = re.compile(r"[-(]?\d+(?:\.\d+)?\)?")


def with_doubtful_points(cells: Mapping[int, Words]) -> dict[int, Words]:
    """Be sure of no figure whose commas part no thousands, or that has other decimals than nearly all others.

    ``4,212.300`` among figures without decimals is four million, not four thousand.
    """
    decimals = {
        index: _decimals(text) for index, words in cells.items() if (text := _figure(words.text)) is not None
    }
    usual = Counter(decimals.values())
    return {
        index: words._replace(confidence=0.0)
        if index in decimals and _is_odd(_figure(words.text) or "", decimals[index], usual)
        else words
        for index, words in cells.items()
    }


def _figure(text: str) -> str | None:
    """A figure with a point or a comma in it."""
    folded = fold_number(text)
    return folded if _FIGURE.fullmatch(folded) and set(folded) & {",", "."} else None


def _decimals(text: str) -> int:
    return len(text.rpartition(".")[2].rstrip(")")) if "." in text else 0


def _is_odd(text: str, decimals: int, usual: Counter[int]) -> bool:
    if not (_GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)):
        return True
    # three decimals are what a misread comma makes
    return decimals == 3 and 2 * usual[3] <= usual.total()
