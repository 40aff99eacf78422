"""The ways in which a figure is printed, as one list of rewritings that Python and polars both carry out.

A rewriting is a pattern and what stands in its place, in the part of regular expressions that Python and Rust
share: no look-around, groups by number. Text that is no numeral comes out changed, too, so nothing but
numerals is asked of the result.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import polars as pl


class Rewriting(NamedTuple):
    """What is rewritten, and as what."""

    pattern: str
    replacement: str

    @property
    def for_polars(self) -> str:
        """The replacement in Rust's notation."""
        return re.sub(r"\\(\d)", r"${\1}", self.replacement)


# ¹ ① ⑴ ❶ * ※ † beside a figure call a note. Full compatibility (NFKC) would make digits of the first three.
_MARK = "¹²³⁰-⁹⁽⁾₀-₉₍₎①-⒛⓪-⓿❶-➓*＊※†‡§ªº★☆"
_DIGIT = "0-9０-９"
_DASHES = "[−‐‑‒–—―⁃➖─━﹘﹣]"
_INVISIBLE = r"\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202d\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffc"
_THOUSANDS_MARKS = "[、‚’‘'′`´٬ʼ]"

BEFORE_FOLDING = (
    # before a figure Excel shows it as a hyphen, others do not: what the sign is, nobody can say
    Rewriting(r"^\s*\u00ad+", "?"),
    Rewriting(rf"([{_DIGIT})）元])[ \u3000]?[{_MARK}]+$", r"\1"),
    Rewriting(rf"^[{_MARK}]+([-+(（￥¥△▲]?[{_DIGIT}])", r"\1"),
    Rewriting(rf"([{_DIGIT}])\s*[(（\[［【〔]注[{_DIGIT}{_MARK}一二三四五六七八九十]*[)）\]］】〕]$", r"\1"),
    Rewriting(rf"([.．][{_DIGIT}]{{2}})\s*[(（\[［【〔][0-9０-９*＊]{{1,2}}[)）\]］】〕]$", r"\1"),
)
"""What is taken off before compatibility characters are folded: marks of notes."""

_OF_ANY_TEXT = (
    # two lines are two texts: what is no numeral with its break must not become one without it
    Rewriting(r"\s*[\r\n]\s*", "/"),
    Rewriting(rf"[{_INVISIBLE}]+", ""),
    Rewriting(_DASHES, "-"),
)
_OF_NUMERALS = (  # each has a digit, a point, 万 or 亿 in what it rewrites
    Rewriting(r"^([-+(]*)(?:人民币|[Rr][Mm][Bb]|[Cc][Nn][Yy]|¥)+([-+(一△▲负]*[0-9.])", r"\1\2"),
    Rewriting(r"([0-9])(?:[Rr][Mm][Bb]|[Cc][Nn][Yy])$", r"\1"),
    Rewriting(r"([0-9万亿])[元圆][整正]?$", r"\1元"),
    Rewriting(r"^一([0-9.])", r"-\1"),
    Rewriting(r"^[△▲负]-?([0-9.])", r"-\1"),
    Rewriting(r"^\([-△▲负]([0-9.,]+)\)$", r"(\1)"),
    Rewriting(r"^[\[【〔{〖]([0-9][0-9,]*\.[0-9]+)[\]】〕}〗]$", r"(\1)"),
    Rewriting(r"^([0-9.,]+)[Cc][Rr]$", r"-\1"),
    Rewriting(r"^([0-9][0-9,.]*)-$", r"-\1"),
    # three times: a group of thousands ends where the next begins
    *[Rewriting(rf"([0-9]){_THOUSANDS_MARKS}([0-9]{{3}})([^0-9]|$)", r"\1,\2\3")] * 3,
    Rewriting(r"^([-(]*[0-9][0-9,]*)[·•∙・‧。⋅﹒]([0-9]+)", r"\1.\2"),
)
AFTER_FOLDING = (*_OF_ANY_TEXT, *_OF_NUMERALS)
"""What is rewritten once every character has its half width."""

WORDS_OF_FIGURES = "万亿元圆整正人民币负注一二三四五六七八九十"
"""The ideographs that belong to a figure, or are taken off it: with any other, a text is no numeral."""


def _compiled(rewritings: Iterable[Rewriting]) -> list[tuple[re.Pattern[str], str]]:
    """The same for Python, where ``$`` also stands before a line break at the end; in Rust it does not."""
    return [(re.compile(pattern.replace("$", r"\Z")), replacement) for pattern, replacement in rewritings]


_BEFORE = _compiled(BEFORE_FOLDING)
_AFTER = _compiled(AFTER_FOLDING)
_AFTER_OF_WORDS = _compiled(_OF_ANY_TEXT)
_PLAIN_ALREADY = re.compile(r"-?\d[\d,]*(?:\.\d+)?", re.ASCII)  # as most figures are printed
_OF_A_NUMERAL = re.compile(r"[0-9.万亿]")
_GAP = re.compile(r"(?<=[0-9.,])[^\S\n]+(?=[0-9.,])")
_SPACED_THOUSANDS = re.compile(r"\D*\d{1,3}(?:\s\d{3})+(?:\.\d+)?\D*")
_SPACED_OUT = re.compile(r"\S(?:\s+\S)+")
_BESIDE_A_MARK = re.compile(r"[.,]\s+|\s+[.,]")


def plain(text: str) -> str:
    """Give a numeral as digits, ``,``, ``.``, ``-`` or brackets (which mean minus), and its unit."""
    if _PLAIN_ALREADY.fullmatch(text):
        return text
    for pattern, replacement in _BEFORE:
        text = pattern.sub(replacement, text)
    text = unicodedata.normalize("NFKC", text)
    # most cells are words, which hold nothing that the longer part of the list rewrites
    for pattern, replacement in _AFTER if _OF_A_NUMERAL.search(text) else _AFTER_OF_WORDS:
        text = pattern.sub(replacement, text)
    return text


def plain_series(texts: pl.Series) -> pl.Series:
    """The same of a whole column."""
    for rewriting in BEFORE_FOLDING:
        texts = texts.str.replace_all(rewriting.pattern, rewriting.for_polars)
    texts = texts.str.normalize("NFKC")
    for rewriting in AFTER_FOLDING:
        texts = texts.str.replace_all(rewriting.pattern, rewriting.for_polars)
    return texts


def has_odd_gap(text: str) -> bool:
    """Whether white space stands within a numeral where none belongs: 444.46 1 may be a figure and a note.

    It belongs between groups of thousands, beside ``,`` and ``.``, and where all letters are spaced out.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if not _GAP.search(folded) or _SPACED_OUT.fullmatch(folded) or _SPACED_THOUSANDS.fullmatch(folded):
        return False
    return _GAP.search(_BESIDE_A_MARK.sub(lambda match: match.group().strip(), folded)) is not None
