"""Measures and sources that the parts of one total are together: typed from ``column_sets.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class ColumnSet(NamedTuple):
    """Values that the parts of one total have together: of ``measure`` or of ``fund``."""

    says: str
    stage: str | None  # of the documents that print it; None is any
    values: frozenset[str]


def column_sets(rows: Iterable[Mapping[str, str | None]]) -> tuple[ColumnSet, ...]:
    """Type the table ``column_sets``; ``members`` are parted by a bar.

    Raises:
        ValueError: for a set of something else than measures or funds.
    """
    found = []
    for row in rows:
        if row["says"] not in ("measure", "fund"):
            raise ValueError(f"column_sets.csv: {row['says']!r} is nothing that a column says")
        found.append(ColumnSet(row["says"], row["stage"], frozenset((row["members"] or "").split("|"))))
    return tuple(found)
