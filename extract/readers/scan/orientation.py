"""Which way is up: what can be read tells."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

import cv2
import numpy as np

from extract.readers.assembly import Words
from extract.readers.scan.picture import Picture
from extract.readers.scan.recognition import Place, cut_out, detected, recognised

_LINES_TO_ASK = 6  # recognised both ways up
_COARSE = 0.5  # of the picture's size
_LINE_HEIGHT = 0.012  # of a page's height, where no line of text was found to tell


def upright(picture: Picture) -> tuple[Picture, float]:
    """Turn a page that lies on its side or stands on its head, by what can be read either way.

    Also gives the height of a line of text.
    """
    places = _detected_coarsely(picture)
    if not places:
        return picture, _LINE_HEIGHT * picture.shape[0]
    tall = sum(place.bottom - place.top > 1.5 * (place.right - place.left) for place in places)
    if 2 * tall > len(places):
        picture = np.ascontiguousarray(np.rot90(picture))
        places = _detected_coarsely(picture)
    # of middling width: long enough to tell, and not the whole of a line
    to_ask = sorted(places, key=lambda place: place.right - place.left)[len(places) // 2 :][:_LINES_TO_ASK]
    cuts = [cut_out(picture, place) for place in to_ask]
    either_way = recognised([*cuts, *(np.ascontiguousarray(np.rot90(cut, 2)) for cut in cuts)])
    this_way, other_way = either_way[: len(cuts)], either_way[len(cuts) :]
    if _score(this_way) < _score(other_way):
        picture = np.ascontiguousarray(np.rot90(picture, 2))
    return picture, median(place.bottom - place.top for place in places)


def _detected_coarsely(picture: Picture) -> list[Place]:
    """Where lines of text stand, found on a smaller picture, which is enough to tell which way they run."""
    small = cv2.resize(picture, None, fx=_COARSE, fy=_COARSE, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return [Place(*(round(edge / _COARSE) for edge in place)) for place in detected(small)]


def _score(read: Iterable[Words]) -> float:
    return sum((words.confidence or 0.0) * len(words.text) for words in read)
