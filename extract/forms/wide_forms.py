"""Forms too wide for a page: columns that were printed on later pages, beside those they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from extract.blocks import Cell, Grid, Row
from extract.folding import fold
from extract.forms.grid_shape import split_header
from extract.forms.headers import CODE_ROLES, resolve_columns
from extract.forms.numbering import is_column_numbers
from extract.numerals import is_dash, is_numeric_cell
from extract.vocabulary import Vocabulary

_MOSTLY = 0.8  # of the cells of a body that belongs to the rows of another page: figures, no names
_FEWEST_ROWS = (
    3  # of a half that names its rows again: a heading, and two rows that are the same by no chance
)
_Parts = tuple[tuple[Row, ...], tuple[Row, ...]]  # header and body
_NAMES_ROWS = CODE_ROLES | {"label", "ordinal"}


def join_wide(grids: Sequence[Grid], form_key: str | None, vocabulary: Vocabulary) -> tuple[Grid, ...]:
    """Put the second half of a form's grids beside the first, where it holds the same rows' other columns.

    It does where it begins with a header of other words under which nothing names the rows, and each grid has
    as many rows under its header as the one of the first half, or none but the numbers of its columns. Cells
    keep their places.
    """
    half, odd = divmod(len(grids), 2)
    if odd or not grids:
        return tuple(grids)
    pairs = list(zip(grids[:half], grids[half:], strict=True))
    parts = [[split_header(grid.rows, vocabulary, form_key) for grid in pair] for pair in pairs]
    if any(not _fits(left[1], right[1]) for left, right in parts):
        return tuple(grids)
    header = parts[0][1][0]
    roles = {column.role for column in resolve_columns(header, form_key, vocabulary)}
    if "amount" not in roles or roles & _NAMES_ROWS or _words(header) <= _words(parts[0][0][0]):
        return tuple(grids)
    return tuple(_beside(left, right) for left, right in parts)


def join_same_rows(grids: Sequence[Grid]) -> tuple[tuple[Grid, ...], tuple[Cell, ...]]:
    """Put a grid beside the one before where it prints the same rows again, with columns of other headings.

    Whether anything is known of the headings does not matter: what names the rows stands on the left of both,
    cell for cell. Cells keep their places; those that name the rows once more are given apart.
    """
    joined: list[Grid] = []
    again: list[Cell] = []
    for grid in grids:
        names = _names_again(joined[-1], grid) if joined else 0
        if not names:
            halves = _unlabelled_halves(joined[-1], grid) if joined else None
            joined[-1:] = [_beside(*halves)] if halves else [*joined[-1:], grid]
            continue
        again += [cell for row in grid.rows for cell in row[:names]]
        left = joined[-1].rows
        width = max(len(row) for row in left)
        rest = tuple(row[names:] for row in grid.rows)
        joined[-1] = replace(joined[-1], rows=tuple(_in_rows(left, rest, width)))
    return tuple(joined), tuple(again)


def _names_again(left: Grid, right: Grid) -> int:
    """How many columns on the left of two grids are the same and name the rows; 0 if it is no other half."""
    if len(left.rows) != len(right.rows) or len(right.rows) < _FEWEST_ROWS:
        return 0
    rows = list(zip(_texts(left), _texts(right), strict=True))
    widths = [len(row) for pair in rows for row in pair]
    names = 0
    while names < min(widths) and all(own[names] == other[names] for own, other in rows):
        names += 1
    (head, other_head), *bodies = rows
    has_names = any(text and not is_numeric_cell(text) for own, _ in bodies for text in own[:names])
    headings, others = {text for text in head[names:] if text}, {text for text in other_head[names:] if text}
    if not has_names or not others or not headings or headings & others:
        return 0
    if any(is_numeric_cell(text) or is_dash(text) for text in (*headings, *others)):
        return 0
    printed = [text for _, other in bodies for text in other[names:] if text]
    figures = [text for text in printed if is_numeric_cell(text) or is_dash(text)]
    return names if figures and len(figures) >= _MOSTLY * len(printed) else 0


def _unlabelled_halves(left: Grid, right: Grid) -> tuple[_Parts, _Parts] | None:
    """Two grids parted into headings and figures, where nothing but figures stands under other headings."""
    halves = _headings_and_figures(left), _headings_and_figures(right)
    (head, body), (other_head, other_body) = halves
    if not head or not other_head or not body or len(body) != len(other_body):
        return None
    return None if _words(head) & _words(other_head) else halves


def _headings_and_figures(grid: Grid) -> _Parts:
    """The rows above the first figure, and those of figures alone; none where a word stands among them."""
    texts = [[cell.text for cell in row if cell.text] for row in grid.rows]
    is_figure = [[is_numeric_cell(text) or is_dash(text) for text in row] for row in texts]
    start = next((number for number, row in enumerate(is_figure) if any(row)), len(texts))
    if not all(row and all(row) for row in is_figure[start:]):
        return grid.rows, ()
    return grid.rows[:start], grid.rows[start:]


def _texts(grid: Grid) -> list[list[str]]:
    return [[fold(cell.text) for cell in row] for row in grid.rows]


def _fits(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the right body has the same rows, of figures; or but the numbers of its columns."""
    printed = [cell.text for row in right for cell in row if cell.text]
    figures = [text for text in printed if is_numeric_cell(text) or is_dash(text)]
    if len(left) == len(right):
        return len(figures) >= _MOSTLY * len(printed)
    return len(right) < len(left) and all(map(is_column_numbers, right))


def _words(header: Sequence[Row]) -> set[str]:
    return {fold(cell.text) for row in header for cell in row if cell.text}


def _beside(left: _Parts, right: _Parts) -> Grid:
    width = max(len(row) for rows in left for row in rows)
    return Grid((*_in_rows(left[0], right[0], width), *_in_rows(left[1], right[1], width)))


def _in_rows(left: Sequence[Row], right: Sequence[Row], width: int) -> Iterator[Row]:
    """Rows beside each other from the first on; the shorter of the two has blank rows at its end."""
    for own, other in zip_longest(left, right, fillvalue=()):
        yield (*_filled(own or _blank(other), width), *other)


def _blank(row: Row) -> Row:
    return (row[0]._replace(text="", field_no=-1),)


def _filled(row: Row, width: int) -> Row:
    last = row[-1]
    blanks = (Cell("", last.line_no, -1 - number, last.page_no) for number in range(width - len(row)))
    return (*row, *blanks)
