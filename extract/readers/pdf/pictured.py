"""Pictures within digital pages: where those are that may show a table."""

from __future__ import annotations

from collections.abc import Sequence

from extract.blocks import Box
from extract.readers.pdf.content import PageContent

_SMALLEST_SHARE = 0.03  # of the page; less is a seal or a logo
_NARROWEST, _LOWEST = 100.0, 40.0  # points
_TOUCHING = 3.0  # points between pictures that are parts of one
_MOST_TEXT = 40  # characters over a picture; more are text upon a background


def pictures_of(content: PageContent) -> list[Box]:
    """The pictures of a page that may show a table: large enough, and no background of its text."""
    page = content.width * content.height
    return [
        box
        for box in _joined(content.pictures)
        if (box.right - box.left) >= _NARROWEST
        and (box.bottom - box.top) >= _LOWEST
        and (box.right - box.left) * (box.bottom - box.top) >= _SMALLEST_SHARE * page
        and sum(_is_on(c.left, c.baseline, box) for c in content.characters) <= _MOST_TEXT
    ]


def _is_on(x: float, y: float, box: Box) -> bool:
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Pictures that touch, such as the stripes of a scan, as one.

    From top to bottom, each is held against those that still reach down to it; where joining made one larger,
    what it touches now is looked for again.
    """
    joined = list(boxes)
    while True:
        before, joined = len(joined), _swept(joined)
        if len(joined) in (before, 1):
            return joined


def _swept(boxes: Sequence[Box]) -> list[Box]:
    done: list[Box] = []
    open_: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.left)):
        reaching: list[Box] = []
        around = box
        for other in open_:
            if other.bottom <= box.top - _TOUCHING:
                done.append(other)
            elif min(around.right, other.right) - max(around.left, other.left) > -_TOUCHING:
                around = Box(
                    min(around.left, other.left),
                    min(around.top, other.top),
                    max(around.right, other.right),
                    max(around.bottom, other.bottom),
                )
            else:
                reaching.append(other)
        open_ = [*reaching, around]
    return sorted([*done, *open_], key=lambda box: (box.top, box.left))
