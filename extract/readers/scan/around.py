"""The text around the grids of a picture: where to look for it, and its pieces joined to lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from extract.blocks import Box
from extract.readers.aligned import Word, aligned_tables, as_grid
from extract.readers.assembly import PrintedLine, Words
from extract.readers.ruled import RuledGrid
from extract.readers.scan.picture import Picture
from extract.readers.scan.recognition import Place, detected

_LEAST_TEXT = 8.0  # square points of ink around grids that may be text; a printed digit has about three
_EM = 0.8  # of the height of a detected line
_SPACE = 0.6  # heights of a line between texts that a space parts


def places_around(
    picture: Picture, written: Picture, grids: Sequence[RuledGrid], scale: float
) -> list[Place]:
    """Where lines of text stand outside the grids; ``written`` is the ink that is no rule."""
    return [
        place
        for top, bottom in _bands_around(grids, written, scale)
        for place in detected(picture[top:bottom], top)
        if not _is_in(place, grids, scale)
    ]


def joined(
    read: Iterable[tuple[Place, Words]], scale: float
) -> tuple[list[tuple[RuledGrid, dict[int, Words]]], list[PrintedLine]]:
    """Texts that stand beside one another joined to lines, and the tables that lines without rules form."""
    rows = _rows(read)
    tables, taken = _tables(rows, scale)
    return tables, [_line(row, scale) for number, row in enumerate(rows) if number not in taken]


def _tables(
    rows: Sequence[Sequence[tuple[Place, Words]]], scale: float
) -> tuple[list[tuple[RuledGrid, dict[int, Words]]], set[int]]:
    """Tables by alignment, and the lines they took; a cell is as sure as the least sure of its words."""
    if not rows:
        return [], set()
    lines = [
        tuple(
            Word(
                words.text.strip(),
                place.left * scale,
                place.right * scale,
                row[0][0].bottom * scale,
                place.top * scale,
                place.bottom * scale,
            )
            for place, words in row
        )
        for row in rows
    ]
    sure = {
        (word.left, word.top): words.confidence
        for line, row in zip(lines, rows, strict=True)
        for word, (_, words) in zip(line, row, strict=True)
    }
    em = _EM * median(word.bottom - word.top for line in lines for word in line)
    found = aligned_tables(lines, (), em)
    grids = []
    for table in found:
        grid, texts = as_grid(table)
        width = len(table.columns.printed)
        least = {
            row * width + column: min((sure[word.left, word.top] or 0.0 for word in words), default=0.0)
            for (row, column), words in table.words.items()
        }
        grids.append(
            (grid, {index: words._replace(confidence=least[index]) for index, words in texts.items()})
        )
    return grids, {number for table in found for number in table.lines}


def _rows(read: Iterable[tuple[Place, Words]]) -> list[list[tuple[Place, Words]]]:
    rows: list[list[tuple[Place, Words]]] = []
    for place, words in sorted(read, key=lambda item: item[0].top + item[0].bottom):
        if not words.text.strip():
            continue
        middle = (place.top + place.bottom) / 2
        if rows and rows[-1][-1][0].top < middle < rows[-1][-1][0].bottom:
            rows[-1].append((place, words))
        else:
            rows.append([(place, words)])
    return [sorted(row, key=lambda item: item[0].left) for row in rows]


def _bands_around(grids: Sequence[RuledGrid], written: Picture, scale: float) -> list[tuple[int, int]]:
    """Stripes of the page that no grid covers, as top and bottom; the page where ink is beside a grid."""
    height = written.shape[0]
    bands, position = [], 0
    for grid in grids:
        left, top, right, bottom = (round(edge / scale) for edge in grid.box)
        if _has_ink(written[top:bottom, : max(0, left)], written[top:bottom, right + 1 :], scale=scale):
            return [(0, height)]
        bands.append((position, max(position, top)))
        position = max(position, bottom)
    bands.append((position, height))
    return [band for band in bands if _has_ink(written[band[0] : band[1]], scale=scale)]


def _has_ink(*parts: Picture, scale: float) -> bool:
    return sum(int((part > 0).sum()) for part in parts) * scale * scale >= _LEAST_TEXT


def _is_in(place: Place, grids: Sequence[RuledGrid], scale: float) -> bool:
    x, y = (place.left + place.right) / 2 * scale, (place.top + place.bottom) / 2 * scale
    return any(grid.index_at(x, y) is not None for grid in grids)


def _line(row: Sequence[tuple[Place, Words]], scale: float) -> PrintedLine:
    text = ""
    before: Place | None = None
    for place, words in row:
        gap = place.left - before.right if before else 0
        text += (" " if before and gap > _SPACE * (place.bottom - place.top) else "") + words.text
        before = place
    places = [place for place, _ in row]
    box = Box(
        min(place.left for place in places) * scale,
        min(place.top for place in places) * scale,
        max(place.right for place in places) * scale,
        max(place.bottom for place in places) * scale,
    )
    scores = [words.confidence for _, words in row if words.confidence is not None]
    return PrintedLine(Words(text, min(scores, default=None)), box, box.bottom)
