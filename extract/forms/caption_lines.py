"""One printed line, taken apart into what a caption consists of: title, number, holder, unit, date.

Publishers print these on one line or on several, in any order, often with nothing but a gap between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.blocks import Row, Text
from extract.folding import fold
from extract.forms.titles import TitleReading, may_be_title, read_title
from extract.numerals import is_numeric_cell
from extract.remembered import remembered
from extract.vocabulary import Vocabulary

_REMEMBERED = 1 << 14  # lines: those outside forms are asked about several times
_MOST_SEGMENTS = 14
_LONGEST_LINE = 200
_UNRECOGNISED = 1000  # what a character that is no part of a caption costs, where a part costs one
_COSTS = {"titles": 3}  # two titles on a line are better taken apart
_UNIT = r"(?:(?:金额|计量|货币)?单位\s*[:：]?\s*|[(（]\s*)(?:人民币)?[十百千万亿]*元"
_HAS_UNIT = re.compile(_UNIT)
_ORDINAL = (
    r"(?:[一二三四五六七八九十]{1,3}\s*[、.．]|\d{1,2}\s*[、.．](?!\d)|附?表\s*[\d一二三四五六七八九十]"
    r"|[(（][一二三四五六七八九十\d]{1,2}[)）]\s*[^)）])"
)
_LABEL = r"(?:编制|填报|公开|预算|报送)?(?:部门|单位)(?:名称)?\s*[:：]"
_SPLIT = re.compile(rf"\s+|(?=[(（]?{_UNIT})|(?={_LABEL})|(?<=表)(?={_ORDINAL})")


# Every caption has one of these, and every title: most lines are prose and have none.
_MAY_BE_CAPTION = re.compile(r"[:：表元年目续續接附空无無共单單细細G]")
_CLAUSE = re.compile(r"[，。；]")


def may_be_caption(text: str) -> bool:
    """Whether a line can hold anything of a caption: most are prose and spared a reading."""
    return len(text) <= _LONGEST_LINE and _MAY_BE_CAPTION.search(text) is not None


class Part(NamedTuple):
    """A piece of a line. ``kind`` is one of ``caption_patterns.csv``, or title, or other.

    ``row`` is the row of the grid below that
    it stands in, None above the grid.
    """

    text: str
    kind: str
    value: str
    line_no: int
    page_no: int | None
    row: int | None = None

    @property
    def is_of_caption(self) -> bool:
        """Whether it is a known part of a caption, other than the title."""
        return self.kind not in ("title", "other", "empty_form")


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads the lines of one document, whose stage and publisher decide what a title means."""

    vocabulary: Vocabulary
    stage: str | None = None
    holder: str | None = None

    def title(self, text: str, holder: str | None = None) -> TitleReading:
        """Read a text as a title of this document, or of the holder that is printed beside it."""
        return read_title(text, self.vocabulary, self.stage, holder or self.holder)

    def heads_columns(self, text: str) -> bool:
        """Whether a text alone in its line or row says of which version or year the columns below are."""
        return self.vocabulary.words.says_only_when(fold(text)) and not self.title(text).is_title

    def parts(self, line: Text) -> tuple[Part, ...]:
        """Take a line apart; a line that is no caption is one part."""
        return tuple(
            Part(text, kind, value, line.line_no, line.page_no)
            for text, kind, value in self._parts_of(line.text)
        )

    def row_parts(self, row: Row, number: int) -> tuple[Part, ...] | None:
        """Take a row of a grid apart, if it is nothing but a caption: no figure and no other text."""
        cells = [cell for cell in row if cell.text]
        if not cells or any(is_numeric_cell(cell.text) for cell in cells):
            return None
        read = [part for cell in cells for part in self._parts_of(cell.text)]
        if len(cells) > 1 and any(kind == "other" for _, kind, _ in read):
            # 编制单位： | 某某局 | 单位：元
            read = list(self._parts_of(" ".join(cell.text for cell in cells)))
            if any(kind == "other" for _, kind, _ in read):
                return None
        first = cells[0]
        return tuple(
            Part(text, kind, value, first.line_no, first.page_no, number) for text, kind, value in read
        )

    def _parts_of(self, text: str) -> tuple[tuple[str, str, str], ...]:
        return self._parts(text) if may_be_caption(text) else ((text, "other", text),)

    @remembered(_REMEMBERED)
    def _parts(self, text: str) -> tuple[tuple[str, str, str], ...]:
        return tuple(self._take_apart(text))

    def _take_apart(self, text: str) -> Iterator[tuple[str, str, str]]:
        gaps = [] if _CLAUSE.search(text) and not _HAS_UNIT.search(text) else list(_SPLIT.finditer(text))
        if len(gaps) >= _MOST_SEGMENTS:
            gaps = [gap for gap in gaps if gap.group() != " "]  # a title with a space between its characters
        bounds = [(0, 0), *((gap.start(), gap.end()) for gap in gaps if gap.start()), (len(text), len(text))]
        if len(bounds) > _MOST_SEGMENTS:
            bounds = [bounds[0], bounds[-1]]
        steps = self._cheapest(text, bounds)
        parts = [
            (text[bounds[a][1] : bounds[b][0]], "title" if kind == "titles" else kind, value)
            for a, b, kind, value in steps
        ]
        if not any(kind == "other" for _, kind, _ in parts):
            yield from parts
        elif any(kind == "unit" for _, kind, _ in parts):
            yield from _merged(parts)
        else:
            yield text, "other", text

    def _cheapest(self, text: str, bounds: Sequence[tuple[int, int]]) -> list[tuple[int, int, str, str]]:
        """Choose the parts that leave the fewest characters unrecognised, and of those the fewest parts."""
        best: list[tuple[int, list[tuple[int, int, str, str]]]] = [(0, [])]
        for end in range(1, len(bounds)):
            choices = []
            for start in range(end):
                part = text[bounds[start][1] : bounds[end][0]]
                kind, value = self._kind(part)
                cost = _UNRECOGNISED * len(part) if kind == "other" else _COSTS.get(kind, 1)
                choices.append((best[start][0] + cost, [*best[start][1], (start, end, kind, value)]))
            best.append(min(choices, key=lambda choice: choice[0]))
        return best[-1][1]

    def _kind(self, part: str) -> tuple[str, str]:
        folded = fold(part)
        known = self.vocabulary.captions.read(folded)
        if known:
            return known
        if may_be_title(part, self.vocabulary) and not _HAS_UNIT.search(part):
            reading = self.title(part)
            if reading.is_title:
                return ("title", part) if reading.is_one else ("titles", part)
        return "other", part


def _merged(parts: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Keep the units of a line that holds other text too, and join the rest."""
    rest: list[str] = []
    for text, kind, value in parts:
        if kind == "unit":
            if rest:
                yield " ".join(rest), "other", " ".join(rest)
            rest = []
            yield text, kind, value
        else:
            rest.append(text)
    if rest:
        yield " ".join(rest), "other", " ".join(rest)
