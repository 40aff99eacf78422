"""Lines of words to tables: where a table begins and ends, its head, its rows and its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.blocks import Doubt
from extract.numerals import is_ordinal
from extract.readers.aligned.columns import Columns, columns_of, head_column
from extract.readers.aligned.rows import has_figures, rows_of
from extract.readers.aligned.words import Word, WordLine
from extract.readers.wrapping import join_lines

_CAPTION = re.compile(r"[^：:]{1,24}[：:]")
_PROSE = re.compile(r"[。；！？]|，.*，")
_MOST_HEAD_LINES = 12
_FAR = 3.2  # em between lines that are not of one table, if rows are not further apart
_LEAST_ROWS = 2


@dataclass(slots=True)
class AlignedTable:
    """A table: its columns' and rows' edges, the words of its cells with their doubts, and the lines it took."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    doubts: dict[tuple[int, int], Doubt] = field(default_factory=dict)
    lines: tuple[int, ...] = ()


def aligned_tables(
    lines: Sequence[WordLine], levels: Sequence[float], em: float, before: Sequence[float] | None = None
) -> list[AlignedTable]:
    """The tables of a page whose lines are given from top to bottom.

    ``levels`` are the y of level rules; ``before`` are the edges of the columns of a table that ended the page
    before, which the first table of this page may continue.
    """
    found = []
    for first, start, stop in _stretches(lines, em):
        is_first = not any(has_figures(line) for line in lines[:start])
        edges = before if is_first and first == start else None
        table = _table(lines, first, start, stop, levels, em, edges)
        if table is not None:
            found.append(table)
    return found


def _stretches(lines: Sequence[WordLine], em: float) -> list[tuple[int, int, int]]:
    """Where tables are: the first line of the head, the first with figures, and the one after the last."""
    found: list[tuple[int, int, int]] = []
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
        floor = found[-1][2] if found else 0
        found.append((_head_start(lines, start, floor, em), start, _end(lines, stop, em) + 1))
    return [(first, start, stop) for first, start, stop in found if _is_table(lines[start:stop])]


def _is_break(line: WordLine) -> bool:
    """Whether a line is a caption (``单位：元``) or prose, and so of no table."""
    text = " ".join(word.text for word in line)
    labelled = sum(_CAPTION.match(word.text) is not None for word in line)
    return 2 * labelled > len(line) or (len(line) < 3 and _PROSE.search(text) is not None)


def _is_far(lines: Sequence[WordLine], above: int, below: int, start: int, em: float) -> bool:
    steps = [
        b[0].baseline - a[0].baseline for a, b in zip(lines[start:above], lines[start + 1 :], strict=False)
    ]
    usual = max([_FAR * em, *(2.5 * step for step in steps[-3:])])
    return any(
        lines[index + 1][0].baseline - lines[index][0].baseline > usual for index in range(above, below)
    )


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


def _head_start(lines: Sequence[WordLine], start: int, floor: int, em: float) -> int:
    """The first line of the head of a table: above its first figures, below what is a caption or a title."""
    first = start
    best = start
    while first > floor and start - first < _MOST_HEAD_LINES:
        line = lines[first - 1]
        if _is_break(line) or lines[first][0].baseline - line[0].baseline > 2 * _FAR * em:
            break
        first -= 1
        if len(line) > 1 or (best < start and _is_narrow(line[0], lines[best], em)):
            best = first
    return best


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
        for one, other in zip(figures, figures[1:], strict=False)
        for a in one
        for b in other
    )


def _table(
    lines: Sequence[WordLine],
    first: int,
    start: int,
    stop: int,
    levels: Sequence[float],
    em: float,
    before: Sequence[float] | None,
) -> AlignedTable | None:
    head, body = lines[first:start], lines[start:stop]
    rows = rows_of(body, levels, em)
    head_rows = rows_of_head(head, levels, em)
    columns, is_certain = _columns(rows, head, em, before)
    if len(columns.printed) < 2:
        return None
    grouped = [*head_rows, *rows]
    table = AlignedTable(
        columns.edges,
        _row_edges(grouped),
        lines=tuple(range(first, stop)),
    )
    for number, row in enumerate(grouped):
        is_head = number < len(head_rows)
        placed: dict[int, list[Word]] = {}
        for line in row:
            for word in line:
                if is_head:
                    column = head_column(word, _index_of(head, line), head, columns, em)
                else:
                    column = columns.at((word.left + word.right) / 2)
                placed.setdefault(column, []).append(word)
        for column, words in placed.items():
            table.cells[number, column] = _joined(words)
            doubt = None if is_head else _doubt(words, columns, em, is_certain=is_certain)
            if doubt is not None:
                table.doubts[number, column] = doubt
    return table


def rows_of_head(head: Sequence[WordLine], levels: Sequence[float], em: float) -> list[list[WordLine]]:
    """Group the lines of a head: its words are wrapped and centred upon each other."""
    rows: list[list[WordLine]] = []
    for line in head:
        above = rows[-1][-1][0].baseline if rows else 0.0
        below = line[0].baseline
        is_ruled = any(above < level < below for level in levels)
        if rows and not is_ruled and (below - above <= 0.75 * em or _is_wrapped(rows[-1], line, em)):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _is_wrapped(row: Sequence[WordLine], line: WordLine, em: float) -> bool:
    """Whether each word of a line goes on with one right above it."""
    above = [word for each in row for word in each]
    return all(
        any(
            0 < word.baseline - other.baseline <= 1.55 * em
            and abs((other.left + other.right) - (word.left + word.right)) / 2
            <= max(em, abs((other.right - other.left) - (word.right - word.left)) / 2 + em / 4)
            and min(other.right, word.right) > max(other.left, word.left)
            for other in above
        )
        for word in line
    )


def _index_of(head: Sequence[WordLine], line: WordLine) -> int:
    return next(index for index, each in enumerate(head) if each is line)


def _columns(
    rows: Sequence[Sequence[WordLine]], head: Sequence[WordLine], em: float, before: Sequence[float] | None
) -> tuple[Columns, bool]:
    """The columns of a table, and whether they are certain: those of the page before, where it goes on."""
    body = [tuple(word for line in row for word in line) for row in rows]
    own = columns_of(body, head, em)
    if before is None or len(before) < 3:
        return own, bool(head)
    shared = Columns(tuple(before), tuple(zip(before, before[1:], strict=False)))
    figures = [word for line in body for word in line if word.is_figure]
    if all(shared.holds(word, em) for word in figures) and all(
        before[0] - em <= word.left and word.right <= before[-1] + em for word in figures
    ):
        return shared, True
    return own, False


def _row_edges(rows: Sequence[Sequence[WordLine]]) -> tuple[float, ...]:
    tops = [min(word.top for line in row for word in line) for row in rows]
    bottoms = [max(word.bottom for line in row for word in line) for row in rows]
    between = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    return (tops[0], *between, bottoms[-1])


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
