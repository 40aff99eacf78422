"""What the parts of a caption look like: the patterns of ``caption_patterns.csv``, asked all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.remembered import remembered

_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_REMEMBERED = 1 << 15  # documents print the same few captions; their prose is asked once


class Captions:
    """Typed patterns of captions, each for a whole folded text; the first that fits says the kind."""

    def __init__(self, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> None:
        """Take kinds and patterns in the order in which they are tried."""
        self._patterns = tuple(patterns)
        self._any = _one_of(pattern.pattern for _, pattern in self._patterns)
        self._any_of_kind = {
            kind: _one_of(pattern.pattern for each, pattern in self._patterns if each == kind)
            for kind, _ in self._patterns
        }
        self.read = remembered(_REMEMBERED)(self._read)

    def __iter__(self) -> Iterator[tuple[str, re.Pattern[str]]]:
        """Give kinds and patterns in the order in which they are tried."""
        return iter(self._patterns)

    def _read(self, folded: str) -> tuple[str, str] | None:
        """Give the kind of a folded text and the value that it states; None where it is no caption."""
        if not self._any.fullmatch(folded):  # most texts are none: one look instead of twenty
            return None
        return next(self._all(folded), None)

    def value(self, kind: str, folded: str) -> str | None:
        """Give the value that a folded text states as a caption of one kind, whatever else it may be."""
        any_of_kind = self._any_of_kind.get(kind)
        if any_of_kind is None or not any_of_kind.fullmatch(folded):
            return None
        return next((value for each, value in self._all(folded) if each == kind), None)

    def _all(self, folded: str) -> Iterator[tuple[str, str]]:
        for kind, pattern in self._patterns:
            match = pattern.fullmatch(folded)
            if match:
                yield kind, next(iter(match.groupdict().values()), match.group())


def _one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all of them, without the names of their groups, which several have."""
    return re.compile("|".join(f"(?:{_NAMED_GROUP.sub('(?:', pattern)})" for pattern in patterns))
