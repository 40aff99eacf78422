"""Lines of a page as words with their places: what an aligner works with. A word is never cut."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple, Protocol

from extract.blocks import Box
from extract.numerals import is_amount, is_dash, is_numeric_cell

_APART = 0.45  # em between words
_SPACE = 0.25  # em between characters that a space parts


class Word(NamedTuple):
    """A piece of text without a wide gap in it, in points from the top left corner of the page."""

    text: str
    left: float
    right: float
    baseline: float
    top: float
    bottom: float

    @property
    def is_figure(self) -> bool:
        """Whether it may stand in a column of figures."""
        return is_numeric_cell(self.text) or is_amount(self.text) or is_dash(self.text)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return Box(self.left, self.top, self.right, self.bottom)


class Piece(Protocol):
    """One character, or one recognised text, of a line."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def left(self) -> float:
        """Where it begins."""

    @property
    def right(self) -> float:
        """Where it ends."""

    @property
    def baseline(self) -> float:
        """Where it stands."""

    @property
    def top(self) -> float:
        """Its upper end."""

    @property
    def bottom(self) -> float:
        """Its lower end."""


WordLine = tuple[Word, ...]


class Level(NamedTuple):
    """A level rule."""

    y: float
    left: float
    right: float

    def parts(self, above: float, word: Word) -> bool:
        """Whether it lies between a baseline above and a word."""
        return above < self.y < word.baseline and self.left < word.right and self.right > word.left


def words_of(line: Sequence[Piece], em: float) -> WordLine:
    """Join the pieces of one line, from left to right, to words."""
    words: list[Word] = []
    text, before = "", None
    left = right = top = bottom = 0.0
    for piece in sorted(line, key=lambda each: each.left):
        gap = piece.left - right if before is not None else 0.0
        if before is not None and gap > _APART * em:
            words.append(Word(text, left, right, before.baseline, top, bottom))
            before = None
        if before is None:
            before, text = piece, piece.text
            left, right, top, bottom = piece.left, piece.right, piece.top, piece.bottom
            continue
        is_space = gap > _SPACE * em and not _is_digit(text, piece.text)
        text += " " + piece.text if is_space else piece.text
        right, top, bottom = max(right, piece.right), min(top, piece.top), max(bottom, piece.bottom)
    if before is not None:
        words.append(Word(text, left, right, before.baseline, top, bottom))
    return tuple(words)


def _is_digit(before: str, after: str) -> bool:
    return before[-1:].isdigit() and after[:1].isdigit()


def em_of(pieces: Sequence[Piece]) -> float:
    """The size of the type: how wide Chinese characters are, or most of a line's height."""
    wide = [piece.right - piece.left for piece in pieces if len(piece.text) == 1 and piece.text > "\u2e7f"]
    return median(wide) if wide else 0.85 * median(piece.bottom - piece.top for piece in pieces)
