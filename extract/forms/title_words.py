"""A title cut into words: those of the vocabulary, and what is left between them.

As few characters as can be are left in no word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.remembered import remembered
from extract.title_vocabulary import Saying, TitleVocabulary

_SEPARATORS = frozenset("()[]{}<>《》【】、,.·/|-–—~&+ ")
_ORDINAL_IN_FRONT = re.compile(r"[一二三四五六七八九十]{1,3}")
_REMEMBERED = 1 << 14


class Token(NamedTuple):
    """A word of a title, or what stands between words."""

    text: str
    sayings: tuple[Saying, ...] | None  # None: unknown
    is_damaged: bool = False
    is_aside: bool = False  # in brackets


def cut_title(text: str, titles: TitleVocabulary) -> list[Token]:
    """Segment a text so that as few characters as can be are in no word."""
    costs = _costs(text, titles)
    position = 0
    tokens: list[Token] = []
    first = _first_step(text, titles, [int(cost) for cost, _ in costs])
    if first is not None:
        token, position = first
        tokens.extend([token] if token else [])
    depth = 0
    unknown = ""
    while position <= len(text):
        length = costs[position][1]
        part = text[position : position + length]
        position += max(length, 1)
        is_known = part in titles.words
        if unknown and (is_known or part in _SEPARATORS or not part):
            tokens.append(Token(unknown, None, is_aside=depth > 0))
            unknown = ""
        if is_known:
            tokens.append(Token(part, titles.words[part], is_aside=depth > 0))
        elif part not in _SEPARATORS:
            unknown += part
        depth += (part == "(") - (part == ")")
    return tokens


def unknown_from(text: str, titles: TitleVocabulary) -> list[int]:
    """For each position, how many characters from there on are in no word, read at best."""
    return [int(cost) for cost, _ in _costs(text, titles)]


def is_words(text: str, titles: TitleVocabulary) -> bool:
    """Whether all of a text is in words."""
    return not unknown_from(text, titles)[0]


@remembered(_REMEMBERED)
def _costs(text: str, titles: TitleVocabulary) -> list[tuple[float, int]]:
    """For each position, the least cost of reading the rest, and the length of the first step."""
    costs: list[tuple[float, int]] = [(0.0, 0)] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        best = ((0.0 if text[start] in _SEPARATORS else 1.0) + costs[start + 1][0], 1)
        for length in titles.lengths.get(text[start], ()):
            if start + length <= len(text) and text[start : start + length] in titles.words:
                cost = costs[start + length][0] + 0.001
                if cost <= best[0]:
                    best = (cost, length)
        costs[start] = best
    return costs


def _first_step(
    text: str, titles: TitleVocabulary, unknown: Sequence[int]
) -> tuple[Token | None, int] | None:
    """Read what only a beginning can be: an ordinal without a separator, a word that lost a character."""
    if not unknown[0]:
        return None
    ordinal = _ORDINAL_IN_FRONT.match(text)
    ends = range(1, ordinal.end() + 1) if ordinal else ()
    plain = next((end for end in ends if not unknown[end]), None)
    if plain is not None:
        return None, plain
    for length in range(len(text), 0, -1):
        whole = titles.damaged.get(text[:length])
        if whole and not unknown[length]:
            return Token(whole, titles.words[whole], is_damaged=True), length
    return None
