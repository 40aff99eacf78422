"""Pictures of pages as arrays: grey, and straight when the paper lay askew."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""Grey values (0 black to 255 white) by row and column."""

_LARGEST_SKEW = 4.0  # degrees; more is no skew but a picture that was taken so
_LEAST_SKEW = 0.05  # degrees; a rule across a page then moves by less than a line's thickness
_COARSE = 0.4  # of the picture's size is enough to see how rules lean, and ten times as fast
_LEAST_CONTRAST = 15.0  # grey values by which ink is darker than the paper around it
_DARKEST = 0.5  # per cent of a page are at least as dark as its print
# The share of the print's contrast that a mark has somewhere. Noise nearly always has less; taken for ink, it
# was joined to figures (0 read as 二0): of 543 figures of bad scans 6 were read wrong or not at all by it.
_FAINT = 0.4
_LONG_RULE = 6  # a rule that tells the skew covers at least one sixth of the width


def ink(picture: Picture, contrast: float = _LEAST_CONTRAST) -> Picture:
    """Where ink is (255) and where paper is (0): ink is darker than around it by ``contrast`` grey values."""
    block = max(15, picture.shape[1] // 60) | 1
    return cv2.adaptiveThreshold(  # type: ignore[return-value]
        picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, contrast
    )


def without_specks(inked: Picture, picture: Picture, smallest: int) -> Picture:
    """Ink without what no print is: smaller than ``smallest`` picture elements, or faint all over."""
    dark, paper = np.percentile(picture, (_DARKEST, 50))
    _, labels, found, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    is_mark = np.zeros(len(found), bool)
    is_mark[labels[ink(picture, max(_LEAST_CONTRAST, _FAINT * (paper - dark))) > 0]] = True
    is_mark &= found[:, cv2.CC_STAT_AREA] >= smallest
    is_mark[0] = False
    return np.where(is_mark[labels], inked, 0).astype(np.uint8)


def straightened(picture: Picture) -> Picture:
    """Turn a picture by the few degrees that its long rules lean; one without such rules stays."""
    coarse = cv2.resize(ink(picture), None, fx=_COARSE, fy=_COARSE, interpolation=cv2.INTER_AREA)
    _, coarse = cv2.threshold(coarse, 60, 255, cv2.THRESH_BINARY)
    width = coarse.shape[1]
    found = cv2.HoughLinesP(
        coarse, 1, np.pi / 1440, threshold=width // 8, minLineLength=width // _LONG_RULE, maxLineGap=4
    )
    if found is None:
        return picture
    width = picture.shape[1]
    angles = [math.degrees(math.atan2(y1 - y0, x1 - x0)) for x0, y0, x1, y1 in found.reshape(-1, 4)]
    level = [angle for angle in angles if abs(angle) < _LARGEST_SKEW]
    skew = float(np.median(level)) if level else 0.0
    if abs(skew) < _LEAST_SKEW:
        return picture
    height = picture.shape[0]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    return cv2.warpAffine(  # type: ignore[return-value]
        picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
