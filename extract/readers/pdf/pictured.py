"""Pictures within digital pages: where those are that may show a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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
    """Pictures that touch, such as the stripes of a scan, as one."""
    joined = list(boxes)
    has_changed = True
    while has_changed and len(joined) > 1:
        has_changed = False
        joined.sort(key=lambda box: (box.top, box.left))
        for number, (one, other) in enumerate(pairwise(joined)):
            if (
                min(one.right, other.right) - max(one.left, other.left) > -_TOUCHING
                and min(one.bottom, other.bottom) - max(one.top, other.top) > -_TOUCHING
            ):
                joined[number : number + 2] = [
                    Box(
                        min(one.left, other.left),
                        min(one.top, other.top),
                        max(one.right, other.right),
                        max(one.bottom, other.bottom),
                    )
                ]
                has_changed = True
                break
    return joined
