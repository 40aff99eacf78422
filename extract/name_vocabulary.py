"""What tells the name of a publisher from other lines: typed from ``name_patterns.csv``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_KINDS = ("never", "whole", "ending", "party", "central", "central_anywhere", "township")


@dataclass(frozen=True, slots=True, eq=False)
class NameVocabulary:
    """Patterns for folded texts. Compared and hashed by identity, so that readings can be remembered."""

    never: re.Pattern[str]  # what stands in no name
    whole: re.Pattern[str]  # what is no name as a whole
    ending: re.Pattern[str]  # a text that ends as names of organs do
    party: re.Pattern[str]  # 中共: what stands before a place
    central: re.Pattern[str]  # an organ of the centre, where its name has no place
    central_anywhere: re.Pattern[str]  # one wherever it is
    township: re.Pattern[str]
    places: frozenset[str]  # the names of the list of regions
    lengths: tuple[int, ...]  # of these, the longest first

    def leading_place(self, text: str) -> str | None:
        """The longest place of the list that a folded text begins with."""
        found = (text[:length] for length in self.lengths if text[:length] in self.places)
        return next(found, None)


def name_vocabulary(patterns: Iterable[Mapping[str, str | None]], places: Iterable[str]) -> NameVocabulary:
    """Type the table ``name_patterns``; ``places`` are the names of regions.

    Raises:
        ValueError: for a pattern of a kind that is not known.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in patterns:
        kind = row["kind"] or ""
        if kind not in _KINDS:
            raise ValueError(f"name_patterns.csv: {kind!r} is no kind of pattern")
        found[kind].append(row["pattern"] or "")
    one = {kind: "|".join(f"(?:{pattern})" for pattern in found[kind]) or "(?!)" for kind in _KINDS}
    listed = frozenset(places)
    return NameVocabulary(
        never=re.compile(one["never"]),
        whole=re.compile(one["whole"]),
        ending=re.compile(f"(?:{one['ending']})$"),
        party=re.compile(one["party"]),
        central=re.compile(one["central"]),
        central_anywhere=re.compile(one["central_anywhere"]),
        township=re.compile(one["township"]),
        places=listed,
        lengths=tuple(sorted({len(name) for name in listed}, reverse=True)),
    )
