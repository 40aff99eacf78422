"""Captions inside a grid: the first rows, or rows between two forms that were typed into one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from extract.blocks import Block, Grid, Row
from extract.forms.caption_lines import LineReader, Part
from extract.forms.grid_shape import is_header_row
from extract.forms.title_marks import take_marks
from extract.numerals import begins_with_code, is_numeric_cell

_MOST_ROWS = 8
_FEWEST_COLUMNS = 2  # of a table that may have its title in its first row
_NEAR = 2  # rows between a title inside a table and its unit


def leading_caption(grid: Grid, reader: LineReader) -> tuple[tuple[Part, ...], Grid]:
    """Take the rows off a grid that are the caption of its form; no figure is ever in them.

    Rows with a title each are a list of forms and stay, and so does a grid that is nothing else.
    """
    rows: list[tuple[Part, ...]] = []
    for number, row in enumerate(grid.rows[:_MOST_ROWS]):
        parts = reader.row_parts(row, number) if any(cell.text for cell in row) else ()
        if parts is None or (
            any(part.kind == "other" for part in parts)
            and not _begins_title(parts, grid.rows[number + 1 : number + 2], number, reader)
            and not (_is_all_caption(rows) and _is_heading(parts, grid.rows[number + 1 : _MOST_ROWS], reader))
        ):
            break
        rows.append(parts)
    while rows and not _ends_caption(rows):
        rows.pop()
    if not rows or len(rows) == len(grid.rows) or _is_list(rows, grid.rows[len(rows)], reader):
        return (), grid
    return tuple(part for row in rows for part in row), replace(grid, rows=grid.rows[len(rows) :])


def under_heading(heading: Part, grid: Grid) -> Grid:
    """Put a line that heads all columns of the grid below it (上年执行数) into the grid, as its first row."""
    first = grid.rows[0][0]
    blank = first._replace(text="", line_no=heading.line_no, box=None, parts=(), doubt=None, stored=None)
    row = tuple(
        blank._replace(text="" if number else heading.text, field_no=number)
        for number in range(len(grid.rows[0]))
    )
    return replace(grid, rows=(row, *grid.rows))


def split_at_captions(blocks: Sequence[Block], reader: LineReader) -> Iterator[Block]:
    """Cut a grid in which several forms were typed below each other before each form's caption."""
    for block in blocks:
        if not isinstance(block, Grid):
            yield block
            continue
        start = 0
        for cut in _cuts(block.rows, reader):
            yield replace(block, rows=block.rows[start:cut])
            start = cut
        yield replace(block, rows=block.rows[start:]) if start else block


def _cuts(rows: Sequence[Row], reader: LineReader) -> Iterator[int]:
    """The rows at which another form's caption begins: a title or number alone, near a unit or holder."""
    last = 0
    is_of_body = (sum(bool(cell.text) for cell in row) > 1 for row in rows)
    of_body_above = list(accumulate(is_of_body, initial=0))
    for position, row in enumerate(rows):
        below = rows[position + 1 : position + 1 + _NEAR]
        if position < _NEAR or not _is_title_row(row, below, reader):
            continue
        start = position
        while start - 1 > last and _is_caption_row(rows[start - 1], reader):
            start -= 1
        is_captioned = start < position or any(_is_caption_row(other, reader) for other in below)
        has_body = of_body_above[start] > of_body_above[last]
        if is_captioned and has_body and position + 1 < len(rows):
            yield start
            last = position


def _is_title_row(row: Row, below: Sequence[Row], reader: LineReader) -> bool:
    """Whether a row is a title alone: one that is known, numbered, or of words of titles over a header."""
    texts = [cell.text for cell in row if cell.text]
    if len(texts) != 1 or begins_with_code(texts[0]):
        return False
    title = reader.title(texts[0])
    if title.form_key is not None or take_marks(texts[0]).number is not None:
        return True
    return bool(title.words) and _begin_table(
        [each for each in below if not _is_caption_row(each, reader)], reader
    )


def _begin_table(rows: Sequence[Row], reader: LineReader) -> bool:
    """Whether rows begin with the header of a table, which may have 收入 and 支出 alone above its columns."""
    filled = [sum(bool(cell.text) for cell in row) for row in rows]
    if not rows or filled[0] < _FEWEST_COLUMNS or not is_header_row(rows[0], reader.vocabulary):
        return False
    return filled[0] > _FEWEST_COLUMNS or (
        len(rows) > 1 and filled[1] > _FEWEST_COLUMNS and is_header_row(rows[1], reader.vocabulary)
    )


def _is_caption_row(row: Row, reader: LineReader) -> bool:
    if any(begins_with_code(cell.text) for cell in row):
        return False
    parts = reader.row_parts(row, 0) if any(cell.text for cell in row) else None
    return bool(parts) and any(part.kind in ("unit", "holder", "printed_number") for part in parts or ())


def _begins_title(parts: Sequence[Part], below: Sequence[Row], number: int, reader: LineReader) -> bool:
    """Whether a row is the first line of a title that the row below ends."""
    texts = [cell.text for row in below for cell in row if cell.text]
    return len(parts) == 1 == len(texts) and reader.title(parts[0].text + texts[0]).form_key is not None


def _is_heading(parts: Sequence[Part], below: Sequence[Row], reader: LineReader) -> bool:
    """Whether a row is a title of words unknown: numbered or of words of titles, over the header."""
    texts = [part.text for part in parts if not part.is_of_caption]  # a unit may stand behind it
    if len(texts) != 1 or reader.heads_columns(texts[0]):
        return False
    (heading,) = texts
    marks = take_marks(heading)
    header = next((row for row in below if not _is_above_header(row, reader)), ())
    texts = [cell.text for cell in header if cell.text]
    if len(texts) < _FEWEST_COLUMNS or len(header) <= _FEWEST_COLUMNS or any(map(is_numeric_cell, texts)):
        return False
    if marks.words and (marks.number or marks.ordinal):
        return True
    return bool(reader.title(heading).words) and is_header_row(header, reader.vocabulary)


def _is_above_header(row: Row, reader: LineReader) -> bool:
    """Whether a row is of the caption, or says of all columns of which version they are."""
    texts = [cell.text for cell in row if cell.text]
    return _is_caption_row(row, reader) or (len(texts) == 1 and reader.heads_columns(texts[0]))


def _ends_caption(rows: Sequence[Sequence[Part]]) -> bool:
    """Whether the last of some rows is a caption's: a year alone is so only below a title."""
    kinds = {part.kind for part in rows[-1]}
    if not kinds or ("other" in kinds and not _is_all_caption(rows[:-1])):
        return False
    has_title = any(part.kind == "title" for row in rows[:-1] for part in row)
    return kinds != {"date"} or has_title


def _is_all_caption(rows: Sequence[Sequence[Part]]) -> bool:
    """Whether no title stands in some rows, known or not: a title may come below them."""
    return all(part.is_of_caption for row in rows for part in row)


def _is_list(rows: Sequence[Sequence[Part]], below: Row, reader: LineReader) -> bool:
    titles = [number for number, row in enumerate(rows) if any(part.kind == "title" for part in row)]
    if any(len([part for part in row if part.kind == "title"]) > 1 for row in rows):
        return True
    return len(titles) > 1 or (
        bool(titles) and any(cell.text and reader.title(cell.text).form_key for cell in below)
    )
