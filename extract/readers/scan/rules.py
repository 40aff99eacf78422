"""Rules in the picture of a page: what stays when all but long thin strokes is rubbed out."""

from __future__ import annotations

import cv2
import numpy as np

from extract.readers.ruled import Rule
from extract.readers.scan.picture import Picture

# Points. Upright strokes are shorter than a line is high; level ones join where characters touch.
# A stretch of rule between two others may be as short as a narrow row or column.
_SHORTEST_LEVEL = 22.0
_SHORTEST_UPRIGHT = 13.0
_THICKEST = 4.0
_GAP = 0.8  # that a worn rule may lack


def picture_rules(inked: Picture, scale: float) -> tuple[Rule, ...]:
    """Find horizontal and vertical rules; ``scale`` is points per picture element."""
    return (*_strokes(inked, scale, is_level=True), *_strokes(inked, scale, is_level=False))


def without_rules(inked: Picture, rules: tuple[Rule, ...], scale: float) -> Picture:
    """The ink that is no rule: what there is to recognise."""
    cleared = inked.copy()
    for rule in rules:
        left, top, right, bottom = (round(edge / scale) for edge in rule)
        cleared[max(0, top - 1) : bottom + 2, max(0, left - 1) : right + 2] = 0
    return cleared


def _strokes(inked: Picture, scale: float, *, is_level: bool) -> list[Rule]:
    shortest = _SHORTEST_LEVEL if is_level else _SHORTEST_UPRIGHT
    length, gap = max(3, round(shortest / scale)), max(1, round(_GAP / scale))
    long = (length, 1) if is_level else (1, length)
    wide = (gap, 1) if is_level else (1, gap)
    closed = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones(wide[::-1], np.uint8))
    strokes = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(long[::-1], np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    rules = []
    for left, top, width, height, _ in found[1:]:
        if min(width, height) * scale <= _THICKEST:
            rule = Rule(left * scale, top * scale, (left + width) * scale, (top + height) * scale)
            rules.append(rule)
    return rules
