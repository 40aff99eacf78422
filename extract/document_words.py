"""Words that tell a disclosure from other documents: typed from ``document_words.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class OtherKind(NamedTuple):
    """A kind of document that is no disclosure, and how it is called."""

    pattern: re.Pattern[str]  # of a whole line: its heading
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True, eq=False)
class DocumentWords:
    """Patterns for folded texts."""

    budget: tuple[re.Pattern[str], ...]  # each is one thing that disclosures speak of
    others: tuple[OtherKind, ...]


def document_words(rows: Iterable[Mapping[str, str | None]]) -> DocumentWords:
    """Type the table ``document_words``.

    Raises:
        ValueError: for a word of a kind that is not known.
    """
    budget: list[re.Pattern[str]] = []
    others: list[OtherKind] = []
    for row in rows:
        pattern = re.compile(row["pattern"] or "")
        if row["kind"] == "budget":
            budget.append(pattern)
        elif row["kind"] == "other":
            others.append(OtherKind(pattern, row["name_zh"] or "", row["name_en"] or ""))
        else:
            raise ValueError(f"document_words.csv: {row['kind']!r} is no kind of word")
    return DocumentWords(tuple(budget), tuple(others))
