"""Rules become grids of cells: drawn with characters, one of which is thirty points."""

from __future__ import annotations

from textwrap import dedent

import pytest

from extract.readers.reading import UnreadableDocumentError
from extract.readers.ruled import Rule, RuledGrid, ruled_grids

UNIT = 30.0


def drawn(picture: str) -> list[Rule]:
    """``-`` and ``|`` are rules from the middle of one place to that of the next."""
    rows = dedent(picture).strip("\n").split("\n")
    rules = []
    for y, row in enumerate(rows):
        for x, mark in enumerate(row):
            if mark == "-":
                rules.append(Rule((x - 1) * UNIT, y * UNIT, (x + 1) * UNIT, y * UNIT + 0.5))
            if mark == "|":
                rules.append(Rule(x * UNIT, (y - 1) * UNIT, x * UNIT + 0.5, (y + 1) * UNIT))
    return rules


def cells(picture: str) -> list[list[tuple[int, ...]]]:
    """Row, column and spans of each cell of each grid."""
    return [[cell[:4] for cell in grid.cells] for grid in ruled_grids(drawn(picture))]


def test_each_closed_rectangle_is_a_cell() -> None:
    assert cells("""
        +-+-+
        |.|.|
        +-+-+
        |.|.|
        +-+-+""") == [[(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]]


def test_a_cell_is_merged_over_the_places_that_no_rule_parts() -> None:
    assert cells("""
        +-+-+-+
        |.|...|
        |.+-+-+
        |.|.|.|
        +-+-+-+""") == [[(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]]


def test_grids_that_do_not_touch_are_apart_and_go_from_top_to_bottom() -> None:
    assert cells("""
        +-+-+
        |.|.|
        +-+-+

        +-+-+
        |.|.|
        +-+-+""") == [[(0, 0, 1, 1), (0, 1, 1, 1)], [(0, 0, 1, 1), (0, 1, 1, 1)]]


def test_a_lone_frame_and_rules_that_meet_no_other_are_no_grid() -> None:
    assert (
        cells("""
        +---+
        |...|
        +---+

        -----""")
        == []
    )


def test_a_table_open_at_its_sides_is_closed_where_its_rules_end() -> None:
    (grid,) = ruled_grids(
        drawn("""
        --+-+--
        ..|.|..
        --+-+--
        ..|.|..
        --+-+--""")
    )
    assert len(grid.columns) == 4


def test_double_rules_are_one() -> None:
    rules = drawn("""
        +-+-+
        |.|.|
        +-+-+""")
    doubled = [*rules, *(rule._replace(top=rule.top + 1.5, bottom=rule.bottom + 1.5) for rule in rules)]
    (grid,) = ruled_grids(doubled)
    assert (len(grid.rows), len(grid.columns)) == (2, 3)


def test_a_point_is_in_the_cell_that_covers_it_and_outside_in_none() -> None:
    (grid,) = ruled_grids(
        drawn("""
        +-+-+
        |...|
        +-+-+
        |.|.|
        +-+-+""")
    )
    assert where(grid, 1, 1) == where(grid, 3, 1) == 0
    assert (where(grid, 1, 3), where(grid, 3, 3)) == (1, 2)
    assert where(grid, 5, 1) is None


def where(grid: RuledGrid, x: float, y: float) -> int | None:
    return grid.index_at(x * UNIT, y * UNIT)


def test_a_row_that_a_page_break_leaves_without_its_rule_is_a_row() -> None:
    assert cells("""
        |.|.|
        +-+-+
        |.|.|
        +-+-+
        |.|.|""") == [
        [(row, column, 1, 1) for row in range(3) for column in range(2)],
    ]


def test_one_rule_that_sticks_out_makes_no_row() -> None:
    assert cells("""
        |
        +-+-+
        |.|.|
        +-+-+""") == [[(0, 0, 1, 1), (0, 1, 1, 1)]]


def test_edges_of_a_grid_do_not_move_with_those_of_another_table() -> None:
    upper = drawn("""
        +-+-+
        |.|.|
        +-+-+""")
    lower = [Rule(r.left + 2, r.top + 300, r.right + 2, r.bottom + 300) for r in upper]
    together = ruled_grids([*upper, *lower])
    assert [grid.columns for grid in together] == [
        grid.columns for rules in (upper, lower) for grid in ruled_grids(rules)
    ]


def test_a_table_of_more_cells_than_any_page_shows_is_refused() -> None:
    level = [Rule(0, 4.0 * n, 4_000, 4.0 * n + 0.5) for n in range(1_000)]
    upright = [Rule(4.0 * n, 0, 4.0 * n + 0.5, 4_000) for n in range(1_000)]
    with pytest.raises(UnreadableDocumentError, match="1,000 by 1,000 cells"):
        ruled_grids([*level, *upright])
