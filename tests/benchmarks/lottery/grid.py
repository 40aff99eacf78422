"""A grid that is written cell by cell and can be cut: by rows for the next page, by columns for a part."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.typesetting.content import Place, Table


@dataclass
class Slot:
    """One cell: its text, what it spans, and the key of the figure in it."""

    text: str
    rows: int = 1
    columns: int = 1
    key: Hashable | None = None


@dataclass
class Matrix:
    """Cells by row and column. What no cell covers is blank."""

    slots: dict[tuple[int, int], Slot] = field(default_factory=dict)

    def put(
        self, row: int, column: int, text: str, rows: int = 1, columns: int = 1, key: Hashable | None = None
    ) -> None:
        """Write a cell."""
        self.slots[row, column] = Slot(text, rows, columns, key)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return max((row + slot.rows for (row, _), slot in self.slots.items()), default=0)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((column + slot.columns for (_, column), slot in self.slots.items()), default=0)

    def below(self, other: Matrix) -> Matrix:
        """The rows of another grid, with those of this one under them."""
        down = other.height
        joined = dict(other.slots)
        joined.update({(row + down, column): slot for (row, column), slot in self.slots.items()})
        return Matrix(joined)

    def part(self, rows: Sequence[int], columns: Sequence[int]) -> Matrix:
        """Some rows and columns, in that order. What spans beyond them is clipped.

        A cell that is clipped on the left keeps its text, as a heading repeated in each part; one that is
        clipped on top leaves a blank, as a group's label that stood on the page before.
        """
        new_row = {row: number for number, row in enumerate(rows)}
        new_column = {column: number for number, column in enumerate(columns)}
        part = Matrix()
        for (row, column), slot in self.slots.items():
            down = [new_row[at] for at in range(row, row + slot.rows) if at in new_row]
            across = [new_column[at] for at in range(column, column + slot.columns) if at in new_column]
            if down and across:
                text = slot.text if row in new_row else ""
                key = slot.key if row in new_row and column in new_column else None
                part.put(min(down), min(across), text, len(down), len(across), key)
        return part

    def table(self) -> tuple[Table, Mapping[Hashable, tuple[int, int]]]:
        """What the typesetter prints, and the row and column of each figure."""
        height, width = self.height, self.width
        covered = {
            (row + down, column + across)
            for (row, column), slot in self.slots.items()
            for down in range(slot.rows)
            for across in range(slot.columns)
        }
        places = [
            Place(row, column, slot.rows, slot.columns, slot.text)
            for (row, column), slot in self.slots.items()
        ]
        places += [
            Place(row, column, 1, 1, "")
            for row in range(height)
            for column in range(width)
            if (row, column) not in covered
        ]
        at = {slot.key: place for place, slot in self.slots.items() if slot.key is not None}
        return Table(height, width, tuple(sorted(places))), at


def put_header(matrix: Matrix, paths: Sequence[tuple[str, ...]], first_row: int, *, is_merged: bool) -> int:
    """Write headings of several levels; neighbours with the same words above share a cell.

    Returns:
        The row below.
    """
    depth = max((len(path) for path in paths), default=1)
    column = 0
    for level in range(depth):
        column = 0
        while column < len(paths):
            path = paths[column]
            if level >= len(path):
                column += 1
                continue
            across = 1
            while (
                column + across < len(paths)
                and len(path) > level + 1
                and paths[column + across][: level + 1] == path[: level + 1]
                and len(paths[column + across]) > level + 1
            ):
                across += 1
            down = depth - level if level == len(path) - 1 else 1
            if is_merged:
                matrix.put(first_row + level, column, path[level], down, across)
            else:
                matrix.put(first_row + level, column, path[level])
            column += across
    return first_row + depth


def put_row(matrix: Matrix, row: int, texts: Iterable[str]) -> None:
    """Write a row of single cells; blanks are left out."""
    for column, text in enumerate(texts):
        if text:
            matrix.put(row, column, text)
