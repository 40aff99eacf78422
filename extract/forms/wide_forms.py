"""Forms too wide for a page: columns that were printed on later pages, beside those they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from extract.blocks import Cell, Grid, Row
from extract.folding import fold
from extract.forms.grid_shape import split_header
from extract.forms.headers import CODE_ROLES, resolve_columns
from extract.vocabulary import Vocabulary

_NAMES_ROWS = CODE_ROLES | {"label", "ordinal"}


def join_wide(grids: Sequence[Grid], form_key: str | None, vocabulary: Vocabulary) -> tuple[Grid, ...]:
    """Put the second half of a form's grids beside the first, where it holds the same rows' other columns.

    It does where it begins with a header of other words under which nothing names the rows, and each grid has
    as many rows as the one of the first half. Cells keep their places.
    """
    half, odd = divmod(len(grids), 2)
    if odd or not grids:
        return tuple(grids)
    left, right = grids[:half], grids[half:]
    if any(len(one.rows) != len(other.rows) for one, other in zip(left, right, strict=True)):
        return tuple(grids)
    header, _ = split_header(right[0].rows, vocabulary, form_key)
    columns = resolve_columns(header, form_key, vocabulary)
    roles = {column.role for column in columns}
    if "amount" not in roles or roles & _NAMES_ROWS or _words(right[0]) <= _words(left[0]):
        return tuple(grids)
    return tuple(_beside(one, other) for one, other in zip(left, right, strict=True))


def _words(grid: Grid) -> set[str]:
    return {fold(cell.text) for cell in grid.rows[0] if cell.text}


def _beside(left: Grid, right: Grid) -> Grid:
    width = max(len(row) for row in left.rows)
    return Grid(
        tuple((*_filled(row, width), *other) for row, other in zip(left.rows, right.rows, strict=True))
    )


def _filled(row: Row, width: int) -> Row:
    last = row[-1]
    blanks = (Cell("", last.line_no, -1 - number, last.page_no) for number in range(width - len(row)))
    return (*row, *blanks)
