"""What counts as a numeric cell, a number and a dash. The reader counts with it, the forms file with it."""

from __future__ import annotations

import re
import unicodedata

from extract import figures
from extract.folding import fold_number
from extract.remembered import remembered

_SCIENTIFIC = r"\d(?:\.\d+)?[eE][-+]\d{1,2}"
_DIGITS = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|\.\d+|{_SCIENTIFIC}"
_NUMERIC_CELL = re.compile(
    rf"(?:\(?[-+]?[\d,.]*\d[\d,.]*\)?|[-+]?{_SCIENTIFIC})(?:%|‰|亿元|亿|万元|万|元)?", re.ASCII
)
_WORDS = re.compile(rf"(?![{figures.WORDS_OF_FIGURES}])[\u4e00-\u9fff]")
_AMOUNT = re.compile(rf"(?:[-+]?(?:{_DIGITS})|\((?:{_DIGITS})\))(?P<unit>亿元|亿|万元|万|元)?", re.ASCII)
_MONEY_SHAPED = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2})", re.ASCII)
_FIGURE_WITHIN = re.compile(r"\d[\d,]*\.\d|\d,\d{3}(?!\d)|\d\s*[\r\n]\s*\d|\d\ufffd|\ufffd\d")
_DIGIT_OR_LETTER = r"[\dOoQlI|]"  # letters that are drawn as 0 and 1 are
_MISSPELT = re.compile(
    rf"[Oo]|(?=[^\d]*\d)[-+(]?{_DIGIT_OR_LETTER}(?:[,.]?{_DIGIT_OR_LETTER})*\)?(?:亿元|亿|万元|万|元)?",
    re.ASCII,
)
_KINDS_OF_DIGITS = ("Nd", "No", "Nl", "Co")  # also those of other scripts, and of private use
# 1,20B.59: a font or a recognition that says a letter for a digit
_LETTERED = re.compile(
    r"(?=(?:[^\d]*\d){2})[-(]?[\dA-Za-z]{1,3}(?:,[\dA-Za-z]{3})*\.[\dA-Za-z]{2}\)?", re.ASCII
)
_ERROR = re.compile(r"#(?:REF|DIV/0|VALUE|N/A|NAME|NUM|NULL|SPILL|CALC)[!?]?|#N/A|#{3,}", re.IGNORECASE)
_DASH = re.compile(r"-{1,3}")
_ORDINAL = re.compile(r"\d{1,4}", re.ASCII)
_CODE_BEFORE_WORDS = re.compile(r"\d{3,7}[^\d年表号]")
_RATE = re.compile(rf"[-+]?(?:{_DIGITS})[%‰]", re.ASCII)


@remembered(1 << 16)
def is_numeric_cell(text: str) -> bool:
    """Whether a grid cell consists of one numeral: ``1,234.50``, ``28 万``, ``99.21%``, ``301``, ``1.2.3``.

    Malformed numerals (``1.2.3``) count too: conservation must notice what cannot be read.
    """
    if _WORDS.search(text):  # most cells are words, and need not be rewritten to be known
        return False
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


def begins_with_code(text: str) -> bool:
    """Whether words stand behind a code (``2101101行政单位医疗``); a year or a number of a form is none."""
    return _CODE_BEFORE_WORDS.match(text) is not None


def is_rate(text: str) -> bool:
    """Whether a cell is one percentage."""
    return _RATE.fullmatch(fold_number(text)) is not None


def holds_figure(text: str) -> bool:
    """Whether a text that is no numeral holds one, or two below each other: ``约1,204.31``."""
    return _FIGURE_WITHIN.search(fold_number(text)) is not None or _FIGURE_WITHIN.search(text) is not None


def is_of_other_digits(text: str) -> bool:
    """Whether a text has digits or signs of private use and no letter: a figure that cannot be told."""
    kinds = {unicodedata.category(sign) for sign in text}
    return not kinds.isdisjoint(_KINDS_OF_DIGITS) and not any(kind.startswith("L") for kind in kinds)


def is_misspelt(text: str) -> bool:
    """Whether a text is a numeral but for letters that look like digits: ``1O.5``, ``l2``.

    Which figure was meant is not guessed.
    """
    folded = fold_number(text)
    if is_numeric_cell(text):
        return False
    return _MISSPELT.fullmatch(folded) is not None or _LETTERED.fullmatch(folded) is not None


def is_error(text: str) -> bool:
    """Whether a cell shows an error of a workbook, or the ``####`` of a column that is too narrow."""
    return _ERROR.fullmatch(text.strip()) is not None
