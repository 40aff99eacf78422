"""Lines of words to tables: where a table begins and ends, its head, its rows and its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from extract.blocks import Doubt
from extract.numerals import is_ordinal
from extract.readers.aligned.columns import Columns, columns_of
from extract.readers.aligned.head import HeadCell, head_cells, laid_over
from extract.readers.aligned.rows import ONE_LINE, has_figures, rows_of
from extract.readers.aligned.words import Level, Word, WordLine
from extract.readers.wrapping import join_lines

_CAPTION = re.compile(r"(?!其中|包括|减|加)[^：:]{1,24}[：:]")
_PROSE = re.compile(r"[。；！？]|，.*，")
_UNIT = re.compile(r"单位[：:].{0,4}元")
_MOST_HEAD_LINES = 12
_FAR = 3.2  # em between lines that are not of one table, if rows are not further apart
_FARTHER = 1.3  # times the usual step between lines, from which on figures must stand in the same columns
_ALIKE = 0.7  # of a row's figures stand below others then
_LEAST_ROWS = 2


@dataclass(slots=True)
class AlignedTable:
    """A table: the edges of its columns and rows, its cells' words and doubts, and the lines it took."""

    columns: Columns
    rows: tuple[float, ...]
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    doubts: dict[tuple[int, int], Doubt] = field(default_factory=dict)
    words: dict[tuple[int, int], list[Word]] = field(default_factory=dict)  # that the cells are made of
    lines: tuple[int, ...] = ()


class _Page(NamedTuple):
    lines: Sequence[WordLine]
    levels: Sequence[Level]
    em: float


class _Stretch(NamedTuple):
    """The first line of a table's head, the first with figures, and the one after the last."""

    first: int
    start: int
    stop: int


def aligned_tables(
    lines: Sequence[WordLine], levels: Sequence[Level], em: float, before: Columns | None = None
) -> list[AlignedTable]:
    """The tables of a page whose lines are given from top to bottom.

    ``levels`` are level rules; ``before`` are the columns of a table that ended the page before,
    which the first table of this page may continue.
    """
    page = _Page(lines, levels, em)
    found = []
    for stretch in _stretches(lines, em, before):
        is_at_top = stretch.first == stretch.start and not any(map(has_figures, lines[: stretch.start]))
        table = _table(page, stretch, before if is_at_top else None)
        if table is not None:
            found.append(table)
    return found


def _stretches(lines: Sequence[WordLine], em: float, before: Columns | None = None) -> list[_Stretch]:
    """Where tables are."""
    found: list[_Stretch] = []
    position = 0
    while position < len(lines):
        if not has_figures(lines[position]) or _is_break(lines[position]):
            position += 1
            continue
        start = stop = position
        while position < len(lines) and not _is_break(lines[position]):
            if has_figures(lines[position]):
                if position > stop and _is_far(lines, stop, position, start, em):
                    break
                stop = position
            position += 1
        position = max(position, stop + 1)
        floor = found[-1].stop if found else 0
        while start > floor and _is_of_row(lines[start - 1], lines[start], em):
            start -= 1
        end = _end(lines, stop, em) + 1
        if before is not None and not found and _goes_on(lines[: stop + 1], before, em):
            found.append(_Stretch(0, 0, end))
            continue
        first, is_below_unit = _head_start(lines, start, floor, em)
        if _is_table(lines[start:end]) or (
            is_below_unit and any(len(line) > 1 for line in lines[first:start])
        ):
            found.append(_Stretch(first, start, end))
    return sorted([*found, *_blank(lines, found, em)])


def _is_of_row(line: WordLine, below: WordLine, em: float) -> bool:
    """Whether a line is the first of a wrapped text in whose middle the figures of its row stand."""
    return below[0].baseline - line[0].baseline <= ONE_LINE * em and not _is_break(line)


def _goes_on(lines: Sequence[WordLine], before: Columns, em: float) -> bool:
    """Whether the first lines of a page are rows of the table that the page before ended with."""
    if any(_is_break(line) for line in lines):
        return False
    left, right = before.edges[0] - em, before.edges[-1] + em
    if any(word.left < left or word.right > right for line in lines for word in line):
        return False
    return before.is_head or all(before.holds(word, em) for line in lines for word in line if word.is_figure)


def _blank(lines: Sequence[WordLine], found: Sequence[_Stretch], em: float) -> Iterator[_Stretch]:
    """Tables without a figure below the line that gives their unit: blank ones, and heads at a page's end."""
    for number, line in enumerate(lines[:-1], 1):
        if not any(_UNIT.search(word.text) for word in line):
            continue
        stop = number
        while (
            stop < len(lines)
            and not _is_break(lines[stop])
            and not any(stretch.first <= stop < stretch.stop for stretch in found)
            and (stop == number or lines[stop][0].baseline - lines[stop - 1][0].baseline < _FAR * em)
        ):
            stop += 1
        several = sorted(len(each) for each in lines[number:stop] if len(each) > 1)
        if len(several) > 1 or (several and several[0] > 2):
            yield _Stretch(number, stop, stop)


def _is_break(line: WordLine) -> bool:
    """Whether a line is a caption (``单位：元``) or prose, and so of no table."""
    text = " ".join(word.text for word in line)
    labelled = sum(_CAPTION.match(word.text) is not None for word in line)
    return 2 * labelled > len(line) or (len(line) < 3 and _PROSE.search(text) is not None)


def _is_far(lines: Sequence[WordLine], above: int, below: int, start: int, em: float) -> bool:
    """Whether a line with figures is of another table than those above: far below, or in other columns."""
    steps = [b[0].baseline - a[0].baseline for a, b in pairwise(lines[start : above + 1])]
    usual = max([_FAR * em, *(2.5 * step for step in steps[-3:])])
    gaps = [b[0].baseline - a[0].baseline for a, b in pairwise(lines[above : below + 1])]
    if max(gaps) > usual:
        return True
    if not steps or max(gaps) <= _FARTHER * max(steps[-3:]):
        return False
    over = [word for line in lines[start : above + 1] for word in line if word.is_figure]
    figures = [word for word in lines[below] if word.is_figure]
    alike = sum(any(min(a.right, b.right) > max(a.left, b.left) for b in over) for a in figures)
    return alike < _ALIKE * len(figures)


def _end(lines: Sequence[WordLine], last: int, em: float) -> int:
    """The last line of a table: text that is wrapped may go on below the last figure."""
    after = last + 1
    if (
        after < len(lines)
        and lines[after][0].baseline - lines[last][0].baseline < em
        and not _is_break(lines[after])
    ):
        return after
    return last


def _head_start(lines: Sequence[WordLine], start: int, floor: int, em: float) -> tuple[int, bool]:
    """The first line of the head of a table, and whether it stands right below the unit of money.

    It is above the first figures, and below what is a caption or a title.
    """
    first = best = start
    while first > floor and start - first < _MOST_HEAD_LINES:
        line = lines[first - 1]
        if lines[first][0].baseline - line[0].baseline > 2 * _FAR * em:
            break
        if _is_break(line):
            # all that stands below the unit is of the table, also a heading over all of it
            return (first, True) if any(_UNIT.search(word.text) for word in line) else (best, False)
        first -= 1
        if len(line) > 1 or (best < start and _is_narrow(line[0], lines[best], em)):
            best = first
    return best, False


def _is_narrow(word: Word, below: WordLine, em: float) -> bool:
    """Whether a lone word over a head is the first line of one of its cells, and not a title over all."""
    touched = sum(min(word.right, each.right) > max(word.left, each.left) for each in below)
    return touched <= 1 and below[0].baseline - word.baseline < 1.6 * em


def _is_table(body: Sequence[WordLine]) -> bool:
    """Whether figures stand below each other; page numbers of a list of contents are no figures."""
    rows = [line for line in body if has_figures(line)]
    if len(rows) < _LEAST_ROWS:
        return False
    figures = [[word for word in line[1:] if word.is_figure] for line in rows]
    if all(len(each) == 1 and is_ordinal(each[0].text) for each in figures):
        numbers = [int(each[0].text) for each in figures if each[0].text.isdecimal()]
        if numbers == sorted(numbers):
            return False
    return any(
        min(a.right, b.right) > max(a.left, b.left)
        for one, other in pairwise(figures)
        for a in one
        for b in other
    )


def _table(page: _Page, stretch: _Stretch, before: Columns | None) -> AlignedTable | None:
    head = head_cells(page.lines[stretch.first : stretch.start], page.levels, page.em)
    rows = rows_of(page.lines[stretch.start : stretch.stop], page.levels, page.em)
    columns, is_certain = _columns(rows, head, page.em, before)
    if len(columns.printed) < 2:
        return None
    laid_over(head, columns, page.em)
    depth = max((cell.depth for cell in head), default=-1) + 1
    table = AlignedTable(
        columns._replace(is_head=not rows),
        _row_edges(head, depth, rows),
        lines=tuple(range(stretch.first, stretch.stop)),
    )
    for cell in head:
        place = cell.depth, cell.first
        table.cells[place] = table.cells.get(place, "") + cell.text
        table.words.setdefault(place, []).extend(cell.words)
    for number, row in enumerate(rows, depth):
        placed: dict[int, list[Word]] = {}
        for word in (word for line in row for word in line):
            placed.setdefault(columns.at((word.left + word.right) / 2), []).append(word)
        for column, words in placed.items():
            table.cells[number, column] = _joined(words)
            table.words[number, column] = words
            doubt = _doubt(words, columns, page.em, is_certain=is_certain)
            if doubt is not None:
                table.doubts[number, column] = doubt
    return table


def _columns(
    rows: Sequence[Sequence[WordLine]], head: Sequence[HeadCell], em: float, before: Columns | None
) -> tuple[Columns, bool]:
    """The columns of a table, and whether they are certain: those of the page before, where it goes on."""
    body = [tuple(word for line in row for word in line) for row in rows]
    if before is None:
        return columns_of(body, head, em), bool(head)
    figures = [word for line in body for word in line if word.is_figure]
    if not before.is_head and all(before.holds(word, em) for word in figures):
        return before, True
    named = [Word("", left, right, 0, 0, 0) for left, right in before.printed]
    own = columns_of(body, named, em)
    return own, len(own.printed) == len(before.printed)


def _row_edges(head: Sequence[HeadCell], depth: int, rows: Sequence[Sequence[WordLine]]) -> tuple[float, ...]:
    """The y between rows; those of a head, whose cells may be as high as several, are evenly apart."""
    tops = [min(word.top for line in row for word in line) for row in rows]
    bottoms = [max(word.bottom for line in row for word in line) for row in rows]
    if head:
        top = min(cell.top for cell in head)
        below = (max(cell.bottom for cell in head) + tops[0]) / 2 if tops else max(c.bottom for c in head)
        edges = [top + (below - top) * step / depth for step in range(depth)]
        edges.append(below)
    else:
        edges = [tops[0]]
    edges += [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    return (*edges, bottoms[-1]) if rows else tuple(edges)


def _joined(words: Sequence[Word]) -> str:
    lines: dict[float, list[Word]] = {}
    for word in words:
        lines.setdefault(word.baseline, []).append(word)
    texts = [
        " ".join(word.text for word in sorted(lines[baseline], key=lambda each: each.left))
        for baseline in sorted(lines)
    ]
    return join_lines("\n".join(texts))


def _doubt(words: Sequence[Word], columns: Columns, em: float, *, is_certain: bool) -> Doubt | None:
    figures = [word for word in words if word.is_figure]
    if len(figures) > 1:
        return "glued"
    if figures and not (is_certain and all(columns.holds(word, em) for word in figures)):
        return "placed"
    return None
