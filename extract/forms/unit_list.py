"""Lists of the units a department consists of (单位构成): serial numbers and names, no money."""

from __future__ import annotations

from collections.abc import Sequence

from extract.blocks import Grid
from extract.forms.collector import Collector
from extract.forms.grid_shape import split_header
from extract.forms.headers import resolve_columns
from extract.numerals import is_numeric_cell
from extract.vocabulary import Vocabulary


def read_unit_list(grids: Sequence[Grid], collector: Collector, vocabulary: Vocabulary) -> None:
    """File the serial numbers of a unit list; any other numeral in it is set aside."""
    for grid in grids:
        header, body = split_header(grid.rows, vocabulary)
        ordinals = {c.index for c in resolve_columns(header, "unit_list", vocabulary) if c.role == "ordinal"}
        for row in body:
            for index, cell in enumerate(row):
                if index in ordinals:
                    collector.file(cell, "ordinals")
                elif is_numeric_cell(cell.text):
                    collector.reject(cell, "number_in_text_column", "in a list of units")
