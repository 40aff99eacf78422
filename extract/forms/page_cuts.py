"""Forms that a page break cut: the same title again, 续, or the same columns overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.blocks import Grid, Row
from extract.folding import fold
from extract.forms.captions import Caption, Section, page_of, width_of
from extract.forms.grid_shape import is_total
from extract.forms.title_marks import take_marks
from extract.vocabulary import Vocabulary

_ABOVE_A_HEADER = 3  # rows: a title, a caption, the header
_FIRST_CELLS = 4  # 类, 款, 项 and the name: a total stands in one of them, not over money


def stitch(found: Sequence[Section], vocabulary: Vocabulary) -> tuple[Section, ...]:
    """Join a form that a page break cut: the same title again, directly after, continues the form.

    Forms of which a document may hold several (one per project) continue only when the second printing does
    not name a subject of its own.
    """
    joined: list[Section] = []
    for section in found:
        if joined and _continues(joined[-1], section, vocabulary):
            before = joined[-1]
            joined[-1] = replace(
                before,
                grids=before.grids + section.grids,
                loose_rows=before.loose_rows + section.loose_rows,
                has_unit_mark=before.has_unit_mark or section.has_unit_mark,
            )
        else:
            joined.append(section)
    return tuple(joined)


def _continues(before: Section, section: Section, vocabulary: Vocabulary) -> bool:
    one, other = before.caption, section.caption
    if not before.grids or not section.grids:
        return False
    has_same_header = _has_same_header(before.grids[-1], section.grids[0])
    if has_same_header and (_says_continued(other) or _is_overleaf(before, section, vocabulary)):
        return True
    if not _is_same_title(one, other):
        return False
    if other.reading and other.reading.is_continued:
        return True
    if one.form_key is None:
        return _are_pages_of_one(before.grids[-1], section.grids[0])
    return vocabulary.forms[one.form_key].is_unique or not any(
        vocabulary.heads.get(fold(cell.text)) == "subject"
        for row in section.grids[0].rows[:2]
        for cell in row
    )


def _is_overleaf(before: Section, section: Section, vocabulary: Vocabulary) -> bool:
    """Whether a form whose title nobody read goes on overleaf, under its header printed again.

    Two forms of one shape would have a total each.
    """
    one, other = before.caption, section.caption
    if one.reading is not None or other.reading is not None or one.form_key or other.form_key:
        return False
    if one.number and other.number and one.number != other.number:
        return False
    last, first = before.grids[-1], section.grids[0]
    is_next = page_of(first) is not None and page_of(first) == page_of(last, at_end=True, following=1)
    return is_next and not (_has_total(last, vocabulary) and _has_total(first, vocabulary))


def _has_total(grid: Grid, vocabulary: Vocabulary) -> bool:
    """Whether a row below the header is called a total."""
    return any(is_total(fold(cell.text), vocabulary) for row in grid.rows[1:] for cell in row[:_FIRST_CELLS])


def _says_continued(caption: Caption) -> bool:
    """Whether a caption says 续: its title may be one that no word tells, or have lost its first line."""
    return take_marks(caption.title or "").is_continued


def _has_same_header(before: Grid, grid: Grid) -> bool:
    """Whether a grid begins with the header of the one before, there perhaps below its title."""
    first = _texts(grid.rows[0])
    return any(_texts(row) == first for row in before.rows[:_ABOVE_A_HEADER])


def _texts(row: Row) -> list[str]:
    return [fold(cell.text) for cell in row]


def _is_same_title(one: Caption, other: Caption) -> bool:
    """Whether a title is printed again: the same words, or without what it ends in, and no other marks."""
    if one.reading is None or other.reading is None or one.form_key != other.form_key:
        return False
    marks = (
        (one.number, other.number),
        (one.reading.ordinal, other.reading.ordinal),
        (one.reading.year, other.reading.year),
        (one.reading.holder, other.reading.holder),
    )
    is_shorter = fold(one.title or "").startswith(fold(other.title or ""))
    return (
        (one.reading.words == other.reading.words or is_shorter)
        and one.reading.leftover == other.reading.leftover
        and not any(a and b and fold(str(a)) != fold(str(b)) for a, b in marks)
    )


def _are_pages_of_one(before: Grid, grid: Grid) -> bool:
    """Whether two grids under one title are one table: the header again, or the same columns overleaf."""
    return before.rows[0] == grid.rows[0] or (
        width_of(before) == width_of(grid) and page_of(grid) == page_of(before, at_end=True, following=1)
    )
