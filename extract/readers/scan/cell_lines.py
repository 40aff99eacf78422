"""The lines of text in one cell of a picture, each cut out to be recognised by itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extract.blocks import Box
from extract.readers.scan.picture import Picture

# Square points of ink in a cell or a line; less is dirt. A printed point has one, a digit three.
_LEAST_INK = 0.6
# In heights of a line: what its strokes may span together, and what must be two lines at least.
_SAME_LINE = 1.1
_TWO_LINES = 1.6
_PAD = 2.0  # points of paper around a line that is recognised

_Counts = npt.NDArray[np.int64]


def lines_in(picture: Picture, written: Picture, box: Box, scale: float, line_height: float) -> list[Picture]:
    """The lines of one cell, each cut out with a little paper around; none where the cell holds no ink."""
    left, top, right, bottom = (round(edge / scale) for edge in box)
    inside = written[top:bottom, left:right] > 0
    if inside.sum() * scale * scale < _LEAST_INK:
        return []
    pad = max(1, round(_PAD / scale))
    lines = []
    for start, stop in _bands(inside.sum(axis=1), line_height):
        columns = np.flatnonzero(inside[start:stop].any(axis=0))
        if not len(columns) or inside[start:stop].sum() * scale * scale < _LEAST_INK:
            continue
        lines.append(
            picture[
                max(0, top + start - pad) : top + stop + pad,
                max(0, left + columns[0] - pad) : left + columns[-1] + 1 + pad,
            ]
        )
    return lines


def _bands(ink_by_row: _Counts, line_height: float) -> list[tuple[int, int]]:
    """Runs of rows with ink that are one line each.

    Strokes that together are no higher than a line are one (三, the dots of 六); a run that is as high as
    several lines, whose ink touches, is parted where there is least of it.
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (ink_by_row > 0).astype(np.int8), [0]))))
    bands: list[tuple[int, int]] = []
    for start, stop in edges.reshape(-1, 2):
        if bands and stop - bands[-1][0] <= _SAME_LINE * line_height:
            bands[-1] = (bands[-1][0], int(stop))
        else:
            bands.append((int(start), int(stop)))
    return [part for band in bands for part in _parted(band, ink_by_row, line_height)]


def _parted(band: tuple[int, int], ink_by_row: _Counts, line_height: float) -> list[tuple[int, int]]:
    start, stop = band
    count = round((stop - start) / line_height)
    if count < 2 or stop - start < _TWO_LINES * line_height:
        return [band]
    step, near = (stop - start) / count, round(line_height / 4)
    cuts = [start]
    for number in range(1, count):
        middle = round(start + number * step)
        cuts.append(middle - near + int(np.argmin(ink_by_row[middle - near : middle + near])))
    return list(pairwise([*cuts, stop]))
