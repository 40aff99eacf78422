"""Lines of prose joined to the paragraphs that a page cut tore apart, under the headings they stand under."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest
from typing import NamedTuple

from extract.blocks import Block, Box, Text
from extract.page_marks import is_page_mark

# a mark, or the leaders of a line of contents with the page behind them: each row is looked at once
_ENDS_A_PARAGRAPH = re.compile(r"[。；：！？;:!?]$|(?:(?<!…)…{3,}+|(?<![.·•‥_])[.·•‥_]{6,}+)[\s\d]*+$")
# 81.45% and 9.9 万元 at the beginning of a line are figures, 1.2024年 is an item
_NO_FIGURE = r"(?!\d+[.．]\d+\s*(?:[%％‰]|个百分点|倍|[万亿百千]*元))"
_BEGINS_A_PARAGRAPH = re.compile(
    rf"[-—*]\s|{_NO_FIGURE}[（(]?[一二三四五六七八九十\d]{{1,3}}[）)、.．]|第[一二三四五六七八九十]+部分|注[：:1-9]"
)
_NUMBERED_HEADING = re.compile(
    rf"{_NO_FIGURE}[（(]?\d{{1,2}}[）)、.．][^，。；：,;:（）()]{{2,24}}$"
)  # a title without an end of its own
# a title above a sentence that begins with its year, without a mark between them
_TITLE = re.compile(r"[^，。；：,;:]{4,40}(?:说明|情况|概况|报告|图)$")
_BEGINS_WITH_ITS_YEAR = re.compile(r"20\d\d\s*年")
_HEADING_LEVELS = 3
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．](?!\d)")
# 政 府 采 购 预 算: a line that was spread out to its margins, or set with a space behind each letter
_SPREAD = re.compile(r"(?<=[一-鿿，。；：、（）()]) (?=[一-鿿，。；：、（）()])")
_FEWEST_SPACES = 4
_TOGETHER = re.compile(r"[\dA-Za-z.,%]*")  # what a line break does not tear apart
# In heights of a line. An indent is two characters; a full line may lack one or two before a mark that does
# not fit. A title is well away from both margins and about as far from each.
_INDENT = 0.8
_SHORT_LINE = 2.5
_NARROW = 0.55
_OFF_CENTRE = 2
_AWAY = 4


_MARKS = tuple(
    re.compile(mark)
    for mark in (
        r"[一二三四五六七八九十]+、",
        r"[（(][一二三四五六七八九十]+[）)]",
        r"\d+[、.．](?!\d)",
        r"[（(]\d+[）)]",
    )
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's text, the headings above it, and the line that each part of it is printed on."""

    text: str
    section: str | None
    starts: tuple[int, ...]  # offsets in ``text`` at which printed lines begin
    lines: tuple[Text, ...]

    def line_at(self, offset: int) -> Text:
        """The printed line that holds the character at ``offset``."""
        return self.lines[bisect_right(self.starts, offset) - 1]

    @property
    def mark(self) -> int | None:
        """How it is numbered, as the place of its kind of mark; None where it is not."""
        return next((place for place, mark in enumerate(_MARKS) if mark.match(self.text)), None)


def paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Join adjacent lines of prose that are one paragraph. Grids end a paragraph, page numbers do not.

    On pages, a line that is indented, or stands below one that does not reach the right margin, begins a
    paragraph. Without pages one begins where the first line has an end or the second a beginning of its own.
    A heading is a paragraph of its own, unless the line below goes on with its sentence.
    """
    found: list[Paragraph] = []
    headings: list[str | None] = [None] * _HEADING_LEVELS
    torn: list[Text] = []
    margins = _margins(blocks)

    def close() -> None:
        if torn:
            found.append(_joined(torn, " / ".join(heading for heading in headings if heading)))
            torn.clear()

    lines = [block for block in blocks if not (isinstance(block, Text) and is_page_mark(block.text))]
    for block, below in zip_longest(lines, lines[1:]):
        if not isinstance(block, Text):
            close()
        elif (level := _heading_level(block, margins)) and not _goes_on(block, below, margins):
            close()
            headings[level - 1 :] = [block.text, *[None] * (_HEADING_LEVELS - level)]
            torn.append(block)
            close()
        else:
            if torn and not _goes_on(torn[-1], block, margins) and _begins(torn[-1], block):
                close()
            torn.append(block)
    close()
    return tuple(found)


class _Margins(NamedTuple):
    """Where the prose of one page begins and ends, in points."""

    left: float
    right: float


def _margins(blocks: Sequence[Block]) -> dict[int | None, _Margins]:
    """The margins of each page with prose."""
    boxes: dict[int | None, list[Box]] = {}
    for block in blocks:
        if isinstance(block, Text) and block.box is not None and not is_page_mark(block.text):
            boxes.setdefault(block.page_no, []).append(block.box)
    return {
        page: _Margins(min(box.left for box in found), max(box.right for box in found))
        for page, found in boxes.items()
    }


def _goes_on(line: Text, below: Block | None, margins: dict[int | None, _Margins]) -> bool:
    """Whether a line on a page fills it to the right margin, and the line below begins at the left one.

    A numbered line below one that has an end begins a paragraph, wherever it stands: so does each of a list
    of contents, which leaders fill to the margin.
    """
    if line.box is None or not isinstance(below, Text) or below.box is None:
        return False
    if _ENDS_A_PARAGRAPH.search(line.text) and _NUMBERED.match(below.text):
        return False
    height = _height(line.box)
    # what stands together is not torn apart: a numeral that does not fit goes to the next line whole
    together = len(_TOGETHER.match(below.text).group())  # type: ignore[union-attr]
    room = margins[line.page_no].right - line.box.right
    is_indented = below.box.left > margins[below.page_no].left + _INDENT * height
    return room < (_SHORT_LINE + _NARROW * together) * height and not is_indented


def _heading_level(line: Text, margins: dict[int | None, _Margins]) -> int | None:
    """Level of a heading: by its number, or 1 for a line without an end in the middle of its page."""
    if line.level is not None or line.box is None or _ENDS_A_PARAGRAPH.search(line.text):
        return line.level
    page, height = margins[line.page_no], _height(line.box)
    left, right = line.box.left - page.left, page.right - line.box.right
    is_centred = abs(left - right) < _OFF_CENTRE * height and min(left, right) > _AWAY * height
    return 1 if is_centred else None


def _height(box: Box) -> float:
    return box.bottom - box.top


def _begins(line: Text, below: Text) -> bool:
    """Whether a paragraph begins below a line; on pages it does unless the line goes on."""
    if line.box is not None and below.box is not None:
        return True
    if _TITLE.fullmatch(line.text.strip()) and _BEGINS_WITH_ITS_YEAR.match(below.text):
        return True
    return bool(_has_end(line.text) or _BEGINS_A_PARAGRAPH.match(below.text))


def _has_end(line: str) -> bool:
    return bool(_ENDS_A_PARAGRAPH.search(line) or _NUMBERED_HEADING.match(line))


def _joined(lines: Sequence[Text], section: str) -> Paragraph:
    texts = [_closed_up(line.text) for line in lines]
    starts = accumulate(map(len, texts[:-1]), initial=0)
    return Paragraph("".join(texts), section or None, tuple(starts), tuple(lines))


def _closed_up(line: str) -> str:
    """A line without the spaces between its letters, where it is spread out."""
    return _SPREAD.sub("", line) if len(_SPREAD.findall(line)) >= _FEWEST_SPACES else line
