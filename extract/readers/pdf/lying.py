"""Text layers that lie: a font says wrongly, or not at all, which characters its signs stand for.

A person sees the signs; only what a program copies is wrong. Told by characters that nobody prints, by
Chinese that is no Chinese anybody writes, by figures with signs that no figure has, by what is punctuated as
figures are and has no digits, and by years that no disclosure is about.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from extract.readers.pdf.content import Character
from extract.readers.pdf.lines import lines

_FEWEST = 5  # characters that nobody prints; a few are bullets
_ODD = 0.03  # of a page's characters
_FEWEST_CHINESE = 15
_COMMON = (
    0.5  # of Chinese text is of the 3,755 commonest characters, even where it is traditional; 0.18 by chance
)
_FEWEST_FIGURES = 5
_NOT_OF_FIGURES = "!\"#$&'*+/:;<=>?@"
_LIKE_A_FIGURE = re.compile(r"[!-@]{5,}")
_DATE = re.compile(r"\d{1,4}([-/:.])\d{1,2}(?:\1\d{1,2})?|[\d-]{5,}|\d+/\d+|\.{5,}|[-_=*.]{5,}")
# What is punctuated as money is, whatever its digits are said to be: 1,836.42, A,HCF.DB, "," and ".".
_SHAPED = re.compile(r"([^\W_]{1,3})((?:,[^\W_]{3})+)?\.([^\W_]{2})")
_SHIFTED = re.compile(r"[/-@]{1,3}(?:,[/-@]{3})+\.[/-@]{2}|[/-@]{1,3}\.[/-@]{2}")
_BARE = re.compile(r"[,.]{1,4}")
_YEAR = re.compile(r"(?<![\d.,])(\d{4})年(?![前后以来内初末均])")
_DIGITS_A_POINT = 5  # a page of figures has more
_MOST_KNOWN = 20_000  # characters whose kind is remembered
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def is_lying(characters: Sequence[Character]) -> bool:
    """Whether what a page says of its characters cannot be what it shows."""
    if not characters:
        return False
    texts = [character.text for character in characters]
    printed = Counter(texts)
    odd = sum(count for text, count in printed.items() if _is_odd(text))
    if odd >= _FEWEST and odd >= _ODD * len(characters):
        return True
    chinese = {text: count for text, count in printed.items() if "\u4e00" <= text <= "\u9fff"}
    common = sum(count for text, count in chinese.items() if _is_common(text))
    if sum(chinese.values()) >= _FEWEST_CHINESE and common < _COMMON * sum(chinese.values()):
        return True
    if printed["年"] and _has_odd_years("".join(texts)):
        return True
    has_odd_signs = sum([printed[sign] for sign in _NOT_OF_FIGURES if sign in printed]) >= _FEWEST_FIGURES
    digits = sum([printed[digit] for digit in "0123456789" if digit in printed])
    has_few_digits = printed["."] >= _FEWEST_FIGURES and digits < _DIGITS_A_POINT * printed["."]
    if not (has_odd_signs or has_few_digits):  # nearly all pages
        return False
    printed_lines = [line.text for line in lines(characters)]
    return (has_odd_signs and _has_odd_figures(printed_lines)) or _has_figures_without_digits(printed_lines)


@lru_cache(maxsize=_MOST_KNOWN)
def _is_odd(text: str) -> bool:
    code = ord(text[0])
    if code < 0x250:  # accented letters stand for nothing in Chinese
        return code < 0x20 or 0x7F <= code < 0xA0 or (code >= 0xC0 and text not in "×÷")
    return unicodedata.category(text[0]) in ("Co", "Cn", "Cs", "Cc") or code == 0xFFFD


@lru_cache(maxsize=_MOST_KNOWN)
def _is_common(text: str) -> bool:
    try:
        lead = text.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= lead <= 0xD7


def _has_odd_figures(texts: Sequence[str]) -> bool:
    """Whether most of what looks like figures is none: 2-947/53 where 1,836.42 stands."""
    tokens = [
        token
        for text in texts
        for token in _LIKE_A_FIGURE.findall(text)
        if sum(sign.isdigit() for sign in token) >= 3
    ]
    odd = sum(bool(set(token) & set(_NOT_OF_FIGURES)) and not _DATE.fullmatch(token) for token in tokens)
    if odd >= _FEWEST_FIGURES and 2 * odd > len(tokens):
        return True
    words = {word for text in texts for word in text.split()}
    shifted = {word for word in words if _SHIFTED.fullmatch(word) and not set(word) <= set("0123456789,.")}
    return len({word for word in shifted if any(sign.isdigit() for sign in word)}) >= _FEWEST_FIGURES


def _has_figures_without_digits(texts: Sequence[str]) -> bool:
    """Whether what is punctuated as figures are has other signs for digits, or none at all."""
    words = [word for text in texts for word in text.split()]
    if sum(bool(_BARE.fullmatch(word)) for word in words) >= _FEWEST_FIGURES:
        return True
    shaped = {word: not any("0" <= sign <= "9" for sign in word) for word in words if _SHAPED.fullmatch(word)}
    odd = sum(shaped.values())
    return odd >= _FEWEST_FIGURES and 2 * odd > len(shaped)


def _has_odd_years(text: str) -> bool:
    """Whether years are printed, and none of them is one that a disclosure could be about."""
    years = [int(year) for year in _YEAR.findall(text)]
    return bool(years) and not any(_FIRST_YEAR <= year <= _LAST_YEAR for year in years)
