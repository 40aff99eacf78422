"""Words around a quantity in a target or result (不少于, 以上, 平米): ``quantity_words.csv`` typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Counted(NamedTuple):
    """What a printed unit counts, and how many of it one is."""

    measure: str
    factor: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class QuantityWords:
    """Words by what they say."""

    before: Mapping[str, str]  # of the number: the comparator it says
    behind: Mapping[str, str]
    fillers: tuple[str, ...]  # behind the unit, saying nothing of the quantity
    units: Mapping[str, Counted]


def quantity_words(rows: Iterable[Mapping[str, str | None]]) -> QuantityWords:
    """Type the table ``quantity_words``; what only rules ask (``no_rate``, ``whole``) is for SQL.

    Raises:
        ValueError: for a kind of word that is not known.
    """
    found: dict[str, dict[str, Mapping[str, str | None]]] = defaultdict(dict)
    for row in rows:
        found[row["kind"] or ""][row["word"] or ""] = row
    unknown = found.keys() - {"before", "behind", "filler", "unit", "no_rate", "whole"}
    if unknown:
        raise ValueError(f"quantity_words.csv: kinds that are not known: {sorted(unknown)}")
    return QuantityWords(
        before={word: row["says"] or "" for word, row in found["before"].items()},
        behind={word: row["says"] or "" for word, row in found["behind"].items()},
        fillers=tuple(found["filler"]),
        units={
            word: Counted(row["says"] or word, Decimal(row["factor"] or 1))
            for word, row in found["unit"].items()
        },
    )
