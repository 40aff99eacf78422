"""Parts of a whole that have a paragraph each below it in its chapter (（一）出国费…, （二）接待费…)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from extract.forms.lists_of_figures import are_division, version_of
from extract.forms.said import Said
from extract.forms.subjects import bare_name
from extract.prose_words import ProseWords

_ITEM = re.compile(r"[（(\d]")  # a heading within a chapter: （一）, 1.
_MOST_PARTS = 4
_FEWEST_PARTS = 2
_ACTUAL = "actual"
_MOST_PARAGRAPHS = 400  # of one chapter


@dataclass(slots=True)
class ItemsOfChapters:
    """What each paragraph of a chapter is about first of all, in printed order."""

    _chapters: dict[str, list[tuple[Said, ...]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, section: str | None, levels: Sequence[Said]) -> None:
        """Note the levels of the subject that a paragraph names first."""
        if not levels or levels[0].claim.subject is None:
            return
        subject = levels[0].claim.subject
        firsts = tuple(level for level in levels if level.claim.subject == subject and not level.is_in_reason)
        chapter = " / ".join(
            takewhile(lambda heading: not _ITEM.match(heading), (section or "").split(" / "))
        )
        self._chapters[chapter].append(firsts)

    def sums(self, words: ProseWords) -> Iterator[tuple[Said, Sequence[Said]]]:
        """Wholes with their parts, where the names say that there are no others."""
        for paragraphs in self._chapters.values():
            for place, wholes in enumerate(paragraphs[:_MOST_PARAGRAPHS]):
                if words.flow.fullmatch(bare_name(wholes[0].claim.subject or "", words)):
                    continue  # what comes in and goes out is told of several wholes in one chapter
                items = paragraphs[place + 1 : place + 1 + _MOST_PARTS]
                for size in range(len(items), _FEWEST_PARTS - 1, -1):
                    names = {bare_name(item[0].claim.subject or "", words) for item in items[:size]}
                    if len(names) < size or not are_division(
                        wholes[0], [item[0] for item in items[:size]], words
                    ):
                        continue
                    for whole in wholes:
                        parts = [_of_kind(whole, item) for item in items[:size]]
                        found = [part for part in parts if part is not None]
                        if len(found) == size:
                            yield whole, found
                    break


def chapter_of(section: str | None) -> str:
    """The headings of a section without those within its chapter, which may be its items."""
    return " / ".join(takewhile(lambda heading: not _ITEM.match(heading), (section or "").split(" / ")))


def _of_kind(whole: Said, levels: Sequence[Said]) -> Said | None:
    """The one figure of a part of the year and version of the whole; plain words say the outcome."""
    of_year = [level for level in levels if level.year == whole.year is not None]
    fitting = [level for level in of_year if version_of(level) == version_of(whole)]
    if not fitting and {version_of(whole), *map(version_of, of_year)} == {None, _ACTUAL}:
        fitting = of_year
    return fitting[0] if len({level.claim.claim_text for level in fitting}) == 1 else None
