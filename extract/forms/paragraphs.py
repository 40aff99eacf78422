"""Lines of prose joined to the paragraphs that a page cut tore apart, under the headings they stand under."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.blocks import Block, Text

_ENDS_A_PARAGRAPH = re.compile(r"[。；：！？;:!?]$")
_BEGINS_A_PARAGRAPH = re.compile(
    r"[-—*]\s|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]+部分|注[：:1-9]"
)
_NUMBERED_HEADING = re.compile(
    r"[（(]?\d{1,2}[）)、.．][^，。；：（）()]{2,24}$"
)  # a title without an end of its own
_HEADING_LEVELS = 3


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


def paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Join adjacent lines of prose where the first has no end and the second no beginning of its own.

    A heading is a paragraph of its own. Grids end a paragraph.
    """
    found: list[Paragraph] = []
    headings: list[str | None] = [None] * _HEADING_LEVELS
    torn: list[Text] = []

    def close() -> None:
        if torn:
            found.append(_joined(torn, " / ".join(heading for heading in headings if heading)))
            torn.clear()

    for block in blocks:
        if not isinstance(block, Text):
            close()
        elif block.level is not None:
            close()
            headings[block.level - 1 :] = [block.text, *[None] * (_HEADING_LEVELS - block.level)]
            torn.append(block)
            close()
        else:
            if torn and (_has_end(torn[-1].text) or _BEGINS_A_PARAGRAPH.match(block.text)):
                close()
            torn.append(block)
    close()
    return tuple(found)


def _has_end(line: str) -> bool:
    return bool(_ENDS_A_PARAGRAPH.search(line) or _NUMBERED_HEADING.match(line))


def _joined(lines: Sequence[Text], section: str) -> Paragraph:
    starts: list[int] = []
    length = 0
    for line in lines:
        starts.append(length)
        length += len(line.text)
    return Paragraph("".join(line.text for line in lines), section or None, tuple(starts), tuple(lines))
