"""Text layers that lie: a font says wrongly, or not at all, which characters its signs stand for.

A person sees the signs; only what a program copies is wrong. Told by characters that nobody prints, by
Chinese that is no Chinese anybody writes, and by figures with signs that no figure has.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

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


def is_lying(characters: Sequence[Character]) -> bool:
    """Whether what a page says of its characters cannot be what it shows."""
    if not characters:
        return False
    printed = Counter(character.text for character in characters)
    odd = sum(count for text, count in printed.items() if _is_odd(text))
    if odd >= _FEWEST and odd >= _ODD * len(characters):
        return True
    chinese = {text: count for text, count in printed.items() if "\u4e00" <= text <= "\u9fff"}
    common = sum(count for text, count in chinese.items() if _is_common(text))
    if sum(chinese.values()) >= _FEWEST_CHINESE and common < _COMMON * sum(chinese.values()):
        return True
    return sum(printed[sign] for sign in _NOT_OF_FIGURES) >= _FEWEST_FIGURES and _has_odd_figures(characters)


def _is_odd(text: str) -> bool:
    code = ord(text[0])
    if code < 0x250:  # accented letters stand for nothing in Chinese
        return code < 0x20 or 0x7F <= code < 0xA0 or (code >= 0xC0 and text not in "×÷")
    return unicodedata.category(text[0]) in ("Co", "Cn", "Cs", "Cc") or code == 0xFFFD


def _is_common(text: str) -> bool:
    try:
        lead = text.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= lead <= 0xD7


def _has_odd_figures(characters: Sequence[Character]) -> bool:
    """Whether most of what looks like figures is none: 2-947/53 where 1,836.42 stands."""
    tokens = [
        token
        for line in lines(characters)
        for token in _LIKE_A_FIGURE.findall(line.text)
        if sum(sign.isdigit() for sign in token) >= 3
    ]
    odd = sum(bool(set(token) & set(_NOT_OF_FIGURES)) and not _DATE.fullmatch(token) for token in tokens)
    return odd >= _FEWEST_FIGURES and 2 * odd > len(tokens)
