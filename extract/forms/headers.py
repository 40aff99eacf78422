"""Which column says what: the path of each column, from its header texts, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.blocks import Row
from extract.folding import fold
from extract.header_words import HeaderMeaning
from extract.vocabulary import Vocabulary

CODE_ROLES = frozenset({"code", "function_code", "economic_code", "government_economic_code", "unit_code"})


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One grid column: header texts from top to bottom, and what they mean (None when not understood)."""

    index: int
    path: tuple[str, ...]
    meaning: HeaderMeaning | None
    has_codes: bool = False  # of a label column: a code stands before each name (2010101行政运行)
    is_beside: bool = False  # of a text column: it stands beside the names of the rows and describes them

    @property
    def role(self) -> str | None:
        """Role of the column, or None when its header is unknown."""
        return self.meaning.role if self.meaning else None


def resolve_columns(
    header: Sequence[Row], form_key: str | None, vocabulary: Vocabulary
) -> tuple[ColumnSpec, ...]:
    """Give each column its path and meaning.

    A blank header cell belongs to the nearest printed cell on its left when something is printed beneath it:
    that is how a heading over several columns is laid out.
    """
    width = max((len(row) for row in header), default=0)
    words = [[fold(row[i].text) if i < len(row) else "" for i in range(width)] for row in header]
    for level, row in enumerate(words):
        for index in range(1, width):
            has_lower = any(lower[index] for lower in words[level + 1 :])
            same_parent = all(upper[index] == upper[index - 1] for upper in words[:level])
            if not row[index] and has_lower and same_parent:
                row[index] = row[index - 1]
    paths = [tuple(row[index] for row in words if row[index]) for index in range(width)]
    return tuple(
        ColumnSpec(index, path, vocabulary.header(form_key, path) if path else None)
        for index, path in enumerate(paths)
    )
